"""Probabilities from scores, and from which of them a relation is told."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="only the training extra has it")
pytest.importorskip("torch", reason="only the training extra has it")
from kg.read.pairs import RELATED
from training.calibration import MOST, Bar, Cases, check_halves, choose_thresholds, find_threshold, fit_slopes, measure

BAR = Bar(0.78, 0.5, {})
P108 = RELATED.index("P108")


def make_cases(scores, gold, missed=0):
    shape = (len(scores), len(RELATED))
    table, truth, known = np.full(shape, -np.inf, np.float32), np.zeros(shape, bool), np.zeros(shape, bool)
    table[:, P108], truth[:, P108], known[:, P108] = scores, gold, True
    return Cases(table, truth, known, missed, np.arange(len(scores)))


def draw_cases(slope, shift, count=4000):
    numbers = np.random.default_rng(3)
    scores = numbers.uniform(-5, 5, count)
    return make_cases(scores, numbers.random(count) < 1 / (1 + np.exp(-(slope * scores + shift))))


def test_slope_and_shift_are_found_again():
    slopes, shifts = fit_slopes([draw_cases(0.7, -1.0)])
    assert slopes[P108] == pytest.approx(0.7, abs=0.1)
    assert shifts[P108] == pytest.approx(-1.0, abs=0.2)


def test_a_property_that_was_never_seen_takes_those_of_all():
    slopes, shifts = fit_slopes([draw_cases(0.7, -1.0)])
    other = RELATED.index("P26")
    assert slopes[other] == pytest.approx(slopes[P108], abs=0.1)
    assert shifts[other] == pytest.approx(shifts[P108], abs=0.3)


def test_the_threshold_is_the_lowest_that_is_precise_enough():
    right = round(100 * BAR.precision)
    chances = np.array([0.9] * right + [0.7] * (100 - right) + [0.5] * 100)
    gold = np.array([True] * right + [False] * (200 - right))
    assert find_threshold(chances, gold, BAR, prior=(0.0, 0.0)) == pytest.approx(0.7)


def test_what_is_never_right_is_never_told_lightly():
    assert find_threshold(np.array([0.9, 0.8]), np.array([False, False]), BAR, prior=(0.0, 0.0)) == MOST


def test_from_the_threshold_on_what_is_told_is_right_often_enough():
    cases = draw_cases(1.0, -1.0)
    slopes, shifts = fit_slopes([cases])
    told, right, facts = measure(cases, slopes, shifts, choose_thresholds([cases], slopes, shifts, BAR))
    assert right / told >= BAR.precision - 0.01
    assert facts == cases.gold.sum()


def test_facts_without_a_pair_count_as_missed():
    cases = make_cases([5.0, -5.0], [True, False], missed=3)
    ones, zeros = np.ones(len(RELATED), np.float32), np.zeros(len(RELATED), np.float32)
    assert measure(cases, ones, zeros, np.full(len(RELATED), 0.5, np.float32)) == (1, 1, 4)


def test_some_properties_have_a_higher_bar():
    cases = draw_cases(1.0, 3.0)
    given = fit_slopes([cases])
    assert choose_thresholds([cases], *given, BAR)[P108] == pytest.approx(0.5)
    assert choose_thresholds([cases], *given, Bar(0.78, 0.5, {"P108": 0.9}))[P108] == pytest.approx(0.9)


def test_what_is_printed_is_measured_on_other_documents_than_calibrated_on():
    line = check_halves(draw_cases(1.0, 0.0), Bar(0.9, 0.5, {}))
    numbers = [float(word) for word in line.split()[1::2]]
    assert numbers[0] == pytest.approx(0.9, abs=0.03)
    assert 0.5 < numbers[1] < 1
