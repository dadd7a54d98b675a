import re
import typing
from pathlib import Path

import pyshacl
import pytest
import rdflib
from made_claims import make_claim, with_claims
from made_facts import make_event, make_relation, with_facts
from made_readings import linked, make_plant_reading, make_reading
from rdflib import OWL, RDF, RDFS
from rdflib.namespace import SKOS

from kg import model
from kg.describe import build_graph, describe_reviews, find_ontology
from kg.describe.terms import DEFAULT_BASE
from kg.model import Link, Review, Rival
from kg.properties import PROPERTIES

ROOT = Path(__file__).parents[2]
KG = "https://w3id.org/newskg/ontology#"
ONTOLOGY = rdflib.Graph().parse(find_ontology(), format="turtle")
SHAPES = rdflib.Graph().parse(find_ontology("shapes.ttl"), format="turtle")
DEFINED = {str(term) for term in ONTOLOGY.subjects(RDF.type) if "newskg/ontology" in str(term)}
VALUES = (
    "Kind",
    "Form",
    "Verdict",
    "Realis",
    "Status",
    "TimeSource",
    "Quotation",
    "Polarity",
    "Certainty",
    "ClaimKind",
)
WDT = rdflib.Namespace("http://www.wikidata.org/prop/direct/")
PLOVER = "https://w3id.org/newskg/ontology/event-type/"
EVENT_TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT DIE INJURE ELECT APPOINT LEAVE_OFFICE VOTE LEGISLATE MEET TRAVEL ARREST TRIAL ACCIDENT DISASTER "
    "LAUNCH ACQUIRE CLOSE INFECT ANNOUNCE OTHER"
).split()


def merge(quads) -> rdflib.Graph:
    """The triples of quads, as one graph."""
    graph = rdflib.Graph()
    graph.parse(data="\n".join(re.sub(r" <[^<>]*> \.$", " .", quad) for quad in quads), format="nt")
    return graph


def check(quads) -> tuple[bool, str]:
    conforms, _, report = pyshacl.validate(merge(quads), shacl_graph=SHAPES, ont_graph=ONTOLOGY, inference="none")
    return conforms, report


def make_told_graph():
    """Relations and events of all sorts, told by the article and by a claim."""
    reading = make_reading(
        "[p1:Ada Quist], once mayor, and her husband [p2:Bo Lee] fought in the [e1:Lake War] in [l1:Tolby] on Friday.",
        "[p1:Ada] said [o1:Acme] would hire [p2:Bo].",
        published="2026-05-02",
    )
    facts = (
        make_relation(reading, "p2", "P26", "husband", object="p1"),
        make_relation(reading, "p1", "P39", "once mayor", value="mayor", status="former"),
        make_relation(reading, "p1", "P39", "husband", value="mayor", status="future"),
        make_relation(reading, "p2", "P39", "husband", value="mayor", item="Q77", label="Mayor of Tolby"),
        make_relation(reading, "e1", "P710", "fought in the Lake War", object="p1"),
        make_relation(reading, "p1", "P570", "Friday", value="2026-05-01"),
        make_relation(reading, "p2", "P108", "would hire Bo", object="o1", claim="c1"),
        make_event(reading, "ASSAULT", "fought", agent=("p1", "p2"), instrument="husband", place="l1", time="on Friday",
                   when="2026-05-01", time_source="stated", qid="Q78",
                   link=Link("v1", "linked", "Q78", 0.8, (Rival("Q79", "another fight", 0.3),), "Tolby fight")),
        make_event(reading, "ASSAULT", "War", when="/2026-05-02", time_source="published"),
        make_event(reading, "APPOINT", "hire", agent="o1", patient="p2", recipient="p1", realis="future", claim="c1",
                   when="2026", time_source="context"),
    )  # fmt: skip
    claim = make_claim(reading, "Acme would hire Bo", speaker="p1", about=("o1", "v3"), temporality="future")
    return build_graph(with_claims(with_facts(reading, *facts), claim), (linked("e1", "Q5", "Lake War"),))


REVIEWS = (
    Review("US", "place", "Kim Lee", "2026-05-01T10:00:00+00:00", "Q30", label="United States", item_kind="place"),
    Review("It", "other", "Kim", "2026-05-01T10:00:00Z", article="a 1", spans=((3, 5),), text_sha256="0" * 64),
)
GRAPHS = {
    "told": make_told_graph,
    "everything": lambda: build_graph(*make_plant_reading()),
    "bare": lambda: build_graph(make_reading("Nothing is named here."), ()),
    "no decisions": lambda: build_graph(make_reading("[p1:Ada] saw [x1:it all] in [w1:Faust].", published="2020"), ()),
    "odd text": lambda: build_graph(make_reading('[p1:A\ud800"\\ 😀] left.', id=" /#?", url="http://x/ "), ()),
    "absent": lambda: build_graph(make_reading("[l1:US] troops."), (Link("l1", "absent"),)),
    "linked": lambda: build_graph(make_reading("[l1:US] troops."), (linked("l1", "Q30", "United States", 1.0),)),
    "decided by a person": lambda: build_graph(
        make_reading("[l1:US] troops."), (linked("l1", "Q30", "US", 1.0, method="person", reviewer="Kim Lee"),)
    ),
    "reviews": lambda: describe_reviews(REVIEWS, base=DEFAULT_BASE),
}  # fmt: skip


