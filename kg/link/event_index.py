"""Keeps the events of a catalogue findable by the words of their names, their country and their year."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kg.link.event_nouns import EVENT_NOUNS
from kg.link.names import normalise, word_set
from kg.model import Candidate

TABLES = (
    "CREATE TABLE event_item (qid INTEGER PRIMARY KEY, names TEXT)",
    "CREATE TABLE event_word (word TEXT, year INTEGER, qid INTEGER, PRIMARY KEY (word, year, qid)) WITHOUT ROWID",
)
MOST_FOUND = 300  # events of one word and some years that are looked at
NO_YEAR = 0
NO_HAPPENING = frozenset(  # classes of what the catalogue counts as events and no article tells as one
    ("Q3186692", "Q3464665", "Q15238777", "Q220505", "Q27020041", "Q868557")
)  # year, television season, legislative term, film festival, sports season, music festival
FILLING = word_set(
    "a an and at by de del des di du el for from in into la le las los of off on or over st the to under upon with "
    "first second third fourth fifth 1st 2nd 3rd 4th 5th north south east west new general national world united"
)
YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")


@dataclass(frozen=True, slots=True)
class EventItem:
    """An event of the catalogue with its names, normalised, the label first."""

    candidate: Candidate
    names: tuple[str, ...]


@runtime_checkable
class EventCatalogue(Protocol):
    """A source of items that also finds events by a word of their names."""

    def find(self, name: str, *, limit: int = 30, similar: bool = False) -> tuple[Candidate, ...]:
        """As ``kg.link.catalogue.Catalogue`` says."""
        ...

    def get(self, qid: str) -> Candidate | None:
        """As ``kg.link.catalogue.Catalogue`` says."""
        ...

    def find_events(self, word: str, first: int, last: int) -> tuple[EventItem, ...]:
        """The events with ``word`` (normalised, or the QID of their country in small letters) of these years."""
        ...


class EventRows:
    """The rows of a catalogue's events, on their way into the tables."""

    def __init__(self) -> None:
        self._items: list[tuple[int, str]] = []
        self._words: list[tuple[str, int, int]] = []

    def add(self, number: int, names: Sequence[str], row: Mapping[str, str]) -> None:
        """Takes an item if it is an event; ``names`` are its label and aliases, ``row`` are its columns by name.

        An item of unknown kind is an event when its label has a noun of one and its year is known.
        """
        keys = [key for key in map(normalise, names) if key]
        year = find_year(names[0], row["description"], row["start"])
        if not keys or not _is_event(keys[0], row["kind"], row["classes"], year):
            return
        self._items.append((number, "|".join(dict.fromkeys(keys))))
        words = {word for key in keys for word in tell_words(key)}
        words |= {row["country"].casefold()} - {""}
        self._words += ((word, year, number) for word in sorted(words))

    def write(self, connection: sqlite3.Connection) -> None:
        """Adds what was taken to the tables, and lets go of it."""
        connection.executemany("INSERT OR REPLACE INTO event_item VALUES (?, ?)", self._items)
        connection.executemany("INSERT OR IGNORE INTO event_word VALUES (?, ?, ?)", self._words)
        self._items.clear()
        self._words.clear()


def find_year(label: str, description: str, start: str) -> int:
    """The year of an event: what its label says, else its beginning, else its description; NO_YEAR when none tells."""
    told = YEAR.search(label) or re.match(r"([0-9]{4})(?:-|$)", start) or YEAR.search(description)
    return int(told[1]) if told is not None else NO_YEAR


def tell_words(key: str) -> Iterator[str]:
    """The words of a normalised name that tell it from others: no numbers, nouns of events or filling."""
    return (w for w in key.split() if len(w) > 1 and not w.isdigit() and w not in FILLING and w not in EVENT_NOUNS)


def _is_event(key: str, kind: str, classes: str, year: int) -> bool:
    if not NO_HAPPENING.isdisjoint(classes.split("|")):
        return False
    return kind == "event" or (kind == "" and year != NO_YEAR and not EVENT_NOUNS.keys().isdisjoint(key.split()))
