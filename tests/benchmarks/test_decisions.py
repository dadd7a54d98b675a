"""The measures of the linker on gold mentions, with a catalogue that a test can hold."""

import pytest

from benchmarks.decisions import best_answer, measure_decisions
from kg.link import Linker
from kg.link.score import Score
from kg.model import Article, Candidate, Entity, Link, Mention, Passage, Reading, Rival
from training.gold_links import NIL, UNKNOWN, GoldReading

TEXT = "Ada Obi met Bo Ek in Lakeside. Obi left Port Ray for Lakeside."
ITEMS = {
    "Q1": Candidate("Q1", "Ada Obi", kind="person", popularity=0.9, matched="label"),
    "Q2": Candidate("Q2", "Lakeside", kind="place", popularity=0.9, matched="label"),
    "Q3": Candidate("Q3", "Port Ray", kind="place", popularity=0.1, matched="label"),
}


class Small:
    """A catalogue of a few items, each found by its label only."""

    def find(self, name, *, limit=30, similar=False):
        return tuple(item for item in ITEMS.values() if item.label == name)

    def get(self, qid):
        return ITEMS.get(qid)


def make_entity(number, kind, *spans):
    mentions = tuple(Mention(Passage(start, end, TEXT[start:end])) for start, end in spans)
    return Entity(f"e{number}", kind, mentions[0].passage.text, mentions)


GOLD = GoldReading(
    "test",
    Reading(
        Article("a", TEXT),
        (
            make_entity(1, "person", (0, 7), (31, 34)),
            make_entity(2, "person", (12, 17)),
            make_entity(3, "place", (21, 29), (53, 61)),
            make_entity(4, "place", (40, 48)),
        ),
    ),
    {"e1": "Q1", "e2": NIL, "e3": "Q2", "e4": "Q99"},
)
LINKER = Linker(
    Small(),
    score=Score(weights={"popularity_one": 9.0, "popularity_many": 9.0, "bias": -4.0}, idf={}, rare=1.0, threshold=0.5),
)


def test_each_mention_of_a_held_item_counts():
    found = measure_decisions([GOLD], Small(), LINKER)
    assert (found.by_entity.right_wanted, found.by_entity.wanted) == (4, 4)
    assert (found.held.right_wanted, found.held.wanted) == (4, 4)


def test_a_mention_by_itself_is_found_by_its_own_text_only():
    found = measure_decisions([GOLD], Small(), LINKER)
    assert (found.by_text.right_wanted, found.by_text.wanted) == (3, 4)


def test_what_the_catalogue_lacks_should_stay_unlinked():
    found = measure_decisions([GOLD], Small(), LINKER)
    assert (found.unlinked.right_wanted, found.unlinked.wanted) == (2, 2)


def test_scores_of_the_best_candidates_are_calibrated_linked_or_not():
    found = measure_decisions([GOLD], Small(), LINKER)
    assert sum(row.answers for row in found.bins) == 5  # Bo Ek has no candidate
    assert 0.0 < found.error < 0.1


def test_unknown_items_do_not_count():
    unknown = GoldReading("test", GOLD.reading, dict.fromkeys(GOLD.items, UNKNOWN))
    found = measure_decisions([unknown], Small(), LINKER)
    assert (found.held.wanted, found.unlinked.wanted, found.bins) == (0, 0, ())


@pytest.mark.parametrize(
    ("link", "answers"),
    [
        (Link("e1", "linked", "Q1", 0.9, (Rival("Q2", "b", 0.05),)), [(0.9, "Q1")]),
        (Link("e1", "ambiguous", None, 0.3, (Rival("Q2", "b", 0.3), Rival("Q3", "c", 0.2))), [(0.3, "Q2")]),
        (Link("e1", "absent", None, 1.0), []),
    ],
    ids=["linked", "ambiguous", "absent"],
)
def test_best_answer_is_the_best_candidate(link, answers):
    assert list(best_answer(link)) == answers
