"""Events in the graph: SEM with roles, times and mentions, and the claims that tell of them."""

from dataclasses import replace

import pytest
import rdflib
from made_claims import make_claim, with_claims
from made_facts import make_event, make_role, with_facts
from made_readings import linked, make_reading
from rdflib import RDF, Literal, URIRef
from rdflib.namespace import SKOS, XSD

from kg.describe import build_graph
from kg.describe.nodes import find_holders, is_its_noun
from kg.model import Interval, Link, Mention, Passage, Rival

BASE = "https://w3id.org/newskg/id/"
KG = rdflib.Namespace("https://w3id.org/newskg/ontology#")
PLOVER = rdflib.Namespace("https://w3id.org/newskg/ontology/event-type/")
GAF = rdflib.Namespace("http://groundedannotationframework.org/gaf#")
NIF = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
SCHEMA = rdflib.Namespace("http://schema.org/")
SEM = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
WD = rdflib.Namespace("http://www.wikidata.org/entity/")
LINKS = (
    linked("p1", "Q1", "Mara Voss"), linked("o1", "Q3", "Westmark"), linked("l1", "Q4", "Dunmore"),
    linked("e1", "Q5", "Lake War"),
)  # fmt: skip
EVENT, SECOND = URIRef(BASE + "event/a1-v1"), URIRef(BASE + "event/a1-v2")
FIRST_CLAIM, SECOND_CLAIM = URIRef(BASE + "claim/a1-c1"), URIRef(BASE + "claim/a1-c2")


@pytest.fixture
def reading():
    return make_reading(
        "[o1:Westmark] killed three fishermen in [l1:Dunmore] on Friday with a drone given to [p1:Mara Voss].",
        "The killing began the [e1:Lake War], said [p1:Voss].",
        "The [e1:Lake War] ended; [e2~nominal:the peace talks] in a hall begin.",
    )


def describe(reading, *facts, links=LINKS) -> rdflib.Graph:
    graph = build_graph(with_facts(reading, *facts), links)
    parsed = rdflib.Dataset()
    parsed.parse(data="\n".join(graph.quads), format="nquads")
    return parsed.graph(URIRef(graph.name))


def test_who_has_a_role_is_an_actor(reading):
    event = make_event(reading, "ASSAULT", "killed", agent="o1", recipient="p1", instrument="e1", place="l1")
    graph = describe(reading, event)
    assert graph.value(EVENT, RDF.type) == SEM.Event
    assert graph.value(EVENT, SEM.eventType) == PLOVER.ASSAULT
    assert graph.value(EVENT, KG.agent) == WD.Q3
    assert graph.value(EVENT, KG.recipient) == WD.Q1
    assert graph.value(EVENT, KG.instrument) == WD.Q5
    assert graph.value(EVENT, SEM.hasPlace) == WD.Q4
    assert set(graph.objects(EVENT, SEM.hasActor)) == {WD.Q3, WD.Q1, WD.Q5}


def test_who_is_no_entity_keeps_the_words(reading):
    event = make_event(
        reading, "ASSAULT", "killed", agent="o1", patient="three fishermen", instrument="a drone", time="on Friday",
        place="a hall",
    )  # fmt: skip
    graph = describe(reading, event)
    texts = {str(name).split("#")[-1]: str(words) for _, name, words in graph if "Text" in name}
    assert texts == {
        "patientText": "three fishermen", "instrumentText": "a drone", "timeText": "on Friday", "placeText": "a hall"
    }  # fmt: skip
    assert set(graph.objects(EVENT, SEM.hasActor)) == {WD.Q3}
    assert (EVENT, SEM.hasPlace, None) not in graph
    assert (EVENT, KG.patient, None) not in graph


TIMES = {
    "day": ("2020-01-03", ("2020-01-03", "2020-01-03"), XSD.date),
    "interval": ("2020-01-01/2020-01-07", ("2020-01-01", "2020-01-07"), XSD.date),
    "open begin": ("/2020-01-07", (None, "2020-01-07"), XSD.date),
    "open end": ("2020-01-07/", ("2020-01-07", None), XSD.date),
    "months": ("2020-01/2020-02", ("2020-01", "2020-02"), XSD.gYearMonth),
    "years": ("2020/2021", ("2020", "2021"), XSD.gYear),
    "no dates": ("soon/later", (None, None), None),
}


@pytest.mark.parametrize(("when", "stamps", "datatype"), TIMES.values(), ids=TIMES)
def test_time_is_the_earliest_begin_and_the_latest_end(reading, when, stamps, datatype):
    graph = describe(reading, make_event(reading, "ASSAULT", "killed", when=when, time_source="context"))
    found = [graph.value(EVENT, SEM[f"has{name}TimeStamp"]) for name in ("EarliestBegin", "LatestEnd")]
    assert found == [stamp and Literal(stamp, datatype=datatype) for stamp in stamps]
    assert graph.value(EVENT, KG.timeSource) == (KG.context if any(stamps) else None)


