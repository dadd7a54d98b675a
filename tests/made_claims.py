"""Makes readings with claims by hand, and a store's worth of them."""

from dataclasses import replace

from made_readings import linked, make_reading, passage_of

from kg.describe import build_graph
from kg.model import Claim, Link, NamedGraph, Reading

CLAIM_QUERIES = (
    "claims", "claims-about", "denials", "most-quoted", "opposite-claims", "threats-and-promises", "unnamed-sources"
)  # fmt: skip
KG = "https://w3id.org/newskg/ontology#"
ARTICLE = "https://w3id.org/newskg/id/article/"
CLAIM = "https://w3id.org/newskg/id/claim/"


def make_claim(reading: Reading, *content: str, **more) -> Claim:
    """A claim of ``reading``; content, source and cue are words, each taken at its first place in the text."""
    text = reading.article.text
    given = {name: passage_of(text, more.pop(name)) for name in ("source", "cue") if name in more}
    shape = {
        "id": "c1", "speaker": None, "source": None, "cue": None, "quotation": "indirect", "polarity": "positive",
        "certainty": "certain", "temporality": "non-future", "addressee": None, "about": (), "score": 0.5,
    }  # fmt: skip
    return Claim(content=tuple(passage_of(text, words) for words in content), **(shape | given | more))


def with_claims(reading: Reading, *claims: Claim) -> Reading:
    """``reading`` with these claims, numbered in their order."""
    return replace(reading, claims=tuple(replace(claim, id=f"c{n}") for n, claim in enumerate(claims, start=1)))


def make_airline_reading() -> Reading:
    """Three speakers, one of them unnamed; one says what the other denies."""
    reading = make_reading(
        "[p1:Mara T. Voss] told [g1:Irish] pilots on Sunday that [o1:Kestrel Air] will leave [l1:Dunmore].",
        "“We stay,” a pilot who asked not to be named said.",
        "[o1:Kestrel Air] denied that [o1~pronoun:it] would leave [l1:Dunmore].",
        "“[l1:Dunmore],” said [p1~nominal:the union leader], “may fight.”",
        id="air1",
        title="Kestrel stays",
        published="2026-03-02T08:00:00Z",
    )
    return with_claims(
        reading,
        make_claim(
            reading, "Kestrel Air will leave Dunmore", speaker="p1", source="Mara T. Voss", cue="told", addressee="g1",
            temporality="future", about=("o1", "l1"), claimed_on="2026-03-01", predicate="leave",
        ),
        make_claim(
            reading, "“We stay,”", source="a pilot who asked not to be named", cue="said", quotation="direct",
            about=("o1",), temporality="future",
        ),
        make_claim(
            reading, "it would leave Dunmore", speaker="o1", source="Kestrel Air", cue="denied", polarity="negative",
            temporality="future", about=("o1", "l1"), predicate="leave",
        ),
        make_claim(
            reading, "“Dunmore,”", "“may fight.”", speaker="p1", source="the union leader", cue="said",
            quotation="direct", certainty="possible", about=("l1",),
        ),
    )  # fmt: skip


def make_airport_reading() -> Reading:
    """The same matter a month later; the one who denies it is known by no name."""
    reading = make_reading(
        "[p4:Mara T. Voss] said [o7:Kestrel Air] had left [l2:Dunmore].",
        "[p5~nominal:The mayor] rejected that [o7:Kestrel] had left [l2:Dunmore].",
        '[x1:Flo "O\'N" <שרה>] said nothing\nof [o7:Kestrel].',
        id="air 2",
        published="2026-04",
    )
    return with_claims(
        reading,
        make_claim(
            reading, "Kestrel Air had left Dunmore", speaker="p4", source="Mara T. Voss", cue="said",
            about=("l2", "o7"), predicate="leave",
        ),
        make_claim(
            reading, "Kestrel had left Dunmore", speaker="p5", source="The mayor", cue="rejected",
            polarity="negative", about=("o7", "l2"), predicate="leave",
        ),
        make_claim(reading, "nothing\nof Kestrel", speaker="x1", cue="said", about=("o7",)),
    )  # fmt: skip


def make_claim_graphs() -> list[NamedGraph]:
    """The graphs of both, and of an undated article where somebody contradicts himself on one content."""
    undated = make_reading("[p9:Jo Roe] says it rains.", "[p9:Jo Roe] denies it.", id="rain")
    rain = with_claims(
        undated,
        make_claim(undated, "it rains", speaker="p9", source="Jo Roe", cue="says"),
        make_claim(undated, "it", speaker="p9", source="Jo Roe", cue="denies", polarity="negative"),
    )
    graph = build_graph(rain, ())
    content = [
        f"<{CLAIM}rain-c{number}> <{KG}content> <https://w3id.org/newskg/id/statement/1> <{graph.name}> ."
        for number in (1, 2)
    ]
    links = {
        "o1": linked("o1", "Q900", "Kestrel Air"), "l1": linked("l1", "Q901", "Dunmore"), "p1": Link("p1", "absent"),
        "o7": linked("o7", "Q900", "Kestrel Air"), "l2": linked("l2", "Q901", "Dunmore"),
    }  # fmt: skip
    graphs = [
        build_graph(reading, [links[e.id] for e in reading.entities if e.id in links])
        for reading in (make_airline_reading(), make_airport_reading())
    ]
    return [*graphs, NamedGraph(graph.name, tuple(sorted((*graph.quads, *content))))]
