"""Makes readings with relations and events by hand, and a store's worth of them."""

from dataclasses import replace

from made_claims import make_claim, with_claims
from made_readings import linked, make_reading, passage_of

from kg.describe import build_graph
from kg.model import Event, Interval, Link, NamedGraph, Reading, Relation, Rival, RoleFiller

FACT_QUERIES = (
    "contradictions", "event-items", "events", "new-facts", "plans-and-threats", "protests", "relations",
    "shared-events", "shared-statements", "timeline", "who-did-what",
)  # fmt: skip
WIKIDATA = "https://x.example/wikidata"
WD, WDT = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"


def make_relation(reading: Reading, subject: str, name: str, words: str, **more) -> Relation:
    """A relation of ``reading`` that ``words`` state; ``object`` or ``value`` is given by name."""
    given = {"object": None, "score": 0.8} | more
    return Relation(subject=subject, property=name, evidence=passage_of(reading.article.text, words), **given)


def make_event(reading: Reading, kind: str, trigger: str, **more) -> Event:
    """An event of ``reading`` at the first place of ``trigger``, with the sentence there as evidence.

    A role is an entity's id or words of the text, or a tuple of them; ``when`` is a day, or two with a slash between.
    """
    text = reading.article.text
    here = passage_of(text, trigger)
    roles = []
    for role in ("agent", "patient", "recipient", "instrument", "place", "time"):
        fillers = more.pop(role, ())
        for filler in (fillers,) if isinstance(fillers, str) else fillers:
            roles.append(make_role(reading, role, filler))
    when = more.pop("when", None)
    if when is not None:
        start, _, end = (when if "/" in when else f"{when}/{when}").partition("/")
        when = Interval(start or None, end or None)
    mentions = tuple(passage_of(text, words) for words in more.pop("mentions", ()))
    evidence = next(s for s in reading.sentences if s.start <= here.start < s.end)
    given = {"id": "v1", "realis": "actual", "score": 0.8, "evidence": evidence, "mentions": (here, *mentions)}
    given |= {"when": when} | more
    return Event(type=kind, trigger=here, roles=tuple(roles), **given)


def make_role(reading: Reading, role: str, filler: str) -> RoleFiller:
    """The filler of a role: an entity's id, at its first mention, or words of the text."""
    for entity in reading.entities:
        if entity.id == filler:
            return RoleFiller(role, entity.mentions[0].passage, filler)
    return RoleFiller(role, passage_of(reading.article.text, filler))


def with_facts(reading: Reading, *facts: Relation | Event) -> Reading:
    """``reading`` with these relations and events, the events numbered in their order."""
    relations = tuple(fact for fact in facts if isinstance(fact, Relation))
    events = (fact for fact in facts if isinstance(fact, Event))
    numbered = tuple(replace(event, id=f"v{n}") for n, event in enumerate(events, start=1))
    return replace(reading, relations=relations, events=numbered)


def make_harbour_reading() -> Reading:
    """Relations and events of all sorts, some of them in what somebody claims."""
    reading = make_reading(
        "[p1:Mara Voss], born in 1970, leads the [o1:Dockers' League] of [l1:Dunmore].",
        "She led a protest in [l1:Dunmore] on Tuesday, and another march at the old pier.",
        "[o2:Westmark] arrested her and [p2:Bo Stone], once mayor of Dunmore, before the [e1:Lake War].",
        "[p2:Stone] said [o2:Westmark] would send troops and threatened it, if it fought.",
        "[o1:The league] is based in [l1:Dunmore]; [p1:Voss] and [p2:Stone] are married.",
        id="harbour",
        published="2026-03-05T08:00:00Z",
    )
    facts = (
        make_relation(reading, "p1", "P463", "leads the Dockers' League", object="o1", score=0.9),
        make_relation(reading, "p1", "P463", "Mara Voss", object="o1", score=0.6),
        make_relation(reading, "p1", "P569", "born in 1970", value="1970"),
        make_relation(reading, "o1", "P159", "is based in Dunmore", object="l1", score=0.7),
        make_relation(reading, "p2", "P26", "are married", object="p1"),
        make_relation(reading, "p2", "P39", "once mayor of Dunmore", value="mayor of Dunmore", status="former"),
        make_relation(reading, "o2", "P607", "if it fought", object="e1", score=0.5, claim="c1"),
        make_event(reading, "PROTEST", "protest", patient="a protest", place="l1", agent="p1", when="2026-03-03",
                   time_source="stated", score=0.9),
        make_event(reading, "PROTEST", "march", place="the old pier", when="/2026-03-05", time_source="published",
                   link=Link("v2", "ambiguous", None, 0.5, (Rival("Q71", "Pier march", 0.5),))),
        make_event(reading, "ARREST", "arrested", agent="o2", patient=("p1", "p2"), when="2026-03-04"),
        make_event(reading, "ASSAULT", "War", when="2026"),
        make_event(reading, "MOBILIZE", "send", agent="o2", patient="troops", realis="future", when="2026-04/2026-05",
                   claim="c1"),
        make_event(reading, "THREATEN", "threatened", agent="p2", recipient="o2", claim="c1", realis="reported"),
        make_event(reading, "ASSAULT", "fought", agent="o2", realis="hypothetical"),
        make_event(reading, "CLOSE", "leads", agent="p1", realis="negated", when="2026-03-01"),
    )  # fmt: skip
    claim = make_claim(reading, "Westmark would send troops", speaker="p2", source="Stone", about=("o2",))
    return with_claims(with_facts(reading, *facts), claim)


