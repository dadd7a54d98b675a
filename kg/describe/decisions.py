"""Writes how the decision about an item ended, and what else was weighed: for entities and for events."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.describe.terms import KG, RDFS, Writer, fold_space, format_literal, format_score
from kg.model import Event, Link, Rival


def describe_verdict(writer: Writer, decision: str, link: Link, name_rival: Callable[[Rival], str]) -> None:
    """Writes the verdict of the node ``decision``, and each rival at the IRI that ``name_rival`` gives it."""
    writer.add_link(decision, KG + "inArticle", writer.names.article)
    writer.add_link(decision, KG + "verdict", KG + link.verdict)
    writer.add(decision, KG + "score", format_score(link.score))
    writer.add(decision, KG + "method", format_literal(link.method))
    for rival in _best_rivals(link):
        node = name_rival(rival)
        writer.add_link(decision, KG + "rival", node)
        writer.add_type(node, KG + "Rival")
        writer.add_link(node, KG + "candidate", writer.names.item(rival.qid))
        writer.add(node, KG + "score", format_score(rival.score))
        writer.add(node, RDFS + "label", format_literal(fold_space(rival.label) or rival.qid, language="en"))


def describe_event_decision(writer: Writer, event: Event, node: str) -> None:
    """Writes which item an event was decided to be; nothing where none was weighed."""
    link = event.link
    if link is None or (link.verdict == "absent" and not link.rivals):
        return
    decision = writer.names.node("eventlink", event.id)
    writer.add_type(decision, KG + "EventDecision")
    writer.add_link(decision, KG + "decidedEvent", node)
    if link.qid is not None:
        item = writer.names.item(link.qid)
        writer.add_link(decision, KG + "candidate", item)
        writer.add(decision, RDFS + "label", format_literal(fold_space(link.label or "") or link.qid, language="en"))
    describe_verdict(writer, decision, link, lambda rival: writer.names.node("eventlink", event.id, rival.qid))


def _best_rivals(link: Link) -> Iterable[Rival]:
    """Each rival once, with its best score, without the item that was chosen."""
    best: dict[str, Rival] = {}
    for rival in link.rivals:
        if rival.qid != link.qid and (rival.qid not in best or best[rival.qid].score < rival.score):
            best[rival.qid] = rival
    return best.values()
