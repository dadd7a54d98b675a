"""Reads articles ahead of their turn, in processes of their own beside this one.

A worker is a Python of its own with the whole reader. What it is to read and what it found go through pipes, so that
a program that reads needs no guard around its main part and may be a daemon or a notebook. Whatever goes wrong with
a worker, its article is read in this process when its turn comes, and what that raises is raised there: workers save
time and do nothing else.
"""

from __future__ import annotations

import atexit
import logging
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue
from threading import Condition, Event, Thread
from types import TracebackType
from typing import BinaryIO, Protocol, Self, TypeVar

from kg.config import Config
from kg.errors import KGError
from kg.model import Article, Reading

T = TypeVar("T")
READY = b"newskg reads\n"
PROGRAM = (
    "import pickle, sys; sys.path[:], config = pickle.load(sys.stdin.buffer); "
    "from kg.read.workers import serve; serve(config, sys.stdin.buffer, sys.stdout.buffer)"
)
ENOUGH = 40_000  # characters that are read in this process: starting another one takes as long as some 7,000 words
SLOW = 0.05  # seconds; items that let wait longer must not delay what has been read
WAITING = (
    16  # articles ahead of their turn at most, for each process that reads: with few, one waits for another too often
)
GIVEN = 2  # articles that a worker has at most: the one it reads, and one so that it never waits for this process
_LOG = logging.getLogger(__name__)
# What a pipe raises when its other end has died.
_GONE = (EOFError, OSError, ValueError, pickle.UnpicklingError)


def read_ahead(
    items: Iterable[T],
    find_article: Callable[[T], Article | None],
    *,
    read: Callable[[Article], Reading],
    start: Callable[[], Workers] | None,
    workers: Workers | None = None,
) -> Iterator[tuple[T, Callable[[], Reading] | None]]:
    """Each item with what gives the reading of its article, if it has one; see ``Reader.read_ahead``.

    ``read`` reads in this process. ``start`` gives workers once so much has come that they are worth it; they are asked
    to read what ``find_article`` finds, as far ahead as they have room for. An error of ours that the items raise comes
    after all those before it.
    """
    waiting: deque[tuple[T, _Turn | None]] = deque()
    characters = 0
    try:
        for item, slow in _time_items(items):
            article = find_article(item)
            if article is not None and workers is None and start is not None:
                workers = start() if characters > ENOUGH else None
                characters += len(article.text)
            waiting.append((item, _Turn(article, read, workers) if article is not None else None))
            while waiting and not (workers and workers.want_more(len(waiting), waiting[0][1], slow=slow)):
                yield waiting.popleft()
    except KGError:
        yield from waiting
        raise
    yield from waiting


