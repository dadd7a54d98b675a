"""Fits the reading model: seeded, resumable, on CPU or GPU."""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from kg.read.pieces import PieceTable
from training.antecedents import coreference_loss
from training.course import Course, Material, Taught
from training.model import Reader, load_pretrained, names_loss
from training.pairs import EventLesson, RelationLesson, events_loss, relations_loss
from training.roles import RoleLesson, roles_loss


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: ``size`` is the batch in pieces, ``average`` the decay of the averaged weights,
    ``hidden`` the share of pieces that are masked.

    ``repeat`` says how often a corpus is read in an epoch, ``share`` that only one in so many of its documents is.
    """

    epochs: int = 6
    size: int = 3072
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    coreference_rate: float = 2e-3
    pair_rate: float = 1e-3
    role_rate: float = 1e-3
    warmup: float = 0.06
    average: float = 0.998
    hidden: float = 0.04
    seed: int = 1
    repeat: tuple[tuple[str, int], ...] = (("crossner", 4),)
    share: tuple[tuple[str, int], ...] = (("litbank", 4), ("ecbplus", 4), ("fewrel", 3), ("propbank", 2))


ADDED = ("encoder.lexicon.weight", "encoder.phrases.weight")  # embeddings that start at zero
MASK, SPECIAL = 103, 103  # [MASK]; pieces up to it stand for no text
HIGHEST = 8.0  # what a loss counts at most in a step: one head that runs away would take the encoder with it
WEIGHTS = {
    **{"sentences": 0.5, "upos": 0.5, "names": 2.0, "misc": 0.3, "arcs": 1.0, "labels": 0.5},
    **{"antecedents": 1.0, "mentions": 0.5, "borders": 0.3, "kinds": 0.2},
    **{"cues": 2.5, "roles": 0.1},
    **{"relations": 2.0, "triggers": 2.0, "arguments": 1.5},
}


def heads_loss(model: Reader, tensors: dict[str, Tensor], vectors: Tensor) -> dict[str, Tensor]:
    """The loss of each head on word vectors, each a mean over the words that are annotated."""
    losses: dict[str, Tensor] = {}
    known = tensors["sentences"] >= 0
    if known.any():
        starts = model.sentences(vectors).squeeze(-1).float()[known]
        losses["sentences"] = F.binary_cross_entropy_with_logits(starts, tensors["sentences"][known].float())
    rows = tensors["has_names"]
    if rows.any():
        words = tensors["words"][rows]
        scores = model.name_scores(vectors[rows], tensors["corpora"][rows])
        loss = names_loss(scores.float(), model.transitions, tensors["allowed"][rows], words)
        losses["names"] = loss / words.sum()
    misc = tensors["misc"] >= 0
    if misc.any():
        losses["misc"] = F.cross_entropy(model.misc(vectors[misc]).float(), tensors["misc"][misc])
    tagged = tensors["upos"] >= 0
    if tagged.any():
        losses["upos"] = F.cross_entropy(model.upos(vectors[tagged]).float(), tensors["upos"][tagged])
        losses |= syntax_loss(model, tensors, vectors)
    return losses


def syntax_loss(model: Reader, tensors: dict[str, Tensor], vectors: Tensor) -> dict[str, Tensor]:
    """The losses of arcs (within the gold sentence) and labels (at the gold head)."""
    arcs, label_head, label_dependent = model.syntax(vectors)
    sentence, heads = tensors["sentence"], tensors["heads"]
    apart = (sentence[:, :, None] != sentence[:, None, :]) | (sentence < 0)[:, None, :]
    arcs = arcs.float().masked_fill(apart, -1e4)
    row, word = (heads >= 0).nonzero(as_tuple=True)
    head = heads[row, word]
    labels = model.syntax.label_scores(label_dependent[row, word], label_head[row, head])
    return {
        "arcs": F.cross_entropy(arcs[row, word], head),
        "labels": F.cross_entropy(labels.float(), tensors["labels"][row, word]),
    }


@dataclass(slots=True)
class State:
    """What changes while training, and what a checkpoint keeps."""

    model: Reader
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR
    average: dict[str, Tensor]
    done: dict[str, int]

    def save(self, file: Path) -> None:
        """Writes a checkpoint whole or not at all."""
        part = file.with_suffix(".part")
        parts = {"model": self.model, "optimizer": self.optimizer, "schedule": self.schedule}
        states = {name: value.state_dict() for name, value in parts.items()}  # type: ignore[attr-defined]
        torch.save({**states, "average": self.average, "state": self.done}, part)
        part.replace(file)

    def load(self, file: Path, device: torch.device) -> None:
        """Goes on from a checkpoint."""
        saved = torch.load(file, map_location=device, weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.schedule.load_state_dict(saved["schedule"])
        self.average, self.done = saved["average"], saved["state"]


def start_state(model: Reader, plan: Plan, total: int) -> State:
    """The optimizer and the rest at step 0 of ``total``."""
    rates = {
        **{"encoder": plan.encoder_rate, "coreference": plan.coreference_rate, "roles": plan.role_rate},
        **dict.fromkeys(("pairs", "relations", "triggers", "arguments"), plan.pair_rate),
    }
    groups = [
        {"params": list(part.parameters()), "lr": rates.get(name, plan.head_rate)}
        for name, part in model.named_children()
        if list(part.parameters())
    ]
    groups.append({"params": [model.transitions, model.habits], "lr": plan.head_rate})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, total, plan.warmup))
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    return State(model, optimizer, schedule, average, {"epoch": 0, "batch": 0, "step": 0})


def start_model(labels: list[str], pretrained: Path, initial: Path | None) -> Reader:
    """A model with the pretrained encoder, or with the averaged weights of ``initial`` as far as they fit by name and
    shape; what is new starts afresh."""
    model = Reader(labels)
    if initial is None:
        load_pretrained(model.encoder, pretrained)
        return model
    saved = torch.load(initial, map_location="cpu", weights_only=True)
    given, state = saved["average"], model.state_dict()
    if saved["labels"] != labels:
        given = {name: value for name, value in given.items() if not name.startswith("syntax.label.")}
    fitting = {name: value for name, value in given.items() if name in state and value.shape == state[name].shape}
    model.load_state_dict({**state, **fitting})
    print(f"{initial}: {len(fitting)} of {len(state)} weights taken; new: {sorted(set(state) - set(fitting))}")
    return model


def fit(
    material: Material,
    pretrained: Path,
    out: Path,
    plan: Plan,
    *,
    initial: Path | None = None,
    minutes: float = math.inf,
) -> Path:
    """Trains and gives the file of the averaged weights; goes on from ``out/checkpoint.pt`` where there is one.

    Documents with coreference are read whole; they replace the same documents without.
    After ``minutes`` it stops at a checkpoint and raises SystemExit(3); the same call goes on from there.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(plan.seed)
    table = PieceTable(Tokenizer.from_file(str(pretrained / "tokenizer.json")))
    course = Course(material, table, plan)
    model = start_model(course.labels, pretrained, initial).to(device)
    total = sum(len(course.batches(epoch)) for epoch in range(plan.epochs))
    state = start_state(model, plan, total)
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state.load(checkpoint, device)
    journal = Journal(out / "log.jsonl", total)
    saved_at = time.monotonic()
    while state.done["epoch"] < plan.epochs:
        batches = course.batches(state.done["epoch"])
        while state.done["batch"] < len(batches):
            tensors, lessons = course.tensors(batches[state.done["batch"]], device)
            journal.add(take_step(state, tensors, lessons, plan), int(tensors["lengths"].sum()), state.done)
            late = journal.minutes > minutes
            if late or time.monotonic() - saved_at > 300:
                saved_at = time.monotonic()
                state.save(checkpoint)
            if late:
                raise SystemExit(3)
        state.done |= {"epoch": state.done["epoch"] + 1, "batch": 0}
        state.save(checkpoint)
        kept = {"average": state.average, "labels": course.labels, "plan": asdict(plan)}
        torch.save(kept, out / f"epoch{state.done['epoch']}.pt")
    final = out / "reader.pt"
    torch.save({"average": state.average, "labels": course.labels, "plan": asdict(plan)}, final)
    return final


