import pytest
from made_claims import make_claim_graphs
from made_facts import make_fact_graphs
from made_readings import linked, make_plant_reading, make_reading

from kg.describe import build_graph
from kg.model import Link, Rival
from kg.store import open_store


def make_graphs():
    """Three articles: the plant's, one that shares two of its entities, and one that names nothing."""
    second = make_reading(
        "[l1:TOLBY PLANT] and [o2:Borealis] met [p5:Ada Quist].",
        "[p5~pronoun:She] left [l7:Oslo].",
        id="second one",
        url="https://news.example/a b",
        published="2026-05-01",
    )
    decisions = (
        linked("o2", "Q1001", "Borealis Mills AS", 0.8),
        linked("l7", "Q585", "Oslo", 1.0, rivals=(Rival("Q586", "Oslo, Minnesota", 0.01),)),
        Link("p5", "absent", None, 0.9),
    )
    quiet = make_reading("Nothing happened.", id="quiet", title="Quiet", published="2026-05-02")
    return [build_graph(*make_plant_reading()), build_graph(second, decisions), build_graph(quiet, ())]


@pytest.fixture(scope="session")
def graphs():
    return make_graphs()


@pytest.fixture(scope="session")
def store(graphs):
    with open_store(None) as opened:
        for graph in graphs:
            opened.replace_graph(graph.name, graph.quads)
        yield opened


@pytest.fixture(scope="session")
def claim_graphs():
    return make_claim_graphs()


@pytest.fixture(scope="session", params=["memory", "disk"])
def claim_store(request, claim_graphs, tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("claims") / "store" if request.param == "disk" else None) as opened:
        for graph in claim_graphs:
            opened.replace_graph(graph.name, graph.quads)
        yield opened


@pytest.fixture(scope="session")
def fact_graphs():
    return make_fact_graphs()


@pytest.fixture(scope="session", params=["memory", "disk"])
def fact_store(request, fact_graphs, tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("facts") / "store" if request.param == "disk" else None) as opened:
        for graph in fact_graphs:
            opened.replace_graph(graph.name, graph.quads)
        yield opened
