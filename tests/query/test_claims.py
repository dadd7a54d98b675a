"""The queries about claims, with the rows they must give, and the names of speakers they take."""

import pytest
import rdflib
from made_claims import CLAIM_QUERIES, make_claim, with_claims
from made_facts import make_event, with_facts
from made_readings import linked, make_reading
from rdflib import RDF

from kg.describe import build_graph
from kg.errors import QueryError
from kg.query import load_query, run_query, shorten_iri
from kg.store import open_store

VOSS, ROE, ODD = "Mara T. Voss", "Jo Roe", 'Flo "O\'N" <שרה>'
AIR1, AIR2, RAIN = "air1", "air%202", "rain"
LEAVE, STAY, DENIAL, FIGHT = (
    "Kestrel Air will leave Dunmore",
    "We stay,",
    "it would leave Dunmore",
    "Dunmore, … may fight.",
)
LEFT, REJECTED, NOTHING = "Kestrel Air had left Dunmore", "Kestrel had left Dunmore", "nothing of Kestrel"
PILOT = "a pilot who asked not to be named"

# What is asked, then the columns that are looked at, then their rows.
EXPECTED = {
    ("claims",): (
        ("name", "text", "cue", "polarity", "day"),
        [
            (ROE, "it rains", "says", "positive", ""), (ROE, "it", "denies", "negative", ""),
            (VOSS, LEAVE, "told", "positive", "2026-03-01"), (PILOT, STAY, "said", "positive", "2026-03-02"),
            ("Kestrel Air", DENIAL, "denied", "negative", "2026-03-02"),
            (VOSS, FIGHT, "said", "positive", "2026-03-02"),
            (VOSS, LEFT, "said", "positive", "2026-04"), ("The mayor", REJECTED, "rejected", "negative", "2026-04"),
            (ODD, NOTHING, "said", "positive", "2026-04"),
        ],
    ),
    ("claims", "speaker", "mara t. voss", "until", "2026-03"): (
        ("text", "certainty", "temporality", "article"),
        [(LEAVE, "certain", "future", f"art:{AIR1}"), (FIGHT, "possible", "nonFuture", f"art:{AIR1}")],
    ),
    ("claims", "speaker", ODD): (("text",), [(NOTHING,)]),
    ("claims", "speaker", "Q900"): (("text",), [(DENIAL,)]),
    ("claims", "speaker", "Kestrel", "about", "dunmore"): (("text", "speaker"), [(DENIAL, "wd:Q900")]),
    ("claims", "about", "Dunmore", "since", "2026-03-02"): (
        ("text", "day"),
        [(DENIAL, "2026-03-02"), (FIGHT, "2026-03-02"), (LEFT, "2026-04"), (REJECTED, "2026-04")],
    ),
    ("claims", "since", "2026-03-01", "until", "2026-03-01"): (("text",), [(LEAVE,)]),
    ("claims", "since", "2026-04-15"): (("text",), [(LEFT,), (REJECTED,), (NOTHING,)]),
    ("claims", "until", "2025"): (("text",), []),
    ("claims", "about", "Q1"): (("text",), []),
    ("claims-about", "entity", "dunmore"): (
        ("topic", "name", "text", "entity"),
        [
            ("Dunmore", VOSS, LEAVE, "wd:Q901"), ("Dunmore", "Kestrel Air", DENIAL, "wd:Q901"),
            ("Dunmore", VOSS, FIGHT, "wd:Q901"), ("Dunmore", VOSS, LEFT, "wd:Q901"),
            ("Dunmore", "The mayor", REJECTED, "wd:Q901"),
        ],
    ),
    ("claims-about", "entity", "Q900", "speaker", "Mara Voss", "since", "2026-04"): (("text",), [(LEFT,)]),
    ("denials",): (
        ("name", "text", "cue", "day"),
        [
            (ROE, "it", "denies", ""), ("Kestrel Air", DENIAL, "denied", "2026-03-02"),
            ("The mayor", REJECTED, "rejected", "2026-04"),
        ],
    ),
    ("denials", "speaker", "Q900", "about", "Q901"): (("text",), [(DENIAL,)]),
    ("threats-and-promises",): (
        ("name", "text", "polarity"),
        [(VOSS, LEAVE, "positive"), (PILOT, STAY, "positive"), ("Kestrel Air", DENIAL, "negative")],
    ),
    ("most-quoted",): (
        ("name", "claims", "quotations", "articles"),
        [
            (VOSS, "3", "1", "2"), (ROE, "2", "0", "1"), (ODD, "1", "0", "1"), ("Kestrel Air", "1", "0", "1"),
            ("The mayor", "1", "0", "1"),
        ],
    ),
    ("most-quoted", "about", "Dunmore"): (
        ("name", "claims"), [(VOSS, "3"), ("Kestrel Air", "1"), ("The mayor", "1")]
    ),
    ("unnamed-sources",): (
        ("source", "text", "day", "claim"),
        [(PILOT, STAY, "2026-03-02", f"claim:{AIR1}-c2"), ("The mayor", REJECTED, "2026-04", f"claim:{AIR2}-c2")],
    ),
    ("unnamed-sources", "about", "Q900", "until", "2026-03-31"): (("source",), [(PILOT,)]),
    ("opposite-claims",): (
        ("name", "text", "deniedBy", "denial", "same", "claim", "denyingClaim"),
        [
            (ROE, "it rains", ROE, "it", "content", f"claim:{RAIN}-c1", f"claim:{RAIN}-c2"),
            (VOSS, LEAVE, "Kestrel Air", DENIAL, "topics", f"claim:{AIR1}-c1", f"claim:{AIR1}-c3"),
            (VOSS, LEFT, "Kestrel Air", DENIAL, "topics", f"claim:{AIR2}-c1", f"claim:{AIR1}-c3"),
            (VOSS, LEAVE, "The mayor", REJECTED, "topics", f"claim:{AIR1}-c1", f"claim:{AIR2}-c2"),
            (VOSS, LEFT, "The mayor", REJECTED, "topics", f"claim:{AIR2}-c1", f"claim:{AIR2}-c2"),
        ],
    ),
    ("opposite-claims", "speaker", "jo roe"): (
        ("day", "deniedOn", "article", "denyingArticle"), [("", "", "art:rain", "art:rain")]
    ),
    ("opposite-claims", "speaker", "Q900", "about", "Q900"): (
        ("day", "deniedOn"), [("2026-03-01", "2026-03-02"), ("2026-04", "2026-03-02")]
    ),
    ("opposite-claims", "about", "Q1"): (("text",), []),
}  # fmt: skip


