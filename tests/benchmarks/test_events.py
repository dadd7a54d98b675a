"""Scores of events, on texts and answers made up here."""

import json
from collections import Counter

import pytest

from benchmarks.event_gold import (
    M2E2_TYPES,
    PARTY,
    ChainedText,
    EventText,
    GoldEvent,
    read_ecb_dev,
    read_geneva_val,
    read_m2e2_dev,
)
from benchmarks.events import (
    FoundEvent,
    RealisCase,
    list_found,
    match_roles,
    read_realis_cases,
    score_chains,
    score_events,
    score_realis,
)
from benchmarks.measuring import REALIS as REALIS_TABLE
from benchmarks.scores import Score
from kg.model import Event, Passage, RoleFiller
from training.eventful import is_held_back

TEXT = "Rebels attacked soldiers in Northtown.\n\nTwo men died."
HELD_BACK = next(f"VOA_{n}" for n in range(99) if is_held_back(f"VOA_{n}"))


def span(words, text=TEXT):
    at = text.index(words)
    return at, at + len(words)


def last_word(text):
    return lambda given: (given[0] + max(text[given[0] : given[1]].rfind(" ") + 1, 0), given[1])


def make_text(**changes):
    attack = GoldEvent(
        span("attacked"), frozenset(("ASSAULT",)), (("agent", span("Rebels")), ("patient", span("soldiers")))
    )
    death = GoldEvent(span("died"), frozenset(("DIE", "INJURE")))
    first = span("Rebels attacked soldiers in Northtown.")
    given = {
        "events": (attack, death),
        "sentences": (first, span("Two men died.")),
        "counted": frozenset(("ASSAULT", "DIE", "MEET")),
        "roles": {"ASSAULT": frozenset(("agent", "patient", "place"))},
    }
    return EventText("one", TEXT, **(given | changes))


def score(found, text=None, tell=None):
    return score_events([text or make_text()], lambda _: found, last_word, tell=tell)


def test_a_trigger_is_identified_by_overlap_and_typed_when_its_type_is_one_of_the_gold_ones():
    scores = score([FoundEvent(span("attacked soldiers"), "MEET"), FoundEvent(span("died"), "INJURE")])
    assert scores["identified"] == Score(2, 2, 2, 2)
    assert scores["typed"] == Score(1, 2, 1, 2)


@pytest.mark.parametrize(
    ("type_", "given"), [("MEET", 1), ("LAUNCH", 0)], ids=["of a counted type", "of a type never annotated"]
)
def test_a_trigger_where_there_is_none_is_wrong_only_when_the_corpus_has_looked_for_its_type(type_, given):
    assert score([FoundEvent(span("men"), type_)])["identified"] == Score(0, given, 0, 2)


def test_triggers_on_open_words_count_for_nothing():
    text = make_text(open=(span("men"),))
    assert score([FoundEvent(span("men"), "MEET")], text)["identified"] == Score(0, 0, 0, 2)


def test_two_triggers_on_one_gold_trigger_are_right_once_and_the_right_type_comes_first():
    found = [FoundEvent(span("attacked soldiers"), "MEET"), FoundEvent(span("attacked"), "ASSAULT")]
    scores = score(found)
    assert scores["identified"] == Score(1, 2, 1, 2)
    assert scores["typed"] == Score(1, 2, 1, 2)


def test_roles_count_at_triggers_of_a_right_type_only():
    roles = (("agent", span("Rebels")), ("patient", span("Northtown")))
    assert score([FoundEvent(span("attacked"), "ASSAULT", roles)])["roles"] == Score(1, 2, 1, 2)
    assert score([FoundEvent(span("attacked"), "MEET", roles)])["roles"] == Score(0, 0, 0, 2)
    assert score([FoundEvent(span("died"), "ASSAULT", (("agent", span("Two men")),))])["roles"] == Score(0, 1, 0, 2)


def test_roles_of_other_sentences_and_roles_that_are_not_annotated_are_not_looked_at():
    roles = (("patient", span("Two men")), ("time", span("soldiers")), ("agent", span("Rebels")))
    assert score([FoundEvent(span("attacked"), "ASSAULT", roles)])["roles"] == Score(1, 1, 1, 2)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("soldiers", "armed soldiers", ["patient"]),
        ("armed soldiers", "soldiers", ["patient"]),
        ("armed", "armed soldiers", []),
    ],
    ids=["gold is the head alone", "found is the head alone", "gold is another word of the phrase"],
)
def test_a_role_is_right_when_its_head_is(gold, found, right):
    text = "They shot armed soldiers"
    pairs = [("patient", span(words, text)) for words in (gold, found)]
    assert match_roles(pairs[:1], pairs[1:], last_word(text)) == right


def test_a_party_may_be_agent_or_recipient_but_only_once():
    gold, found = [(PARTY, (0, 3))], [("recipient", (0, 3)), ("agent", (0, 3))]
    assert match_roles(gold, found, lambda given: given) == [PARTY]


def test_mistakes_are_told_with_their_sentence():
    lines = []
    score([FoundEvent(span("men"), "MEET"), FoundEvent(span("attacked"), "MEET")], tell=lines.append)
    assert lines == [
        "one missed DIE|INJURE: Two men [[died]].",
        "one wrong MEET: Two [[men]] died.",
        "one ASSAULT given as MEET: Rebels [[attacked]] soldiers in Northtown.",
    ]


def passage(words):
    start, end = span(words)
    return Passage(start, end, words)


def make_event(*mentions, type_="ASSAULT", roles=()):
    passages = tuple(map(passage, mentions))
    return Event("v1", type_, passages[0], roles, None, "actual", passages[0], 0.9, passages)


