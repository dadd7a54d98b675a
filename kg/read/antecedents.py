"""The coreference head at run time: which words head mentions, how far these reach, and what each may refer back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.read.candidates import FORM, FORMS, PRONOUNS, SIZES, Candidates, bucket_distances, pair_features

Floats = NDArray[np.float32]
Halves = NDArray[np.float16] | Floats
Ints = NDArray[np.int64]

WINDOW = 600  # candidates before a candidate that can be its antecedents
KEPT = 30  # of these, how many are looked at closely
ALIKE = 3  # candidates with the same head before the window that can be, too
REACH = 40  # words that a mention reaches to each side of its head, at most
CHUNK = 128
PAIRS = 512  # pairs scored at once: what is worked out for them stays in the processor's cache
NONE = -1
OLDEST = len(FORMS) ** 2 + 37  # values of the pair features of the oldest heads that still load
OFFSETS = np.cumsum([0, *SIZES.values()])[:-1]
_VALUES = tuple(SIZES.values())
JOINED = 2000  # rows of a table of joined pair features, at most
WEIGHTS = {
    "mention.weight": 2, "mention.bias": 1, "kind.weight": 2, "kind.bias": 1, "coarse.weight": 2, "coarse_distance": 1,
    "coarse_head": 1, "later.weight": 2, "later.bias": 1, "earlier.weight": 2, "product.weight": 2, "features": 2,
    "score.weight": 2, "score.bias": 1, "border_query.weight": 2, "border_query.bias": 1, "border_key.weight": 2,
    "border_key.bias": 1, "border_distance": 2,
}  # fmt: skip
"""The arrays of the head, with their number of dimensions."""


@dataclass(frozen=True, slots=True)
class Antecedents:
    """``rows`` [candidates, kept]: the candidates that each may refer back to, NONE where fewer; ``scores`` the same
    shape: log odds against referring back to nothing, -inf where there is none."""

    rows: Ints
    scores: Floats


class Head:
    """The weights of the coreference head; what it takes are the inner vectors that the model file gives."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self.width = weights["mention.weight"].shape[1]
        self._coarse = weights["coarse.weight"].T / np.float32(weights["coarse.weight"].shape[0] ** 0.5)
        self._tables = _join_tables(weights["features"])
        steps = np.arange(CHUNK)[:, None] - np.arange(-WINDOW, CHUNK)
        near = weights["coarse_distance"][bucket_distances(np.maximum(steps, 0))]
        self._nearness = np.where((steps > 0) & (steps <= WINDOW), near, np.float32(-np.inf))  # of a chunk's candidates

    @classmethod
    def load(cls, file: Path) -> Head:
        """The head in an .npz file; arrays that are no part of it are ignored, pair features that came after it count
        nothing.

        Raises OSError or ValueError when the file is missing or damaged.
        """
        with np.load(file, allow_pickle=False) as stored:
            weights = {name: np.asarray(stored[name], np.float32) for name in WEIGHTS if name in stored.files}
        wrong = [
            name for name, dimensions in WEIGHTS.items() if name not in weights or weights[name].ndim != dimensions
        ]
        if wrong or not OLDEST <= len(weights["features"]) <= sum(SIZES.values()):
            raise ValueError(f"{file.name} holds another coreference head: {', '.join(wrong) or 'features'}")
        missing = sum(SIZES.values()) - len(weights["features"])
        weights["features"] = np.pad(weights["features"], ((0, missing), (0, 0)))
        return cls(weights)

    def _linear(self, x: Floats, name: str) -> Floats:
        product: Floats = x @ self._weights[f"{name}.weight"].T
        return product + self._weights[f"{name}.bias"] if f"{name}.bias" in self._weights else product

    def score_mentions(self, inner: Floats) -> Floats:
        """The log odds that a candidate heads a mention [candidates], from inner vectors [candidates, inner]."""
        scores: Floats = self._linear(inner, "mention")[:, 0]
        return scores

    def weigh_types(self, inner: Floats) -> Floats:
        """The probability of each of MENTION_TYPES [candidates, types]."""
        scores = self._linear(inner, "kind")
        shares: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return shares

    def find_borders(self, everything: Halves, heads: Ints) -> tuple[Ints, Ints]:
        """The first word and the end of the mention of each head word; ``everything`` are all words' inner vectors."""
        found = np.zeros((2, len(heads)), np.int64)
        size = self._weights["border_query.bias"].shape[0] // 2
        for chunk in _chunks(len(heads), CHUNK // 2):
            at = heads[chunk]
            query = self._linear(everything[at].astype(np.float32), "border_query") / np.float32(size**0.5)
            around = np.clip(at[:, None] + np.arange(-REACH, REACH + 1), 0, len(everything) - 1)
            first = int(around.min())
            used = np.zeros(int(around.max()) + 1 - first, bool)
            used[around - first] = True
            keys = self._linear(everything[np.flatnonzero(used) + first].astype(np.float32), "border_key")
            columns = (np.cumsum(used) - 1)[around - first]
            for side, reached in enumerate((columns[:, REACH::-1], columns[:, REACH:])):
                half = slice(side * size, (side + 1) * size)
                dots = np.take_along_axis(query[:, half] @ keys[:, half].T, reached, axis=1)
                best = (dots + self._weights["border_distance"][side]).argmax(axis=1)
                found[side, chunk] = at + (best if side else -best)
        return np.maximum(found[0], 0), np.minimum(found[1] + 1, len(everything))

    def find_antecedents(self, inner: Floats, candidates: Candidates) -> Antecedents:
        """What each candidate may refer back to; time and memory grow with the number of candidates only."""
        count = len(candidates)
        rows = np.full((count, KEPT + ALIKE), NONE, np.int64)
        scores = np.full((count, KEPT + ALIKE), -np.inf, np.float32)
        earlier = self._linear(inner, "earlier")
        alike = _find_alike(candidates)
        nothing = np.zeros(earlier.shape[1], np.float32)  # with an array, the maximum is three times as fast
        for chunk in _chunks(count):
            later = self._linear(inner[chunk], "later")
            self._choose(chunk, inner, candidates, alike, (rows, scores))
            at, column = np.isfinite(scores[chunk]).nonzero()
            at += chunk.start
            places = rows[at, column]
            seen = self._find_rows(pair_features(candidates, at, places))
            for part in _chunks(len(at), PAIRS):
                after, before = at[part], places[part]
                hidden = later[after - chunk.start] + earlier[before]
                hidden += (inner[after] * inner[before]) @ self._weights["product.weight"].T
                for (table, _), row in zip(self._tables, seen, strict=True):
                    hidden += table[row[part]]
                np.maximum(hidden, nothing, out=hidden)
                scores[after, column[part]] += self._linear(hidden, "score")[:, 0]
        return Antecedents(rows, scores)

    def _find_rows(self, features: Ints) -> list[Ints]:
        """For each of the joined tables, the row that the ``features`` of each pair have in it."""
        found = []
        for _, columns in self._tables:
            row = features[:, columns[0]]
            for column in columns[1:]:
                row = row * _VALUES[column] + features[:, column]
            found.append(row)
        return found

    def _choose(
        self, chunk: slice, inner: Floats, candidates: Candidates, alike: Ints, chosen: tuple[Ints, Floats]
    ) -> None:
        """Fills in the best antecedents and their coarse scores for the candidates of a chunk."""
        rows, scores = chosen
        first = max(0, chunk.start - WINDOW)
        heads = _content_heads(candidates)
        turned = inner[chunk] @ self._coarse
        coarse = turned @ inner[first : chunk.stop].T
        coarse += self._nearness[
            : chunk.stop - chunk.start, first - chunk.start + WINDOW : chunk.stop - chunk.start + WINDOW
        ]
        coarse += self._weights["coarse_head"] * _same(heads[chunk, None], heads[None, first : chunk.stop])
        kept = min(KEPT, coarse.shape[1])
        best = coarse.argpartition(coarse.shape[1] - kept, axis=1)[:, -kept:]
        value = np.take_along_axis(coarse, best, axis=1)
        rows[chunk, :kept] = np.where(np.isfinite(value), best + first, NONE)
        scores[chunk, :kept] = value
        for column in range(ALIKE):
            far = alike[chunk, column]
            at = (far >= 0).nonzero()[0]
            after, before = at + chunk.start, far[at]
            value = np.einsum("id,id->i", turned[at], inner[before])
            value += self._weights["coarse_distance"][bucket_distances(after - before)] + self._weights["coarse_head"]
            rows[after, KEPT + column], scores[after, KEPT + column] = before, value


def _chunks(count: int, size: int = CHUNK) -> Iterator[slice]:
    for start in range(0, count, size):
        yield slice(start, min(start + size, count))


def _join_tables(features: Floats) -> list[tuple[Floats, list[int]]]:
    """The vectors of the pair features, with those of neighbouring features added up beforehand for all their values.

    Each table comes with the columns of the features it is for.
    """
    joined: list[tuple[Floats, list[int]]] = []
    for column, (offset, count) in enumerate(zip(OFFSETS.tolist(), _VALUES, strict=True)):
        table = features[offset : offset + count]
        if joined and len(joined[-1][0]) * count <= JOINED:
            before, columns = joined.pop()
            sums = (before[:, None] + table).reshape(-1, table.shape[1])
            joined.append((sums, [*columns, column]))
        else:
            joined.append((table, [column]))
    return joined


def _content_heads(candidates: Candidates) -> Ints:
    """The number of each candidate's head word, -1 for pronouns."""
    return np.where(candidates.forms >= len(PRONOUNS), candidates.phrases[:, 0], -1)


def _same(a: Ints, b: Ints) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (a == b) & (a >= 0)
    return found


def _find_alike(candidates: Candidates) -> Ints:
    """The last candidates before the window that have the same head word [candidates, ALIKE], NONE where fewer.

    A name is also found by the other words of its phrase.
    """
    found = np.full((len(candidates), ALIKE), NONE, np.int64)
    seen: dict[int, list[int]] = {}
    entering = 0
    forms, phrases = candidates.forms.tolist(), candidates.phrases.tolist()
    keys = [
        [word for word in phrase if word >= 0][: 4 if form == FORM["name"] else 1] if form >= len(PRONOUNS) else []
        for form, phrase in zip(forms, phrases, strict=True)
    ]
    for row in range(len(candidates)):
        while entering < row - WINDOW:
            for word in keys[entering]:
                last = seen.setdefault(word, [])
                last.append(entering)
                del last[:-ALIKE]
            entering += 1
        if seen and keys[row]:
            near = sorted({other for word in keys[row] for other in seen.get(word, ())})[-ALIKE:]
            found[row, : len(near)] = near
    return found
