"""The catalogues of Wikidata items that a linker can ask, and the one that ships with the package."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kg.cache import hold_lock, replace_atomically
from kg.config import Config
from kg.errors import CatalogueError, ConfigError, ModelError, RunError
from kg.link.event_index import MOST_FOUND, EventItem
from kg.link.index import FORMAT, FORMS, Progress, build_index, name_item, read_number
from kg.link.names import edit_distance, loose_key, name_variants, sound_key, strip_title
from kg.model import Candidate

_ITEM = re.compile(r"[QN][1-9]\d{0,16}", re.ASCII)
SHIPPED = Path(__file__).parent / "catalogue.tsv.xz"


class Catalogue(Protocol):
    """A source of Wikidata items. ``()`` and None mean that there is no such item; a failure raises CatalogueError."""

    def find(self, name: str, *, limit: int = 30, similar: bool = False) -> tuple[Candidate, ...]:
        """The items that ``name`` may mean, the most popular first; ``similar`` also when it is misspelt."""
        ...

    def get(self, qid: str) -> Candidate | None:
        """The item with this id, or None when the catalogue does not hold it."""
        ...


def open_catalogue(config: Config, *, progress: Progress | None = None, source: Path = SHIPPED) -> OpenCatalogue:
    """The catalogue of ``config``, joined with one's own entries if there are any.

    Raises as ``find_index`` does, and ConfigError when the own entries cannot be read.
    """
    main = SqliteCatalogue(find_index(config, progress=progress, source=source))
    if config.own is None or not config.own.exists():
        return main
    read_about(config.own, title="the list of your own entries")
    return JoinedCatalogue(SqliteCatalogue(config.own), main)


def find_index(config: Config, *, progress: Progress | None = None, source: Path = SHIPPED) -> Path:
    """The index of the catalogue: ``config.catalogue``, or that of the shipped one, built at first use.

    It is kept below ``config.cache``. ``progress`` is called with steps done and in all while it is built. Raises
    ModelError when the shipped file is missing or damaged, RunError when the cache cannot be written, ConfigError when
    ``config.catalogue`` is no catalogue of this version.
    """
    if config.catalogue is not None:
        read_about(config.catalogue, title="the catalogue")
        return config.catalogue
    digest = _digest(source)
    target = config.cache / f"catalogue-{digest[:16]}-{FORMAT}.sqlite"
    try:
        if not _is_sound(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with hold_lock(target.with_suffix(".lock")):
                if not _is_sound(target):
                    _build(source, target, digest, progress)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RunError(
            f"cannot write the catalogue's index {target}: {reason}; it needs about 250 MB, "
            "make room there or choose another directory with --cache or KG_CACHE"
        ) from error
    return target


def read_about(path: Path, *, title: str) -> dict[str, str]:
    """What the index at ``path`` holds about itself; raises ConfigError when it is no index of this version."""
    try:
        with contextlib.closing(connect_index(path)) as connection:
            about = dict(connection.execute("SELECT field, value FROM about").fetchall())
    except sqlite3.Error as error:
        raise ConfigError(f"cannot read {title} {path}: {error}; check the path, or build it again") from error
    if about.get("format") != str(FORMAT) or "digest" not in about:
        raise ConfigError(f"{title} {path} is unfinished or of another version of kg; build it again")
    return about


def connect_index(path: Path) -> sqlite3.Connection:
    """A connection that only reads an index, which never changes once it is in place."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def fingerprint_catalogues(config: Config) -> str:
    """What tells the catalogues of ``config`` from others; empty for the shipped one alone."""
    parts = []
    if config.catalogue is not None:
        parts.append("catalogue-" + read_about(config.catalogue, title="the catalogue")["digest"][:12])
    if config.own is not None and config.own.exists():
        parts.append("own-" + read_about(config.own, title="the list of your own entries")["digest"][:12])
    return "-".join(parts)


def _digest(source: Path) -> str:
    try:
        return hashlib.sha256(source.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"cannot read the catalogue {source}: {error.strerror}; install the package again") from error


def _build(source: Path, target: Path, digest: str, progress: Progress | None) -> None:
    with replace_atomically(target) as part:
        build_index(source, part, digest=digest, progress=progress)
        seal = {"crc32": _checksum(part)}
    with replace_atomically(target.with_suffix(".json")) as part:
        status = target.stat()
        part.write_text(json.dumps(seal | {"size": status.st_size, "modified": status.st_mtime_ns}), encoding="utf-8")


