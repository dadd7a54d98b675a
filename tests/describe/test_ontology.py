import re
import typing
from pathlib import Path

import pyshacl
import pytest
import rdflib
from made_readings import linked, make_plant_reading, make_reading
from rdflib import OWL, RDF, RDFS

from kg import model
from kg.describe import build_graph, describe_reviews, find_ontology
from kg.describe.terms import DEFAULT_BASE
from kg.model import Link, Review

ROOT = Path(__file__).parents[2]
KG = "https://w3id.org/newskg/ontology#"
ONTOLOGY = rdflib.Graph().parse(find_ontology(), format="turtle")
SHAPES = rdflib.Graph().parse(find_ontology("shapes.ttl"), format="turtle")
DEFINED = {str(term) for term in ONTOLOGY.subjects(RDF.type) if "newskg/ontology" in str(term)}
VALUES = ("Kind", "Form", "Verdict", "Realis", "Quotation", "Polarity", "Certainty")


def merge(quads) -> rdflib.Graph:
    """The triples of quads, as one graph."""
    graph = rdflib.Graph()
    graph.parse(data="\n".join(re.sub(r" <[^<>]*> \.$", " .", quad) for quad in quads), format="nt")
    return graph


def check(quads) -> tuple[bool, str]:
    conforms, _, report = pyshacl.validate(merge(quads), shacl_graph=SHAPES, ont_graph=ONTOLOGY, inference="none")
    return conforms, report


REVIEWS = (
    Review("US", "place", "Kim Lee", "2026-05-01T10:00:00+00:00", "Q30", label="United States", item_kind="place"),
    Review("It", "other", "Kim", "2026-05-01T10:00:00Z", article="a 1", spans=((3, 5),), text_sha256="0" * 64),
)
GRAPHS = {
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
    "event of no type": (r"eventType", "eventKind", "eventType"),
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


def test_every_term_has_a_label_and_a_comment():
    assert len(DEFINED) > 90
    for term in map(rdflib.URIRef, DEFINED):
        for say in (RDFS.label, RDFS.comment):
            texts = list(ONTOLOGY.objects(term, say))
            assert len(texts) == 1, f"{term} has {len(texts)} {say}"
            assert texts[0].language == "en"


def test_every_term_that_is_written_is_defined():
    quads = [*GRAPHS["everything"]().quads, *GRAPHS["reviews"]().quads]
    written = set(re.findall(r"<(https://w3id\.org/newskg/ontology[#/][^>]+)>", "\n".join(quads)))
    assert len(written) > 30
    assert written <= DEFINED


def test_every_value_of_the_model_is_an_individual():
    values = {value for name in VALUES for value in typing.get_args(getattr(model, name))} | {"future", "nonFuture"}
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