def _time_items(items: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Each item, and whether it let wait for itself."""
    asked = time.monotonic()
    for item in items:
        yield item, time.monotonic() - asked > SLOW
        asked = time.monotonic()


class _Turn:
    """The turn of an article: when it is called, it gives the reading, wherever that is or was made."""

    def __init__(self, article: Article, read: Callable[[Article], Reading], workers: Workers | None) -> None:
        self._article, self._read, self._workers = article, read, workers
        self._task = workers.offer(article) if workers else None

    def has_come(self) -> bool:
        """Whether nobody reads it any more."""
        return self._task is None or self._task.done.is_set()

    def __call__(self) -> Reading:
        if self._task and self._workers and not self._workers.take_back(self._task):
            self._task.done.wait()
            if self._task.reading:
                return self._task.reading
        return self._read(self._article)


class Worker(Protocol):
    """What reads articles one after the other, elsewhere; see ``Process``."""

    def is_ready(self) -> bool: ...

    def begin(self, article: Article) -> None: ...

    def finish(self) -> Reading | None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Process:
    """A worker in a process of its own. Raises OSError when none can be started."""

    def __init__(self, config: Config) -> None:
        if not sys.executable or getattr(sys, "frozen", False):
            raise OSError("this program is no Python that could be started again")
        self._config = replace(config, threads=1, processes=1)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=None if sys.platform == "win32" else 0,  # Ctrl-C is for this process, which stops the others
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows
        )

    def is_ready(self) -> bool:
        """Whether it can read; returns once its reader has been loaded, or it has died."""
        try:
            self._send((sys.path, self._config))
            return self._pipe().readline(len(READY)) == READY
        except _GONE:
            return False

    def begin(self, article: Article) -> None:
        """Gives it an article to read, after those that it has not finished. Raises OSError when it has died."""
        self._send(article)

    def finish(self) -> Reading | None:
        """What the oldest article holds that it has not finished; None when reading it failed there.

        Raises EOFError, OSError or like when it died.
        """
        given: Reading | None = pickle.load(self._pipe())
        return given

    def stop(self) -> None:
        """Kills it: a thread that waits for it is told that it died."""
        self._process.kill()

    def close(self) -> None:
        """Lets go of what a stopped process leaves behind; no thread may wait for it any more."""
        with suppress(OSError):  # what could not be written any more
            self._process.__exit__(None, None, None)

    def _send(self, value: object) -> None:
        assert self._process.stdin
        self._process.stdin.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        self._process.stdin.flush()

    def _pipe(self) -> BinaryIO:
        return self._process.stdout  # type: ignore[return-value]  # it was opened


class Task:
    """An article that somebody is to read; once ``done``, ``reading`` is what a worker found, None where none could."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.reading: Reading | None = None
        self.done = Event()


class Workers:
    """So many workers as can be started, each with a thread here that waits for it; leaving ``with`` ends them."""

    def __init__(self, start: Callable[[], Worker], count: int) -> None:
        self._tasks: deque[Task] = deque()
        self._change = Condition()
        self._closed = False
        self._employed: list[tuple[Worker, Thread]] = []
        self.room = WAITING * (count + 1)
        atexit.register(self.close)  # a generator that nobody closed would be closed too late
        for _ in range(count):
            try:
                worker = start()
            except OSError as error:
                _LOG.warning("articles are read in this process alone, no other one can be started: %s", error)
                return
            thread = Thread(target=self._employ, args=(worker,), name="kg_worker", daemon=True)
            self._employed.append((worker, thread))
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the workers, whatever they do."""
        atexit.unregister(self.close)
        with self._change:
            self._closed = True
            self._change.notify_all()
        for worker, _ in self._employed:
            worker.stop()
        for worker, thread in self._employed:
            thread.join()
            worker.close()

    def offer(self, article: Article) -> Task:
        """The task to read an article; workers begin with the newest, since the oldest is the next to be asked for."""
        task = Task(article)
        with self._change:
            self._tasks.append(task)
            self._change.notify()
        return task

    def take_back(self, task: Task) -> bool:
        """Whether no worker had begun the task; none will then."""
        with self._change:
            waiting = task in self._tasks
            if waiting:
                self._tasks.remove(task)
        return waiting

    def want_more(self, waiting: int, first: _Turn | None, *, slow: bool) -> bool:
        """Whether one more item should come before the ``first`` of those ``waiting`` is given out.

        As long as there is room: while the first is not read, or, unless the items come ``slow``, to leave no worker
        without a task.
        """
        if waiting >= self.room:
            return False
        if first and not first.has_come():
            return True
        return not slow and len(self._tasks) < len(self._employed)

    def _employ(self, worker: Worker) -> None:
        """Gives one worker task after task, the next before it has finished one, until it dies or all is over."""
        given: deque[Task] = deque()
        able = worker.is_ready()
        try:
            while able and (given or not self._closed):
                while len(given) < GIVEN and (task := self._take(wait=not given)):
                    given.append(task)
                    worker.begin(task.article)
                if given:
                    given[0].reading = worker.finish()
                    given.popleft().done.set()
        except _GONE:
            able = False
        finally:
            for task in given:
                task.done.set()
        if not self._closed:
            _LOG.warning("a process that reads articles has died; they are read in the process that started it")

    def _take(self, *, wait: bool = True) -> Task | None:
        with self._change:
            if wait:
                self._change.wait_for(lambda: self._tasks or self._closed)
            return self._tasks.pop() if self._tasks and not self._closed else None


def serve(config: Config, source: BinaryIO, target: BinaryIO) -> None:
    """Reads the articles that come from ``source`` until it ends, and writes to ``target`` what they hold: a worker."""
    from kg.read.reader import Reader  # it imports this module

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr  # what is printed is none of the answers
    sys.excepthook = lambda kind, error, trace: None  # the article is read again in the other process, which raises
    reader = Reader(config)
    target.write(READY)
    target.flush()
    waiting: SimpleQueue[Article | None] = SimpleQueue()
    # So that neither process ever waits for the other to take what it writes.
    Thread(target=_load_all, args=(source, waiting), daemon=True).start()
    while article := waiting.get():
        try:
            reading = reader.read(article)
        except KGError:
            reading = None
        target.write(pickle.dumps(reading, pickle.HIGHEST_PROTOCOL))
        target.flush()


def _load_all(source: BinaryIO, waiting: SimpleQueue[Article | None]) -> None:
    """Puts all articles of ``source`` into a queue, and None behind them."""
    try:
        while True:
            waiting.put(pickle.load(source))
    except _GONE:
        waiting.put(None)
