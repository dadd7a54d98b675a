"""Finds the words that tell of events, and the mentions and times that may play a role in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Span, Token

from kg.model import Passage, Role, Time
from kg.read.candidates import Tagged
from kg.read.claims import Place, find_places
from kg.read.components import Read
from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma
from kg.read.pairs import TRIGGERS, Floats, Halves
from kg.read.roles import Layout
from kg.read.tokenizer import slice_text
from kg.read.trigger_words import NOTHING, FindKind, find_framed, find_types

TOLD = 0.5  # probability of its likeliest type, or of any for a clear word, from which a word is told to be a trigger
CLEAR = (
    0.3  # probability of any type, from which a clear word is told: the model has learnt from much that leaves it out
)
HINTED = 0.8  # probability of any type, from which a word with types of its own is told to be of one
UNKNOWN = 0.9  # probability of its likeliest type, from which a noun that the table of words does not have is told
UNKNOWN_VERB = 0.7  # and a verb
SHOWN = 0.3  # and a noun that its place in the sentence shows to be an event
CLEAR_SHOWN = 0.08  # and a clear noun that its place shows to be one: "sparked protests"
SHARES = {True: 0.05, False: 0.2}  # of the probability of any type that the own type of a clear or hinted word has
SHOWN_SHARE = 0.3  # and that of a noun shown to be an event
LONGEST = 400  # words of a sentence in which events are told: what is longer is a list or a table
MAY_TELL = frozenset(UPOS.index(tag) for tag in ("NOUN", "VERB", "ADJ", "PROPN"))
# With an object that is an event these say only that it takes place, and the subject does it: "carried out an attack".
LIGHT = frozenset(
    "carry conduct launch stage mount commit hold make give perform execute wage undertake pay deliver convene open"
    " begin start impose lead".split()
)
NAMING = frozenset("call name dub term label".split())  # with what something is called these tell of no event
NAMED = 8  # words from "called" on, among which a quotation says what something is called
QUOTES = frozenset(('"', "“", "‘", "'", "''", "``"))
SAYING = frozenset(("tell", "claim"))
SAID = frozenset(("ACCUSE", "ANNOUNCE", "CONSULT"))  # what plain saying is taken for
EMPTY = frozenset(("be", "have", "do", "say"))
STAYING = frozenset(("reside", "live", "stay", "remain", "dwell"))
HAPPENING = LIGHT | frozenset(
    "attend happen occur come take cause trigger spark provoke prompt follow continue end erupt break claim halt resume"
    " kill injure wound leave".split()
)
"""Whose subject or object is something that happens."""
FORCES = frozenset("troop force soldier army military unit marine navy contingent battalion brigade warship".split())
MARCHES = {"reposition": "MOBILIZE", "redeploy": "MOBILIZE", "deploy": "MOBILIZE", "withdraw": "RETREAT"}
"""What verbs tell of whose object are soldiers, whatever the model makes of them."""
ABOUT_TIME = frozenset("in at during after before following since amid".split())  # with an event these tell when
LIGHT_LINKS = frozenset((("take", "in"), ("participate", "in"), ("engage", "in"), ("join", "in")))
SUBJECTS = frozenset(("nsubj", "nsubj:outer"))


class Filler(NamedTuple):
    """What plays a role for a trigger: its head (a token's number), passage, entity and the number of its time."""

    role: Role
    head: int
    passage: Passage
    entity: str | None = None
    time: int | None = None
    score: float = 1.0


@dataclass(slots=True)
class Trigger:
    """A word that tells of an event: ``word`` is its number among the words read, ``type`` one of TRIGGERS, ``score``
    the type's probability, ``fillers`` what plays a role."""

    word: int
    token: Token
    passage: Passage
    type: str
    score: float
    fillers: list[Filler] = field(default_factory=list)


class Mentions:
    """The mentions and times of a ``Doc``, to be asked for by a token's number."""

    def __init__(self, doc: Doc, times: Sequence[Time]) -> None:
        self.places = list(find_places(doc))
        self.heads: dict[int, Place] = {}
        self.names: dict[int, Place] = {}
        for place in self.places:  # of nested ones the inner comes later
            start, end = place.span.start, place.span.end
            if place.mention.form == "name":
                self.names.update(dict.fromkeys(range(start, end), place))
            else:
                self.heads.update(dict.fromkeys(_find_tops(place.span), place))
        self.time_spans: list[Span | None] = []
        self.times: dict[int, int] = {}
        for number, time in enumerate(times):
            span = doc.char_span(time.passage.start, time.passage.end, alignment_mode="expand")
            self.time_spans.append(span)
            if span is not None:
                self.times.update(dict.fromkeys(range(span.start, span.end), number))

    def make_kind_finder(self, read: Read) -> FindKind:
        """Gives the kind of the entity of a word, given by its number among those read."""

        def find_kind(word: int) -> str | None:
            place = self.find(read.words[word])
            return place.entity.kind if place is not None else None

        return find_kind

    def find(self, token: int) -> Place | None:
        """The mention whose head is the token, or the name that it is part of."""
        return self.heads.get(token) or self.names.get(token)


def _find_tops(span: Span) -> list[int]:
    """The words of a span that hang from none in it, without articles and marks where there are others: a tree may hang
    both "year" and "old" of "the 62-year-old" from what follows."""
    if len(span) == 1:
        return [span.start]
    tops = [t for t in span if t.head is t or not span.start <= t.head.i < span.end]
    return [t.i for t in tops if t.pos_ not in ("DET", "PUNCT", "ADP", "SPACE")] or [t.i for t in tops]


def choose_triggers(read: Read, layout: Layout, mentions: Mentions, *, shown: Shown | None = None) -> list[int]:
    """The words (numbers among those read) that the model tells to be triggers, in order.

    A word in a name is none, unless it is the name of an event; of that one word is kept, the likeliest. Nor is one in
    a time expression, or in a sentence of more than LONGEST words, or the first of two joined nouns ("drone strike").
    """
    scores = read.answers.triggers
    if not len(scores):
        return []
    soft = soften(scores)
    sizes = np.bincount(layout.sentences)
    shown = shown or find_shown(layout.text, mentions.make_kind_finder(read))
    named: dict[int, int] = {}
    chances: dict[int, float] = {}
    chosen = []
    told = 1 - soft[:, 0] >= CLEAR_SHOWN
    told[list(shown.framed)] = True
    told[list(shown.silent)] = False
    for word in np.flatnonzero(told & (sizes[layout.sentences] <= LONGEST)).tolist():
        if layout.text.upos[word] not in MAY_TELL or read.words[word] in mentions.times:
            continue
        part = UPOS[layout.text.upos[word]]
        kind, chances[word] = settle_type(soft[word], layout.text.lower[word], part, place=shown.tell(word, part))
        if word not in shown.framed and chances[word] < least_chance(layout.text, word, TRIGGERS[kind]):
            continue
        name = mentions.names.get(read.words[word])
        if name is None:
            chosen.append(word)
        elif name.entity.kind == "event":
            best = named.get(name.span.start, word)
            named[name.span.start] = word if chances[word] > chances[best] else best
    every = sorted((*chosen, *named.values()))
    kept = set(every)
    return [word for word in every if not _is_modifier(layout.text, word, kept)]


def least_chance(text: Tagged, word: int, type_: str) -> float:
    """The probability from which a word is told to be of a type: more for one that the table of words does not have,
    since what is annotated nowhere ("money", "immunity") looks like what the corpora leave out; for a noun before
    another one ("protest song"); and for what has no type of its own."""
    part = UPOS[text.upos[word]]
    types, _ = find_types(text.lower[word], part)
    if text.labels[word] == "compound" or (type_ == "OTHER" and type_ not in types):
        return UNKNOWN
    if types:
        return TOLD
    return UNKNOWN_VERB if part == "VERB" else UNKNOWN


class Shown(NamedTuple):
    """What the places of words in their sentences show: which nouns are events, which words tell of events with what
    stands around them, with their types, and which tell of none."""

    nouns: frozenset[int] = frozenset()
    framed: Mapping[int, str] = MappingProxyType({})
    silent: frozenset[int] = frozenset()

    def tell(self, word: int, part: str) -> str | None:
        """The type of a word, "" of a noun that is an event of some type, None where its place shows nothing."""
        return self.framed.get(word, "" if part == "NOUN" and word in self.nouns else None)


def find_shown(text: Tagged, find_kind: FindKind = lambda word: None) -> Shown:
    """What the place in the sentence shows of the words: "carried out the attack", "the attack came", "in a raid",
    "pulls its troops out"."""
    nouns = set()
    framed = find_framed(text, find_kind)
    for word, (head, label) in enumerate(zip(text.heads, text.labels, strict=True)):
        if label in ("obj", "nsubj", "nsubj:pass"):
            verb = find_lemma(text.lower[head], "VERB")
            if verb in HAPPENING:
                nouns.add(word)
            elif label != "nsubj" and verb in MARCHES and find_lemma(text.lower[word], "NOUN") in FORCES:
                framed[head] = MARCHES[verb]
        elif label == "conj" and head in nouns:
            nouns.add(word)
        elif label == "case" and text.labels[head] == "obl" and text.lower[word] in ABOUT_TIME:
            nouns.add(head)
        elif _is_pulling_out(text, word):
            framed[word] = "RETREAT"
    silent = frozenset(word for word, type_ in framed.items() if type_ == NOTHING)
    return Shown(frozenset(nouns), {w: t for w, t in framed.items() if w not in silent}, silent)


def _is_pulling_out(text: Tagged, word: int) -> bool:
    """Whether a verb tells that somebody pulls out or back, or pulls soldiers: "would pull out of the country"."""
    if UPOS[text.upos[word]] != "VERB" or find_lemma(text.lower[word], "VERB") != "pull":
        return False
    near = range(max(0, word - 4), min(word + 5, len(text.words)))
    below = {text.labels[other]: other for other in near if text.heads[other] == word}
    if "obj" in below:
        out = "out" in text.lower[word + 1 : word + 5] or "back" in text.lower[word + 1 : word + 5]
        return out and find_lemma(text.lower[below["obj"]], "NOUN") in FORCES
    return text.lower[word + 1 : word + 3] in (["out", "of"], ["back", "from"]) and "aux:pass" not in below


def settle_type(chances: Floats, word: str, part: str, *, place: str | None = None) -> tuple[int, float]:
    """The number in TRIGGERS of the type that a word (in small letters, with its part of speech) tells of, and its
    probability.

    Corpora that annotate only some events make the model spread what it does not call none over types that no such word
    has. For a word of the table of words that all goes to the likeliest of its own types; for one that is not clear,
    only where no type is told by itself. A clear word, or one that its place shows to be an event, is as likely as not
    to begin with. ``place`` is what ``Shown`` tells of the word.
    """
    whole = float(1 - chances[0])
    if place:
        return TRIGGERS.index(place), (1 + whole) / 2
    types, is_clear = find_types(word, part)
    is_shown = place is not None
    is_told = not is_clear and float(chances[1:].max()) >= TOLD
    if types and not is_told and whole >= find_least(is_clear=is_clear, is_shown=is_shown):
        own = max((TRIGGERS.index(name) for name in types), key=lambda kind: (float(chances[kind]), -kind))
        share = SHOWN_SHARE if whole < HINTED and not is_clear else SHARES[is_clear]
        if chances[own] >= share * whole:
            return own, (1 + whole) / 2 if is_clear or is_shown else whole
    kind = int(chances[1:].argmax()) + 1
    return kind, float(chances[kind])


def find_least(*, is_clear: bool, is_shown: bool) -> float:
    """The probability of any type, from which a word is told to be of one of its own types."""
    if is_clear:
        return CLEAR_SHOWN if is_shown else CLEAR
    return SHOWN if is_shown else HINTED


def _is_modifier(text: Tagged, word: int, triggers: set[int]) -> bool:
    """Whether a noun only tells what kind of event another one is: "drone" in "drone strike"."""
    return text.labels[word] == "compound" and text.heads[word] != word and text.heads[word] in triggers


def make_triggers(
    doc: Doc, read: Read, mentions: Mentions, words: Sequence[int], *, shown: Shown | None = None
) -> list[Trigger]:
    """The given words as triggers of their likeliest types, whether or not the model would tell them; ``shown`` is that
    of ``find_shown``."""
    shown = shown or Shown()
    found = []
    for word, row in zip(words, soften(read.answers.triggers[list(words)]), strict=True) if len(words) else ():
        token = doc[read.words[word]]
        kind, chance = settle_type(row, token.lower_, token.pos_, place=shown.tell(word, token.pos_))
        name = mentions.names.get(token.i)
        named = name is not None and name.entity.kind == "event"
        passage = name.mention.passage if name is not None and named else find_passage(doc, token.i, token.i + 1)
        found.append(Trigger(word, token, passage, TRIGGERS[kind], chance))
    return found


def drop_light_verbs(triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers without the verbs whose object is the event (of "launched a strike" the noun is kept), without "be",
    "have" and "do", and without plain saying and naming ("called him brave")."""
    verbs = {verb.i for trigger in triggers if (verb := find_light_verb(trigger.token)) is not None}
    return [t for t in triggers if t.token.i not in verbs and not _is_empty(t)]


def _is_empty(trigger: Trigger) -> bool:
    token = trigger.token
    if token.pos_ != "VERB":
        return False
    if token.lemma_ in NAMING and any(child.dep_ == "xcomp" or _is_named(child) for child in token.rights):
        return True
    if token.lemma_ == "call" and any(t.text in QUOTES for t in token.doc[token.i + 1 : token.i + NAMED]):
        return True
    if trigger.type == "TRAVEL" and _is_no_journey(token):
        return True
    if token.lemma_ == "call" and any(c.lower_ == "off" for c in token.rights):
        return True
    saying = token.lemma_ in SAYING and trigger.type in SAID
    return token.lemma_ in EMPTY or saying


def _is_no_journey(verb: Token) -> bool:
    """Whether a verb of going tells of no journey: "was left outside", "the storm moves", "flags were flown"."""
    if verb.lemma_ in STAYING:
        return True
    if verb.lemma_ == "leave" and any(c.dep_ == "aux:pass" for c in verb.lefts):
        return True
    goer = next((c for c in verb.lefts if c.dep_ in (*SUBJECTS, "nsubj:pass")), None)
    goer = verb.head if goer is None and verb.dep_ == "acl" else goer
    carried = next((c for c in verb.rights if c.dep_ == "obj"), None)
    if any(c is not None and c.lemma_.lower() == "flag" for c in (goer, carried)):
        return True
    return goer is not None and "DISASTER" in find_types(goer.lower_, "NOUN")[0]


def _is_named(child: Token) -> bool:
    """Whether a word is the object of a verb and a quotation follows: "called the raid 'a mistake'"."""
    after = child.right_edge.i + 1
    return child.dep_ == "obj" and (child.right_edge.text in QUOTES or child.doc[after : after + 1].text in QUOTES)


def find_light_verb(noun: Token) -> Token | None:
    """The verb that says only that the event a noun tells of takes place: "carried out" of "carried out an attack"."""
    verb = noun.head
    if noun.pos_ not in ("NOUN", "PROPN") or verb.pos_ != "VERB":
        return None
    if noun.dep_ in ("obj", "nsubj:pass"):
        return verb if verb.lemma_ in LIGHT else None
    if noun.dep_ == "obl" and any((verb.lemma_, c.lower_) in LIGHT_LINKS for c in noun.lefts if c.dep_ == "case"):
        return verb
    return None


def find_doer(verb: Token) -> Token | None:
    """The subject of a verb, of a passive the "by" phrase; a verb joined to another may share its subject, and in a
    relative clause it is the noun that the clause belongs to. None where none is said."""
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.lefts):
        agents = (c for c in verb.rights if c.dep_ in ("obl", "obl:agent"))
        return next((c for c in agents if any(w.lower_ == "by" and w.dep_ == "case" for w in c.lefts)), None)
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    if subject is not None:
        relative = verb.dep_ == "acl:relcl" and subject.lower_ in ("who", "which", "that")
        return verb.head if relative else subject
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.head.dep_ != "conj":
        return find_doer(verb.head) if not any(c.dep_ == "aux:pass" for c in verb.head.lefts) else None
    return None


def find_passage(doc: Doc, start: int, end: int) -> Passage:
    """The text of some tokens."""
    span = doc[start:end]
    return Passage(span.start_char, span.end_char, slice_text(span))


def soften(scores: Halves) -> Floats:
    """Probabilities from scores, row by row."""
    wide = np.asarray(scores, np.float32)
    wide = np.exp(wide - wide.max(axis=1, keepdims=True, initial=-np.inf))
    soft: Floats = wide / wide.sum(axis=1, keepdims=True)
    return soft
