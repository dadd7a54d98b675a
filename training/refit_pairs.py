"""Fits the heads for relations and for the roles of events again on the frozen vectors of an exported model.

    python -m training pairs --data ../shared/data --model kg/read/model

``--heads arguments`` fits the one for roles alone. Both take the inner vectors that ``reader.onnx`` gives, so
``relations.npz`` and ``arguments.npz`` fit the one that they were made with only. Relations are to be calibrated
afterwards: ``python -m training relations``.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from torch import Tensor

from kg.read.candidates import Tagged
from kg.read.network import Network
from kg.read.pairs import ARGUMENTS, RELATED, WEIGHTS
from kg.read.reader import load_pipeline
from kg.read.role_features import ROLE_SIZES
from training.eventful import read_eventful, see_events
from training.happenings import Eventful
from training.pairs import (
    EventLesson,
    PairHead,
    RelationLesson,
    make_event_lesson,
    make_relation_lesson,
    partial_loss,
    relations_loss,
)
from training.related import Related, read_related
from training.role_lessons import complete_lesson
from training.sight import ask_model, see_syntax

Given = tuple[Related | Eventful, Tagged]
Seen = tuple[Tensor, RelationLesson | EventLesson, float]
"""The inner vectors of a document's words, its lesson, and how much that counts."""
SHARES = {"ewt": 0.5}
"""How much the lessons of a corpus count, where not in full: PropBank has most of the events, few of them news."""
WORDS = 500  # of the documents of one step, about
TWICE = frozenset(("redocred",))  # corpora that are read twice in each epoch: few texts of many relations
FEWER = 3  # one in so many sentences of FewRel is read


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is fitted.

    What is given in the end is the running mean of the weights, of which ``kept`` stays at each step.
    """

    epochs: int = 14
    rate: float = 1e-3
    hidden: int = 128
    dropout: float = 0.3
    decay: float = 0.03
    kept: float = 0.998
    seed: int = 1


def main(argv: list[str]) -> None:
    """Fits both heads of the model in ``--model`` and writes them beside it."""
    parser = argparse.ArgumentParser(prog="python -m training pairs")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--model", type=Path, required=True, help="folder of the model")
    parser.add_argument("--licences", default="ABD", help="licence classes of the corpora to train on")
    parser.add_argument("--heads", nargs="+", default=["relations", "arguments"], choices=["relations", "arguments"])
    given = parser.parse_args(argv)
    nlp = load_pipeline(folder=given.model)
    network: Network = nlp.get_pipe("kg_encoder").network  # type: ignore[attr-defined]
    for name in given.heads:
        if name == "relations":
            _refit(name, _gather_related(given, nlp, network), network, replace(Recipe(), hidden=192), given.model)
        else:
            _refit(name, _gather_eventful(given, network), network, replace(Recipe(), epochs=10), given.model)


def _gather_related(given: argparse.Namespace, nlp: Language, network: Network) -> list[Given]:
    related = list(see_syntax(read_related(given.data, licences=given.licences, nlp=nlp, network=network), network))
    related = [p for n, p in enumerate(related) if p[0].document.corpus != "fewrel" or n % FEWER == 0]
    return related + [p for p in related if p[0].document.corpus in TWICE]


def _gather_eventful(given: argparse.Namespace, network: Network) -> list[Given]:
    """The documents that tell of roles, as the model sees them."""
    told = (
        each
        for each in read_eventful(given.data, licences=given.licences)
        if any(happening.known_roles for happening in each.happenings)
    )
    return list(see_events(told, network))


def _refit(name: str, material: Sequence[Given], network: Network, recipe: Recipe, folder: Path) -> None:
    """Fits the head of a name and writes it."""
    extra = ROLE_SIZES if name == "arguments" else {}
    labels = len(ARGUMENTS if name == "arguments" else RELATED)
    state = fit_head(list(see_vectors(material, network)), recipe, labels=labels, extra=extra, report=_report)
    np.savez(folder / f"{name}.npz", **{key: state[key].numpy().astype(np.float16) for key in WEIGHTS})


def _report(epoch: int, loss: float) -> None:
    print(epoch, round(loss, 4), flush=True)


def see_vectors(given: Iterable[Given], network: Network) -> Iterator[Seen]:
    """Each document's lesson with the inner vectors of its words, without those that teach nothing."""
    pairs = list(given)
    asked = ask_model((each for each, _ in pairs), network)
    for (_, text), (each, answers) in zip(pairs, asked, strict=True):
        lesson: RelationLesson | EventLesson
        if isinstance(each, Related):
            lesson = make_relation_lesson(each, text)
        else:
            lesson = complete_lesson(make_event_lesson(each, text), each, text, answers)
        if len(lesson.pairs):
            vectors = torch.from_numpy(answers.pairs.astype(np.float32))
            yield vectors, lesson, SHARES.get(each.document.corpus, 1.0)


def fit_head(
    lessons: Sequence[Seen],
    recipe: Recipe,
    *,
    labels: int,
    extra: Mapping[str, int] | None = None,
    report: Callable[[int, float], None] | None = None,
) -> dict[str, Tensor]:
    """The weights of a head for so many labels, fitted to lessons of one kind; ``extra`` are the sizes of the columns
    that their features have beyond those of any pairs."""
    torch.manual_seed(recipe.seed)
    order = random.Random(recipe.seed)
    bias = -5.0 if isinstance(lessons[0][1], RelationLesson) else 0.0
    head = PairHead(lessons[0][0].shape[1], labels, hidden=recipe.hidden, bias=bias, extra=extra)
    head.dropout.p = recipe.dropout
    mean = {name: value.detach().clone() for name, value in head.state_dict().items()}
    optimiser = torch.optim.AdamW(head.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * len(_batch(lessons, order))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.02, 1 - step / steps))
    head.train()
    for epoch in range(recipe.epochs):
        batches = _batch(lessons, order)
        total = 0.0
        for batch in batches:
            loss = _weigh_losses(head, batch)
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


def _weigh_losses(head: PairHead, batch: Sequence[Seen]) -> Tensor:
    """The mean loss of some documents, each by its number of bags or pairs."""
    losses, weights = [], []
    for vectors, lesson, share in batch:
        if isinstance(lesson, RelationLesson):
            losses.append(relations_loss(head, vectors, lesson)["relations"])
            weights.append(lesson.weight * share)
        else:
            scores = head(vectors, lesson.triggers, lesson.phrases, lesson.pairs)
            losses.append(partial_loss(scores, torch.from_numpy(lesson.roles)))
            weights.append(len(lesson.pairs) * share)
    return torch.stack([loss * weight for loss, weight in zip(losses, weights, strict=True)]).sum() / sum(weights)


def _batch(lessons: Sequence[Seen], order: random.Random) -> list[list[Seen]]:
    batches: list[list[Seen]] = []
    room = 0
    for each in order.sample(list(lessons), len(lessons)):
        if not batches or room <= 0:
            batches.append([])
            room = WORDS
        room -= len(each[0])
        batches[-1].append(each)
    return batches
