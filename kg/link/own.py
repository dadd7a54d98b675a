"""Keeps a newsroom's own people and things in a small catalogue that stands before the large one."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TextIO

from kg.cache import hold_lock, replace_atomically
from kg.errors import DumpError
from kg.link.index import write_index
from kg.link.names import normalise
from kg.model import KINDS

FIELDS = ("name", "aliases", "kind", "description", "qid")
POPULARITY = 50  # of 99: like a politician whom a nation knows
LONGEST = 400
_QID = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One of one's own: ``id`` is its QID, or one made of kind and name ("N" and digits) when it has none."""

    id: str
    name: str
    aliases: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Added:
    """How many entries are new, took the place of one with the same id, were wrong, and are there now."""

    new: int
    changed: int
    wrong: int
    total: int


def add_entries(
    source: Path,
    target: Path,
    *,
    replace: bool = False,
    on_error: Callable[[int, str], None] = lambda line, what: None,
) -> Added:
    """Adds the entries of the CSV file ``source`` to the own catalogue ``target``; ``replace`` drops all others.

    The first line names the columns: name, and if wanted aliases ("|" between), kind (person when empty),
    description, qid. A line that is wrong is told to ``on_error`` with its number, and the others are added. Raises
    DumpError when a file cannot be read or written.
    """
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    wrong = 0
    for line, found in _read_csv(source):
        if isinstance(found, Entry) and found.id not in entries:
            entries[found.id], lines[found.id] = found, line
            continue
        if isinstance(found, Entry):
            same = "qid" if found.id.startswith("Q") else "kind and name"
            found = f"has the {same} of line {lines[found.id]}; make the names differ, with the shared one in aliases"
        wrong += 1
        on_error(line, found)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with hold_lock(target.with_suffix(".lock")):
            kept = {} if replace else {entry.id: entry for entry in read_entries(target)}
            changed = len(kept.keys() & entries.keys())
            total = kept | entries
            _write(total, target)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DumpError(f"cannot write your entries to {target}: {reason}; choose another file with KG_OWN") from error
    return Added(len(entries) - changed, changed, wrong, len(total))


def read_entries(path: Path) -> list[Entry]:
    """The entries of an own catalogue, by id; none when there is no such file. Raises DumpError when it is damaged."""
    if not path.exists():
        return []
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return [Entry(*row) for row in connection.execute("SELECT * FROM entry ORDER BY id")]
    except sqlite3.Error as error:
        raise DumpError(f"{path} holds no own entries: {error}; move it away and add them again") from error


def _write(entries: dict[str, Entry], target: Path) -> None:
    rows = [entries[key] for key in sorted(entries)]
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    about = {"digest": digest, "origin": "added by hand"}
    with (
        replace_atomically(target) as part,
        tempfile.TemporaryDirectory(prefix=".sort-", dir=part.parent) as folder,
        contextlib.closing(sqlite3.connect(part, isolation_level=None)) as connection,
    ):
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, name, aliases, kind, description)")
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", map(astuple, rows))
        write_index(connection, map(_make_row, rows), Path(folder), about=about)
        connection.execute("COMMIT")


def _make_row(entry: Entry) -> Sequence[str]:
    kind = "" if entry.kind == "other" else entry.kind
    popularity = str(POPULARITY)
    return entry.id, entry.name, entry.aliases, kind, "", entry.description, "", "", "", popularity, ""


def _read_csv(source: Path) -> Iterator[tuple[int, Entry | str]]:
    """The number of each line with its entry, or with what is wrong in it."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            yield from _read_lines(file, source)
    except UnicodeDecodeError as error:
        raise DumpError(f"{source} is not UTF-8; save it as CSV in UTF-8") from error
    except OSError as error:
        raise DumpError(f"cannot read {source}: {error.strerror}; check the path") from error


def _read_lines(file: TextIO, source: Path) -> Iterator[tuple[int, Entry | str]]:
    first = file.readline()
    delimiter = max(",;\t", key=first.count)
    header = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
    unknown = [name for name in header if name not in FIELDS]
    if "name" not in header or unknown or len(set(header)) < len(header):
        given = ", ".join(map(repr, header)) or "none"
        raise DumpError(
            f"{source} has the columns {given}; its first line must name columns of {', '.join(FIELDS)}, at least name"
        )
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 2
        try:
            values = next(reader, None)
        except csv.Error as error:
            yield line, f"not CSV: {error}"
            continue
        if values is None:
            return
        if any(value.strip() for value in values):
            yield line, _read_entry(header, values)


def _read_entry(header: Sequence[str], values: Sequence[str]) -> Entry | str:
    if len(values) > len(header):
        return f"{len(values)} fields for {len(header)} columns; put a field that has a comma in quotation marks"
    row = dict.fromkeys(FIELDS, "") | dict(zip(header, (value.strip() for value in values), strict=False))
    kind = row["kind"].lower().replace("organization", "organisation") or "person"
    aliases = [" ".join(alias.split()) for alias in row["aliases"].split("|")]
    name = " ".join(row["name"].split())
    if any(_STEERING.search(value) or len(value) > LONGEST for value in (name, *aliases, row["description"])):
        return f"a field has control characters or more than {LONGEST} characters"
    if not normalise(name) or "|" in name:
        return f"{name!r} is no name"
    if kind not in KINDS:
        return f"unknown kind {row['kind']!r}; known are: {', '.join(KINDS)}"
    if row["qid"] and not _QID.fullmatch(row["qid"]):
        return f"{row['qid']!r} is no Wikidata item id such as Q42"
    kept = "|".join(dict.fromkeys(alias for alias in aliases if normalise(alias) and not alias.startswith("~")))
    return Entry(row["qid"] or make_id(kind, name), name, kept, kind, " ".join(row["description"].split()))


def make_id(kind: str, name: str) -> str:
    """The id of an entry without a QID, the same for the same kind and name wherever it is added."""
    digest = hashlib.sha256(f"{kind}|{normalise(name)}".encode()).digest()
    return f"N{int.from_bytes(digest[:6], 'big') + 1}"
