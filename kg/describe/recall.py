"""Reads the entities of a stored article, and what was decided about them, back from its graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast, get_args

from kg.describe.terms import DCTERMS, GAF, KG, NIF, RDF, RDFS, SCHEMA, SKOS, WD, Names, normalise_name, unquote_part
from kg.model import KINDS, Article, Entity, Form, Kind, Link, Mention, Passage, Reading, Rival, Verdict


class Triple(NamedTuple):
    """A triple of a graph: IRIs, the object as an N-Triples term, and the object's IRI or text."""

    subject: str
    predicate: str
    term: str
    value: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What a graph tells of its entities: those with a decision, and one link each, in the same order.

    ``reading`` has the sentences and mentions in their places; the text between them is blank, as the graph does not
    hold it. ``iris`` gives the node of each entity, ``text_sha256`` the fingerprint of the whole text.
    """

    names: Names
    reading: Reading
    links: tuple[Link, ...]
    iris: dict[str, str]
    text_sha256: str


class _Graph:
    """The triples of a graph by subject and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self.found[triple.subject][triple.predicate].append(triple.value)

    def all(self, subject: str, predicate: str) -> list[str]:
        return self.found[subject][predicate] if subject in self.found else []

    def one(self, subject: str, predicate: str) -> str | None:
        return min(self.all(subject, predicate), default=None)

    def of_type(self, name: str) -> list[str]:
        return [subject for subject, told in self.found.items() if name in told.get(RDF + "type", ())]


def recall_article(triples: Iterable[Triple], name: str, *, base: str) -> StoredArticle | None:
    """The entities of the graph ``name`` with their links; None when it is no article's."""
    graph = _Graph(triples)
    if graph.one(name, DCTERMS + "identifier") is None or not name.startswith(f"{base}article/"):
        return None
    identifier = unquote_part(name.removeprefix(f"{base}article/"))
    names = Names(base, identifier)
    decisions = {d: _entity_id(d, names) for d in graph.of_type(KG + "LinkDecision")}
    decisions = dict(sorted(decisions.items(), key=lambda pair: _natural(pair[1])))
    mentions = _recall_mentions(graph)
    owned = _share_out(graph, decisions, mentions)
    entities = tuple(
        Entity(key, _kind(graph, d), graph.one(d, KG + "readName") or "", tuple(owned[d]))
        for d, key in decisions.items()
    )
    sentences = sorted(_passages(graph, graph.of_type(NIF + "Sentence")), key=lambda p: (p.start, p.end))
    passages = [*sentences, *(mention.passage for listed in mentions.values() for mention in listed)]
    article = Article(
        identifier,
        _fill_text(passages),
        title=graph.one(name, SCHEMA + "headline"),
        url=graph.one(name, SCHEMA + "url"),
        language=graph.one(name, SCHEMA + "inLanguage") or "en",
        published=graph.one(name, SCHEMA + "datePublished"),
        publisher=graph.one(name, SCHEMA + "publisher"),
    )
    names = Names(base, identifier, article.text)
    return StoredArticle(
        names,
        Reading(article, entities, sentences=tuple(sentences)),
        tuple(_recall_link(graph, d, key) for d, key in decisions.items()),
        {key: graph.one(d, KG + "entity") or "" for d, key in decisions.items()},
        graph.one(name, KG + "contentHash") or "",
    )


def _entity_id(decision: str, names: Names) -> str:
    """The id of the entity that a decision is about: the last part of its IRI."""
    return unquote_part(decision.removeprefix(names.node("link", "")[: -len("%5F")]))


def _natural(key: str) -> tuple[object, ...]:
    """ "e2" before "e10"."""
    return tuple((int(part) if part.isdigit() else -1, part) for part in re.split(r"([0-9]+)", key))


def _kind(graph: _Graph, decision: str) -> Kind:
    told = graph.one(decision, KG + "readKind") or graph.one(graph.one(decision, KG + "entity") or "", KG + "kind")
    name = (told or "").removeprefix(KG)
    return next((kind for kind in KINDS if kind == name), "other")


def _passages(graph: _Graph, spans: Iterable[str]) -> Iterable[Passage]:
    for span in spans:
        start, end, text = (graph.one(span, NIF + part) for part in ("beginIndex", "endIndex", "anchorOf"))
        if start is not None and end is not None and text is not None and int(end) - int(start) == len(text):
            yield Passage(int(start), int(end), text)


def _recall_mentions(graph: _Graph) -> dict[str, list[Mention]]:
    """The mentions of each node, in order."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for span in graph.of_type(GAF + "Mention"):
        form = (graph.one(span, KG + "form") or "").removeprefix(KG)
        for passage in _passages(graph, [span]):
            for node in graph.all(span, GAF + "denotes"):
                found[node].append(Mention(passage, cast(Form, form if form in get_args(Form) else "name")))
    return {node: sorted(listed, key=lambda m: m.passage.start) for node, listed in found.items()}


def _share_out(
    graph: _Graph, decisions: Iterable[str], mentions: dict[str, list[Mention]]
) -> dict[str, Sequence[Mention]]:
    """The mentions of each decision's entity.

    Several entities that are one node ("France" and "French") get those that are called as they are; the first of them
    gets what is left.
    """
    shared: dict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        shared[graph.one(decision, KG + "entity") or ""].append(decision)
    owned: dict[str, Sequence[Mention]] = {}
    for node, listed in shared.items():
        by_name: dict[str, str] = {}
        for decision in listed:
            by_name.setdefault(normalise_name(graph.one(decision, KG + "readName") or ""), decision)
        parts: dict[str, list[Mention]] = {decision: [] for decision in listed}
        for mention in mentions.get(node, ()):
            parts[by_name.get(normalise_name(mention.passage.text), listed[0])].append(mention)
        owned |= parts
    return owned


def _recall_link(graph: _Graph, decision: str, key: str) -> Link:
    node = graph.one(decision, KG + "entity") or ""
    verdict = (graph.one(decision, KG + "verdict") or "").removeprefix(KG)
    linked = verdict == "linked"
    rivals = [
        Rival(
            (graph.one(rival, KG + "candidate") or "").removeprefix(WD),
            graph.one(rival, RDFS + "label") or "",
            float(graph.one(rival, KG + "score") or 0),
        )
        for rival in graph.all(decision, KG + "rival")
    ]
    return Link(
        key,
        cast(Verdict, verdict if verdict in get_args(Verdict) else "unavailable"),
        node.removeprefix(WD) if linked else None,
        float(graph.one(decision, KG + "score") or 0),
        tuple(sorted(rivals, key=lambda rival: (-rival.score, rival.qid))),
        graph.one(node, SKOS + "prefLabel") if linked else None,
        tuple(sorted(c.removeprefix(WD) for c in graph.all(node, KG + "instanceOf"))) if linked else (),
        (graph.one(node, KG + "kind") or "").removeprefix(KG) or None if linked else None,
        graph.one(decision, KG + "method") or "catalogue",
        graph.one(decision, KG + "reviewedBy"),
    )


def _fill_text(passages: Sequence[Passage]) -> str:
    text = [" "] * max((passage.end for passage in passages), default=0)
    for passage in passages:
        text[passage.start : passage.end] = passage.text
    return "".join(text)
