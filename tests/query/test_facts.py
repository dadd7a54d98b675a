"""The queries about relations and events, with the rows they must give in two SPARQL engines."""

import re

import pytest
import rdflib
from made_claims import make_claim, with_claims
from made_facts import FACT_QUERIES, WIKIDATA, make_event, make_relation, with_facts
from made_readings import linked, make_reading

from kg.describe import build_graph
from kg.properties import PROPERTIES
from kg.query import load_query, run_query, shorten_iri
from kg.store import open_store

VOSS, STONE, LEAGUE, WEST, WAR, TOWN = "Mara Voss", "Bo Stone", "Dockers' League", "Westmark", "Lake War", "Dunmore"
BO = "ent:bo-stone-bcdd7ff04a2b"
ARREST, ARREST_2, PROTEST, RALLY = "ev:harbour-v3", "ev:quay%202-v1", "ev:harbour-v1", "ev:quay%202-v3"
MARCH, SEND, THREAT, FOUGHT, NEGATED = (f"ev:harbour-v{n}" for n in (2, 5, 6, 7, 8))

# What is asked, then the columns that are looked at, then their rows.
EXPECTED = {
    ("relations", "entity", "Mara Voss"): (
        ("property", "value", "status", "score", "passage"),
        [
            ("wdt:P26", STONE, "current", "0.8", "are married"), ("wdt:P26", "Cy Berg", "current", "0.8", "married"),
            ("wdt:P463", LEAGUE, "current", "0.9", "leads the Dockers' League"),
            ("wdt:P463", LEAGUE, "current", "0.8", "of the Dockers' League"),
            ("wdt:P463", LEAGUE, "current", "0.6", "Mara Voss"), ("wdt:P569", "1970", "current", "0.8", "born in 1970"),
            ("wdt:P569", "1970-05-02", "current", "0.8", "born on 2 May 1970"),
        ],
    ),
    ("relations", "entity", "bo stone"): (
        ("name", "property", "value", "status", "object"),
        [(STONE, "wdt:P39", "mayor of Dunmore", "former", "mayor of Dunmore"), (VOSS, "wdt:P26", STONE, "current", BO)],
    ),
    ("relations", "property", "conflict"): (
        ("name", "value", "saidBy", "polarity", "article"),
        [
            (WEST, WAR, LEAGUE, "positive", "art:quay%202"), (WEST, WAR, "A clerk", "negative", "art:quay%202"),
            (WEST, WAR, STONE, "positive", "art:harbour"),
        ],
    ),
    ("relations", "property", "P159", "article", "harbour"): (
        ("subject", "object", "saidBy", "polarity"), [("wd:Q3", "wd:Q4", "", "")]
    ),
    ("relations", "entity", "Q404"): (("name",), []),
    ("shared-statements",): (
        ("name", "property", "value", "status", "articles", "passages", "score"),
        [(VOSS, "wdt:P463", LEAGUE, "current", "2", "3", "0.9"), 
            (LEAGUE, "wdt:P159", "Oslo", "current", "2", "2", "0.8")],
    ),
    ("shared-statements", "entity", "Oslo"): (("subject", "object"), [("wd:Q3", "wd:Q6")]),
    ("shared-statements", "property", "P607"): (("subject",), []),
    ("contradictions",): (
        ("name", "property", "value1", "day1", "articles1", "value2", "day2", "articles2"),
        [
            (LEAGUE, "wdt:P159", TOWN, "2026-03-05", "1", "Oslo", "2026-03-06", "2"),
            (VOSS, "wdt:P26", STONE, "2026-03-05", "1", "Cy Berg", "2026-03-06", "1"),
        ],
    ),
    ("contradictions", "entity", "Oslo"): (("subject", "object1", "object2"), [("wd:Q3", "wd:Q4", "wd:Q6")]),
    ("new-facts",): (
        ("name", "property", "value", "articles", "score"),
        [
            (LEAGUE, "wdt:P159", TOWN, "1", "0.7"), (LEAGUE, "wdt:P159", "Oslo", "2", "0.8"),
            (VOSS, "wdt:P26", STONE, "1", "0.8"), (VOSS, "wdt:P26", "Cy Berg", "1", "0.8"),
        ],
    ),
    ("new-facts", "entity", "Q1", "property", "spouse"): (("object",), [(BO,), ("ent:cy-berg-9eabd515da0f",)]),
    ("timeline",): (
        ("from", "to", "type", "what", "who", "whom", "where", "realis", "saidBy"),
        [
            ("2026", "2026", "ASSAULT", "War", "", "", "", "actual", ""),
            ("2026", "2026", "ASSAULT", "War", "", "", "", "actual", ""),
            ("2026-03-03", "2026-03-03", "PROTEST", "protest", VOSS, "a protest", TOWN, "actual", ""),
            ("2026-03-03", "2026-03-03", "PROTEST", "rally", "", "", TOWN, "reported", ""),
            ("2026-03-04", "2026-03-04", "ARREST", "arrested", WEST, "Bo Stone, Mara Voss", "", "actual", ""),
            ("2026-03-04", "2026-03-04", "ARREST", "arrested", WEST, VOSS, "", "actual", ""),
            ("", "2026-03-05", "PROTEST", "march", "", "", "the old pier", "actual", ""),
            ("2026-04", "2026-05", "MOBILIZE", "send", WEST, "troops", "", "future", STONE),
            ("2026-05", "2026-05", "RETREAT", "siege", WEST, "", "", "actual", ""),
            ("2026-05-01", "2026-05-01", "ASSAULT", "siege", "", "", "", "reported", ""),
        ],
    ),
    ("timeline", "entity", "Mara Voss"): (("event", "article"), [
        (PROTEST, "art:harbour"), (ARREST, "art:harbour"), (ARREST_2, "art:quay%202")]),
    ("timeline", "entity", "dunmore"): (("event",), [(PROTEST,), (RALLY,)]),
    ("timeline", "entity", "Lake War"): (("event", "article"), [("wd:Q5", "art:harbour"), ("wd:Q5", "art:quay%202")]),
    ("timeline", "place", "Q4", "entity", "Q1"): (("event",), [(PROTEST,)]),
    ("timeline", "type", "protest", "until", "2026-03-03"): (("event",), [(PROTEST,), (RALLY,)]),
    ("timeline", "type", "PROTEST", "since", "2026-03-05"): (("event",), [(MARCH,)]),
    ("timeline", "since", "2026-05"): (("event",), [("wd:Q5",), ("wd:Q5",), (SEND,), ("ev:war-v1",), ("ev:siege-v1",)]),
    ("timeline", "until", "2025"): (("event",), []),
    ("timeline", "type", "leave office"): (("event",), []),
    ("events", "article", "harbour"): (
        ("type", "what", "realis", "begin", "event"),
        [
            ("CLOSE", "leads", "negated", "25", NEGATED), ("PROTEST", "protest", "actual", "73", PROTEST),
            ("PROTEST", "march", "actual", "116", MARCH), ("ARREST", "arrested", "actual", "148", ARREST),
            ("ASSAULT", "War", "actual", "214", "wd:Q5"), ("MOBILIZE", "send", "future", "245", SEND),
            ("THREATEN", "threatened", "reported", "261", THREAT), ("ASSAULT", "fought", "hypothetical", "282", FOUGHT),
        ],
    ),
    ("events", "article", "harbour", "type", "MOBILIZE"): (
        ("who", "whom", "from", "to", "saidBy", "score", "sentence"),
        [(WEST, "troops", "2026-04", "2026-05", STONE, "0.8",
          "Stone said Westmark would send troops and threatened it, if it fought.")],
    ),
    ("who-did-what", "agent", "Westmark", "type", "ARREST"): (
        ("who", "what", "whom", "agentEntity", "patientEntity", "event"),
        [
            (WEST, "arrested", STONE, "wd:Q2", BO, ARREST), (WEST, "arrested", VOSS, "wd:Q2", "wd:Q1", ARREST),
            (WEST, "arrested", VOSS, "wd:Q2", "wd:Q1", ARREST_2),
        ],
    ),
    ("who-did-what", "patient", "Bo Stone"): (("who", "whom"), [(WEST, STONE)]),
    ("who-did-what", "agent", "Q2", "patient", "Q1", "since", "2026-03-04", "until", "2026-03"): (
        ("event",), [(ARREST,), (ARREST_2,)]
    ),
    ("who-did-what", "type", "threaten"): (("who", "whom", "from", "event"), [(STONE, "", "", THREAT)]),
    ("who-did-what", "agent", "Mara Voss"): (("whom", "where"), [("a protest", TOWN)]),
    ("plans-and-threats",): (
        ("realis", "type", "who", "saidBy", "day", "event"),
        [
            ("future", "MOBILIZE", WEST, STONE, "2026-03-05", SEND),
            ("reported", "THREATEN", STONE, STONE, "2026-03-05", THREAT),
            ("hypothetical", "ASSAULT", WEST, "", "2026-03-05", FOUGHT),
        ],
    ),
    ("plans-and-threats", "entity", "Bo Stone"): (("event",), [(THREAT,)]),
    ("plans-and-threats", "type", "ASSAULT"): (("event",), [(FOUGHT,)]),
    ("plans-and-threats", "since", "2026-04"): (("event",), [(SEND,)]),
    ("protests",): (
        ("where", "protests", "articles", "first", "last", "placeEntity"),
        [(TOWN, "3", "3", "2026-03-03", "2026-03-03", "wd:Q4"),
         ("the old pier", "1", "1", "2026-03-05", "2026-03-05", "")],
    ),
    ("protests", "place", "Dunmore"): (("where", "protests"), [(TOWN, "3")]),
    ("protests", "since", "2026-03-03", "until", "2026-03-04"): (
        ("where", "protests", "days"), [(TOWN, "2", "1")]
    ),
    ("shared-events",): (
        ("type", "what", "who", "from", "to", "articles", "same", "item"),
        [
            ("PROTEST", "Strikes", "", "", "", "2", "item", "wd:Q701"),
            ("ASSAULT", "War", WAR, "2026", "2026", "2", "item", "wd:Q5"),
            ("ARREST", "arrested", "Mara Voss, Westmark", "2026-03-04", "2026-03-04", "2", "time and actor", ""),
            ("RETREAT", "siege", "", "2026-05", "2026-05-01", "2", "item", "wd:Q700"),
        ],
    ),
    ("shared-events", "type", "ARREST"): (("what",), [("arrested",)]),
    ("event-items",): (
        ("type", "what", "verdict", "score", "name", "item", "rivalName", "rival", "event"),
        [
            ("PROTEST", "march", "ambiguous", "0.5", "", "", "Pier march", "wd:Q71", MARCH),
            ("RETREAT", "siege", "linked", "0.9", "Siege of Dunmore", "wd:Q700", "", "", "ev:war-v1"),
        ],
    ),
    ("event-items", "type", "RETREAT"): (("what",), [("siege",)]),
}  # fmt: skip


