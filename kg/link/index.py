"""Builds the SQLite index of a catalogue: items by number, names by key, and names by their sound."""

from __future__ import annotations

import contextlib
import json
import lzma
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from kg.errors import ModelError
from kg.link import event_index
from kg.link.names import (
    initials,
    loose_key,
    normalise,
    short_organisation,
    shorten_person,
    sound_key,
    surname,
)
from kg.link.parts import part_names
from kg.link.sorting import LineSorter

Progress = Callable[[int, int], None]
Row = Sequence[str]  # the values of COLUMNS

FORMAT = 3  # raised when the tables below change, so that an index of an older version is built again
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

TABLES = (
    "CREATE TABLE item (qid INTEGER PRIMARY KEY, label TEXT, description TEXT, kind TEXT, classes TEXT, country TEXT, "
    "start TEXT, end TEXT, popularity INTEGER, namesakes TEXT)",
    "CREATE TABLE name (key TEXT, rank INTEGER, qid INTEGER, form INTEGER, PRIMARY KEY (key, rank, qid)) WITHOUT ROWID",
    "CREATE TABLE sound (sound TEXT, key TEXT, PRIMARY KEY (sound, key)) WITHOUT ROWID",
    "CREATE TABLE country (key TEXT PRIMARY KEY, qid TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS about (field TEXT PRIMARY KEY, value TEXT)",
    *event_index.TABLES,
)


@dataclass(slots=True)
class _Names:
    """All names of the catalogue, on their way into order; each line holds its fields with tabs between."""

    rows: LineSorter  # key, rank, item, form
    surnames: LineSorter  # key, rank, item
    sounds: LineSorter  # sound, key
    loose: LineSorter  # rank, item, key: turned into loose keys once all countries are known
    countries: dict[str, str]

    @classmethod
    def below(cls, folder: Path) -> _Names:
        """Names that wait in files below ``folder`` when they are many."""
        rows, surnames, sounds, loose = (LineSorter(folder, name) for name in ("rows", "surnames", "sounds", "loose"))
        return cls(rows, surnames, sounds, loose, {})


def build_index(source: Path, target: Path, *, digest: str, progress: Progress | None = None) -> None:
    """Writes the index of the catalogue ``source`` (TSV in xz) to ``target``; ``digest`` is kept in it.

    ``progress`` is called with steps done and steps in all. Raises ModelError when the catalogue is damaged, and
    lets OSError and sqlite3.Error of the target pass.
    """
    with (
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as connection,
        tempfile.TemporaryDirectory(prefix=".sort-", dir=target.parent) as folder,
    ):
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;")
        connection.execute("BEGIN")
        about = {"digest": digest, "origin": "shipped with the package"}
        write_index(connection, read_catalogue(source), Path(folder), about=about, progress=progress)
        connection.execute("COMMIT")


def write_index(
    connection: sqlite3.Connection,
    rows: Iterable[Row],
    folder: Path,
    *,
    about: Mapping[str, str],
    progress: Progress | None = None,
    expected: int = 600_000,
) -> None:
    """Writes the tables of the index for ``rows`` (values of COLUMNS, by number) in the caller's transaction.

    Needs the same memory however many rows there are; ``folder`` takes the files in which names wait for their order.
    ``about`` is kept in it with the counts of items, names and kinds; ``expected`` rows serve the progress.
    """
    report = progress or (lambda done, total: None)
    for table in TABLES:
        connection.execute(table)
    names = _Names.below(folder)
    kinds = _write_items(connection, rows, names, lambda done: report(done, 2 * max(expected, done)))
    written = _write_names(connection, names, report)
    counts = {"items": kinds.total(), "names": written, "kinds": json.dumps(dict(kinds.most_common()))}
    stored = {**about, "format": FORMAT, **counts}
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", [(k, str(v)) for k, v in stored.items()])
    report(1, 1)


