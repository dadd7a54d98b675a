"""Looks words up in the shipped list of names: a hint to the model of what a word is elsewhere the name of."""

from __future__ import annotations

import lzma
import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
LONGEST = 6  # words of a name that is looked up
KINDS = ("person", "place", "organisation", "group", "event", "work", "product", "other")
SLOTS = (
    *("person first", "person last", "person alone", "place alone", "place first", "place last"),
    *("organisation alone", "organisation first", "organisation last", "group", "event", "other"),
)
"""Where in a name of which kind a word stands."""
LEXICON = 1 + 9 * len(SLOTS)  # numbers of a word: 0 unknown, else 9 for each slot, by how surely and how often
PHRASES = 1 + 3 * 2 * len(KINDS)  # numbers of a word in a known name: 0 none, else by kind, sureness and place


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The letters and digits of a word without case and accents."""
    if word.isascii():
        return "".join(c for c in word.lower() if c.isalnum())
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalnum())


def hash_key(key: str, before: int = 0) -> int:
    """The number under which a folded name is kept; ``before`` is that of what comes before ``key`` in the name.

    Of ten thousand words that are no names, two have the number of one.
    """
    return zlib.crc32(key.encode("utf-8", "replace"), before)


class Gazetteer:
    """Two sorted tables of hashes: single words with their usual place in names, and whole names with their kind."""

    def __init__(self, tables: dict[str, NDArray[np.uint32]]) -> None:
        self._words, self._word_numbers = tables["words"], tables["word_numbers"]
        self._names, self._name_numbers = tables["names"], tables["name_numbers"]

    @classmethod
    def load(cls, file: Path) -> Gazetteer:
        """The tables of ``file``, an xz stream of an npz file in which the hashes are differences."""
        with lzma.open(file) as stream, np.load(BytesIO(stream.read()), allow_pickle=False) as kept:
            tables = {name: kept[name] for name in ("words", "word_numbers", "names", "name_numbers")}
        for name in ("words", "names"):
            tables[name] = np.cumsum(tables[name], dtype=np.uint32)
        return cls(tables)

    @classmethod
    def empty(cls) -> Gazetteer:
        """Knows nothing."""
        none = np.zeros(0, np.uint32)
        return cls({"words": none, "word_numbers": none, "names": none, "name_numbers": none})

    def look_up(self, words: Sequence[str]) -> Ints:
        """[words, 2]: the number of each word in LEXICON, and in PHRASES of the longest known name it is in."""
        found = np.zeros((len(words), 2), np.int64)
        if not len(self._words) or not words:
            return found
        keys = [fold(word) for word in words]
        asked = list(dict.fromkeys(keys))
        numbers = _find([hash_key(key) for key in asked], self._words, self._word_numbers)
        known = dict(zip(asked, numbers.tolist(), strict=True))
        found[:, 0] = [known[key] if key else 0 for key in keys]
        for start, end, number in self._names_in(words, keys):
            found[start:end, 1] = 3 * number  # inside
            found[start, 1] = 3 * number - (2 if end - start == 1 else 1)
        return found

    def find_kind(self, words: Sequence[str]) -> str:
        """The kind (one of KINDS) of what has a name of these words, the best known of several; "" when none has it.

        Of ten thousand names that nothing has, two are taken for another's.
        """
        key = "".join(map(fold, words))
        if not len(self._names) or len(key) < 2:
            return ""
        number = int(_find([hash_key(key)], self._names, self._name_numbers)[0])
        return KINDS[(number - 1) // 2] if number else ""

    def _names_in(self, words: Sequence[str], keys: Sequence[str]) -> list[tuple[int, int, int]]:
        """Known names (first word, end, number) from left to right, the longest at each place, none inside another."""
        spans: list[tuple[int, int]] = []
        hashes: list[int] = []
        for start, word in enumerate(words):
            if not keys[start] or word.islower():
                continue
            value, size = 0, 0
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                key = keys[end - 1]
                if key:
                    value, size = hash_key(key, value), size + len(key)  # of the keys one after the other
                    if size > 1:
                        spans.append((start, end))
                        hashes.append(value)
                elif words[end - 1] not in JOINS:
                    break
        best: dict[int, tuple[int, int]] = {}
        for (start, end), number in zip(spans, _find(hashes, self._names, self._name_numbers).tolist(), strict=True):
            if number:
                best[start] = (end, number)
        names, taken = [], 0
        for start, (end, number) in best.items():
            if start >= taken:
                names.append((start, end, number))
                taken = end
        return names


JOINS = frozenset(("-", "–", ".", "'", "’", "&", "/"))


def _find(hashes: Sequence[int], table: NDArray[np.uint32], numbers: NDArray[np.uint32]) -> Ints:
    """The number of each hash in a sorted table; 0 where it is not there."""
    asked = np.array(hashes, np.uint32)
    places = np.minimum(np.searchsorted(table, asked), len(table) - 1)
    return np.where(table[places] == asked, numbers[places], 0).astype(np.int64)