def make_quay_reading() -> Reading:
    """The same matter, told otherwise a day later, with some of it denied."""
    reading = make_reading(
        "[p7:Mara Voss], born on 2 May 1970, of the [o7:Dockers' League], was arrested on Wednesday by [o8:Westmark].",
        "The [o7:League], based in [l7:Oslo], says [o8:Westmark] fought in the [e7:Lake War].",
        "[p8~nominal:A clerk] denied that [o8:Westmark] fought in the [e7:Lake War]; a rally stopped [l8:Dunmore].",
        "[p7:Voss] married [p9:Cy Berg].",
        id="quay 2",
        published="2026-03-06",
    )
    facts = (
        make_relation(reading, "p7", "P463", "of the Dockers' League", object="o7", score=0.8),
        make_relation(reading, "p7", "P569", "born on 2 May 1970", value="1970-05-02"),
        make_relation(reading, "o7", "P159", "based in Oslo", object="l7"),
        make_relation(reading, "p7", "P26", "married", object="p9"),
        make_relation(reading, "o8", "P607", "says Westmark fought in the Lake War", object="e7", claim="c1"),
        make_relation(reading, "o8", "P607", "denied that Westmark fought in the Lake War", object="e7", claim="c2"),
        make_event(reading, "ARREST", "arrested", agent="o8", patient="p7", when="2026-03-04", time_source="stated"),
        make_event(reading, "ASSAULT", "War", when="2026"),
        make_event(reading, "PROTEST", "rally", place="l8", when="2026-03-03", realis="reported"),
    )
    claims = (
        make_claim(reading, "Westmark fought in the Lake War", speaker="o7", cue="says"),
        make_claim(
            reading, "that Westmark fought in the Lake War", source="A clerk", speaker="p8", polarity="negative"
        ),
    )
    return with_claims(with_facts(reading, *facts), *claims)


def make_fact_graphs() -> list[NamedGraph]:
    """The graphs of both, of four short articles that share two items' events, and of what Wikidata says."""
    war = make_reading("The siege ended the [e3:Lake War] of 2026, [o3:Westmark] said.", id="war")
    decided = Link("v1", "linked", "Q700", 0.9, label="Siege of Dunmore", kind="event")
    siege = make_event(war, "RETREAT", "siege", qid="Q700", agent="o3", when="2026-05", link=decided)
    other = make_reading("A siege began.", id="siege", published="2026-05")
    again = make_event(other, "ASSAULT", "siege", qid="Q700", realis="reported", when="2026-05-01")
    undated = make_reading(
        "Riots shook [l1:Dunmore]; the [o1:Dockers' League] of [l2:Oslo] is still based there.", id="x"
    )
    riots = make_event(undated, "PROTEST", "Riots", place="l1", qid="Q701")
    base = make_relation(undated, "o1", "P159", "still based there", object="l2")
    strikes = make_reading("Strikes began.", id="y")
    strike = make_event(strikes, "PROTEST", "Strikes", qid="Q701", realis="reported")
    items = {
        "p1": ("Q1", "Mara Voss"), "o1": ("Q3", "Dockers' League"), "l1": ("Q4", "Dunmore"), "o2": ("Q2", "Westmark"),
        "e1": ("Q5", "Lake War"), "p7": ("Q1", "Mara Voss"), "o7": ("Q3", "Dockers' League"), "o8": ("Q2", "Westmark"),
        "l7": ("Q6", "Oslo"), "l8": ("Q4", "Dunmore"), "e7": ("Q5", "Lake War"), "e3": ("Q5", "Lake War"),
        "o3": ("Q2", "Westmark"), "l2": ("Q6", "Oslo"),
    }  # fmt: skip
    told = ((war, siege), (other, again), (undated, riots, base), (strikes, strike))
    readings = (make_harbour_reading(), make_quay_reading(), *(with_facts(*facts) for facts in told))
    graphs = [
        build_graph(reading, [linked(e.id, *items[e.id]) for e in reading.entities if e.id in items])
        for reading in readings
    ]
    known = [
        f"<{WD}Q1> <{WDT}P463> <{WD}Q3> <{WIKIDATA}> .",
        f'<{WD}Q1> <{WDT}P569> "1970-05-02T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> <{WIKIDATA}> .',
        f"<{WD}Q3> <{WDT}P17> <{WD}Q9> <{WIKIDATA}> .",
    ]
    return [*graphs, NamedGraph(WIKIDATA, tuple(known))]