@pytest.mark.parametrize("source", ["stated", "context", "published"])
def test_where_the_time_was_read_is_said(reading, source):
    graph = describe(reading, make_event(reading, "ASSAULT", "killed", when="2020", time_source=source))
    assert graph.value(EVENT, KG.timeSource) == KG[source]


def test_event_without_a_time_has_no_time_source(reading):
    graph = describe(reading, make_event(reading, "ASSAULT", "killed"))
    assert graph.value(EVENT, KG.timeSource) is None


def test_each_mention_denotes_the_event_and_points_to_its_sentence(reading):
    graph = describe(reading, make_event(reading, "ASSAULT", "killed", mentions=("killing",)))
    spans = {str(graph.value(span, NIF.anchorOf)): span for span in graph.objects(EVENT, GAF.denotedBy)}
    assert set(spans) == {"killed", "killing"}
    assert graph.value(EVENT, KG.trigger) == Literal("killed")
    sentence = graph.value(spans["killing"], NIF.sentence)
    assert graph.value(sentence, NIF.anchorOf) == Literal("The killing began the Lake War, said Voss.")
    assert graph.value(graph.value(EVENT, KG.toldIn), NIF.anchorOf).startswith("Westmark killed")


def test_named_event_is_one_node_with_its_entity(reading):
    graph = describe(
        reading,
        make_event(reading, "ASSAULT", "War", score=0.6, patient="l1"),
        make_event(reading, "OTHER", "Lake War", score=0.9, agent="o1", realis="future"),
    )
    assert set(graph.subjects(RDF.type, SEM.Event)) == {WD.Q5}
    assert (WD.Q5, RDF.type, SCHEMA.Event) in graph
    assert set(graph.objects(WD.Q5, SEM.eventType)) == {PLOVER.OTHER}
    assert set(graph.objects(WD.Q5, KG.realis)) == {KG.future}
    assert set(graph.objects(WD.Q5, SEM.hasActor)) == {WD.Q4, WD.Q3}


HEADS = {
    "noun of a description": ("a naval protest over fishing", "protest", "nominal", True),
    "day behind it": ("his protest Monday night", "protest", "nominal", True),
    "what the noun is about": ("the protest against the killing", "killing", "nominal", False),
    "verb before the noun": ("pledged protests", "pledged", "nominal", False),
    "part of a name": ("Battle of the Lake", "Battle", "name", True),
}


@pytest.mark.parametrize(("text", "word", "form", "same"), HEADS.values(), ids=HEADS)
def test_only_the_noun_of_a_description_means_what_it_describes(text, word, form, same):
    start = text.index(word)
    trigger = Passage(start + 10, start + 10 + len(word), word)
    assert is_its_noun(trigger, Mention(Passage(10, 10 + len(text), text), form)) is same


def test_the_decision_about_an_event_names_its_item_and_rivals(reading):
    decided = Link("v1", "linked", "Q9", 0.8, (Rival("Q8", "Another raid", 0.4),), "Dunmore raid")
    graph = describe(reading, make_event(reading, "ASSAULT", "killed", qid="Q9", link=decided))
    (decision,) = graph.subjects(RDF.type, KG.EventDecision)
    assert graph.value(decision, KG.decidedEvent) == EVENT
    assert graph.value(decision, KG.verdict) == KG.linked
    assert graph.value(decision, KG.candidate) == WD.Q9
    assert graph.value(graph.value(decision, KG.rival), KG.candidate) == WD.Q8
    assert (EVENT, SKOS.exactMatch, WD.Q9) in graph


@pytest.mark.parametrize("link", [None, Link("v1", "absent")], ids=["not asked", "nothing found"])
def test_an_event_for_which_nothing_was_weighed_has_no_decision(reading, link):
    graph = describe(reading, make_event(reading, "ASSAULT", "killed", link=link))
    assert not set(graph.subjects(RDF.type, KG.EventDecision))


@pytest.mark.parametrize(
    ("trigger", "node"),
    [("talks", BASE + "article/a1#entity_e2"), ("Westmark", BASE + "event/a1-v1"), ("ended", BASE + "event/a1-v1")],
    ids=["description of an event", "name of no event", "no name"],
)
def test_only_what_an_event_entity_is_called_is_its_node(reading, trigger, node):
    graph = describe(reading, make_event(reading, "MEET", trigger))
    assert [str(found) for found in graph.subjects(RDF.type, SEM.Event)] == [node]


def test_item_of_an_event_is_matched_but_not_with_itself(reading):
    graph = describe(
        reading, make_event(reading, "ASSAULT", "killed", qid="Q9"), make_event(reading, "ASSAULT", "War", qid="Q5")
    )
    assert set(graph.subject_objects(SKOS.exactMatch)) == {(EVENT, WD.Q9)}


@pytest.fixture
def claimed(reading):
    """Two claims, and one of nobody, that tell of the killing in their own words."""
    return with_claims(
        reading,
        make_claim(reading, "Westmark killed three fishermen", speaker="p1"),
        make_claim(reading, "The killing began the Lake War", speaker="o1", polarity="negative"),
        make_claim(reading, "ended"),
    )


