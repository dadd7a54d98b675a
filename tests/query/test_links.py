import pytest
from made_readings import linked, make_reading

from kg.describe import build_graph
from kg.model import Link, Rival
from kg.query import list_links
from kg.store import open_store

READINGS = [
    make_reading("[l1:Tolby] is calm.", "[p1:Ada Quist] left [l1:Tolby] for [l2:Oslo].", id="a"),
    make_reading("[l1:the town] slept.", "[l1:Tolby] woke.", id="b", names={"l1": "Tolby"}),
]
LINKS = [
    (
        Link("l1", "ambiguous", None, 0.45, (Rival("Q2", "Tolby, Ohio", 0.4), Rival("Q1", "Tolby", 0.45))),
        Link("p1", "absent", None, 0.7, (Rival("Q7", "Ada Kvist", 0.29),)),
        linked("l2", "Q585", "Oslo", 0.95),
    ),
    (linked("l1", "Q1", "Tolby", 1.0, method="person", reviewer="Kim"),),
]


@pytest.fixture(params=["memory", "disk"])
def store(request, tmp_path):
    with open_store(tmp_path / "store" if request.param == "disk" else None) as opened:
        for reading, links in zip(READINGS, LINKS, strict=True):
            graph = build_graph(reading, links)
            opened.replace_graph(graph.name, graph.quads)
        yield opened


def test_links_come_by_name_with_what_was_weighed(store):
    found = list_links(store)
    assert [(link.name, link.verdict, link.best) for link in found] == [
        ("Ada Quist", "absent", 0.29), ("Oslo", "linked", 0.95), ("Tolby", "ambiguous", 0.45), ("Tolby", "linked", 1.0)
    ]  # fmt: skip
    assert [(rival.qid, rival.label, rival.score) for rival in found[2].rivals] == [
        ("Q1", "Tolby", 0.45), ("Q2", "Tolby, Ohio", 0.4)
    ]  # fmt: skip
    assert [(link.qid, link.label, link.reviewer) for link in found[1:]] == [
        ("Q585", "Oslo", None), (None, None, None), ("Q1", "Tolby", "Kim")
    ]  # fmt: skip


def test_the_sentence_is_that_of_the_first_mention_by_name(store):
    assert [link.sentence for link in list_links(store)][2:] == ["Tolby is calm.", "Tolby woke."]


def test_near_lists_the_nearest_first_and_nobodys_decision_but_the_machines(store):
    assert [link.name for link in list_links(store, near=0.5, margin=0.5)] == ["Tolby", "Ada Quist", "Oslo"]
    assert [link.name for link in list_links(store, near=0.5)] == ["Tolby"]
    assert [link.name for link in list_links(store, near=0.3, margin=0.01)] == ["Ada Quist"]


def test_links_of_one_article_of_persons_and_of_none(store):
    article = "https://w3id.org/newskg/id/article/b"
    assert [link.article for link in list_links(store, article=article)] == [article]
    assert [link.reviewer for link in list_links(store, reviewed=True)] == ["Kim"]
    assert [link.name for link in list_links(store, limit=1)] == ["Ada Quist"]
    with open_store(None) as empty:
        assert list_links(empty) == []
