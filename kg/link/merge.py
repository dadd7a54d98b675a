"""Joins the entities, and the events, of a reading that are the same item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import replace

from kg.link.fitting import keep_fitting
from kg.model import KINDS, Entity, Event, Link, Reading, Role, RoleFiller


def take_kinds(reading: Reading, links: Sequence[Link]) -> Reading:
    """The reading with each linked entity of the kind of its item: the catalogue knows a film from an event."""
    kinds = {link.entity: kind for link in links for kind in KINDS if link.kind == kind}
    entities = (replace(e, kind=kinds[e.id]) if e.id in kinds and e.kind != "group" else e for e in reading.entities)
    return replace(reading, entities=tuple(entities))


def keep_kinds(reading: Reading, links: Sequence[Link]) -> list[Link]:
    """The links with the kind that each entity was read as, where ``take_kinds`` gives it another."""
    taken = take_kinds(reading, links).entities
    pairs = zip(reading.entities, taken, links, strict=True)
    return [link if read.kind == kind.kind else replace(link, read_kind=read.kind) for read, kind, link in pairs]


def merge_linked(reading: Reading, links: Sequence[Link]) -> tuple[Reading, tuple[Link, ...]]:
    """The reading and links with entities of the same item joined into the one that is mentioned most.

    Its kind is the item's, its link the best-scored one; relations, events and claims follow. Entities keep their ids
    and order.
    """
    links = keep_kinds(reading, links)
    reading = keep_fitting(take_kinds(reading, links), links)
    same: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number, (entity, link) in enumerate(zip(reading.entities, links, strict=True)):
        if link.qid is not None:  # "French" speaks of France, but is not a name of it
            same[link.qid, entity.kind == "group"].append(number)
    entities: list[Entity | None] = list(reading.entities)
    decided: list[Link] = list(links)
    home_of: dict[str, str] = {}
    for numbers in same.values():
        if len(numbers) == 1:
            continue
        home = max(numbers, key=lambda n: (len(reading.entities[n].mentions), -n))
        mentions = {m.passage.start: m for n in numbers for m in reading.entities[n].mentions}
        best = max((links[n] for n in numbers), key=lambda link: link.score)
        entity = reading.entities[home]
        entities[home] = replace(entity, mentions=tuple(mentions[start] for start in sorted(mentions)))
        decided[home] = replace(best, entity=entity.id, read_kind=links[home].read_kind)
        for number in numbers:
            if number != home:
                entities[number] = None
                home_of[reading.entities[number].id] = entity.id
    if not home_of:
        return reading, tuple(links)
    kept = [n for n, entity in enumerate(entities) if entity is not None]
    merged = tuple(entity for entity in entities if entity is not None)
    return _follow(replace(reading, entities=merged), home_of), tuple(decided[n] for n in kept)


def merge_events(reading: Reading) -> Reading:
    """The reading with the events that took place and are one item joined into the first of them.

    The surest gives type, realis and decision, all give mentions and roles; an entity plays the role that the surest
    tells of it, and no event plays one in itself.
    """
    same: dict[str, list[Event]] = defaultdict(list)
    for event in reading.events:
        if event.qid is not None and event.realis in ("actual", "reported"):
            same[event.qid].append(event)
    happenings = {entity.id for entity in reading.entities if entity.kind == "event"}
    joined = {events[0].id: _join(events, happenings) for events in same.values() if len(events) > 1}
    gone = {event.id for events in same.values() for event in events[1:]}
    if not gone:
        return reading
    events = tuple(joined.get(event.id, event) for event in reading.events if event.id not in gone)
    return replace(reading, events=events)


def _join(events: Sequence[Event], happenings: Container[str]) -> Event:
    first, best = events[0], max(events, key=lambda event: event.score)
    timed = [event for event in events if event.when is not None]
    when = min(timed, key=lambda event: event.time_source != "stated", default=first)
    mentions = {mention.start: mention for event in events for mention in (event.trigger, *event.mentions)}
    role_of: dict[str, Role] = {}
    roles: dict[tuple[int, Role], RoleFiller] = {}
    for event in sorted(events, key=lambda event: -event.score):
        for role in event.roles:
            if role.entity is not None and role.entity in happenings:
                continue
            if role.entity is None or role_of.setdefault(role.entity, role.role) == role.role:
                roles.setdefault((role.passage.start, role.role), role)
    return replace(
        best,
        id=first.id,
        trigger=first.trigger,
        evidence=first.evidence,
        mentions=tuple(mentions[start] for start in sorted(mentions)),
        roles=tuple(sorted(roles.values(), key=lambda role: (role.passage.start, role.role))),
        when=when.when,
        time_source=when.time_source,
        claim=first.claim if all(event.claim for event in events) else None,
        link=replace(best.link, entity=first.id) if best.link is not None else None,
    )


def _follow(reading: Reading, home_of: dict[str, str]) -> Reading:
    def at(entity: str | None) -> str | None:
        return home_of.get(entity, entity) if entity is not None else None

    def must(entity: str) -> str:
        return home_of.get(entity, entity)

    return replace(
        reading,
        relations=tuple(
            dict.fromkeys(
                replace(r, subject=must(r.subject), object=at(r.object))
                for r in reading.relations
                if must(r.subject) != at(r.object)
            )
        ),
        events=tuple(
            replace(e, roles=tuple(replace(role, entity=at(role.entity)) for role in e.roles)) for e in reading.events
        ),
        claims=tuple(
            replace(
                c,
                speaker=at(c.speaker),
                cospeakers=tuple(e for e in dict.fromkeys(map(must, c.cospeakers)) if e != at(c.speaker)),
                addressee=at(c.addressee),
                about=tuple(dict.fromkeys(map(must, c.about))),
            )
            for c in reading.claims
        ),
    )
