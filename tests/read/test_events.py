"""Events with type, roles, time and realis, from scores, trees and entities made by hand."""

import random

import pytest
from made_events import add_answers, make_text, passage, time

from kg.errors import ModelError
from kg.model import Claim, Interval
from kg.read.claims import make_layout
from kg.read.components import find_answers
from kg.read.events import chain_words, find_events
from kg.read.pairs import ARGUMENTS, TRIGGERS

STRIKE = (
    "Rebels attacked Leeds on Monday . The attack killed Roe .",
    "1:nsubj 1:ROOT 1:obj 4:case 1:obl 1:punct 7:det 8:nsubj 8:ROOT 8:obj 8:punct",
    "NOUN VERB PROPN ADP PROPN PUNCT DET NOUN VERB PROPN PUNCT",
)


def make_strike(triggers=None, roles=None):
    doc = make_text(*STRIKE, starts=(0, 6))
    triggers = triggers or {1: "ASSAULT", 7: "ASSAULT", 8: "DIE"}
    roles = roles or {(1, 0): "agent", (1, 2): "patient", (1, 4): "time", (8, 9): "patient"}
    return add_answers(doc, triggers, roles, [("place", (2, 3)), ("person", (9, 10))])


def claim(doc, start, end, **given):
    shape = {
        "id": "c1", "speaker": None, "source": None, "cue": None, "content": (passage(doc, start, end),),
        "quotation": "indirect", "polarity": "positive", "certainty": "certain", "temporality": "non-future",
        "addressee": None, "about": (), "score": 0.9,
    }  # fmt: skip
    return Claim(**(shape | given))


def test_an_event_is_told_with_all_that_tells_of_it():
    doc = make_strike()
    attack, death = find_events(doc, [time(doc, 4, 5, "2026-03-02")], (), published="2026-03-04")
    assert (attack.id, attack.type, attack.realis, attack.claim) == ("ev1", "ASSAULT", "actual", None)
    assert [mention.text for mention in attack.mentions] == ["attacked", "attack"]
    assert attack.trigger == attack.mentions[0]
    assert (attack.when, attack.time_source) == (Interval("2026-03-02", "2026-03-02"), "stated")
    assert [(r.role, r.passage.text, r.entity) for r in attack.roles] == [
        ("agent", "Rebels", None), ("patient", "Leeds", "e1"), ("time", "Monday", None),
    ]  # fmt: skip
    assert attack.evidence.text == "Rebels attacked Leeds on Monday ."
    assert 0.9 < attack.score < 1
    assert (death.id, death.type, death.time_source) == ("ev2", "DIE", "published")
    assert death.when == Interval(None, "2026-03-04")


def test_offsets_are_those_of_the_text():
    doc = make_strike()
    for event in find_events(doc, [time(doc, 4, 5, "2026-03-02")], ()):
        passages = [event.trigger, event.evidence, *event.mentions, *(role.passage for role in event.roles)]
        assert all(doc.text[p.start : p.end] == p.text for p in passages)


def test_what_a_claim_tells_as_past_is_reported():
    doc = make_strike({8: "DIE"})
    [death] = find_events(doc, (), [claim(doc, 6, 10)])
    assert (death.realis, death.claim) == ("reported", "c1")


def test_what_the_article_says_itself_too_is_actual():
    doc = make_strike({1: "ASSAULT", 7: "ASSAULT"})
    [attack] = find_events(doc, (), [claim(doc, 6, 10)])
    assert (attack.realis, attack.claim) == ("actual", None)


def test_a_noun_does_not_make_actual_what_is_to_come():
    doc = make_text(
        "They will vote . The vote worries Roe", "2:nsubj 2:aux 2:ROOT 2:punct 5:det 6:nsubj 6:ROOT 6:obj",
        "PRON AUX VERB PUNCT DET NOUN VERB PROPN", starts=(0, 4),
    )  # fmt: skip
    [vote] = find_events(add_answers(doc, {2: "VOTE", 5: "VOTE"}), (), (), published="2026-03-04")
    assert (vote.realis, vote.when) == ("future", Interval("2026-03-04", None))
    assert len(vote.mentions) == 2


