"""Runs the reading model: words in, one answer per word out, whatever the length of the text."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.read.antecedents import Head
from kg.read.gazetteer import Gazetteer
from kg.read.labels import MISC_TYPES, NAME_TAGS, UPOS
from kg.read.pairs import ARGUMENTS, RELATED, TRIGGERS, PairHead
from kg.read.pieces import PieceTable, Window, describe_words, pack_windows
from kg.read.role_features import ROLE_SIZES
from kg.read.roles import CUE_TAGS, RoleHead

if TYPE_CHECKING:
    import onnxruntime

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
OUTPUTS = ("sentences", "upos", "heads", "labels", "names", "misc", "inner", "cues", "roles", "pairs", "triggers")
START = 100.0  # a bias that makes a word start a sentence whatever the model thinks
LENGTH = 256  # pieces of a window, [CLS] and [SEP] included
CONTEXT = 24  # pieces of a window's border that are read for context only


@dataclass(slots=True)
class Answers:
    """The model's answers for the words of a text, each with one row per word.

    ``sentences`` [words]: log odds that a sentence starts here; ``upos`` [words]: numbers in UPOS;
    ``heads`` [words]: the number of the word's head in the text, its own for a root; ``labels`` [words]: numbers in
    ``Network.dependencies``; ``names`` [words, tags]: scores of NAME_TAGS; ``misc`` [words, types]: of MISC_TYPES;
    ``inner`` [words, inner]: what ``Network.head`` takes, in half precision since a long text has many words;
    ``cues`` [words, tags]: scores of CUE_TAGS; ``roles`` [words, inner]: what ``Network.roles`` takes;
    ``pairs`` [words, inner]: what ``Network.relations`` and ``Network.arguments`` take; ``triggers`` [words, types]:
    scores of TRIGGERS.
    """

    sentences: Floats
    upos: Ints
    heads: Ints
    labels: Ints
    names: Floats
    misc: Floats
    inner: NDArray[np.float16]
    cues: Floats
    roles: NDArray[np.float16]
    pairs: NDArray[np.float16]
    triggers: NDArray[np.float16]

    def drop(self, *names: str) -> None:
        """Empties the answers with these names: those of a long text take much memory."""
        for name in names:
            setattr(self, name, np.zeros_like(getattr(self, name), shape=(0, *getattr(self, name).shape[1:])))


class Pending(NamedTuple):
    """A text that is being read: its answers, which windows still fill in."""

    answers: Answers
    windows: Sequence[Future[None]]

    def wait(self) -> Answers:
        """The answers, once all windows are read. Raises what reading one of them raised."""
        try:
            for window in self.windows:
                window.result()
        except BaseException:
            self.cancel()
            raise
        return self.answers

    def cancel(self) -> None:
        """Leaves unread what has not been begun."""
        for window in self.windows:
            window.cancel()


class Parts(NamedTuple):
    """What stands beside the model file: word pieces, the list of names, and the heads for coreference, roles,
    relations and what plays a role for an event."""

    pieces: PieceTable
    gazetteer: Gazetteer
    head: Head
    roles: RoleHead
    relations: PairHead
    arguments: PairHead


class Network:
    """The model file in memory; safe to share between threads.

    Each window is run by itself, by one of ``threads`` threads: the vectors of one window fit into a core's cache,
    those of many do not, and what is read of a text does not depend on the texts that are read with it.
    """

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        parts: Parts,
        transitions: Floats,
        dependencies: Sequence[str],
        *,
        threads: int = 1,
    ) -> None:
        self._session = session
        self._inputs = frozenset(given.name for given in session.get_inputs())
        self._pieces, self.gazetteer, self.head, self.roles, self.relations, self.arguments = parts
        self.transitions = transitions
        self.dependencies = tuple(dependencies)
        self._threads = threads
        self._narrowed = 0
        self._pool: ThreadPoolExecutor | None = None
        self._process = os.getpid()

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 0) -> Network:
        """The model in ``folder`` (the shipped one where None), run by ``threads`` threads (0: as many as cores).

        With one thread the model runs in the thread that asks; with more, beside it.

        Raises ModelError when a file is missing or damaged.
        """
        if folder is not None:
            return cls._load_folder(folder, threads)
        with as_file(files("kg.read") / "model") as shipped:
            return cls._load_folder(shipped, threads)

    @classmethod
    def _load_folder(cls, folder: Path, threads: int) -> Network:
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            settings: dict[str, Any] = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
            parts = Parts(
                PieceTable(Tokenizer.from_file(str(folder / "tokenizer.json"))),
                Gazetteer.load(folder / "gazetteer.xz"),
                Head.load(folder / "coreference.npz"),
                RoleHead.load(folder / "roles.npz"),
                PairHead.load(folder / "relations.npz", labels=len(RELATED)),
                PairHead.load(folder / "arguments.npz", labels=len(ARGUMENTS), extra=ROLE_SIZES),
            )
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.log_severity_level = 3
            session = onnxruntime.InferenceSession(
                str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions for damaged files
            raise ModelError(
                f"the reading model in {folder} cannot be loaded: {error}; install newskg again"
            ) from error
        if (
            settings["name_tags"] != list(NAME_TAGS)
            or settings["upos"] != list(UPOS)
            or settings["misc_types"] != list(MISC_TYPES)
        ):
            raise ModelError(f"the reading model in {folder} has other labels than this version; install newskg again")
        transitions = np.array(settings["transitions"], np.float32)
        return cls(session, parts, transitions, settings["dependencies"], threads=threads or count_cores())

    def answer(self, texts: Sequence[Sequence[str]], bias: Sequence[Sequence[float]] | None = None) -> list[Answers]:
        """The answers for several texts, given as words.

        ``bias`` is added to the log odds that a sentence starts at each word: what the layout of the text says of it.
        An empty text gives empty answers.
        """
        bias = bias or [[START] + [0.0] * (len(words) - 1) for words in texts]
        return [each.wait() for each in [self.begin(*given) for given in zip(texts, bias, strict=True)]]

    @contextmanager
    def keep_to_one_thread(self) -> Iterator[None]:
        """Within, the model runs in the thread that asks: the other cores have something else to do."""
        self._narrowed += 1
        try:
            yield
        finally:
            self._narrowed -= 1

    def begin(self, words: Sequence[str], bias: Sequence[float]) -> Pending:
        """Begins to read a text as ``answer`` does, and does not wait for it where there are threads to do so."""
        pieces, looks = self._pieces.cut(words), describe_words(words, self.gazetteer)
        odds = np.array(bias, np.float32)
        answers = self._make_empty(len(words))

        def read(window: Window) -> None:
            inside = slice(window.start, window.end)
            inputs = {**pack_windows([(pieces[inside], looks[inside])]), "bias": odds[inside].reshape(1, -1)}
            given = self._session.run(OUTPUTS, {name: inputs[name] for name in self._inputs})
            fill_answers(answers, window, dict(zip(OUTPUTS, given, strict=True)))

        windows = plan_windows([len(piece) for piece in pieces], [b >= START for b in bias])
        if self._threads == 1 or self._narrowed:
            for window in windows:
                read(window)
            return Pending(answers, ())
        pool = self._open_pool()
        return Pending(answers, [pool.submit(read, window) for window in windows])

    def _open_pool(self) -> ThreadPoolExecutor:
        """The threads that run the model; a process that was forked off has to start its own."""
        if self._pool is None or self._process != os.getpid():
            self._pool, self._process = ThreadPoolExecutor(self._threads, "kg_read"), os.getpid()
        return self._pool

    def _make_empty(self, words: int) -> Answers:
        return Answers(
            np.zeros(words, np.float32),
            np.zeros(words, np.int64),
            np.zeros(words, np.int64),
            np.zeros(words, np.int64),
            np.zeros((words, len(NAME_TAGS)), np.float32),
            np.zeros((words, len(MISC_TYPES)), np.float32),
            np.zeros((words, self.head.width), np.float16),
            np.zeros((words, len(CUE_TAGS)), np.float32),
            np.zeros((words, self.roles.width), np.float16),
            np.zeros((words, self.relations.width), np.float16),
            np.zeros((words, len(TRIGGERS)), np.float16),
        )


def fill_answers(answers: Answers, window: Window, given: dict[str, NDArray[Any]]) -> None:
    """Writes what the model gave for a window, [1, words, ...] by name, where the window is answered for."""
    given["heads"] += window.start
    kept = slice(window.keep_start - window.start, window.keep_end - window.start)
    for field in fields(answers):
        getattr(answers, field.name)[window.keep_start : window.keep_end] = given[field.name][0, kept]


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def plan_windows(sizes: Sequence[int], starts: Sequence[bool] | None = None) -> Iterator[Window]:
    """Windows over words of ``sizes`` pieces; neighbours share up to CONTEXT pieces on each side of the border.

    A border moves back to a word marked in ``starts`` where one is near. Every word is kept by exactly one window.
    """
    room = LENGTH - 2
    begin = keep = 0
    while keep < len(sizes):
        end, used = begin, 0
        while end < len(sizes) and used + sizes[end] <= room:
            used += sizes[end]
            end += 1
        if end == len(sizes):
            yield Window(begin, end, keep, end)
            return
        last = _back(sizes, end, CONTEXT, keep + 1)
        border = last
        if starts is not None:
            border = next(
                (w for w in range(last, _back(sizes, last, CONTEXT, keep + 1) - 1, -1) if w > keep and starts[w]), last
            )
        yield Window(begin, end, keep, border)
        keep = border
        begin = _back(sizes, border, CONTEXT, 0)


def _back(sizes: Sequence[int], word: int, pieces: int, floor: int) -> int:
    """The first word of those before ``word`` that fit into ``pieces``, but not below ``floor``."""
    while word > floor and pieces >= sizes[word - 1]:
        word -= 1
        pieces -= sizes[word]
    return word
