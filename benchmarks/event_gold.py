"""Reads the gold sets of events into running text with character spans: triggers, roles, and what is one event."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.gold import Span, join_tokens
from kg.event_types import EVENT_TYPES
from training.event_clusters import read_ecb_events
from training.eventful import is_held_back, read_geneva
from training.happenings import Argument, Eventful, list_types, place_roles

ECB_TOPICS = range(31, 36)
M2E2_TYPES = frozenset(("ASSAULT", "DIE", "TRAVEL", "ARREST", "MEET", "PROTEST"))
"""Ours that one of M2E2's eight types covers; where it has none of them, it has looked and found none."""
PARTY = "agent|recipient"  # M2E2 does not say which of those who meet meets the other
_VIOLENT = frozenset(("agent", "patient", "instrument", "place"))
M2E2_ROLES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("ASSAULT", "DIE", "TRAVEL", "RETREAT", "MOBILIZE"), _VIOLENT),
    **dict.fromkeys(("MEET", "CONSULT"), frozenset(("agent", "recipient", "place"))),
    "ARREST": frozenset(("agent", "patient", "place")),
    "PROTEST": frozenset(("agent", "place")),
    "AID": frozenset(("agent", "recipient")),
}
"""The roles that M2E2 annotates, for each of our types; it has no times."""
GENEVA_TYPES = frozenset(each.name for each in EVENT_TYPES if each.geneva) - {"OTHER"}


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event's trigger, those of our types that its corpus's type may be, and its (role, span) pairs.

    A role with "|" is right as either of the two.
    """

    trigger: Span
    types: frozenset[str]
    roles: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class EventText:
    """A text with the events of its corpus, its sentences, and the words of which the corpus does not say enough.

    A trigger of one of ``counted`` types that is none of ``events`` and not on one of the ``open`` words is wrong; one
    of any other type is neither right nor wrong. ``roles`` are those that count for each type; no others are looked at.
    """

    name: str
    text: str
    events: tuple[GoldEvent, ...]
    sentences: tuple[Span, ...]
    counted: frozenset[str]
    open: tuple[Span, ...] = ()
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def sentence_of(self, span: Span) -> Span:
        """The sentence in which a span begins."""
        at = bisect_right(self.sentences, span[0], key=lambda sentence: sentence[0]) - 1
        return self.sentences[max(at, 0)]


@dataclass(frozen=True, slots=True)
class ChainedText:
    """A text whose triggers are given; those of one event are one cluster, single ones too."""

    name: str
    text: str
    clusters: tuple[tuple[Span, ...], ...]


def read_m2e2_dev(file: Path) -> list[EventText]:
    """The held-back articles of M2E2; a gold event is right with any of our types that its type of ACE may be.

    Each sentence becomes a paragraph: the corpus has lost where paragraphs begin.
    """
    articles: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for raw in json.loads(file.read_text(encoding="utf-8")):
        name, _, number = raw["sentence_id"].rpartition("_")
        if is_held_back(name):
            articles[name].append((int(number), raw))
    return [
        _read_article(name, [raw for _, raw in sorted(rows, key=lambda r: r[0])]) for name, rows in articles.items()
    ]


def _read_article(name: str, rows: Sequence[dict[str, Any]]) -> EventText:
    text, offsets = join_tokens([[word.strip() or "-" for word in raw["words"]] for raw in rows])
    events = []
    for raw, places in zip(rows, offsets, strict=True):
        for event in raw["golden-event-mentions"]:
            trigger = (event["trigger"]["start"], event["trigger"]["end"])
            arguments = [Argument(a["role"], (a["start"], a["end"])) for a in event["arguments"]]
            roles = place_roles(raw["words"], event["event_type"], trigger, arguments)
            parties = event["event_type"].startswith("Contact:")
            placed = tuple(
                (PARTY if parties and role in ("agent", "recipient") else role, _place(span, places))
                for role, span in roles
            )
            events.append(GoldEvent(_place(trigger, places), list_types("ace", event["event_type"]), placed))
    return EventText(name, text, tuple(events), _bound(offsets), M2E2_TYPES, roles=M2E2_ROLES)


def read_geneva_val(file: Path) -> list[EventText]:
    """The validation part of GENEVA; of its triggers those whose type, together with the word, is one of ours.

    There are no roles. Words that its types say too little of are open. The sentences of one text stand together, each
    a paragraph.
    """
    return [_read_eventful(given) for given in read_geneva(file)]


def _read_eventful(given: Eventful) -> EventText:
    text, offsets = join_eventful(given)
    places = [place for sentence in offsets for place in sentence]
    events = [GoldEvent(_place(each.trigger, places), each.types) for each in given.happenings if each.types]
    said = {word for stretch in given.stretches for word in range(stretch.start, stretch.end)}
    left = [place for word, place in enumerate(places) if word not in said]
    return EventText(given.document.id, text, tuple(events), _bound(offsets), GENEVA_TYPES, tuple(left))


def read_ecb_dev(folder: Path) -> Iterator[ChainedText]:
    """The texts of ECB+'s topics 31 to 35: the checked sentences, and what occurs in them."""
    for each in read_ecb_events(folder, ECB_TOPICS):
        text, offsets = join_eventful(each.eventful)
        places = [place for sentence in offsets for place in sentence]
        clusters = tuple(tuple(_place(span, places) for span in cluster) for cluster in each.clusters)
        yield ChainedText(each.eventful.document.id, text, clusters)


def join_eventful(given: Eventful) -> tuple[str, list[list[Span]]]:
    """The running text of a document, its paragraphs apart, and the offsets of each paragraph's words."""
    starts = [word for word, flag in enumerate(given.paragraphs) if flag]
    borders = zip(starts, [*starts[1:], len(given.document.words)], strict=True)
    return join_tokens([given.document.words[start:end] for start, end in borders])


def _place(span: Span, places: Sequence[Span]) -> Span:
    return places[span[0]][0], places[span[1] - 1][1]


def _bound(offsets: Iterable[Sequence[Span]]) -> tuple[Span, ...]:
    return tuple((places[0][0], places[-1][1]) for places in offsets if places)
