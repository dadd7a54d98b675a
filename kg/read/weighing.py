"""How sure an attribution is: the chance that its cue, source and content are right, from what can be seen of it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Guess:
    """What may be an attribution: its spans, the cue's head word, whether the cue is one of the best tag sequence, and
    the chances of the parts to be what they are taken for: of the cue the greatest and the mean of its words."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    head: int
    decoded: bool
    cue_chances: tuple[float, float]
    source_chance: float
    content_chance: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Two weights for each feature: for the cue to be one, and for cue, source and content all to be right; and the
    chances of a cue from which it is told, for one of the best tag sequence and for another."""

    weights: Mapping[str, tuple[float, float]]
    thresholds: tuple[float, float]

    def weigh(self, features: Mapping[str, float]) -> tuple[float, float]:
        """The chances of the cue to be one and of the whole attribution to be right."""
        cue = whole = 0.0
        for name, value in features.items():
            weight = self.weights.get(name)
            if weight is not None:
                cue += weight[0] * value
                whole += weight[1] * value
        return _chance(cue), _chance(whole)

    def admits(self, chance: float, *, decoded: bool) -> bool:
        """Whether a cue of this chance is told."""
        return chance >= self.thresholds[0 if decoded else 1]


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


@lru_cache(maxsize=1)
def load_scale() -> Scale:
    """The weights that ship, which ``python -m training attributions`` fits."""
    stored = json.loads((files("kg.read") / "weighing.json").read_text(encoding="utf-8"))
    weights = {name: (float(cue), float(whole)) for name, (cue, whole) in stored["weights"].items()}
    decoded, weak = stored["thresholds"]
    return Scale(weights, (float(decoded), float(weak)))