def _write_items(
    connection: sqlite3.Connection, rows: Iterable[Row], names: _Names, report: Callable[[int], None]
) -> Counter[str]:
    kinds: Counter[str] = Counter()
    insert = "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    batch: list[tuple[object, ...]] = []
    events = event_index.EventRows()
    for qid, label, aliases, kind, classes, description, country, start, end, popularity, namesakes in rows:
        number, weight = read_number(qid), int(popularity)
        batch.append((number, label, description, kind, classes, country, start, end, weight, namesakes))
        keys = _gather_names(names, (number, weight, kind), label, aliases)
        if weight >= LEAST_POPULAR[PART]:
            _gather_parts(names, (number, weight, kind), keys, description)
        if weight >= LEAST_COUNTRY and COUNTRY_CLASSES & set(classes.split("|")):
            _gather_country(names, qid, keys)
        kinds[kind or "unknown"] += 1
        if kind in ("event", ""):
            called = [label, *(alias for alias in aliases.split("|") if not alias.startswith(DEMONYM_MARK))]
            told = {"kind": kind, "classes": classes, "description": description, "country": country, "start": start}
            events.add(number, called, told)
        if len(batch) == _BATCH:
            connection.executemany(insert, batch)
            events.write(connection)
            batch.clear()
            report(kinds.total())
    connection.executemany(insert, batch)
    events.write(connection)
    return kinds


def _write_names(connection: sqlite3.Connection, names: _Names, report: Progress) -> int:
    for key, people in groupby((line.split("\t") for line in names.surnames), key=lambda fields: fields[0]):
        for _, rank, number in islice(people, MOST_PER_SURNAME):
            names.rows.add(f"{key}\t{rank}\t{number}\t{SURNAME}")
    for line in names.loose:
        rank, number, key = line.split("\t")
        if loose := loose_key(key, names.countries):
            names.rows.add(f"{loose}\t{rank}\t{number}\t{LOOSE}")
    total = 2 * names.rows.added + 1
    rows = ((key, int(rank), int(number), int(form)) for key, rank, number, form in _split(names.rows))
    written = 0
    while batch := list(islice(rows, _BATCH)):
        before = connection.total_changes
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", batch)
        written += connection.total_changes - before
        report(min(total, names.rows.added + written), total)
    connection.executemany("INSERT INTO sound VALUES (?, ?)", _split(names.sounds))
    connection.executemany("INSERT INTO country VALUES (?, ?)", sorted(names.countries.items()))
    return written


def _split(lines: Iterable[str]) -> Iterator[list[str]]:
    return (line.split("\t") for line in lines)


def read_number(qid: str) -> int:
    """The number under which the index keeps an item: of a QID its own, of an id of one's own a negative one."""
    return int(qid[1:]) if qid[0] == "Q" else -int(qid[1:])


def name_item(number: int) -> str:
    """The id of the item with this number: "Q42", or "N42" for one that Wikidata does not have."""
    return f"Q{number}" if number > 0 else f"N{-number}"


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
        names.surnames.add(f"{last}\t{rank:02d}\t{qid:020d}")
    if kind not in {"person", "work", "position"}:
        for key in [k for k, form in keys.items() if form <= ALIAS and " " in k]:
            names.loose.add(f"{rank:02d}\t{qid:020d}\t{key}")
    for key, form in keys.items():
        if key:
            names.rows.add(f"{key}\t{rank:02d}\t{qid:020d}\t{form}")
    _gather_sounds(names, [k for k, form in keys.items() if form <= SHORT], kind, weight)
    return keys


def _gather_parts(names: _Names, item: tuple[int, int, str], keys: dict[str, int], description: str) -> None:
    qid, weight, kind = item
    whole = [key for key, form in keys.items() if form == LABEL or (form == ALIAS and kind != "person")]
    parts = {part for key in whole for part in part_names(key, kind, description)} - keys.keys()
    for part in sorted(parts):
        names.rows.add(f"{part}\t{99 - weight:02d}\t{qid:020d}\t{PART}")


def _gather_country(names: _Names, qid: str, keys: dict[str, int]) -> None:
    for key, form in keys.items():
        if form in {LABEL, ALIAS, DEMONYM} and (len(key) > 3 or key in {"us", "uk", "usa", "uae"}):
            names.countries.setdefault(key, qid)


def _short_keys(key: str, kind: str) -> tuple[str, ...]:
    if kind == "person":
        return shorten_person(key)
    if kind == "organisation":
        return (shorter,) if (shorter := short_organisation(key)) else ()
    return ()


def _gather_sounds(names: _Names, keys: list[str], kind: str, weight: int) -> None:
    if kind not in {"person", "place", "organisation"} or weight < 20:
        return
    for key in keys:
        if (" " in key or weight >= 35) and (sound := sound_key(key)):
            names.sounds.add(f"{sound}\t{key}")
            last = surname(key) if kind == "person" and weight >= LEAST_POPULAR[SURNAME] else ""
            if last and (sound := sound_key(last)):
                names.sounds.add(f"{sound}\t{last}")
