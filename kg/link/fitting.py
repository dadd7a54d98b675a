"""Leaves out relations that the items of their two sides rule out: nobody's party is the United Nations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.link.context import COUNTRY_CLASSES
from kg.model import Link, Reading, Relation
from kg.properties import BY_ID

_PARTY_CLASSES = frozenset(
    "Q7278 Q233591 Q3778417 Q2023214 Q23702035 Q848197 Q6065085 Q24649 Q49759 Q25768329 Q17127659 Q4370110 Q388602 "
    "Q6138528 Q2738074 Q6738353 Q1393724 Q766570 Q43639983 Q60170135".split()
)
"""What the parties of the catalogue are instances of: political party, alliance, movement, and kinds of these."""
_FORCE_CLASSES = frozenset(
    "Q176799 Q772547 Q6738041 Q37726 Q61883 Q781132 Q4005772 Q4508 Q10358588 Q52371 Q2008856 Q51977 Q204310 Q18642164 "
    "Q169534 Q88904619 Q8473 Q19828520 Q690109 Q19828548 Q5465729 Q1650942 Q19828505 Q1144991 Q89540750 Q1898583 "
    "Q234497 Q85743062 Q189524 Q10624504 Q60370083 Q17127659".split()
)
"""What the armed forces of the catalogue are instances of: army, navy, regiment, command, and kinds of these."""
_PARTY = re.compile(
    r"\b(part(y|ei)|parti[dt]?o?|democrat\w*|republican\w*|alliance|coalition|movement|front|bloc)\b", re.I
)
_FORCE = re.compile(
    r"\b(army|navy|air force|forces?|marines?|corps|guards?|militia|regiment|brigade|division|battalion|squadron"
    r"|fleet|legion|command|military|infantry|wehrmacht|bundeswehr|luftwaffe|reserve|gendarmerie)\b",
    re.I,
)


def _is_country(link: Link) -> bool:
    return link.verdict == "unavailable" or (link.verdict == "linked" and bool(COUNTRY_CLASSES & set(link.classes)))


def _may_be(classes: frozenset[str], words: re.Pattern[str]) -> Callable[[Link], bool]:
    def may_be(link: Link) -> bool:
        known = link.verdict == "linked" and bool(link.classes)
        return not known or bool(classes & set(link.classes)) or bool(words.search(link.label or ""))

    return may_be


OBJECTS: dict[str, Callable[[Link], bool]] = {
    "P17": _is_country,
    "P27": _is_country,
    "P102": _may_be(_PARTY_CLASSES, _PARTY),
    "P241": _may_be(_FORCE_CLASSES, _FORCE),
}
"""What the item of an object must be. An object that has no item, or one without classes, passes but for countries."""


def keep_fitting(reading: Reading, links: Sequence[Link]) -> Reading:
    """The reading without relations whose sides are not what their property joins, as far as the items tell.

    The links must carry ``read_kind``: a side that had its kind from the reader was held against the property there.
    """
    link_of = {link.entity: link for link in links}
    kept = (relation for relation in reading.relations if _fits(relation, link_of))
    return replace(reading, relations=tuple(kept))


def _fits(relation: Relation, link_of: dict[str, Link]) -> bool:
    given = BY_ID.get(relation.property)
    if given is None:
        return True
    for entity, kinds in ((relation.subject, given.subjects), (relation.object, given.objects)):
        link = link_of.get(entity) if entity is not None else None
        if link is not None and link.read_kind is not None and link.kind not in kinds:
            return False
    must_be = OBJECTS.get(relation.property)
    if must_be is None or relation.object is None:
        return True
    return relation.object in link_of and must_be(link_of[relation.object])