def test_each_mention_of_an_event_is_found_with_the_roles_of_the_event():
    event = make_event("attacked", "died", roles=(RoleFiller("agent", passage("Rebels")),))
    assert list_found([event]) == [
        FoundEvent(span("attacked"), "ASSAULT", (("agent", span("Rebels")),)),
        FoundEvent(span("died"), "ASSAULT", (("agent", span("Rebels")),)),
    ]


def test_triggers_that_nothing_joins_are_clusters_of_one():
    text = ChainedText("one", TEXT, (((0, 1), (2, 3)), ((4, 5),)))
    perfect = score_chains([text], lambda _, spans: [spans[:2]])
    assert [scores.conll for scores in perfect.values()] == pytest.approx([1.0, 1.0])
    alone = score_chains([text], lambda _, spans: [])
    assert alone["joined"].conll == 0
    assert alone["all"].muc.f1 == 0
    assert alone["all"].b3.f1 == pytest.approx(2 * 1 * (2 / 3) / (1 + 2 / 3))


REALIS = "sentence\trealis\tnote\nRebels may [[attack]] Northtown.\thypothetical\tmodal verb\n"


def test_the_marks_of_a_trigger_are_taken_out_of_its_sentence(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text(REALIS)
    assert read_realis_cases(path) == [
        RealisCase("Rebels may attack Northtown.", (11, 17), "hypothetical", "modal verb")
    ]


@pytest.mark.parametrize("sentence", ["Nothing marked.", "[[One]] and [[two]].", "Not [[closed."])
def test_a_sentence_without_exactly_one_trigger_is_an_error(tmp_path, sentence):
    path = tmp_path / "table.tsv"
    path.write_text(f"sentence\trealis\tnote\n{sentence}\tactual\tx\n")
    with pytest.raises(ValueError, match="has not one trigger"):
        read_realis_cases(path)


def test_realis_answers_are_counted_in_all_and_by_value_and_the_wrong_ones_told():
    lines = []
    cases = [
        RealisCase("He left.", (3, 7), "actual", "past"),
        RealisCase("Did he leave?", (7, 12), "hypothetical", "q"),
    ]
    scores = score_realis(cases, lambda sentence, span: "actual", tell=lines.append)
    assert scores == {"all": Score(1, 2, 1, 2), "actual": Score(1, 2, 1, 1), "hypothetical": Score(0, 0, 0, 1)}
    assert lines == ["Did he [[leave]]? is hypothetical, given actual (q)"]


def test_held_back_articles_of_m2e2_become_text_with_gold_events(tmp_path):
    arguments = [{"role": "Entity", "start": 0, "end": 1}, {"role": "Place", "start": 4, "end": 5}]
    event = {"trigger": {"start": 1, "end": 2}, "event_type": "Contact:Meet", "arguments": arguments}
    rows = [
        {"sentence_id": f"{HELD_BACK}_1", "words": "Ministers met , in Northtown".split(),
         "golden-event-mentions": [event]},
        {"sentence_id": f"{HELD_BACK}_0", "words": ["Hello", "."], "golden-event-mentions": []},
    ]  # fmt: skip
    file = tmp_path / "m2e2.json"
    file.write_text(json.dumps(rows))
    (text,) = read_m2e2_dev(file)
    assert text.text == "Hello.\n\nMinisters met, in Northtown"
    (gold,) = text.events
    assert gold.types == {"MEET", "CONSULT"}
    assert [(role, text.text[s:e]) for role, (s, e) in gold.roles] == [(PARTY, "Ministers"), ("place", "Northtown")]
    assert text.counted == M2E2_TYPES
    assert text.sentence_of(gold.trigger) == (8, len(text.text))


def test_geneva_words_that_say_too_little_are_open(tmp_path):
    events = [{"trigger": {"start": n, "end": n + 1}, "event_type": type_, "arguments": []}
              for n, type_ in ((1, "Statement"), (3, "Attack"), (5, "Using"))]  # fmt: skip
    row = {"doc_id": "d", "wnd_id": "1", "tokens": "Ann said rebels attacked by using bombs".split(),
           "entity_mentions": [], "event_mentions": events}  # fmt: skip
    file = tmp_path / "geneva.json"
    file.write_text(json.dumps(row))
    (text,) = read_geneva_val(file)
    assert [(text.text[a:b], gold.types) for gold in text.events for a, b in [gold.trigger]] == [
        ("attacked", {"ASSAULT"})
    ]
    assert [text.text[a:b] for a, b in text.open] == ["said"]


ECB = """<Document><token t_id="1" sentence="0" number="0">Police</token>
<token t_id="2" sentence="0" number="1">held</token>
<token t_id="3" sentence="0" number="2">Bo</token><Markables><ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/>
</ACTION_OCCURRENCE></Markables><Relations/></Document>"""


def test_topics_31_to_35_of_ecb_are_read(tmp_path):
    for topic in range(30, 36):
        (tmp_path / str(topic)).mkdir()
        (tmp_path / str(topic) / f"{topic}_1ecb.xml").write_text(ECB)
    rows = "".join(f"{topic},1ecb,0\n" for topic in range(30, 36))
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text("Topic,File,Sentence Number\n" + rows)
    found = list(read_ecb_dev(tmp_path))
    assert [text.name for text in found] == [f"{topic}_1ecb" for topic in range(31, 36)]
    assert found[0].text == "Police held Bo"
    assert found[0].clusters == (((7, 11),),)


def test_the_table_of_realis_holds_all_values_often_enough_to_measure():
    counted = Counter(case.realis for case in read_realis_cases(REALIS_TABLE))
    assert set(counted) == {"actual", "negated", "future", "hypothetical", "reported"}
    assert min(counted.values()) >= 30
    assert counted.total() >= 150