def _is_sound(target: Path) -> bool:
    """Whether the index is there as it was built: same size and time, or else the same checksum."""
    try:
        seal = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
        status = target.stat()
        if status.st_size != seal["size"]:
            return False
        return bool(status.st_mtime_ns == seal["modified"] or _checksum(target) == seal["crc32"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return False


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            value = zlib.crc32(chunk, value)
    return value


class SqliteCatalogue:
    """A catalogue in an SQLite index, read only; threads may share it. Use ``with`` or ``close`` to let go of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._connection = connect_index(path)
            self._countries = dict(self._connection.execute("SELECT key, qid FROM country").fetchall())
        except sqlite3.Error as error:
            raise CatalogueError(
                f"cannot open the catalogue's index {path}: {error}; remove it and run again"
            ) from error

    def __enter__(self) -> SqliteCatalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the index; asking afterwards raises CatalogueError."""
        self._connection.close()

    def find(self, name: str, *, limit: int = 30, similar: bool = False) -> tuple[Candidate, ...]:
        """As the protocol says; ``matched`` of each candidate tells how: one of ``FORMS``, or "similar"."""
        found: dict[str, Candidate] = {}
        with self._errors():
            keys = name_variants(name)
            untitled = (
                {strip_title(key) for key in keys} - {key for key in keys if strip_title(key) != key} - {*keys[:1]}
            )
            for key in (*keys, loose_key(keys[0], self._countries) if keys else ""):
                for candidate in self._named(key, limit):
                    if key not in untitled or candidate.kind in (None, "person"):  # only people have titles
                        found.setdefault(candidate.qid, candidate)
            if similar:
                for key in self._similar_keys(keys):
                    for candidate in self._named(key, 5, matched="similar"):
                        found.setdefault(candidate.qid, candidate)
        return tuple(found.values())

    def get(self, qid: str) -> Candidate | None:
        """As the protocol says."""
        if not _ITEM.fullmatch(qid):
            return None
        with self._errors():
            rows = self._rows("SELECT 'item', * FROM item WHERE qid = ?", (read_number(qid),))
        return _candidate(rows[0], matched="") if rows else None

    def find_events(self, word: str, first: int, last: int) -> tuple[EventItem, ...]:
        """The events with ``word`` (normalised, or the QID of their country in small letters) of these years."""
        query = (
            "SELECT names, item.* FROM (SELECT qid FROM event_word WHERE word = ? AND year BETWEEN ? AND ? LIMIT ?) "
            "JOIN event_item USING (qid) JOIN item USING (qid) ORDER BY qid"
        )
        with self._errors():
            rows = self._rows(query, (word, first, last, MOST_FOUND))
        return tuple(EventItem(_candidate(row, matched=""), tuple(str(row[0]).split("|"))) for row in rows)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise CatalogueError(
                f"the catalogue's index {self._path} cannot be read: {error}; remove it and run again"
            ) from error

    def _rows(self, query: str, parameters: tuple[object, ...]) -> list[tuple[object, ...]]:
        with self._lock:
            return self._connection.execute(query, parameters).fetchall()

    def _named(self, key: str, limit: int, *, matched: str | None = None) -> list[Candidate]:
        query = (
            "SELECT name.form, item.* FROM (SELECT * FROM name WHERE key = ? ORDER BY rank, qid LIMIT ?) AS name "
            "JOIN item USING (qid) ORDER BY name.rank, name.qid"
        )
        return [_candidate(row, matched=matched or FORMS[int(str(row[0]))]) for row in self._rows(query, (key, limit))]

    def _similar_keys(self, keys: tuple[str, ...]) -> list[str]:
        """Keys that sound like one of ``keys`` and differ in few letters: one in seven, at most three."""
        near: dict[str, int] = {}
        for key in keys:
            sound = sound_key(key)
            most = min(3, len(key) // 7 + (" " in key or len(key) > 8))
            for (other,) in self._rows("SELECT key FROM sound WHERE sound = ? LIMIT 200", (sound,)) if sound else ():
                distance = edit_distance(key, str(other), most=most)
                if 0 < distance <= most:
                    near[str(other)] = min(distance, near.get(str(other), distance))
        return sorted(near, key=lambda k: (near[k], k))[:8]


class JoinedCatalogue:
    """Own entries before a catalogue: an own entry with a QID adds its names to the item of the catalogue."""

    def __init__(self, own: SqliteCatalogue, main: SqliteCatalogue) -> None:
        self._own, self._main = own, main

    def __enter__(self) -> JoinedCatalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of both."""
        self._own.close()
        self._main.close()

    def find(self, name: str, *, limit: int = 30, similar: bool = False) -> tuple[Candidate, ...]:
        """As the protocol says."""
        found = {c.qid: c for c in self._main.find(name, limit=limit, similar=similar)}
        for candidate in self._own.find(name, limit=limit, similar=similar):
            item = found.get(candidate.qid) or self._main.get(candidate.qid)
            found[candidate.qid] = _join(candidate, item) if item else candidate
        return tuple(sorted(found.values(), key=lambda c: -(c.popularity or 0.0)))

    def get(self, qid: str) -> Candidate | None:
        """As the protocol says."""
        item, own = self._main.get(qid), self._own.get(qid)
        return _join(own, item) if item and own else item or own

    def find_events(self, word: str, first: int, last: int) -> tuple[EventItem, ...]:
        """Those of the catalogue; one's own entries tell no dates, by which an event is known."""
        return self._main.find_events(word, first, last)


OpenCatalogue = SqliteCatalogue | JoinedCatalogue


def _join(own: Candidate, item: Candidate) -> Candidate:
    """The item of the catalogue with the better of two matches, and what only the own entry says."""
    ranks = {form: rank for rank, form in enumerate((*FORMS, "similar", ""))}
    return replace(
        item,
        description=item.description or own.description,
        kind=item.kind or own.kind,
        popularity=max(item.popularity or 0.0, own.popularity or 0.0),
        matched=min(own.matched, item.matched, key=lambda form: ranks[form]),
    )


def _candidate(row: tuple[object, ...], *, matched: str) -> Candidate:
    _, qid, label, description, kind, classes, country, start, end, popularity, namesakes = row
    return Candidate(
        qid=name_item(int(str(qid))),
        label=str(label),
        description=str(description),
        kind=str(kind) or None,
        classes=tuple(str(classes).split("|")) if classes else (),
        country=str(country) or None,
        start=str(start) or None,
        end=str(end) or None,
        popularity=int(str(popularity)) / 99,
        matched=matched,
        namesakes=int(str(namesakes)) / 9 if namesakes else None,
    )
