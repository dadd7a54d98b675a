"""Tells the item of each office that a person of an article holds, and that the dead hold none any more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.errors import CatalogueError
from kg.link.catalogue import Catalogue
from kg.link.names import normalise
from kg.link.offices import link_office
from kg.model import Candidate, Link, Reading, Relation

OFFICE = "P39"
HOLDERS = {"P39": "subject", "P108": "subject", "P6": "object", "P35": "object", "P169": "object", "P488": "object"}
"""Properties of offices and posts, with the side on which the person stands."""
_PART_END = re.compile(r"[;,(:.]| (?:since|from|until|and|between|born|in) ")


def complete_offices(reading: Reading, links: Sequence[Link], catalogue: Catalogue) -> Reading:
    """The reading with the item of each office that is known, and no office or post of the dead as current.

    ``links`` are those of the entities. What the catalogue cannot answer stays as it is.
    """
    qids = {link.entity: link.qid for link in links if link.verdict == "linked" and link.qid is not None}
    try:
        finder = _Offices(reading, qids, catalogue)
        found = [finder.complete(relation) for relation in reading.relations]
    except CatalogueError:
        return reading
    over = finder.list_over(found)
    ended = _name_ended(found)
    found = [replace(each, status="former") if _is_over(each, over, ended) else each for each in found]
    return replace(reading, relations=tuple(_share_words(found)))


class _Offices:
    """The offices of one article."""

    def __init__(self, reading: Reading, qids: dict[str, str], catalogue: Catalogue) -> None:
        self._qids, self._catalogue = qids, catalogue
        self._published = (reading.article.published or "")[:10]
        self._people: dict[str, Candidate | None] = {}
        self._names: dict[str, str | None] = {}
        self._active = {claim.speaker for claim in reading.claims} | set(_list_agents(reading))
        self._full: dict[str, dict[str, str]] = {}  # of each person, the offices that an article names in full
        for relation in reading.relations:
            if relation.property == OFFICE and relation.value and (item := self._find(relation.value)) is not None:
                self._full.setdefault(relation.subject, {})[normalise(relation.value)] = item

    def complete(self, relation: Relation) -> Relation:
        """A relation with the item of its office, as former where its holder is dead."""
        side = HOLDERS.get(relation.property)
        if side is None:
            return relation
        person = relation.subject if side == "subject" else relation.object
        holder = self._get_person(person or "")
        if relation.property == OFFICE and relation.object is None and relation.value:
            item = self._find(relation.value) or self._find_short(relation.subject, relation.value, holder)
            found = self._catalogue.get(item) if item is not None else None
            relation = relation if found is None else replace(relation, item=found.qid, label=found.label)
        if relation.status == "current" and holder is not None and self._is_dead(person or "", holder, relation):
            relation = replace(relation, status="former")
        return relation

    def _is_dead(self, person: str, holder: Candidate, relation: Relation) -> bool:
        """Whether a holder was dead before the article: a link to somebody long dead must be sure, though."""
        if not is_over(holder, self._published):
            return False
        known = relation.label is not None and normalise(relation.label) in normalise(holder.description)
        return known or person not in self._active or self._published[:4] <= str(int((holder.end or "")[:4]) + 1)

    def list_over(self, relations: Sequence[Relation]) -> set[tuple[str, str]]:
        """Who held which item's office before: as the article says elsewhere, or before another who holds it in it.

        "President Bush" was president before "President Obama" is, if their items are the 43rd's and the 44th's.
        """
        over = {(each.subject, each.item) for each in relations if each.item is not None and each.status == "former"}
        places: dict[str, Counter[tuple[int, str]]] = {}
        for each in relations:
            place = find_ordinal(each.label or "", self._get_person(each.subject)) if each.item is not None else None
            if each.item is not None and each.status == "current" and place is not None:
                places.setdefault(each.item, Counter())[place, each.subject] += 1
        for item, counted in places.items():
            incumbent = max(counted, key=lambda held: (counted[held], held[0]))
            over |= {(person, item) for place, person in counted if place < incumbent[0]}
        return over

    def _find(self, office: str) -> str | None:
        if office not in self._names:
            self._names[office] = link_office(office, self._catalogue)
        return self._names[office]

    def _find_short(self, person: str, office: str, holder: Candidate | None) -> str | None:
        """The item of an office without its body: the one that the article names in full, or the holder's item does."""
        key = normalise(office)
        full = {item for name, item in self._full.get(person, {}).items() if f" {name} ".find(f" {key} ") >= 0}
        if full:
            return full.pop() if len(full) == 1 else None
        if holder is None:
            return None
        return next((item for name in list_described(key, holder) if (item := self._find(name)) is not None), None)

    def _get_person(self, entity: str) -> Candidate | None:
        if entity not in self._people:
            qid = self._qids.get(entity)
            found = self._catalogue.get(qid) if qid is not None else None
            self._people[entity] = found if found is not None and found.kind == "person" else None
        return self._people[entity]


