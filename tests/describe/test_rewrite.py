"""Links read back from a graph, and other links written into it, against what a run would write."""

import re
from dataclasses import replace

import pytest
from made_readings import linked, make_plant_reading, make_reading, passage_of

from kg.describe import Triple, build_graph, recall_article, rewrite_links
from kg.describe.terms import DEFAULT_BASE
from kg.link import merge_linked
from kg.model import Event, Link, Relation, Rival, RoleFiller
from kg.store import open_store

KENYA = linked("l1", "Q114", "Kenya", 0.9, classes=("Q6256",), kind="place")


def load_triples(graph):
    """The triples of a graph as a store gives them back."""
    with open_store(None) as store:
        store.replace_graph(graph.name, graph.quads)
        rows = list(store.select("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }").rows)
    return [Triple(s.value, p.value, o.format(), o.value) for s, p, o in rows]


def describe(reading, links):
    return build_graph(*merge_linked(reading, links))


def rewrite(reading, before, after):
    """The graph of ``before`` with the links ``after`` written into it."""
    graph = describe(reading, before)
    triples = load_triples(graph)
    stored = recall_article(triples, graph.name, base=DEFAULT_BASE)
    kept = {link.entity: link for link in after}
    links = [kept[entity.id] for entity in stored.reading.entities]
    return rewrite_links(triples, stored, links, merge_linked(stored.reading, links))


def stored_form(quads):
    with open_store(None) as store:
        store.replace_graph(re.search(r"<([^>]*)> \.$", quads[0])[1], quads)
        return {tuple(t.format() for t in row) for row in store.select("SELECT ?s ?p ?o { ?s ?p ?o }").rows}


def make_news():
    reading = make_reading(
        "[l1:Kenya] sent [p1:Ada Obi] home.",
        "[p1~pronoun:She] met [p2:Zoe Quill] of [l2:Republic of Kenya].",
        "[g1:Kenyan] papers said [p3:Obi] was tired.",
        published="2020-05-01",
        title="Home",
    )
    text = reading.article.text
    return replace(
        reading,
        relations=(
            Relation("p1", "P27", "l1", passage_of(text, "Kenya sent Ada Obi home"), 0.8),
            Relation("p2", "P27", "l1", passage_of(text, "Zoe Quill of Republic of Kenya"), 0.7),
            Relation("p1", "P569", None, passage_of(text, "Ada Obi"), 0.6, value="1960"),
        ),
        events=(
            Event(
                "v1",
                "CONSULT",
                passage_of(text, "met"),
                (
                    RoleFiller("agent", passage_of(text, "She"), "p1"),
                    RoleFiller("patient", passage_of(text, "Zoe Quill"), "p2"),
                ),
                None,
                "actual",
                passage_of(text, "She met Zoe Quill"),
                0.8,
            ),
        ),
    )


OBI = linked("p1", "Q2", "Ada Obi", 0.8, kind="person")
QUILL = linked("p2", "Q9", "Zoe Quill", 0.6, kind="person")
REVIEWED = replace(OBI, qid="Q3", score=1.0, method="person", reviewer="Kim")
OPEN = {key: Link(key, "unavailable") for key in ("l1", "p1", "p2", "l2", "g1", "p3")}
CHANGES = {
    "an answer for one": (OPEN, OPEN | {"p1": OBI}),
    "an answer for all": (
        OPEN,
        {
            "l1": KENYA,
            "p1": OBI,
            "p2": Link("p2", "absent", score=0.9, rivals=(Rival("Q7", "Zoë", 0.05),)),
            "l2": replace(KENYA, entity="l2", score=0.95),
            "g1": replace(KENYA, entity="g1", score=0.85),
            "p3": replace(OBI, entity="p3", score=0.7),
        },
    ),
    "another item": (OPEN | {"p1": OBI}, OPEN | {"p1": REVIEWED}),
    "a link taken back": (OPEN | {"p2": QUILL}, OPEN | {"p2": Link("p2", "absent", score=1.0)}),
    "another kind": (OPEN, OPEN | {"p2": replace(QUILL, kind="work")}),
    "nothing": (OPEN | {"p1": OBI, "l1": KENYA}, OPEN | {"p1": OBI, "l1": KENYA}),
}


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
def test_other_links_give_the_graph_that_a_run_would_write(before, after):
    reading = make_news()
    rewritten = rewrite(reading, list(before.values()), list(after.values()))
    assert stored_form(rewritten.quads) == stored_form(describe(reading, list(after.values())).quads)


