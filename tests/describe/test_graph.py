import re
from dataclasses import replace

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_claims import make_claim
from made_readings import linked, make_plant_reading, make_reading
from rdflib import RDF, Literal, URIRef
from rdflib.namespace import PROV, SKOS, XSD

from kg.describe import article_iri, build_graph, run_iri
from kg.describe.claims import strip_marks
from kg.model import Article, Entity, Link, Mention, NamedGraph, Passage, Reading, Rival

KG = rdflib.Namespace("https://w3id.org/newskg/ontology#")
SCHEMA = rdflib.Namespace("http://schema.org/")
NIF = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
GAF = rdflib.Namespace("http://groundedannotationframework.org/gaf#")
ITSRDF = rdflib.Namespace("http://www.w3.org/2005/11/its/rdf#")
SEM = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
WD = rdflib.Namespace("http://www.wikidata.org/entity/")
WDT = rdflib.Namespace("http://www.wikidata.org/prop/direct/")
BASE = "https://w3id.org/newskg/id/"
ARTICLE = URIRef(BASE + "article/9f2c")


def parse(graph: NamedGraph) -> rdflib.Graph:
    parsed = rdflib.Dataset()
    parsed.parse(data="\n".join(graph.quads), format="nquads")
    return parsed.graph(URIRef(graph.name))


@pytest.fixture(scope="module")
def plant() -> rdflib.Graph:
    return parse(build_graph(*make_plant_reading()))


def test_article_is_described_with_its_run(plant):
    run = plant.value(ARTICLE, PROV.wasGeneratedBy)
    assert set(plant.objects(ARTICLE, RDF.type)) == {SCHEMA.NewsArticle, NIF.Context}
    assert plant.value(ARTICLE, SCHEMA.url) == URIRef("https://news.example/2026/05/02/plant")
    assert plant.value(ARTICLE, SCHEMA.headline) == Literal("Mills deny closure")
    assert plant.value(ARTICLE, SCHEMA.datePublished) == Literal("2026-05-02T09:00:00Z", datatype=XSD.dateTime)
    assert plant.value(ARTICLE, SCHEMA.inLanguage) == Literal("en")
    assert plant.value(ARTICLE, SCHEMA.publisher) == Literal("The Example")
    assert set(plant.objects(ARTICLE, SCHEMA.author)) == {Literal("Kim Lee"), Literal("Sam Poe")}
    assert plant.value(ARTICLE, KG.contentHash) == Literal(make_plant_reading()[0].article.sha256)
    assert (run, RDF.type, PROV.Activity) in plant
    assert plant.value(plant.value(run, PROV.wasAssociatedWith), SCHEMA.name) == Literal("newskg")


def test_linked_entity_is_wikidatas_node_with_the_catalogues_label(plant):
    assert (WD.Q1001, RDF.type, SCHEMA.Organization) in plant
    assert plant.value(WD.Q1001, SKOS.prefLabel) == Literal("Borealis Mills AS", lang="en")
    assert set(plant.objects(WD.Q1001, SKOS.altLabel)) == {Literal("Borealis Mills", lang="en")}
    assert plant.value(WD.Q1001, KG.instanceOf) == WD.Q4830453
    assert (ARTICLE, SCHEMA.mentions, WD.Q1001) in plant


def test_only_named_mentions_of_linked_entities_identify_the_item(plant):
    name, pronoun = URIRef(ARTICLE + "#offset_0_14"), URIRef(ARTICLE + "#offset_39_41")
    assert plant.value(name, NIF.anchorOf) == Literal("Borealis Mills")
    assert (plant.value(name, NIF.beginIndex).toPython(), plant.value(name, NIF.endIndex).toPython()) == (0, 14)
    assert plant.value(name, ITSRDF.taIdentRef) == plant.value(name, GAF.denotes) == WD.Q1001
    assert plant.value(name, ITSRDF.taConfidence) == Literal("0.94", datatype=XSD.decimal)
    assert plant.value(pronoun, GAF.denotes) == WD.Q1001
    assert plant.value(pronoun, KG.form) == KG.pronoun
    assert plant.value(pronoun, ITSRDF.taIdentRef) is None
    assert (None, ITSRDF.taIdentRef, WD.Q2001) not in plant


def test_mentions_point_to_their_sentence(plant):
    sentence = plant.value(URIRef(ARTICLE + "#offset_0_14"), NIF.sentence)
    assert (sentence, RDF.type, NIF.Sentence) in plant
    assert plant.value(sentence, NIF.anchorOf).startswith("Borealis Mills said on 2026-05-01")


