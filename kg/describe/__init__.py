"""Writes a reading and its links as RDF, or as the JSON of a reading; reads links back and writes others."""

from pathlib import Path

from kg.describe.graph import build_graph
from kg.describe.recall import StoredArticle, Triple, recall_article
from kg.describe.record import reading_to_json
from kg.describe.reviews import describe_reviews, recall_reviews, review_graph
from kg.describe.rewrite import rewrite_links
from kg.describe.terms import article_iri, normalise_name, run_iri

__all__ = [
    "StoredArticle",
    "Triple",
    "article_iri",
    "build_graph",
    "describe_reviews",
    "find_ontology",
    "normalise_name",
    "reading_to_json",
    "recall_article",
    "recall_reviews",
    "review_graph",
    "rewrite_links",
    "run_iri",
]


def find_ontology(name: str = "kg.ttl") -> Path:
    """The file of the ontology ("kg.ttl") or of its shapes ("shapes.ttl"): installed, or in a checkout."""
    here = Path(__file__).parent
    for folder in (here / "ontology", here.parents[1] / "ontology"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"the ontology file {name} is not installed; install newskg again")