def test_a_graph_with_everything_is_followed_to_the_new_nodes():
    reading, links = make_plant_reading()
    after = (links[0], Link("l1", "absent", None, 0.4), linked("p1", "Q77", "Ada Quist", 0.9, kind="person"), links[3])
    rewritten = rewrite(reading, links, after)
    assert stored_form(rewritten.quads) == stored_form(describe(reading, after).quads)
    assert not any("/entity/ada-quist" in quad for quad in rewritten.quads)


def test_what_is_read_back_is_what_was_written():
    reading, links = make_plant_reading()
    graph = build_graph(reading, links)
    stored = recall_article(load_triples(graph), graph.name, base=DEFAULT_BASE)
    by_id = {entity.id: entity for entity in reading.entities}
    assert [e.id for e in stored.reading.entities] == sorted(by_id)
    for entity in stored.reading.entities:
        assert (entity.name, entity.kind) == (by_id[entity.id].name, by_id[entity.id].kind)
        assert set(entity.mentions) == set(by_id[entity.id].mentions)
    assert stored.reading.sentences == reading.sentences
    assert (stored.reading.article.id, stored.reading.article.title) == (reading.article.id, "Mills deny closure")
    assert stored.reading.article.published == "2026-05-02T09:00:00Z"
    assert stored.text_sha256 == reading.article.sha256
    recalled = {link.entity: link for link in stored.links}
    assert recalled["o1"] == replace(links[0], kind="organisation")
    assert recalled["l1"] == links[1]


def test_the_text_has_its_sentences_in_their_places():
    reading = make_news()
    graph = describe(reading, list(OPEN.values()))
    text = recall_article(load_triples(graph), graph.name, base=DEFAULT_BASE).reading.article.text
    assert text.split() == reading.article.text.split()
    assert all(text[s.start : s.end] == s.text for s in reading.sentences)


def test_an_adjective_and_its_country_keep_their_own_mentions():
    reading = make_reading("[l1:Kenya] and [g1:Kenyan] tea and [l1:Kenya].")
    graph = build_graph(reading, (KENYA, replace(KENYA, entity="g1")))
    stored = recall_article(load_triples(graph), graph.name, base=DEFAULT_BASE)
    assert {e.id: (e.kind, [m.passage.text for m in e.mentions]) for e in stored.reading.entities} == {
        "g1": ("group", ["Kenyan"]),
        "l1": ("place", ["Kenya", "Kenya"]),
    }


def test_when_one_of_two_leaves_a_node_what_is_said_of_it_stays():
    reading = make_reading("[l1:Kenya] and [g1:Kenyan] tea.")
    both = (KENYA, replace(KENYA, entity="g1"))
    after = (KENYA, linked("g1", "Q5", "Kenyans", 1.0, kind="group"))
    assert stored_form(rewrite(reading, both, after).quads) == stored_form(build_graph(reading, after).quads)


@pytest.mark.parametrize("article", ["x-1/é#", ".", "_", "%5F", "a\ud800b", " "])
def test_ids_and_names_of_every_shape_come_back(article):
    reading = make_reading("[p1:A-b c] saw [p2:Đ%]. ", id=article)
    links = (Link("p1", "unavailable"), linked("p2", "Q5", "D", 0.5))
    graph = build_graph(reading, links)
    stored = recall_article(load_triples(graph), graph.name, base=DEFAULT_BASE)
    assert [(e.id, e.name) for e in stored.reading.entities] == [("p1", "A-b c"), ("p2", "Đ%")]
    assert stored.reading.article.id == article
    assert stored_form(rewrite(reading, links, links).quads) == stored_form(graph.quads)


def test_a_graph_that_is_no_articles_is_none():
    assert recall_article([Triple("http://a/", "http://b/", '"c"', "c")], "http://g/", base=DEFAULT_BASE) is None
