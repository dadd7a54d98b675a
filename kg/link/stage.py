"""Keeps what is read of a dump in a file that a killed build goes on from, and that a later update starts from."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.errors import DumpError
from kg.link.dump import Start
from kg.link.entities import ENGLISH, Record
from kg.link.index import FORMAT

READING, INDEXING, DONE = "reading", "indexing", "done"

_NEWER = "CASE WHEN {new}revision > 0 AND source.revision > 0 THEN {new}revision > source.revision "
_NEWER += "ELSE {new}modified > source.modified END"
_FIELDS = ", ".join(Record._fields)
_TABLES = (
    f"CREATE TABLE source ({_FIELDS.replace('number', 'number INTEGER PRIMARY KEY', 1)})",
    "CREATE TABLE subclass (parent INTEGER, child INTEGER, PRIMARY KEY (parent, child)) WITHOUT ROWID",
    "CREATE INDEX subclass_child ON subclass (child)",
    "CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT)",
)
_PUT = (
    f"INSERT INTO source VALUES ({', '.join('?' * len(Record._fields))}) ON CONFLICT (number) DO UPDATE SET "
    f"({_FIELDS}) = ({', '.join(f'excluded.{name}' for name in Record._fields)}) WHERE {_NEWER.format(new='excluded.')}"
)
_DROP = f"DELETE FROM source WHERE number = :number AND {_NEWER.format(new=':')}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which items of a dump a catalogue takes, and in which languages their names.

    ``everything`` takes all that have a name; else ``classes`` (numbers) only what is of one of them or of a class
    below; without any, all but what news does not name (``kinds.LEFT_OUT``).
    """

    languages: tuple[str, ...] = ENGLISH
    classes: tuple[int, ...] = ()
    everything: bool = False


@dataclass(slots=True)
class Batch:
    """What one block of lines holds; ``dropped`` are items (number, revision, modified) that are not wanted."""

    records: list[Record] = field(default_factory=list)
    dropped: list[tuple[int, int, str]] = field(default_factory=list)
    parents: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    damage: list[tuple[int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Stage:
    """The file of a catalogue that is being built, with the facts of every item and how far the dump is read.

    One in which no item was read is gone when it is closed.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection, self.path = connection, path

    @classmethod
    @contextlib.contextmanager
    def open(cls, path: Path, choice: Choice, *, dump: str, base: Path | None = None) -> Iterator[Stage]:
        """The stage at ``path``, begun if there is none; ``base`` is a catalogue whose items it starts from.

        Raises DumpError when it was begun with something else, is used by another process, or cannot be written.
        """
        begun, empty = path.exists(), False
        try:
            with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as connection:
                for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=DELETE", "synchronous=NORMAL"):
                    connection.execute(f"PRAGMA {pragma}")
                connection.execute("PRAGMA cache_size=-200000")
                stage = cls(connection, path)
                digest = read_notes(base).get("digest", "") if base else ""
                if not begun or not stage._has_tables():
                    with stage.transaction():
                        stage._begin(choice, dump, digest)
                        if base is not None:
                            stage._copy(base)
                stage._check(choice, digest)
                try:
                    yield stage
                finally:
                    with contextlib.suppress(sqlite3.Error):
                        empty = not stage.counts["items"]
        except sqlite3.Error as error:
            raise DumpError(_explain(path, error)) from error
        except OSError as error:
            raise DumpError(f"cannot write {path}: {error.strerror or error}") from error
        finally:
            if empty:
                path.unlink(missing_ok=True)

    @property
    def state(self) -> str:
        """READING until the dump is at its end, then INDEXING; DONE when the file is a whole catalogue."""
        return self.tell("state")

    @property
    def start(self) -> Start:
        """Where reading goes on."""
        return Start(**json.loads(self.tell("start")))

    @property
    def counts(self) -> Counter[str]:
        """What was read so far."""
        return Counter(json.loads(self.tell("counts")))

    def tell(self, name: str) -> str:
        """What the stage holds about itself; empty when there is no such note."""
        row = self.connection.execute("SELECT value FROM about WHERE field = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, **values: object) -> None:
        """Keeps notes."""
        rows = [(name, str(value)) for name, value in values.items()]
        self.connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes of the block, or none."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def put(self, batches: Sequence[Batch], start: Start) -> None:
        """Takes over what blocks of the dump hold, together with the place behind them."""
        counts = self.counts
        with self.transaction():
            for batch in batches:
                counts.update(batch.counts)
                counts["taken"] += self._change(_PUT, batch.records)
                dropped = [dict(zip(("number", "revision", "modified"), item, strict=True)) for item in batch.dropped]
                counts["removed"] += self._change(_DROP, dropped)
                children = [(child,) for child, _ in batch.parents]
                self.connection.executemany("DELETE FROM subclass WHERE child = ?", children)
                edges = [(parent, child) for child, parents in batch.parents for parent in parents]
                self.connection.executemany("INSERT OR IGNORE INTO subclass VALUES (?, ?)", edges)
            self.note(start=json.dumps(asdict(start)), counts=json.dumps(counts))

    def _change(self, statement: str, rows: Iterable[Sequence[object]] | Iterable[dict[str, object]]) -> int:
        before = self.connection.total_changes
        self.connection.executemany(statement, rows)
        return self.connection.total_changes - before

    def _has_tables(self) -> bool:
        return self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone() is not None

    def _begin(self, choice: Choice, dump: str, base: str) -> None:
        for table in _TABLES:
            self.connection.execute(table)
        settings = {"choice": json.dumps(asdict(choice)), "format": FORMAT, "origin": dump, "base": base}
        self.note(state=READING, start=json.dumps(asdict(Start())), counts="{}", **settings)

    def _copy(self, base: Path) -> None:
        """Takes over the items of a catalogue."""
        with contextlib.closing(sqlite3.connect(f"{base.absolute().as_uri()}?mode=ro", uri=True)) as other:
            places = ", ".join("?" * len(Record._fields))
            rows = other.execute(f"SELECT {_FIELDS} FROM source ORDER BY number")
            self.connection.executemany(f"INSERT INTO source VALUES ({places})", rows)
            self.connection.executemany("INSERT INTO subclass VALUES (?, ?)", other.execute("SELECT * FROM subclass"))

    def _check(self, choice: Choice, base: str) -> None:
        begun = (self.tell("format"), self.tell("choice"), self.tell("base"))
        if begun != (str(FORMAT), json.dumps(asdict(choice)), base):
            raise DumpError(f"{self.path} was begun with other options or by another version; use these, or remove it")


def read_notes(path: Path) -> dict[str, str]:
    """What a catalogue holds about itself, by name; raises DumpError when ``path`` is no catalogue."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT field, value FROM about").fetchall())
    except sqlite3.Error as error:
        raise DumpError(f"{path} is no catalogue: {error}") from error


def _explain(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"another process is building {path}; wait for it"
    if "not a database" in str(error) or "malformed" in str(error):
        return f"{path} is damaged or no catalogue ({error}); remove it to begin again"
    return f"cannot write {path}: {error}; make room there or choose another place"
