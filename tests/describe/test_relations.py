"""Relations in the graph: which of them are plain triples, and what says so where."""

from dataclasses import replace

import pytest
import rdflib
from made_claims import make_claim, with_claims
from made_facts import make_relation
from made_readings import linked, make_reading
from rdflib import RDF, Literal, URIRef
from rdflib.namespace import SKOS, XSD

from kg.describe import build_graph
from kg.model import Link, Relation

KG = rdflib.Namespace("https://w3id.org/newskg/ontology#")
GAF = rdflib.Namespace("http://groundedannotationframework.org/gaf#")
NIF = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
WD = rdflib.Namespace("http://www.wikidata.org/entity/")
WDT = rdflib.Namespace("http://www.wikidata.org/prop/direct/")
LINKS = (
    linked("p1", "Q1", "Mara Voss"), linked("p2", "Q2", "Bo Stone"), linked("o1", "Q3", "Dockers' League"),
    linked("l1", "Q4", "Dunmore"), linked("e1", "Q5", "Lake War"), linked("x1", "Q6", "mayor of Dunmore"),
)  # fmt: skip
TEXT = (
    "[p1:Mara Voss], head of the [o1:Dockers' League] of [l1:Dunmore], and her husband [p2:Bo Stone] met.",
    "[p2:Stone] fought in the [e1:Lake War] and was once [x1~nominal:mayor of Dunmore].",
)
MARA, BO, LEAGUE, TOWN, WAR, MAYOR = WD.Q1, WD.Q2, WD.Q3, WD.Q4, WD.Q5, WD.Q6


@pytest.fixture
def reading():
    return make_reading(*TEXT, published="2026-03-05T08:00:00Z")


def describe(reading, *relations, links=LINKS) -> rdflib.Graph:
    graph = build_graph(replace(reading, relations=relations), links)
    parsed = rdflib.Dataset()
    parsed.parse(data="\n".join(graph.quads), format="nquads")
    return parsed.graph(URIRef(graph.name))


def list_plain(graph) -> set:
    return {triple for triple in graph if triple[1].startswith(str(WDT))}


