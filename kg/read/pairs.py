"""Scores pairs of phrases: which relation joins two mentions, which role a phrase plays for an event's trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.event_types import EVENT_TYPES
from kg.properties import PROPERTIES
from kg.read.candidates import CLASS_OF, Tagged
from kg.read.labels import UPOS
from kg.read.roles import RELATIONS, STEPS, Layout

Floats = NDArray[np.float32]
Halves = NDArray[np.float16] | Floats
Ints = NDArray[np.int64]

RELATED = tuple(each.id for each in PROPERTIES)
"""The labels of pairs of mentions: properties, each true or not by itself."""
ARGUMENTS = ("none", "agent", "patient", "recipient", "instrument", "place", "time")
"""The labels of pairs of a trigger and a phrase, of which one is true."""
TRIGGERS = ("none", *(each.name for each in EVENT_TYPES))
KINDS = (
    *("person", "organisation", "place", "event", "work", "product", "group", "other"),
    *("date", "money", "number", "office"),
)
FORMS = ("name", "nominal", "pronoun", "trigger")
DEPTH = 10  # steps up in the tree that are followed
UP = 4  # of these, how many are told apart
NO_PATH = (UP + 1) ** 2
AT_TOP = len(RELATIONS)  # in place of a relation: the phrase is itself the word that both hang from
BETWEEN = np.array([1, 2, 3, 5, 9])
SIZES = {
    "left": len(KINDS) + len(TRIGGERS),
    "right": len(KINDS) + len(UPOS),
    "forms": len(FORMS) ** 2,
    "distance": 2 * len(STEPS) + 1,
    "sentences": 7,
    "path": NO_PATH + 1,
    "left relation": len(RELATIONS),
    "right relation": len(RELATIONS),
    "left branch": len(RELATIONS) + 2,
    "right branch": len(RELATIONS) + 2,
    "quotations": 4,
    "between": len(BETWEEN) + 1,
}
WEIGHTS = {
    "left.weight": 2, "left.bias": 1, "right.weight": 2, "product.weight": 2, "top.weight": 2, "between.weight": 2,
    "features": 2, "out.weight": 2, "out.bias": 1,
}  # fmt: skip
"""The arrays of the head, with their number of dimensions."""
CHUNK = 2048  # pairs scored at once
NEAR = 2  # sentences between two mentions that may be related, at most
REACH = 100  # words between them, at most
ROLE_REACH = 60  # words between a trigger and what plays a role for it, at most
PROPN = UPOS.index("PROPN")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of a text, one row each: first word, end, head word, number of the kind (mentions: in KINDS; triggers:
    len(KINDS) + number in TRIGGERS; what may play a role: len(KINDS) + number in UPOS), and number in FORMS."""

    starts: Ints
    ends: Ints
    heads: Ints
    kinds: Ints
    forms: Ints

    @classmethod
    def of(cls, rows: list[tuple[int, int, int, int, int]]) -> Phrases:
        """The phrases of rows (first word, end, head word, kind, form)."""
        table = np.array(rows, np.int64).reshape(-1, 5)
        return cls(*(table[:, column] for column in range(5)))

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of phrases with what can be seen of them.

    ``left`` and ``right`` are rows of their phrases, ``top`` the word that both hang from in the tree (-1: none),
    ``first`` and ``last`` the words between them (``first == last``: none), ``features`` [pairs, SIZES] numbers, each
    below its size.
    """

    left: Ints
    right: Ints
    top: Ints
    first: Ints
    last: Ints
    features: Ints

    def __len__(self) -> int:
        return len(self.left)


def tell_form(text: Tagged, start: int, end: int) -> str:
    """Whether a mention is a name, a nominal or a pronoun, from its words alone."""
    if end - start == 1 and text.lower[start] in CLASS_OF:
        return "pronoun"
    return "name" if any(text.upos[word] == PROPN for word in range(start, end)) else "nominal"


def make_phrases(text: Tagged, words: Sequence[int]) -> Phrases:
    """Single words as phrases that may play a role, in order."""
    return Phrases.of([(w, w + 1, w, len(KINDS) + text.upos[w], FORMS.index(tell_form(text, w, w + 1))) for w in words])


def pair_mentions(
    mentions: Phrases, owners: Ints, sentences: Ints, *, near: int = NEAR, reach: int = REACH
) -> tuple[Ints, Ints]:
    """Rows of all ordered pairs of mentions of two things (``owners``) that stand near each other.

    The mentions are in the order of the text; ``sentences`` [words] are sentence numbers. At most ``near`` sentences
    and ``reach`` words lie between two.
    """
    at = np.maximum.accumulate(sentences[mentions.heads]) if len(mentions) else mentions.heads
    low = np.maximum(np.searchsorted(at, at - near), np.searchsorted(mentions.starts, mentions.starts - reach))
    high = np.minimum(
        np.searchsorted(at, at + near, side="right"), np.searchsorted(mentions.starts, mentions.starts + reach)
    )
    counts = np.maximum(high - low, 0)
    a = np.repeat(np.arange(len(mentions)), counts)
    b = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    apart = owners[a] != owners[b]
    return a[apart], b[apart]


def pair_triggers(triggers: Phrases, phrases: Phrases, sentences: Ints) -> tuple[Ints, Ints]:
    """Rows of triggers and of the phrases of the same sentence that stand near; the phrases are single words."""
    low = np.searchsorted(phrases.heads, triggers.heads - ROLE_REACH)
    high = np.searchsorted(phrases.heads, triggers.heads + ROLE_REACH + 1)
    counts = high - low
    a = np.repeat(np.arange(len(triggers)), counts)
    b = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    same = (sentences[triggers.heads[a]] == sentences[phrases.heads[b]]) & (triggers.heads[a] != phrases.heads[b])
    return a[same], b[same]


def look_at_pairs(layout: Layout, left: Phrases, right: Phrases, rows: tuple[Ints, Ints], marks: Ints) -> Pairs:
    """What can be seen of the pairs ``rows`` (rows of ``left``, rows of ``right``).

    ``marks`` are the words, in order, at which mentions begin: how many stand between the two is counted.
    """
    a, b = rows
    first = np.minimum(left.ends[a], right.ends[b])
    last = np.maximum(first, np.maximum(left.starts[a], right.starts[b]))
    top, seen = _see_trees(layout, left.heads[a], right.heads[b])
    gap = right.heads[b] - left.heads[a]
    features = np.zeros((len(a), len(SIZES)), np.int64)
    features[:, 0] = left.kinds[a]
    features[:, 1] = right.kinds[b]
    features[:, 2] = left.forms[a] * len(FORMS) + right.forms[b]
    features[:, 3] = np.sign(gap) * np.searchsorted(STEPS, np.abs(gap), side="right") + len(STEPS)
    features[:, 4] = np.clip(layout.sentences[right.heads[b]] - layout.sentences[left.heads[a]], -3, 3) + 3
    features[:, 5:10] = seen
    quoted = layout.quotations[left.heads[a]], layout.quotations[right.heads[b]]
    features[:, 10] = np.where(
        (quoted[0] == 0) & (quoted[1] == 0), 0, np.where(quoted[0] == quoted[1], 1, np.where(quoted[1] == 0, 2, 3))
    )
    count = np.searchsorted(marks, last) - np.searchsorted(marks, first)
    features[:, 11] = np.searchsorted(BETWEEN, count, side="right")
    return Pairs(a, b, top, first, last, features)


def _see_trees(layout: Layout, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """The word that each pair of words hangs from, -1 for none, and [pairs, 5]: the path up from both, the relations of
    both, and the relations of the branches that hold them below that word."""
    words, places = np.unique(np.concatenate((left, right)), return_inverse=True)
    heads = np.asarray(layout.text.heads, np.int64)
    above = np.full((len(words), DEPTH), -1, np.int64)
    step = words
    for depth in range(DEPTH):
        above[:, depth] = step
        step = np.where((step >= 0) & (heads[step] != step), heads[step], -1)
    relations = np.append(np.asarray(layout.relations, np.int64), -1)
    tops, seen = np.full(len(left), -1, np.int64), np.zeros((len(left), 5), np.int64)
    for start in range(0, len(left), CHUNK):
        part = slice(start, start + CHUNK)
        up_left, up_right = above[places[: len(left)][part]], above[places[len(left) :][part]]
        same = (up_left[:, :, None] == up_right[:, None, :]) & (up_left >= 0)[:, :, None]
        meets = same.any(axis=2)
        found, i = meets.any(axis=1), meets.argmax(axis=1)
        at = np.arange(len(i))
        j = same[at, i].argmax(axis=1)
        tops[part] = np.where(found, up_left[at, i], -1)
        seen[part, 0] = np.where(found, np.minimum(i, UP) * (UP + 1) + np.minimum(j, UP), NO_PATH)
        for column, (steps, up) in enumerate(((i, up_left), (j, up_right))):
            below = relations[up[at, np.maximum(steps - 1, 0)]]
            seen[part, 1 + column] = relations[up[:, 0]]
            seen[part, 3 + column] = np.where(found, np.where(steps > 0, below, AT_TOP), AT_TOP + 1)
    return tops, seen


class PairHead:
    """The weights of a head over pairs; what it takes are the inner vectors that the model file gives.

    ``thresholds`` [labels] are the probabilities from which a label is told; ``implied_thresholds`` those from which it
    is told of all that a whole text says of two things. ``columns`` is how many columns of features it looks at, those
    of SIZES first.
    """

    def __init__(self, weights: Mapping[str, Floats], *, extra: Mapping[str, int] | None = None) -> None:
        self._weights = weights
        sizes = [*SIZES.values(), *(extra or {}).values()]
        self.columns = len(SIZES) if len(weights["features"]) == sum(SIZES.values()) else len(sizes)
        self._offsets: list[int] = np.cumsum([0, *sizes])[: self.columns].tolist()
        self.width = weights["left.weight"].shape[1]
        self.labels = len(weights["out.bias"])
        usual = np.full(self.labels, 0.5, np.float32)
        self.thresholds = weights.get("thresholds", usual)
        self.implied_thresholds = weights.get("implied_thresholds", usual)

    @classmethod
    def load(cls, file: Path, *, labels: int, extra: Mapping[str, int] | None = None) -> PairHead:
        """The head in an .npz file, for so many labels; ``extra`` are sizes of columns that it may look at after those
        of SIZES. Raises OSError or ValueError when it is missing or damaged."""
        with np.load(file, allow_pickle=False) as stored:
            weights = {name: np.asarray(stored[name], np.float32) for name in stored.files}
        wrong = [n for n, dimensions in WEIGHTS.items() if n not in weights or weights[n].ndim != dimensions]
        plain = sum(SIZES.values())
        rows = (plain, plain + sum((extra or {}).values()))
        if wrong or len(weights["features"]) not in rows or len(weights["out.bias"]) != labels:
            raise ValueError(f"{file.name} holds another head for pairs: {', '.join(wrong) or 'labels or features'}")
        return cls(weights, extra=extra)

    def calibrate(self, scores: Floats, *, implied: bool = False) -> Floats:
        """Probabilities from scores [pairs, labels], each label by itself; ``implied``: of what whole texts say."""
        before = "implied_" if implied else ""
        slope = self._weights.get(f"{before}slope", np.ones(self.labels, np.float32))
        shift = self._weights.get(f"{before}shift", np.zeros(self.labels, np.float32))
        with np.errstate(over="ignore"):
            odds = np.exp(-np.where(np.isneginf(scores), -np.inf, slope * scores + shift))
            chances: Floats = (1 / (1 + odds)).astype(np.float32)
        return chances

    def score(self, inner: Halves, left: Phrases, right: Phrases, pairs: Pairs) -> Floats:
        """Scores [pairs, labels] of ``pairs`` of the phrases of a text with ``inner`` vectors [words, width]."""
        scores = np.zeros((len(pairs), self.labels), np.float32)
        for start in range(0, len(pairs), CHUNK):
            part = slice(start, start + CHUNK)
            scores[part] = self._score(inner, left, right, pairs, part)
        return scores

    def _score(self, inner: Halves, left: Phrases, right: Phrases, pairs: Pairs, part: slice) -> Floats:
        weights = self._weights
        a, b = pairs.left[part], pairs.right[part]
        low = int(min(left.starts[a].min(), right.starts[b].min()))
        high = int(max(left.ends[a].max(), right.ends[b].max()))
        near = np.asarray(inner[low:high], np.float32)
        sums = np.concatenate((np.zeros((1, near.shape[1]), np.float32), np.cumsum(near, axis=0)))
        vectors = []
        hidden = np.zeros((len(a), weights["left.bias"].shape[0]), np.float32)
        for side, phrases, rows in (("left", left, a), ("right", right, b)):
            chosen, back = np.unique(rows, return_inverse=True)
            means = _mean(sums, phrases.starts[chosen] - low, phrases.ends[chosen] - low)
            hidden += (means @ weights[f"{side}.weight"].T)[back]
            vectors.append(means[back])
        hidden += weights["left.bias"]
        hidden += (vectors[0] * vectors[1]) @ weights["product.weight"].T
        hidden += _mean(sums @ weights["between.weight"].T, pairs.first[part] - low, pairs.last[part] - low)
        top = pairs.top[part]
        tops, back = np.unique(top, return_inverse=True)
        above = np.asarray(inner[tops], np.float32) @ weights["top.weight"].T
        above[tops < 0] = 0
        hidden += above[back]
        for column, offset in enumerate(self._offsets):
            hidden += weights["features"][pairs.features[part, column] + offset]
        np.maximum(hidden, 0, out=hidden)
        scores: Floats = hidden @ weights["out.weight"].T + weights["out.bias"]
        return scores


def _mean(sums: Floats, starts: Ints, ends: Ints) -> Floats:
    """The means of stretches of rows from the rows' running sums, zero where a stretch is empty."""
    sizes = np.maximum(ends - starts, 1).astype(np.float32)
    mean: Floats = (sums[ends] - sums[starts]) / sizes[:, None]
    return mean
