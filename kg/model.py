"""The values that flow through the pipeline: frozen, typed, standard library only.

All offsets are Unicode code points into ``Article.text``; ``end`` is exclusive.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["person", "organisation", "place", "event", "work", "product", "group", "other"]
Form = Literal["name", "nominal", "pronoun"]
Verdict = Literal["linked", "absent", "ambiguous", "unavailable"]
Realis = Literal["actual", "negated", "future", "hypothetical", "reported"]
Status = Literal["current", "former", "future", "implied"]
TimeSource = Literal["stated", "context", "published"]
Role = Literal["agent", "patient", "recipient", "instrument", "place", "time"]
Quotation = Literal["direct", "indirect", "mixed"]
ClaimKind = Literal["said", "thought", "felt", "attributed"]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible"]
Temporality = Literal["future", "non-future"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article: ``text == article.text[start:end]``, always."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as plain text.

    ``id`` names the article and its graph: what the source gave, else a hash of the URL, else a hash of the text.
    ``published`` and ``retrieved`` are ISO 8601 dates or date-times, or None when unknown.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    language: str = "en"
    published: str | None = None
    retrieved: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article speaks of an entity."""

    passage: Passage
    form: Form = "name"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in one article, after coreference; ``id`` is unique within its article ("e1", "e2", ...)."""

    id: str
    kind: Kind
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression; ``value`` is ISO 8601 (TIMEX3 style) once normalised, None before."""

    passage: Passage
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A Wikidata relation that the text states: ``subject`` and ``object`` are entity ids; ``property`` like "P39".

    ``value`` holds a literal (a date, a title) where the object is no entity. ``evidence`` is the sentence, or the
    neighbouring sentences, that state it; what several places state are several relations. ``status`` says whether the
    text gives it as past or to come; "implied" is what no sentence states and the text as a whole implies, whose
    ``evidence`` are the sentences that hold the two. ``claim`` is the id of the claim whose content states it, None
    where the article says so itself. ``item`` is the QID of the office that ``value`` names, where it is known;
    ``label`` the item's own.
    """

    subject: str
    property: str
    object: str | None
    evidence: Passage
    score: float
    value: str | None = None
    status: Status = "current"
    claim: str | None = None
    item: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class RoleFiller:
    """Who or what fills a role of an event; ``entity`` is None when the span is no known entity."""

    role: Role
    passage: Passage
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A time interval, both ends ISO 8601 dates and inclusive; None is an open end."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, will happen, or is said to.

    ``trigger`` is its first mention, ``mentions`` are all. ``time_source`` says where ``when`` comes from: a time that
    the sentence states, one from the sentences around, or the day of publication as a bound. ``claim`` is the id of the
    claim whose content tells it, None where the article says so itself. ``link`` is the decision which item it is
    (its ``entity`` is the event's id), None before; ``qid`` is the item's once it is linked.
    """

    id: str
    type: str
    trigger: Passage
    roles: tuple[RoleFiller, ...]
    when: Interval | None
    realis: Realis
    evidence: Passage
    score: float
    mentions: tuple[Passage, ...] = ()
    qid: str | None = None
    time_source: TimeSource | None = None
    claim: str | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what, in which words; ``speaker`` and ``addressee`` are entity ids.

    ``claimed_on`` is the ISO 8601 day on which it was said, where the text states one. ``cospeakers`` say it with the
    speaker: "Roe and Hall acknowledged". ``kind`` says what the content is to them; "attributed" is no claim: the words
    for what somebody does, sees or is called. ``predicate`` is the lemma of what the content says in the main, where it
    says much: "leave" of "had no plans to leave".
    """

    id: str
    speaker: str | None
    source: Passage | None
    cue: Passage | None
    content: tuple[Passage, ...]
    quotation: Quotation
    polarity: Polarity
    certainty: Certainty
    temporality: Temporality
    addressee: str | None
    about: tuple[str, ...]
    score: float
    claimed_on: str | None = None
    cospeakers: tuple[str, ...] = ()
    kind: ClaimKind = "said"
    predicate: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one article; ``sentences`` are in order and do not overlap."""

    article: Article
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    sentences: tuple[Passage, ...] = ()
    times: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of a catalogue that an entity may be.

    ``popularity`` is in 0..1 (None when unknown); ``start`` and ``end`` are ISO dates or years
    (birth and death, founded and dissolved); ``country`` and ``classes`` are QIDs. ``matched`` says how its name
    matched: label, alias, short, respelt, loose, qualified, acronym, surname, part, similar or demonym.
    ``namesakes`` is in 0..1: how common a person's name is (None when unknown).
    """

    qid: str
    label: str
    description: str = ""
    kind: str | None = None
    classes: tuple[str, ...] = ()
    country: str | None = None
    start: str | None = None
    end: str | None = None
    popularity: float | None = None
    matched: str = ""
    namesakes: float | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate that was weighed in a link decision, with its score in 0..1."""

    qid: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """The decision which catalogue item an entity is; ``qid`` is set only when ``verdict`` is "linked".

    ``label``, ``classes`` (QIDs of "instance of") and ``kind`` are the linked item's own; ``score`` is in 0..1.
    ``method`` says where the decision comes from: "catalogue", "live" (Wikidata itself) or "person", who is named in
    ``reviewer``. ``read_kind`` is the kind that the reader gave the entity, where it has that of the item now.
    """

    entity: str
    verdict: Verdict
    qid: str | None = None
    score: float = 0.0
    rivals: tuple[Rival, ...] = ()
    label: str | None = None
    classes: tuple[str, ...] = ()
    kind: str | None = None
    method: str = "catalogue"
    reviewer: str | None = None
    read_kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision which item an entity is; ``qid`` is None when it is none.

    It holds for an entity of the article ``article`` (an id), or, when that is None, for all entities of this name and
    kind. ``spans`` are the (start, end) of its mentions in the text with the hash ``text_sha256``: by them a later
    reading of the same text knows it again. ``made`` is an ISO 8601 date-time; ``label``, ``item_kind`` and ``classes``
    are the item's.
    """

    name: str
    kind: str
    reviewer: str
    made: str
    qid: str | None = None
    article: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    text_sha256: str | None = None
    label: str | None = None
    item_kind: str | None = None
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """The RDF of one article: the graph's IRI, and its statements as sorted N-Quads lines (no newline at the end)."""

    name: str
    quads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: its reading and graph, or the error that stopped it.

    ``unchanged`` says that the store already held this article's graph, so that nothing was read or written.
    """

    source: str
    article: Article | None = None
    reading: Reading | None = None
    links: tuple[Link, ...] = ()
    graph: str | None = None
    unchanged: bool = False
    quads: int = 0
    entities: int = 0
    linked: int = 0
    unavailable: int = 0
    error: Exception | None = field(default=None, compare=False)
