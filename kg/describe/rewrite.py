"""Writes other links into the graph of a stored article, without reading it again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.describe.graph import describe_entities
from kg.describe.nodes import choose_kind
from kg.describe.recall import StoredArticle, Triple
from kg.describe.relations import fits
from kg.describe.terms import GAF, ITSRDF, KG, NIF, RDF, SCHEMA, SKOS, WDT, Names, Writer, format_iri
from kg.model import Entity, Link, NamedGraph, Reading
from kg.properties import BY_ID

_OF_ENTITY = {RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", KG + "kind", KG + "instanceOf"}
_OF_MENTION = {GAF + "denotes", ITSRDF + "taIdentRef", ITSRDF + "taConfidence"}


def rewrite_links(
    triples: Sequence[Triple], stored: StoredArticle, links: Sequence[Link], merged: tuple[Reading, Sequence[Link]]
) -> NamedGraph:
    """The graph of ``triples`` with ``links`` in place of those that it holds, one for each entity of ``stored``.

    ``merged`` is the reading and its links with entities of the same item joined. What else the graph says follows its
    entities to their new nodes. The result is what a run would write that reads the same and decides so.
    """
    names, before = stored.names, stored.reading
    was_linked = {link.entity: link.verdict == "linked" for link in stored.links}

    def place(entity: Entity, link: Link | None) -> str:
        if (link is None or link.verdict != "linked") and not was_linked[entity.id]:
            return stored.iris[entity.id]
        return names.entity(entity, link)

    moved = _find_moves(stored, {e.id: place(e, link) for e, link in zip(before.entities, links, strict=True)})
    reading, decided = merged
    writer = Writer(names, before.article.text)
    by_entity = {link.entity: link for link in decided}
    iris = {entity.id: place(entity, by_entity.get(entity.id)) for entity in reading.entities}
    describe_entities(writer, reading, by_entity, iris)
    kinds: dict[str, frozenset[str]] = {}
    for entity in reading.entities:
        kind = choose_kind(entity, by_entity.get(entity.id))
        kinds[iris[entity.id]] = kinds.get(iris[entity.id], frozenset()) | {kind}
    kept = _drop_misfits(_keep_others(triples, stored), moved, kinds, names)
    _add_renamed(writer, kept, moved | _rename_statements(kept, moved, names))
    return NamedGraph(names.article, writer.finish())


def _find_moves(stored: StoredArticle, after: dict[str, str]) -> dict[str, str]:
    """Where the node of each entity goes; of a node that several share, where most of its mentions go.

    A node that one of them stays at is not moved.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in stored.reading.entities:
        votes[stored.iris[entity.id]][after[entity.id]] += len(entity.mentions)
    return {
        node: min(counted, key=lambda target: (-counted[target], target))
        for node, counted in votes.items()
        if node not in counted
    }


def _keep_others(triples: Iterable[Triple], stored: StoredArticle) -> list[Triple]:
    """The triples that are not about entities, their names, mentions and decisions, which are written anew."""
    names = stored.names
    nodes = set(stored.iris.values())
    spans = {names.span(m.passage.start, m.passage.end) for e in stored.reading.entities for m in e.mentions}

    def is_replaced(triple: Triple) -> bool:
        if triple.predicate in _OF_ENTITY and triple.subject in nodes:
            return True
        if triple.subject == names.article:
            return triple.predicate == SCHEMA + "mentions" and triple.value in nodes
        return triple.predicate in _OF_MENTION and triple.subject in spans

    decisions = f"{names.base}link/"
    return [t for t in triples if not t.subject.startswith(decisions) and not is_replaced(t)]


def _drop_misfits(
    triples: list[Triple], moved: dict[str, str], kinds: dict[str, frozenset[str]], names: Names
) -> list[Triple]:
    """The triples without the statements whose property does not join things of their new kinds, and what is only
    there for these."""
    dropped: set[str] = set()
    facts: set[tuple[str, str, str]] = set()
    for statement, (subject, predicate, value) in _list_statements(triples, names):
        known = BY_ID.get(predicate.value.removeprefix(WDT))
        ends = [(subject, known.subjects), (value, known.objects)] if known else []
        nodes = [(moved.get(end.value, end.value), wanted) for end, wanted in ends]
        if any(node in kinds and not fits(kinds[node], wanted) for node, wanted in nodes):
            dropped.add(statement)
            facts.add((subject.value, predicate.value, value.term))
    if not dropped:
        return triples
    evidence = {t.subject for t in triples if t.value in dropped and t.subject.startswith(f"{names.base}evidence/")}
    gone = dropped | evidence
    rest = [t for t in triples if not {t.subject, t.value} & gone and (t.subject, t.predicate, t.term) not in facts]
    spans = {t.value for t in triples if t.subject in evidence and t.predicate == GAF + "denotedBy"}
    spans -= {t.value for t in rest} | {t.subject for t in rest if t.value == NIF + "Sentence"}
    return [t for t in rest if t.subject not in spans]


def _list_statements(triples: Iterable[Triple], names: Names) -> list[tuple[str, tuple[Triple, Triple, Triple]]]:
    """Each statement with the triples of its subject, predicate and object."""
    parts: dict[str, dict[str, Triple]] = defaultdict(dict)
    for triple in triples:
        if triple.subject.startswith(f"{names.base}statement/"):
            parts[triple.subject][triple.predicate] = triple
    wanted = [RDF + part for part in ("subject", "predicate", "object")]
    return [
        (statement, (told[wanted[0]], told[wanted[1]], told[wanted[2]]))
        for statement, told in parts.items()
        if all(part in told for part in wanted)
    ]


def _rename_statements(triples: Sequence[Triple], moved: dict[str, str], names: Names) -> dict[str, str]:
    """The new IRI of each statement whose parts move, and of the evidence for it: they are made from these."""
    hashes: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for statement, (subject, predicate, value) in _list_statements(triples, names):
        if subject.value in moved or value.value in moved:
            term = format_iri(moved[value.value]) if value.value in moved else value.term
            renamed[statement] = names.statement(moved.get(subject.value, subject.value), predicate.value, term)
            hashes[statement.rpartition("/")[2]] = renamed[statement].rpartition("/")[2]
    for triple in triples:
        if triple.subject.startswith(f"{names.base}evidence/") and triple.subject not in renamed:
            for part in triple.subject.split("-"):
                if part in hashes:
                    renamed[triple.subject] = triple.subject.replace(part, hashes[part])
    return renamed


def _add_renamed(writer: Writer, triples: Iterable[Triple], renamed: dict[str, str]) -> None:
    for subject, predicate, term, value in triples:
        target = renamed.get(value) if term.startswith("<") else None
        writer.add(renamed.get(subject, subject), predicate, format_iri(target) if target else term)
