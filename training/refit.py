"""Fits the coreference head again on the frozen vectors of an exported model, and writes it beside that model.

    python -m training coreference --data ../shared/data --model kg/read/model

The head's projection to inner vectors is inside ``reader.onnx`` and stays as it is, so ``coreference.npz`` fits the one
``reader.onnx`` it was made with only.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kg.read.antecedents import WEIGHTS
from kg.read.network import Network
from kg.read.reader import load_pipeline
from training.antecedents import Lesson, coreference_loss, make_lesson
from training.coreference import Clustered, read_clusters
from training.model import Coreference

SHARES = {"mentions": 1.0, "kinds": 0.3, "borders": 0.5, "antecedents": 1.0}  # of each loss in the sum
State = dict[str, Tensor]
AVERAGED = (
    "mention.weight", "mention.bias", "kind.weight", "kind.bias", "coarse.weight", "coarse_distance", "coarse_head",
    "score.bias", "border_distance",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is fitted.

    What is given in the end is the running mean of the weights, of which ``kept`` stays at each step.
    """

    epochs: int = 16
    rate: float = 2e-3
    hidden: int = 128
    dropout: float = 0.3
    kept: float = 0.998
    seed: int = 1


class FrozenHead(Coreference):
    """The coreference head over inner vectors that are given, not learnt."""

    def words(self, vectors: Tensor) -> Tensor:
        return self.dropout(vectors)  # type: ignore[no-any-return]


def main(argv: list[str]) -> None:
    """Refits the head of the model in ``--model`` on GUM, and on the corpora named by ``--extra``."""
    parser = argparse.ArgumentParser(prog="python -m training coreference")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument(
        "--model", type=Path, required=True, help="folder of the model; its coreference.npz is replaced"
    )
    parser.add_argument("--extra", default="", help="more corpora, with commas between: dwie, litbank, ecbplus")
    parser.add_argument("--heads", type=int, default=2, help="heads fitted with seeds that follow, and joined into one")
    parser.add_argument("--threads", type=int, default=1, help="1 gives the same weights on every machine of a kind")
    for field in fields(Recipe):
        parser.add_argument(f"--{field.name}", type=type(field.default), default=field.default)
    given = parser.parse_args(argv)
    recipe = Recipe(**{field.name: getattr(given, field.name) for field in fields(Recipe)})
    torch.set_num_threads(given.threads)
    corpora = {"gum", *filter(None, given.extra.split(","))}
    documents = [each for each in read_clusters(given.data) if each.document.corpus in corpora]
    missing = corpora - {each.document.corpus for each in documents}
    if missing:
        raise SystemExit(f"no corpus with coreference is called {', '.join(sorted(missing))}")
    nlp = load_pipeline(threads=given.threads, folder=given.model)
    lessons = make_lessons(documents, nlp.get_pipe("kg_encoder").network)  # type: ignore[attr-defined]
    state = join_heads([fit_head(lessons, replace(recipe, seed=recipe.seed + n)) for n in range(given.heads)])
    weights = {name: state[name].numpy().astype(np.float16) for name in WEIGHTS}
    np.savez(given.model / "coreference.npz", **weights)


def make_lessons(documents: Sequence[Clustered], network: Network) -> list[tuple[Tensor, Lesson]]:
    """The lesson of each document with the inner vectors that the model gives all its words."""
    answers = network.answer([each.document.words for each in documents])
    return [
        (torch.from_numpy(answer.inner.astype(np.float32)), make_lesson(each))
        for each, answer in zip(documents, answers, strict=True)
    ]


def fit_head(lessons: Sequence[tuple[Tensor, Lesson]], recipe: Recipe) -> State:
    """The weights of a head fitted to lessons with the inner vectors of all their words."""
    torch.manual_seed(recipe.seed)
    order = random.Random(recipe.seed)
    inner = lessons[0][0].shape[1]
    head = FrozenHead(inner, inner=inner, hidden=recipe.hidden)
    head.dropout.p = recipe.dropout
    weights = {name: value for name, value in head.named_parameters() if not name.startswith("project")}
    mean = {name: value.detach().clone() for name, value in weights.items()}
    optimiser = torch.optim.AdamW(weights.values(), lr=recipe.rate, weight_decay=0.01)
    taught = [lesson for lesson in lessons if len(lesson[1].candidates) > 1]
    steps = recipe.epochs * len(taught)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.02, 1 - step / steps))
    head.train()
    for epoch in range(recipe.epochs):
        sums = dict.fromkeys(SHARES, 0.0)
        for vectors, lesson in order.sample(taught, len(taught)):
            losses = coreference_loss(head, vectors, lesson)
            optimiser.zero_grad()
            torch.stack([SHARES[name] * loss for name, loss in losses.items()]).sum().backward()
            torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
            optimiser.step()
            schedule.step()
            with torch.no_grad():
                for name, value in weights.items():
                    mean[name].lerp_(value, 1 - recipe.kept)
            for name, loss in losses.items():
                sums[name] += loss.item()
        print(epoch, " ".join(f"{name} {value / len(taught):.3f}" for name, value in sums.items()), flush=True)
    return mean


def join_heads(heads: Sequence[State]) -> State:
    """One head that gives the mean of the scores of several: their hidden units side by side, all else averaged."""
    count = len(heads)
    joined = {name: torch.stack([head[name] for head in heads]).mean(dim=0) for name in AVERAGED}
    for name in ("later.weight", "later.bias", "earlier.weight", "product.weight"):
        joined[name] = torch.cat([head[name] for head in heads])
    joined["features"] = torch.cat([head["features"] for head in heads], dim=1)
    joined["score.weight"] = torch.cat([head["score.weight"] for head in heads], dim=1) / count
    for name in ("border_query.weight", "border_query.bias", "border_key.weight", "border_key.bias"):
        sides = [side for halves in zip(*(head[name].chunk(2) for head in heads), strict=True) for side in halves]
        # The dot products are divided by the root of the size, which grows with the number of heads.
        joined[name] = torch.cat(sides) / (count**0.5 if "query" in name else 1)
    return joined