@pytest.mark.parametrize("make", GRAPHS.values(), ids=GRAPHS)
def test_what_is_written_fits_the_shapes(make):
    conforms, report = check(make().quads)
    assert conforms, report


DAMAGE = {
    "unknown method": (r'method> "catalogue"', 'method> "magic"', "In"),
    "a person who is not named": (r'method> "catalogue"', 'method> "person"', "name one"),
    "offset beyond the text": (r'endIndex> "14"', 'endIndex> "15"', "as many characters"),
    "end before begin": (r'beginIndex> "0"', 'beginIndex> "20"', "as many characters"),
    "two verdicts": (r"verdict> <\S+#absent>", f"verdict> <{KG}linked>", "items of Wikidata"),
    "unknown verdict": (r"#absent>", "#perhaps>", "Value"),
    "score above one": (r'"0\.88"', '"1.88"', "<= Literal"),
    "no label": (r"skos/core#prefLabel", "skos/core#hiddenLabel", "prefLabel"),
    "class of no kind": (r"<http://schema.org/Person>", "<http://schema.org/Thing>", "Thing"),
    "no hash": (r"#contentHash", "#otherHash", "contentHash"),
    "no run": (r"wasGeneratedBy", "wasDerivedFrom", "wasGeneratedBy"),
    "rival that is no item": (r"entity/Q1002>", "entity/P1002>", "P1002"),
    "evidence for nothing": (r"#supports>", "#likes>", "supports"),
    "statement without evidence": (r"#supports>", "#likes>", "a statement needs evidence"),
    "event of no type": (r"eventType", "eventKind", "eventType"),
    "event of a made-up type": (r"event-type/CONCEDE", "event-type/a/b", "Pattern"),
    "event without a trigger": (r"#trigger>", "#spark>", "trigger"),
    "event without realis": (r"#realis>", "#mood>", "realis"),
    "event without a mention": (r"(event/9f2c-v1> <\S+)denotedBy>", r"\1denoted>", "denotedBy"),
    "event told nowhere": (r"#toldIn>", "#soldIn>", "toldIn"),
    "role of no entity": (r"#agent> <[^>]+>", "#agent> <http://x.example/>", "kg:agent"),
    "role of no actor": (r"sem/hasActor|hasActor", "hasExtra", "is an actor"),
    "empty words for a role": (r'(#instrumentText>) "[^"]+"', r'\1 ""', "instrumentText"),
    "time that is no date": (r'(EndTimeStamp>) "2026-06-30"[^ ]*', r'\1 "June"', "hasLatestEndTimeStamp"),
    "end of an event before its begin": (r'"2026-06-01"', '"2026-07-01"', "end before it begins"),
    "claim without polarity": (r"#polarity>", "#mood>", "polarity"),
    "claim without text": (
        r"claim/9f2c-c1> <http://schema.org/text>",
        "claim/9f2c-c1> <http://schema.org/words>",
        "text",
    ),
    "claim of an empty text": (r"(schema.org/text>) \"[^\"]+\"", r'\1 ""', "MinLength"),
    "claim without evidence": (r"(claim/9f2c-c1> <\S+)denotedBy>", r"\1denoted>", "denotedBy"),
    "claim without source": (r"#(speaker|sourceText|wasAttributedTo)>", "#colour>", "sourceText"),
    "speaker who is not attributed to": (r"#wasAttributedTo>", "#wasDerivedFrom>", "Equals"),
    "speaker who is no entity": (r"#(speaker|wasAttributedTo)> <[^>]+>", r"#\1> <http://x.example/>", "speaker"),
    "claim on no day": (r'#claimedOn> "2026-05-01"[^ ]*', '#claimedOn> "May"', "claimedOn"),
}


@pytest.mark.parametrize(("pattern", "replacement", "said"), DAMAGE.values(), ids=DAMAGE)
def test_a_broken_graph_is_refused(pattern, replacement, said):
    quads = build_graph(*make_plant_reading()).quads
    broken = [re.sub(pattern, replacement, quad) for quad in quads]
    assert broken != list(quads)
    conforms, report = check(broken)
    assert not conforms
    assert said in report


TOLD_DAMAGE = {
    "plain triple that nobody says": (r"#current>", "#former>", "a plain triple needs a statement"),
    "subject of the wrong kind": (r"#person>", "#work>", "subject of this kind"),
    "object of the wrong kind": (r"#event>", "#work>", "object of this kind"),
    "unknown status": (r"#former>", "#late>", "status"),
    "reported by no claim": (r"(evidence/\S+ <\S+)#inClaim>", r"\1#within>", "Xone"),
    "content of nothing": (r"#content> <[^>]+>", "#content> <http://x.example/>", "content"),
    "unknown time source": (r"#context>", "#hearsay>", "timeSource"),
    "statement of no property": (r"(predicate>) <[^>]+P26>", r"\1 <http://x.example/P26>", "Pattern"),
}


