"""The catalogues of Wikidata items that a linker can ask, and the one that ships with the package."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kg.cache import hold_lock, replace_atomically
from kg.config import Config
from kg.errors import CatalogueError, ModelError, RunError
from kg.link.index import FORMAT, FORMS, Progress, build_index
from kg.link.names import edit_distance, loose_key, name_variants, sound_key, strip_title
from kg.model import Candidate

SHIPPED = Path(__file__).parent / "catalogue.tsv.xz"


class Catalogue(Protocol):
    """A source of Wikidata items. ``()`` and None mean that there is no such item; a failure raises CatalogueError."""

    def find(self, name: str, *, limit: int = 30, similar: bool = False) -> tuple[Candidate, ...]:
        """The items that ``name`` may mean, the most popular first; ``similar`` also when it is misspelt."""
        ...

    def get(self, qid: str) -> Candidate | None:
        """The item with this id, or None when the catalogue does not hold it."""
        ...


def open_catalogue(config: Config, *, progress: Progress | None = None, source: Path = SHIPPED) -> SqliteCatalogue:
    """The shipped catalogue, indexed below ``config.cache`` at first use.

    ``progress`` is called with steps done and in all while the index is built. Raises ModelError when the shipped file
    is missing or damaged, RunError when the cache cannot be written.
    """
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
    return SqliteCatalogue(target)


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
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
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
        if not (qid.startswith("Q") and qid[1:].isascii() and qid[1:].isdigit() and len(qid) < 19):
            return None
        with self._errors():
            rows = self._rows("SELECT 'item', * FROM item WHERE qid = ?", (int(qid[1:]),))
        return _candidate(rows[0], matched="") if rows else None

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


def _candidate(row: tuple[object, ...], *, matched: str) -> Candidate:
    _, qid, label, description, kind, classes, country, start, end, popularity, namesakes = row
    return Candidate(
        qid=f"Q{qid}",
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