def test_what_a_newsroom_added_has_a_node_of_ours():
    reading = make_reading("[p1:Ada] met [p2:Bo].", id="9f2c")
    rivals = (Rival("N7", "Bo of Leeds", 0.1),)
    graph = parse(build_graph(reading, (linked("p1", "N42", "Ada Marsh"), linked("p2", "Q2", "Bo", rivals=rivals))))
    ada = URIRef(BASE + "item/N42")
    assert graph.value(ada, SKOS.prefLabel) == Literal("Ada Marsh", lang="en")
    assert (ARTICLE, SCHEMA.mentions, ada) in graph
    assert URIRef(BASE + "item/N7") in set(graph.objects(None, KG.candidate))


def test_decisions_keep_their_rivals_but_not_the_chosen_item():
    reading, links = make_plant_reading()
    chosen_again = replace(links[0], rivals=(*links[0].rivals, Rival("Q1001", "Borealis Mills AS", 0.94)))
    graph = parse(build_graph(reading, (chosen_again, *links[1:])))
    decision = URIRef(BASE + "link/9f2c-o1")
    assert graph.value(decision, KG.entity) == WD.Q1001
    assert graph.value(decision, KG.verdict) == KG.linked
    assert graph.value(decision, KG.score) == Literal("0.94", datatype=XSD.decimal)
    assert graph.value(decision, KG.readName) == Literal("Borealis Mills")
    rivals = list(graph.objects(decision, KG.rival))
    assert [(graph.value(r, KG.candidate), graph.value(r, KG.score).toPython().__float__()) for r in rivals] == [
        (WD.Q1002, 0.05)
    ]


def test_unlinked_entity_keeps_one_iri_in_every_article_and_case():
    one = build_graph(make_reading("[p1:Ada  QUIST] left.", id="x"), ())
    other = build_graph(make_reading("Then [p7:Ada Quist] came.", id="y"), (Link("p7", "absent"),))
    place = build_graph(make_reading("[l1:Ada Quist] is a hill.", id="z"), ())
    found = [set(parse(g).objects(URIRef(g.name), SCHEMA.mentions)) for g in (one, other, place)]
    assert found[0] == found[1] != found[2]
    assert str(next(iter(found[0]))).startswith(BASE + "entity/ada-quist-")


def test_entity_without_a_name_is_a_node_of_its_article_only():
    graphs = [build_graph(make_reading("[p1~nominal:the man] left.", id=key), ()) for key in "xy"]
    mentioned = [next(parse(g).objects(URIRef(g.name), SCHEMA.mentions)) for g in graphs]
    assert mentioned == [URIRef(BASE + f"article/{key}#entity_p1") for key in "xy"]


def test_institution_of_a_country_is_one_node_in_all_articles():
    graphs = [build_graph(make_reading("[o1~nominal:Tolbian parliament] voted.", id=key), ()) for key in "xy"]
    mentioned = {next(parse(g).objects(URIRef(g.name), SCHEMA.mentions)) for g in graphs}
    assert [str(iri).startswith(BASE + "entity/tolbian-parliament-") for iri in mentioned] == [True]


def test_entities_that_are_one_node_have_one_preferred_label():
    reading = make_reading("[o1:ACME] and [o2:Acme] and [l3:Rome] and [l4:Roma].")
    graph = parse(build_graph(reading, (linked("l3", "Q220", "Rome"), linked("l4", "Q220", "Rome"))))
    assert len(set(graph.subjects(SKOS.prefLabel))) == len(list(graph.subject_objects(SKOS.prefLabel))) == 2
    assert set(graph.objects(WD.Q220, SKOS.altLabel)) == {Literal("Roma", lang="en")}


def test_times_are_kept_with_their_value(plant):
    times = {
        str(plant.value(t, NIF.anchorOf)): plant.value(t, KG.value) for t in plant.subjects(RDF.type, KG.TimeExpression)
    }
    assert times == {"2026-05-01": Literal("2026-05-01", datatype=XSD.date), "June": None}


def test_relation_is_a_triple_and_a_statement_with_evidence(plant):
    person = plant.value(predicate=SKOS.prefLabel, object=Literal("Ada Quist", lang="en"))
    assert (person, WDT.P463, WD.Q1001) in plant
    assert (WD.Q1001, WDT.P571, Literal("1907", datatype=XSD.gYear)) in plant
    statement = plant.value(predicate=RDF.predicate, object=WDT.P463)
    evidence = plant.value(predicate=KG.supports, object=statement)
    assert (plant.value(statement, RDF.subject), plant.value(statement, RDF.object)) == (person, WD.Q1001)
    assert plant.value(plant.value(evidence, GAF.denotedBy), NIF.anchorOf) == Literal("Union leader Ada Quist")


