"""Finds who and what plays a role in each event, with entities, and the places that the words around it tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import numpy as np
from spacy.tokens import Doc, Token

from kg.model import Passage, Role
from kg.read.candidates import choose_words
from kg.read.claims import Place
from kg.read.components import Read
from kg.read.coreference import AFTER, BREAKS, EDGES
from kg.read.labels import UPOS
from kg.read.pairs import (
    ARGUMENTS,
    FORMS,
    KINDS,
    TRIGGERS,
    Floats,
    Ints,
    Phrases,
    look_at_pairs,
    make_phrases,
    pair_triggers,
)
from kg.read.role_checks import correct_role, may_play
from kg.read.role_features import add_role_features, find_possible_roles, keep_possible
from kg.read.role_rules import Guess, find_beside, guess_roles
from kg.read.roles import Layout
from kg.read.triggers import Filler, Mentions, Trigger, find_doer, find_light_verb, find_passage, soften

TOLD = 0.4  # probability of a role, from which it is told
OPEN = 0.1  # probability of a role that the tree tells too, from which it is told
SURE = 0.6  # probability of what the tree alone shows surely
ASIDE = frozenset(("instrument", "place", "time"))  # roles in which the model knows a subject or object better
PLAYING = 0.3  # probability of any role, from which the one that the tree tells is told
JOINING = UPOS.index("CCONJ")
# What ends a noun phrase, and what its words begin with that is no part of what it means.
ENDS = frozenset(("acl", "acl:relcl", "appos", "conj", "parataxis", "advcl", "dep", "punct", "cc"))
CLAUSES = frozenset(("acl", "acl:relcl"))
OPENS = frozenset(
    "case mark cc cc:preconj punct cop aux aux:pass nsubj nsubj:outer nsubj:pass csubj expl advcl parataxis".split()
)
"""What stands before a noun without being of its phrase: "the dead are" of "the dead are two soldiers"."""
PLACE_LINKS = frozenset("in at near outside inside on around across off within".split())
INSIDE_LINKS = frozenset(("in", "at", "during"))
SHARING = frozenset(("obl", "nmod", "obj", "nsubj", "nsubj:pass", "conj", "xcomp", "compound"))
LEADING = frozenset(("with", "without", "and", "or", ",", "despite"))  # what a phrase does not begin with
CLOSED = AFTER | {")", "]"}  # what a phrase does not go beyond
PLACE_NOUNS = frozenset(
    "city town village district province region state county island port neighborhood neighbourhood township"
    " municipality kingdom republic".split()
)
MOVING = frozenset(("TRAVEL", "RETREAT", "MOBILIZE"))  # types whose places are where somebody comes from or goes to
STEPS = 3  # words up to the event that encloses one
PLACE_SCORE = 0.5  # of a place that the model did not tell to play a role
DASHES = frozenset(("—", "–", "-", "--", "―"))
OPENING = 8  # mentions and names at the beginning of a text, one of which may be in its dateline
DATELINE = 12  # words that may hold where a text was written


class Chances:
    """The probabilities of each of ARGUMENTS for pairs of a trigger (its place in the list) and a word read."""

    def __init__(self, chances: Floats, triggers: Ints, words: Ints) -> None:
        self._chances = chances
        self._pairs = dict(zip(zip(triggers.tolist(), words.tolist(), strict=True), range(len(words)), strict=True))

    def list_told(self) -> Iterator[tuple[int, int, Role, float]]:
        """Trigger, word, role and probability of what the model tells."""
        best = self._chances.argmax(axis=1)
        told = (best > 0) & (self._chances[np.arange(len(best)), best] >= TOLD)
        for (trigger, word), pair in self._pairs.items():
            if told[pair]:
                yield trigger, word, cast(Role, ARGUMENTS[best[pair]]), float(self._chances[pair, best[pair]])

    def find(self, trigger: int, word: int, role: Role) -> tuple[float, float]:
        """The probability of a role and that of any role, 0 for a pair that is not there."""
        pair = self._pairs.get((trigger, word))
        if pair is None:
            return 0.0, 0.0
        return float(self._chances[pair, ARGUMENTS.index(role)]), float(1 - self._chances[pair, 0])


def fill_roles(doc: Doc, read: Read, layout: Layout, mentions: Mentions, triggers: Sequence[Trigger]) -> None:
    """Gives each trigger what plays a role for it: what the model tells, what the tree tells where the model leaves it
    open, the subject of a light verb as agent, and a place that the words around tell.

    An entity plays one role in an event; an agent that is not said is not given.
    """
    chances = _score_roles(read, layout, mentions, triggers)
    if chances is not None:
        _tell_roles(doc, read, layout, mentions, triggers, chances)
        _add_guesses(doc, read, mentions, triggers, chances)
    line = find_dateline(mentions.places)
    for trigger in triggers:
        trigger.fillers = [
            f for f in trigger.fillers if line is None or f.head not in range(line.span.start, line.span.end)
        ]
        _give_doer(doc, mentions, trigger)
    _give_places(mentions, triggers)
    for trigger in triggers:
        _add_inner_places(doc, mentions, trigger)


def _score_roles(read: Read, layout: Layout, mentions: Mentions, triggers: Sequence[Trigger]) -> Chances | None:
    """What the model says of the triggers and the words around; None where there are none."""
    words = np.array(choose_words(layout.text), np.int64)
    inside = np.zeros(int(layout.sentences[-1]) + 1 if len(layout.sentences) else 1, bool)
    inside[layout.sentences[[trigger.word for trigger in triggers]]] = True
    phrases = make_phrases(layout.text, words[inside[layout.sentences[words]]].tolist() if len(words) else [])
    form = FORMS.index("trigger")
    left = Phrases.of([(t.word, t.word + 1, t.word, len(KINDS) + TRIGGERS.index(t.type), form) for t in triggers])
    rows = pair_triggers(left, phrases, layout.sentences)
    if not len(rows[0]):
        return None
    head = read.network.arguments
    pairs = look_at_pairs(layout, left, phrases, rows, phrases.starts)
    if head.columns > pairs.features.shape[1]:
        pairs = add_role_features(layout, read.answers.names.argmax(axis=1), left, phrases, pairs)
    heads = phrases.heads[pairs.right]
    are_times = np.array([read.words[word] in mentions.times for word in heads.tolist()], bool)
    possible = find_possible_roles(left.kinds[pairs.left], are_times)
    chances = keep_possible(soften(head.score(read.answers.pairs, left, phrases, pairs)), possible)
    return Chances(chances, pairs.left, heads)


def _tell_roles(
    doc: Doc, read: Read, layout: Layout, mentions: Mentions, triggers: Sequence[Trigger], chances: Chances
) -> None:
    given: dict[int, list[Filler]] = {}
    for row, word, role, score in chances.list_told():
        if layout.text.upos[word] == JOINING:
            continue
        filler = make_filler(doc, mentions, read.words[word], role, score)
        filler = correct_role(triggers[row], filler) if filler is not None else None
        if filler is not None and may_play(mentions, triggers[row], doc, filler):
            given.setdefault(row, []).append(filler)
    for row, fillers in given.items():
        triggers[row].fillers = settle_fillers(fillers)


def _add_guesses(doc: Doc, read: Read, mentions: Mentions, triggers: Sequence[Trigger], chances: Chances) -> None:
    """Adds what the tree tells, and what is joined to what plays a role, where the model does not rule it out."""
    word_of = {token: word for word, token in enumerate(read.words)}
    happening = {trigger.token.i for trigger in triggers}
    for row, trigger in enumerate(triggers):
        guesses = [Guess(f.role, t) for f in trigger.fillers if f.role != "time" for t in find_beside(doc[f.head])]
        guesses += guess_roles(trigger.token, trigger.type)
        guesses += [Guess("time", child) for child in trigger.token.children if child.i in mentions.times]
        found = []
        for role, token, is_sure in guesses:
            score, other = chances.find(row, word_of.get(token.i, -1), role)
            if (
                is_sure
                and token.i not in happening
                and not any(f.head == token.i and f.role in ASIDE for f in trigger.fillers)
            ):
                score = max(score, SURE)
            elif score < OPEN and other < PLAYING:
                continue
            found.append(make_filler(doc, mentions, token.i, role, score))
        trigger.fillers = settle_fillers([*trigger.fillers, *(filler for filler in found if filler is not None)])
    for trigger in triggers:
        kept = (correct_role(trigger, f) for f in trigger.fillers if may_play(mentions, trigger, doc, f))
        trigger.fillers = settle_fillers(kept)


def make_filler(doc: Doc, mentions: Mentions, token: int, role: Role, score: float) -> Filler | None:
    """What plays a role, from its head: a time, a mention of an entity, or else a noun phrase; None when it is told to
    be a time and is no time expression, or the other way round.

    Of "the town of Azaz" the name counts.
    """
    if role == "time":
        number = mentions.times.get(token)
        span = mentions.time_spans[number] if number is not None else None
        if span is None:
            return None
        return Filler(role, span.root.i, find_passage(doc, span.start, span.end), None, number, score)
    place = mentions.names.get(token) or _find_named(doc[token], mentions) or mentions.find(token)
    if place is not None:
        return Filler(role, token, place.mention.passage, place.entity.id, None, score)
    if token in mentions.times:
        return None
    return Filler(role, token, find_phrase(doc[token]), None, None, score)


def _find_named(head: Token, mentions: Mentions) -> Place | None:
    """The name of the place in "the town of Azaz"."""
    if head.lemma_ not in PLACE_NOUNS:
        return None
    for child in head.rights:
        if child.dep_ == "nmod" and any(c.lower_ == "of" for c in child.lefts):
            named = mentions.find(child.i)
            return named if named is not None and named.entity.kind == "place" else None
    return None


def find_phrase(head: Token) -> Passage:
    """The noun phrase of a word, without the clauses, appositions and joined phrases after it."""
    doc, start, end = head.doc, head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if child.i < head.i and child.dep_ in OPENS:
            start = max(start, child.right_edge.i + 1)
        elif child.i > head.i and child.dep_ in ENDS:
            end = min(end, child.left_edge.i)
    end = next((t.left_edge.i for t in doc[head.i + 1 : end] if t.dep_ in CLAUSES), end)
    end = next((word for word in range(head.i + 1, end) if doc[word].lower_ in CLOSED or doc[word].is_space), end)
    end = next((word for word in range(head.i + 1, end) if not head.is_ancestor(doc[word])), end)
    start = next((word + 1 for word in range(head.i - 1, start - 1, -1) if doc[word].text in BREAKS), start)
    while end - 1 > head.i and doc[end - 1].lower_ in EDGES:
        end -= 1
    while start < head.i and doc[start].lower_ in LEADING:
        start += 1
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
        if verb.lemma_ == "lead":  # who leads an inquiry does not undergo it
            trigger.fillers = [f for f in trigger.fillers if f.entity is None or f.entity != filler.entity]
        same = any(f.entity == filler.entity if filler.entity else f.head == filler.head for f in trigger.fillers)
        trigger.fillers = trigger.fillers if same else settle_fillers([*trigger.fillers, filler])


def _give_places(mentions: Mentions, triggers: Sequence[Trigger]) -> None:
    """A place for each event that has none: one that hangs on its trigger or light verb, else the place of the event
    around it or inside it; for events of the first sentence, at last, the place that the text was written at."""
    hanging = find_hanging_places(mentions.places)
    where = {t.token.i: f for t in triggers if t.type not in MOVING for f in t.fillers if f.role == "place"}
    placed = {t.token.i for t in triggers for filler in t.fillers if filler.role == "place"}
    line = find_dateline(mentions.places[:1])
    written = _find_opening_end(line) if line is not None else 0
    found: dict[int, Filler] = {}
    for trigger in triggers:
        token = trigger.token
        if token.i in placed:
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


def _add_inner_places(doc: Doc, mentions: Mentions, trigger: Trigger) -> None:
    """Adds to what has no name, and is where an event took place, the place in which it lies: "at a hall in
    Northtown"."""
    added: list[Filler] = []
    for filler in (f for f in trigger.fillers if f.role == "place" and f.entity is None):
        token = next((c for c in doc[filler.head].rights if c.dep_ == "nmod" and has_place_link(c)), None)
        place = mentions.find(token.i) if token is not None else None
        if token is not None and place is not None and place.entity.kind == "place":
            added.append(Filler("place", token.i, place.mention.passage, place.entity.id, None, filler.score))
    if added:
        kept = [_cut_before(doc, f, added) for f in trigger.fillers]
        trigger.fillers = settle_fillers([*(f._replace(score=f.score + 1) for f in kept), *added])


