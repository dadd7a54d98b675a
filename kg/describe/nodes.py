"""Names the nodes: which IRI each entity, event and claim of a reading has in the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.describe.claims import is_told
from kg.describe.terms import Names
from kg.model import KINDS, Entity, Event, Link, Mention, Passage, Reading

_Node = TypeVar("_Node")
_Held = TypeVar("_Held")
_JOINING = re.compile(r"[.,;:]|\b(?:of|in|on|at|against|near|for|to|by|from|with|after|before|over|that|which|who)\b")


@dataclass(frozen=True, slots=True)
class Nodes:
    """The IRIs of what one article holds, by the ids of its reading.

    ``kinds`` says of which kinds each entity's IRI is; a claim that is not written has None. ``items`` are those of
    offices by their QIDs.
    """

    entities: Mapping[str, str]
    kinds: Mapping[str, frozenset[str]]
    events: Mapping[str, str]
    claims: Mapping[str, str | None]
    items: Mapping[str, str]

    def find_entity(self, entity: str) -> str:
        """The IRI of an entity; ValueError when the reading has none of this id."""
        return _look_up(self.entities, entity, "entity")

    def find_claim(self, claim: str) -> str | None:
        """The IRI of a claim, None when it is not written; ValueError when the reading has none of this id."""
        return _look_up(self.claims, claim, "claim")

    def find_topic(self, topic: str) -> str:
        """The IRI of an entity or event; ValueError when the reading has none of this id."""
        return self.entities.get(topic) or _look_up(self.events, topic, "entity or event")


def name_nodes(reading: Reading, decisions: Mapping[str, Link], names: Names) -> Nodes:
    """The nodes of a reading whose entities were decided to be these items."""
    iris = {entity.id: names.entity(entity, decisions.get(entity.id)) for entity in reading.entities}
    kinds: dict[str, frozenset[str]] = {}
    for entity in reading.entities:
        kind = choose_kind(entity, decisions.get(entity.id))
        kinds[iris[entity.id]] = kinds.get(iris[entity.id], frozenset()) | {kind}
    told = {claim.id: names.node("claim", claim.id) if is_told(claim) else None for claim in reading.claims}
    items = {relation.item: names.item(relation.item) for relation in reading.relations if relation.item is not None}
    return Nodes(iris, kinds, _name_events(reading, iris, kinds, names), told, items)


def choose_kind(entity: Entity, link: Link | None) -> str:
    """The kind that the graph gives an entity: its item's, else its own ("French" speaks of a place)."""
    return link.kind if link is not None and link.kind in KINDS else entity.kind


def _name_events(
    reading: Reading, iris: Mapping[str, str], kinds: Mapping[str, frozenset[str]], names: Names
) -> dict[str, str]:
    """A node for each event: that of the entity whose name or description its trigger is part of, else its own."""
    described = [
        (mention.passage, (mention, iris[entity.id]))
        for entity in reading.entities
        if "event" in kinds[iris[entity.id]]
        for mention in entity.mentions
        if mention.form != "pronoun"
    ]
    holders = find_holders([event.trigger for event in reading.events], described)
    found: dict[str, str] = {}
    for event, around in zip(reading.events, holders, strict=True):
        meant = [iri for mention, iri in around if is_its_noun(event.trigger, mention)]
        found[event.id] = meant[-1] if meant else names.node("event", event.id)
    return found


def is_its_noun(trigger: Passage, mention: Mention) -> bool:
    """Whether a mention that holds a trigger means the same by it: all of a name, the noun of a description.

    "The protests against the killing" are no killing, and "pledged protests" no pledge.
    """
    if mention.form == "name":
        return True
    text, start = mention.passage.text, trigger.start - mention.passage.start
    before, after = text[:start], text[start + len(trigger.text) :].strip()
    plain = not after or after[0].isupper() or not after[0].isalpha() or _JOINING.search(after) is not None
    return plain and _JOINING.search(before) is None


def list_mentions(event: Event) -> tuple[Passage, ...]:
    """All mentions of an event, each once, the trigger first."""
    return tuple(dict.fromkeys((event.trigger, *event.mentions)))


def find_holders(inner: Sequence[Passage], outer: Iterable[tuple[Passage, _Held]]) -> list[list[_Held]]:
    """For each inner passage, what the outer passages that hold it stand for; the one that begins last comes last."""
    waiting = sorted(outer, key=lambda pair: (-pair[0].start, pair[0].end))
    found: list[list[_Held]] = [[] for _ in inner]
    around: list[tuple[Passage, _Held]] = []
    for number in sorted(range(len(inner)), key=lambda number: inner[number].start):
        place = inner[number]
        while waiting and waiting[-1][0].start <= place.start:
            around.append(waiting.pop())
        around = [pair for pair in around if pair[0].end > place.start]
        found[number] = [meant for passage, meant in around if passage.end >= place.end]
    return found


def _look_up(nodes: Mapping[str, _Node], wanted: str, what: str) -> _Node:
    if wanted not in nodes:
        raise ValueError(f"{what} {wanted!r} is not in the reading")
    return nodes[wanted]
