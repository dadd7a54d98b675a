"""Writes relations, events and claims: what an article states, and what it only reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.describe.terms import (
    EVENT_TYPE,
    KG,
    RDF,
    SCHEMA,
    SEM,
    SKOS,
    WDT,
    Writer,
    format_iri,
    format_literal,
    format_score,
    format_time,
    item_iri,
    quote_part,
)
from kg.model import Claim, Event, Relation

_PROPERTY = re.compile(r"P[1-9][0-9]*")
_ACTORS = ("agent", "patient", "recipient")
_INDIVIDUALS = {"non-future": "nonFuture"}


def describe_relations(writer: Writer, relations: Iterable[Relation], iris: Mapping[str, str]) -> None:
    """Writes each relation as a plain triple, as a statement, and with the passage that says it."""
    for relation in relations:
        if not _PROPERTY.fullmatch(relation.property):
            raise ValueError(f"{relation.property!r} is no Wikidata property id")
        if relation.object is not None:
            value = format_iri(_look_up(iris, relation.object))
        elif relation.value is not None:
            value = format_time(relation.value) or format_literal(relation.value)
        else:
            raise ValueError(f"a relation {relation.property} of {relation.subject!r} has neither object nor value")
        subject, predicate = _look_up(iris, relation.subject), WDT + relation.property
        writer.add(subject, predicate, value)
        statement = writer.names.statement(subject, predicate, value)
        writer.add_type(statement, RDF + "Statement")
        writer.add_link(statement, RDF + "subject", subject)
        writer.add_link(statement, RDF + "predicate", predicate)
        writer.add(statement, RDF + "object", value)
        place = (str(relation.evidence.start), str(relation.evidence.end))
        evidence = writer.names.node("evidence", statement.rpartition("/")[2], *place)
        writer.add_type(evidence, KG + "Evidence")
        writer.add_link(evidence, KG + "supports", statement)
        writer.add(evidence, KG + "confidence", format_score(relation.score))
        writer.add_evidence(evidence, relation.evidence)


def describe_events(writer: Writer, events: Iterable[Event], iris: Mapping[str, str]) -> None:
    """Writes each event with its type, its actors, place and time, and whether it is said to be real."""
    for event in events:
        node = writer.names.node("event", event.id)
        writer.add_type(node, SEM + "Event")
        writer.add_link(node, SEM + "eventType", EVENT_TYPE + quote_part(event.type))
        writer.add_link(node, KG + "realis", _individual(event.realis))
        writer.add(node, KG + "confidence", format_score(event.score))
        writer.add_evidence(node, event.evidence, event.trigger, *event.mentions)
        for filler in event.roles:
            if filler.entity is None or filler.role == "time":
                continue
            entity = _look_up(iris, filler.entity)
            if filler.role == "place":
                writer.add_link(node, SEM + "hasPlace", entity)
                continue
            writer.add_link(node, KG + filler.role, entity)
            if filler.role in _ACTORS:
                writer.add_link(node, SEM + "hasActor", entity)
        if event.when is not None:
            writer.add_optional(node, SEM + "hasEarliestBeginTimeStamp", format_time(event.when.start))
            writer.add_optional(node, SEM + "hasLatestEndTimeStamp", format_time(event.when.end))
        if event.qid is not None:
            writer.add_link(node, SKOS + "exactMatch", item_iri(event.qid))


def describe_claims(writer: Writer, claims: Iterable[Claim], iris: Mapping[str, str]) -> None:
    """Writes who says what, in the article's words; what is said never becomes a triple of its own."""
    for claim in claims:
        node = writer.names.node("claim", claim.id)
        writer.add_type(node, SCHEMA + "Claim", *([SCHEMA + "Quotation"] if claim.quotation == "direct" else []))
        writer.add_link(node, KG + "quotationType", _individual(claim.quotation))
        writer.add_link(node, KG + "polarity", _individual(claim.polarity))
        writer.add_link(node, KG + "certainty", _individual(claim.certainty))
        writer.add_link(node, KG + "temporality", _individual(claim.temporality))
        writer.add(node, KG + "confidence", format_score(claim.score))
        writer.add(node, SCHEMA + "text", format_literal(" … ".join(passage.text for passage in claim.content)))
        writer.add_evidence(node, *claim.content)
        if claim.cue is not None:
            writer.add(node, KG + "cue", format_literal(claim.cue.text))
        if claim.speaker is not None:
            writer.add_link(node, KG + "speaker", _look_up(iris, claim.speaker))
        if claim.addressee is not None:
            writer.add_link(node, KG + "addressee", _look_up(iris, claim.addressee))
        for topic in claim.about:
            writer.add_link(node, SCHEMA + "about", iris.get(topic) or writer.names.node("event", topic))


def _individual(value: str) -> str:
    return KG + _INDIVIDUALS.get(value, value)


def _look_up(iris: Mapping[str, str], entity: str) -> str:
    if entity not in iris:
        raise ValueError(f"entity {entity!r} is not in the reading")
    return iris[entity]
