"""Builds the SQLite index of a catalogue: items by number, names by key, and names by their sound."""

from __future__ import annotations

import lzma
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ModelError
from kg.link.names import (
    initials,
    loose_key,
    normalise,
    short_organisation,
    short_person,
    sound_key,
    surname,
)
from kg.link.parts import part_names

Progress = Callable[[int, int], None]

FORMAT = 2  # raised when the tables below change, so that an index of an older version is built again
FORMS = ("label", "alias", "short", "demonym", "surname", "acronym", "part", "loose")
LABEL, ALIAS, SHORT, DEMONYM, SURNAME, ACRONYM, PART, LOOSE = range(len(FORMS))
COLUMNS = (
    "qid",
    "label",
    "aliases",
    "kind",
    "classes",
    "description",
    "country",
    "start",
    "end",
    "popularity",
    "namesakes",
)
DEMONYM_MARK = "~"  # before an alias that names the people or is the adjective of a place, not the place itself
MOST_PER_SURNAME = 12
LEAST_POPULAR = {SURNAME: 25, ACRONYM: 40, PART: 30}  # of 99: below, a part of a name says too little
COUNTRY_CLASSES = {"Q6256", "Q3624078"}  # country, sovereign state
LEAST_COUNTRY = 65  # of 99: countries of today, not those of history
_BATCH = 20_000
_ITEM = re.compile(r"Q[1-9]\d{0,17}", re.ASCII)

_TABLES = """
CREATE TABLE item (qid INTEGER PRIMARY KEY, label TEXT, description TEXT, kind TEXT, classes TEXT, country TEXT,
    start TEXT, end TEXT, popularity INTEGER, namesakes TEXT);
CREATE TABLE name (key TEXT, rank INTEGER, qid INTEGER, form INTEGER, PRIMARY KEY (key, rank, qid)) WITHOUT ROWID;
CREATE TABLE sound (sound TEXT, key TEXT, PRIMARY KEY (sound, key)) WITHOUT ROWID;
CREATE TABLE country (key TEXT PRIMARY KEY, qid TEXT) WITHOUT ROWID;
CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT);
"""


@dataclass(slots=True)
class _Names:
    """All names of the catalogue, gathered so that they can be written in order."""

    rows: list[tuple[str, int, int, int]]
    surnames: dict[str, list[tuple[int, int]]]
    sounds: set[tuple[str, str]]
    countries: dict[str, str]
    loose: list[tuple[int, int, list[str]]]


def build_index(source: Path, target: Path, *, digest: str, progress: Progress | None = None) -> None:
    """Writes the index of the catalogue ``source`` (TSV in xz) to ``target``; ``digest`` is kept in it.

    ``progress`` is called with steps done and steps in all. Raises ModelError when the catalogue is damaged, and
    lets OSError and sqlite3.Error of the target pass.
    """
    report = progress or (lambda done, total: None)
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + _TABLES)
        connection.execute("BEGIN")
        names = _Names([], {}, set(), {}, [])
        items = _write_items(connection, source, names, report)
        _write_names(connection, names, items, report)
        about = {"digest": digest, "format": str(FORMAT), "items": str(items)}
        connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        connection.execute("COMMIT")
    finally:
        connection.close()


def _write_items(connection: sqlite3.Connection, source: Path, names: _Names, report: Progress) -> int:
    done, total = 0, 600_000
    insert = "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    batch: list[tuple[object, ...]] = []
    for values in read_catalogue(source):
        qid, label, aliases, kind, classes, description, country, start, end, popularity, namesakes = values
        number, weight = int(qid[1:]), int(popularity)
        batch.append((number, label, description, kind, classes, country, start, end, weight, namesakes))
        keys = _gather_names(names, (number, weight, kind), label, aliases)
        if weight >= LEAST_POPULAR[PART]:
            _gather_parts(names, (number, weight, kind), keys, description)
        if weight >= LEAST_COUNTRY and COUNTRY_CLASSES & set(classes.split("|")):
            _gather_country(names, qid, keys)
        done += 1
        if len(batch) == _BATCH:
            connection.executemany(insert, batch)
            batch.clear()
            report(done, max(total, done) * 2)
    connection.executemany(insert, batch)
    return done


