import pytest

from kg.describe import Triple, describe_reviews, recall_reviews
from kg.describe.terms import DEFAULT_BASE
from kg.model import Review
from kg.store import open_store

REVIEWS = [
    Review("Jo  Roe", "person", 'Kim "K" Lee', "2026-05-01T10:00:00Z", None, "a/1 é", ((3, 5), (12, 20)), "0" * 64),
    Review("Leeds", "place", "Sam", "2026-05-02T10:00:00Z", "Q39121", None, (), None, "Leeds", "place", ("Q1", "Q515")),
]  # fmt: skip


def test_reviews_come_back_from_the_store_as_they_were():
    graph = describe_reviews(REVIEWS, base=DEFAULT_BASE)
    with open_store(None) as store:
        store.replace_graph(graph.name, graph.quads)
        rows = list(store.select("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }").rows)
    found = recall_reviews([Triple(s.value, p.value, o.format(), o.value) for s, p, o in rows], base=DEFAULT_BASE)
    assert found[1:] == REVIEWS[1:]
    assert found[0] == Review("Jo Roe", *[getattr(REVIEWS[0], name) for name in list(Review.__slots__)[1:]])


def test_a_review_of_the_same_entity_has_the_same_node():
    first, again = (
        describe_reviews([Review("Leeds", "place", who, "2026-05-02", qid)], base=DEFAULT_BASE).quads[0].split()[0]
        for who, qid in (("Sam", "Q1"), ("Kim", None))
    )
    assert first == again


@pytest.mark.parametrize(
    ("change", "message"), [({"qid": "30"}, "no Wikidata item id"), ({"made": "today"}, "is no moment of a review")]
)
def test_what_cannot_be_is_refused(change, message):
    values = {"name": "Leeds", "kind": "place", "reviewer": "Sam", "made": "2026-05-02T10:00:00Z"} | change
    with pytest.raises(ValueError, match=message):
        describe_reviews([Review(**values)], base=DEFAULT_BASE)


def test_no_reviews_are_an_empty_graph():
    assert describe_reviews([], base=DEFAULT_BASE).quads == ()
    assert recall_reviews([], base=DEFAULT_BASE) == []
