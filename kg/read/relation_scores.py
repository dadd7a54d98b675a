"""Scores which relations may join the mentions of a text: pairs that stand near and whose kinds fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.model import Entity, Time
from kg.properties import BY_ID, PROPERTIES
from kg.read.attributions import find_head
from kg.read.claims import find_places
from kg.read.components import ENTITIES, Read
from kg.read.network import Network
from kg.read.pairs import (
    FORMS,
    KINDS,
    RELATED,
    Floats,
    Halves,
    Ints,
    Pairs,
    Phrases,
    look_at_pairs,
    tell_form,
)
from kg.read.relation_cues import find_ruled_out, pass_aside
from kg.read.relation_trees import find_datelines, find_foreign, find_unfounded, read_verbs
from kg.read.roles import Layout

ANY = frozenset(("other", "event", "work", "product"))  # kinds that the reader often takes for one another


def _may_join(left: str, right: str, property: str) -> bool:
    given = BY_ID[property]
    subjects = given.subjects | (ANY & {"other"} if given.subjects & ANY else set())
    objects = given.objects | (ANY & {"other"} if given.objects & ANY else set())
    return left in subjects and right in objects


PLACE, INCEPTION = KINDS.index("place"), RELATED.index("P571")
READ_SCORE = 0.9  # of what a verb says by the tree
BY_VERB = frozenset(("P112", "P571"))
LISTING = frozenset(("and", "or", "&"))
NESTED = 3  # places that follow one another by commas, and of which each holds the one before, at most

FITTING: NDArray[np.bool_] = np.array(
    [[[_may_join(left, right, each.id) for each in PROPERTIES] for right in KINDS] for left in KINDS]
)
"""Which properties may join things of two kinds: [KINDS, KINDS, RELATED]."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The mentions of a text that relations may join, in order; ``owners`` [mentions] number the things."""

    phrases: Phrases
    owners: Ints


@dataclass(frozen=True, slots=True)
class Stated:
    """That a property may join two things: ``subject`` and ``object`` number them, ``first`` and ``last`` are the words
    of the sentences that state it, ``left`` and ``right`` the head words of the likeliest mentions, which are ``near``
    or not in the tree."""

    subject: int
    property: str
    object: int
    first: int
    last: int
    left: int
    right: int
    score: float
    near: bool = True


@dataclass(frozen=True, slots=True)
class Nested:
    """Things that lie in one another: the ``pairs`` of numbers, inner and outer, and by the head word of each mention
    the things that it is named with (``beside``), but for those of a list: "Leeds, York and Hull"."""

    pairs: set[tuple[int, int]]
    beside: dict[int, set[int]]


def gather_mentions(
    doc: Doc, layout: Layout, read: Read, times: Sequence[Time], strangers: Sequence[Entity] = ()
) -> Mentioned:
    """The mentions of all entities and times; entities are numbered in order, ``strangers`` after them, then times."""
    entities: Sequence[Entity] = (*doc.user_data.get(ENTITIES, ()), *strangers)
    number_of = {entity.id: number for number, entity in enumerate(entities)}
    spans: list[tuple[Span, int, str]] = [
        (place.span, number_of[place.entity.id], place.entity.kind)
        for place in find_places(doc)
        if is_named(place.entity)
    ]
    for stranger in strangers:
        for mention in stranger.mentions:
            span = doc.char_span(mention.passage.start, mention.passage.end)
            if span is not None:
                spans.append((span, number_of[stranger.id], stranger.kind))
    for number, time in enumerate(times, len(entities)):
        span = doc.char_span(time.passage.start, time.passage.end, alignment_mode="expand")
        if span is not None and time.value is not None:
            spans.append((span, number, "date"))
    numbers = np.full(len(doc) + 1, -1, np.int64)
    numbers[read.words] = np.arange(len(read.words))
    rows = []
    for span, owner, kind in spans:
        inside = numbers[span.start : span.end]
        inside = inside[inside >= 0]
        if len(inside):
            bounds = (int(inside[0]), int(inside[-1]) + 1)
            form = FORMS.index(tell_form(layout.text, *bounds))
            rows.append((*bounds, find_head(layout.text.heads, bounds), KINDS.index(kind), form, owner))
    rows.sort()
    return Mentioned(Phrases.of([row[:5] for row in rows]), np.array([row[5] for row in rows], np.int64))


def is_named(entity: Entity) -> bool:
    """Whether an entity has a name, or is an institution or a person that pronouns and descriptions tell."""
    return entity.kind in ("organisation", "person") or any(mention.form == "name" for mention in entity.mentions)


