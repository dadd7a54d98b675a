"""The coreference scorer, on the test cases of the CoNLL reference scorer and on small cases worked out by hand."""

from itertools import permutations
from random import Random

import pytest

from benchmarks.coreference import Scores, best_assignment, connected

KEY = ["a", "bc", "def"]

# Responses to {a} {bc} {def}; what the reference scorer gives with all mentions counted: MUC, B3, CEAF-e F1.
CASES = {
    "the same": (["a", "bc", "def"], 1.0, 1.0, 1.0),
    "one split": (["a", "bc", "de", "f"], 0.8, 0.875, 0.8),
    "joined wrongly": (["a", "bcdef"], 6 / 7, 0.75, 2 * (1 + 0.75) / 5),
    "all apart": (["a", "b", "c", "d", "e", "f"], 0.0, 2 / 3, 2 * (1 + 2 / 3 + 0.5) / 9),
    "nothing": ([], 0.0, 0.0, 0.0),
}


@pytest.mark.parametrize(("response", "muc", "b3", "ceafe"), CASES.values(), ids=CASES)
def test_measures_are_the_reference_scorers(response, muc, b3, ceafe):
    scores = Scores()
    scores.add(KEY, response, singletons=True)
    assert (scores.muc.f1, scores.b3.f1, scores.ceafe.f1) == pytest.approx((muc, b3, ceafe))
    assert scores.conll == pytest.approx((muc + b3 + ceafe) / 3)


def test_single_mentions_do_not_count_unless_asked():
    scores = Scores()
    scores.add(["a", "bc"], ["bc", "x"])
    assert scores.conll == 1.0
    assert scores.mentions.found == 2


def test_mentions_that_were_not_found_lower_recall_only():
    scores = Scores()
    scores.add(["abc"], ["ab"])
    assert (scores.muc.right, scores.muc.found, scores.muc.recalled, scores.muc.gold) == (1, 1, 1, 2)
    assert scores.b3.f1 == pytest.approx(2 * 1.0 * (4 / 9) / (1 + 4 / 9))


def test_documents_are_summed_before_dividing():
    scores = Scores()
    scores.add(["abcd"], ["abcd"])
    scores.add(["ab"], [])
    assert scores.muc.f1 == pytest.approx(2 * 1.0 * 0.75 / 1.75)


def test_best_assignment_is_the_best_of_all():
    random = Random(5)
    for _ in range(60):
        rows, columns = random.randint(1, 4), random.randint(1, 4)
        values = {(r, c): random.random() for r in range(rows) for c in range(columns) if random.random() < 0.7}
        wide = max(rows, columns)
        best = max(sum(values.get((r, c), 0.0) for r, c in enumerate(order)) for order in permutations(range(wide)))
        if values:
            assert best_assignment(values) == pytest.approx(best)
            assert sum(map(best_assignment, connected(values))) == pytest.approx(best)