def average_weights(files: Sequence[Path], target: Path, shares: Sequence[float] = (0.5, 0.5)) -> Path:
    """Writes the mean of the averaged weights of several runs with the same labels, by ``shares``.

    What a run had not counts as zero where it is an embedding of what is seen of a word, and is left out of the mean
    elsewhere.
    """
    saved = [torch.load(file, map_location="cpu", weights_only=True) for file in files]
    labels = saved[0]["labels"]
    if any(each["labels"] != labels for each in saved):
        raise ValueError(f"{', '.join(map(str, files))} have other dependency labels; train them on the same corpora")
    mean = {}
    for name, value in saved[0]["average"].items():
        total, whole = torch.zeros_like(value), 0.0
        for share, each in zip(shares, saved, strict=True):
            other = each["average"].get(name, torch.zeros_like(value) if name in ADDED else None)
            if other is not None and other.shape == value.shape:
                total, whole = total + share * other, whole + share
        mean[name] = total / whole
    torch.save({"average": mean, "labels": labels}, target)
    return target


def take_step(state: State, tensors: dict[str, Tensor], lessons: list[Taught], plan: Plan) -> dict[str, float]:
    """One step of the optimizer; gives the losses."""
    model = state.model
    model.train()
    tensors["input_ids"] = hide_pieces(tensors["input_ids"], plan.hidden)
    with torch.autocast(tensors["lengths"].device.type, dtype=torch.bfloat16):
        vectors = model.word_vectors(tensors)
        losses = heads_loss(model, tensors, vectors)
    losses |= lessons_loss(model, vectors.float(), lessons)
    held = {name: value * min(1.0, HIGHEST / max(1e-6, float(value.detach()))) for name, value in losses.items()}
    loss = torch.stack([WEIGHTS[name] * value for name, value in held.items()]).sum()
    state.optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.roles.parameters(), 0.5)
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    if torch.isfinite(norm):
        state.optimizer.step()
    state.schedule.step()
    state.done |= {"batch": state.done["batch"] + 1, "step": state.done["step"] + 1}
    step = state.done["step"]
    decay = min(plan.average, (1 + step) / (10 + step))
    if step % 4 == 0:
        with torch.no_grad():
            for name, value in model.state_dict().items():
                state.average[name].lerp_(value, 1 - decay**4)
    return {name: float(value.detach()) for name, value in losses.items()}