def find_nested(layout: Layout, mentioned: Mentioned) -> Nested:
    """The places of which the text names one as what another lies in, by a comma: "Leeds, England", "Leeds (once
    Loidis), England"."""
    phrases, words = mentioned.phrases, layout.text.words
    wider: dict[int, list[tuple[int, int]]] = {}  # by the word that begins a place: it, and those that follow by commas
    listed: set[int] = set()  # the first words of places with "and" behind the last of them
    pairs: set[tuple[int, int]] = set()
    beside: dict[int, set[int]] = {}
    for row in np.flatnonzero(phrases.kinds == PLACE).tolist()[::-1]:
        owner, start, head = int(mentioned.owners[row]), int(phrases.starts[row]), int(phrases.heads[row])
        end = pass_aside(words, int(phrases.ends[row]))
        joined = end + 1 < len(words) and words[end] == "," and layout.sentences[start] == layout.sentences[end + 1]
        outer = wider.get(end + 1, [])[:NESTED] if joined else []
        wider[start] = [(owner, head), *outer]
        if end + 1 in listed if outer else end < len(words) and not LISTING.isdisjoint(words[end : end + 2]):
            listed.add(start)
        for other, place in outer:
            if other != owner:
                pairs.add((owner, other))
                if start not in listed:
                    beside.setdefault(head, set()).add(other)
                    beside.setdefault(place, set()).add(owner)
    return Nested(pairs, beside)


def score_pairs(
    network: Network, layout: Layout, inner: Halves, mentioned: Mentioned, rows: tuple[Ints, Ints]
) -> tuple[Pairs, Floats]:
    """The pairs of mentions ``rows`` whose kinds fit, with the log odds [pairs, RELATED] of each property, -inf where
    it does not join things of their kinds."""
    phrases = mentioned.phrases
    a, b = rows
    fits = FITTING[phrases.kinds[a], phrases.kinds[b]]
    chosen = fits.any(axis=1)
    pairs = look_at_pairs(layout, phrases, phrases, (a[chosen], b[chosen]), np.unique(phrases.starts))
    scores = network.relations.score(inner, phrases, phrases, pairs)
    scores[~fits[chosen]] = -np.inf
    scores[find_ruled_out(layout, phrases, pairs)] = -np.inf
    for row, labels in find_foreign(layout, phrases, mentioned.owners, pairs):
        scores[row, labels] = -np.inf
    scores[find_datelines(layout, phrases, pairs)] = -np.inf
    scores[list(find_unfounded(layout, phrases, pairs)), INCEPTION] = -np.inf
    return pairs, scores


def pool(scores: Floats, groups: Ints, count: int) -> Floats:
    """The log of the summed odds of each group's pairs, [groups, labels]."""
    best = np.full((count, scores.shape[1]), -np.inf, np.float32)
    np.maximum.at(best, groups, scores)
    safe = np.where(np.isfinite(best), best, 0)
    sums = np.zeros_like(best)
    np.add.at(sums, groups, np.exp(scores - safe[groups]))
    with np.errstate(divide="ignore"):
        pooled: Floats = safe + np.log(sums)
    return pooled


def add_read(layout: Layout, mentioned: Mentioned, told: Sequence[Stated]) -> list[Stated]:
    """What the head says, and what verbs say by the tree: where these tell whom or what somebody founded, the head has
    nothing to add. Where somebody likelier studied than worked is no employer."""
    phrases, owners, sentences = mentioned.phrases, mentioned.owners, layout.sentences
    found = []
    for left, name, right in read_verbs(layout, phrases):
        words = int(phrases.heads[left]), int(phrases.heads[right])
        if owners[left] != owners[right] and sentences[words[0]] == sentences[words[1]]:
            first = int(np.searchsorted(sentences, sentences[words[0]]))
            last = int(np.searchsorted(sentences, sentences[words[0]], side="right")) - 1
            found.append(Stated(int(owners[left]), name, int(owners[right]), first, last, *words, READ_SCORE))
    exact = {(each.property, each.object, each.first): each.subject for each in found if each.property in BY_VERB}
    schooled = {(each.subject, each.object, each.first): each.score for each in told if each.property == "P69"}
    kept = [
        each
        for each in told
        if exact.get((each.property, each.object, each.first), each.subject) == each.subject
        and (each.property != "P108" or schooled.get((each.subject, each.object, each.first), 0) <= each.score)
    ]
    known = {(e.subject, e.property, e.object, e.first, e.last): n for n, e in enumerate(kept)}
    for each in found:
        turned = (each.object, each.property, each.subject, each.first, each.last)
        own = (each.subject, each.property, each.object, each.first, each.last)
        at = known.get(own, known.get(turned) if BY_ID[each.property].inverse == each.property else None)
        if at is None:
            known[own] = len(kept)
            kept.append(each)
        else:
            kept[at] = replace(kept[at], score=max(kept[at].score, READ_SCORE))
    return kept
