"""Tells what a claim says in the main, as one lemma: "leave" of "that it had no plans to leave"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from kg.read.predicates import find_main, follow_leads, is_clause, list_numbers

LIGHT = frozenset(
    "be become bring come do feel get give go have hold keep let make put say see seem show take tell".split()
)
"""Verbs that say little: their object says it, or nothing does."""


def find_predicate(content: Sequence[Span], *, main: Token | None = None) -> str | None:
    """The lemma, in small letters, of the last predicate that the content leads to; None where it says little.

    Of a light verb it is the object's ("made a mistake": "mistake"). A name or a pronoun alone says nothing.
    """
    content = [span for span in content if len(span)]
    if not content:
        return None
    inside = list_numbers(content)
    main = main if main is not None else find_main(content)
    chain = [link.head for link in follow_leads(main) if link.head.i in inside]
    if not chain:
        return None
    head = chain[-1]
    if head.lemma_.lower() in LIGHT and is_clause(head):
        said = next((c for c in head.rights if c.dep_ in ("obj", "xcomp") and c.i in inside), None)
        return _name(said) if said is not None and said.lemma_.lower() not in LIGHT else None
    return _name(head)


def _name(word: Token) -> str | None:
    lemma = word.lemma_.lower()
    return lemma if lemma.isalpha() and word.pos_ in ("VERB", "NOUN", "ADJ") and len(lemma) > 1 else None
