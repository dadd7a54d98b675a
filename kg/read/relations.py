"""Reads the Wikidata relations that a text states between its entities, each with the sentence that states it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.model import Claim, Entity, Passage, Relation, Time
from kg.properties import BY_ID, PROPERTIES
from kg.read.attributions import find_head
from kg.read.claims import find_places, make_layout
from kg.read.components import ENTITIES, Read, find_answers
from kg.read.labels import UPOS
from kg.read.network import Network
from kg.read.pairs import (
    FORMS,
    KINDS,
    NO_PATH,
    RELATED,
    SIZES,
    UP,
    Floats,
    Halves,
    Ints,
    Pairs,
    Phrases,
    look_at_pairs,
    pair_mentions,
    tell_form,
)
from kg.read.roles import Layout

OTHER_WAY = {"P40": ("P22", "P25"), "P710": ("P1344",)}  # what says the same the other way round, and better
WIDELY_TRUE = frozenset(("P17", "P131", "P27", "P276"))
"""Properties that hold of many things which a text only mentions together: it states them where one phrase hangs near
the other in the tree; elsewhere they are told from ``FAR`` on."""
FAR = 0.9
PATH = list(SIZES).index("path")
NEAR_STEPS = 2  # in the tree, up from both to the word that both hang from
SURE_PARENT = 0.8  # from which father and mother are told apart; below it a child is told
VERBS = frozenset(UPOS.index(tag) for tag in ("VERB", "AUX"))
ANY = frozenset(("other", "event", "work", "product"))  # kinds that the reader often takes for one another


def _may_join(left: str, right: str, property: str) -> bool:
    given = BY_ID[property]
    subjects = given.subjects | (ANY & {"other"} if given.subjects & ANY else set())
    objects = given.objects | (ANY & {"other"} if given.objects & ANY else set())
    return left in subjects and right in objects


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


def find_relations(
    doc: Doc, times: Sequence[Time], claims: Iterable[Claim], *, layout: Layout | None = None
) -> tuple[Relation, ...]:
    """The relations of a ``Doc`` that went through the pipeline, in the order of the text.

    What one sentence says of two things with one property is one relation. ``times`` may be objects of relations;
    ``layout`` is that of ``make_layout`` where it has been made.
    """
    read = find_answers(doc, "relations")
    entities: Sequence[Entity] = doc.user_data.get(ENTITIES, ())
    layout = layout or make_layout(doc, read)
    text = doc.text  # built anew each time that it is asked for
    mentioned = gather_mentions(doc, layout, read, times)
    stated = list(settle(state_relations(read.network, layout, read.answers.pairs, mentioned)))
    contents = Contents(claims)
    found = []
    for each in sorted(stated, key=lambda s: (s.first, s.last, s.subject, s.property, s.object)):
        start, end = doc[read.words[each.first]], doc[read.words[each.last]]
        evidence = Passage(start.idx, end.idx + len(end), text[start.idx : end.idx + len(end)])
        heads = (doc[read.words[each.left]].idx, doc[read.words[each.right]].idx)
        time = times[each.object - len(entities)] if each.object >= len(entities) else None
        found.append(
            Relation(
                subject=entities[each.subject].id,
                property=each.property,
                object=None if time else entities[each.object].id,
                evidence=evidence,
                score=each.score,
                value=time.value if time else None,
                claim=contents.find(*heads) if says_somebody(layout, each.left, each.right) else None,
            )
        )
    return tuple(found)


def says_somebody(layout: Layout, left: int, right: int) -> bool:
    """Whether what joins two words inside a claim is the speaker's: all that stands in quotation marks, and what a verb
    says. "She said Acme's head, Bo Ek, had left" gives his office in the article's own words."""
    if layout.quotations[left] and layout.quotations[right]:
        return True
    heads = layout.text.heads
    paths: list[list[int]] = []
    for word in (left, right):
        path = [word]
        while heads[path[-1]] != path[-1] and len(path) < 100:
            path.append(heads[path[-1]])
        paths.append(path)
    shared = set(paths[0]) & set(paths[1])
    if not shared:
        return True
    tops = [next(n for n, word in enumerate(path) if word in shared) for path in paths]
    return any(
        layout.text.upos[word] in VERBS for path, top in zip(paths, tops, strict=True) for word in path[: top + 1]
    )


def gather_mentions(doc: Doc, layout: Layout, read: Read, times: Sequence[Time]) -> Mentioned:
    """The mentions of all entities and times; entities are numbered in order, times after them."""
    entities: Sequence[Entity] = doc.user_data.get(ENTITIES, ())
    number_of = {entity.id: number for number, entity in enumerate(entities)}
    spans: list[tuple[Span, int, str]] = [
        (place.span, number_of[place.entity.id], place.entity.kind)
        for place in find_places(doc)
        if is_named(place.entity)
    ]
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
    """Whether an entity has a name, or is an institution that a description tells."""
    return entity.kind == "organisation" or any(mention.form == "name" for mention in entity.mentions)


