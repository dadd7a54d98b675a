"""Names the nodes: which IRI each entity, event and claim of a reading has in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.describe.claims import is_told
from kg.describe.terms import Names
from kg.model import Entity, Event, Link, Passage, Reading

_Node = TypeVar("_Node")
KINDS = frozenset(("person", "organisation", "place", "event", "work", "product", "group", "other"))


@dataclass(frozen=True, slots=True)
class Nodes:
    """The IRIs of what one article holds, by the ids of its reading.

    ``kinds`` says of which kinds each entity's IRI is; a claim that is not written has None.
    """

    entities: Mapping[str, str]
    kinds: Mapping[str, frozenset[str]]
    events: Mapping[str, str]
    claims: Mapping[str, str | None]

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
    return Nodes(iris, kinds, _name_events(reading, iris, kinds, names), told)


def choose_kind(entity: Entity, link: Link | None) -> str:
    """The kind that the graph gives an entity: its item's, else its own ("French" speaks of a place)."""
    return link.kind if link is not None and link.kind in KINDS else entity.kind


def _name_events(
    reading: Reading, iris: Mapping[str, str], kinds: Mapping[str, frozenset[str]], names: Names
) -> dict[str, str]:
    """A node for each event: that of the entity whose name or description its trigger is part of, else its own."""
    described = [
        (mention.passage, iris[entity.id])
        for entity in reading.entities
        if "event" in kinds[iris[entity.id]]
        for mention in entity.mentions
        if mention.form != "pronoun"
    ]
    holders = find_holders([event.trigger for event in reading.events], described)
    return {
        event.id: around[-1] if around else names.node("event", event.id)
        for event, around in zip(reading.events, holders, strict=True)
    }


def list_mentions(event: Event) -> tuple[Passage, ...]:
    """All mentions of an event, each once, the trigger first."""
    return tuple(dict.fromkeys((event.trigger, *event.mentions)))


def find_holders(inner: Sequence[Passage], outer: Iterable[tuple[Passage, str]]) -> list[list[str]]:
    """For each inner passage, what the outer passages that hold it stand for; the one that begins last comes last."""
    waiting = sorted(outer, key=lambda pair: (-pair[0].start, pair[0].end))
    found: list[list[str]] = [[] for _ in inner]
    around: list[tuple[Passage, str]] = []
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
