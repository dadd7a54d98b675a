"""Writes relations: each as a statement with its evidence, and what the article says itself as a triple too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.describe.nodes import Nodes
from kg.describe.terms import (
    KG,
    RDF,
    SKOS,
    WDT,
    Writer,
    fold_space,
    format_iri,
    format_literal,
    format_score,
    format_time,
    value_iri,
)
from kg.model import Relation
from kg.properties import BY_ID, Property

_PROPERTY = re.compile(r"P[1-9][0-9]*")
_UNKNOWN_KIND = "other"
_BOUNDS = {"former": "endedBefore", "future": "beginsAfter"}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a relation states: two IRIs and an N-Quads term, which is ``exact`` when it is a node or a typed value."""

    subject: str
    predicate: str
    value: str
    exact: bool


def describe_relations(
    writer: Writer, relations: Iterable[Relation], nodes: Nodes, *, published: str | None = None
) -> None:
    """Writes each relation as a statement, the same in every article, and with each passage that says it.

    Only what the article itself gives as current is a plain triple, and only when its object is a node or a typed
    value. What a claim states is that claim's content. ``published`` bounds a relation that is past or to come. Left
    out is what cannot be: a relation of a thing to itself, of kinds that its property does not join (the item that an
    entity is linked to has the last word), or of a claim that is not written. Raises ValueError for an id that the
    reading does not have, a property that is none of Wikidata's, and a relation without object and value.
    """
    best: dict[tuple[object, ...], tuple[Statement, Relation]] = {}
    for relation in relations:
        statement = make_statement(relation, nodes)
        if statement is None or (relation.claim is not None and nodes.find_claim(relation.claim) is None):
            continue
        key = (statement, relation.evidence.start, relation.evidence.end, relation.status, relation.claim)
        if key not in best or best[key][1].score < relation.score:
            best[key] = (statement, relation)
    for statement, relation in best.values():
        node = _write_statement(writer, statement)
        if relation.item is not None:
            _write_office(writer, nodes.items[relation.item], relation)
        if statement.exact and relation.status == "current" and relation.claim is None:
            writer.add(statement.subject, statement.predicate, statement.value)
        _write_evidence(writer, node, relation, nodes, published)


def make_statement(relation: Relation, nodes: Nodes) -> Statement | None:
    """What ``relation`` states, the same for both ways of saying it; None when it cannot be."""
    if not _PROPERTY.fullmatch(relation.property):
        raise ValueError(f"{relation.property!r} is no Wikidata property id")
    known = BY_ID.get(relation.property)
    subject = nodes.find_entity(relation.subject)
    if known and not fits(nodes.kinds[subject], known.subjects):
        return None
    if relation.item is not None:
        office = nodes.items[relation.item]
        return Statement(subject, WDT + relation.property, format_iri(office), exact=True)
    if relation.object is None:
        return Statement(subject, WDT + relation.property, *_make_value(relation, known))
    value = nodes.find_entity(relation.object)
    if subject == value or (known and not fits(nodes.kinds[value], known.objects)):
        return None
    name = relation.property
    if known and known.inverse:
        name = known.inverse
        if name != known.id or value < subject:
            subject, value = value, subject
    return Statement(subject, WDT + name, format_iri(value), exact=True)


def fits(kinds: frozenset[str], wanted: frozenset[str]) -> bool:
    """Whether a node of these kinds can stand there; an office may be of any kind, and "other" says nothing."""
    if wanted == {"date"}:
        return False
    return "office" in wanted or _UNKNOWN_KIND in kinds or bool(kinds & wanted)


def _make_value(relation: Relation, known: Property | None) -> tuple[str, bool]:
    """The literal of a relation's value, and whether it is typed: only where the property takes a time."""
    text = fold_space(relation.value or "")
    if not text:
        raise ValueError(f"a relation {relation.property} of {relation.subject!r} has neither object nor value")
    typed = format_time(text) if known is None or "date" in known.objects else None
    return typed or format_literal(text), typed is not None


def _write_statement(writer: Writer, statement: Statement) -> str:
    node = writer.names.statement(statement.subject, statement.predicate, statement.value)
    writer.add_type(node, RDF + "Statement")
    writer.add_link(node, RDF + "subject", statement.subject)
    writer.add_link(node, RDF + "predicate", statement.predicate)
    writer.add(node, RDF + "object", statement.value)
    return node


def _write_office(writer: Writer, office: str, relation: Relation) -> None:
    """Writes what an office is called: a node of its own, which no mention denotes."""
    writer.add_type(office, KG + "Office")
    label = fold_space(relation.label or "") or relation.item or ""
    writer.add(office, SKOS + "prefLabel", format_literal(label, language="en"))


def _write_evidence(writer: Writer, statement: str, relation: Relation, nodes: Nodes, published: str | None) -> None:
    """Says where the statement stands, how surely, and whether the article says so itself."""
    special = [] if relation.status == "current" else [relation.status]
    place = (str(relation.evidence.start), str(relation.evidence.end), *special, *filter(None, [relation.claim]))
    evidence = writer.names.node("evidence", statement.rpartition("/")[2], *place)
    writer.add_type(evidence, KG + "Evidence")
    writer.add(evidence, KG + "confidence", format_score(relation.score))
    writer.add_link(evidence, KG + "status", value_iri(relation.status))
    writer.add_evidence(evidence, relation.evidence)
    if relation.item is not None and (words := fold_space(relation.value or "")):
        writer.add(evidence, KG + "officeText", format_literal(words))
    claim = nodes.find_claim(relation.claim) if relation.claim is not None else None
    if claim is None:
        writer.add_link(evidence, KG + "supports", statement)
    else:
        writer.add_link(evidence, KG + "reports", statement)
        writer.add_link(evidence, KG + "inClaim", claim)
        writer.add_link(claim, KG + "content", statement)
    if relation.status in _BOUNDS:
        writer.add_optional(evidence, KG + _BOUNDS[relation.status], format_time(published))
