"""Fits the heads for relations and for the roles of events again on the frozen vectors of an exported model.

Both take the inner vectors that ``reader.onnx`` gives, so ``relations.npz`` and ``arguments.npz`` fit the one that they
were made with only.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch
from torch import Tensor

from kg.read.candidates import Tagged
from kg.read.components import bias_sentences
from kg.read.network import Network
from training.pairs import PairHead, RelationLesson, make_relation_lesson, relations_loss
from training.related import Related

Seen = tuple[Tensor, RelationLesson]
"""The inner vectors of a document's words, and its lesson."""
WORDS = 500  # of the documents of one step, about


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is fitted.

    What is given in the end is the running mean of the weights, of which ``kept`` stays at each step.
    """

    epochs: int = 8
    rate: float = 1e-3
    hidden: int = 128
    dropout: float = 0.3
    decay: float = 0.03
    kept: float = 0.998
    seed: int = 1


def see_vectors(given: Sequence[tuple[Related, Tagged]], network: Network) -> list[Seen]:
    """Each document's lesson with the inner vectors of its words, without those that teach nothing."""
    found = []
    waiting = iter(given)
    while batch := list(islice(waiting, 32)):
        texts = [each.document.words for each, _ in batch]
        bias = [bias_sentences(each.document.words, each.paragraphs) for each, _ in batch]
        for (each, text), answers in zip(batch, network.answer(texts, bias), strict=True):
            lesson = make_relation_lesson(each, text)
            if len(lesson.pairs):
                found.append((torch.from_numpy(answers.pairs.astype(np.float32)), lesson))
    return found


def fit_relations(
    lessons: Sequence[Seen], recipe: Recipe, *, labels: int,
    report: Callable[[int, float], None] | None = None,
) -> dict[str, Tensor]:  # fmt: skip
    """The weights of a head fitted to lessons with the inner vectors of all their words."""
    torch.manual_seed(recipe.seed)
    order = random.Random(recipe.seed)
    head = PairHead(lessons[0][0].shape[1], labels, hidden=recipe.hidden, bias=-5.0)
    head.dropout.p = recipe.dropout
    mean = {name: value.detach().clone() for name, value in head.state_dict().items()}
    optimiser = torch.optim.AdamW(head.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    batches = _batch(lessons, order)
    steps = recipe.epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.02, 1 - step / steps))
    head.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        batches = _batch(lessons, order)
        for batch in batches:
            weight = sum(lesson.weight for _, lesson in batch)
            losses = [relations_loss(head, vectors, lesson)["relations"] * lesson.weight for vectors, lesson in batch]
            loss = torch.stack(losses).sum() / weight
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
            with torch.no_grad():
                for name, value in head.state_dict().items():
                    mean[name].lerp_(value, 1 - recipe.kept)
        if report:
            report(epoch, total / len(batches))
    return mean


def _batch(
    lessons: Sequence[tuple[Tensor, RelationLesson]], order: random.Random
) -> list[list[tuple[Tensor, RelationLesson]]]:
    batches: list[list[tuple[Tensor, RelationLesson]]] = []
    room = 0
    for each in order.sample(list(lessons), len(lessons)):
        if not batches or room <= 0:
            batches.append([])
            room = WORDS
        room -= len(each[0])
        batches[-1].append(each)
    return batches