def ask(store, query, columns, **parameters):
    """The cells of some columns of an answer."""
    answer = run_query(store, query, parameters)
    assert answer.columns == load_query(query).columns
    return [tuple(row[answer.columns.index(column)] for column in columns) for row in answer.as_text()]


@pytest.mark.parametrize(("asked", "shown"), EXPECTED.items(), ids=["-".join(asked)[:60] for asked in EXPECTED])
def test_query_about_claims_gives_its_rows(claim_store, asked, shown):
    name, *pairs = asked
    columns, rows = shown
    assert ask(claim_store, name, columns, **dict(zip(pairs[::2], pairs[1::2], strict=True))) == rows


def test_every_query_about_claims_is_tested():
    assert {asked[0] for asked in EXPECTED} == set(CLAIM_QUERIES)


@pytest.mark.parametrize("name", CLAIM_QUERIES)
def test_another_sparql_engine_gives_the_same_rows(claim_store, claim_graphs, name, monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = rdflib.Dataset()
    dataset.parse(data="\n".join(quad for graph in claim_graphs for quad in graph.quads), format="nquads")
    given = {"entity": "Q900", "about": "Q901", "since": "2026-03-02"}
    takes = {parameter.name for parameter in load_query(name).parameters}
    for names in (takes, takes & {"entity"}):
        asked = {name: text for name, text in given.items() if name in names}
        values = {
            key: f'"{text}"' if key == "since" else f"<http://www.wikidata.org/entity/{text}>"
            for key, text in asked.items()
        }
        theirs = [
            tuple(
                "" if term is None else shorten_iri(str(term)) if isinstance(term, rdflib.URIRef) else str(term)
                for term in row
            )
            for row in dataset.query(load_query(name).fill_in(values))
        ]
        assert theirs == run_query(claim_store, name, asked).as_text()
        assert len(theirs) > 0


@pytest.mark.parametrize("name", CLAIM_QUERIES)
def test_query_about_claims_runs_as_it_stands(claim_store, name):
    assert claim_store.select(load_query(name).text).columns == load_query(name).columns


def test_claims_that_share_one_topic_or_a_speaker_are_not_opposite():
    reading = make_reading(
        "[p1:Jo] and [p2:Al] say [l1:Rome] fell.", "[p1:Jo] denies that [l1:Rome] in [l2:Italy] fell."
    )
    claims = (
        make_claim(reading, "Rome fell", speaker="p1", about=("l1", "l2"), predicate="fall"),
        make_claim(reading, "Rome fell", speaker="p2", about=("l1",), predicate="fall"),
        make_claim(
            reading, "Rome in Italy fell", speaker="p1", polarity="negative", about=("l1", "l2"), predicate="fall"
        ),
    )
    with open_store(None) as store:
        graph = build_graph(with_claims(reading, *claims), ())
        store.replace_graph(graph.name, graph.quads)
        assert run_query(store, "denials").rows != ()
        assert run_query(store, "opposite-claims").rows == ()


def test_claims_on_different_contents_are_not_opposite(claim_graphs):
    graph = claim_graphs[0]
    content = [
        f"<https://w3id.org/newskg/id/claim/air1-c{n}> <https://w3id.org/newskg/ontology#content> "
        f"<https://x.example/{n}> <{graph.name}> ."
        for n in (1, 3)
    ]
    types = [f"<https://x.example/{n}> <{RDF.type}> <{RDF.Statement}> <{graph.name}> ." for n in (1, 3)]
    with open_store(None) as store:
        store.replace_graph(graph.name, [*graph.quads, *content, *types])
        assert run_query(store, "opposite-claims").rows == ()
        store.replace_graph(graph.name, [*graph.quads, content[0], types[0]])
        assert ask(store, "opposite-claims", ("same",)) == [("topics",)]


def make_closing(*, denier="o1", topic="o1", said=None, denied=None):
    """A closing that one claim tells and another denies, each by a mention of its own."""
    reading = make_reading(
        "[p1:Ada Quist] said [o1:Borealis] will close [l1:Tolby].", "[o1:Borealis] denied the closure."
    )
    closing = make_event(reading, "CLOSE", "close", mentions=("closure",), realis="future", claim="c1")
    claims = (
        make_claim(reading, "Borealis will close Tolby", speaker="p1", about=("o1", "v1"), predicate=said),
        make_claim(reading, "the closure", speaker=denier, polarity="negative", about=(topic, "v1"), predicate=denied),
    )
    return build_graph(with_claims(with_facts(reading, closing), *claims), ())


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, [("content",)]),
        ({"denier": "p1"}, []),
        ({"topic": "l1"}, []),
        ({"said": "close", "denied": "closure"}, [("content",)]),
        ({"said": "close", "denied": "regret"}, []),
        ({"said": "close"}, [("content",)]),
    ],
    ids=["about the same", "of one speaker", "about different things", "in like words", "in other words", "one word"],
)
def test_claims_that_tell_one_event_are_opposite_when_they_share_more(changed, same):
    graph = make_closing(**changed)
    with open_store(None) as store:
        store.replace_graph(graph.name, graph.quads)
        assert ask(store, "opposite-claims", ("same",)) == same


