"""Cuts words into the model's word pieces and packs them into windows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.read.gazetteer import Gazetteer

Ints = NDArray[np.int64]

SHAPES = (
    "pad",
    "lower",
    "title",
    "initial",
    "upper",
    "mixed",
    "digits",
    "alphanumeric",
    "punctuation",
    "symbol",
    "inner",
)
LOOKS = ("shape_ids", "lexicon_ids", "phrase_ids")  # what the model is told of a word beside its pieces
MAX_PIECES = 8  # of one word; what is longer is an address or noise, and its beginning says enough
CLS, SEP, UNK = 101, 102, 100


@lru_cache(maxsize=100_000)
def shape_of(word: str) -> int:
    """The number of the word's shape in SHAPES: how it is written, which the uncased encoder does not see."""
    if word.isalpha():
        return SHAPES.index(_shape_of_letters(word))
    if any(c.isdigit() for c in word):
        return SHAPES.index("alphanumeric" if any(c.isalpha() for c in word) else "digits")
    if any(c.isalpha() for c in word):
        return SHAPES.index(_shape_of_letters("".join(c for c in word if c.isalpha())))
    return SHAPES.index("punctuation" if word.isascii() else "symbol")


def _shape_of_letters(letters: str) -> str:
    if letters.islower():
        return "lower"
    if letters.isupper():
        return "initial" if len(letters) == 1 else "upper"
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return "title"
    return "mixed"


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``start`` to ``end`` of a text; ``keep_start`` to ``keep_end`` are answered for, the rest is context."""

    start: int
    end: int
    keep_start: int
    keep_end: int


class PieceTable:
    """The word pieces of words, remembered: a text repeats its words."""

    def __init__(self, tokenizer: Tokenizer, *, limit: int = 200_000) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._limit = limit
        self._known: dict[str, tuple[int, ...]] = {}

    def cut(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The piece ids of each word, at least one and at most MAX_PIECES."""
        new = list({word for word in words if word not in self._known})
        if len(self._known) + len(new) > self._limit:
            self._known.clear()
            new = list(set(words))
        # A word of thousands of letters is noise; the tokenizer is not asked to look at all of it.
        asked = [word[:100].encode("utf-8", "replace").decode("utf-8") for word in new]
        for word, encoding in zip(new, self._tokenizer.encode_batch(asked, add_special_tokens=False), strict=True):
            self._known[word] = tuple(encoding.ids[:MAX_PIECES]) or (UNK,)
        return [self._known[word] for word in words]


def pack_windows(windows: Iterable[tuple[Sequence[tuple[int, ...]], Ints]]) -> dict[str, Ints]:
    """The model's inputs for windows given as (pieces of each word, looks of each word as ``describe_words`` says).

    Gives ``input_ids`` and one of LOOKS each [windows, pieces], ``word_starts`` [windows, words]: the position of each
    word's first piece (0, the position of [CLS], where the window has fewer words), ``lengths`` [windows] in pieces.
    """
    rows = list(windows)
    sizes = [np.array([len(word) for word in pieces], np.int64) for pieces, _ in rows]
    width = 2 + max(int(size.sum()) for size in sizes)
    packed = {name: np.zeros((len(rows), width), np.int64) for name in ("input_ids", *LOOKS)}
    packed["word_starts"] = np.zeros((len(rows), max(1, max(map(len, sizes)))), np.int64)
    packed["lengths"] = np.array([2 + size.sum() for size in sizes], np.int64)
    for row, ((pieces, looks), size) in enumerate(zip(rows, sizes, strict=True)):
        end = 1 + int(size.sum())
        starts = np.cumsum(size) - size + 1
        packed["input_ids"][row, : end + 1] = [CLS, *(piece for word in pieces for piece in word), SEP]
        for name, values in zip(LOOKS, looks.T, strict=True):
            packed[name][row, 1:end] = np.repeat(values, size)
        inner = np.ones(end - 1, bool)
        inner[starts - 1] = False
        packed["shape_ids"][row, 1:end][inner] = len(SHAPES) - 1
        packed["word_starts"][row, : len(size)] = starts
    return packed


def describe_words(words: Sequence[str], gazetteer: Gazetteer) -> Ints:
    """[words, LOOKS]: the shape of each word, and what the gazetteer says of it."""
    shapes = np.array([shape_of(word) for word in words], np.int64).reshape(-1, 1)
    return np.concatenate((shapes, gazetteer.look_up(words)), axis=1)
