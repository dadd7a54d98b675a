"""The rows that show what an article states and tells of: a line for each relation, a line for each event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.properties import BY_ID

if TYPE_CHECKING:
    from kg.pipeline import Outcome

RELATION_COLUMNS = ("relation", "property", "status", "score", "claim")
EVENT_COLUMNS = ("event", "type", "trigger", "roles", "when", "realis", "score", "claim")
_ROLES = ("agent", "patient", "recipient", "instrument", "place")


def list_relations(outcome: Outcome, *, by_id: bool = False) -> list[tuple[str, ...]]:
    """A row of RELATION_COLUMNS for each statement, by name; claims go by their number, or ``by_id``.

    What several places state is one row, with the score of the surest.
    """
    assert outcome.reading is not None
    names = {entity.id: entity.name for entity in outcome.reading.entities}
    claims = _name_claims(outcome, by_id=by_id)
    scores: dict[tuple[str, ...], float] = {}
    for relation in outcome.reading.relations:
        known = BY_ID.get(relation.property)
        value = names.get(relation.object, relation.object) if relation.object is not None else relation.value or ""
        value += f" ({relation.item})" if relation.item else ""
        told = (
            f"{names.get(relation.subject, relation.subject)} — {known.label if known else relation.property} → {value}"
        )
        row = (told, relation.property, relation.status, claims.get(relation.claim or "", ""))
        scores[row] = max(relation.score, scores.get(row, 0.0))
    return [(*row[:3], f"{score:.2f}", row[3]) for row, score in scores.items()]


def list_events(outcome: Outcome, *, by_id: bool = False) -> list[tuple[str, ...]]:
    """A row of EVENT_COLUMNS for each event, with who has which role by name or in the words of the article."""
    assert outcome.reading is not None
    names = {entity.id: entity.name for entity in outcome.reading.entities}
    claims = _name_claims(outcome, by_id=by_id)
    rows: list[tuple[str, ...]] = []
    for number, event in enumerate(outcome.reading.events, start=1):
        fillers = [(filler.role, names.get(filler.entity or "", filler.passage.text)) for filler in event.roles]
        when = event.when and format_when(event.when.start, event.when.end, event.time_source)
        words = ", ".join(text for role, text in fillers if role == "time")
        claim = claims.get(event.claim or "", "")
        shown = (event.type, event.trigger.text, "; ".join(_list_roles(fillers)), when or words)
        rows.append((event.id if by_id else str(number), *shown, event.realis, f"{event.score:.2f}", claim))
    return rows


def format_when(start: str | None, end: str | None, source: str | None) -> str:
    """A time between two days, with where it was read unless the text states it: "until 2020-01-07 (published)"."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        time = f"until {end}" if start is None else f"from {start}"
    else:
        time = start if start == end else f"{start} to {end}"
    return time if source in (None, "stated") else f"{time} ({source})"


def _list_roles(fillers: Sequence[tuple[str, str]]) -> Iterable[str]:
    for role in _ROLES:
        who = dict.fromkeys(text for filled, text in fillers if filled == role)
        if who:
            yield f"{role} {', '.join(who)}"


def _name_claims(outcome: Outcome, *, by_id: bool) -> dict[str, str]:
    assert outcome.reading is not None
    claims = outcome.reading.claims
    return {claim.id: claim.id if by_id else str(number) for number, claim in enumerate(claims, start=1)}