def test_event_that_claims_tell_is_their_content(claimed):
    event = make_event(claimed, "ASSAULT", "killed", mentions=("killing",), claim="c1", realis="reported")
    graph = describe(claimed, event)
    assert set(graph.subjects(KG.content, EVENT)) == {FIRST_CLAIM, SECOND_CLAIM}
    assert set(graph.objects(EVENT, KG.inClaim)) == {FIRST_CLAIM}
    assert graph.value(EVENT, KG.realis) == KG.reported


def test_event_that_the_article_tells_itself_is_in_no_claim(claimed):
    graph = describe(claimed, make_event(claimed, "ASSAULT", "killed", mentions=("killing",)))
    assert set(graph.subjects(KG.content, EVENT)) == {FIRST_CLAIM, SECOND_CLAIM}
    assert (EVENT, KG.inClaim, None) not in graph


def test_named_event_of_an_article_and_of_a_claim_is_the_articles(claimed):
    events = [
        make_event(claimed, "ASSAULT", "War", claim=claim, score=score) for claim, score in (("c2", 0.9), (None, 0.5))
    ]
    assert (WD.Q5, KG.inClaim, SECOND_CLAIM) in describe(claimed, events[0])
    assert (WD.Q5, KG.inClaim, None) not in describe(claimed, *events)


def test_event_of_nobodys_claim_is_in_no_claim(claimed):
    graph = describe(claimed, make_event(claimed, "OTHER", "ended", claim="c3", realis="reported"))
    assert (EVENT, RDF.type, SEM.Event) in graph
    assert (EVENT, KG.inClaim, None) not in graph
    assert (None, KG.content, None) not in graph


def test_claim_about_an_event_points_to_its_node(reading):
    claims = (make_claim(reading, "began", speaker="p1", about=("v1", "v2", "l1")),)
    told = with_claims(
        with_facts(reading, make_event(reading, "ASSAULT", "killed"), make_event(reading, "ASSAULT", "War")), *claims
    )
    parsed = rdflib.Dataset()
    parsed.parse(data="\n".join(build_graph(told, LINKS).quads), format="nquads")
    assert {o for _, _, o, _ in parsed.quads((None, SCHEMA.about, None, None))} == {EVENT, WD.Q5, WD.Q4}


WRONG = {
    "unknown claim": ({"claim": "c9"}, "claim 'c9' is not in the reading"),
    "no item": ({"qid": "Q1> <x"}, "no Wikidata item id"),
    "score above one": ({"score": 1.5}, r"not in 0\.\.1"),
    "mention that is not there": ({"mentions": ()}, "is not what the article says there"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "message"), WRONG.values(), ids=WRONG)
def test_events_that_contradict_the_reading_are_refused(reading, given, message):
    event = make_event(reading, "ASSAULT", "killed", **given)
    if "mentions" in given:
        event = replace(event, mentions=(Passage(0, 6, "killed"),))
    with pytest.raises(ValueError, match=message):
        describe(reading, event)


@pytest.mark.parametrize("words", [None, "other"], ids=["no entity", "unknown entity"])
def test_roles_that_contradict_the_reading_are_refused(reading, words):
    filler = replace(make_role(reading, "agent", "o1"), entity=words, passage=Passage(0, 5, "other"))
    with pytest.raises(ValueError, match=r"is not what the article says there|entity 'other' is not in the reading"):
        describe(reading, replace(make_event(reading, "ASSAULT", "killed"), roles=(filler,)))


def test_odd_types_stay_one_part_of_an_iri(reading):
    graph = describe(reading, make_event(reading, "A/B> <x", "killed"))
    assert str(graph.value(EVENT, SEM.eventType)).endswith("/event-type/A%2FB%3E%20%3Cx")


def test_holders_of_a_passage_come_from_outside_to_inside():
    outer = [(Passage(2, 8, "-"), "middle"), (Passage(0, 20, "-"), "long"), (Passage(2, 5, "-"), "short"),
             (Passage(9, 12, "-"), "later")]  # fmt: skip
    inner = [Passage(10, 12, "-"), Passage(3, 5, "-"), Passage(4, 9, "-"), Passage(21, 22, "-"), Passage(3, 5, "-")]
    inside = ["long", "middle", "short"]
    assert find_holders(inner, outer) == [["long", "later"], inside, ["long"], [], inside]


def test_many_claims_and_events_are_joined_in_one_pass():
    """Ten thousand claims of one word each; comparing each with each event would be a hundred million steps."""
    text = "hit " * 10_000
    places = [Passage(at, at + 3, "hit") for at in range(0, len(text), 4)]
    assert find_holders(places, [(place, str(place.start)) for place in places]) == [[str(p.start)] for p in places]


def test_interval_of_no_ends_says_nothing(reading):
    graph = describe(reading, replace(make_event(reading, "ASSAULT", "killed"), when=Interval(None, None)))
    assert not any("TimeStamp" in name for _, name, _ in graph)