def make_departure(*, affirmed="future", about="o1", denier="o2", denial="Borealis would withdraw", said=None):
    """Two speakers on two departures; the one affirms it in one claim and speaks of Borealis in another. It is
    not known who affirms it where ``said`` gives what that claim is about."""
    reading = make_reading(
        "[p1:Ada Quist] said the crew will leave.",
        "[p1:Ada Quist] said [o1:Borealis] is ready.",
        "[o2:Acme] denied that [o1:Borealis] would withdraw.",
        "[o2:Acme] disagreed on how Borealis would withdraw.",
    )
    events = (
        make_event(reading, "RETREAT", "leave", realis=affirmed, claim="c1"),
        make_event(reading, "RETREAT", "withdraw", realis="negated", claim="c3"),
    )
    claims = (
        make_claim(reading, "the crew will leave", speaker="p1")
        if said is None
        else make_claim(reading, "the crew will leave", source="Ada Quist", about=said),
        make_claim(reading, "Borealis is ready", speaker="p1", about=(about,)),
        make_claim(reading, denial, speaker=denier, polarity="negative", about=("o1",)),
    )
    return build_graph(with_claims(with_facts(reading, *events), *claims), ())


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, [("type",)]),
        ({"affirmed": "negated"}, []),
        ({"about": "o2"}, []),
        ({"denier": "p1"}, []),
        ({"said": ("o1",)}, [("type",)]),
        ({"said": ()}, []),
        ({"denial": "how Borealis would withdraw"}, []),
    ],
    ids=[
        "event of one type",
        "both negated",
        "about something else",
        "of one speaker",
        "of a source not known",
        "a source not known on something else",
        "how it is",
    ],
)
def test_claims_on_events_of_one_type_are_opposite_when_their_speakers_speak_of_the_same(changed, same):
    graph = make_departure(**changed)
    with open_store(None) as store:
        store.replace_graph(graph.name, graph.quads)
        assert ask(store, "opposite-claims", ("same",)) == same


