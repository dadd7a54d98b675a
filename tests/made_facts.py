"""Makes readings with relations and events by hand, and a store's worth of them."""

from dataclasses import replace

from made_readings import passage_of

from kg.model import Event, Interval, Reading, Relation, RoleFiller

FACT_QUERIES = (
    "contradictions", "coverage", "events", "new-facts", "plans-and-threats", "protests", "relations", "shared-events",
    "shared-statements", "timeline", "who-did-what",
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