def _share_words(relations: Iterable[Relation]) -> Iterator[Relation]:
    """The relations with one way to write each office of a person that has no item: the same in capitals or not is one
    statement."""
    written: dict[tuple[str, str], str] = {}
    for each in relations:
        if each.property == OFFICE and each.item is None and each.value:
            each = replace(each, value=written.setdefault((each.subject, each.value.casefold()), each.value))
        yield each


def _name_ended(relations: Sequence[Relation]) -> dict[tuple[str, str], set[frozenset[str]]]:
    """By person and words, all the words of former offices without an item that may be called so: "governor" of
    "governor of the Lake Islands"."""
    ended: dict[tuple[str, str], set[frozenset[str]]] = {}
    for each in relations:
        if each.property == OFFICE and each.status == "former" and each.item is None and each.value:
            office = normalise(each.value)
            for name in (office, office.partition(" of ")[0]):
                ended.setdefault((each.subject, name), set()).add(frozenset(office.split()))
    return ended


def _is_over(
    relation: Relation, over: Container[tuple[str, str]], ended: Mapping[tuple[str, str], set[frozenset[str]]]
) -> bool:
    """Whether an office given as current is one of those (person, item) that are over, or called as one that has
    ``ended`` and not known to be another."""
    if relation.property != OFFICE or relation.status != "current":
        return False
    if relation.item is not None and (relation.subject, relation.item) in over:
        return True
    known = set(normalise(relation.label or "").split())
    return any(known <= office for office in ended.get((relation.subject, normalise(relation.value or "")), ()))


def _list_agents(reading: Reading) -> Iterator[str]:
    """Who does something in the year of an article: not the dead of the same name whom a link may take them for."""
    year = (reading.article.published or "")[:4]
    for event in reading.events:
        done = event.realis == "actual" and event.time_source == "stated" and event.type != "DIE"
        if done and event.when is not None and (event.when.start or "")[:4] == year:
            yield from (f.entity for f in event.roles if f.role == "agent" and f.entity is not None)


def list_described(office: str, holder: Candidate) -> Iterator[str]:
    """The full names of a short office in the description of who holds it: "45th president of the United States"."""
    for match in re.finditer(rf"\b{re.escape(office)} of (?:the )?", holder.description, re.IGNORECASE):
        rest = _PART_END.split(holder.description[match.end() :])[0].strip()
        if rest[:1].isupper():
            yield f"{office} of {rest}"


def find_ordinal(office: str, holder: Candidate | None) -> int | None:
    """Which holder of an office somebody is by the description: "44th president of the United States"."""
    if holder is None:
        return None
    found = re.search(rf"\b([0-9]+)(?:st|nd|rd|th) {re.escape(office)}", holder.description, re.IGNORECASE)
    return int(found[1]) if found is not None else None


def is_over(holder: Candidate, published: str) -> bool:
    """Whether somebody was dead when an article was published, as far as both dates tell."""
    end = holder.end or ""
    size = min(len(end), len(published))
    known = size >= 4 and end[:4].isdecimal() and not end.endswith("-01-01")
    return known and end[:size] < published[:size]
