"""Persons' decisions and repairs in a real store."""

import re

import pytest

from kg.config import Config
from kg.errors import QueryError, StoreError
from kg.model import Link
from kg.pipeline import Tools, populate
from kg.review import (
    Decision,
    Item,
    find_decisions,
    forget_reviews,
    load_reviews,
    record_review,
    relink,
    repair_article,
    withdraw_review,
)
from kg.store import open_store

TEXTS = {
    "a": "Acme Corp said on Friday that it would keep its plant in Leeds open. Jo Roe of Acme Corp had asked for it.",
    "b": "Jo Roe left Leeds.",
}
LEEDS = Item("Q777", "Leeds Rhinos", "organisation", ("Q14645593",))


@pytest.fixture
def config(tmp_path):
    return Config(store=tmp_path / "store", cache=tmp_path / "cache")


@pytest.fixture
def run(config, tmp_path, fake_reader, fake_linker):
    """Populates with the fakes; the files are the same each time."""
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.jsonl").write_text(f'{{"id": "{name}", "text": "{text}"}}')

    def populate_all(**more):
        tools = Tools(config)
        tools.reader, tools.linker = fake_reader, fake_linker
        return populate([str(tmp_path / f"{name}.jsonl") for name in TEXTS], config, tools=tools, **more)

    return populate_all