def state_relations(network: Network, layout: Layout, inner: Halves, mentioned: Mentioned) -> list[Stated]:
    """What the head says may be stated: for each two things, property and sentences one, from the threshold on."""
    pairs, logits = score_pairs(network, layout, inner, mentioned)
    if not len(pairs):
        return []
    phrases, owners = mentioned.phrases, mentioned.owners
    at = layout.sentences[phrases.heads]
    low, high = np.minimum(at[pairs.left], at[pairs.right]), np.maximum(at[pairs.left], at[pairs.right])
    keys = np.stack((owners[pairs.left], owners[pairs.right], low, high), axis=1)
    groups, group_of = np.unique(keys, axis=0, return_inverse=True)
    group_of = group_of.reshape(-1)
    pooled = pool(logits, group_of, len(groups))
    chances = network.relations.calibrate(pooled)
    order = np.argsort(group_of, kind="stable")
    firsts = np.searchsorted(group_of[order], np.arange(len(groups) + 1))
    found = []
    for group, label in np.argwhere(chances >= network.relations.thresholds).tolist():
        rows = order[firsts[group] : firsts[group + 1]]
        best = rows[logits[rows, label].argmax()]
        subject, object_, first, last = groups[group].tolist()
        found.append(
            Stated(
                subject,
                RELATED[label],
                object_,
                int(np.searchsorted(layout.sentences, first)),
                int(np.searchsorted(layout.sentences, last, side="right")) - 1,
                int(phrases.heads[pairs.left[best]]),
                int(phrases.heads[pairs.right[best]]),
                float(chances[group, label]),
                is_near(pairs.features[best, PATH]),
            )
        )
    return found


def is_near(path: int) -> bool:
    """Whether two phrases hang close to each other in the tree, by the number of the path feature."""
    return path != NO_PATH and sum(divmod(int(path), UP + 1)) <= NEAR_STEPS


def score_pairs(network: Network, layout: Layout, inner: Halves, mentioned: Mentioned) -> tuple[Pairs, Floats]:
    """All pairs of mentions whose kinds fit, with the log odds [pairs, RELATED] of each property, -inf where it does
    not join things of their kinds."""
    phrases = mentioned.phrases
    a, b = pair_mentions(phrases, mentioned.owners, layout.sentences)
    fits = FITTING[phrases.kinds[a], phrases.kinds[b]]
    chosen = fits.any(axis=1)
    pairs = look_at_pairs(layout, phrases, phrases, (a[chosen], b[chosen]), np.unique(phrases.starts))
    scores = network.relations.score(inner, phrases, phrases, pairs)
    scores[~fits[chosen]] = -np.inf
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


def settle(stated: Iterable[Stated]) -> list[Stated]:
    """What is stated without contradiction and repetition.

    Of several objects of a property that has one, the likeliest is kept; neighbouring sentences count where no single
    one says the same; of a symmetric property, and of two that say the same, one way round is kept.
    """
    by_fact: dict[tuple[int, str, int], list[Stated]] = defaultdict(list)
    for each in map(_name_parents, stated):
        if each.property in WIDELY_TRUE and not each.near and each.score < FAR:
            continue
        by_fact[each.subject, each.property, each.object].append(each)
    best = {fact: max(each.score for each in given) for fact, given in by_fact.items()}
    kept: dict[tuple[int, str], int] = {}
    for (subject, name, object_), _ in sorted(best.items(), key=lambda item: (-item[1], item[0])):
        if BY_ID[name].single:
            kept.setdefault((subject, name), object_)
    found = []
    for (subject, name, object_), given in by_fact.items():
        same = [(object_, other, subject) for other in OTHER_WAY.get(name, ())]
        if BY_ID[name].inverse == name:
            other = (object_, name, subject)
            if other in best and (best[other], other) > (best[subject, name, object_], (subject, name, object_)):
                continue
        if kept.get((subject, name), object_) != object_ or any(fact in best for fact in same):
            continue
        found += _choose_places(given)
    return found


def _name_parents(each: Stated) -> Stated:
    """The statement; one of a father or mother that is not sure which is one of a child."""
    if each.property not in OTHER_WAY["P40"] or each.score >= SURE_PARENT:
        return each
    return replace(each, subject=each.object, property="P40", object=each.subject, left=each.right, right=each.left)


def _choose_places(given: Sequence[Stated]) -> list[Stated]:
    """Each place that states a fact, likeliest first, without those that share a sentence with one chosen before."""
    chosen: list[Stated] = []
    for each in sorted(given, key=lambda e: (e.last - e.first, -e.score)):
        if all(each.last < other.first or each.first > other.last for other in chosen):
            chosen.append(each)
    return chosen


class Contents:
    """The contents of claims, to be asked which of them says something."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        given = list(claims)
        self._direct = {claim.id for claim in given if claim.quotation == "direct"}
        spans = [(p.start, p.end, claim.id) for claim in given for p in claim.content]
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def find(self, *places: int) -> str | None:
        """The claim whose content holds all of the places (offsets of the text), the innermost where several do."""
        last = bisect_right(self._starts, min(places))
        holding = [s for s in self._spans[max(0, last - 50) : last] if s[1] > max(places)]
        return min(holding, key=lambda s: s[1] - s[0])[2] if holding else None

    def is_direct(self, claim: str) -> bool:
        """Whether all of a claim's content stands in quotation marks."""
        return claim in self._direct
