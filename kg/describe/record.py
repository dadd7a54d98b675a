"""The JSON of a reading: the record that tests, benchmarks and other programs stand on."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Claim, Entity, Event, Link, Passage, Reading, Relation


def reading_to_json(reading: Reading, links: Sequence[Link]) -> dict[str, object]:
    """One article's reading and links as DESIGN's JSON object, keys in its order; scores have four digits.

    An entity without a decision counts as "unavailable": nobody was asked. Offsets are code points.
    """
    article = reading.article
    decisions = {link.entity: link for link in links}
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "text_sha256": article.sha256,
        "entities": [_entity(entity, decisions.get(entity.id)) for entity in reading.entities],
        "relations": [_relation(relation) for relation in reading.relations],
        "events": [_event(event) for event in reading.events],
        "claims": [_claim(claim) for claim in reading.claims],
        "sentences": [_span(sentence) for sentence in reading.sentences],
        "times": [
            {"start": time.passage.start, "end": time.passage.end, "value": time.value} for time in reading.times
        ],
    }


def _entity(entity: Entity, link: Link | None) -> dict[str, object]:
    link = link or Link(entity=entity.id, verdict="unavailable")
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "qid": link.qid if link.verdict == "linked" else None,
        "verdict": link.verdict,
        "score": round(link.score, 4),
        "mentions": [
            {"start": mention.passage.start, "end": mention.passage.end, "form": mention.form}
            for mention in entity.mentions
        ],
        "rivals": _rivals(link),
    }


def _rivals(link: Link) -> list[dict[str, object]]:
    return [{"qid": r.qid, "label": r.label, "score": round(r.score, 4)} for r in link.rivals]


def _relation(relation: Relation) -> dict[str, object]:
    end = {"object": relation.object} if relation.object is not None else {"value": relation.value}
    return {
        "subject": relation.subject,
        "property": relation.property,
        **end,
        "score": round(relation.score, 4),
        "evidence": _span(relation.evidence),
        "status": relation.status,
        "claim": relation.claim,
        **({"item": relation.item} if relation.item is not None else {}),
    }


def _event(event: Event) -> dict[str, object]:
    when: object = None
    if event.when is not None:
        start, end = event.when.start, event.when.end
        when = start if start is not None and start == end else {"from": start, "to": end}
    return {
        "id": event.id,
        "type": event.type,
        "qid": event.qid,
        "trigger": _span(event.trigger),
        "when": when,
        "time_source": event.time_source,
        "realis": event.realis,
        "score": round(event.score, 4),
        "roles": [
            {"role": filler.role, "entity": filler.entity, "span": _span(filler.passage)} for filler in event.roles
        ],
        "mentions": [_span(mention) for mention in event.mentions],
        "claim": event.claim,
        **({"verdict": event.link.verdict, "rivals": _rivals(event.link)} if event.link is not None else {}),
    }


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "speaker": claim.speaker,
        "source": _optional_span(claim.source),
        "cue": _optional_span(claim.cue),
        "content": [_span(passage) for passage in claim.content],
        "quotation": claim.quotation,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "temporality": claim.temporality,
        "addressee": claim.addressee,
        "about": list(claim.about),
        "score": round(claim.score, 4),
        "claimed_on": claim.claimed_on,
        "cospeakers": list(claim.cospeakers),
        "kind": claim.kind,
    }


def _span(passage: Passage) -> list[int]:
    return [passage.start, passage.end]


def _optional_span(passage: Passage | None) -> list[int] | None:
    return None if passage is None else _span(passage)