def test_what_is_only_possible_gives_words_no_role_in_what_took_place():
    doc = make_text(
        "Rebels attacked Leeds . Gangs may attack", "1:nsubj 1:ROOT 1:obj 1:punct 6:nsubj 6:aux 6:ROOT",
        "NOUN VERB PROPN PUNCT NOUN AUX VERB", starts=(0, 4),
    )  # fmt: skip
    add_answers(doc, {1: "ASSAULT", 6: "ASSAULT"}, {(1, 2): "patient", (6, 4): "agent"}, [("place", (2, 3))])
    [attack] = find_events(doc, (), ())
    assert (attack.realis, len(attack.mentions)) == ("actual", 2)
    assert [each.passage.text for each in attack.roles] == ["Rebels", "Leeds"]


def test_a_noun_with_a_time_of_its_own_took_place():
    doc = make_text(
        "Monday 's attack worries Roe . Gangs may attack",
        "2:nmod:poss 0:case 3:nsubj 3:ROOT 3:obj 3:punct 8:nsubj 8:aux 8:ROOT",
        "PROPN PART NOUN VERB PROPN PUNCT NOUN AUX VERB", starts=(0, 6),
    )  # fmt: skip
    add_answers(doc, {2: "ASSAULT", 8: "ASSAULT"}, {(2, 0): "time"})
    [attack] = find_events(doc, [time(doc, 0, 1, "2026-03-02")], (), published="2026-03-04")
    assert (attack.realis, attack.time_source) == ("actual", "stated")


def test_the_type_is_that_of_the_most_certain_mention():
    doc = make_strike({1: "OTHER", 7: "ASSAULT"})
    doc.user_data["kg_answers"].answers.triggers[1] /= 2
    [attack] = find_events(doc, (), ())
    assert attack.type == "ASSAULT"


def test_an_entity_is_told_rather_than_its_words():
    doc = make_text(
        "Roe attacked . The attack by rebels failed",
        "1:nsubj 1:ROOT 1:punct 4:det 7:nsubj 6:case 4:nmod 7:ROOT", "PROPN VERB PUNCT DET NOUN ADP NOUN VERB",
        starts=(0, 3),
    )  # fmt: skip
    add_answers(doc, {1: "ASSAULT", 4: "ASSAULT"}, {(1, 0): "agent", (4, 6): "agent"}, [("person", (0, 1))])
    [attack] = find_events(doc, (), ())
    assert [(r.role, r.entity) for r in attack.roles] == [("agent", "e1")]


def test_a_text_without_triggers_has_no_events():
    assert find_events(add_answers(make_text(*STRIKE, starts=(0, 6))), (), ()) == ()


def test_a_layout_made_before_gives_the_same_events():
    doc = make_strike()
    layout = make_layout(doc, find_answers(doc, "test"))
    assert find_events(doc, (), (), layout=layout) == find_events(doc, (), ())


def test_given_words_are_chained_whatever_the_model_tells_of_them():
    doc = add_answers(make_text(*STRIKE, starts=(0, 6)))
    assert chain_words(doc, [8, 7, 1], ()) == [[1, 7], [8]]
    assert chain_words(doc, [], ()) == []


def test_what_was_not_read_is_an_error():
    with pytest.raises(ModelError, match="kg_encoder"):
        find_events(make_text("a", "0:ROOT", "DET"), (), ())