def test_statement_is_the_same_node_in_every_article():
    reading, links = make_plant_reading()
    again = replace(reading, article=replace(reading.article, id="other"))
    found = [set(parse(build_graph(r, links)).subjects(RDF.type, RDF.Statement)) for r in (reading, again)]
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_event_has_actors_place_and_time(plant):
    event = URIRef(BASE + "event/9f2c-v1")
    assert plant.value(event, SEM.eventType) == URIRef("https://w3id.org/newskg/ontology/event-type/CONCEDE")
    assert plant.value(event, KG.agent) == plant.value(event, SEM.hasActor) == WD.Q1001
    assert plant.value(plant.value(event, SEM.hasPlace), SKOS.prefLabel) == Literal("Tolby plant", lang="en")
    assert plant.value(event, SEM.hasEarliestBeginTimeStamp) == Literal("2026-06-01", datatype=XSD.date)
    assert plant.value(event, SEM.hasLatestEndTimeStamp) == Literal("2026-06-30", datatype=XSD.date)
    assert plant.value(event, KG.realis) == KG.future
    assert plant.value(event, SKOS.exactMatch) == WD.Q999


def test_claims_are_told_with_speaker_words_and_day(plant):
    claim = URIRef(BASE + "claim/9f2c-c1")
    assert plant.value(claim, KG.speaker) == plant.value(claim, PROV.wasAttributedTo) == WD.Q1001
    assert plant.value(claim, KG.sourceText) == Literal("Borealis Mills")
    assert plant.value(claim, KG.claimedOn) == Literal("2026-05-01", datatype=XSD.date)
    evidence = {str(plant.value(span, NIF.anchorOf)) for span in plant.objects(claim, GAF.denotedBy)}
    assert evidence == {"Borealis Mills", "said", "it would not close its Tolby plant"}
    assert plant.value(claim, SCHEMA.text) == Literal("it would not close its Tolby plant")
    assert plant.value(claim, KG.polarity) == KG.negative
    assert plant.value(claim, KG.temporality) == KG.future
    assert URIRef(BASE + "event/9f2c-v1") in set(plant.objects(claim, SCHEMA.about))
    assert (claim, RDF.type, SCHEMA.Quotation) not in plant


def test_claim_of_nobody_is_not_written(plant):
    assert URIRef(BASE + "claim/9f2c-c2") not in set(plant.subjects())


@pytest.mark.parametrize("less", [{"kind": "attributed"}, {"score": 0.3}], ids=["only attributed", "unlikely"])
def test_what_is_hardly_a_claim_is_not_written(less):
    reading = make_reading("[p1:Ada] left.")
    graph, claim = describe_claim(make_claim(reading, "left", speaker="p1", **less), reading)
    assert (claim, None, None) not in graph


@pytest.mark.parametrize(("content", "written"), [("which", False), ("it", True)])
def test_a_claim_of_a_relative_pronoun_alone_is_not_written(content, written):
    reading = make_reading(f"[p1:Ada] denied {content}.")
    graph, claim = describe_claim(make_claim(reading, content, speaker="p1"), reading)
    assert ((claim, None, None) in graph) is written


def test_all_speakers_and_the_kind_of_a_claim_are_told():
    reading = make_reading("[p1:Ada] and [p2:Bo] left.")
    given = make_claim(reading, "left", speaker="p1", cospeakers=("p2",), kind="felt")
    graph, claim = describe_claim(given, reading)
    assert len(set(graph.objects(claim, KG.speaker))) == 2
    assert set(graph.objects(claim, KG.speaker)) == set(graph.objects(claim, PROV.wasAttributedTo))
    assert graph.value(claim, KG.claimKind) == KG.felt


def describe_claim(claim, reading):
    """The graph of a reading with this claim, and the claim's node in it."""
    return parse(build_graph(replace(reading, claims=(claim,)), ())), URIRef(BASE + "claim/a1-c1")