def ask(store, query, columns, **parameters):
    """The cells of some columns of an answer."""
    answer = run_query(store, query, parameters)
    assert answer.columns == load_query(query).columns
    return [tuple(row[answer.columns.index(column)] for column in columns) for row in answer.as_text()]


@pytest.mark.parametrize(("asked", "shown"), EXPECTED.items(), ids=["-".join(asked)[:60] for asked in EXPECTED])
def test_query_about_relations_and_events_gives_its_rows(fact_store, asked, shown):
    name, *pairs = asked
    columns, rows = shown
    assert ask(fact_store, name, columns, **dict(zip(pairs[::2], pairs[1::2], strict=True))) == rows


def test_every_query_about_relations_and_events_is_tested():
    assert {asked[0] for asked in EXPECTED} == set(FACT_QUERIES)


@pytest.fixture(scope="module")
def other_engine(fact_graphs):
    """The same graphs in rdflib."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        dataset = rdflib.Dataset()
        dataset.parse(data="\n".join(quad for graph in fact_graphs for quad in graph.quads), format="nquads")
        yield dataset


GIVEN = {
    "entity": ("Q3", "<http://www.wikidata.org/entity/Q3>"),
    "place": ("Q4", "<http://www.wikidata.org/entity/Q4>"),
    "agent": ("Q2", "<http://www.wikidata.org/entity/Q2>"),
    "since": ("2026-03-01", '"2026-03-01"'),
    "until": ("2026-05", '"2026-05"'),
}


@pytest.mark.parametrize("names", [(), ("entity", "since"), ("place", "agent", "until")], ids=["all", "some", "others"])
@pytest.mark.parametrize("name", FACT_QUERIES)
def test_another_sparql_engine_gives_the_same_rows(fact_store, other_engine, name, names):
    takes = [parameter.name for parameter in load_query(name).parameters if parameter.name in names]
    values = {key: GIVEN[key][1] for key in takes}
    theirs = [
        tuple(
            "" if term is None else shorten_iri(str(term)) if isinstance(term, rdflib.URIRef) else str(term)
            for term in row
        )
        for row in other_engine.query(load_query(name).fill_in(values))
    ]
    assert theirs == run_query(fact_store, name, {key: GIVEN[key][0] for key in takes}).as_text()
    assert len(theirs) > 0 or names


@pytest.mark.parametrize("name", FACT_QUERIES)
def test_query_about_relations_and_events_runs_as_it_stands(fact_store, name):
    assert load_query(name).question.endswith("?")
    assert fact_store.select(load_query(name).text).columns == load_query(name).columns


def test_contradictions_are_those_of_properties_with_one_value():
    for listed in re.findall(r"VALUES \?property \{([^}]+)\}", load_query("contradictions").text):
        assert listed.split() == [f"wdt:{each.id}" for each in PROPERTIES if each.single]


def test_new_facts_know_each_inverse():
    pairs = set(re.findall(r"\(wdt:(P\d+) wdt:(P\d+)\)", load_query("new-facts").text))
    inverses = {(each.inverse, each.id) for each in PROPERTIES if each.inverse}
    assert pairs == inverses


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": "1907"}, {"value": "1907-05"}),
        ({"value": "1907", "status": "former"}, {"value": "1911"}),
        ({"value": "long ago"}, {"value": "1911"}),
        ({"value": "1907", "claim": "c1"}, {"value": "1911"}),
    ],
    ids=["precision", "former", "words", "claimed"],
)
def test_what_does_not_exclude_another_value_is_no_contradiction(first, second):
    reading = make_reading("[o1:Acme], says [p1:Jo], is old.")
    found = [make_relation(reading, "o1", "P571", "is old", **given) for given in (first, second)]
    told = with_claims(with_facts(reading, *found), make_claim(reading, "is old", speaker="p1"))
    with open_store(None) as store:
        graph = build_graph(told, ())
        store.replace_graph(graph.name, graph.quads)
        assert run_query(store, "contradictions").rows == ()
        assert len(run_query(store, "relations").rows) == 2


@pytest.mark.parametrize(("where", "count"), [("in Leeds, England", 0), ("apart", 1)], ids=["one", "two"])
def test_places_that_one_sentence_gives_together_are_no_contradiction(where, count):
    reading = make_reading("[o1:Acme] sits in Leeds, England, says [p1:Jo] of [x1:Leeds] and [x2:England], apart.")
    found = [
        make_relation(reading, "o1", "P159", "in Leeds, England", object="x1"),
        make_relation(reading, "o1", "P159", where, object="x2"),
    ]
    with open_store(None) as store:
        graph = build_graph(with_facts(reading, *found), ())
        store.replace_graph(graph.name, graph.quads)
        assert len(run_query(store, "contradictions").rows) == count


def test_nothing_is_new_in_a_store_without_wikidata(fact_store, fact_graphs):
    with open_store(None) as store:
        for graph in fact_graphs:
            if graph.name != WIKIDATA:
                store.replace_graph(graph.name, graph.quads)
        assert run_query(store, "new-facts").rows == ()


def test_events_of_different_actors_are_kept_apart():
    with open_store(None) as store:
        for number in range(2):
            reading = make_reading("[p1:Jo Roe] and [p2:Al Ek] left; [p3:Cy] left.", id=f"a{number}")
            events = [
                make_event(reading, "TRAVEL", "left", agent=agents, when="2020-01-03")
                for agents in (("p1", "p2"), "p3")
            ]
            graph = build_graph(with_facts(reading, *events), [linked("p3", "Q9", "Cy")])
            store.replace_graph(graph.name, graph.quads)
        assert ask(store, "shared-events", ("who", "articles")) == [("Al Ek, Jo Roe", "2"), ("Cy", "2")]