@pytest.mark.parametrize(("pattern", "replacement", "said"), TOLD_DAMAGE.values(), ids=TOLD_DAMAGE)
def test_a_graph_with_broken_statements_is_refused(pattern, replacement, said):
    quads = make_told_graph().quads
    broken = [re.sub(pattern, replacement, quad) for quad in quads]
    assert broken != list(quads)
    conforms, report = check(broken)
    assert not conforms
    assert said in report


@pytest.mark.parametrize(
    ("pattern", "replacement", "said"),
    [
        (r"#reviewedBy>", "#seenBy>", "reviewedBy"),
        (r"terms/created>", "terms/date>", "created"),
        ("Q30>", "P30>", "P30"),
    ],
)
def test_a_broken_review_is_refused(pattern, replacement, said):
    conforms, report = check([re.sub(pattern, replacement, quad) for quad in GRAPHS["reviews"]().quads])
    assert not conforms
    assert said in report


def test_kind_that_says_nothing_is_not_refused():
    quads = make_told_graph().quads
    conforms, report = check([*quads, *(quad.replace("#person>", "#other>") for quad in quads if "#kind>" in quad)])
    assert conforms, report


def test_every_term_has_a_label_and_a_comment():
    assert len(DEFINED) > 90
    for term in map(rdflib.URIRef, DEFINED):
        concept = str(term).startswith(PLOVER)
        for say in (SKOS.prefLabel, SKOS.definition) if concept else (RDFS.label, RDFS.comment):
            texts = list(ONTOLOGY.objects(term, say))
            assert len(texts) == 1, f"{term} has {len(texts)} {say}"
            assert texts[0].language == "en"


@pytest.mark.parametrize("name", ["everything", "told", "reviews"])
def test_every_term_that_is_written_is_defined(name):
    written = set(re.findall(r"<(https://w3id\.org/newskg/ontology[#/][^>]+)>", "\n".join(GRAPHS[name]().quads)))
    assert len(written) > 5
    assert written <= DEFINED


def test_every_event_type_is_a_concept_with_definition_and_example():
    concepts = set(ONTOLOGY.subjects(RDF.type, SKOS.Concept))
    assert {str(concept) for concept in concepts} == {PLOVER + name for name in EVENT_TYPES}
    for concept in concepts:
        assert ONTOLOGY.value(concept, SKOS.inScheme) == rdflib.URIRef(PLOVER + "scheme")
        assert len(list(ONTOLOGY.objects(concept, SKOS.example))) == 1


def test_properties_are_those_of_the_table():
    assert {str(term) for term in ONTOLOGY.subjects(RDF.type, RDF.Property)} == {WDT + each.id for each in PROPERTIES}
    for each in PROPERTIES:
        term = WDT[each.id]
        labels, examples = (list(ONTOLOGY.objects(term, say)) for say in (RDFS.label, SKOS.example))
        assert ([str(text) for text in labels], [str(text) for text in examples]) == ([each.label], [each.example])
        joined = [
            {str(kind).removeprefix(KG) for kind in ONTOLOGY.objects(term, rdflib.URIRef(KG + name))}
            for name in ("subjectKind", "objectKind")
        ]
        assert joined == [each.subjects, set() if "office" in each.objects else each.objects - {"date"}]
        assert ((term, RDF.type, OWL.SymmetricProperty) in ONTOLOGY) == (each.inverse == each.id)
        inverse = [str(other).removeprefix(WDT) for other in ONTOLOGY.objects(term, OWL.inverseOf)]
        assert inverse == [each.inverse] * (each.inverse not in (None, each.id))


def test_every_value_of_the_model_is_an_individual():
    values = {value for name in VALUES for value in typing.get_args(getattr(model, name))} | {"future", "nonFuture"}
    values -= {"attributed"}  # no claim, and never written
    individuals = {str(term).removeprefix(KG) for term in ONTOLOGY.subjects(RDF.type, OWL.NamedIndividual)}
    assert values <= individuals


@pytest.mark.parametrize(
    "file", [*sorted(ROOT.glob("queries/*.rq")), ROOT / "ontology/shapes.ttl"], ids=lambda f: f.name
)
def test_every_term_that_is_asked_for_is_defined(file):
    assert {KG + name for name in re.findall(r"\bkg:(\w+)", file.read_text())} <= DEFINED


def test_domains_and_ranges_of_our_own_exist():
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf):
        ours = {str(term) for term in ONTOLOGY.objects(None, predicate) if str(term).startswith(KG)}
        assert ours <= DEFINED


def test_missing_ontology_file_says_so():
    with pytest.raises(FileNotFoundError, match=r"ontology file other\.ttl is not installed"):
        find_ontology("other.ttl")