def test_unnamed_source_keeps_its_words():
    reading = make_reading("It will rain, a clerk\n who asked not to be named said.")
    given = make_claim(reading, "It will rain", source="a clerk\n who asked not to be named", quotation="direct")
    graph, claim = describe_claim(given, reading)
    assert graph.value(claim, KG.sourceText) == Literal("a clerk who asked not to be named")
    assert graph.value(claim, KG.speaker) is graph.value(claim, PROV.wasAttributedTo) is None
    assert (claim, RDF.type, SCHEMA.Quotation) in graph
    assert graph.value(claim, KG.temporality) == KG.nonFuture


@pytest.mark.parametrize("content", [(), ('"',)], ids=["nothing", "a mark"])
def test_claim_without_a_word_is_not_written(content):
    reading = make_reading('[p1:Ada]: "')
    graph, claim = describe_claim(make_claim(reading, *content, speaker="p1", quotation="direct"), reading)
    assert (claim, None, None) not in graph


@pytest.mark.parametrize("day", ["2026", "2026-05", "May", "2026-05-01T10:00:00Z", "2026-W18-1", ""])
def test_only_a_day_is_the_day_of_a_claim(day):
    reading = make_reading("[p1:Ada] left.")
    graph, claim = describe_claim(make_claim(reading, "left", speaker="p1", claimed_on=day), reading)
    assert graph.value(claim, KG.speaker) is not None
    assert graph.value(claim, KG.claimedOn) is None


def test_nothing_that_is_claimed_becomes_a_triple_of_its_own():
    reading, links = make_plant_reading()
    told, silent = (parse(build_graph(r, links)) for r in (reading, replace(reading, claims=())))
    added = {triple for triple in told if triple not in silent}
    claim = URIRef(BASE + "claim/9f2c-c1")
    assert {triple for triple in silent if triple not in told} == set()
    assert {s for s, _, _ in added} - {claim} == set(told.objects(claim, GAF.denotedBy)) - set(silent.subjects())
    assert {p for s, p, _ in added if s != claim} == {
        RDF.type, NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf
    }  # fmt: skip


WORDS = {
    "no direct quotation": (("indirect", '"we will win"'), '"we will win"'),
    "mixed": (("mixed", 'he would "win"'), 'he would "win"'),
    "straight": (("direct", '"We will win,"'), "We will win,"),
    "curly": (("direct", "“We will win.”"), "We will win."),
    "guillemets": (("direct", "«We will win»"), "We will win"),
    "single": (("direct", "‘We’ll win’"), "We’ll win"),
    "straight single": (("direct", "'We'll win.'"), "We'll win."),
    "two single": (("direct", "'We' and 'they'"), "'We' and 'they'"),
    "comma outside": (("direct", '"We will win",'), "We will win,"),
    "no marks": (("direct", "We will win"), "We will win"),
    "only opened": (("direct", "“We will win"), "We will win"),
    "only closed": (("direct", 'We will win."'), "We will win."),
    "two quotations": (("direct", '"We" and "they"'), '"We" and "they"'),
    "straight inside straight": (("direct", '"He said "no" to us"'), 'He said "no" to us'),
    "inside at the end": (("direct", "“He said ‘no’”"), "He said ‘no’"),
    "inside at the start": (("direct", "“‘No’ is what he said”"), "‘No’ is what he said"),
    "paragraphs": (("direct", "“We fought.\n\n“We won.\n“We rest.”"), "We fought. We won. We rest."),
    "straight paragraphs": (("direct", '"We fought.\n\n"We won."'), "We fought. We won."),
    "parts": (("direct", "“We will win,”", "“and soon.”"), "We will win, … and soon."),
    "empty part": (("direct", "“We", '"'), "We"),
}


@pytest.mark.parametrize(("given", "text"), WORDS.values(), ids=WORDS)
def test_text_of_a_claim_is_what_is_said(given, text):
    quotation, *parts = given
    reading = make_reading("[p1:Ada]: " + " said Ada; ".join(parts))
    graph, claim = describe_claim(make_claim(reading, *parts, speaker="p1", quotation=quotation), reading)
    assert graph.value(claim, SCHEMA.text) == Literal(text)


@given(st.text("\"“”'’\n aB,", max_size=30))
def test_taking_marks_off_loses_no_word(text):
    assert re.findall(r"\w", strip_marks(text)) == re.findall(r"\w", text)


def test_a_very_long_quotation_is_written():
    assert strip_marks('"' + 'He said "no". \n' * 20_000 + '"').count("no") == 20_000


