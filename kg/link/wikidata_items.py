"""Reads Wikidata's JSON of an item, tells its kind from its classes, and how a name matches it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache

from kg.link.kinds import load_kinds
from kg.link.names import (
    initials,
    loose_key,
    normalise,
    short_organisation,
    shorten_person,
    surname,
)
from kg.link.parts import part_names
from kg.model import Candidate

LANGUAGES = ("en", "mul")  # "mul" holds names that are the same in all languages
QID = re.compile(r"Q[1-9][0-9]{0,17}", re.ASCII)
HUMAN = "Q5"
MOST_CLASSES = 6
_COUNTRY = ("P17", "P27", "P495")  # country, citizenship, country of origin
_START = ("P569", "P571", "P580", "P585")  # born, founded, began, happened
_END = ("P570", "P576", "P582")  # died, dissolved, ended
_VAGUE = {"concept", "position"}
_PAGES = {"commonswiki", "specieswiki", "metawiki", "mediawikiwiki", "outreachwiki", "sourceswiki", "wikidatawiki"}
_TIME = re.compile(r"([+-])(\d{4,16})-(\d\d)-(\d\d)T")
_YEAR, _MONTH, _DAY = 9, 10, 11  # precisions of a time value
# Classes of pages and words, which no article means by a name.
NAMELESS = frozenset(
    {
        "Q4167410",  # disambiguation page
        "Q22808320",  # disambiguation page of a human name
        "Q4167836",  # category
        "Q11266439",  # template
        "Q15184295",  # module
        "Q13406463",  # list
        "Q14204246",  # project page
        "Q17442446",  # internal item
        "Q101352",  # family name
        "Q202444",  # given name
        "Q12308941",  # male given name
        "Q11879590",  # female given name
        "Q3409032",  # unisex given name
        "Q13442814",  # scholarly article
        "Q17633526",  # Wikinews article
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """What is used of an item: ``classes`` and ``superclasses`` are QIDs (P31, P279), ``pages`` counts Wikipedias."""

    qid: str
    label: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    superclasses: tuple[str, ...] = ()
    country: str | None = None
    start: str | None = None
    end: str | None = None
    pages: int = 0
    population: float = 0.0

    @classmethod
    def from_json(cls, record: object) -> Item | None:
        """The item that ``to_json`` wrote; None when the record is damaged."""
        if not isinstance(record, dict) or record.keys() != {field.name for field in fields(cls)}:
            return None
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
        return cls(**values)  # type: ignore[arg-type]

    def to_json(self) -> dict[str, object]:
        """The item as values that JSON can hold."""
        return asdict(self)

    def is_nameless(self) -> bool:
        """Whether the item is a page of Wikimedia or a name as such, which no article speaks of."""
        return not self.label or not NAMELESS.isdisjoint(self.classes)

    @property
    def popularity(self) -> float:
        """How known the item is, from 0 to 1."""
        return fold_popularity(self.pages, self.population)

    def to_candidate(self, kind: str | None, *, matched: str = "") -> Candidate:
        """The item as a candidate of this kind."""
        return Candidate(
            qid=self.qid,
            label=self.label,
            description=self.description,
            kind=kind,
            classes=tuple(c for c in self.classes if c != HUMAN)[:MOST_CLASSES],
            country=self.country,
            start=self.start,
            end=self.end,
            popularity=self.popularity,
            matched=matched,
        )


def read_item(record: object) -> Item | None:
    """The item of an entity's JSON (Wikibase/DataModel/JSON); None when it is missing or no item.

    Parts of an odd shape are left out. Dates are ISO, as exact as stated: "1963", "1960-02", "1960-02-01".
    """
    entity = _table(record)
    qid = entity.get("id")
    if "missing" in entity or not isinstance(qid, str) or not QID.fullmatch(qid):
        return None
    claims = _table(entity.get("claims"))
    population = max((_read_amount(value) for value in _values(claims, "P1082")), default=0.0)
    return Item(
        qid,
        _term(entity, "labels"),
        _term(entity, "descriptions"),
        tuple(dict.fromkeys(_aliases(entity))),
        tuple(dict.fromkeys(_items(claims, "P31"))),
        tuple(dict.fromkeys(_items(claims, "P279"))),
        next((qid for name in _COUNTRY for qid in _items(claims, name)), None),
        next(_times(claims, _START), None),
        next(_times(claims, _END), None),
        sum(1 for site in _table(entity.get("sitelinks")) if site.endswith("wiki") and site not in _PAGES),
        population,
    )


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}  # PHP writes an empty table as an empty list


def _term(entity: dict[str, object], part: str) -> str:
    terms = _table(entity.get(part))
    found = (_table(terms.get(language)).get("value") for language in LANGUAGES)
    return next((" ".join(value.split()) for value in found if isinstance(value, str) and value.strip()), "")


def _aliases(entity: dict[str, object]) -> Iterator[str]:
    terms = _table(entity.get("aliases"))
    for language in LANGUAGES:
        listed = terms.get(language)
        for term in listed if isinstance(listed, list) else ():
            value = _table(term).get("value")
            if isinstance(value, str) and value.strip():
                yield " ".join(value.split())


def _values(claims: dict[str, object], name: str) -> list[object]:
    """The values of a property: of preferred statements if there are any, else of normal ones, as Wikidata's own."""
    listed = claims.get(name)
    ranked: dict[str, list[object]] = {"preferred": [], "normal": []}
    for statement in listed if isinstance(listed, list) else ():
        snak = _table(_table(statement).get("mainsnak"))
        rank = _table(statement).get("rank", "normal")
        if snak.get("snaktype") == "value" and isinstance(rank, str) and rank in ranked:
            ranked[rank].append(_table(snak.get("datavalue")).get("value"))
    return ranked["preferred"] or ranked["normal"]


