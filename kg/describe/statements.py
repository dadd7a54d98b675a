"""Writes relations, events and claims: what an article states, and what it only reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.describe.terms import (
    EVENT_TYPE,
    KG,
    PROV,
    RDF,
    SCHEMA,
    SEM,
    SKOS,
    WDT,
    Writer,
    fold_space,
    format_day,
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
_STRAIGHT, _OPENING, _SINGLE = '"\uff02', "“„‟«「『", "'‘’"
_MARK = re.compile(f"[{_STRAIGHT}{_OPENING}”»」』]")
_LONE_SINGLE = re.compile(r"(?<!\w)['‘’]|['‘’](?!\w)")
_LINE_START = re.compile(r"\n\s*\Z")
_BEFORE_MARK, _AFTER_MARK = "([{—–-‘'", " \t\r\n,.;:!?…"


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
    """Writes who says what, in the article's words; what is said never becomes a triple of its own.

    A claim of nobody (neither speaker nor source), or without a word, is left out.
    """
    for claim in claims:
        source = fold_space(claim.source.text) if claim.source is not None else ""
        text = join_content(claim)
        if not text or (not source and claim.speaker is None):
            continue
        node = writer.names.node("claim", claim.id)
        writer.add_type(node, SCHEMA + "Claim", *([SCHEMA + "Quotation"] if claim.quotation == "direct" else []))
        writer.add_link(node, KG + "quotationType", _individual(claim.quotation))
        writer.add_link(node, KG + "polarity", _individual(claim.polarity))
        writer.add_link(node, KG + "certainty", _individual(claim.certainty))
        writer.add_link(node, KG + "temporality", _individual(claim.temporality))
        writer.add(node, KG + "confidence", format_score(claim.score))
        writer.add(node, SCHEMA + "text", format_literal(text))
        writer.add_optional(node, KG + "sourceText", format_literal(source) if source else None)
        writer.add_optional(node, KG + "claimedOn", format_day(claim.claimed_on))
        writer.add_evidence(node, *filter(None, (claim.source, claim.cue, *claim.content)))
        if claim.cue is not None:
            writer.add(node, KG + "cue", format_literal(fold_space(claim.cue.text)))
        if claim.speaker is not None:
            speaker = _look_up(iris, claim.speaker)
            writer.add_link(node, KG + "speaker", speaker)
            # Written beside what it follows from, because stores do not infer.
            writer.add_link(node, PROV + "wasAttributedTo", speaker)
        if claim.addressee is not None:
            writer.add_link(node, KG + "addressee", _look_up(iris, claim.addressee))
        for topic in claim.about:
            writer.add_link(node, SCHEMA + "about", iris.get(topic) or writer.names.node("event", topic))


def join_content(claim: Claim) -> str:
    """The words of a claim on one line, its parts joined by " … ", a direct quotation without its outer marks."""
    strip = strip_marks if claim.quotation == "direct" else fold_space
    return " … ".join(filter(None, (strip(passage.text) for passage in claim.content)))


def strip_marks(text: str) -> str:
    """A quotation, or a part of one, on one line, without its outer marks; quotations inside it keep theirs.

    A mark is an outer one when it stands at an end of ``text`` and has its partner at the other end, or none; or when
    it opens a further paragraph of a quotation that is not closed yet.
    """
    text = text.strip()
    end = len(text.rstrip(_AFTER_MARK))
    if text[:1] in _SINGLE and text[end - 1 : end] in _SINGLE and not _LONE_SINGLE.search(text, 1, end - 1):
        return fold_space(text[1 : end - 1] + text[end:])
    opened: list[int] = []
    outer: set[int] = set()
    for mark in _MARK.finditer(text):
        at = mark.start()
        if at == 0 or (at != end - 1 and _is_opening(text, at)):
            if opened == [0] and _LINE_START.search(text, max(0, at - 100), at):
                outer.add(at)
            else:
                opened.append(at)
        else:
            partner = opened.pop() if opened else None
            if at == end - 1 and not partner:
                outer |= {at} if partner is None else {partner, at}
    if opened[:1] == [0]:
        outer.add(0)
    return fold_space("".join(character for at, character in enumerate(text) if at not in outer))


def _is_opening(text: str, at: int) -> bool:
    """Whether a mark opens: a curly one by its shape, a straight one by what stands around it."""
    if text[at] in _STRAIGHT:
        return not text[at + 1].isspace() and (text[at - 1].isspace() or text[at - 1] in _BEFORE_MARK)
    return text[at] in _OPENING


def _individual(value: str) -> str:
    return KG + _INDIVIDUALS.get(value, value)


def _look_up(iris: Mapping[str, str], entity: str) -> str:
    if entity not in iris:
        raise ValueError(f"entity {entity!r} is not in the reading")
    return iris[entity]
