"""What is taught in which order: windows of all corpora, and whole documents where there is more to learn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from kg.read.candidates import Tagged
from kg.read.gazetteer import Gazetteer
from kg.read.pieces import PieceTable
from training.antecedents import Lesson, make_lesson
from training.attributions import Attributed
from training.batches import Piece, cut_windows, epoch_windows, make_batches, recased_window, to_tensors
from training.coreference import Clustered
from training.corpora import Document
from training.eventful import Eventful
from training.pairs import EventLesson, RelationLesson, make_event_lesson, make_relation_lesson
from training.related import Related
from training.renaming import NameBank, rename
from training.roles import RoleLesson, make_role_lesson

if TYPE_CHECKING:
    from training.fit import Plan

AnyLesson = Lesson | RoleLesson | RelationLesson | EventLesson
Taught = tuple[AnyLesson, list[tuple[int, int]]]
"""A document's lesson, and where its words are: row of the batch and number of words, in order."""


@dataclass(slots=True)
class Batch:
    """Windows that are read at once; ``lessons`` are (number of the document with a lesson, its windows);
    ``seed`` is for what is left out of the windows at random."""

    windows: list[Piece]
    lessons: list[tuple[int, list[int]]] = field(default_factory=list)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from: documents, documents with coreference, with attributions, relations and events and
    what the reader sees of these, the list of names that the reader knows, and names to put in place of others."""

    documents: list[Document]
    clusters: list[Clustered]
    gazetteer: Gazetteer
    bank: NameBank | None = None
    attributed: Sequence[tuple[Attributed, Tagged]] = ()
    related: Sequence[tuple[Related, Tagged]] = ()
    eventful: Sequence[tuple[Eventful, Tagged]] = ()


class Course:
    """All documents, and the batches of each epoch: the same for the same seed and epoch."""

    def __init__(self, material: Material, table: PieceTable, plan: Plan) -> None:
        documents, clusters, self._bank = material.documents, material.clusters, material.bank
        self._table, self._plan, self._gazetteer = table, plan, material.gazetteer
        fuller = _index(documents)
        whole = [Clustered(fuller.get(_key(c.document), c.document), c.clusters, c.complete) for c in clusters]
        taught: list[tuple[Document, AnyLesson]] = [(w.document, make_lesson(w)) for w in whole]
        taught += [(given.document, make_role_lesson(given, text)) for given, text in material.attributed]
        for lesson_of, pairs in ((make_relation_lesson, material.related), (make_event_lesson, material.eventful)):
            taught += [(fuller.get(_key(g.document), g.document), lesson_of(g, text)) for g, text in pairs]  # type: ignore[operator]
        self._taught = taught
        taken = {id(document) for document, _ in taught}
        repeat = dict(plan.repeat)
        rest = [document for document in documents if id(document) not in taken]
        self._documents = [d for document in rest for d in [document] * repeat.get(document.corpus, 1)]
        seen = Counter(label for document in documents for label in document.labels)
        self.labels = [label for label, _ in seen.most_common()]  # commonest first
        self._numbers = {label: number for number, label in enumerate(self.labels)}

    def batches(self, epoch: int) -> list[Batch]:
        """The batches of an epoch, in order."""
        rng = random.Random(self._plan.seed * 1000 + epoch)
        shares = dict(self._plan.share)
        chosen = [d for n, d in enumerate(self._documents) if (n + epoch) % shares.get(d.corpus, 1) == 0]
        documents = [rename(document, self._bank, rng) if self._bank else document for document in chosen]
        windows = epoch_windows(documents, self._table, rng)
        batches = [Batch(batch) for batch in make_batches(windows, self._table, self._plan.size, rng)]
        batches += self._whole_documents(epoch, rng)
        rng.shuffle(batches)
        for batch in batches:
            batch.seed = rng.getrandbits(32)
        return batches

    def _whole_documents(self, epoch: int, rng: random.Random) -> list[Batch]:
        """Whole documents, several in a batch where they are short; of some corpora a part in each epoch, in turn.

        The batches are small, since the heads for coreference and roles learn from these alone and want many steps.
        """
        shares = dict(self._plan.share)
        chosen = [
            number for number, (document, _) in enumerate(self._taught)
            if (number + epoch) % shares.get(document.corpus, 1) == 0
        ]  # fmt: skip
        rng.shuffle(chosen)
        batches: list[Batch] = []
        room = 0
        for number in chosen:
            document = self._taught[number][0]
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
        generator = np.random.default_rng(batch.seed)
        packed = to_tensors(batch.windows, self._table, self._numbers, self._gazetteer, generator)
        tensors = {name: value.to(device) for name, value in packed.items()}
        lessons = [
            (self._taught[number][1], [(row, batch.windows[row].end - batch.windows[row].start) for row in rows])
            for number, rows in batch.lessons
        ]
        return tensors, lessons


def _key(document: Document) -> tuple[str, ...]:
    return (document.corpus, *document.words)


def _index(documents: Sequence[Document]) -> dict[tuple[str, ...], Document]:
    """Documents by corpus and words, to find the same one with other annotations."""
    return {_key(document): document for document in documents}
