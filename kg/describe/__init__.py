"""Writes a reading and its links as RDF, or as the JSON of a reading."""

from pathlib import Path

from kg.describe.graph import build_graph
from kg.describe.record import reading_to_json
from kg.describe.terms import article_iri, run_iri

__all__ = ["article_iri", "build_graph", "find_ontology", "reading_to_json", "run_iri"]


def find_ontology(name: str = "kg.ttl") -> Path:
    """The file of the ontology ("kg.ttl") or of its shapes ("shapes.ttl"): installed, or in a checkout."""
    here = Path(__file__).parent
    for folder in (here / "ontology", here.parents[1] / "ontology"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"the ontology file {name} is not installed; install newskg again")