@pytest.mark.parametrize(
    ("days", "rows"),
    [(("2026-05-02", "2026-06-30"), 1), (("2026-05-02", "2026-07-01"), 0), ((None, "2026-07-01"), 1)],
    ids=["neighbouring months", "months apart", "unknown day"],
)
def test_claims_that_only_share_topics_are_opposite_for_a_while(days, rows):
    with open_store(None) as store:
        for number, (published, polarity) in enumerate(zip(days, ("positive", "negative"), strict=True)):
            reading = make_reading(
                "[p1:Jo] and [p2:Al] of [l1:Rome] left [l2:Italy].", id=f"a{number}", published=published
            )
            claim = make_claim(
                reading,
                "left Italy",
                speaker=f"p{number + 1}",
                polarity=polarity,
                about=("l1", "l2"),
                predicate="leave",
            )
            graph = build_graph(
                with_claims(reading, claim), (linked("l1", "Q220", "Rome"), linked("l2", "Q38", "Italy"))
            )
            store.replace_graph(graph.name, graph.quads)
        assert len(run_query(store, "opposite-claims").rows) == rows


@pytest.mark.parametrize(
    ("predicates", "rows"),
    [(("leave", "leave"), 1), (("leave", "sell"), 0), (("leave", None), 0), ((None, None), 0)],
    ids=["the same", "others", "one unknown", "both unknown"],
)
def test_claims_that_only_share_topics_are_opposite_when_they_say_the_same_in_the_main(predicates, rows):
    reading = make_reading("[p1:Jo] said [l1:Rome] left [l2:Italy]; [p2:Al] said it had not left.")
    claims = (
        make_claim(reading, "Rome left Italy", speaker="p1", about=("l1", "l2"), predicate=predicates[0]),
        make_claim(
            reading, "had not left", speaker="p2", polarity="negative", about=("l1", "l2"), predicate=predicates[1]
        ),
    )
    graph = build_graph(with_claims(reading, *claims), ())
    with open_store(None) as store:
        store.replace_graph(graph.name, graph.quads)
        assert len(run_query(store, "opposite-claims").rows) == rows