def _write_names(connection: sqlite3.Connection, names: _Names, items: int, report: Progress) -> None:
    for key, people in names.surnames.items():
        best = sorted(people)[:MOST_PER_SURNAME]
        names.rows.extend((key, rank, qid, SURNAME) for rank, qid in best)
    for rank, qid, keys in names.loose:
        loose = {k for key in keys if (k := loose_key(key, names.countries))}
        names.rows.extend((key, rank, qid, LOOSE) for key in loose)
    names.rows.sort()
    total = 2 * len(names.rows)
    for first in range(0, len(names.rows), _BATCH):
        batch = names.rows[first : first + _BATCH]
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", batch)
        report(len(names.rows) + first, total + _BATCH)
    connection.executemany("INSERT INTO sound VALUES (?, ?)", sorted(names.sounds))
    connection.executemany("INSERT INTO country VALUES (?, ?)", sorted(names.countries.items()))
    report(total, total)


def read_catalogue(source: Path) -> Iterator[list[str]]:
    """The rows of a shipped catalogue, without its header; raises ModelError when it is missing or damaged."""
    try:
        with lzma.open(source, "rt", encoding="utf-8", newline="\n") as lines:
            header = next(lines, "").rstrip("\n").split("\t")
            if tuple(header) != COLUMNS:
                raise ModelError(f"the catalogue {source} has other columns than this version reads; install it again")
            for number, line in enumerate(lines, 2):
                values = line.rstrip("\n").split("\t")
                if len(values) != len(COLUMNS) or not (_ITEM.fullmatch(values[0]) and values[9].isdecimal()):
                    raise ModelError(f"line {number} of the catalogue {source} is damaged; install the package again")
                yield values
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise ModelError(f"the catalogue {source} is damaged ({error}); install the package again") from error
    except FileNotFoundError as error:
        raise ModelError(f"the catalogue {source} is missing; install the package again") from error


def _gather_names(names: _Names, item: tuple[int, int, str], label: str, aliases: str) -> dict[str, int]:
    """Gathers the keys of one item (its number, popularity and kind), and gives them with their forms."""
    qid, weight, kind = item
    rank = 99 - weight
    key = normalise(label)
    keys = {key: LABEL}
    for alias in aliases.split("|") if aliases else ():
        if alias.startswith(DEMONYM_MARK):
            demonym = normalise(alias[1:])
            keys.setdefault(demonym, DEMONYM)
            keys.setdefault(demonym + "s", DEMONYM)
        else:
            keys.setdefault(normalise(alias), ALIAS)
    for found in [k for k, form in keys.items() if form <= ALIAS]:
        for shorter in _short_keys(found, kind):
            keys.setdefault(shorter, SHORT)
    if kind == "organisation" and weight >= LEAST_POPULAR[ACRONYM] and (acronym := initials(label)):
        keys.setdefault(acronym, ACRONYM)
    if kind == "person" and weight >= LEAST_POPULAR[SURNAME] and (last := surname(key)):
        names.surnames.setdefault(last, []).append((rank, qid))
    if kind not in {"person", "work", "position"}:
        names.loose.append((rank, qid, [k for k, form in keys.items() if form <= ALIAS and " " in k]))
    names.rows.extend((k, rank, qid, form) for k, form in keys.items() if k)
    _gather_sounds(names, [k for k, form in keys.items() if form <= SHORT], kind, weight)
    return keys


def _gather_parts(names: _Names, item: tuple[int, int, str], keys: dict[str, int], description: str) -> None:
    qid, weight, kind = item
    whole = [key for key, form in keys.items() if form == LABEL or (form == ALIAS and kind != "person")]
    parts = {part for key in whole for part in part_names(key, kind, description)} - keys.keys()
    names.rows.extend((part, 99 - weight, qid, PART) for part in parts)


def _gather_country(names: _Names, qid: str, keys: dict[str, int]) -> None:
    for key, form in keys.items():
        if form in {LABEL, ALIAS, DEMONYM} and (len(key) > 3 or key in {"us", "uk", "usa", "uae"}):
            names.countries.setdefault(key, qid)


def _short_keys(key: str, kind: str) -> tuple[str, ...]:
    if kind == "person":
        return short_person(key)
    if kind == "organisation":
        return (shorter,) if (shorter := short_organisation(key)) else ()
    return ()


def _gather_sounds(names: _Names, keys: list[str], kind: str, weight: int) -> None:
    if kind not in {"person", "place", "organisation"} or weight < 20:
        return
    for key in keys:
        if (" " in key or weight >= 35) and (sound := sound_key(key)):
            names.sounds.add((sound, key))
            last = surname(key) if kind == "person" and weight >= LEAST_POPULAR[SURNAME] else ""
            if last and (sound := sound_key(last)):
                names.sounds.add((sound, last))
