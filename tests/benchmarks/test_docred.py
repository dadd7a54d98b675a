"""How relations between given things are counted."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.docred import fold_facts, list_facts, make_things, score_facts
from training.corpora import Document
from training.related import Fact, Related, Thing


@pytest.mark.parametrize(
    ("facts", "folded"),
    [
        ({(1, "P22", 2), (2, "P40", 1)}, {(2, "P40", 1)}),
        ({(1, "P25", 2)}, {(2, "P40", 1)}),
        ({(5, "P710", 3), (3, "P1344", 5)}, {(3, "P1344", 5)}),
        ({(2, "P26", 1), (1, "P26", 2)}, {(1, "P26", 2)}),
        ({(2, "P361", 1)}, {(2, "P361", 1)}),
    ],
    ids=["father", "mother", "participant", "spouse", "nothing to fold"],
)
def test_what_two_facts_say_alike_counts_once(facts, folded):
    assert fold_facts(facts) == folded


def test_facts_between_given_things_count_by_property():
    scores = score_facts([([(0, "P26", 1), (0, "P19", 2)], [(1, "P26", 0), (0, "P20", 2)]), ([], [])])
    assert (scores["all"].right_given, scores["all"].given, scores["all"].wanted) == (1, 2, 2)
    assert {name: score.f1 for name, score in scores.items()} == {"all": 0.5, "P26": 1.0, "P19": 0.0, "P20": 0.0}


def test_given_things_become_entities_and_times_called_by_their_numbers():
    words = "Bo left his Norland in 1950 with 3".split()
    tags = "PROPN VERB PRON PROPN ADP NUM ADP NUM".split()
    kinds = {"person": (0, 2), "place": (3,), "date": (5,), "number": (7,)}
    things = [Thing(kind, tuple((word, word + 1) for word in places)) for kind, places in kinds.items()]
    related = Related(Document("made", "made", words), [True] + [False] * 7, things, [], [Fact(0, "P27", 1, 0)])
    entities, times = make_things(related, Doc(Vocab(), words=words, pos=tags))
    assert [(e.id, e.kind, e.name, [(m.passage.start, m.form) for m in e.mentions]) for e in entities] == [
        ("0", "person", "Bo", [(0, "name"), (8, "pronoun")]), ("1", "place", "Norland", [(12, "name")])
    ]  # fmt: skip
    assert [(time.value, time.passage.text) for time in times] == [("2", "1950")]
    assert list_facts(related) == {(0, "P27", 1)}
