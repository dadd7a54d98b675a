"""Prepares the catalogue's events for comparison: their types, the nouns that name them, their days."""

from __future__ import annotations

import contextlib
import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from kg.link.event_index import YEAR, EventItem
from kg.link.event_nouns import EVENT_NOUNS, LASTING
from kg.link.event_views import Span, read_day, split_words, stem_word
from kg.link.kinds import CLASSES
from kg.link.names import normalise, word_set
from kg.model import Candidate

LONG = 10  # days after which an event counts as lasting
PREPOSITIONS = word_set("of in at on against near for to into by from during with")
_MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(rf"\b(?:(\d{{1,2}}) ({_MONTH})|({_MONTH}) (\d{{1,2}})),? (\d{{4}})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """An event of the catalogue.

    ``types`` are the types of event that it may be, ``stems`` those of the nouns that its names and description have
    for it. ``lasts`` says that it goes on for weeks, ``span`` are its days, not exact where only the year is known.
    """

    candidate: Candidate
    names: tuple[str, ...]
    types: frozenset[str]
    stems: frozenset[str]
    described: frozenset[str]
    lasts: bool
    span: Span | None


@lru_cache(maxsize=20_000)
def prepare(item: EventItem) -> Known:
    """The item with what its names, classes and dates tell."""
    found = item.candidate
    heads = {head for name in item.names for head in find_heads(name)}
    classes = load_class_types()
    types = frozenset[str]().union(*(EVENT_NOUNS[h] for h in heads), *(classes.get(c, ()) for c in found.classes))
    told = heads.union(find_heads(normalise(found.description)))
    span = find_span(found)
    lasts = not LASTING.isdisjoint(find_heads(item.names[0])) or (span is not None and span.exact and span.days > LONG)
    stems = frozenset(map(stem_word, told))
    return Known(found, item.names, types, stems, split_words(found.description), lasts, span)


@cache
def load_class_types() -> dict[str, frozenset[str]]:
    """The types of event that instances of a class are, by the noun of its label; only of classes of events."""
    lines = (line.split("\t") for line in CLASSES.read_text(encoding="utf-8").splitlines())
    labels = {qid: find_heads(normalise(label)) for qid, kind, label in lines if kind == "event"}
    return {qid: frozenset[str]().union(*(EVENT_NOUNS[h] for h in heads)) for qid, heads in labels.items() if heads}


def find_heads(name: str) -> tuple[str, ...]:
    """The nouns for what a normalised name names: the last before a preposition, and what "and" joins to it."""
    words = name.split()
    end = next((at for at, word in enumerate(words) if at and word in PREPOSITIONS), len(words))
    found = [at for at in range(end) if words[at] in EVENT_NOUNS]
    if not found:
        return ()
    joined = [at for at in found[:-1] if "and" in words[at : found[-1]]]
    return tuple(words[at] for at in (*joined, found[-1]))


def find_span(found: Candidate) -> Span | None:
    """The days of an item by its beginning and end, the year in its label, and the date in its description.

    Of a date that the year of the label contradicts nothing is taken; the first of January stands for a year.
    """
    given = [text for text in (found.start, found.end) if text]
    told = YEAR.search(found.label)
    years = [int(told[1])] if told is not None else [int(text[:4]) for text in given if text[:4].isdecimal()]
    days = [day for text in given if not text.endswith("-01-01") and (day := read_day(text)) is not None]
    if not days:
        days = [day for day in read_days(found.description) if not years or day.year in years]
    if told is not None:
        days = [day for day in days if day.year in years]
    if days:
        return Span(min(days), max(days))
    if not years and (described := YEAR.search(found.description)) is not None:
        years = [int(described[1])]
    years = [year for year in years if year > 0]
    return Span(date(min(years), 1, 1), date(max(years), 12, 31), exact=False) if years else None


def read_days(description: str) -> list[date]:
    """The days that a description names: "airstrike on 3 January 2020"."""
    found = []
    for match in _DAY.finditer(description):
        day, month, other, second, year = match.groups()
        with contextlib.suppress(ValueError):
            found.append(date(int(year), _MONTHS[(month or other).casefold()], int(day or second)))
    return found
