"""What is taught in which order: windows of all corpora, and whole documents where there is coreference to learn."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from kg.read.pieces import PieceTable
from training.antecedents import Lesson, make_lesson
from training.batches import Piece, cut_windows, epoch_windows, make_batches, recased_window, to_tensors
from training.coreference import Clustered
from training.corpora import Document
from training.renaming import NameBank, rename

if TYPE_CHECKING:
    from training.fit import Plan

Taught = tuple[Lesson, list[tuple[int, int]]]
"""A document's lesson, and where its words are: row of the batch and number of words, in order."""


@dataclass(slots=True)
class Batch:
    """Windows that are read at once; ``lessons`` are (number of the document with coreference, its windows)."""

    windows: list[Piece]
    lessons: list[tuple[int, list[int]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from: documents, documents with coreference, and names to put in place of others."""

    documents: list[Document]
    clusters: list[Clustered]
    bank: NameBank | None = None


class Course:
    """All documents, and the batches of each epoch: the same for the same seed and epoch."""

    def __init__(self, material: Material, table: PieceTable, plan: Plan) -> None:
        documents, clusters, self._bank = material.documents, material.clusters, material.bank
        self._table, self._plan = table, plan
        self._whole = [Clustered(_fullest(c.document, documents), c.clusters, c.complete) for c in clusters]
        taken = {id(given.document) for given in self._whole}
        repeat = dict(plan.repeat)
        rest = [document for document in documents if id(document) not in taken]
        self._documents = [d for document in rest for d in [document] * repeat.get(document.corpus, 1)]
        self._lessons = [make_lesson(given) for given in self._whole]
        seen = Counter(label for document in documents for label in document.labels)
        self.labels = [label for label, _ in seen.most_common()]  # commonest first
        self._numbers = {label: number for number, label in enumerate(self.labels)}

    def batches(self, epoch: int) -> list[Batch]:
        """The batches of an epoch, in order."""
        rng = random.Random(self._plan.seed * 1000 + epoch)
        documents = [rename(document, self._bank, rng) if self._bank else document for document in self._documents]
        windows = epoch_windows(documents, self._table, rng)
        batches = [Batch(batch) for batch in make_batches(windows, self._table, self._plan.size, rng)]
        batches += self._whole_documents(epoch, rng)
        rng.shuffle(batches)
        return batches

    def _whole_documents(self, epoch: int, rng: random.Random) -> list[Batch]:
        """Whole documents, several in a batch where they are short; of some corpora a part in each epoch, in turn.

        The batches are small, since the coreference head learns from these alone and wants many steps.
        """
        shares = dict(self._plan.share)
        chosen = [
            number for number, given in enumerate(self._whole)
            if (number + epoch) % shares.get(given.document.corpus, 1) == 0
        ]  # fmt: skip
        rng.shuffle(chosen)
        batches: list[Batch] = []
        room = 0
        for number in chosen:
            document = self._whole[number].document
            cuts = list(cut_windows(document, self._table, shift=rng.randrange(0, 160)))
            windows = [recased_window(document, start, end, rng) for start, end in cuts]
            size = sum(len(pieces) for pieces in self._table.cut(document.words))
            if not batches or size > room:
                batches.append(Batch([]))
                room = self._plan.size // 2
            room -= size
            first = len(batches[-1].windows)
            batches[-1].windows += windows
            batches[-1].lessons.append((number, list(range(first, first + len(windows)))))
        return batches

    def tensors(self, batch: Batch, device: torch.device) -> tuple[dict[str, Tensor], list[Taught]]:
        """The model's inputs and gold answers of a batch, and its lessons."""
        tensors = {k: v.to(device) for k, v in to_tensors(batch.windows, self._table, self._numbers).items()}
        lessons = [
            (self._lessons[number], [(row, batch.windows[row].end - batch.windows[row].start) for row in rows])
            for number, rows in batch.lessons
        ]
        return tensors, lessons


def _fullest(document: Document, documents: list[Document]) -> Document:
    """The same document among those with other annotations, where there is one."""
    same = (d for d in documents if d.corpus == document.corpus and d.id == document.id and d.words == document.words)
    return next(same, document)
