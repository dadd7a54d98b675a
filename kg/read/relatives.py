"""Finds the relative pronouns of clauses that describe entities: "Ann Lee, who founded Acme".

Corpora of coreference do not count them as mentions, and a reading does not either: they help to find what is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.model import Entity, Mention, Passage
from kg.read.tokenizer import find_words

PRONOUNS = frozenset(("who", "whom", "whose", "which", "that"))
FOR_PEOPLE = frozenset(("who", "whom"))
CLAUSES = frozenset(("acl:relcl", "acl"))
NOBODY = -1
STEPS = 4  # from the pronoun up to the verb of its clause, at most


def find_relatives(doc: Doc, entities: Sequence[Entity]) -> dict[str, list[Mention]]:
    """The relative pronouns of clauses that hang from names, by the id of the entity that each name is of.

    The tree decides; a pronoun that is a mention already is left out, and "who" is no place.
    """
    owner: dict[int, int] = {}
    taken: set[int] = set()
    for number, entity in enumerate(entities):
        for mention in entity.mentions:
            taken.add(mention.passage.start)
            span = doc.char_span(mention.passage.start, mention.passage.end, alignment_mode="expand")
            if span is not None and mention.form == "name":
                outside = (t for t in span if not span.start <= t.head.i < span.end)
                owner.update((token.i, number) for token in outside)
                owner[span.root.i] = number
    found: dict[str, list[Mention]] = defaultdict(list)
    for token in find_words(doc, PRONOUNS.__contains__):
        if token.pos_ in ("PRON", "DET") and token.idx not in taken:
            noun = find_antecedent(token)
            number = owner.get(noun.i, NOBODY) if noun is not None else NOBODY
            if number != NOBODY and _may_be(token, entities[number]):
                mention = Mention(Passage(token.idx, token.idx + len(token), token.text), "pronoun")
                found[entities[number].id].append(mention)
    return dict(found)


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
