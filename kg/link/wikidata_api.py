"""Asks Wikidata's web services politely: one request at a time, again after a pause, not at all when they are down."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg.config import Config
from kg.errors import CatalogueError, SourceError
from kg.web import Reply, Service

ATTEMPTS = 4  # for one request, when the service asks to wait
SILENT_ATTEMPTS = 2  # when nothing comes back at all
FIRST_WAIT = 1.0  # seconds, doubled with each attempt
LONGEST_WAIT = 60.0  # a service that wants a longer pause is taken to be down
MOST_FAILURES = 3  # one after the other: then the service is not asked any more
LAG = "5"  # seconds of database lag from which on programs are to stay away (Manual:Maxlag parameter)
LAG_WAIT = 5.0  # the least pause after that
_PASSING_CODES = {"maxlag", "ratelimited", "readonly", "search-error", "failed-property-search", "internal_api_error"}
_PASSING_STATUS = {429, 500, 502, 503, 504}

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a request has no answer: ``passing`` when another attempt may have one, after ``wait`` seconds if given.

    ``silent`` says that nothing came back at all, ``refused`` that the service works, but not with this request.
    """

    reason: str
    passing: bool = True
    wait: float | None = None
    silent: bool = False
    refused: bool = False


class Endpoint:
    """A service that answers with a JSON object; every failure is a CatalogueError.

    After MOST_FAILURES requests in a row without an answer it is not asked any more: a run does not wait for it with
    every entity. The rules are those of API:Etiquette and of the query service's manual: requests in series,
    Retry-After, exponential backoff. Threads may share it.
    """

    def __init__(self, service: Service, *, lag: bool = False, sleep: Sleep = time.sleep) -> None:
        self._service = service
        self._host = urlsplit(service.url).netloc
        self._more = {"format": "json", **({"formatversion": "2", "maxlag": LAG} if lag else {})}
        self._sleep = sleep
        self._lock = threading.Lock()
        self._failures = 0
        self._reason = ""

    def close(self) -> None:
        """Lets the connection go."""
        self._service.close()

    def ask(self, parameters: Mapping[str, str]) -> dict[str, object]:
        """The answer to one request, tried again while that may help; raises CatalogueError when there is none."""
        with self._lock:
            if self._failures >= MOST_FAILURES:
                raise CatalogueError(
                    f"{self._host} is not asked any more in this run, as {self._failures} requests had no answer "
                    f"({self._reason})"
                )
            trouble = Trouble("")
            for attempt in range(1, ATTEMPTS + 1):
                answer = self._try_once({**parameters, **self._more})
                if not isinstance(answer, Trouble):
                    self._failures = 0
                    return answer
                trouble = answer
                wait = max(FIRST_WAIT * 2 ** (attempt - 1), trouble.wait or 0.0)
                last = SILENT_ATTEMPTS if trouble.silent else ATTEMPTS
                if not trouble.passing or attempt >= last or wait > LONGEST_WAIT:
                    break
                self._sleep(wait)
            self._failures += not trouble.refused
            self._reason = trouble.reason
            raise CatalogueError(f"{self._host} does not answer: {trouble.reason}")

    def _try_once(self, parameters: Mapping[str, str]) -> dict[str, object] | Trouble:
        try:
            reply = self._service.ask(parameters)
        except SourceError as error:
            return Trouble(str(error), silent=True)
        if reply.status != 200:
            passing = reply.status in _PASSING_STATUS
            return Trouble(f"status {reply.status}", passing, reply.retry_after)
        try:
            answer = json.loads(reply.content)
        except (ValueError, RecursionError):
            return Trouble("what came is no JSON", wait=reply.retry_after)
        if not isinstance(answer, dict):
            return Trouble("what came is no JSON object")
        return _find_error(answer, reply) or answer


def _find_error(answer: dict[str, object], reply: Reply) -> Trouble | None:
    """The error that an answer with status 200 holds (API:Errors and warnings)."""
    errors = answer.get("errors")
    error = errors[0] if isinstance(errors, list) and errors else answer.get("error")
    if error is None:
        return None
    code = str(error.get("code", "unknown")) if isinstance(error, dict) else "unknown"
    info = str(error.get("info") or error.get("text") or "") if isinstance(error, dict) else str(error)
    passing = code in _PASSING_CODES or code.startswith(("internal_api_error", "cirrussearch"))
    wait = reply.retry_after
    if code == "maxlag":
        wait = max(LAG_WAIT, wait or 0.0)
    return Trouble(f"{code}: {info[:200]}".rstrip(": "), passing, wait, refused=not passing)


class AnswerCache:
    """Answers of web services in an SQLite file, each used for ``days``; what is kept are answers, never failures.

    A cache that cannot be read or written is no error: then the services are asked. A damaged file is made anew.
    """

    def __init__(self, path: Path, *, days: float, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._seconds = days * 86_400
        self._clock = clock
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._open()

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> object | None:
        """The answer kept under ``key``, as its JSON says it; None when there is none, or only an old one."""
        query = "SELECT body FROM answer WHERE key = ? AND asked > ?"
        rows = self._run(query, [(key, self._clock() - self._seconds)])
        try:
            return json.loads(str(rows[0][0])) if rows else None
        except ValueError:
            return None

    def put(self, keyed: Mapping[str, object]) -> None:
        """Keeps answers under their keys, all or none of them."""
        now = self._clock()
        rows = [(key, now, json.dumps(body, ensure_ascii=False)) for key, body in keyed.items()]
        self._run("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", rows)

    def _run(self, statement: str, rows: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
        """What a statement gives that is run for each of ``rows`` in one transaction; nothing where it fails."""
        with self._lock:
            if self._connection is None:
                return []
            try:
                with self._connection:
                    return [found for row in rows for found in self._connection.execute(statement, row).fetchall()]
            except sqlite3.OperationalError:
                return []  # locked, full or read only: this answer is not kept
            except sqlite3.DatabaseError:
                self._renew()
                return []

    def _open(self) -> None:
        try:
            self._connection = _connect(self._path)
            self._run("DELETE FROM answer WHERE asked <= ?", [(self._clock() - self._seconds,)])
        except sqlite3.OperationalError:  # no permission, a full disk, a directory
            self._connection = None
        except sqlite3.DatabaseError:  # what is there is no cache, or a damaged one
            self._renew()

    def _renew(self) -> None:
        self.close()
        with contextlib.suppress(OSError, sqlite3.Error):
            self._path.unlink()
            self._connection = _connect(self._path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5.0, check_same_thread=False)
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, asked REAL, body TEXT)")
        connection.commit()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_endpoint(url: str, config: Config, *, lag: bool = False, sleep: Sleep = time.sleep) -> Endpoint:
    """The endpoint at ``url``; ``lag`` says that it knows the parameter maxlag, as MediaWiki's API does."""
    accept = "application/json" if lag else "application/sparql-results+json"
    return Endpoint(Service(url, config, accept=accept), lag=lag, sleep=sleep)