def test_a_claim_that_passes_on_a_denial_is_not_opposite_to_it():
    reading = make_reading("[p1:Jo] said [p2:Al] denied that [l1:Rome] left [l2:Italy].")
    claims = (
        make_claim(reading, "Al denied that Rome left Italy", speaker="p1", about=("l1", "l2"), predicate="leave"),
        make_claim(
            reading,
            "Rome left Italy",
            speaker="p2",
            source="Al",
            polarity="negative",
            about=("l1", "l2"),
            predicate="leave",
        ),
    )
    graph = build_graph(with_claims(reading, *claims), ())
    with open_store(None) as store:
        store.replace_graph(graph.name, graph.quads)
        assert run_query(store, "opposite-claims").rows == ()


def test_claims_on_one_statement_are_opposite_across_articles(fact_store):
    columns = ("name", "deniedBy", "same", "claim", "denyingClaim")
    assert ask(fact_store, "opposite-claims", columns) == [
        ("Bo Stone", "A clerk", "content", "claim:harbour-c1", "claim:quay%202-c2"),
        ("Dockers' League", "A clerk", "content", "claim:quay%202-c1", "claim:quay%202-c2"),
    ]


def test_topics_of_half_the_store_make_claims_opposite_only_within_an_article():
    with open_store(None) as store:
        for number in range(26):
            reading = make_reading("[p1:Jo] said [l1:Rome] left [l2:Italy]; [p2:Al] denied it.", id=f"a{number}")
            claims = (
                make_claim(reading, "Rome left Italy", speaker="p1", about=("l1", "l2"), predicate="leave"),
                make_claim(reading, "it", speaker="p2", polarity="negative", about=("l1", "l2"), predicate="leave"),
            )
            graph = build_graph(with_claims(reading, *claims), ())
            store.replace_graph(graph.name, graph.quads)
            if number == 24:
                assert len(run_query(store, "opposite-claims").rows) == 25 * 25
        assert len(run_query(store, "opposite-claims").rows) == 26


@pytest.fixture
def named():
    """A store where five things are called in ways that are easily mixed up."""
    reading = make_reading(
        "[p1:Mara T. Voss] and [p2:Mara Tessa Voss], [p3:Al Berg], [p4:Bo Stone] and [p5:Cy Stone] saw [l1:Red Berg].",
        names={"p2": "Mara T. Voss"},
    )
    with open_store(None) as store:
        graph = build_graph(reading, ())
        store.replace_graph(graph.name, graph.quads)
        yield store


@pytest.mark.parametrize(
    ("text", "name"),
    [("Mara Voss", "Mara T. Voss"), ("VOSS", "Mara T. Voss"), ("berg", "Al Berg"), ("red berg", "Red Berg")],
    ids=["two names of one person", "last name", "last name of one person", "whole name of a place"],
)
def test_part_of_a_name_means_the_one_who_has_it(named, text, name):
    assert {row[0] for row in run_query(named, "mentions", {"entity": text}).as_text()} == {name}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Stone", "near are: 'bo stone', 'cy stone'; "),
        ("Mara Vos", "near are: 'mara t. voss'"),
        ("Mara", "near are: 'mara t. voss', 'mara tessa voss'; "),
        ("", "; give a QID, an IRI or a name"),
    ],
    ids=["last name of two", "misspelt", "first name", "nothing"],
)
@pytest.mark.parametrize(
    ("query", "parameter"), [("claims", "speaker"), ("claims", "about"), ("claims-about", "entity")]
)
def test_name_of_nobody_says_who_is_near(named, query, parameter, text, near):
    with pytest.raises(QueryError, match=f"no entity in the store is called '{text}'.*{near}"):
        run_query(named, query, {parameter: text})


@pytest.mark.parametrize("text", ["", "today", "2026-13", "2026-02-30", "20260101", '2026" } #', "2026-01-01T00:00"])
@pytest.mark.parametrize("parameter", ["since", "until"])
def test_only_days_months_and_years_bound_the_days(claim_store, parameter, text):
    with pytest.raises(QueryError, match="is no day; give one like 2020-01-07, 2020-01 or 2020"):
        run_query(claim_store, "claims", {parameter: text})
