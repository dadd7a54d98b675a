"""Calibrates the head for relations on texts that it was not trained on, and chooses from which probability it speaks.

    python -m training relations --data ../shared/data --model kg/read/model

``relations.npz`` gets a slope and a shift for each property (Platt scaling, drawn towards those of all properties
together where there is little to learn from) and a threshold, the lowest from which at least ``PRECISION`` of what is
told is right; and the same once more for what whole texts imply. No text that the model has learned from can serve: it
is too sure of these. So the documents are those that are reported on, and what is printed is measured on one half of
them after calibrating on the other.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.read.candidates import Tagged
from kg.read.network import Network
from kg.read.pairs import RELATED, Floats
from kg.read.relation_scores import FITTING, pool
from training.pairs import make_relation_lesson
from training.related import Related
from training.sight import ask_model

MOST = 0.95  # thresholds are not above


@dataclass(frozen=True, slots=True)
class Bar:
    """What is asked of statements: that ``precision`` of those of a property are right, and a probability of ``least``,
    or a ``higher`` one of some properties."""

    precision: float
    least: float
    higher: Mapping[str, float]


STATED = Bar(
    0.72,
    0.4,
    {
        "P551": 0.85,
        "P19": 0.7,
        "P69": 0.7,
        "P570": 0.65,
        "P166": 0.65,
        "P17": 0.6,
        "P27": 0.6,
        "P131": 0.6,
        "P488": 0.65,
        "P35": 0.65,
        "P6": 0.65,
        "P1344": 0.65,
        "P607": 0.65,
        "P710": 0.65,
        "P571": 0.55,
    },
)
"""The higher ones are of properties that news makes look true more often than the corpora do: a mayor need not be born
where he rules. They come from reading what was told of ninety Wikinews articles."""
IMPLIED = Bar(0.75, 0.4, {})
STRENGTH = 8.0  # how many cases the parameters of all properties count as, for one of them
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cases:
    """Scores [bags, RELATED] of the pairs of two things in a region, -inf where their kinds do not fit; which
    properties hold, and of which it is known; ``missed`` facts that no pair of mentions stands for; the number of the
    document of each bag."""

    scores: Floats
    gold: Flags
    known: Flags
    missed: int
    documents: NDArray[np.int64]


def gather_cases(network: Network, given: Iterable[tuple[Related, Tagged]], *, wide: bool = False) -> Cases:
    """The cases of documents with the mentions that these give; ``wide``: however far apart they stand."""
    parts: list[tuple[Floats, Flags, Flags, NDArray[np.int64]]] = []
    missed = 0
    pairs = list(given)
    asked = ask_model((each for each, _ in pairs), network)
    for number, ((_, text), (each, answers)) in enumerate(zip(pairs, asked, strict=True)):
        lesson = make_relation_lesson(each, text, wide=wide)
        missed += len({(f.subject, f.property, f.object, f.region) for f in each.facts}) - int(lesson.gold.sum())
        if len(lesson.pairs):
            phrases = lesson.mentions
            scores = network.relations.score(answers.pairs, phrases, phrases, lesson.pairs)
            fits = FITTING[phrases.kinds[lesson.pairs.left], phrases.kinds[lesson.pairs.right]]
            scores[~fits] = -np.inf
            pooled = pool(scores, lesson.bags, len(lesson.gold))
            parts.append((pooled, lesson.gold, lesson.known, np.full(len(pooled), number)))
    scores, gold, known, documents = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Cases(scores, gold, known, missed, documents)


def fit_slopes(cases: Sequence[Cases]) -> tuple[Floats, Floats]:
    """Slope and shift of each property that turn scores into log odds, by regularised logistic regression."""
    columns = [_gather_column(cases, label) for label in range(len(RELATED))]
    scores, gold = (np.concatenate(side) for side in zip(*columns, strict=True))
    shared = _fit_platt(scores, gold, np.array([1.0, 0.0]), 0.01)
    fitted = [_fit_platt(*column, shared, STRENGTH) for column in columns]
    return np.array([f[0] for f in fitted], np.float32), np.array([f[1] for f in fitted], np.float32)


def _gather_column(cases: Sequence[Cases], label: int) -> tuple[NDArray[np.float64], Flags]:
    """Scores and truth of one property where both are known; what is far from true is left out."""
    scores, gold = [], []
    for part in cases:
        chosen = part.known[:, label] & (part.scores[:, label] > -8)
        scores.append(part.scores[chosen, label].astype(np.float64))
        gold.append(part.gold[chosen, label])
    return np.concatenate(scores), np.concatenate(gold)


def _fit_platt(
    scores: NDArray[np.float64], gold: Flags, prior: NDArray[np.float64], strength: float
) -> NDArray[np.float64]:
    def loss(given: NDArray[np.float64]) -> float:
        logits = given[0] * scores + given[1]
        wrong = np.logaddexp(0, np.where(gold, -logits, logits)).sum()
        return float(wrong + strength * ((given - prior) ** 2).sum())

    found: NDArray[np.float64] = minimize(loss, prior, method="L-BFGS-B", bounds=[(0.2, 3.0), (-6.0, 6.0)]).x
    return found


def choose_thresholds(cases: Sequence[Cases], slopes: Floats, shifts: Floats, bar: Bar) -> Floats:
    """The lowest probability of each property from which ``bar.precision`` of what is told is right, where that can be
    seen; elsewhere that of all properties together."""
    columns = [_gather_column(cases, label) for label in range(len(RELATED))]
    chances = [1 / (1 + np.exp(-(slopes[n] * scores + shifts[n]))) for n, (scores, _) in enumerate(columns)]
    everything = np.concatenate(chances), np.concatenate([gold for _, gold in columns])
    shared = find_threshold(*everything, bar, prior=(0.0, 0.0))
    found = [
        find_threshold(chance, gold, bar, prior=(10 * bar.precision, 10.0), usual=shared)
        if gold.sum() >= 10
        else shared
        for chance, (_, gold) in zip(chances, columns, strict=True)
    ]
    least = [bar.higher.get(name, bar.least) for name in RELATED]
    return np.maximum(np.array(found, np.float32), np.array(least, np.float32))


def find_threshold(
    chances: NDArray[np.float64], gold: Flags, bar: Bar, *, prior: tuple[float, float], usual: float = MOST
) -> float:
    """The lowest threshold from which the share of right ones, with ``prior`` (right, all) added to the counts at the
    ``usual`` threshold, is ``bar.precision``."""
    order = np.argsort(-chances)
    sorted_chances = chances[order]
    right = (np.cumsum(gold[order]) + prior[0]) / (np.arange(1, len(order) + 1) + prior[1])
    good = np.flatnonzero(right >= bar.precision)
    if not len(good):
        return max(usual, MOST)
    return float(np.clip(sorted_chances[good[-1]], bar.least, MOST))


def measure(cases: Cases, slopes: Floats, shifts: Floats, thresholds: Floats) -> tuple[int, int, int]:
    """How many facts are told, how many of these are right, and how many there are."""
    with np.errstate(over="ignore", invalid="ignore"):
        chances = 1 / (1 + np.exp(-np.where(np.isneginf(cases.scores), -np.inf, slopes * cases.scores + shifts)))
    told = (chances >= thresholds) & cases.known
    return int(told.sum()), int((told & cases.gold).sum()), int(cases.gold.sum()) + cases.missed


def check_halves(cases: Cases, bar: Bar) -> str:
    """How much of what is told of one half of the documents is right, and how much is found, after calibrating on the
    other half; as a line."""
    halves = [_choose_documents(cases, odd) for odd in (0, 1)]
    told = right = 0
    for fitted, other in (halves, halves[::-1]):
        slopes, shifts = fit_slopes([fitted])
        thresholds = choose_thresholds([fitted], slopes, shifts, bar)
        found = measure(other, slopes, shifts, thresholds)
        told, right = told + found[0], right + found[1]
    wanted = int(cases.gold.sum()) + cases.missed
    precision, recall = right / max(1, told), right / max(1, wanted)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * right / max(1, told + wanted):.3f}"


def _choose_documents(cases: Cases, odd: int) -> Cases:
    chosen = cases.documents % 2 == odd
    return Cases(cases.scores[chosen], cases.gold[chosen], cases.known[chosen], 0, cases.documents[chosen])


def calibrate(folder: Path, stated: Sequence[Cases], implied: Sequence[Cases]) -> None:
    """Writes slopes, shifts and thresholds into ``folder``'s relations.npz."""
    with np.load(folder / "relations.npz", allow_pickle=False) as stored:
        weights = {name: stored[name] for name in stored.files}
    for before, cases, bar in (("", stated, STATED), ("implied_", implied, IMPLIED)):
        slopes, shifts = fit_slopes(cases)
        thresholds = choose_thresholds(cases, slopes, shifts, bar)
        weights |= {f"{before}slope": slopes, f"{before}shift": shifts, f"{before}thresholds": thresholds}
    np.savez(folder / "relations.npz", **weights)


def main(argv: list[str]) -> None:
    """Calibrates the head of the model in ``--model`` and prints what it then finds."""
    from training.related import read_reporting

    parser = argparse.ArgumentParser(prog="python -m training relations")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--model", type=Path, required=True, help="folder of the model; relations.npz is replaced")
    given = parser.parse_args(argv)
    network = Network.load(given.model)
    passages, documents = read_reporting(given.data, network)
    stated = [gather_cases(network, part) for part in (passages, documents)]
    implied = gather_cases(network, documents, wide=True)
    for name, cases, bar in (
        ("KnowledgeNet fold 3", stated[0], STATED),
        ("Re-DocRED held back", stated[1], STATED),
        ("Re-DocRED held back, implied", implied, IMPLIED),
    ):
        print(name, check_halves(cases, bar), flush=True)
    calibrate(given.model, stated, [implied])
