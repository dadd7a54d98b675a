"""How sure an attribution is: the chance that its cue, source and content are right, from what can be seen of it."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma

if TYPE_CHECKING:
    from kg.read.roles import Layout

Span = tuple[int, int]
LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 55)  # words of a content that are told apart
LEAST, MOST = 0.01, 0.999  # chances are taken between


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


def see_features(layout: Layout, guess: Guess) -> dict[str, float]:
    """What can be seen of an attribution, by name: numbers, and 1 for what holds ("lemma=say/VERB")."""
    text, head, cue, contents = layout.text, guess.head, guess.cue, guess.content
    lemma = find_lemma(text.words[head], UPOS[text.upos[head]]).lower()
    word = f"{lemma}/{UPOS[text.upos[head]]}"
    seen = {
        "bias": 1.0,
        "cue": _odds(guess.cue_chances[0]),
        "cue mean": _odds(guess.cue_chances[1]),
        "content": _odds(guess.content_chance),
        "source": _odds(guess.source_chance) if guess.source else 0.0,
    }
    hung = _find_link(text.heads, text.labels, contents, cue)
    first, last = contents[0][0], contents[-1][1] - 1
    size = sum(end - start for start, end in contents)
    marked = layout.quotations[first] > 0
    traits = [
        f"decoded={guess.decoded}",
        f"lemma={word}",
        f"{word} {hung}",
        f"label={text.labels[head].partition(':')[0]} {UPOS[text.upos[head]]}",
        f"content={hung}",
        f"quotation={marked} {layout.quotations[last] > 0} {layout.quotations[head] > 0}",
        f"size={bisect_left(LENGTHS, size)}",
        f"parts={min(len(contents), 3)}",
        f"words={min(cue[1] - cue[0], 4)}",
        f"order={_order(cue, contents)}",
        f"sentences={min(int(layout.sentences[last] - layout.sentences[first]), 2)}",
    ]
    if cue[1] - cue[0] > 1:
        traits += [f"last={text.words[cue[1] - 1].lower()}", f"first={text.words[cue[0]].lower()}"]
    traits += _see_source(layout, guess)
    return seen | dict.fromkeys(traits, 1.0)


def _see_source(layout: Layout, guess: Guess) -> list[str]:
    text, source = layout.text, guess.source
    if source is None:
        return ["source=none", f"source=none {text.labels[guess.head]}"]
    top = next(
        (w for w in range(*source) if not source[0] <= text.heads[w] < source[1] or text.heads[w] == w), source[0]
    )
    near = text.heads[top] == guess.head
    word = text.words[top].lower() if UPOS[text.upos[top]] in ("PRON", "DET") else UPOS[text.upos[top]]
    return [f"source={word}", f"source label={text.labels[top] if near else 'apart'}",
            f"source sentence={int(layout.sentences[top] == layout.sentences[guess.head])}"]  # fmt: skip


def _find_link(heads: Sequence[int], labels: Sequence[str], contents: tuple[Span, ...], cue: Span) -> str:
    """How the content hangs on the cue: the label of its top word there, "above" or "apart"."""
    for word in (word for start, end in contents for word in range(start, end)):
        if cue[0] <= heads[word] < cue[1] and labels[word] not in ("punct", "cc"):
            return labels[word]
    above = any(start <= heads[word] < end for word in range(*cue) for start, end in contents)
    return "above" if above else "apart"


def _order(cue: Span, contents: tuple[Span, ...]) -> str:
    before, after = contents[0][0] < cue[0], contents[-1][0] >= cue[1]
    return "around" if before and after else "before" if before else "after"


def _odds(chance: float) -> float:
    chance = min(max(chance, LEAST), MOST)
    return math.log(chance / (1 - chance))
