"""Calibrates the head for relations on texts that it was not trained on, and chooses from which probability it speaks.

    python -m training relations --data ../shared/data --model kg/read/model

``relations.npz`` gets a slope and a shift for each property (Platt scaling, drawn towards those of all properties
together where there is little to learn from) and a threshold, the lowest from which at least ``PRECISION`` of what is
told is right.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.read.candidates import Tagged
from kg.read.components import bias_sentences
from kg.read.network import Network
from kg.read.pairs import RELATED, Floats
from kg.read.relation_scores import FITTING, pool
from training.pairs import make_relation_lesson
from training.related import Related

PRECISION = 0.78  # wanted of what is told, of each property and of all together
LEAST, MOST = 0.5, 0.95  # thresholds lie between
IN_NEWS = {"P551": 0.85, "P19": 0.7, "P69": 0.7, "P166": 0.65, "P570": 0.6, "P17": 0.6, "P27": 0.6, "P131": 0.6}
"""The least thresholds of properties that news makes look true more often than the corpora do: a mayor need not be born
where he rules. They come from reading what was told of sixty Wikinews articles."""
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


def gather_cases(network: Network, given: Iterable[tuple[Related, Tagged]]) -> Cases:
    """The cases of documents with the mentions that these give."""
    parts: list[tuple[Floats, Flags, Flags, NDArray[np.int64]]] = []
    missed = 0
    pairs = list(given)
    for start in range(0, len(pairs), 32):
        batch = pairs[start : start + 32]
        texts = [each.document.words for each, _ in batch]
        bias = [bias_sentences(each.document.words, each.paragraphs) for each, _ in batch]
        for number, ((each, text), answers) in enumerate(zip(batch, network.answer(texts, bias), strict=True), start):
            lesson = make_relation_lesson(each, text)
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


def choose_thresholds(cases: Sequence[Cases], slopes: Floats, shifts: Floats) -> Floats:
    """The lowest probability of each property from which PRECISION of what is told is right, where that can be seen;
    elsewhere that of all properties together."""
    columns = [_gather_column(cases, label) for label in range(len(RELATED))]
    chances = [1 / (1 + np.exp(-(slopes[n] * scores + shifts[n]))) for n, (scores, _) in enumerate(columns)]
    everything = np.concatenate(chances), np.concatenate([gold for _, gold in columns])
    shared = find_threshold(*everything, prior=(0.0, 0.0))
    found = [
        find_threshold(chance, gold, prior=(10 * PRECISION, 10.0), usual=shared) if gold.sum() >= 10 else shared
        for chance, (_, gold) in zip(chances, columns, strict=True)
    ]
    least = [IN_NEWS.get(name, LEAST) for name in RELATED]
    return np.maximum(np.array(found, np.float32), np.array(least, np.float32))


def find_threshold(
    chances: NDArray[np.float64], gold: Flags, *, prior: tuple[float, float], usual: float = MOST
) -> float:
    """The lowest threshold from which the share of right ones, with ``prior`` (right, all) added to the counts at the
    ``usual`` threshold, is PRECISION."""
    order = np.argsort(-chances)
    sorted_chances = chances[order]
    right = (np.cumsum(gold[order]) + prior[0]) / (np.arange(1, len(order) + 1) + prior[1])
    good = np.flatnonzero(right >= PRECISION)
    if not len(good):
        return max(usual, MOST)
    return float(np.clip(sorted_chances[good[-1]], LEAST, MOST))


def measure(cases: Cases, slopes: Floats, shifts: Floats, thresholds: Floats) -> tuple[int, int, int]:
    """How many facts are told, how many of these are right, and how many there are."""
    with np.errstate(over="ignore", invalid="ignore"):
        chances = 1 / (1 + np.exp(-np.where(np.isneginf(cases.scores), -np.inf, slopes * cases.scores + shifts)))
    told = (chances >= thresholds) & cases.known
    return int(told.sum()), int((told & cases.gold).sum()), int(cases.gold.sum()) + cases.missed


def calibrate(folder: Path, cases: Sequence[Cases]) -> None:
    """Writes slopes, shifts and thresholds into ``folder``'s relations.npz."""
    slopes, shifts = fit_slopes(cases)
    thresholds = choose_thresholds(cases, slopes, shifts)
    with np.load(folder / "relations.npz", allow_pickle=False) as stored:
        weights = {name: stored[name] for name in stored.files}
    weights |= {"slope": slopes, "shift": shifts, "thresholds": thresholds}
    np.savez(folder / "relations.npz", **weights)


def main(argv: list[str]) -> None:
    """Calibrates the head of the model in ``--model`` and prints what it then finds."""
    from training.related import read_reporting

    parser = argparse.ArgumentParser(prog="python -m training relations")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--model", type=Path, required=True, help="folder of the model; relations.npz is replaced")
    given = parser.parse_args(argv)
    network = Network.load(given.model)
    cases = [gather_cases(network, part) for part in read_reporting(given.data, network)]
    calibrate(given.model, cases)