def has_place_link(token: Token) -> bool:
    """Whether a preposition joins a word as what something lies in."""
    return any(c.dep_ == "case" and c.lower_ in ("in", "at", "of", "near") for c in token.lefts)


def _cut_before(doc: Doc, filler: Filler, places: Sequence[Filler]) -> Filler:
    """A filler that is no entity without the places that its phrase goes on with."""
    inner = [p.head for p in places if filler.passage.start < p.passage.start < filler.passage.end]
    if filler.entity is not None or not inner:
        return filler
    span = doc.char_span(filler.passage.start, filler.passage.end)
    first = doc[min(inner)].left_edge.i
    if span is None or not span.start < first <= span.end or filler.head >= first:
        return filler
    return filler._replace(passage=find_passage(doc, span.start, first))


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


def _find_opening_end(line: Place) -> int:
    """The end of the first sentence behind a dateline."""
    doc = line.span.doc
    dash = next(token.i for token in doc[line.span.end :] if token.text in DASHES)
    return int(doc[min(dash + 1, len(doc) - 1)].sent.end)


def find_dateline(places: Sequence[Place]) -> Place | None:
    """The place before the dash that a text, or one of its first paragraphs, begins with: "NORTHTOWN (Agency) - "."""
    for first in places[:OPENING]:
        doc, start = first.span.doc, first.span.start
        if first.entity.kind != "place" or not (start == 0 or doc[start - 1].is_space):
            continue
        after = doc[first.span.end : first.span.end + DATELINE]
        dash = next((token.i for token in after if token.text in DASHES), None)
        if dash is not None and not any(t.pos_ in ("VERB", "AUX") or "\n" in t.text for t in after if t.i < dash):
            return first
    return None