def _items(claims: dict[str, object], name: str) -> Iterator[str]:
    for value in _values(claims, name):
        qid = _table(value).get("id")
        if isinstance(qid, str) and QID.fullmatch(qid):
            yield qid


def _times(claims: dict[str, object], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        for value in _values(claims, name):
            if found := _read_time(_table(value)):
                yield found


def _read_time(value: dict[str, object]) -> str | None:
    """The ISO form of a time value, cut to its precision; None when it is less exact than a year."""
    match = _TIME.match(str(value.get("time")))
    precision = value.get("precision")
    if not match or not isinstance(precision, int) or precision < _YEAR:
        return None
    sign, year, month, day = match.groups()
    year = ("-" if sign == "-" else "") + year[-4:].zfill(4)
    if len(match[2].lstrip("0")) > 4:
        return None
    if precision == _YEAR or month == "00":
        return year
    return f"{year}-{month}" if precision == _MONTH or day == "00" else f"{year}-{month}-{day}"


def _read_amount(value: object) -> float:
    try:
        number = float(str(_table(value).get("amount")))
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def fold_popularity(pages: int, population: float) -> float:
    """One popularity in 0..1, on the scales of the shipped catalogue; of these two, the larger counts."""
    found = [0.85 * math.log10(pages) / 2.6 if pages else 0.0]
    if population > 1:
        found.append(0.8 * min(1.0, max(0.0, (math.log10(population) - 2.0) / 6.0)))
    return min(1.0, max(0.12, *found))


@cache
def load_class_kinds() -> Mapping[str, str]:
    """The kind of each class that the shipped catalogue's items are instances of most."""
    return {f"Q{number}": kind for number, kind in load_kinds().items()}


def find_kind(start: str, above: Mapping[str, Sequence[str]]) -> str:
    """The kind of the class nearest above ``start`` that has one, as ``above`` tells; empty when none has."""
    kinds = load_class_kinds()
    level, seen = [start], {start}
    while level:
        found = [kinds[c] for c in level if c in kinds]
        if found:
            return next((kind for kind in found if kind not in _VAGUE), found[0])
        level = [c for c in dict.fromkeys(c for lower in level for c in above.get(lower, ())) if c not in seen]
        seen.update(level)
    return ""


def choose_kind(classes: Sequence[str], kinds: Mapping[str, str]) -> str | None:
    """The kind of an item of these classes, each with its kind: the first that is a thing; None when none is known."""
    if HUMAN in classes:
        return "person"
    told = [kind for c in classes if (kind := kinds.get(c))]
    return next((kind for kind in told if kind not in _VAGUE), told[0] if told else None)


def match_name(item: Item, kind: str | None, key: str, countries: Mapping[str, str]) -> str | None:
    """How the normalised name ``key`` matches an item, as catalogues tell it; None when it does not.

    ``countries`` gives the item of each name and demonym of a country.
    """
    label = normalise(item.label)
    if key == label:
        return "label"
    names = [label, *map(normalise, item.aliases)]
    if key in names:
        return "alias"
    if kind == "person":
        if any(key in shorten_person(name) for name in names):
            return "short"
        return "surname" if key == surname(label) else "part" if key in part_names(label, "person") else None
    if kind == "organisation":
        if any(key == short_organisation(name) for name in names):
            return "short"
        if key == initials(item.label):
            return "acronym"
    loose = loose_key(key, countries)
    if loose and kind != "work" and any(loose == loose_key(name, countries) for name in names if " " in name):
        return "loose"
    return None
