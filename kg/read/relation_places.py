"""Tells by the tree whether a sentence says that one thing lies in another: "a town in Lake County, Norland"."""

from __future__ import annotations

from kg.read.labels import UPOS
from kg.read.roles import Layout

STEPS = 8  # up in the tree, at most
INSIDE = frozenset("in of at within inside".split())
LOCATED = frozenset("located situated based lies lie lying lay found set headquartered is are was were".split())
LINKS = frozenset(("appos", "list", "dep", "nmod:unmarked", "obl:unmarked", "nmod:npmod", "obl:npmod", "flat"))
KINDS_OF_PLACE = frozenset("region area district province state county city town village island department".split())
HANGING = frozenset(("nmod", "obl"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
VERB = UPOS.index("VERB")


def lies_within(layout: Layout, inner: int, outer: int) -> bool:
    """Whether all that joins two words says that the first lies in what the second names.

    It does when the second hangs from the first, or from what the first is said to be or where it is said to lie, by
    nothing but "in", "of", "at", commas and words such as "located".
    """
    text = layout.text
    word = outer
    for _ in range(STEPS):
        if word == inner:
            return True
        if _is_subject(layout, inner, word):
            return text.upos[word] != VERB or text.lower[word] in LOCATED
        label = text.labels[word]
        if label in HANGING:
            if not _find_preposition(layout, word) & INSIDE:
                return False
        elif label.startswith("acl"):
            if text.lower[word] not in LOCATED:
                return False
        elif label == "compound":
            if text.lower[text.heads[word]] not in KINDS_OF_PLACE:
                return False
        elif label not in LINKS:
            return False
        word = text.heads[word]
    return False


def _is_subject(layout: Layout, word: int, of: int) -> bool:
    return layout.text.heads[word] == of and layout.text.labels[word] in SUBJECTS


def _find_preposition(layout: Layout, word: int) -> set[str]:
    """The prepositions that hang from a word, those right before it."""
    low = max(0, word - STEPS)
    text = layout.text
    return {text.lower[n] for n in range(low, word) if text.heads[n] == word and text.labels[n] == "case"}
