"""Fitting the score of links on hand-made cases."""

import math

import pytest

from kg.link.score import Score
from training import linker
from training.linker import Case, choose_threshold, cross_validate, fit, judge


def make_cases(count=60, *, noise=10):
    """Two candidates each; the right one has "good", except in every ``noise``-th case, where none is right."""
    cases = []
    for number in range(count):
        features = [{"bias": 1.0, "good": 1.0}, {"bias": 1.0, "bad": 1.0}]
        cases.append(Case("dwie", f"d{number}", features, -1 if number % noise == 0 else 0, 1.0))
    return cases


def test_fitted_weights_are_the_summit_of_the_penalised_likelihood():
    cases, names = make_cases(), ["bad", "bias", "good"]
    weights = fit(cases, names)

    def loss(moved):
        score = Score(weights=moved, idf={}, rare=1.0, threshold=0.5)
        total = linker.PENALTY / 2 * sum(w * w for w in moved.values())
        for case in cases:
            shares = score.probabilities(case.features)
            total -= math.log(shares[case.gold] if case.gold >= 0 else 1 - sum(shares))
        return total

    here = loss(weights)
    assert all(loss(weights | {name: weights[name] + d}) > here for name in names for d in (-0.05, 0.05))


def test_weights_that_the_cases_say_nothing_of_stay_at_their_prior():
    assert fit(make_cases(), ["bias", "good", "bad", "child"])["child"] == pytest.approx(
        linker.PRIOR["child"], abs=1e-6
    )


def test_start_does_not_change_where_the_fit_ends():
    names = ["bad", "bias", "good"]
    plain = fit(make_cases(), names)
    assert fit(make_cases(), names, start={"good": 5.0, "bad": 3.0}) == pytest.approx(plain, abs=1e-3)


def test_scores_are_judged_on_documents_that_were_not_fitted_to():
    cases = make_cases()
    score = Score(weights=fit(cases, ["bad", "bias", "good"]), idf={}, rare=1.0, threshold=0.5)
    judged = cross_validate(cases, cases, score)
    assert len(judged) == len(cases)
    assert sum(right for _, right, *_ in judged) == 54
    assert {round(p, 1) for p, *_ in judged} == {0.9}


def test_judgement_tells_score_right_and_whether_any_candidate_is():
    score = Score(weights={"good": 2.0}, idf={}, rare=1.0, threshold=0.5)
    ((p, right, corpus, any_right),) = judge(make_cases(1), score)
    assert (right, corpus, any_right) == (False, "dwie", False)
    assert p == pytest.approx(math.exp(2) / (2 + math.exp(2)))


@pytest.mark.parametrize(
    ("judged", "threshold"),
    [
        pytest.param([(0.9, True), (0.42, True), (0.3, True)], 0.4, id="never below the least"),
        pytest.param([(0.9, True), (0.52, False)], 0.6, id="above what is wrong"),
        pytest.param([(0.9, False), (0.52, False)], 0.6, id="the highest where nothing will do"),
        pytest.param([*[(0.9, True)] * 12, (0.47, False), (0.42, True)], 0.4, id="what is right outweighs the wrong"),
    ],
)
def test_threshold_is_that_of_the_best_f1_at_the_wanted_precision(judged, threshold):
    many = [(p, right, "dwie", True) for p, right in judged for _ in range(60)]
    assert choose_threshold(many) == threshold
