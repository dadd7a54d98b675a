"""The types of event that a word may tell of: the table ``event_words.tsv``, by which plain news is labelled too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.read.lemmas import find_lemma

Words = Mapping[str, frozenset[str]]
CLEAR = {"VERB": "VERB", "NOUN": "NOUN"}  # the list of clear words by part of speech
NONE = frozenset[str]()


@cache
def load_words() -> Mapping[str, Words]:
    """The types of each lemma, under "VERB" and "NOUN" (clear words), "hint" (all words) and "not NOUN" (types that a
    hint does not have as a noun)."""
    found: dict[str, dict[str, set[str]]] = {"VERB": {}, "NOUN": {}, "hint": {}, "not NOUN": {}}
    for line in (files("kg.read") / "event_words.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            type_, part, lemmas = line.split("\t")
            for lemma in lemmas.split():
                if part != "not NOUN":
                    found["hint"].setdefault(lemma, set()).add(type_)
                if part != "hint":
                    found[part].setdefault(lemma, set()).add(type_)
    return {part: {lemma: frozenset(types) for lemma, types in words.items()} for part, words in found.items()}


def find_types(word: str, part: str) -> tuple[frozenset[str], bool]:
    """The types that a word in small letters may tell of as a part of speech ("VERB", "NOUN" ...), none where the table
    does not have it; and whether it is clear."""
    words = load_words()
    lemma = find_lemma(word, part)
    if part in CLEAR:
        table = words[CLEAR[part]]
        if clear := table.get(word, NONE) | table.get(lemma, NONE):
            return clear, True
    hints = words["hint"].get(word, NONE) | words["hint"].get(lemma, NONE)
    return (hints - words["not NOUN"].get(lemma, NONE) if part == "NOUN" else hints), False