def list_statements(graph) -> set:
    return {
        tuple(graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        for node in graph.subjects(RDF.type, RDF.Statement)
    }


def test_each_place_that_says_it_is_evidence_of_one_statement(reading):
    graph = describe(
        reading,
        make_relation(reading, "p1", "P463", "Mara Voss, head of the Dockers' League", object="o1", score=0.7),
        make_relation(reading, "p1", "P463", "met.", object="o1", score=0.9),
    )
    (statement,) = graph.subjects(RDF.type, RDF.Statement)
    told = {
        (str(graph.value(graph.value(e, GAF.denotedBy), NIF.anchorOf)), str(graph.value(e, KG.confidence)))
        for e in graph.subjects(KG.supports, statement)
    }
    assert told == {("Mara Voss, head of the Dockers' League", "0.7"), ("met.", "0.9")}
    assert list_plain(graph) == {(MARA, WDT.P463, LEAGUE)} == list_statements(graph)


def test_what_is_read_twice_in_one_place_counts_once_with_the_better_score(reading):
    found = [make_relation(reading, "p1", "P463", "met.", object="o1", score=score) for score in (0.4, 0.9, 0.5)]
    graph = describe(reading, *found)
    assert [str(score) for score in graph.objects(None, KG.confidence)] == ["0.9"]


def test_what_is_only_implied_is_no_plain_triple_and_has_no_bound(reading):
    graph = describe(reading, make_relation(reading, "p2", "P39", "once", object="x1", status="implied"))
    (evidence,) = graph.subjects(RDF.type, KG.Evidence)
    assert graph.value(evidence, KG.status) == KG.implied
    assert not list(graph.objects(evidence, KG.endedBefore)) + list(graph.objects(evidence, KG.beginsAfter))
    assert not list(graph.triples((None, WDT.P39, None)))


@pytest.mark.parametrize(
    ("status", "bound"), [("former", KG.endedBefore), ("future", KG.beginsAfter)], ids=["former", "future"]
)
def test_office_that_is_past_or_to_come_is_no_plain_triple(reading, status, bound):
    graph = describe(reading, make_relation(reading, "p2", "P39", "once", object="x1", status=status))
    (evidence,) = graph.subjects(RDF.type, KG.Evidence)
    assert list_plain(graph) == set()
    assert list_statements(graph) == {(BO, WDT.P39, MAYOR)}
    assert graph.value(evidence, KG.status) == KG[status]
    assert graph.value(evidence, bound) == Literal("2026-03-05T08:00:00Z", datatype=XSD.dateTime)


def test_office_that_is_an_item_is_the_object_and_keeps_its_words(reading):
    told = {"value": "mayor of Dunmore", "item": "Q9", "label": "Mayor of Dunmore"}
    graph = describe(
        reading,
        make_relation(reading, "p2", "P39", "was once mayor of Dunmore", status="former", **told),
        make_relation(reading, "p1", "P39", "met.", **told),
    )
    assert list_statements(graph) == {(BO, WDT.P39, WD.Q9), (MARA, WDT.P39, WD.Q9)}
    assert list_plain(graph) == {(MARA, WDT.P39, WD.Q9)}
    assert set(graph.objects(None, KG.officeText)) == {Literal("mayor of Dunmore")}
    assert graph.value(WD.Q9, RDF.type) == KG.Office
    assert graph.value(WD.Q9, SKOS.prefLabel) == Literal("Mayor of Dunmore", lang="en")


def test_office_that_is_held_again_has_evidence_for_both(reading):
    both = [make_relation(reading, "p2", "P39", "once", object="x1", status=status) for status in ("former", "current")]
    graph = describe(reading, *both)
    assert {graph.value(e, KG.status) for e in graph.subjects(RDF.type, KG.Evidence)} == {KG.former, KG.current}
    assert list_plain(graph) == {(BO, WDT.P39, MAYOR)}


VALUES = {
    "day": ("P569", "1950-05-03", Literal("1950-05-03", datatype=XSD.date)),
    "month": ("P570", "2020-01", Literal("2020-01", datatype=XSD.gYearMonth)),
    "year": ("P571", "1907", Literal("1907", datatype=XSD.gYear)),
    "decade": ("P569", "195", Literal("195")),
    "week": ("P570", "2020-W02", Literal("2020-W02")),
    "no such day": ("P570", "2020-02-30", Literal("2020-02-30")),
    "words": ("P569", "last\n spring", Literal("last spring")),
    "office": ("P39", "harbour master", Literal("harbour master")),
    "a place called like a year": ("P159", "1984", Literal("1984")),
    "property of no table": ("P9999", "1984", Literal("1984", datatype=XSD.gYear)),
}


@pytest.mark.parametrize(("name", "value", "literal"), VALUES.values(), ids=VALUES)
def test_value_is_typed_by_its_precision_or_stays_text(reading, name, value, literal):
    subject = "o1" if name in ("P571", "P159") else "p1"
    graph = describe(reading, make_relation(reading, subject, name, "met.", value=value))
    (statement,) = graph.subjects(RDF.type, RDF.Statement)
    assert graph.value(statement, RDF.object) == literal
    assert {value for _, _, value in list_plain(graph)} == ({literal} if literal.datatype else set())


@pytest.mark.parametrize(
    ("one", "other", "triple"),
    [
        (("p1", "P26", "p2"), ("p2", "P26", "p1"), (MARA, WDT.P26, BO)),
        (("p1", "P3373", "p2"), ("p2", "P3373", "p1"), (MARA, WDT.P3373, BO)),
        (("p2", "P1344", "e1"), ("e1", "P710", "p2"), (BO, WDT.P1344, WAR)),
    ],
    ids=["spouse", "sibling", "participant"],
)
def test_what_can_be_said_both_ways_is_written_once(reading, one, other, triple):
    relations = [make_relation(reading, s, name, "met.", object=o) for s, name, o in (one, other)]
    for told in ([relations[0]], [relations[1]], relations):
        graph = describe(reading, *told)
        assert list_plain(graph) == {triple} == list_statements(graph)
        assert len(set(graph.subjects(RDF.type, KG.Evidence))) == 1


LEFT_OUT = {
    "of a thing to itself": (("p1", "P26", "p1"), LINKS),
    "of two names of one item": (("p1", "P26", "p2"), (linked("p1", "Q1", "Voss"), linked("p2", "Q1", "Voss"))),
    "subject of the wrong kind": (("l1", "P26", "p1"), LINKS),
    "object of the wrong kind": (("p1", "P463", "l1"), LINKS),
    "kind of the linked item": (("p1", "P463", "o1"), (linked("o1", "Q3", "Dock", kind="place"),)),
    "entity for a date": (("p1", "P569", "e1"), LINKS),
    "kind of no date": (("p1", "P569", "x1"), LINKS),
}  # fmt: skip


@pytest.mark.parametrize(("told", "links"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_relation_that_cannot_be_is_left_out(reading, told, links):
    subject, name, value = told
    graph = describe(reading, make_relation(reading, subject, name, "met.", object=value), links=links)
    assert list_statements(graph) == list_plain(graph) == set(graph.subjects(RDF.type, KG.Evidence)) == set()


def test_kind_that_says_nothing_refuses_nothing(reading):
    graph = describe(reading, make_relation(reading, "p1", "P463", "met.", object="x1"))
    assert list_plain(graph) == {(MARA, WDT.P463, MAYOR)}


def test_unlinked_things_are_related_by_nodes_of_ours(reading):
    graph = describe(reading, make_relation(reading, "p1", "P463", "met.", object="o1"), links=(Link("p1", "absent"),))
    ((subject, _, value),) = list_plain(graph)
    assert subject.startswith("https://w3id.org/newskg/id/entity/mara-voss-")
    assert value.startswith("https://w3id.org/newskg/id/entity/dockers-league-")


@pytest.fixture
def claimed(reading):
    """A claim of somebody, and one of nobody."""
    return with_claims(
        reading,
        make_claim(reading, "fought in the Lake War", speaker="p1", polarity="negative"),
        make_claim(reading, "met."),
    )


def test_what_a_claim_states_is_its_content_and_no_triple(claimed):
    relation = make_relation(claimed, "p2", "P607", "fought in", object="e1", claim="c1")
    graph = describe(claimed, relation)
    claim = URIRef("https://w3id.org/newskg/id/claim/a1-c1")
    (statement,) = graph.subjects(RDF.type, RDF.Statement)
    (evidence,) = graph.subjects(RDF.type, KG.Evidence)
    assert list_plain(graph) == set()
    assert set(graph.objects(claim, KG.content)) == {statement}
    assert (graph.value(evidence, KG.reports), graph.value(evidence, KG.inClaim)) == (statement, claim)
    assert graph.value(evidence, KG.supports) is None
    assert graph.value(evidence, KG.confidence) == Literal("0.8", datatype=XSD.decimal)


def test_what_the_article_says_beside_a_claim_is_a_triple(claimed):
    relations = [make_relation(claimed, "p2", "P607", "fought in", object="e1", claim=claim) for claim in ("c1", None)]
    graph = describe(claimed, *relations)
    assert list_plain(graph) == {(BO, WDT.P607, WAR)}
    assert len(set(graph.subjects(RDF.type, KG.Evidence))) == 2
    assert len(list(graph.subject_objects(KG.supports))) == len(list(graph.subject_objects(KG.reports))) == 1


def test_what_the_claim_of_nobody_states_is_not_written(claimed):
    graph = describe(claimed, make_relation(claimed, "p2", "P607", "fought in", object="e1", claim="c2"))
    assert list_statements(graph) == list_plain(graph) == set()


WRONG = {
    "unknown subject": (("p9", "P26", "p1", {}), "entity 'p9' is not in the reading"),
    "unknown object": (("p1", "P26", "p9", {}), "entity 'p9' is not in the reading"),
    "unknown claim": (("p1", "P26", "p2", {"claim": "c9"}), "claim 'c9' is not in the reading"),
    "no property": (("p1", "spouse> <x", "p2", {}), "is no Wikidata property id"),
    "nothing": (("p1", "P39", None, {}), "P39 of 'p1' has neither object nor value"),
    "empty value": (("p1", "P39", None, {"value": " \n"}), "has neither object nor value"),
    "score above one": (("p1", "P26", "p2", {"score": 1.2}), r"not in 0\.\.1"),
}


@pytest.mark.parametrize(("given", "message"), WRONG.values(), ids=WRONG)
def test_relations_that_contradict_the_reading_are_refused(reading, given, message):
    subject, name, value, more = given
    relation = make_relation(reading, subject, name, "met.", object=value, **more)
    with pytest.raises(ValueError, match=message):
        describe(reading, relation)


def test_evidence_that_the_text_does_not_hold_is_refused(reading):
    passage = replace(reading.sentences[0], text="other words")
    with pytest.raises(ValueError, match="is not what the article says there"):
        describe(reading, Relation("p1", "P26", "p2", passage, 0.5))
