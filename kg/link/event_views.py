"""What an article says around an event, in the form that the catalogue's events are compared with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.link.context import COUNTRY_CLASSES
from kg.link.names import normalise
from kg.model import Entity, Event, Interval, Link, Passage, Reading, RoleFiller

MOST_SCENES = 8  # sentences of one event that are looked at
LONGEST = 1200  # characters of a sentence that is looked at as one
YEAR = 366
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_ENDINGS = ("ings", "ing", "ed", "es", "s")
_SAME = {"assassinat": "assassin", "assassination": "assassin", "election": "elect", "struck": "strik", "shot": "shoot"}
_SAME |= {"collision": "collid", "invasion": "invad", "quake": "earthquak", "explosion": "explod", "strike": "strik"}
_SAME |= {"derailment": "derail", "hijack": "hijack", "kidnapp": "kidnap", "killer": "kill", "assassin": "assassin"}
_SAME |= {"earthquake": "earthquak", "inquiry": "inquir", "inquirie": "inquir", "blaze": "fire", "blast": "explod"}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``; ``exact`` when they are told, not only guessed from a bound or a year."""

    first: date
    last: date
    exact: bool = True

    @property
    def days(self) -> int:
        """How many days after the first the last is."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence that tells of an event.

    ``at`` is its number, ``stems`` are those of the trigger's words. ``filling`` are the words of the trigger and of
    what fills its roles, ``victims`` those of who it is done to, ``near`` all of the sentence. ``items`` are the QIDs
    of what the sentence speaks of, ``filled`` those of what fills a role.
    """

    at: int
    stems: frozenset[str]
    filling: frozenset[str]
    victims: frozenset[str]
    near: frozenset[str]
    items: frozenset[str]
    filled: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as the score sees it.

    ``years`` are numbers in its own words ("the 2016 referendum"), ``places`` the QIDs of its places, ``far`` the words
    of the whole article, ``home`` the QID of the country that the article speaks of most, ``span`` when it was.
    """

    event: Event
    scenes: tuple[Scene, ...]
    years: frozenset[int]
    places: frozenset[str]
    far: frozenset[str]
    home: str | None
    span: Span | None


class ArticleEvents:
    """An article, in which events are looked at."""

    def __init__(self, reading: Reading, links: Sequence[Link]) -> None:
        self._published = read_day(reading.article.published)
        self._links: Mapping[str, Link] = {link.entity: link for link in links if link.verdict == "linked"}
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in reading.entities}
        self._sentences = list(cut_sentences(reading.sentences))
        self._starts = [sentence.start for sentence in self._sentences]
        self._far = split_words(f"{reading.article.title or ''}\n{reading.article.text}")
        self._spoken: dict[int, set[str]] = {}
        self._named: dict[int, list[tuple[Passage, Link]]] = {}
        countries: Counter[str] = Counter()
        for entity in reading.entities:
            link = self._links.get(entity.id)
            for mention in entity.mentions:
                at = self._find(mention.passage)
                self._spoken.setdefault(at, set()).add(entity.id)
                if link is not None and link.kind == "event" and mention.form == "name":
                    self._named.setdefault(at, []).append((mention.passage, link))
            if link is not None and not COUNTRY_CLASSES.isdisjoint(link.classes):
                countries[link.qid or ""] += len(entity.mentions)
        self._home = max(countries, key=lambda qid: (countries[qid], qid)) if countries else None

    def find_named(self, event: Event) -> Link | None:
        """The link of the event entity in whose name the trigger stands: "World War II" is entity and event at once."""
        found = self._named.get(self._find(event.trigger), ())
        start, end = event.trigger.start, event.trigger.end
        return next((link for passage, link in found if passage.start <= start and end <= passage.end), None)

    def view(self, event: Event) -> EventView:
        """Gathers what the article says around an event."""
        told: dict[int, list[Passage]] = {}
        for passage in dict.fromkeys((event.trigger, *event.mentions)):
            told.setdefault(self._find(passage), []).append(passage)
        fillers: dict[int, list[RoleFiller]] = {}
        for filler in event.roles:
            fillers.setdefault(self._find(filler.passage), []).append(filler)
        scenes = [self._view_scene(at, told[at], fillers.get(at, [])) for at in sorted(told)[:MOST_SCENES]]
        numbers = {int(w) for passages in told.values() for p in passages for w in re.findall(r"\b[12]\d{3}\b", p.text)}
        places = {self._qid(f.entity) for f in event.roles if f.role == "place" and f.entity is not None}
        span = read_span(event.when, self._published, told=event.time_source in ("stated", "context"))
        return EventView(
            event, tuple(scenes), frozenset(numbers), frozenset(places) - {""}, self._far, self._home, span
        )

    def _view_scene(self, at: int, triggers: Sequence[Passage], fillers: Sequence[RoleFiller]) -> Scene:
        trigger = frozenset[str]().union(*(split_words(p.text) for p in triggers))
        words = {f: split_words(f.passage.text) | self._name(f.entity) for f in fillers if f.role != "time"}
        spoken = self._spoken.get(at, set())
        near = split_words(self._sentences[at].text) if at >= 0 else frozenset()
        return Scene(
            at,
            stems=frozenset(map(stem_word, trigger)),
            filling=trigger.union(*words.values()),
            victims=frozenset[str]().union(*(told for f, told in words.items() if f.role == "patient")),
            near=near.union(*map(self._name, spoken)),
            items=frozenset(map(self._qid, spoken)) - {""},
            filled=frozenset(self._qid(f.entity) for f in fillers if f.entity is not None) - {""},
        )

    def _find(self, passage: Passage) -> int:
        return bisect_right(self._starts, passage.start) - 1

    def _name(self, entity: str | None) -> frozenset[str]:
        """The words of an entity's name, and of its item's."""
        if entity is None:
            return frozenset()
        link = self._links.get(entity)
        return split_words(f"{self._entities[entity].name} {link.label if link and link.label else ''}")

    def _qid(self, entity: str) -> str:
        link = self._links.get(entity)
        return (link.qid or "") if link is not None else ""


def cut_sentences(sentences: Sequence[Passage]) -> Iterator[Passage]:
    """The sentences, the endless ones of a text without full stops in pieces, so that an event's words stay few."""
    for sentence in sentences:
        for at in range(0, max(1, len(sentence.text)), LONGEST):
            piece = sentence.text[at : at + LONGEST]
            yield Passage(sentence.start + at, sentence.start + at + len(piece), piece)


def split_words(text: str) -> frozenset[str]:
    """The words of a text as they stand in normalised names."""
    return frozenset(normalise(_POSSESSIVE.sub("", text)).split())


def stem_word(word: str) -> str:
    """The beginning that a noun shares with its verb and its plural: "bombings", "bombed" and "bomb" are one."""
    if word in _SAME:
        return _SAME[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            word = word[: -len(ending)]
            break
    return _SAME.get(word, word)


def read_day(text: str | None) -> date | None:
    """The day of an ISO date or date-time; None when it tells none."""
    found = _DAY.match(text or "")
    if found is None:
        return None
    try:
        return date.fromisoformat(found[0])
    except ValueError:
        return None


def read_span(when: Interval | None, published: date | None, *, told: bool) -> Span | None:
    """The days in which an event was or will be; where only one end is known, a year to the other side of it.

    ``told`` says that the text tells the time, not only the day of publication.
    """
    first = read_day(when.start) if when is not None else None
    last = read_day(when.end) if when is not None else None
    if first is not None and last is not None:
        return Span(first, last, told)
    if first is not None:
        return Span(first, _move(first, YEAR), exact=False)
    bound = last or published
    return Span(_move(bound, -YEAR), bound, exact=False) if bound is not None else None


def _move(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return day
