"""Which triggers tell of one event, from what is seen of them."""

import numpy as np
import pytest
from made_events import add_answers, make_text

from kg.model import Interval
from kg.read.components import find_answers
from kg.read.event_chains import (
    FEATURES,
    LOOKED_AT,
    WEIGHTS,
    Told,
    find_stem,
    is_derived,
    is_disjoint,
    is_old,
    join_triggers,
    list_pairs,
    look_at_pair,
    look_at_trigger,
)
from kg.read.triggers import Filler, Mentions, find_passage, make_triggers


def told(sentence, lemma="attack", **given):
    shape = {
        "type": "ASSAULT", "form": "the", "plural": False, "new": False, "parties": frozenset(), "place": None,
        "interval": None, "realis": "actual",
    }  # fmt: skip
    return Told(sentence * 20, sentence, -1, lemma, find_stem(lemma), **(shape | given))


def join(*given):
    return join_triggers(given, np.zeros((len(given), 4), np.float16))


def test_each_feature_has_a_weight():
    assert len(look_at_pair(told(0), told(1))) == len(FEATURES) == len(WEIGHTS) - 2


def test_the_same_word_tells_of_the_same_event():
    assert join(told(0, form="a"), told(1, "vote", type="VOTE"), told(2)) == [[0, 2], [1]]


def test_a_verb_and_its_noun_tell_of_the_same_event():
    assert join(told(0, "resign", type="LEAVE_OFFICE", form="verb"), told(1, "resignation", type="LEAVE_OFFICE")) == [
        [0, 1]
    ]


def test_other_words_of_the_type_need_more_in_common():
    him = frozenset((("patient", "e1"),))
    assert join(told(0, "raid"), told(1, "assault", form="a")) == [[0], [1]]
    assert join(told(0, "raid", parties=him), told(1, "assault", parties=him)) == [[0, 1]]


def test_nobody_dies_twice():
    him = frozenset((("patient", "e1"),))
    triggers = (
        told(0, "assassination", parties=him),
        told(1, "strike", parties=him),
        told(2, "kill", type="DIE", form="verb", parties=him),
    )
    assert join(*triggers) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"interval": Interval("2026-01-01", "2026-01-01")}, {"interval": Interval("2026-02-01", "2026-02-01")}),
        ({"realis": "negated"}, {"realis": "actual"}),
        ({"type": "ASSAULT", "form": "verb"}, {"type": "PROTEST", "lemma": "march", "form": "verb"}),
    ],
    ids=["another time", "denied", "another type and word"],
)
def test_what_cannot_be_one_event(first, second):
    assert join(told(0, **first), told(1, **second)) == [[0], [1]]


def by(*entities):
    return frozenset(("agent", entity) for entity in entities)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (told(0, "visit", type="TRAVEL", parties=by("e1")), told(1, "visit", type="TRAVEL", parties=by("e2"))),
        (told(0, "disclose", type="ANNOUNCE", parties=by("e1", "e2")),
         told(1, "cooperate", type="COOPERATE", parties=by("e1", "e2"))),
    ],
    ids=["journeys of two people", "types with nothing in common"],
)  # fmt: skip
def test_what_others_did_or_what_is_unlike_is_another_event(first, second):
    assert join(first, second) == [[0], [1]]


def test_an_attack_may_have_two_attackers():
    assert join(told(0, parties=by("e1")), told(1, parties=by("e2"))) == [[0, 1]]


def test_a_chain_that_one_of_its_triggers_contradicts_is_not_joined():
    may, june = Interval("2026-05-01", "2026-05-01"), Interval("2026-06-01", "2026-06-01")
    assert join(told(0, interval=may), told(1), told(2, interval=june)) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (Interval("2026-01-01", "2026-01-31"), Interval("2026-01-05", "2026-01-05"), False),
        (Interval(None, "2026-01-31"), Interval("2026-02-05", None), True),
        (Interval("2026-02-05", None), Interval(None, "2026-01-31"), True),
        (Interval(None, None), Interval("2026-02-05", None), False),
    ],
    ids=["one in the other", "before", "after", "open"],
)
def test_disjoint_intervals(a, b, apart):
    assert is_disjoint(a, b) is apart


@pytest.mark.parametrize(
    ("verb", "noun"),
    [
        ("assassinate", "assassination"), ("withdraw", "withdrawal"), ("bomb", "bombing"), ("arrest", "arrest"),
        ("announce", "announcement"), ("explode", "explosion"), ("die", "death"), ("elect", "election"),
        ("collapse", "collapse"), ("deploy", "deployment"), ("flee", "flight"),
    ],
)  # fmt: skip
def test_words_of_one_stem(verb, noun):
    assert is_derived(find_stem(verb), find_stem(noun))


@pytest.mark.parametrize(("a", "b"), [("protest", "protect"), ("vote", "visit"), ("strike", "string"), ("war", "warn")])
def test_words_of_other_stems(a, b):
    assert not is_derived(find_stem(a), find_stem(b))


