"""Counts of right answers, and precision, recall and F1 of them."""

from __future__ import annotations

from collections.abc import Hashable, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How many answers were ``given``, how many were ``wanted``, and how many of both were right.

    ``right_given`` and ``right_wanted`` differ only where one gold thing can be met by several answers.
    """

    right_given: int = 0
    given: int = 0
    right_wanted: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right_given + other.right_given,
            self.given + other.given,
            self.right_wanted + other.right_wanted,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """The share of the given answers that are right; 0 when none was given."""
        return self.right_given / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of the wanted answers that were given; 0 when none is wanted."""
        return self.right_wanted / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def compare_sets(wanted: Set[Hashable], given: Set[Hashable]) -> Score:
    """The score of the answers ``given`` when exactly those in ``wanted`` are right."""
    right = len(wanted & given)
    return Score(right, len(given), right, len(wanted))
