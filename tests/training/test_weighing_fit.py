"""What the fit of weights for attributions learns, on made guesses."""

import numpy as np
import pytest
from made_guesses import guess

pytest.importorskip("scipy", reason="only the training extra has it")
from training.attributions import Attribution
from training.weighing import Seen, choose_thresholds, fit_scale, is_exact, is_right, overlaps


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [((0, 10), (7, 17), True), ((0, 10), (8, 18), False), ((0, 10), (4, 5), True), ((0, 2), (2, 4), False)],
    ids=["three tenths", "two tenths", "inside", "beside"],
)  # fmt: skip
def test_spans_overlap_from_three_tenths_of_the_shorter_one(a, b, same):
    assert overlaps(a, b) is same
    assert overlaps(b, a) is same


@pytest.mark.parametrize(
    ("source", "content", "right"),
    [((0, 1), (2, 4), True), (None, (2, 4), False), ((5, 6), (2, 4), False), ((0, 1), (6, 8), False)],
    ids=["both", "no source", "another source", "another content"],
)
def test_a_guess_is_right_when_source_and_content_are(source, content, right):
    assert is_right(guess((1, 2), source, content), Attribution((1, 2), (0, 1), ((2, 4),))) is right


@pytest.mark.parametrize(
    ("cue", "contents", "exact"),
    [((1, 2), [(2, 4)], True), ((1, 3), [(2, 4)], False), ((1, 2), [(2, 4), (5, 6)], False)],
    ids=["all", "another cue", "a part more"],
)
def test_a_guess_is_exact_when_all_its_borders_are(cue, contents, exact):
    assert is_exact(guess(cue, (0, 1), *contents), Attribution((1, 2), (0, 1), ((2, 4),))) is exact


def test_thresholds_tell_what_is_right_of_each_sort():
    chances = np.array([0.9, 0.5, 0.45, 0.9, 0.5, 0.45])
    decoded = np.array([True, True, True, False, False, False])
    gold = np.array([True, True, True, True, False, False])
    sure, weak = choose_thresholds(chances, decoded, (gold, gold), 4)
    assert sure <= 0.45
    assert 0.5 < weak <= 0.9


def test_a_feature_of_right_guesses_gets_a_weight_and_a_rare_one_none(capsys):
    seen = [
        Seen(
            {"bias": 1.0, "lemma=say": 1.0} if n % 2 else {"bias": 1.0, "lemma=walk": 1.0},
            True,
            n // 4,
            n % 2 == 1,
            n % 2 == 1,
            n % 2 == 1,
        )
        for n in range(80)
    ]
    scale = fit_scale([*seen, Seen({"bias": 1.0, "lemma=once": 1.0}, True, 0, True, True, True)], 41)
    weights = scale["weights"]
    assert weights["lemma=say"][0] > 0 > weights["lemma=walk"][0]
    assert "lemma=once" not in weights
    assert "right" in capsys.readouterr().out
