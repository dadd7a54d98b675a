"""Reads one entity of a Wikidata dump: what the catalogue needs of it, and what is damaged in it.

The form is that of https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html: one JSON object in a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.link.index import COUNTRY_CLASSES, DEMONYM_MARK
from kg.link.kinds import HUMAN

LONGEST_NAME = 400  # Wikidata itself allows 250 characters
ENGLISH = ("en", "mul", "en-us", "en-gb", "en-ca")  # "mul" holds names that are the same in many languages
GREGORIAN, JULIAN = "Q1985727", "Q1985786"
DAY, MONTH, YEAR = 11, 10, 9
STARTS = ("P569", "P571", "P580", "P585", "P577")  # born, founded, start, point in time, published
ENDS = ("P570", "P576", "P582", "P585")  # died, dissolved, end, point in time
COUNTRIES = ("P17", "P27", "P495")  # country, citizenship, country of origin
INSTANCE, SUBCLASS, POPULATION, DEMONYM, END = "P31", "P279", "P1082", "P1549", "P582"

_ITEM = re.compile(r"Q([1-9]\d{0,17})", re.ASCII)
_OTHER = re.compile(r"[PLEM][1-9]\d*(?:-[FS]\d+)?", re.ASCII)
_TIME = re.compile(r"([+-])(\d{1,16})-(\d\d)-(\d\d)T\d\d:\d\d:\d\dZ", re.ASCII)
_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z", re.ASCII)
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f|]")  # controls, and what parts names
_HALF = re.compile(r"[\ud800-\udfff]")
_COMMON_SITES = frozenset({"commonswiki", "specieswiki", "metawiki", "wikidatawiki", "mediawikiwiki", "sourceswiki"})

Json = Any  # what a JSON text may hold; every use below checks its type


class BrokenEntity(ValueError):
    """An entity that cannot be used at all; the message says why."""


class Record(NamedTuple):
    """What a catalogue keeps of an item; ``aliases`` and ``classes`` are joined by "|", numbers without the Q."""

    number: int
    revision: int
    modified: str
    label: str
    aliases: str
    description: str
    classes: str
    country: str
    start: str
    end: str
    sitelinks: int
    statements: int
    population: int


@dataclass(slots=True)
class Entity:
    """An item as read: its record, None when it is not wanted; its superclasses, and what was passed over in it."""

    number: int
    revision: int
    modified: str
    record: Record | None
    parents: tuple[int, ...] = ()
    damage: list[str] = field(default_factory=list)


def read_entity(line: bytes, *, languages: Sequence[str], left_out: frozenset[int] = frozenset()) -> Entity | None:
    """The item of one line, without the comma at its end; None for an entity that is no item, or a redirect.

    An item without a name in ``languages`` or with a class in ``left_out`` has no record. Values of a kind that cannot
    be are passed over and told in ``damage``. Raises BrokenEntity when nothing can be made of the line.
    """
    entity = _parse(line)
    number, damage = _read_number(entity), list[str]()
    if number is None:
        return None
    claims = _Claims(_table(entity, "claims"), damage)
    revision, modified = _read_revision(entity, damage)
    classes = tuple(dict.fromkeys(claims.items(INSTANCE)))
    if HUMAN not in classes and not left_out.isdisjoint(classes):
        return Entity(number, revision, modified, None, damage=damage)
    label, aliases = _read_names(entity, languages, damage)
    record = None
    if label:
        aliases += [DEMONYM_MARK + word for word in _read_demonyms(claims, classes, languages)]
        record = Record(
            number,
            revision,
            modified,
            label,
            "|".join(dict.fromkeys(aliases)),
            next(iter(_texts(_table(entity, "descriptions"), languages, damage)), ""),
            "|".join(map(str, classes)),
            next((str(found) for name in COUNTRIES for found in claims.items(name)), ""),
            claims.date(STARTS),
            claims.date(ENDS),
            _count_sites(entity),
            claims.count(),
            claims.amount(POPULATION),
        )
    return Entity(number, revision, modified, record, tuple(dict.fromkeys(claims.items(SUBCLASS))), damage)


def _read_number(entity: Mapping[str, Json]) -> int | None:
    """The number of an item, None for a property, a lexeme or a redirect."""
    if "redirect" in entity and "id" not in entity:
        return None
    for name in ("id", "type"):
        if not isinstance(entity.get(name), str):
            raise BrokenEntity(f"{name} is no text" if name in entity else f"{name} is missing")
    qid, kind = entity["id"], entity["type"]
    if kind != "item" and _OTHER.fullmatch(qid):
        return None
    match = _ITEM.fullmatch(qid)
    if kind != "item" or match is None:
        raise BrokenEntity(f"{qid[:40]!r} of type {kind[:40]!r} is no id of an item")
    for name in ("labels", "claims"):
        if name not in entity:
            raise BrokenEntity(f"{qid}: {name} are missing")
    return int(match.group(1))


def _parse(line: bytes) -> dict[str, Json]:
    try:
        entity = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BrokenEntity(f"not UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise BrokenEntity(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise BrokenEntity("not JSON that can be read: nested too deep") from error
    except ValueError as error:
        raise BrokenEntity(f"not JSON: {error}") from error
    if not isinstance(entity, dict):
        raise BrokenEntity("no JSON object")
    return entity


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _table(entity: Mapping[str, Json], name: str) -> dict[str, Json]:
    """A field that is a table; an empty list is how Wikibase writes an empty one."""
    found = entity.get(name, {})
    if isinstance(found, dict):
        return found
    if found == []:
        return {}
    raise BrokenEntity(f"{name} is {type(found).__name__}, not a JSON object")


def _read_revision(entity: Mapping[str, Json], damage: list[str]) -> tuple[int, str]:
    revision, modified = entity.get("lastrevid", 0), entity.get("modified", "")
    if isinstance(revision, bool) or not isinstance(revision, int) or not 0 <= revision < 1 << 62:
        damage.append("lastrevid is no number")
        revision = 0
    if not isinstance(modified, str) or (modified and not _MODIFIED.fullmatch(modified)):
        damage.append("modified is no time")
        modified = ""
    return revision, modified


def _read_names(entity: Mapping[str, Json], languages: Sequence[str], damage: list[str]) -> tuple[str, list[str]]:
    """The label in the first language that has one, and all other names in any of the languages."""
    names = _texts(_table(entity, "labels"), languages, damage)
    labelled = bool(names)
    others = _table(entity, "aliases")
    for language in languages:
        found = others.get(language, [])
        if isinstance(found, list):
            names += [name for value in found if (name := _text(value, damage))]
        else:
            damage.append(f"aliases in {language} are no list")
    names = list(dict.fromkeys(names))
    return (names[0], names[1:]) if labelled else ("", [])


def _texts(table: Mapping[str, Json], languages: Sequence[str], damage: list[str]) -> list[str]:
    return [text for language in languages if language in table and (text := _text(table[language], damage))]


def _text(value: Json, damage: list[str]) -> str:
    """The text of a term on one line, without what would part it from others; empty when it is damaged."""
    text = value.get("value") if isinstance(value, dict) else None
    if not isinstance(text, str) or len(text) > LONGEST_NAME or _HALF.search(text):
        damage.append(f"a term has {len(text)} or half characters" if isinstance(text, str) else "a term is no text")
        return ""
    return _clean(text)


def _clean(text: str) -> str:
    return " ".join(_STEERING.sub(" ", text).split())


def _read_demonyms(claims: _Claims, classes: Sequence[int], languages: Sequence[str]) -> list[str]:
    if COUNTRY_CLASSES.isdisjoint(f"Q{number}" for number in classes):
        return []
    found = (value for value in claims.values(DEMONYM, "monolingualtext") if isinstance(value, dict))
    words = [value.get("text") for value in found if value.get("language") in languages]
    return [_clean(word) for word in words if isinstance(word, str) and not _HALF.search(word)]


def _count_sites(entity: Mapping[str, Json]) -> int:
    """In how many Wikipedias the item has an article."""
    sites = _table(entity, "sitelinks")
    return sum(1 for site in sites if site.endswith("wiki") and site not in _COMMON_SITES)


class _Claims:
    """The statements of an item: best rank only, values of the expected type only."""

    def __init__(self, claims: Mapping[str, Json], damage: list[str]) -> None:
        self._claims, self._damage = claims, damage

    def count(self) -> int:
        """How many statements there are, of any kind."""
        return sum(len(statements) for statements in self._claims.values() if isinstance(statements, list))

    def items(self, name: str) -> list[int]:
        """The numbers of the items that a property names."""
        numbers = []
        for value in self.values(name, "wikibase-entityid"):
            qid = value.get("id") if isinstance(value, dict) else None
            if qid is None and isinstance(value, dict) and value.get("entity-type") == "item":
                qid = f"Q{value.get('numeric-id')}"  # as older dumps have it
            if isinstance(qid, str) and (match := _ITEM.fullmatch(qid)):
                numbers.append(int(match.group(1)))
            else:
                self._note(name, "no item")
        return numbers

    def date(self, names: Sequence[str]) -> str:
        """The first date that one of the properties gives: a day, month or year in ISO 8601; empty when none does."""
        return next((date for name in names for v in self.values(name, "time") if (date := self._date(name, v))), "")

    def amount(self, name: str) -> int:
        """The largest whole amount of a property, 0 when there is none."""
        amounts = [0]
        for value in self.values(name, "quantity"):
            text = value.get("amount") if isinstance(value, dict) else None
            if isinstance(text, str) and re.fullmatch(r"\+?\d{1,17}(\.\d+)?", text, re.ASCII):
                amounts.append(int(float(text)))
            else:
                self._note(name, "no amount")
        return max(amounts)

    def values(self, name: str, kind: str) -> list[Json]:
        """The values of a property's best statements that are of this type, those that ended last."""
        statements = self._claims.get(name)
        if statements is None:
            return []
        if not isinstance(statements, list):
            self._note(name, "no list")
            return []
        ranked: dict[Json, list[tuple[bool, Json]]] = {"preferred": [], "normal": [], "deprecated": []}
        for statement in statements:
            rank = statement.get("rank", "normal") if isinstance(statement, dict) else None
            if not isinstance(rank, str) or rank not in ranked:
                self._note(name, "a statement without a known rank")
                continue
            value = self._value(name, statement.get("mainsnak"), kind)
            if value is not None:
                qualifiers = statement.get("qualifiers")
                ranked[rank].append((isinstance(qualifiers, dict) and END in qualifiers, value))
        best = ranked["preferred"] or ranked["normal"]
        return [value for _, value in sorted(best, key=lambda pair: pair[0])]

    def _value(self, name: str, snak: Json, kind: str) -> Json:
        state = snak.get("snaktype") if isinstance(snak, dict) else None
        if state in ("somevalue", "novalue"):
            return None
        if state != "value":
            self._note(name, f"snaktype {str(state)[:40]!r}")
            return None
        datavalue = snak.get("datavalue")
        if not isinstance(datavalue, dict) or datavalue.get("type") != kind or datavalue.get("value") is None:
            self._note(name, f"no value of type {kind}")
            return None
        return datavalue["value"]

    def _date(self, name: str, value: Json) -> str:
        """The ISO date of a time value: years before our era as ISO counts them (44 BC is -0043).

        Precision below a year gives nothing. Of a date in the Julian calendar only the year is kept.
        """
        fields = value if isinstance(value, dict) else {}
        text, precision, calendar = (fields.get(key) for key in ("time", "precision", "calendarmodel"))
        match = _TIME.fullmatch(text) if isinstance(text, str) else None
        model = str(calendar).rpartition("/")[2]
        if match is None or not isinstance(precision, int) or not 0 <= precision <= 14:
            self._note(name, f"no time: {str(text)[:40]!r} with precision {str(precision)[:10]}")
            return ""
        if calendar is not None and model not in (GREGORIAN, JULIAN):
            self._note(name, f"unknown calendar {model[:40]!r}")
            return ""
        year, month, day = (int(part) for part in match.groups()[1:])
        if year == 0 or year > 9999 or month > 12 or day > 31:
            self._note(name, f"no date: {str(text)[:40]!r}")
            return ""
        shown = f"{year:04d}" if match.group(1) == "+" else f"-{year - 1:04d}" if year > 1 else "0000"
        if precision < YEAR:
            return ""
        if model == JULIAN or precision == YEAR or month == 0:
            return shown
        return f"{shown}-{month:02d}" + (f"-{day:02d}" if precision >= DAY and day else "")

    def _note(self, name: str, what: str) -> None:
        self._damage.append(f"{name}: {what}")
