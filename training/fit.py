"""Fits the reading model: seeded, resumable, on CPU or GPU."""

from __future__ import annotations

import json
import math
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from kg.read.pieces import PieceTable
from training.batches import epoch_windows, make_batches, to_tensors
from training.corpora import Document
from training.model import Reader, load_pretrained, names_loss


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: ``size`` is the batch in pieces, ``average`` the decay of the averaged weights."""

    epochs: int = 6
    size: int = 3072
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    average: float = 0.998
    seed: int = 1
    repeat: tuple[tuple[str, int], ...] = (("crossner", 4),)


WEIGHTS = {"sentences": 0.5, "upos": 0.5, "names": 2.0, "misc": 0.3, "arcs": 1.0, "labels": 0.5}


def dependency_labels(documents: list[Document]) -> list[str]:
    """The dependency labels seen, commonest first."""
    seen = Counter(label for document in documents for label in document.labels)
    return [label for label, _ in seen.most_common()]


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
        loss = names_loss(model.names(vectors[rows]).float(), model.transitions, tensors["allowed"][rows], words)
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


def fit(documents: list[Document], pretrained: Path, out: Path, plan: Plan, *, minutes: float = math.inf) -> Path:
    """Trains and gives the file of the averaged weights; goes on from ``out/checkpoint.pt`` where there is one.

    After ``minutes`` it stops at a checkpoint and raises SystemExit(3); the same call goes on from there.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    out.mkdir(parents=True, exist_ok=True)
    table = PieceTable(Tokenizer.from_file(str(pretrained / "tokenizer.json")))
    labels = dependency_labels(documents)
    torch.manual_seed(plan.seed)
    model = Reader(labels)
    load_pretrained(model.encoder, pretrained)
    model.to(device)
    repeat = dict(plan.repeat)
    documents = [d for document in documents for d in [document] * repeat.get(document.corpus, 1)]
    epochs = [make_epoch(documents, table, plan, epoch) for epoch in range(1)]
    total = plan.epochs * len(epochs[0])
    heads = [parameter for name, parameter in model.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": list(model.encoder.parameters()), "lr": plan.encoder_rate},
        {"params": heads, "lr": plan.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, total, plan.warmup))
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    state = {"epoch": 0, "batch": 0, "step": 0}
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        average, state = saved["average"], saved["state"]
    started = saved_at = time.monotonic()
    log = (out / "log.jsonl").open("a", encoding="utf-8")
    sums: Counter[str] = Counter()
    pieces = 0
    while state["epoch"] < plan.epochs:
        batches = make_epoch(documents, table, plan, state["epoch"])
        while state["batch"] < len(batches):
            tensors = {
                k: v.to(device)
                for k, v in to_tensors(batches[state["batch"]], table, {x: i for i, x in enumerate(labels)}).items()
            }
            model.train()
            with torch.autocast(device.type, dtype=torch.bfloat16):
                vectors = model.word_vectors(
                    *(tensors[k] for k in ("input_ids", "shape_ids", "word_starts", "lengths"))
                )
                losses = heads_loss(model, tensors, vectors)
            loss = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros((), device=device))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            state["batch"] += 1
            state["step"] += 1
            decay = min(plan.average, (1 + state["step"]) / (10 + state["step"]))
            if state["step"] % 4 == 0:
                with torch.no_grad():
                    for name, value in model.state_dict().items():
                        average[name].lerp_(value, 1 - decay**4)
            sums.update({name: float(value.detach()) for name, value in losses.items()})
            sums["batches"] += 1
            pieces += int(tensors["lengths"].sum())
            now = time.monotonic()
            if state["step"] % 50 == 0:
                line = {
                    **state,
                    "of": total,
                    "pieces_per_s": round(pieces / (now - started)),
                    "minutes": round((now - started) / 60, 1),
                }
                line |= {name: round(value / sums["batches"], 4) for name, value in sums.items() if name != "batches"}
                print(json.dumps(line), file=log, flush=True)
                sums.clear()
            if now - saved_at > 300 or now - started > minutes * 60:
                saved_at = now
                save(checkpoint, model, optimizer, schedule, average, state)
                if now - started > minutes * 60:
                    raise SystemExit(3)
        state["epoch"] += 1
        state["batch"] = 0
        save(checkpoint, model, optimizer, schedule, average, state)
        torch.save({"average": average, "labels": labels, "plan": asdict(plan)}, out / f"epoch{state['epoch']}.pt")
    final = out / "reader.pt"
    torch.save({"average": average, "labels": labels, "plan": asdict(plan)}, final)
    return final


def make_epoch(documents: list[Document], table: PieceTable, plan: Plan, epoch: int) -> list[list]:  # type: ignore[type-arg]
    """The batches of an epoch: the same for the same seed and epoch."""
    rng = random.Random(plan.seed * 1000 + epoch)
    return make_batches(epoch_windows(documents, table, rng), table, plan.size, rng)


def rate_at(step: int, total: int, warmup: float) -> float:
    """The learning rate's factor: linear up, then linear down to a fiftieth."""
    if step < warmup * total:
        return (step + 1) / (warmup * total)
    return max(0.02, (total - step) / (total * (1 - warmup)))


def save(file: Path, model: Reader, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR,
         average: dict[str, Tensor], state: dict[str, int]) -> None:  # fmt: skip
    """Writes a checkpoint whole or not at all."""
    part = file.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
                "average": average, "state": state}, part)  # fmt: skip
    part.replace(file)
