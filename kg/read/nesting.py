"""Says which words of a text are parts of one mention, and which mentions within others mean something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from kg.read.aliases import PLACE_OF
from kg.read.antecedents import NONE, Ints
from kg.read.candidates import PRONOUNS, Candidates, Tagged

INSIDE = -2  # home of a mention inside a name or a date: it is told apart, but no mention in the text
CLIMB = 12  # steps up a tree, at most
CLAUSES = frozenset(("acl", "advcl", "ccomp", "parataxis"))  # labels of verbs whose clause says something of a noun
WORDS = 4  # of a name within a name, at most
CLITICS = frozenset(("'s", "’s", "'", "’"))


def find_inner_names(text: Tagged, names: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The names (first word, end, entity) that the text uses alone, within longer ones: "Ohio" in "Bank of Ohio".

    They are within ``names`` of other entities and written as these are, or as the same country's. What two entities
    are called is left out.
    """
    names = [name for name in names if name[2] != NONE]
    called: dict[str, set[int]] = defaultdict(set)
    for start, end, entity in names:
        called[_name_of(text, start, end)].add(entity)
    found = []
    for start, end, entity in names:
        first = start
        while end - start > 1 and first < end:
            fit = ((last, _name_of(text, first, last)) for last in range(min(end, first + WORDS), first, -1))
            homes: set[int]
            last, homes = next(
                ((last, called[name]) for last, name in fit if name in called and entity not in called[name]),
                (first + 1, set()),
            )
            if len(homes) == 1:
                found.append((first, last, next(iter(homes))))
            first = last
    return found


def _name_of(text: Tagged, start: int, end: int) -> str:
    while end - start > 1 and text.lower[start] in ("the", "a", "an"):
        start += 1
    while end - start > 1 and text.lower[end - 1] in CLITICS:
        end -= 1
    name = " ".join(text.lower[start:end]).replace(".", "")
    return PLACE_OF.get(name, name)


def keep_in_sentences(text: Tagged, heads: Ints, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The borders of mentions (first words and ends), none beyond the sentence that its head is in."""
    opened = np.flatnonzero(np.array(text.sentence_starts, bool))
    opened = np.concatenate(([0], opened, [len(text.words)])).astype(np.int64)
    after = np.searchsorted(opened, heads, side="right")
    if not len(heads):
        return starts, ends
    return np.maximum(starts, opened[after - 1]), np.minimum(ends, opened[np.minimum(after, len(opened) - 1)])


def lead_to_names(rows: Ints, candidates: Candidates, homes: Ints, text: Tagged) -> Ints:
    """Antecedents (rows) where each part of a flat name ("Roe" of "Ann Roe") stands for the name's head before it."""
    to = np.arange(len(homes) + 1)
    to[-1] = NONE
    row_of = {word: row for row, word in enumerate(candidates.words.tolist())}
    for row in np.flatnonzero(homes == INSIDE).tolist():
        word = int(candidates.words[row])
        head = row_of.get(int(candidates.parents[row]), NONE)
        if text.labels and text.labels[word] == "flat" and 0 <= head < row and homes[head] >= 0:
            to[row] = head
    led: Ints = to[rows]
    return led


def find_nested(text: Tagged, candidates: Candidates, starts: Ints, ends: Ints) -> list[list[int]]:
    """For each candidate, the earlier ones within its borders, and those whose borders it is within.

    What stands in apposition is not counted, nor what a clause in the outer one says ("a man who left his town"), nor a
    pronoun that does not hang from the outer one's head ("the head of his own town").
    """
    words, parents = candidates.words.tolist(), candidates.parents.tolist()
    appositions = candidates.appositions.tolist()
    first_inside = np.searchsorted(candidates.words, starts).tolist()
    pronouns = (candidates.forms < len(PRONOUNS)).tolist()

    def free(row: int, other: int) -> bool:
        inner, outer = (other, row) if words[other] >= starts[row] else (row, other)
        return _is_free(text, words[inner], words[outer], pronoun=pronouns[inner])

    found: list[list[int]] = []
    around: list[int] = []
    for row, word in enumerate(words):
        around = [other for other in around if ends[other] > word]
        nested = [*range(first_inside[row], row), *around]
        apposed = {other for other in nested if appositions[row] and parents[row] == words[other]}
        found.append([other for other in nested if other not in apposed and not free(row, other)])
        around.append(row)
    return found


def _is_free(text: Tagged, inner: int, outer: int, *, pronoun: bool) -> bool:
    """Whether the word ``inner`` of what ``outer`` heads can mean the same thing all the same."""
    word = inner
    for _ in range(CLIMB if text.heads else 0):
        above = text.heads[word]
        if above == word or (above == outer and (word == inner or not pronoun)):
            return text.labels[word].partition(":")[0] in CLAUSES
        if pronoun or text.labels[word].partition(":")[0] in CLAUSES:
            return True
        word = above
    return False
