"""Every canned query, with the rows it must give in two SPARQL engines."""

import re

import pytest
import rdflib
from made_claims import CLAIM_QUERIES
from made_facts import FACT_QUERIES
from made_readings import make_reading

from kg.describe import build_graph
from kg.errors import QueryError
from kg.query import list_queries, load_query, run_query, shorten_iri
from kg.query.rows import expand_name
from kg.store import open_store

ADA, PLANT, NORSE = "ent:ada-quist-289cbb3db187", "ent:tolby-plant-c0fb33370712", "ent:norwegian-b28c9010c195"
FIRST, SECOND, QUIET = "art:9f2c", "art:second%20one", "art:quiet"
DENIAL = "Borealis Mills said on 2026-05-01 that it would not close its Tolby plant."
UNION = "Union leader Ada Quist of Norwegian descent said Borealis will close it in June."
RUN = "run:newskg-VERSION"

EXPECTED = {
    ("contents",): [
        ("articles", "3"), ("sentences", "5"), ("mentions", "10"), ("time expressions", "2"), ("entities", "5"),
        ("entities linked to Wikidata", "2"), ("link decisions: linked", "3"), ("link decisions: absent", "2"),
        ("link decisions: ambiguous", "1"), ("link decisions: unavailable", "1"), ("statements", "2"), ("events", "1"),
        ("claims", "1"),
    ],
    ("entities",): [
        ("Ada Quist", "person", "", "absent", "2", "3", ADA),
        ("Borealis Mills AS", "organisation", "Q1001", "linked", "2", "3", "wd:Q1001"),
        ("Norwegian", "group", "", "unavailable", "1", "1", NORSE),
        ("Oslo", "place", "Q585", "linked", "1", "1", "wd:Q585"),
        ("TOLBY PLANT", "place", "", "", "1", "1", PLANT),
        ("Tolby plant", "place", "", "ambiguous", "1", "1", PLANT),
    ],
    ("entities", "article", "9f2c"): [
        ("Borealis Mills AS", "organisation", "Q1001", "linked", "1", "2", "wd:Q1001"),
        ("Ada Quist", "person", "", "absent", "1", "1", ADA),
        ("Norwegian", "group", "", "unavailable", "1", "1", NORSE),
        ("Tolby plant", "place", "", "ambiguous", "1", "1", PLANT),
    ],
    ("articles",): [
        ("2026-05-01", "", "5", "https://news.example/a%20b", SECOND),
        ("2026-05-02", "Quiet", "0", "", QUIET),
        ("2026-05-02T09:00:00Z", "Mills deny closure", "5", "https://news.example/2026/05/02/plant", FIRST),
    ],
    ("articles", "entity", "norwegian"): [
        ("2026-05-02T09:00:00Z", "Mills deny closure", "1", "https://news.example/2026/05/02/plant", FIRST),
    ],
    ("mentions", "entity", "ada quist"): [
        ("Ada Quist", "Ada Quist", "name", UNION, "88", "97", ADA, FIRST),
        ("Ada Quist", "Ada Quist", "name", "TOLBY PLANT and Borealis met Ada Quist.", "29", "38", ADA, SECOND),
        ("Ada Quist", "She", "pronoun", "She left Oslo.", "40", "43", ADA, SECOND),
    ],
    ("mentions", "entity", "Q585", "article", "https://news.example/a b"): [
        ("Oslo", "Oslo", "name", "She left Oslo.", "49", "53", "wd:Q585", SECOND),
    ],
    ("together",): [
        ("Borealis Mills AS", "Tolby plant", "2", "2", "wd:Q1001", PLANT),
        ("Ada Quist", "Norwegian", "1", "1", ADA, NORSE),
        ("Ada Quist", "TOLBY PLANT", "1", "1", ADA, PLANT),
        ("Borealis Mills AS", "Ada Quist", "1", "1", "wd:Q1001", ADA),
        ("Oslo", "Ada Quist", "1", "1", "wd:Q585", ADA),
    ],
    ("together", "entity", "Q585"): [("Oslo", "Ada Quist", "1", "1", "wd:Q585", ADA)],
    ("unlinked",): [
        ("Ada Quist", "person", "absent", "2", "3", "0", ADA),
        ("Norwegian", "group", "unavailable", "1", "1", "0", NORSE),
        ("TOLBY PLANT", "place", "", "1", "1", "0", PLANT),
        ("Tolby plant", "place", "ambiguous", "1", "1", "2", PLANT),
    ],
    ("decisions", "article", "second one"): [
        ("Ada Quist", "absent", "0.9", ADA, "", "", "", SECOND),
        ("Borealis", "linked", "0.8", "wd:Q1001", "", "", "", SECOND),
        ("Oslo", "linked", "1", "wd:Q585", "Oslo, Minnesota", "0.01", "wd:Q586", SECOND),
    ],
    ("decisions", "entity", "tolby plant"): [
        ("Tolby plant", "ambiguous", "0.4", PLANT, "Tolby", "0.4", "wd:Q2001", FIRST),
        ("Tolby plant", "ambiguous", "0.4", PLANT, "Tolby plant", "0.38", "wd:Q2002", FIRST),
    ],
    ("ambiguous",): [
        ("Tolby plant", "Tolby", "0.4", "wd:Q2001", PLANT, FIRST),
        ("Tolby plant", "Tolby plant", "0.38", "wd:Q2002", PLANT, FIRST),
    ],
    ("entity", "entity", "Ada Quist"): [
        (ADA, "rdf:type", "schema:Person", "2"),
        (ADA, "skos:prefLabel", "Ada Quist", "2"),
        (ADA, "wdt:P463", "wd:Q1001", "1"),
        (ADA, "kg:kind", "kg:person", "2"),
    ],
    ("provenance", "entity", ADA, "property", "P463"): [
        ("wdt:P463", "wd:Q1001", "Union leader Ada Quist", "75", "97", FIRST, RUN),
    ],
    ("provenance", "entity", ADA, "property", "skos:prefLabel"): [
        ("skos:prefLabel", "Ada Quist", "Ada Quist", "88", "97", FIRST, RUN),
        ("skos:prefLabel", "Ada Quist", "Ada Quist", "29", "38", SECOND, RUN),
    ],
    ("coverage",): [("2026-05-01", "1", "5"), ("2026-05-02", "2", "5")],
    ("coverage", "entity", "Q585"): [("2026-05-01", "1", "1")],
}  # fmt: skip

