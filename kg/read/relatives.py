"""Gives relative pronouns to the entity that their clause describes: "Ann Lee, who founded Acme"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.model import Entity, Mention, Passage

PRONOUNS = frozenset(("who", "whom", "whose", "which", "that"))
FOR_PEOPLE = frozenset(("who", "whom"))
CLAUSES = frozenset(("acl:relcl", "acl"))
NOBODY = -1
STEPS = 4  # from the pronoun up to the verb of its clause, at most


def attach_relatives(doc: Doc, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities with the relative pronouns of clauses that hang from their names, each a mention as a pronoun.

    The tree decides; a pronoun that is a mention already stays as it is, and "who" is no place.
    """
    owner: dict[int, int] = {}
    taken: set[int] = set()
    for number, entity in enumerate(entities):
        for mention in entity.mentions:
            taken.add(mention.passage.start)
            span = doc.char_span(mention.passage.start, mention.passage.end, alignment_mode="expand")
            if span is not None and mention.form == "name":
                owner.update(
                    (token.i, number) for token in span if token.head.i < span.start or token.head.i >= span.end
                )
                owner[span.root.i] = number
    found: dict[int, list[Mention]] = defaultdict(list)
    for token in doc:
        if token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET") and token.idx not in taken:
            noun = find_antecedent(token)
            number = owner.get(noun.i, NOBODY) if noun is not None else NOBODY
            if number != NOBODY and _may_be(token, entities[number]):
                found[number].append(Mention(Passage(token.idx, token.idx + len(token), token.text), "pronoun"))
    return tuple(
        replace(entity, mentions=tuple(sorted((*entity.mentions, *found[number]), key=_order)))
        if number in found
        else entity
        for number, entity in enumerate(entities)
    )


def find_antecedent(pronoun: Token) -> Token | None:
    """The noun before a relative pronoun that its clause describes, None where it begins no such clause."""
    word = pronoun
    for _ in range(STEPS):
        if word.dep_ in CLAUSES:
            return word.head if word.head.i < pronoun.i else None
        if word.head.i == word.i:
            return None
        word = word.head
    return None


def _may_be(pronoun: Token, entity: Entity) -> bool:
    if pronoun.lower_ in FOR_PEOPLE:
        return entity.kind in ("person", "organisation", "group", "other")
    return pronoun.lower_ != "which" or entity.kind != "person"


def _order(mention: Mention) -> tuple[int, int]:
    return mention.passage.start, -mention.passage.end