def test_same_arguments_give_the_same_sorted_bytes_without_blank_nodes():
    reading, links = make_plant_reading()
    graph = build_graph(reading, links)
    assert graph == build_graph(reading, tuple(reversed(links)))
    assert list(graph.quads) == sorted(set(graph.quads))
    assert not any("_:" in quad for quad in graph.quads)
    assert all(quad.endswith(f" <{graph.name}> .") for quad in graph.quads)


def test_run_names_every_part_and_its_version():
    software = {"reader": "0.1", "catalogue": "2026-01"}
    graph = parse(build_graph(make_reading("[p1:Ada] left."), (), software=software))
    run = graph.value(URIRef(BASE + "article/a1"), PROV.wasGeneratedBy)
    assert run == URIRef(run_iri(software)) == URIRef(BASE + "run/catalogue-2026-01_reader-0.1")
    assert {str(graph.value(a, SCHEMA.softwareVersion)) for a in graph.objects(run, PROV.wasAssociatedWith)} == {
        "0.1",
        "2026-01",
    }


def test_base_with_a_hash_gives_legal_iris():
    graph = build_graph(*make_plant_reading(), base="http://data.example/#")
    assert graph.name == "http://data.example/#article/9f2c"
    assert not any(quad.split(">")[0].count("#") > 1 for quad in graph.quads)


@pytest.mark.parametrize(
    ("ids", "same"),
    [
        (("", "%5F"), False),
        ((".", "%2E"), False),
        (("a b", "a%20b"), False),
        (("é", "e\u0301"), False),
        (("x", "x"), True),
    ],
    ids=["empty", "dot", "space", "composed", "equal"],
)
def test_different_article_ids_give_different_iris(ids, same):
    assert (article_iri(ids[0]) == article_iri(ids[1])) is same


def test_hyphens_never_mix_up_the_parts_of_a_name():
    one = build_graph(
        make_reading("[p1:Ada] left.", id="x-p1"), (Link("p1", "ambiguous", rivals=(Rival("Q2", "", 0.1),)),)
    )
    assert f"<{BASE}link/x%2Dp1-p1-Q2>" in "".join(one.quads)


WRONG = {
    "score above one": ((linked("p1", "Q1", "x", 1.2),), "not in 0..1"),
    "score not a number": ((linked("p1", "Q1", "x", float("nan")),), "not in 0..1"),
    "unknown entity": ((linked("p9", "Q1", "x"),), "'p9', which is not in the reading"),
    "two decisions": ((Link("p1", "absent"), Link("p1", "absent")), "'p1', which is decided twice"),
    "no item": ((Link("p1", "linked"),), "'p1' is linked to no item"),
    "no QID": ((linked("p1", "Q1> <x", "x"),), "no Wikidata item id"),
}


@pytest.mark.parametrize(("links", "message"), WRONG.values(), ids=WRONG)
def test_links_that_cannot_be_are_refused(links, message):
    with pytest.raises(ValueError, match=message):
        build_graph(make_reading("[p1:Ada] left."), links)


def test_passage_that_the_text_does_not_hold_is_refused():
    entity = Entity("e1", "person", "Ada", (Mention(Passage(0, 3, "Eva")),))
    with pytest.raises(ValueError, match=r"passage 0\.\.3 'Eva' is not what the article says there"):
        build_graph(Reading(Article("a", "Ada left."), (entity,)), ())


ANY_TEXT = st.text(st.characters(codec=None), min_size=1, max_size=30)


@example(text="\ud800", key="\udfff", url="\udfff", label="\ud800")
@settings(max_examples=150, deadline=None)
@given(text=ANY_TEXT, key=ANY_TEXT, url=ANY_TEXT, label=ANY_TEXT)
def test_any_unicode_gives_quads_that_two_parsers_read_alike(text, key, url, label):
    mention = Mention(Passage(0, len(text), text))
    reading = Reading(
        Article(
            key, text, title=label, url="http://x.example/" + url, publisher=label, language=label, published=label
        ),
        (Entity("e1", "person", text, (mention,)), Entity("e2", "other", label, (mention,))),
        sentences=(mention.passage,),
    )
    graph = build_graph(reading, (linked("e1", "Q1", label, rivals=(Rival("Q2", label, 0.1),)),))
    data = "\n".join(graph.quads)
    assert len(data.splitlines()) == len(graph.quads)
    strict = {
        (str(q.subject), str(q.predicate), q.object.value) for q in pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_QUADS)
    }
    assert len(strict) == len(graph.quads)
    assert {(s.n3(), p.n3(), str(o)) for s, p, o in parse(graph)} == strict