@pytest.mark.parametrize("seed", range(8))
def test_any_tree_with_any_triggers_and_roles_gives_events_with_exact_offsets(seed):
    """Trees, tags, triggers, roles and entities at random, as a bad text may bring about."""
    rng = random.Random(seed)
    size = 40
    tags = [rng.choice(("NOUN", "VERB", "ADJ", "PROPN", "PRON", "ADP", "AUX", "PUNCT")) for _ in range(size)]
    words = [rng.choice(("not", "no", "by", "who", "if", "will", "Roe", "attack", "?", "to", "of", ",")) for _ in tags]
    labels = (
        "nsubj",
        "obj",
        "obl",
        "nmod",
        "conj",
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "case",
        "mark",
        "compound",
        "dep",
    )
    tree = ["0:ROOT", *(f"{rng.randrange(max(0, n - 5), n)}:{rng.choice(labels)}" for n in range(1, size))]
    doc = make_text(" ".join(words), " ".join(tree), " ".join(tags))
    triggers = {word: rng.choice(TRIGGERS[1:]) for word in range(0, size, 2)}
    roles = {(a, b): rng.choice(ARGUMENTS) for a in triggers for b in range(size)}
    spans = [(at, at + rng.randrange(1, 3), rng.choice(("name", "nominal"))) for at in range(0, size - 3, 5)]
    add_answers(doc, triggers, roles, [(rng.choice(("person", "place", "event")), span) for span in spans])
    times = [time(doc, 3, 4, "2026-03-02"), time(doc, 20, 22, None)]
    events = find_events(doc, times, [claim(doc, 5, 25)], published="2026-03-04")
    assert [event.id for event in events] == [f"ev{number}" for number in range(1, len(events) + 1)]
    for event in events:
        passages = [event.trigger, event.evidence, *event.mentions, *(role.passage for role in event.roles)]
        assert all(p.start < p.end and doc.text[p.start : p.end] == p.text for p in passages)
        named = [role.entity for role in event.roles if role.entity]
        assert len(named) == len(set(named))


def test_a_book_full_of_events_is_read():
    """Each sentence has two triggers: looking at all earlier ones for each would take hours."""
    size = 3000
    words, tags = STRIKE[0].split()[:6], STRIKE[2].split()[:6]
    heads = [1, 1, 1, 4, 1, 1]
    deps = [pair.split(":", 1)[1] for pair in STRIKE[1].split()[:6]]
    tree = " ".join(f"{6 * n + head}:{dep}" for n in range(size) for head, dep in zip(heads, deps, strict=True))
    doc = make_text(" ".join(words * size), tree, " ".join(tags * size), starts=range(0, 6 * size, 6))
    times = [time(doc, 6 * n + 4, 6 * n + 5, f"{1000 + n}-03-02") for n in range(size)]
    triggers = {6 * n + 1: "ASSAULT" for n in range(size)}
    roles = {(6 * n + 1, 6 * n + 4): "time" for n in range(size)}
    events = find_events(add_answers(doc, triggers, roles), times, ())
    assert len(events) == size
    assert {event.time_source for event in events} == {"stated"}


@pytest.mark.parametrize(("published", "realis"), [("2026-03-04", "future"), ("2031-03-04", "actual")])
def test_the_year_in_an_events_name_is_its_time(published, realis):
    doc = make_text("the 2030 Norland election", "3:det 3:nummod 3:compound 3:ROOT", "DET NUM PROPN NOUN")
    add_answers(doc, {3: "ELECT"}, {}, [("event", (1, 4))])
    [event] = find_events(doc, (), (), published=published)
    assert (event.when, event.time_source) == (Interval("2030-01-01", "2030-12-31"), "stated")
    assert event.realis == realis


def test_the_subject_of_what_was_done_outweighs_what_is_feared():
    doc = make_text(
        "A fire destroyed homes . Fires may come .",
        "1:det 2:nsubj 2:ROOT 2:obj 2:punct 7:nsubj 7:aux 7:ROOT 7:punct",
        "DET NOUN VERB NOUN PUNCT NOUN AUX VERB PUNCT", starts=(0, 5),
    )  # fmt: skip
    add_answers(doc, {1: "DISASTER", 5: "DISASTER"}, {}, [])
    events = find_events(doc, (), ())
    assert events[0].realis == "actual"
