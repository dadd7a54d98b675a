"""Finds to whom something is said: objects of the cue, subjects of its passive, and whom one speaks or writes to."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from kg.read.claim_words import SPEAKING, TALKS, TOLD

if TYPE_CHECKING:
    from kg.read.claims import Places

HEARING = frozenset(("person", "organisation", "group"))
OBJECTS = frozenset(("obj", "iobj"))  # as these a country hears too: "warned Iraq"
TO_WHOM = frozenset(("to", "with"))


def find_addressee(
    cue: Span, source: Span | None, content: Sequence[Span], places: Places, speakers: Sequence[str]
) -> str | None:
    """The entity that is told, which is no speaker and stands in neither source nor content.

    An object of the cue or what it says something "to"; of "was told that" the subject; and who is spoken to in
    "speaking to Acme, she said".
    """
    parts = [*content, *([source] if source is not None else [])]
    sentence = cue.root.sent
    hearers = {token.i for token in _find_hearers(cue.root)}
    objects = {token.i for token in cue.root.children if token.dep_ in OBJECTS}
    for place in places.list_touching(sentence.start, sentence.end):
        at, entity = place.span.root.i, place.entity
        hears = at in hearers and (entity.kind in HEARING or (entity.kind == "place" and at in objects))
        if hears and entity.id not in speakers and not any(place.lies_in(part) for part in parts):
            return entity.id
    return None


def _find_hearers(head: Token) -> Iterator[Token]:
    told = head.lemma_.lower() in TOLD
    for child in head.children:
        spoken_to = child.dep_ == "obl" and _is_after(child, ("to",))
        behind = child.dep_ in OBJECTS and child.i > head.i
        if spoken_to or behind or (child.dep_ == "nsubj:pass" and told):
            yield child
            yield from (c for c in child.rights if behind and c.dep_ in ("appos", "flat") and c.pos_ == "PROPN")
        elif child.dep_ == "advcl" and child.lemma_.lower() in SPEAKING:
            yield from (c for c in child.children if c.dep_ == "obl" and _is_after(c, TO_WHOM))
        elif child.dep_ == "obl" and child.lemma_.lower() in TALKS:
            yield from (c for c in child.children if c.dep_ == "nmod" and _is_after(c, TO_WHOM))


def _is_after(token: Token, links: Container[str]) -> bool:
    return any(child.dep_ == "case" and child.lower_ in links for child in token.children)
