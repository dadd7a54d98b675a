"""Finds who and what plays a role in each event, with entities, and the places that the words around it tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np
from spacy.tokens import Doc, Token

from kg.model import Passage, Role
from kg.read.candidates import choose_words
from kg.read.claims import Place
from kg.read.components import Read
from kg.read.coreference import AFTER, BREAKS, EDGES
from kg.read.labels import UPOS
from kg.read.pairs import ARGUMENTS, FORMS, KINDS, TRIGGERS, Phrases, look_at_pairs, make_phrases, pair_triggers
from kg.read.roles import Layout
from kg.read.triggers import Filler, Mentions, Trigger, find_doer, find_light_verb, find_passage, soften

TOLD = 0.5  # probability of a role, from which it is told
JOINING = UPOS.index("CCONJ")
# What ends a noun phrase, and what its words begin with that is no part of what it means.
ENDS = frozenset(("acl", "acl:relcl", "appos", "conj", "parataxis", "advcl", "dep", "punct", "cc"))
OPENS = frozenset(("case", "mark", "cc", "cc:preconj", "punct"))
PLACE_LINKS = frozenset("in at near outside inside on around across off within".split())
INSIDE_LINKS = frozenset(("in", "at", "during"))
SHARING = frozenset(("obl", "nmod", "obj", "nsubj", "nsubj:pass", "conj", "xcomp", "compound"))
CLOSED = AFTER | {")", "]"}  # what a phrase does not go beyond
STEPS = 3  # words up to the event that encloses one
PLACE_SCORE = 0.5  # of a place that the model did not tell to play a role
DASHES = frozenset(("—", "–", "-", "--", "―"))
DATELINE = 12  # words that may hold where a text was written


def fill_roles(doc: Doc, read: Read, layout: Layout, mentions: Mentions, triggers: Sequence[Trigger]) -> None:
    """Gives each trigger what plays a role for it: what the model tells, the subject of a light verb as agent, and a
    place that the words around tell.

    An entity plays one role in an event; an agent that is not said is not given.
    """
    words = np.array(choose_words(layout.text), np.int64)
    inside = np.zeros(int(layout.sentences[-1]) + 1 if len(layout.sentences) else 1, bool)
    inside[layout.sentences[[trigger.word for trigger in triggers]]] = True
    phrases = make_phrases(layout.text, words[inside[layout.sentences[words]]].tolist() if len(words) else [])
    _tell_roles(doc, read, layout, mentions, (triggers, phrases))
    for trigger in triggers:
        _give_doer(doc, mentions, trigger)
    _give_places(mentions, triggers)


def _tell_roles(
    doc: Doc, read: Read, layout: Layout, mentions: Mentions, sides: tuple[Sequence[Trigger], Phrases]
) -> None:
    triggers, phrases = sides
    form = FORMS.index("trigger")
    left = Phrases.of([(t.word, t.word + 1, t.word, len(KINDS) + TRIGGERS.index(t.type), form) for t in triggers])
    rows = pair_triggers(left, phrases, layout.sentences)
    if not len(rows[0]):
        return
    pairs = look_at_pairs(layout, left, phrases, rows, phrases.starts)
    chances = soften(read.network.arguments.score(read.answers.pairs, left, phrases, pairs))
    best = chances.argmax(axis=1)
    told = (best > 0) & (chances[np.arange(len(best)), best] >= TOLD)
    given: dict[int, list[Filler]] = {}
    for pair in np.flatnonzero(told).tolist():
        word, role = int(phrases.heads[pairs.right[pair]]), cast(Role, ARGUMENTS[best[pair]])
        if layout.text.upos[word] == JOINING:
            continue
        filler = make_filler(doc, mentions, read.words[word], role, float(chances[pair, best[pair]]))
        if filler is not None:
            given.setdefault(int(pairs.left[pair]), []).append(filler)
    for row, fillers in given.items():
        triggers[row].fillers = settle_fillers(fillers)


def make_filler(doc: Doc, mentions: Mentions, token: int, role: Role, score: float) -> Filler | None:
    """What plays a role, from its head: a time, a mention of an entity, or else a noun phrase; None when it is told to
    be a time and is no time expression."""
    if role == "time":
        number = mentions.times.get(token)
        span = mentions.time_spans[number] if number is not None else None
        if span is None:
            return None
        return Filler(role, span.root.i, find_passage(doc, span.start, span.end), None, number, score)
    place = mentions.find(token)
    if place is not None:
        return Filler(role, token, place.mention.passage, place.entity.id, None, score)
    return Filler(role, token, find_phrase(doc[token]), None, None, score)


def find_phrase(head: Token) -> Passage:
    """The noun phrase of a word, without the clauses, appositions and joined phrases after it."""
    doc, start, end = head.doc, head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if child.i < head.i and child.dep_ in OPENS:
            start = max(start, child.right_edge.i + 1)
        elif child.i > head.i and child.dep_ in ENDS:
            end = min(end, child.left_edge.i)
    end = next((word for word in range(head.i + 1, end) if doc[word].lower_ in CLOSED or doc[word].is_space), end)
    start = next((word + 1 for word in range(head.i - 1, start - 1, -1) if doc[word].text in BREAKS), start)
    while end - 1 > head.i and doc[end - 1].lower_ in EDGES:
        end -= 1
    return find_passage(doc, min(start, head.i), max(end, head.i + 1))


def settle_fillers(fillers: Iterable[Filler]) -> list[Filler]:
    """The fillers in the order of the text, each entity and each stretch of text in its likeliest role only."""
    kept: list[Filler] = []
    entities: set[str] = set()
    for filler in sorted(fillers, key=lambda f: (-f.score, f.head)):
        clash = any(f.passage.start < filler.passage.end and filler.passage.start < f.passage.end for f in kept)
        if not clash and (filler.entity is None or filler.entity not in entities):
            kept.append(filler)
            entities |= {filler.entity} if filler.entity else set()
    return sorted(kept, key=lambda f: f.passage.start)


def _give_doer(doc: Doc, mentions: Mentions, trigger: Trigger) -> None:
    """The subject of a light verb does what its noun tells: "rebels carried out an attack"."""
    verb = find_light_verb(trigger.token)
    if verb is None or any(filler.role == "agent" for filler in trigger.fillers):
        return
    doer = find_doer(verb)
    filler = make_filler(doc, mentions, doer.i, "agent", 1.0) if doer is not None else None
    if filler is not None and not any(f.role == "time" and f.head == filler.head for f in trigger.fillers):
        same = any(f.entity == filler.entity if filler.entity else f.head == filler.head for f in trigger.fillers)
        trigger.fillers = trigger.fillers if same else settle_fillers([*trigger.fillers, filler])


def _give_places(mentions: Mentions, triggers: Sequence[Trigger]) -> None:
    """A place for each event that has none: one that hangs on its trigger or light verb, else the place of the event
    around it or inside it; for events of the first sentence, at last, the place that the text was written at."""
    hanging = find_hanging_places(mentions.places)
    where = {t.token.i: filler for t in triggers for filler in t.fillers if filler.role == "place"}
    line = find_dateline(mentions.places)
    written = line.span.doc[line.span.start].sent.end if line is not None else 0
    found: dict[int, Filler] = {}
    for trigger in triggers:
        token = trigger.token
        if token.i in where:
            continue
        verb = find_light_verb(token)
        place = hanging.get(token.i) or (hanging.get(verb.i) if verb is not None else None)
        if place is not None:
            found[token.i] = _fill_place(place)
        elif (near := _find_place_near(token, where)) is not None:
            found[token.i] = near
        elif line is not None and token.i < written:
            found[token.i] = _fill_place(line)
    for trigger in triggers:
        if (filler := found.get(trigger.token.i)) is not None:
            trigger.fillers = settle_fillers([*trigger.fillers, filler])


def find_hanging_places(places: Iterable[Place]) -> dict[int, Place]:
    """The first place that hangs on each word by a preposition of place, by the word's number."""
    hanging: dict[int, Place] = {}
    for place in places:
        if place.entity.kind == "place":
            root = place.span.root
            if root.dep_ in ("obl", "nmod") and any(c.lower_ in PLACE_LINKS for c in root.lefts if c.dep_ == "case"):
                hanging.setdefault(root.head.i, place)
    return hanging


