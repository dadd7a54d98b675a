"""Tells the kind of an item from its classes, and which classes news never names, by the tree of subclasses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

CLASSES = Path(__file__).parent / "classes.tsv"  # class, kind, label of those that the shipped catalogue knows
KINDS = ("organisation", "place", "person", "event", "work", "product", "group", "position", "concept")
HUMAN = 5
LEFT_OUT = {
    13442814: "scholarly article",
    7318358: "review article",
    7187: "gene",
    277338: "pseudogene",
    427087: "non-coding RNA",
    8054: "protein",
    84467700: "group or class of proteins",
    16521: "taxon",
    523: "star",
    318: "galaxy",
    3863: "asteroid",
    1931185: "astronomical radio source",
    67206691: "infrared source",
    17442446: "Wikimedia internal item",
    4167836: "Wikimedia category",
    4167410: "Wikimedia disambiguation page",
    11266439: "Wikimedia template",
    13406463: "Wikimedia list article",
    15184295: "Wikimedia module",
    14204246: "Wikimedia project page",
    101352: "family name",
    202444: "given name",
}

_TABLES = (
    "DROP TABLE IF EXISTS kind_of",
    "DROP TABLE IF EXISTS left_out",
    "DROP TABLE IF EXISTS chosen",
    "CREATE TABLE kind_of (class INTEGER PRIMARY KEY, level INTEGER, kind INTEGER)",
    "CREATE TABLE left_out (class INTEGER PRIMARY KEY, level INTEGER, kind INTEGER)",
    "CREATE TABLE chosen (class INTEGER PRIMARY KEY, level INTEGER, kind INTEGER)",
)
_STEP = (
    "INSERT OR IGNORE INTO {table} SELECT child, ?, min(kind) FROM {table} JOIN subclass ON parent = class "
    "WHERE level = ? GROUP BY child HAVING child NOT IN (SELECT class FROM {stop} WHERE level = 0)"
)


def load_kinds(path: Path = CLASSES) -> dict[int, str]:
    """The kind of each class that is known without its place in the tree, by number."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {int(qid[1:]): kind for qid, kind, _label in lines}


class Classes:
    """The classes of a catalogue that is being built, from its table ``subclass (parent, child)``.

    A class has the kind of its nearest ancestor that ``classes.tsv`` knows, of several the first in ``KINDS``.
    ``chosen`` limits the items to those of these classes and what is below them; else those of ``left_out`` and below
    are left out. A class that the table knows is not left out only because it stands below such a class.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, chosen: Iterable[int] = (), left_out: Iterable[int] = ()
    ) -> None:
        self._connection = connection
        self._limited = bool(tuple(chosen))
        for statement in _TABLES:
            connection.execute(statement)
        left = frozenset(left_out)
        known = {number: KINDS.index(kind) for number, kind in load_kinds().items() if number not in left}
        self._spread("kind_of", known, stop="kind_of")
        self._spread("left_out", dict.fromkeys(left, 0), stop="kind_of")
        self._spread("chosen", dict.fromkeys(chosen, 0), stop="chosen")
        self._find = lru_cache(maxsize=200_000)(self._find_class)

    def drop_tables(self) -> None:
        """Removes what was worked out; the object gives no answers any more."""
        for statement in _TABLES[:3]:
            self._connection.execute(statement)

    def keeps(self, classes: Sequence[int]) -> bool:
        """Whether an item of these classes belongs in the catalogue: people always, unless classes were chosen."""
        found = [self._find(number) for number in classes]
        if self._limited:
            return any(is_chosen for _, _, _, is_chosen in found)
        return HUMAN in classes or not any(is_left_out for _, _, is_left_out, _ in found)

    def tell_kind(self, classes: Sequence[int]) -> str:
        """The kind of an item of these classes: by the one nearest to a known class; empty when there is none."""
        if HUMAN in classes:
            return "person"
        found = [(level, kind) for level, kind, _, _ in map(self._find, classes) if kind]
        return min(found, key=lambda pair: pair[0])[1] if found else ""  # of equals the one that is stated first

    def _find_class(self, number: int) -> tuple[int, str, bool, bool]:
        def look_up(table: str) -> tuple[int, int] | None:
            query = f"SELECT level, kind FROM {table} WHERE class = ?"
            row: tuple[int, int] | None = self._connection.execute(query, (number,)).fetchone()
            return row

        level, kind = look_up("kind_of") or (0, -1)
        return level, KINDS[kind] if kind >= 0 else "", look_up("left_out") is not None, look_up("chosen") is not None

    def _spread(self, table: str, roots: Mapping[int, int], *, stop: str) -> None:
        """Fills ``table`` from its roots downwards, level by level; each class keeps what reaches it first."""
        rows = ((number, 0, kind) for number, kind in roots.items())
        self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)
        level = 0
        while self._connection.execute(_STEP.format(table=table, stop=stop), (level + 1, level)).rowcount > 0:
            level += 1
