"""Which words around a predicate play a role for it: for a cue such as "said", its source and its content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.read.candidates import Tagged

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ROLES = ("source", "content")
ROLE_TAGS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
CUE_TAGS = ("O", "B", "I")
REACH = 100  # words to each side of a predicate that can play a role for it
STEPS = np.array([1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70])  # distances in words that are told apart
RELATIONS = (
    *("acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated".split()),
    *("expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum".split()),
    *("root", "vocative", "xcomp"),
)
UP = 3  # steps up from the predicate that are told apart
SIZES = {
    "distance": 2 * len(STEPS) + 1,
    "sentence": 5,
    "paragraph": 3,
    "quotation": 4,
    "branch": 2 + UP + len(RELATIONS),
    "relation": len(RELATIONS),
    "predicate": 2,
}
OFFSETS = np.cumsum([0, *SIZES.values()])[:-1]
WEIGHTS = {
    "token.weight": 2, "token.bias": 1, "predicate.weight": 2, "features": 2, "mix.weight": 2, "mix.bias": 1,
    "out.weight": 2, "out.bias": 1, "transitions": 2, "cue_transitions": 2,
}  # fmt: skip
"""The arrays of the head, with their number of dimensions."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What is the same for all predicates of a text: numbers of sentence, paragraph and quotation (0: none) [words],
    and the relation of each word to its head as a number in RELATIONS."""

    text: Tagged
    sentences: Ints
    paragraphs: Ints
    quotations: Ints
    relations: list[int]


def lay_out(text: Tagged, paragraphs: Sequence[bool], quotations: Ints) -> Layout:
    """The layout of a text whose words ``paragraphs`` says to begin one or not."""
    relations = [_RELATION.get(label.partition(":")[0], _RELATION["dep"]) for label in text.labels]
    return Layout(
        text,
        np.cumsum(np.array(text.sentence_starts, np.int64)),
        np.cumsum(np.array(paragraphs, np.int64)),
        quotations,
        relations,
    )


_RELATION = {relation: number for number, relation in enumerate(RELATIONS)}


_AWAY = np.arange(-REACH, REACH + 1)
_GAPS = np.sign(_AWAY) * np.searchsorted(STEPS, np.abs(_AWAY), side="right") + len(STEPS)  # by the words between


def look_around(layout: Layout, predicate: Sequence[int]) -> tuple[int, Ints]:
    """The first word that can play a role for ``predicate`` (its words, the head word first), and what can be seen of
    each from there on: [words, SIZES], each number below its size."""
    head = predicate[0]
    start, end = max(0, head - REACH), min(len(layout.sentences), head + REACH + 1)
    window = slice(start, end)
    found = np.zeros((end - start, len(SIZES)), np.int64)
    found[:, 0] = _GAPS[start - head + REACH : end - head + REACH]
    found[:, 1] = np.minimum(np.maximum(layout.sentences[window] - layout.sentences[head], -2), 2) + 2
    found[:, 2] = np.minimum(np.maximum(layout.paragraphs[window] - layout.paragraphs[head], -1), 1) + 1
    found[:, 3] = _see_quotations(layout.quotations[window], head - start)
    found[:, 4] = _see_branches(layout, head, start, end)
    found[:, 5] = layout.relations[head]
    found[[word - start for word in predicate if start <= word < end], 6] = 1
    return start, found


def _see_quotations(quotations: Ints, at: int) -> Ints:
    """0 outside, 1 in the quotation that the predicate is in, 2 in the one that is nearest to it, 3 in another."""
    seen = np.where(quotations > 0, 3, 0)
    inside = np.flatnonzero(quotations)
    if quotations[at]:
        seen[quotations == quotations[at]] = 1
    elif len(inside):
        nearest = quotations[inside[np.abs(inside - at).argmin()]]
        seen[quotations == nearest] = 2
    return seen


def _see_branches(layout: Layout, head: int, start: int, end: int) -> Ints:
    """Where in the tree each word is: 0 in another sentence, 1 the predicate, then steps up to the one that it shares
    with the predicate, then the relation of the branch below the predicate."""
    heads = layout.text.heads
    sentence = layout.sentences[head]
    known: dict[int, int] = {head: 1}
    word, steps = head, 0
    while heads[word] != word and heads[word] not in known and steps < 100:
        word, steps = heads[word], steps + 1
        known[word] = 1 + min(steps, UP)
    seen = np.zeros(end - start, np.int64)
    first, last = np.searchsorted(layout.sentences, [sentence, sentence + 1]).tolist()
    first, last = max(start, first), min(end, last)
    for word in range(first, last):
        path: list[int] = []
        while word not in known and heads[word] != word and len(path) < 100:
            path.append(word)
            word = heads[word]
        found = known.get(word, 1 + UP)
        for step in reversed(path):
            known[step] = found = 2 + UP + layout.relations[step] if found == 1 else found
        known.setdefault(word, found)
    seen[first - start : last - start] = [known[word] for word in range(first, last)]
    return seen


class RoleHead:
    """The weights of the role head; what it takes are the inner vectors that the model file gives."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self.width = weights["token.weight"].shape[1]

    @classmethod
    def load(cls, file: Path) -> RoleHead:
        """The head in an .npz file. Raises OSError or ValueError when the file is missing or damaged."""
        with np.load(file, allow_pickle=False) as stored:
            weights = {name: np.asarray(stored[name], np.float32) for name in stored.files}
        wrong = [n for n, dimensions in WEIGHTS.items() if n not in weights or weights[n].ndim != dimensions]
        if wrong or len(weights["features"]) != sum(SIZES.values()):
            raise ValueError(f"{file.name} holds another role head: {', '.join(wrong) or 'features'}")
        return cls(weights)

    def score(self, inner: NDArray[np.float16] | Floats, looks: Sequence[tuple[int, int, Ints]]) -> list[Floats]:
        """For each of ``looks`` (predicate, first word, features) the scores [words, ROLE_TAGS] of its words."""
        weights = self._weights
        tokens = np.asarray(inner, np.float32) @ weights["token.weight"].T + weights["token.bias"]
        at = [predicate for predicate, _, _ in looks]
        predicates = np.asarray(inner[at], np.float32) @ weights["predicate.weight"].T
        scores: list[Floats] = []
        for (_, start, features), predicate in zip(looks, predicates, strict=True):
            hidden = np.zeros((len(features) + 2, len(predicate)), np.float32)  # one word more on each side
            hidden[1:-1] = tokens[start : start + len(features)] + predicate
            for column, offset in enumerate(OFFSETS.tolist()):
                hidden[1:-1] += weights["features"][features[:, column] + offset]
            np.maximum(hidden, 0, out=hidden)
            hidden[0] = hidden[-1] = 0
            near = np.concatenate((hidden[:-2], hidden[1:-1], hidden[2:]), axis=1)
            mixed = np.maximum(near @ weights["mix.weight"].T + weights["mix.bias"], 0)
            scores.append(mixed @ weights["out.weight"].T + weights["out.bias"])
        return scores

    @property
    def cue_transitions(self) -> Floats:
        """Scores [tags, tags] of one of CUE_TAGS after another."""
        return self._weights["cue_transitions"]

    @property
    def transitions(self) -> Floats:
        """Scores [tags, tags] of one tag after another."""
        return self._weights["transitions"]
