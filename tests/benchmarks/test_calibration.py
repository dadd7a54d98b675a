"""Reliability of scores."""

import pytest

from benchmarks.calibration import Bin, list_bins, measure_error

EVEN = [(0.75, True), (0.75, True), (0.75, True), (0.75, False)]


def test_scores_that_mean_what_they_say_have_no_error():
    assert measure_error(EVEN) == 0.0


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        pytest.param([], 0.0, id="nothing"),
        pytest.param([(1.0, False)], 1.0, id="sure and wrong"),
        pytest.param([(0.0, True)], 1.0, id="doubtful and right"),
        pytest.param(
            [*EVEN, (0.25, False), (0.25, False), (0.25, False), (0.25, False)], 0.125, id="mean over answers"
        ),
    ],
)
def test_error_is_the_mean_distance_from_the_share_of_right_answers(answers, error):
    assert measure_error(answers) == pytest.approx(error)


def test_table_has_the_bins_that_have_answers():
    assert list_bins([*EVEN, (1.0, True)], bins=4) == [Bin(0.75, 1.0, 5, 0.8, 0.8)]
