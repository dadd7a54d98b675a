"""Teaches the coreference head: a whole document at a time, its windows as one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from kg.read.antecedents import OFFSETS, WINDOW
from kg.read.candidates import (
    PRONOUNS,
    Candidates,
    Tagged,
    bucket_distances,
    choose_words,
    make_candidates,
    pair_features,
)
from kg.read.labels import UPOS
from training.coreference import Clustered, Span, head_of
from training.corpora import UNKNOWN
from training.model import KEPT, SPAN_REACH, Coreference

SEEN = -2.0  # the mention score from which a candidate is looked at


@dataclass(slots=True)
class Lesson:
    """What a document teaches: its candidates, the cluster of each (UNKNOWN: none), its mention's type and borders.

    ``first`` and ``last`` are word distances from the head to the mention's borders, UNKNOWN where not to be learnt.
    """

    candidates: Candidates
    clusters: np.ndarray
    types: np.ndarray
    first: np.ndarray
    last: np.ndarray
    complete: bool

    @property
    def weight(self) -> int:
        """How much the lesson counts among others."""
        return len(self.candidates)


_TAG_OF = {word: tag for tag, words in {
    "DET": "the a an this that these those some any no every each another all both",
    "PRON": "i me my mine we us our ours you your yours he him his she her hers it its they them their theirs himself "
            "herself itself myself themselves ourselves yourself who whom whose which someone something everyone",
}.items() for word in words.split()}  # fmt: skip


def guess_tags(words: Sequence[str]) -> list[int]:
    """Rough parts of speech for the mentions of corpora that have none."""
    return [UPOS.index(_TAG_OF.get(word.lower()) or _guess_tag(word[:1])) for word in words]


def _guess_tag(letter: str) -> str:
    if letter.isdigit():
        return "NUM"
    return "PROPN" if letter.isupper() else "NOUN" if letter.isalpha() else "PUNCT"


def make_lesson(given: Clustered) -> Lesson:
    """The lesson of a document; in a corpus that does not annotate everything its mentions are all candidates."""
    document = given.document
    found: dict[int, tuple[int, Span]] = {}
    for number, cluster in enumerate(given.clusters):
        for span in cluster:
            head = head_of(document, span)
            # Of two mentions with one head the longer one is kept.
            if head not in found or (span.end - span.start) > (found[head][1].end - found[head][1].start):
                found[head] = (number, span)
    starts = [flag == 1 for flag in document.sentence_starts] or [False] * len(document.words)
    tagged = Tagged(
        document.words, document.upos or guess_tags(document.words), starts, document.heads, document.labels
    )
    words = choose_words(tagged) if given.complete else sorted(found)
    limits = None if given.complete else [found[word][1].start for word in words]
    rows = [found.get(word) for word in words]
    spans = [row[1] if row else None for row in rows]
    reaches = [
        _reach(word, span) if given.complete else (UNKNOWN, UNKNOWN) for word, span in zip(words, spans, strict=True)
    ]
    return Lesson(
        make_candidates(tagged, words, limits),
        np.array([row[0] if row else UNKNOWN for row in rows], np.int64),
        np.array([span.type if span else UNKNOWN for span in spans], np.int64),
        np.array([first for first, _ in reaches], np.int64),
        np.array([last for _, last in reaches], np.int64),
        given.complete,
    )


def _reach(head: int, span: Span | None) -> tuple[int, int]:
    """Words from the head to the first and to the last word of its mention; UNKNOWN where they are too many."""
    if span is None or head - span.start > SPAN_REACH or span.end - 1 - head > SPAN_REACH:
        return UNKNOWN, UNKNOWN
    return head - span.start, span.end - 1 - head


def choose_antecedents(head: Coreference, inner: Tensor, candidates: Candidates) -> tuple[Tensor, Tensor]:
    """The best antecedents of each candidate as rows [candidates, kept], and their coarse scores (-inf: none)."""
    count = len(candidates)
    rows = np.arange(count)
    gap = rows[:, None] - rows[None, :]
    steps = bucket_distances(gap)
    heads = candidates.phrases[:, 0]
    same = (heads[:, None] == heads[None, :]) & (candidates.forms[:, None] >= len(PRONOUNS)) & (heads[:, None] >= 0)
    scores = head.coarse_scores(inner, torch.from_numpy(same).to(inner), torch.from_numpy(steps))
    open_pairs = torch.from_numpy((gap > 0) & ((gap <= WINDOW) | same))
    scores = scores.masked_fill(~open_pairs, -torch.inf)
    best = scores.detach().topk(min(KEPT, count), dim=1).indices
    return best, scores.gather(1, best)


def antecedent_scores(head: Coreference, inner: Tensor, candidates: Candidates) -> tuple[Tensor, Tensor]:
    """Antecedents [candidates, kept] (rows) and their scores, -inf where there are fewer."""
    best, coarse = choose_antecedents(head, inner, candidates)
    later, column = torch.isfinite(coarse).nonzero(as_tuple=True)
    earlier = best[later, column]
    features = pair_features(candidates, later.numpy(), earlier.numpy()) + OFFSETS
    close = head.pair_scores(inner, later, earlier, torch.from_numpy(features))
    return best, coarse.index_put((later, column), close, accumulate=True)


def coreference_loss(head: Coreference, vectors: Tensor, lesson: Lesson) -> dict[str, Tensor]:
    """The losses of a document whose words have ``vectors`` [words, width]: antecedents, mentions, types, borders."""
    words = torch.from_numpy(lesson.candidates.words)
    everything = head.words(vectors)
    inner = everything[words]
    losses: dict[str, Tensor] = {}
    clusters = torch.from_numpy(lesson.clusters)
    mentions = head.mention(inner).squeeze(-1).float()
    kept = torch.ones(len(words), dtype=torch.bool)
    if lesson.complete:
        losses["mentions"] = F.binary_cross_entropy_with_logits(mentions, (clusters >= 0).float())
        kept = (clusters >= 0) | (mentions.detach() > SEEN)
        at = torch.from_numpy((lesson.first >= 0) & (lesson.last >= 0))
        first, last = head.border_scores(everything, words[at])
        losses["borders"] = F.cross_entropy(first.float(), torch.from_numpy(lesson.first)[at]) + F.cross_entropy(
            last.float(), torch.from_numpy(lesson.last)[at]
        )
    typed = torch.from_numpy(lesson.types >= 0)
    if typed.any():
        losses["kinds"] = F.cross_entropy(head.kind(inner[typed]).float(), torch.from_numpy(lesson.types)[typed])
    if int(kept.sum()) > 1:
        candidates = lesson.candidates.take(kept.numpy())
        best, scores = antecedent_scores(head, inner[kept], candidates)
        scores = F.pad(scores.float(), (1, 0), value=0.0)
        gold = clusters[kept]
        right = (gold[best] == gold[:, None]) & (gold[:, None] >= 0) & torch.isfinite(scores[:, 1:])
        right = torch.cat([~right.any(dim=1, keepdim=True), right], dim=1)
        held = torch.logsumexp(scores.masked_fill(~right, -torch.inf), dim=1)
        losses["antecedents"] = (torch.logsumexp(scores, dim=1) - held).mean()
    return losses
