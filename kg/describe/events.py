"""Writes events in SEM: what happened, to whom, where and when, and whether it is said to be real."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.describe.decisions import describe_event_decision
from kg.describe.nodes import Nodes, find_holders, list_mentions
from kg.describe.terms import (
    EVENT_TYPE,
    KG,
    NIF,
    SEM,
    SKOS,
    WD,
    Writer,
    fold_space,
    format_literal,
    format_score,
    format_time,
    item_iri,
    quote_part,
    value_iri,
)
from kg.model import Claim, Event, Passage, RoleFiller


def describe_events(
    writer: Writer, events: Iterable[Event], nodes: Nodes, find_sentence: Callable[[Passage], Passage | None]
) -> None:
    """Writes each event with its type, trigger, roles, place and time (Simple Event Model, Van Hage et al. 2011).

    Events that are one node, such as two mentions of a named war, are written as one: the surest gives its type, time
    and realis, all give their mentions and roles. ``find_sentence`` gives the sentence that a mention stands in.
    Raises ValueError for an id that the reading does not have.
    """
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(nodes.events[event.id], []).append(event)
    for node, same in groups.items():
        _describe_decided(writer, node, max(same, key=lambda event: event.score), nodes)
        if all(event.claim is not None for event in same):
            _describe_claims(writer, node, same, nodes)
        for event in same:
            for mention in list_mentions(event):
                _describe_mention(writer, node, mention, find_sentence(mention))
            writer.add_link(node, KG + "toldIn", writer.add_span(event.evidence))
            for filler in event.roles:
                _describe_role(writer, node, filler, nodes)
            if not node.startswith(WD):  # of a named event the entity's own decision is the event's
                if event.qid is not None:
                    writer.add_link(node, SKOS + "exactMatch", item_iri(event.qid))
                describe_event_decision(writer, event, node)


def describe_contents(writer: Writer, events: Sequence[Event], claims: Iterable[Claim], nodes: Nodes) -> None:
    """Says which events each written claim tells of: those that are read as its, and those mentioned in its content."""
    for event in events:
        claim = nodes.find_claim(event.claim) if event.claim is not None else None
        if claim is not None:
            writer.add_link(claim, KG + "content", nodes.events[event.id])
    contents = [(part, node) for claim in claims if (node := nodes.find_claim(claim.id)) for part in claim.content]
    mentions = [(mention, event) for event in events for mention in list_mentions(event)]
    holders = find_holders([mention for mention, _ in mentions], contents)
    for (_, event), telling in zip(mentions, holders, strict=True):
        for claim in telling:
            writer.add_link(claim, KG + "content", nodes.events[event.id])


def _describe_decided(writer: Writer, node: str, event: Event, nodes: Nodes) -> None:
    """Writes what a node has once, however many events are this node."""
    writer.add_type(node, SEM + "Event")
    writer.add_link(node, SEM + "eventType", EVENT_TYPE + quote_part(event.type))
    writer.add_link(node, KG + "realis", value_iri(event.realis))
    writer.add(node, KG + "confidence", format_score(event.score))
    writer.add(node, KG + "trigger", format_literal(fold_space(event.trigger.text)))
    if event.when is None:
        return
    begin, end = format_time(event.when.start), format_time(event.when.end)
    writer.add_optional(node, SEM + "hasEarliestBeginTimeStamp", begin)
    writer.add_optional(node, SEM + "hasLatestEndTimeStamp", end)
    if event.time_source is not None and (begin or end):
        writer.add_link(node, KG + "timeSource", value_iri(event.time_source))


def _describe_claims(writer: Writer, node: str, same: Sequence[Event], nodes: Nodes) -> None:
    """Says that only claims tell of a node's events."""
    for event in same:
        claim = nodes.find_claim(event.claim) if event.claim is not None else None
        if claim is not None:
            writer.add_link(node, KG + "inClaim", claim)


def _describe_mention(writer: Writer, node: str, mention: Passage, sentence: Passage | None) -> None:
    writer.add_evidence(node, mention)
    if sentence is not None:
        span = writer.names.span(mention.start, mention.end)
        writer.add_link(span, NIF + "sentence", writer.names.span(sentence.start, sentence.end))


def _describe_role(writer: Writer, node: str, filler: RoleFiller, nodes: Nodes) -> None:
    """Writes who fills a role, or the words for it when that is no entity; a time is in words only."""
    if filler.entity is None or filler.role == "time":
        words = fold_space(writer.check_passage(filler.passage).text)
        writer.add_optional(node, f"{KG}{filler.role}Text", format_literal(words) if words else None)
        return
    entity = nodes.find_entity(filler.entity)
    if filler.role == "place":
        writer.add_link(node, SEM + "hasPlace", entity)
        return
    writer.add_link(node, KG + filler.role, entity)
    # Written beside what it follows from, because stores do not infer.
    writer.add_link(node, SEM + "hasActor", entity)
