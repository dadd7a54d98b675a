"""Teaches the heads over pairs of phrases: relations of mentions; triggers of events and the roles around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.read.attributions import find_head
from kg.read.candidates import Tagged, choose_words, number_quotations
from kg.read.implied import SENTENCES, WORDS
from kg.read.labels import UPOS
from kg.read.pairs import (
    ARGUMENTS,
    FORMS,
    KINDS,
    RELATED,
    SIZES,
    TRIGGERS,
    Pairs,
    Phrases,
    look_at_pairs,
    make_phrases,
    pair_mentions,
    pair_triggers,
    tell_form,
)
from kg.read.roles import lay_out
from training.eventful import Eventful
from training.related import Related


class PairHead(nn.Module):
    """A small network on the vectors of two phrases, their product, the word that both hang from, the words between,
    and what can be seen of the two (``kg.read.pairs.look_at_pairs``)."""

    def __init__(
        self, inner: int, labels: int, *, hidden: int = 128, bias: float = 0.0, extra: Mapping[str, int] | None = None
    ) -> None:
        super().__init__()
        sizes = [*SIZES.values(), *(extra or {}).values()]
        self.offsets = np.cumsum([0, *sizes])[:-1]
        self.left, self.right = nn.Linear(inner, hidden), nn.Linear(inner, hidden, bias=False)
        self.product = nn.Linear(inner, hidden, bias=False)
        self.top, self.between = nn.Linear(inner, hidden, bias=False), nn.Linear(inner, hidden, bias=False)
        self.features = nn.Parameter(torch.zeros(sum(sizes), hidden))
        self.out = nn.Linear(hidden, labels)
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.features, std=0.02)
        nn.init.constant_(self.out.bias, bias)

    def forward(self, inner: Tensor, left: Phrases, right: Phrases, pairs: Pairs) -> Tensor:
        """Scores [pairs, labels], from the inner vectors of all words of the text [words, width]."""
        zero = inner.new_zeros(1, inner.shape[1])
        sums = torch.cat([zero, inner.cumsum(0)])
        a = _mean(sums, left.starts[pairs.left], left.ends[pairs.left])
        b = _mean(sums, right.starts[pairs.right], right.ends[pairs.right])
        top = torch.cat([inner, zero])[torch.from_numpy(pairs.top).to(inner.device)]  # -1 is the zero at the end
        hidden = self.left(a) + self.right(b) + self.product(a * b) + self.top(top)
        hidden = hidden + self.between(_mean(sums, pairs.first, pairs.last))
        seen = torch.from_numpy(pairs.features + self.offsets).to(inner.device)
        hidden = hidden + F.embedding_bag(seen, self.features, mode="sum")
        scores: Tensor = self.out(self.dropout(F.relu(hidden)))
        return scores


def _mean(sums: Tensor, starts: np.ndarray, ends: np.ndarray) -> Tensor:
    first, last = (torch.from_numpy(at).to(sums.device) for at in (starts, ends))
    return (sums[last] - sums[first]) / (last - first).clamp(min=1)[:, None]


@dataclass(slots=True)
class RelationLesson:
    """What a document teaches of relations.

    ``bags`` [pairs] numbers the two things and the region that a pair of mentions is of; ``gold`` and ``known`` [bags,
    RELATED] say which properties hold, and of which the corpus says so.
    """

    mentions: Phrases
    pairs: Pairs
    bags: np.ndarray
    gold: np.ndarray
    known: np.ndarray

    @property
    def weight(self) -> int:
        """How much the lesson counts among others."""
        return max(1, len(self.gold))


@dataclass(slots=True)
class EventLesson:
    """What a document teaches of events: ``allowed`` [words, TRIGGERS] what each word may be; the triggers whose roles
    are known, the phrases around them, and what each may play (``roles`` [pairs, ARGUMENTS], bool)."""

    allowed: np.ndarray
    triggers: Phrases
    phrases: Phrases
    pairs: Pairs
    roles: np.ndarray

    @property
    def weight(self) -> int:
        """How much the lesson counts among others."""
        return len(self.allowed)


def make_relation_lesson(given: Related, text: Tagged, *, wide: bool = False) -> RelationLesson:
    """The lesson of a document, with ``text`` as the reader sees it: sentences and syntax are its own.

    With ``wide``, mentions count together however far apart they stand, as in what a whole text implies.
    """
    layout = lay_out(text, given.paragraphs, number_quotations(text))
    rows, things = [], []
    for number, thing in enumerate(given.things):
        kind = KINDS.index(thing.kind if thing.kind in KINDS else "other")
        for start, end in thing.spans:
            rows.append(
                (start, end, find_head(text.heads, (start, end)), kind, FORMS.index(tell_form(text, start, end)))
            )
            things.append(number)
    order = sorted(range(len(rows)), key=lambda row: rows[row][:2])
    mentions = Phrases.of([rows[row] for row in order])
    owners = np.array([things[row] for row in order], np.int64)
    marks = np.unique(mentions.starts)
    reach = {"near": SENTENCES, "reach": WORDS} if wide else {}
    a, b = pair_mentions(mentions, owners, layout.sentences, **reach)
    bags, pairs = _sort_into_bags(given, mentions, owners, (a, b))
    keys = sorted(set(bags))
    number_of = {key: number for number, key in enumerate(keys)}
    gold = np.zeros((len(keys), len(RELATED)), bool)
    known = np.zeros((len(keys), len(RELATED)), bool)
    for key, number in number_of.items():
        known[number, [RELATED.index(name) for name in given.regions[key[2]].known]] = True
    for fact in given.facts:
        found = number_of.get((fact.subject, fact.object, fact.region))
        if found is not None:
            gold[found, RELATED.index(fact.property)] = known[found, RELATED.index(fact.property)] = True
    seen = look_at_pairs(layout, mentions, mentions, (a[pairs], b[pairs]), marks)
    return RelationLesson(mentions, seen, np.array([number_of[key] for key in bags], np.int64), gold, known)


def _sort_into_bags(
    given: Related, mentions: Phrases, owners: np.ndarray, rows: tuple[np.ndarray, np.ndarray]
) -> tuple[list[tuple[int, int, int]], np.ndarray]:
    """For each pair in a region its bag (subject, object, region), and which pair it is."""
    bags, chosen = [], []
    a, b = rows
    low, high = np.minimum(mentions.starts[a], mentions.starts[b]), np.maximum(mentions.ends[a], mentions.ends[b])
    for number, region in enumerate(given.regions):
        inside = (low >= region.start) & (high <= region.end)
        if region.things is not None:
            few = np.array(sorted(region.things))
            inside &= np.isin(owners[a], few) & np.isin(owners[b], few)
        for pair in np.flatnonzero(inside).tolist():
            bags.append((int(owners[a[pair]]), int(owners[b[pair]]), number))
            chosen.append(pair)
    return bags, np.array(chosen, np.int64)


def make_event_lesson(given: Eventful, text: Tagged) -> EventLesson:
    """The lesson of a document, with ``text`` as the reader sees it."""
    layout = lay_out(text, given.paragraphs, number_quotations(text))
    allowed = np.ones((len(text.words), len(TRIGGERS)), bool)
    covered = np.zeros(len(text.words), bool)
    for stretch in given.stretches:
        covered[stretch.start : stretch.end] = True
        allowed[stretch.start : stretch.end, [TRIGGERS.index(name) for name in stretch.complete]] = False
    triggers, roles_of = [], []
    for happening in given.happenings:
        head = find_head(text.heads, happening.trigger)
        types = [TRIGGERS.index(name) for name in happening.types]
        if types or covered[head]:
            allowed[head] = False
            allowed[head, types or list(range(1, len(TRIGGERS)))] = True
        for word in range(*happening.trigger):  # the other words of a trigger may be anything
            if word != head:
                allowed[word] = True
        if happening.known_roles:
            kind = len(KINDS) + (types[0] if len(types) == 1 else 0)
            triggers.append((head, head + 1, head, kind, FORMS.index("trigger")))
            roles_of.append((dict(_role_heads(text, happening.roles)), happening.known_roles))
    words = sorted({*choose_words(text), *(word for roles, _ in roles_of for word in roles)})
    phrases = make_phrases(text, words)
    left = Phrases.of(triggers)
    a, b = pair_triggers(left, phrases, layout.sentences)
    roles = np.zeros((len(a), len(ARGUMENTS)), bool)
    for pair, (trigger, word) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        fillers, known = roles_of[trigger]
        role = fillers.get(words[word])
        if role is not None:
            roles[pair, ARGUMENTS.index(role)] = True
        elif given.document.corpus in _WITHOUT_PRONOUNS and text.upos[words[word]] == _PRONOUN:
            roles[pair] = True
        else:
            roles[pair, [n for n, name in enumerate(ARGUMENTS) if name not in known]] = True
    seen = look_at_pairs(layout, left, phrases, (a, b), np.array(words, np.int64))
    return EventLesson(allowed, left, phrases, seen, roles)


def _role_heads(text: Tagged, roles: tuple[tuple[str, tuple[int, int]], ...]) -> list[tuple[int, str]]:
    """The head words of what plays a role: of "Ann and Bo" both, for the second hangs from the first."""
    found = []
    for role, span in roles:
        heads = {find_head(text.heads, span)}
        for word in range(*span):
            if text.labels[word] == "conj" and text.heads[word] in heads and text.upos[word] in _NAMING:
                heads.add(word)
        found += [(word, role) for word in sorted(heads)]
    return found


_PRONOUN = UPOS.index("PRON")
_WITHOUT_PRONOUNS = frozenset(("m2e2",))  # corpora that leave out what is said of pronouns
_NAMING = frozenset(UPOS.index(tag) for tag in ("NOUN", "PROPN", "PRON"))


def relations_loss(head: PairHead, inner: Tensor, lesson: RelationLesson) -> dict[str, Tensor]:
    """The loss of a document whose words have ``inner`` vectors: each property true or not for each bag of pairs, whose
    score is the log of the summed odds of its pairs; a mean over bags."""
    if not len(lesson.pairs):
        return {}
    scores = head(inner, lesson.mentions, lesson.mentions, lesson.pairs).float()
    bags = torch.from_numpy(lesson.bags).to(inner.device)[:, None].expand_as(scores)
    known = torch.from_numpy(lesson.known).to(inner.device)
    start = scores.new_full(known.shape, -1e4)
    best = start.scatter_reduce(0, bags, scores.detach(), "amax")
    summed = torch.zeros_like(start).scatter_add(0, bags, torch.exp(scores - best.gather(0, bags)))
    pooled = best + torch.log(summed.clamp(min=1e-20))
    gold = torch.from_numpy(lesson.gold).to(inner.device).float()
    losses = F.binary_cross_entropy_with_logits(pooled, gold, reduction="none") * known
    return {"relations": losses.sum() / len(gold)}


def events_loss(triggers: Tensor, head: PairHead, inner: Tensor, lesson: EventLesson) -> dict[str, Tensor]:
    """The losses of a document from trigger scores [words, TRIGGERS] and inner vectors; what is unknown is open."""
    losses: dict[str, Tensor] = {}
    allowed = torch.from_numpy(lesson.allowed).to(inner.device)
    held = ~allowed.all(dim=1)
    if held.any():
        losses["triggers"] = partial_loss(triggers[held], allowed[held])
    if len(lesson.pairs):
        scores = head(inner, lesson.triggers, lesson.phrases, lesson.pairs)
        losses["arguments"] = partial_loss(scores, torch.from_numpy(lesson.roles).to(inner.device))
    return losses


def partial_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that the label is one of those allowed, a mean over rows."""
    scores = scores.float()
    held = torch.logsumexp(scores.masked_fill(~allowed, -1e4), dim=1)
    return (torch.logsumexp(scores, dim=1) - held).mean()
