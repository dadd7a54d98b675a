"""Measures whether scores mean what they say: of answers with score 0.9, nine in ten are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10
Scored = tuple[float, bool]  # the score of an answer (0..1), and whether it is right


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers with a score from ``low`` to ``high``: how many, their mean score, and the share of right ones."""

    low: float
    high: float
    answers: int
    score: float
    right: float


def list_bins(answers: Iterable[Scored], *, bins: int = BINS) -> list[Bin]:
    """The reliability table: bins of equal width with the answers in them, empty ones left out; 1.0 is in the last."""
    kept: list[list[Scored]] = [[] for _ in range(bins)]
    for score, right in answers:
        kept[min(bins - 1, int(score * bins))].append((score, right))
    table = []
    for number, found in enumerate(kept):
        if found:
            mean, share = (sum(float(pair[i]) for pair in found) / len(found) for i in (0, 1))
            table.append(Bin(number / bins, (number + 1) / bins, len(found), mean, share))
    return table


def measure_error(answers: Sequence[Scored], *, bins: int = BINS) -> float:
    """The expected calibration error (Naeini et al., AAAI 2015): how far scores are from the share of right answers.

    The mean over all answers of the distance between the mean score and the share of right ones in their bin.
    """
    table = list_bins(answers, bins=bins)
    return sum(row.answers * abs(row.score - row.right) for row in table) / max(1, len(answers))
