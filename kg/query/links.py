"""Link decisions in the store as a reviewer reads them: with what was weighed, and the sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.query.rows import PREFIXES
from kg.store import Store, Term

_BATCH = 500
_DECISIONS = """
SELECT ?decision ?article ?entity ?name ?verdict ?score ?method ?reviewer (MAX(?weighed) AS ?best)
WHERE {
  {article}
  GRAPH ?article {
    ?decision a kg:LinkDecision ; kg:entity ?entity ; kg:readName ?name ; kg:verdict ?verdict ; kg:score ?score .
    ?decision kg:method ?method .
    OPTIONAL { ?decision kg:reviewedBy ?reviewer }
    OPTIONAL { ?decision kg:rival ?rival . ?rival kg:score ?weighed }
  }
}
GROUP BY ?decision ?article ?entity ?name ?verdict ?score ?method ?reviewer
"""
_LABELS = """
SELECT ?decision ?label WHERE {
  VALUES (?decision ?article) { {pairs} }
  GRAPH ?article { ?decision kg:entity ?entity . ?entity skos:prefLabel ?label }
}
"""
_RIVALS = """
SELECT ?decision ?item ?label ?score WHERE {
  VALUES (?decision ?article) { {pairs} }
  GRAPH ?article { ?decision kg:rival ?rival . ?rival kg:candidate ?item ; rdfs:label ?label ; kg:score ?score }
}
"""
_SENTENCES = """
SELECT ?decision ?begin ?mention ?sentence WHERE {
  VALUES (?decision ?article) { {pairs} }
  GRAPH ?article {
    ?decision kg:entity ?entity .
    ?span gaf:denotes ?entity ; nif:beginIndex ?begin ; nif:anchorOf ?mention .
    OPTIONAL { ?span nif:sentence ?within . ?within nif:anchorOf ?sentence }
  }
}
"""


@dataclass(frozen=True, slots=True)
class WeighedItem:
    """A rival of a decision: its QID, label and score."""

    qid: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link decision: ``qid`` and ``label`` of the item, if linked; ``best`` is the score of the likeliest item.

    ``sentence`` is the one of the first mention that is called ``name``, else of the first.
    """

    decision: str
    article: str
    name: str
    verdict: str
    score: float
    best: float
    method: str
    reviewer: str | None = None
    qid: str | None = None
    label: str | None = None
    rivals: tuple[WeighedItem, ...] = ()
    sentence: str = ""


def list_links(
    store: Store,
    *,
    article: str | None = None,
    near: float | None = None,
    margin: float = 0.2,
    reviewed: bool = False,
    limit: int | None = None,
) -> list[StoredLink]:
    """The link decisions in the store, or in the graph ``article``, by name.

    With ``near``, those of the machine whose likeliest item has a score within ``margin`` of it, the nearest first;
    with ``reviewed``, those of persons. At most ``limit`` are given.
    """
    found = list(_list_bare(store, article))
    if reviewed:
        found = [link for link in found if link.method == "person"]
    if near is not None:
        found = [link for link in found if link.method != "person" and abs(link.best - near) <= margin + 1e-9]
        found = [link for link in found if link.verdict != "unavailable"]
        found.sort(key=lambda link: (abs(link.best - near), link.name, link.decision))
    else:
        found.sort(key=lambda link: (link.name.casefold(), link.article, link.decision))
    found = found[:limit]
    return [whole for first in range(0, len(found), _BATCH) for whole in _fill_in(store, found[first : first + _BATCH])]


def _list_bare(store: Store, article: str | None) -> Iterator[StoredLink]:
    values = f"VALUES ?article {{ {Term('iri', article).format()} }}" if article else ""
    for row in store.select(_DECISIONS.replace("{article}", values), prefixes=PREFIXES).rows:
        decision, graph, entity, name, verdict, score, method, reviewer, best = row
        told = str(verdict).rpartition("#")[2]
        weighed = float(str(best)) if best else 0.0
        qid = str(entity).rpartition("/")[2] if told == "linked" else None
        yield StoredLink(
            str(decision),
            str(graph),
            str(name),
            told,
            float(str(score)),
            weighed if told == "absent" else float(str(score)),
            str(method),
            str(reviewer) if reviewer else None,
            qid,
        )


def _fill_in(store: Store, links: Sequence[StoredLink]) -> Iterator[StoredLink]:
    pairs = " ".join(f"({Term('iri', k.decision).format()} {Term('iri', k.article).format()})" for k in links)

    def ask(query: str) -> Iterable[tuple[Term | None, ...]]:
        return store.select(query.replace("{pairs}", pairs), prefixes=PREFIXES).rows

    rivals: dict[str, list[WeighedItem]] = defaultdict(list)
    for decision, item, label, score in ask(_RIVALS):
        rivals[str(decision)].append(WeighedItem(str(item).rpartition("/")[2], str(label), float(str(score))))
    labels = {str(decision): str(label) for decision, label in ask(_LABELS)}
    places: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for decision, begin, mention, sentence in ask(_SENTENCES):
        places[str(decision)].append((int(str(begin)), str(mention), str(sentence or "")))
    for link in links:
        own = sorted(places[link.decision], key=lambda place: (place[1].split() != link.name.split(), place[0]))
        yield replace(
            link,
            label=labels.get(link.decision) if link.qid else None,
            rivals=tuple(sorted(rivals[link.decision], key=lambda rival: (-rival.score, rival.qid))),
            sentence=own[0][2] if own else "",
        )
