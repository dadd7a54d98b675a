"""Says which words of a text are parts of one mention, and which mentions within others mean something else."""

from __future__ import annotations

import numpy as np

from kg.read.antecedents import NONE, Ints
from kg.read.candidates import PRONOUNS, Candidates, Tagged

INSIDE = -2  # home of a mention inside a name or a date: it is told apart, but no mention in the text
CLIMB = 12  # steps up a tree, at most
CLAUSES = frozenset(("acl", "advcl", "ccomp", "parataxis"))  # labels of verbs whose clause says something of a noun


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