ELSEWHERE = {*CLAIM_QUERIES, *FACT_QUERIES}  # in test_claims and test_facts
NAMES = [query.name for query in list_queries() if query.name not in ELSEWHERE]


def hide_version(row):
    return tuple(re.sub(r"^run:newskg-.*", RUN, cell) for cell in row)


@pytest.mark.parametrize(
    ("asked", "rows"), EXPECTED.items(), ids=lambda value: "-".join(value)[:50] if isinstance(value, tuple) else ""
)
def test_canned_query_gives_its_rows(store, asked, rows):
    name, *pairs = asked
    answer = run_query(store, name, dict(zip(pairs[::2], pairs[1::2], strict=True)))
    assert answer.columns == load_query(name).columns
    assert [hide_version(row) for row in answer.as_text()] == rows


@pytest.mark.parametrize("name", NAMES)
def test_another_sparql_engine_gives_the_same_rows(store, graphs, name, monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = rdflib.Dataset()
    dataset.parse(data="\n".join(quad for graph in graphs for quad in graph.quads), format="nquads")
    asked = {"entity": ADA} if "entity" in {parameter.name for parameter in load_query(name).parameters} else {}
    theirs = [
        tuple(
            "" if term is None else shorten_iri(str(term)) if isinstance(term, rdflib.URIRef) else str(term)
            for term in row
        )
        for row in dataset.query(load_query(name).fill_in({key: f"<{expand_name(iri)}>" for key, iri in asked.items()}))
    ]
    assert theirs == run_query(store, name, asked).as_text()
    assert len(theirs) > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_canned_query_is_tested_and_runs_as_it_stands(store, name):
    assert name in {asked[0] for asked in EXPECTED}
    assert load_query(name).question.endswith("?")
    assert store.select(load_query(name).text).columns == load_query(name).columns


def test_there_are_at_least_eight():
    assert len(list_queries()) >= 8


def test_name_in_any_case_may_mean_several_entities(store):
    rows = run_query(store, "articles", {"entity": "TOLBY   plant"}).as_text()
    assert [row[-1] for row in rows] == [SECOND, FIRST]


def test_name_without_the_middle_name_finds_the_one_that_has_it():
    with open_store(None) as store:
        graph = build_graph(make_reading("[p1:Jo T. Roe] met [p2:Ann Roe]."), ())
        store.replace_graph(graph.name, graph.quads)
        rows = run_query(store, "mentions", {"entity": "Jo Roe"}).as_text()
        assert [row[0] for row in rows] == ["Jo T. Roe"]
        with pytest.raises(QueryError, match="no entity in the store is called 'Roe'"):
            run_query(store, "mentions", {"entity": "Roe"})


WRONG = {
    "unknown name": ("mention", {}, r"unknown query 'mention'; did you mean 'mentions'\? known are: ambiguous, "),
    "missing parameter": ("provenance", {}, "'provenance' needs the parameter 'entity': the subject"),
    "unknown parameter": ("mentions", {"entiti": "x"}, "no parameter 'entiti'; it takes: article, entity"),
    "parameter for none": ("contents", {"entity": "x"}, "no parameter 'entity'; it takes none"),
    "unknown entity": (
        "mentions",
        {"entity": "Ada Qist"},
        "no entity in the store is called 'Ada Qist'; near are: 'ada quist'",
    ),
    "unknown article": ("mentions", {"article": "zzz"}, "no article 'zzz' in the store; give its id, IRI or URL"),
    "odd entity": ("mentions", {"entity": "Ada \udcff"}, "no entity|no Unicode"),
    "odd article": ("mentions", {"article": "http://x/\udcff> }"}, "no article|no legal literal"),
    "no property": ("provenance", {"entity": "Q1", "property": "> } #"}, "is no property"),
    "misspelt property": ("relations", {"property": "Head of stat"}, "is no property; near are: 'head of state'"),
    "no type": ("timeline", {"type": "PROTEST> } #"}, "is no event type; give a name like PROTEST or LEAVE_OFFICE"),
    "no type at all": ("timeline", {"type": " "}, "is no event type"),
    "syntax error": ("SELECT * {\n?s ?p }", {}, "syntax error in line 2"),
    "empty": ("  ", {}, "the query is empty"),
    "update": ("DROP ALL", {}, "a query can only read"),
    "variable not selected": ("SELECT ?s { ?s ?p ?o }", {"entity": "Q1"}, "cannot take these parameters"),
}


@pytest.mark.parametrize(("query", "parameters", "message"), WRONG.values(), ids=WRONG)
def test_wrong_questions_say_what_is_possible(store, query, parameters, message):
    with pytest.raises(QueryError, match=message) as caught:
        run_query(store, query, parameters)
    assert "\n" not in str(caught.value)


NO_NAME = [
    'x> } INSERT DATA { <a> <b> "c" } #',
    'http://x/"> } #',
    "https://x/>}",
    "Q1> } #",
    'a" } #',
    "http://x/\\u003E}",
]


@pytest.mark.parametrize("text", NO_NAME)
def test_parameters_never_become_part_of_the_query(store, text):
    with pytest.raises(QueryError, match="no entity in the store is called"):
        run_query(store, "mentions", {"entity": text})


def test_iri_that_nothing_has_gives_no_rows(store):
    assert run_query(store, "mentions", {"entity": "https://x.example/a'b();?c#d"}).rows == ()


def test_sparql_knows_the_prefixes_and_takes_parameters(store):
    query = "SELECT ?entity ?label { GRAPH ?g { ?entity skos:altLabel ?label } } ORDER BY ?label"
    assert run_query(store, query, {"entity": "Q1001"}).as_text() == [
        ("wd:Q1001", "Borealis"),
        ("wd:Q1001", "Borealis Mills"),
    ]


def test_limit_cuts_the_rows(store):
    assert len(run_query(store, "mentions", limit=2).rows) == 2
    assert run_query(store, "mentions", limit=0).rows == ()
    with pytest.raises(QueryError, match="limit cannot be -1"):
        run_query(store, "mentions", limit=-1)
