"""Cuts training documents into windows and packs them into batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.read.gazetteer import Gazetteer
from kg.read.labels import NAME_TAGS
from kg.read.pieces import PieceTable, describe_words, pack_windows
from training.corpora import UNKNOWN, Document
from training.model import HABITS

MAX_LENGTH = 256
HIDDEN = 0.12  # of what the gazetteer says is left out in training


@dataclass(slots=True)
class Piece:
    """Words ``start`` to ``end`` of a document, as training sees them; ``words`` may be recased."""

    document: Document
    start: int
    end: int
    words: list[str]


def cut_windows(
    document: Document, table: PieceTable, *, shift: int = 0, length: int = MAX_LENGTH
) -> Iterator[tuple[int, int]]:
    """Windows of at most ``length`` pieces as (first word, end), the first one ``shift`` pieces shorter; cut before a
    sentence where one starts in the last third."""
    sizes = [len(pieces) for pieces in table.cut(document.words)]
    start, room = 0, max(16, length - 2 - shift)
    while start < len(sizes):
        end, used = start, 0
        while end < len(sizes) and used + sizes[end] <= room:
            used += sizes[end]
            end += 1
        if end < len(sizes):
            for cut in range(end, start + (end - start) * 2 // 3, -1):
                if document.sentence_starts and document.sentence_starts[cut] == 1:
                    end = cut
                    break
        yield start, end
        start, room = end, length - 2


def recase(words: list[str], starts: Sequence[int], rng: random.Random) -> list[str]:
    """Now and then a sentence in capitals, as headlines are, or all in small letters."""
    if rng.random() > 0.06:
        return words
    change = str.upper if rng.random() < 0.75 else str.lower
    bounds = [i for i, flag in enumerate(starts) if flag == 1] or [0]
    pick = rng.randrange(len(bounds))
    begin, end = bounds[pick], bounds[pick + 1] if pick + 1 < len(bounds) else len(words)
    return [*words[:begin], *(change(word) for word in words[begin:end]), *words[end:]]


def epoch_windows(documents: list[Document], table: PieceTable, rng: random.Random) -> list[Piece]:
    """All documents in windows with new borders and some recased sentences."""
    windows = []
    for document in documents:
        for start, end in cut_windows(document, table, shift=rng.randrange(0, 160)):
            windows.append(recased_window(document, start, end, rng))
    return windows


def recased_window(document: Document, start: int, end: int, rng: random.Random) -> Piece:
    """A window of a document, now and then with a sentence in another case."""
    words = recase(document.words[start:end], document.sentence_starts[start:end], rng)
    return Piece(document, start, end, words)


def make_batches(windows: list[Piece], table: PieceTable, size: int, rng: random.Random) -> list[list[Piece]]:
    """Windows in batches of at most ``size`` pieces (padding counted), alike in length, in random order."""
    rng.shuffle(windows)
    lengths = {id(window): sum(map(len, table.cut(window.words))) for window in windows}
    batches: list[list[Piece]] = []
    for chunk in range(0, len(windows), 400):
        batch: list[Piece] = []
        for window in sorted(windows[chunk : chunk + 400], key=lambda w: lengths[id(w)]):
            if batch and (len(batch) + 1) * (lengths[id(window)] + 2) > size:
                batches.append(batch)
                batch = []
            batch.append(window)
        if batch:
            batches.append(batch)
    rng.shuffle(batches)
    return batches


def hide_looks(looks: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The looks of a window with some of what the gazetteer says left out, so that context has to do without it."""
    hidden = generator.random(looks.shape) < HIDDEN
    hidden[:, 0] = False  # the shape stays
    if len(looks) and generator.random() < HIDDEN:
        hidden[:, 1:] = True
    begins = np.cumsum(looks[:, 2] % 3 != 0)  # a known name is left out as a whole
    hidden[:, 2] = np.isin(begins, begins[hidden[:, 2]])
    return np.where(hidden, 0, looks)


def to_tensors(
    batch: list[Piece], table: PieceTable, label_numbers: dict[str, int], gazetteer: Gazetteer,
    generator: np.random.Generator,
) -> dict[str, Tensor]:  # fmt: skip
    """The model's inputs and gold answers; what a corpus does not say is UNKNOWN (names: every tag allowed)."""
    packed = pack_windows(
        (table.cut(w.words), hide_looks(describe_words(w.words, gazetteer), generator)) for w in batch
    )
    rows, width = packed["word_starts"].shape
    gold = {
        key: np.full((rows, width), UNKNOWN, np.int64)
        for key in ("sentences", "upos", "heads", "labels", "misc", "sentence")
    }
    allowed = np.ones((rows, width, len(NAME_TAGS)), bool)
    words = np.zeros((rows, width), bool)
    has_names = np.zeros(rows, bool)
    for row, window in enumerate(batch):
        document, start, end = window.document, window.start, window.end
        words[row, : end - start] = True
        gold["sentences"][row, : end - start] = document.sentence_starts[start:end]
        if document.upos:
            gold["upos"][row, : end - start] = document.upos[start:end]
            _fill_syntax(gold, row, window, label_numbers)
        if document.misc:
            gold["misc"][row, : end - start] = document.misc[start:end]
        if document.names:
            has_names[row] = True
            for word, tags in enumerate(document.names[start:end]):
                if len(tags) < len(NAME_TAGS):
                    allowed[row, word] = False
                    allowed[row, word, list(tags)] = True
            if start > 0:  # a window may begin inside a name
                begins = {tag: tag + 1 for tag, name in enumerate(NAME_TAGS) if name.startswith("B-")}
                for begin, inside in begins.items():
                    allowed[row, 0, begin] |= allowed[row, 0, inside]
    tensors = {key: torch.from_numpy(value) for key, value in {**packed, **gold}.items()}
    return {
        **tensors,
        "allowed": torch.from_numpy(allowed),
        "words": torch.from_numpy(words),
        "has_names": torch.from_numpy(has_names),
        "corpora": torch.tensor(
            [HABITS.index(w.document.corpus) if w.document.corpus in HABITS else -1 for w in batch]
        ),
    }


def _fill_syntax(gold: dict[str, np.ndarray], row: int, window: Piece, label_numbers: dict[str, int]) -> None:
    document, start = window.document, window.start
    sentence = -1
    for word in range(window.start, window.end):
        if document.sentence_starts[word] == 1 or word == start:
            sentence += 1
        gold["sentence"][row, word - start] = sentence
        head = document.heads[word]
        if start <= head < window.end:
            gold["heads"][row, word - start] = head - start
            gold["labels"][row, word - start] = label_numbers[document.labels[word]]
