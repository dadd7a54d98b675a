"""Makes the rows of a catalogue from the facts of a dump: chosen, cleaned, with kind, popularity and namesakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.link.cleaning import (
    MOST_ALIASES,
    MOST_CLASSES,
    Row,
    clean_aliases,
    common_words,
    count_names,
    expect_namesakes,
    is_nameable,
    mend_kind,
    place_on_scale,
    shorten,
)
from kg.link.entities import Record
from kg.link.index import COLUMNS, DEMONYM_MARK, read_catalogue
from kg.link.kinds import HUMAN, Classes
from kg.link.names import normalise

LEAST = 0.12  # popularity of what nothing is known of, as in the shipped catalogue


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the shipped catalogue knows of words and names, with which the items of a dump are cleaned.

    ``common`` are words that are no names, ``peoples`` gives the country of each demonym, ``demonyms`` those of each
    place, ``names`` counts the first and last names of people.
    """

    common: frozenset[str] = frozenset()
    peoples: Mapping[str, str] = field(default_factory=dict)
    demonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)

    @classmethod
    def load(cls, source: Path) -> Lexicon:
        """The words of a catalogue in the shipped format; takes some seconds."""
        descriptions: list[str] = []
        people: list[str] = []
        demonyms: dict[str, tuple[str, ...]] = {}
        for values in read_catalogue(source):
            row = dict(zip(COLUMNS, values, strict=True))
            descriptions.append(row["description"])
            if row["kind"] == "person":
                people.append(row["label"])
            if DEMONYM_MARK in row["aliases"]:
                marked = [alias[1:] for alias in row["aliases"].split("|") if alias.startswith(DEMONYM_MARK)]
                demonyms[row["qid"]] = tuple(marked)
        peoples = {normalise(word): qid for qid, words in demonyms.items() for word in words}
        return cls(common_words(descriptions), peoples, demonyms, count_names(people))


def make_rows(
    records: Iterable[Record],
    classes: Classes,
    lexicon: Lexicon,
    *,
    all_names: bool = False,
    left: Counter[str] | None = None,
) -> Iterator[list[str]]:
    """The rows (values of COLUMNS) of the items that belong in the catalogue, in the order of ``records``.

    ``all_names`` takes also those whose name is no proper name ("running"). ``left`` counts the others by reason.
    """
    left = Counter() if left is None else left
    for record in records:
        numbers = [int(number) for number in record.classes.split("|") if number]
        if not classes.keeps(numbers):
            left["left out by class"] += 1
            continue
        row = _describe(record, numbers, classes.tell_kind(numbers))
        row["kind"] = mend_kind(row)
        if not all_names and not is_nameable(row):
            left["left out as no proper name"] += 1
            continue
        _clean(row, lexicon)
        yield [row[column] for column in COLUMNS]


def _describe(record: Record, numbers: list[int], kind: str) -> Row:
    qid = f"Q{record.number}"
    return {
        "qid": qid,
        "label": record.label,
        "aliases": record.aliases,
        "kind": kind,
        "classes": "|".join(f"Q{number}" for number in numbers),
        "description": record.description,
        "country": f"Q{record.country}" if record.country else "",
        "start": record.start,
        "end": record.end,
        "popularity": str(round(99 * rate_popularity(record))),
        "namesakes": "",
        "sitelinks": str(record.sitelinks or ""),
    }


def _clean(row: Row, lexicon: Lexicon) -> None:
    """Finishes a row in place: what may name the item, not too much of it, and how common a person's name is."""
    given = row["aliases"].split("|")
    demonyms = [alias[1:] for alias in given if alias.startswith(DEMONYM_MARK)]
    demonyms += lexicon.demonyms.get(row["qid"], ())
    row["aliases"] = "|".join(alias for alias in given if not alias.startswith(DEMONYM_MARK))
    peoples = {**lexicon.peoples, **{normalise(word): row["qid"] for word in demonyms}} if demonyms else lexicon.peoples
    aliases = list(clean_aliases(row, common=lexicon.common, peoples=peoples))[:MOST_ALIASES]
    aliases += [DEMONYM_MARK + word for word in dict.fromkeys(demonyms)]
    row["aliases"] = "|".join(aliases)
    row["classes"] = "|".join([c for c in row["classes"].split("|") if c != f"Q{HUMAN}"][:MOST_CLASSES])
    row["description"] = shorten(row["description"])
    if row["kind"] == "person":
        row["namesakes"] = str(expect_namesakes(row["label"], lexicon.names))


def rate_popularity(record: Record) -> float:
    """How well known an item is, 0 to 1, by its articles in Wikipedias, its population and its statements.

    The scales are those of the shipped catalogue, which also knows page views and page ranks; a dump has neither.
    """
    known = max(
        LEAST,
        0.85 * place_on_scale(str(record.sitelinks), 0.0, 2.6),
        0.8 * place_on_scale(str(record.population), 2.0, 8.0),
    )
    return min(1.0, known + 0.04 * place_on_scale(str(record.statements), 0.5, 2.0))