def _find_place_near(token: Token, where: Mapping[int, Filler]) -> Filler | None:
    """The place of the event that encloses one ("killed" in "a strike in Northtown"), or of which it is a part."""
    for child in token.rights:
        inside = child.dep_ in ("obl", "nmod") and any(c.lower_ in INSIDE_LINKS for c in child.lefts)
        if inside and child.i in where:
            return where[child.i]
    for _ in range(STEPS):
        if token.dep_ not in SHARING or token.head.i == token.i:
            return None
        token = token.head
        if token.i in where:
            return where[token.i]
    return None


def _fill_place(place: Place) -> Filler:
    return Filler("place", place.span.root.i, place.mention.passage, place.entity.id, None, PLACE_SCORE)


def find_dateline(places: Sequence[Place]) -> Place | None:
    """The place before the dash that a text begins with: "NORTHTOWN (Agency) - "."""
    first = places[0] if places else None
    if first is None or first.entity.kind != "place" or any(not t.is_space for t in first.span.doc[: first.span.start]):
        return None
    after = first.span.doc[first.span.end : first.span.end + DATELINE]
    dash = next((token.i for token in after if token.text in DASHES), None)
    if dash is None or any(t.pos_ in ("VERB", "AUX") for t in after if t.i < dash):
        return None
    return first
