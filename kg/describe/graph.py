"""Writes one article's reading and links as a named graph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from kg.describe.claims import describe_claims
from kg.describe.decisions import describe_verdict
from kg.describe.events import describe_contents, describe_events
from kg.describe.nodes import choose_kind, name_nodes
from kg.describe.relations import describe_relations
from kg.describe.terms import (
    DCTERMS,
    DEFAULT_BASE,
    GAF,
    ITSRDF,
    KG,
    NIF,
    PROV,
    SCHEMA,
    SKOS,
    Names,
    Writer,
    clean_url,
    fold_space,
    format_literal,
    format_score,
    format_time,
    item_iri,
    own_software,
    run_iri,
    software_iri,
)
from kg.model import Entity, Link, Mention, NamedGraph, Passage, Reading

_CLASSES = {
    "person": SCHEMA + "Person",
    "organisation": SCHEMA + "Organization",
    "place": SCHEMA + "Place",
    "event": SCHEMA + "Event",
    "work": SCHEMA + "CreativeWork",
    "product": SCHEMA + "Product",
    "group": KG + "Group",
    "other": KG + "OtherEntity",
}


def build_graph(
    reading: Reading,
    links: Sequence[Link],
    *,
    base: str = DEFAULT_BASE,
    software: Mapping[str, str] | None = None,
) -> NamedGraph:
    """The RDF of one article: sorted N-Quads lines in the graph named by the article, without blank nodes.

    ``links`` holds at most one decision for each entity; ``software`` names what read and linked, with versions
    (``{"reader": "0.1", "catalogue": "2026-01"}``; by default this package), and becomes part of the run's IRI.
    The same arguments give the same bytes. Raises ValueError when the values contradict one another (a passage
    that is not in the text, a link of an unknown entity, a score outside 0..1).
    """
    decisions = _index_links(reading, links)
    writer = Writer(Names(base, reading.article.id, reading.article.text), reading.article.text)
    nodes = name_nodes(reading, decisions, writer.names)
    iris = nodes.entities
    describe_article(writer, reading, software or own_software())
    for sentence in reading.sentences:
        writer.add_span(sentence, NIF + "Sentence")
    describe_entities(writer, reading, decisions, iris)
    for time in reading.times:
        span = writer.add_span(time.passage, KG + "TimeExpression")
        writer.add_optional(span, KG + "value", format_time(time.value) or _plain(time.value))
    describe_relations(writer, reading.relations, nodes, published=reading.article.published)
    describe_events(writer, reading.events, nodes, SentenceIndex(reading.sentences).find)
    describe_contents(writer, reading.events, reading.claims, nodes)
    describe_claims(writer, reading.claims, nodes)
    return NamedGraph(writer.names.article, writer.finish())


def describe_article(writer: Writer, reading: Reading, software: Mapping[str, str]) -> None:
    """Writes what is known about the article itself, and the run that read it."""
    article, subject = reading.article, writer.names.article
    writer.add_type(subject, SCHEMA + "NewsArticle", NIF + "Context")
    writer.add(subject, DCTERMS + "identifier", format_literal(article.id))
    writer.add(subject, KG + "contentHash", format_literal(article.sha256))
    writer.add(subject, SCHEMA + "inLanguage", format_literal(article.language))
    url = clean_url(article.url)
    if url:
        writer.add_link(subject, SCHEMA + "url", url)
    writer.add_optional(subject, SCHEMA + "headline", _plain(article.title))
    writer.add_optional(subject, SCHEMA + "datePublished", format_time(article.published))
    writer.add_optional(subject, SCHEMA + "publisher", _plain(article.publisher))
    for author in article.authors:
        writer.add_optional(subject, SCHEMA + "author", _plain(author))
    run = run_iri(software, base=writer.names.base)
    writer.add_link(subject, PROV + "wasGeneratedBy", run)
    writer.add_type(run, PROV + "Activity")
    for name, number in software.items():
        agent = software_iri(name, number, base=writer.names.base)
        writer.add_link(run, PROV + "wasAssociatedWith", agent)
        writer.add_type(agent, PROV + "SoftwareAgent")
        writer.add(agent, SCHEMA + "name", format_literal(name))
        writer.add(agent, SCHEMA + "softwareVersion", format_literal(number))


def describe_entities(writer: Writer, reading: Reading, decisions: Mapping[str, Link], iris: Mapping[str, str]) -> None:
    """Writes all entities with their mentions and decisions; ``iris`` gives the node of each."""
    locate = SentenceIndex(reading.sentences)
    for iri, same in _group_by_iri(reading.entities, iris).items():
        describe_entity(writer, same, iri, decisions.get(same[0].id), language=reading.article.language)
    for entity in reading.entities:
        link = decisions.get(entity.id)
        for mention in entity.mentions:
            describe_mention(writer, mention, iris[entity.id], link, locate.find(mention.passage))
        if link is not None:
            describe_decision(writer, entity, iris[entity.id], link)


def describe_entity(writer: Writer, same: Sequence[Entity], iri: str, link: Link | None, *, language: str) -> None:
    """Writes what an entity is and how it is called; ``same`` are the reading's entities that are this one node.

    The preferred label is the catalogue's, else the name of the first.
    """
    label = fold_space(same[0].name)
    label_language = language
    if link is not None and link.verdict == "linked":
        if link.label and fold_space(link.label):
            # The catalogue's labels are English whatever the article's language.
            label, label_language = fold_space(link.label), "en"
        for qid in link.classes:
            writer.add_link(iri, KG + "instanceOf", item_iri(qid))
    writer.add_link(writer.names.article, SCHEMA + "mentions", iri)
    writer.add(iri, SKOS + "prefLabel", format_literal(label, language=label_language))
    names: set[str] = set()
    for entity in same:
        kind = choose_kind(entity, link)
        writer.add_type(iri, _CLASSES[kind])
        writer.add_link(iri, KG + "kind", KG + kind)
        names.add(fold_space(entity.name))
        names.update(fold_space(mention.passage.text) for mention in entity.mentions if mention.form == "name")
    for name in names - {label, ""}:
        writer.add(iri, SKOS + "altLabel", format_literal(name, language=language))


def describe_mention(
    writer: Writer, mention: Mention, entity: str, link: Link | None, sentence: Passage | None
) -> None:
    """Writes where the article speaks of the entity; only a name identifies the linked item by itself."""
    span = writer.add_span(mention.passage, GAF + "Mention")
    writer.add_link(span, GAF + "denotes", entity)
    writer.add_link(span, KG + "form", KG + mention.form)
    if sentence is not None:
        writer.add_link(span, NIF + "sentence", writer.names.span(sentence.start, sentence.end))
    if link is not None and link.verdict == "linked" and mention.form == "name":
        writer.add_link(span, ITSRDF + "taIdentRef", entity)
        writer.add(span, ITSRDF + "taConfidence", format_score(link.score))


def describe_decision(writer: Writer, entity: Entity, iri: str, link: Link) -> None:
    """Writes which item the entity was decided to be, and every rival that was weighed."""
    decision = writer.names.node("link", entity.id)
    writer.add_type(decision, KG + "LinkDecision")
    writer.add_link(decision, KG + "entity", iri)
    writer.add(decision, KG + "readName", format_literal(fold_space(entity.name)))
    writer.add_link(decision, KG + "readKind", KG + (link.read_kind or entity.kind))
    writer.add_optional(decision, KG + "reviewedBy", _plain(link.reviewer))
    describe_verdict(writer, decision, link, lambda rival: writer.names.node("link", entity.id, rival.qid))


def _group_by_iri(entities: Sequence[Entity], iris: Mapping[str, str]) -> dict[str, list[Entity]]:
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(iris[entity.id], []).append(entity)
    return groups


def _index_links(reading: Reading, links: Sequence[Link]) -> dict[str, Link]:
    known = {entity.id for entity in reading.entities}
    decisions: dict[str, Link] = {}
    for link in links:
        if link.entity not in known or link.entity in decisions:
            problem = "decided twice" if link.entity in decisions else "not in the reading"
            raise ValueError(f"a link names entity {link.entity!r}, which is {problem}")
        decisions[link.entity] = link
    return decisions


class SentenceIndex:
    """Finds the sentence that holds a passage."""

    def __init__(self, sentences: Sequence[Passage]) -> None:
        self.sentences = sorted(sentences, key=lambda sentence: sentence.start)
        self.starts = [sentence.start for sentence in self.sentences]

    def find(self, passage: Passage) -> Passage | None:
        """The sentence that holds all of ``passage``, None where none does."""
        at = bisect_right(self.starts, passage.start) - 1
        if at >= 0 and passage.end <= self.sentences[at].end:
            return self.sentences[at]
        return None


def _plain(text: str | None) -> str | None:
    folded = fold_space(text or "")
    return format_literal(folded) if folded else None