def hide_pieces(input_ids: Tensor, share: float) -> Tensor:
    """The pieces with a ``share`` of them masked, so that context and shape have to do without them."""
    hidden = (torch.rand(input_ids.shape, device=input_ids.device) < share) & (input_ids > SPECIAL)
    return input_ids.masked_fill(hidden, MASK)


def lessons_loss(model: Reader, vectors: Tensor, lessons: list[Taught]) -> dict[str, Tensor]:
    """The losses of coreference, roles, relations and events in full precision, each a mean over a batch's documents by
    their weight."""
    found: dict[str, list[tuple[Tensor, int]]] = {}
    for lesson, rows in lessons:
        words = torch.cat([vectors[row, :length] for row, length in rows])
        if isinstance(lesson, RoleLesson):
            losses = roles_loss(model.roles, words, lesson)
        elif isinstance(lesson, RelationLesson):
            losses = relations_loss(model.relations, model.pair_vectors(words), lesson)
        elif isinstance(lesson, EventLesson):
            losses = events_loss(model.triggers(words), model.arguments, model.pair_vectors(words), lesson)
        else:
            losses = coreference_loss(model.coreference, words, lesson)
        for name, value in losses.items():
            found.setdefault(name, []).append((value, lesson.weight))
    return {
        name: torch.stack([value * size for value, size in values]).sum() / sum(size for _, size in values)
        for name, values in found.items()
    }


class Journal:
    """The losses' means, every 50 steps a line of JSON; a loss that is missing from a batch does not count."""

    def __init__(self, file: Path, total: int) -> None:
        self._log = file.open("a", encoding="utf-8")
        self._total = total
        self._started = time.monotonic()
        self._sums: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._pieces = 0

    @property
    def minutes(self) -> float:
        """Minutes since this run began."""
        return (time.monotonic() - self._started) / 60

    def add(self, losses: dict[str, float], pieces: int, done: dict[str, int]) -> None:
        """Takes in one step."""
        self._pieces += pieces
        self._sums.update(losses)
        self._counts.update(losses.keys())
        if done["step"] % 50 == 0:
            rate = round(self._pieces / (60 * self.minutes))
            line = {**done, "of": self._total, "pieces_per_s": rate, "minutes": round(self.minutes, 1)}
            line |= {name: round(value / self._counts[name], 4) for name, value in self._sums.items()}
            print(json.dumps(line), file=self._log, flush=True)
            self._sums.clear()
            self._counts.clear()


def rate_at(step: int, total: int, warmup: float) -> float:
    """The learning rate's factor: linear up, then linear down to a fiftieth."""
    if step < warmup * total:
        return (step + 1) / (warmup * total)
    return max(0.02, (total - step) / (total * (1 - warmup)))
