"""The scorer of links on small hand-made articles."""

import pytest

from benchmarks.gold import GoldLabel, LinkedArticle
from benchmarks.linking import collect_answers, list_mistakes, score_by_overlap, score_exactly, score_links
from kg.model import Article, Entity, Link, Mention, Passage, Reading

TEXT = "Ada Low of Leeds, England said she met Bo Ek's mother in 2019."
LOW, LEEDS_ENGLAND, LEEDS, ENGLAND, SHE, EK, YEAR = (
    (0, 7),
    (11, 25),
    (11, 16),
    (18, 25),
    (31, 34),
    (39, 44),
    (57, 61),
)
LABELS = (
    GoldLabel(0, LOW, "Q1"),
    GoldLabel(1, LEEDS_ENGLAND, "Q2"),
    GoldLabel(2, LEEDS, "Q2", parent=1),
    GoldLabel(3, ENGLAND, "Q3", parent=1),
    GoldLabel(4, SHE, "Q1", named=False),
    GoldLabel(5, EK, None),
    GoldLabel(6, YEAR, None, optional=True),
)
GOLD = LinkedArticle("a", "", TEXT, (0, len(TEXT)), LABELS)
ROOTS = {0, 1, 4}


@pytest.mark.parametrize(
    ("answers", "right", "given", "found", "wanted"),
    [
        pytest.param({}, 0, 0, 0, 3, id="silence misses all and is never wrong"),
        pytest.param({LOW: "Q1", LEEDS_ENGLAND: "Q2", SHE: "Q1"}, 3, 3, 3, 3, id="all right"),
        pytest.param({LOW: "Q9"}, 0, 1, 0, 3, id="a wrong item is wrong and missed"),
        pytest.param({LEEDS: "Q2", ENGLAND: "Q3"}, 1, 1, 1, 3, id="right parts make one right whole"),
        pytest.param({LEEDS: "Q2"}, 0, 0, 0, 3, id="a part alone leaves the whole missed"),
        pytest.param({LEEDS: "Q2", ENGLAND: "Q9"}, 0, 1, 0, 3, id="a wrong part is wrong"),
        pytest.param({LEEDS_ENGLAND: "Q2", LEEDS: "Q9"}, 1, 1, 1, 3, id="a right whole settles its parts"),
        pytest.param({EK: "Q5"}, 0, 1, 0, 3, id="a link on an unknown thing is wrong"),
        pytest.param({(39, 46): "Q5"}, 0, 1, 0, 3, id="a possessive is within word boundaries"),
        pytest.param({YEAR: "Q6"}, 0, 1, 0, 3, id="a link on a date is wrong"),
        pytest.param({(35, 38): "Q7"}, 0, 1, 0, 3, id="a link on nothing is wrong"),
        pytest.param({(0, 3): "Q1"}, 0, 1, 0, 3, id="half a name is another span"),
    ],
)
def test_exact_counts_follow_elevant(answers, right, given, found, wanted):
    score = score_exactly(GOLD, answers, ROOTS)
    assert (score.right_given, score.given, score.right_wanted, score.wanted) == (right, given, found, wanted)


@pytest.mark.parametrize(
    ("answers", "right", "given", "found"),
    [
        pytest.param({(0, 3): "Q1"}, 1, 1, 1, id="half a name is enough"),
        pytest.param({(0, 3): "Q1", (4, 7): "Q1"}, 2, 2, 1, id="two halves find one thing"),
        pytest.param({LEEDS: "Q2"}, 1, 1, 1, id="a part finds the whole"),
        pytest.param({LOW: "Q9"}, 0, 1, 0, id="a wrong item is wrong"),
        pytest.param({EK: "Q5", (35, 38): "Q1"}, 0, 2, 0, id="aside is wrong"),
    ],
)
def test_overlap_counts_shared_characters(answers, right, given, found):
    score = score_by_overlap(GOLD, answers, ROOTS)
    assert (score.right_given, score.given, score.right_wanted, score.wanted) == (right, given, found, 3)


@pytest.mark.parametrize(
    ("qid", "right", "given"), [("Q1", 0, 0), ("Q9", 0, 1)], ids=["right is not counted", "wrong is wrong"]
)
def test_optional_label_may_be_left_out_but_not_be_wrong(qid, right, given):
    gold = LinkedArticle("a", "", TEXT, (0, len(TEXT)), (GoldLabel(0, LOW, "Q1", optional=True),))
    for score in (score_exactly(gold, {LOW: qid}, set()), score_by_overlap(gold, {LOW: qid}, set())):
        assert (score.right_given, score.given, score.wanted) == (right, given, 0)


def test_alternative_of_the_same_span_is_right_and_its_wrong_answer_is_counted_once():
    labels = (GoldLabel(0, LOW, "Q1"), GoldLabel(1, LOW, "Q8", parent=0))
    gold = LinkedArticle("a", "", TEXT, (0, len(TEXT)), labels)
    assert score_exactly(gold, {LOW: "Q8"}, {0}).f1 == 1.0
    wrong = score_exactly(gold, {LOW: "Q9"}, {0})
    assert (wrong.right_given, wrong.given, wrong.wanted) == (0, 1, 1)


def make_reading(*spans: tuple[int, int]) -> Reading:
    entities = tuple(
        Entity(f"e{i}", "other", TEXT[s:e], (Mention(Passage(s, e, TEXT[s:e])),)) for i, (s, e) in enumerate(spans)
    )
    return Reading(Article(id="a", text=TEXT), entities)


def test_only_linked_mentions_inside_the_annotated_part_are_answers():
    links = (
        Link("e0", "linked", "Q1"),
        Link("e1", "ambiguous"),
        Link("e2", "linked", "Q5"),
    )
    assert collect_answers(make_reading(LOW, LEEDS, EK), links, (8, 44)) == {EK: "Q5"}


def test_recall_is_reported_over_all_held_and_named_items():
    def link(article):
        return make_reading(LOW), (Link("e0", "linked", "Q1"),)

    scores = score_links([GOLD], link, lambda qid: qid == "Q1")
    assert scores["exact"].precision == 1.0
    assert [scores[name].wanted for name in ("exact", "exact_held", "exact_named")] == [3, 2, 2]
    assert [scores[name].recall for name in ("overlap", "overlap_held", "overlap_named")] == [1 / 3, 1 / 2, 1 / 2]


def test_mistakes_name_the_words_and_the_gold():
    assert list_mistakes(GOLD, {LOW: "Q9", EK: "Q5", SHE: "Q1"}) == [
        "a wrong: 'Ada Low' Q9, gold Q1",
        "a wrong: 'Bo Ek' Q5, gold none",
        "a missed: 'Ada Low' Q1",
        "a missed: 'Leeds, England' Q2",
    ]