def test_near_vectors_join_what_the_words_leave_open():
    him = frozenset((("agent", "e1"),))
    triggers = [
        told(0, "raid", parties=him),
        told(4, "assault", form="bare", parties=him),
        told(5, "vote", type="VOTE"),
    ]
    near = np.array([[1, 0.1, 0], [1, -0.1, 0], [-1, 0, 1]], np.float16)
    apart = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float16)
    assert join_triggers(triggers, near) == [[0, 1], [2]]
    assert join_triggers(triggers, apart) == [[0], [1], [2]]


def test_a_bounded_number_of_earlier_triggers_is_looked_at():
    pairs = list(list_pairs([told(n) for n in range(500)]))
    assert len(pairs) <= 500 * 2 * LOOKED_AT
    assert len({later for _, later in pairs}) == 499


def test_no_triggers_make_no_chains():
    assert join() == []


def test_what_is_seen_of_a_trigger():
    doc = make_text("another two attacks", "2:det 2:nummod 2:ROOT", "DET NUM NOUN")
    add_answers(doc, {2: "ASSAULT"})
    [trigger] = make_triggers(doc, find_answers(doc, "test"), Mentions(doc, ()), [2])
    trigger.fillers = [Filler("agent", 1, find_passage(doc, 1, 2)), Filler("place", 0, find_passage(doc, 0, 1), "e9")]
    seen = look_at_trigger(trigger, 3, "actual", None)
    assert (seen.lemma, seen.form, seen.plural, seen.new, seen.place) == ("attack", "bare", True, True, "e9")
    assert seen.parties == {("agent", "=two")}


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ({"groups": frozenset((("soldier", "five"),))}, {"groups": frozenset((("soldier", "nine"),))}, False),
        ({"groups": frozenset((("soldier", "five"),))}, {"groups": frozenset((("soldier", ""),))}, True),
        ({"groups": frozenset((("soldier", "five"),))}, {"groups": frozenset((("nurse", ""),))}, False),
        ({"groups": frozenset((("soldier", "five"),))}, {"groups": frozenset((("people", "five"),))}, True),
        ({"single": True}, {"groups": frozenset((("soldier", "five"),))}, False),
        ({"single": True, "groups": frozenset((("soldier", "five"),))}, {"single": True}, True),
        ({"single": True}, {}, True),
    ],
    ids=["other number", "no number", "other noun", "anybody", "one and several", "one of several", "nothing said"],
)
def test_deaths_of_other_numbers_of_people_are_other_events(first, second, joined):
    chains = join(told(0, "kill", type="DIE", **first), told(1, "kill", type="DIE", **second))
    assert (chains == [[0, 1]]) == joined


def test_patients_are_seen_as_one_person_or_several():
    doc = make_text("it killed him and six men", "1:nsubj 1:ROOT 1:obj 5:cc 5:nummod 2:conj",
                    "PRON VERB PRON CCONJ NUM NOUN")  # fmt: skip
    add_answers(doc, {1: "DIE"})
    [trigger] = make_triggers(doc, find_answers(doc, "test"), Mentions(doc, ()), [1])
    trigger.fillers = [
        Filler("patient", 2, find_passage(doc, 2, 3), "e1"),
        Filler("patient", 5, find_passage(doc, 4, 6)),
        Filler("agent", 0, find_passage(doc, 0, 1)),
    ]
    seen = look_at_trigger(trigger, 0, "actual", None)
    assert (seen.single, seen.groups) == (True, {("man", "six")})


OLD = Interval("2000-01-01", "2000-12-31")


def test_an_old_event_is_not_the_news():
    news = told(0, "sink", type="ACCIDENT", form="verb")
    then = told(5, "sink", type="ACCIDENT", form="verb", interval=OLD, old=True)
    assert join(news, then) == [[0], [1]]
    assert join(news, then._replace(interval=None, old=False)) == [[0, 1]]


def test_what_may_come_is_not_what_was_long_ago():
    ahead = told(3, "close", type="CLOSE", form="verb", realis="hypothetical")
    assert join(ahead, told(5, "close", type="CLOSE", form="verb", interval=OLD, old=True)) == [[0], [1]]


def test_who_wins_something_else_wins_apart():
    medal, title = frozenset((("patient", "=medal"),)), frozenset((("patient", "=title"),))
    first = told(3, "win", type="OTHER", form="verb", parties=medal)
    assert join(first, told(4, "win", type="OTHER", form="verb", parties=title)) == [[0], [1]]
    assert join(first, told(4, "win", type="OTHER", form="verb", parties=medal)) == [[0, 1]]


@pytest.mark.parametrize(
    ("end", "published", "old"),
    [("2000-12-31", "2020-01-01", True), ("2019-12-20", "2020-01-01", False), ("2000-12-31", None, False)],
    ids=["years ago", "last month", "of no known day"],
)
def test_what_is_over_for_a_season_is_old(end, published, old):
    assert is_old(Interval("2000-01-01", end), published) is old