def read_graphs(config, *, reviews=False):
    with open_store(config.store, create=False, read_only=True) as store:
        rows = store.select("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        found = sorted(tuple(term.format() for term in row) for row in rows)
    return [row for row in found if reviews or "/article/" in row[0]]


def find(store, name, article, config):
    query = "SELECT ?d ?n WHERE { GRAPH ?g { ?d <https://w3id.org/newskg/ontology#readName> ?n } }"
    iris = [str(d) for d, n in store.select(query).rows if str(n) == name]
    [decision] = [d for iri in iris for d in find_decisions(store, decision=iri) if d.graph.endswith(f"/{article}")]
    return decision


def verdicts(config, article):
    query = """PREFIX kg: <https://w3id.org/newskg/ontology#> SELECT ?name ?e ?m WHERE { GRAPH ?g {
        ?d kg:readName ?name ; kg:entity ?e ; kg:method ?m } FILTER(STRENDS(STR(?g), "%s")) }"""
    with open_store(config.store, create=False, read_only=True) as store:
        return {str(n): (str(e).rpartition("/")[2], str(m)) for n, e, m in store.select(query % article).rows}


def test_what_had_no_answer_is_decided_from_the_graph_alone(config, run, fake_linker):
    run()
    whole = read_graphs(config)
    fake_linker.answering = False
    run(again=True)
    fake_linker.answering = True
    done = relink(config, fake_linker.link)
    assert (done.articles, done.decided, done.changed, done.unavailable) == (2, 5, 5, 0)
    assert read_graphs(config) == whole
    assert run().unchanged == 2


def test_what_still_has_no_answer_is_counted_and_stays(config, run, fake_linker):
    fake_linker.answering = False
    run()
    before = read_graphs(config)
    done = relink(config, fake_linker.link)
    assert (done.decided, done.unavailable, done.changed) == (5, 5, 0)
    assert read_graphs(config) == before


def test_only_what_had_no_answer_is_decided_again_unless_every_one_is(config, run):
    run()

    def decide(reading):
        return tuple(Link(e.id, "linked", "Q9", 0.9, label=e.name) for e in reading.entities)

    assert relink(config, decide).decided == 0
    graph = f"{config.base}article/b"
    done = relink(config, decide, articles=[graph], every=True)
    assert (done.articles, done.decided) == (1, 2)
    assert verdicts(config, "a")["Leeds"][0] == "Q39121"


def test_decide_sees_names_sentences_and_the_day(config, run, fake_linker):
    fake_linker.answering = False
    run(published="2020-01-07")
    seen = []

    def decide(reading):
        seen.append(reading)
        return tuple(Link(entity.id, "absent") for entity in reading.entities)

    relink(config, decide)
    article = seen[0].article
    assert (article.id, article.text, article.published) == ("a", TEXTS["a"], "2020-01-07")
    assert [e.name for e in seen[0].entities] == ["Acme Corp", "Jo Roe", "Leeds"]
    assert len(seen[0].entities[0].mentions) == 2


def test_a_store_that_is_not_there_is_one_clear_error(config, fake_linker):
    with pytest.raises(StoreError, match="there is no store"):
        relink(config, fake_linker.link)


def test_a_decision_of_a_person_is_written_at_once_with_who_made_it(config, run):
    run()
    with open_store(config.store) as store:
        done = record_review(store, find(store, "Leeds", "a", config), LEEDS, config, reviewer="Kim Lee")
    assert (done.articles, done.changed) == (1, 1)
    assert verdicts(config, "a")["Leeds"] == ("Q777", "person")
    assert verdicts(config, "b")["Leeds"] == ("Q39121", "catalogue")
    told = [row for row in read_graphs(config) if "reviewedBy" in row[2]]
    assert [(row[0].endswith("article/a>"), row[3]) for row in told] == [(True, '"Kim Lee"')]
    labels = [row for row in read_graphs(config) if row[1].endswith("/Q777>") and "prefLabel" in row[2]]
    assert [row[3] for row in labels] == ['"Leeds Rhinos"@en']


def test_it_survives_a_new_run_and_an_unchanged_one(config, run):
    run()
    with open_store(config.store) as store:
        record_review(store, find(store, "Leeds", "a", config), LEEDS, config, reviewer="Kim")
    decided = read_graphs(config, reviews=True)
    assert run().unchanged == 2
    assert run(again=True).stored == 2
    assert read_graphs(config, reviews=True) == decided


def test_what_was_decided_in_an_article_goes_with_it(config, run):
    run()
    with open_store(config.store) as store:
        record_review(store, find(store, "Leeds", "a", config), LEEDS, config, reviewer="Kim")
        record_review(store, find(store, "Leeds", "b", config), Item(None), config, reviewer="Kim")
        record_review(store, find(store, "Jo Roe", "a", config), LEEDS, config, reviewer="Kim", everywhere=True)
        assert forget_reviews(store, f"{config.base}article/a", config) == 1
        assert forget_reviews(store, f"{config.base}article/a", config) == 0
        assert [(r.name, r.article) for r in load_reviews(store, config)] == [("Jo Roe", None), ("Leeds", "b")]


def test_the_machine_never_overrules_it(config, run):
    run()
    with open_store(config.store) as store:
        record_review(store, find(store, "Leeds", "a", config), LEEDS, config, reviewer="Kim")

    def decide(reading):
        return tuple(Link(e.id, "linked", "Q9", 0.99, label=e.name) for e in reading.entities)

    relink(config, decide, every=True)
    assert verdicts(config, "a")["Leeds"] == ("Q777", "person")


def test_everywhere_holds_in_all_articles_and_in_those_to_come(config, run, tmp_path):
    run()
    with open_store(config.store) as store:
        done = record_review(store, find(store, "Leeds", "a", config), LEEDS, config, reviewer="Kim", everywhere=True)
    assert (done.articles, done.changed) == (2, 2)
    (tmp_path / "a.jsonl").write_text('{"id": "c", "text": "Leeds won."}')
    run()
    assert {verdicts(config, name)["Leeds"] for name in "abc"} == {("Q777", "person")}


def test_a_later_decision_replaces_an_earlier_one(config, run):
    run()
    with open_store(config.store) as store:
        for item in (LEEDS, Item("Q39121", "Leeds")):
            record_review(store, find(store, "Leeds", "a", config), item, config, reviewer="Kim")
        assert [review.qid for review in load_reviews(store, config)] == ["Q39121"]
        record_review(store, find(store, "Leeds", "a", config), Item(None), config, reviewer="Sam", everywhere=True)
        assert {(r.qid, r.article) for r in load_reviews(store, config)} == {("Q39121", "a"), (None, None)}
    assert verdicts(config, "a")["Leeds"] == ("Q39121", "person")
    assert verdicts(config, "b")["Leeds"][1] == "person"


def test_taken_back_the_machine_decides_again(config, run, fake_linker):
    run()
    before = read_graphs(config, reviews=True)
    with open_store(config.store) as store:
        record_review(store, find(store, "Leeds", "a", config), LEEDS, config, reviewer="Kim")
        withdraw_review(store, find(store, "Leeds", "a", config), config, fake_linker.link)
    assert read_graphs(config, reviews=True) == before


@pytest.mark.parametrize("everywhere", [False, True])
def test_nothing_to_take_back_is_one_clear_error(config, run, fake_linker, everywhere):
    run()
    with open_store(config.store) as store:
        decision = find(store, "Leeds", "a", config)
        with pytest.raises(QueryError, match="nobody decided"):
            withdraw_review(store, decision, config, fake_linker.link, everywhere=everywhere)


def test_a_decision_that_is_not_there_is_one_clear_error(config, run):
    run()
    missing = Decision(f"{config.base}link/a-e9", f"{config.base}article/a", "Leeds")
    with open_store(config.store) as store, pytest.raises(QueryError, match=r"no decision .*e9"):
        record_review(store, missing, LEEDS, config, reviewer="Kim")


def test_decisions_are_found_by_iri_entity_and_article(config, run):
    run()
    with open_store(config.store) as store:
        item = "http://www.wikidata.org/entity/Q39121"
        both = find_decisions(store, entities=[item])
        assert [(d.graph.rpartition("/")[2], d.name) for d in both] == [("a", "Leeds"), ("b", "Leeds")]
        assert find_decisions(store, decision=both[1].iri) == [both[1]]
        assert find_decisions(store, entities=[item], article=both[0].graph) == [both[0]]
        assert find_decisions(store, decision=f"{config.base}link/x") == []


def test_reviews_do_not_show_up_as_decisions_or_articles(config, run):
    run()
    with open_store(config.store) as store:
        record_review(store, find(store, "Leeds", "a", config), LEEDS, config, reviewer="Kim")
        kinds = {
            str(row[0])
            for row in store.select(
                "SELECT DISTINCT ?t { GRAPH ?g { ?s a ?t } FILTER(STRENDS(STR(?g), '/reviews')) }"
            ).rows
        }
    assert {re.sub(r".*[#/]", "", kind) for kind in kinds} == {"Review"}


def test_a_graph_that_is_no_articles_is_left_alone(config, run, fake_linker):
    run()
    with open_store(config.store) as store:
        graph = f"{config.base}article/other"
        store.replace_graph(graph, [f"<http://a/> <http://b/> <http://c/> <{graph}> ."])
        done = repair_article(store, graph, config, fake_linker.link, reviews=[], wanted=None)
        assert (done.articles, done.decided) == (0, 0)


def test_an_older_graph_without_kinds_of_decisions_is_repaired_too(config, run, fake_linker):
    fake_linker.answering = False
    run()
    fake_linker.answering = True
    with open_store(config.store) as store:
        graph = f"{config.base}article/b"
        rows = store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows
        lines = [f"{s.format()} {p.format()} {o.format()} <{graph}> ." for s, p, o in rows if "readKind" not in p.value]
        store.replace_graph(graph, lines)
    assert relink(config, fake_linker.link).unavailable == 0
    assert verdicts(config, "b")["Leeds"][0] == "Q39121"
