"""The prefixes that queries may leave undeclared, and that shorten IRIs in tables and exports."""

from __future__ import annotations

import re

PREFIXES = {
    "kg": "https://w3id.org/newskg/ontology#",
    "plover": "https://w3id.org/newskg/ontology/event-type/",
    "schema": "http://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
# Our own nodes, below the base that is used unless the settings name another.
PREFIXES |= {
    prefix: f"https://w3id.org/newskg/id/{kind}/"
    for prefix, kind in {
        "art": "article",
        "ent": "entity",
        "link": "link",
        "run": "run",
        "soft": "software",
        "st": "statement",
        "evid": "evidence",
        "ev": "event",
        "claim": "claim",
    }.items()
}
# What SPARQL and Turtle allow after the colon without escapes.
_LOCAL = re.compile(r"(?![.-])(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})+(?<!\.)")


def shorten_iri(iri: str) -> str:
    """``wd:Q30`` for ``http://www.wikidata.org/entity/Q30``; an IRI of no known namespace stays as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand_name(name: str) -> str | None:
    """The IRI of a prefixed name such as ``schema:name``; None when it is none of ours."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and _LOCAL.fullmatch(local):
        return PREFIXES[prefix] + local
    return None
