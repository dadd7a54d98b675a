"""Entities that turned out to be one item become one."""

from dataclasses import replace

from kg.link import merge_linked
from kg.link.merge import merge_events
from kg.model import (
    Article,
    Claim,
    Entity,
    Event,
    Interval,
    Link,
    Mention,
    Passage,
    Reading,
    Relation,
    Rival,
    RoleFiller,
)

TEXT = "US and United States and USA met Oslo."


def entity(id, *spans):
    mentions = tuple(Mention(Passage(a, b, TEXT[a:b])) for a, b in spans)
    return Entity(id, "place", mentions[0].passage.text, mentions)


READING = Reading(
    Article("a", TEXT),
    entities=(entity("e1", (0, 2)), entity("e2", (7, 20), (25, 28)), entity("e3", (33, 37))),
    relations=(Relation("e1", "P47", "e3", Passage(0, 2, "US"), 0.9),),
    claims=(
        Claim("c1", "e1", None, None, (), "indirect", "positive", "certain", "future", None, ("e2", "e1", "e3"), 0.5),
    ),
)
LINKS = (
    Link("e1", "linked", "Q30", 0.7, (Rival("Q5", "five", 0.1),), "United States"),
    Link("e2", "linked", "Q30", 0.9, (), "United States"),
    Link("e3", "linked", "Q585", 0.8, (), "Oslo"),
)


def test_one_item_is_one_entity_with_all_mentions_in_order():
    reading, links = merge_linked(READING, LINKS)
    assert [(e.id, [m.passage.text for m in e.mentions]) for e in reading.entities] == [
        ("e2", ["US", "United States", "USA"]),
        ("e3", ["Oslo"]),
    ]
    assert [(link.entity, link.qid, link.score) for link in links] == [("e2", "Q30", 0.9), ("e3", "Q585", 0.8)]


def test_relations_and_claims_follow_the_merged_entity():
    reading, _ = merge_linked(READING, LINKS)
    assert (reading.relations[0].subject, reading.relations[0].object) == ("e2", "e3")
    assert (reading.claims[0].speaker, reading.claims[0].about) == ("e2", ("e2", "e3"))


def test_a_speaker_merged_with_another_speaks_once():
    [claim] = READING.claims
    reading, _ = merge_linked(replace(READING, claims=(replace(claim, cospeakers=("e2", "e3")),)), LINKS)
    assert (reading.claims[0].speaker, reading.claims[0].cospeakers) == ("e2", ("e3",))


def test_a_linked_entity_has_the_kind_of_its_item():
    links = (LINKS[0], LINKS[1], Link("e3", "linked", "Q585", 0.8, (), "Oslo", (), "work"))
    reading, _ = merge_linked(READING, links)
    assert [e.kind for e in reading.entities] == ["place", "work"]


def test_an_adjective_of_a_country_stays_a_thing_of_its_own():
    adjective = replace(READING.entities[0], kind="group")
    reading = replace(READING, entities=(adjective, *READING.entities[1:]))
    merged, _ = merge_linked(reading, LINKS)
    assert [(e.id, e.kind) for e in merged.entities] == [("e1", "group"), ("e2", "place"), ("e3", "place")]


def test_unlinked_entities_are_never_merged():
    links = tuple(Link(e.id, "absent") for e in READING.entities)
    assert merge_linked(READING, links) == (READING, links)


def event(id, start, score, roles, **more):
    trigger = Passage(start, start + 2, TEXT[start : start + 2])
    fillers = tuple(RoleFiller(role, Passage(at, at + 2, TEXT[at : at + 2]), who) for role, at, who in roles)
    known = {"type": "DIE", "when": None, "realis": "actual", "qid": "Q7", "claim": None} | more
    return Event(id, trigger=trigger, roles=fillers, evidence=trigger, score=score, mentions=(trigger,), **known)


def test_events_that_are_one_item_become_one_with_all_mentions_and_the_surest_roles():
    day = Interval("2020-01-03", "2020-01-03")
    reading = replace(
        READING,
        events=(
            event(
                "v1", 3, 0.6, [("agent", 0, "e1"), ("patient", 33, "e3")], when=day, time_source="stated", claim="c1"
            ),
            event("v2", 21, 0.9, [("patient", 33, "e3"), ("place", 7, "e2")], type="ASSAULT"),
            event("v3", 29, 0.9, [], realis="hypothetical"),
            event("v4", 29, 0.9, [], qid=None),
        ),
    )
    first, *others = merge_events(reading).events
    assert [each.id for each in others] == ["v3", "v4"]
    assert (first.id, first.type, first.score, first.when, first.claim) == ("v1", "ASSAULT", 0.9, day, None)
    assert [mention.start for mention in first.mentions] == [3, 21]
    assert [(role.role, role.entity) for role in first.roles] == [("agent", "e1"), ("place", "e2"), ("patient", "e3")]


def test_no_event_plays_a_role_in_itself():
    happening = replace(READING.entities[2], kind="event")
    both = (event("v1", 3, 0.6, [("agent", 33, "e3")]), event("v2", 21, 0.9, []))
    reading = replace(READING, entities=(*READING.entities[:2], happening), events=both)
    assert merge_events(reading).events[0].roles == ()


def test_events_of_different_items_stay_apart():
    reading = replace(READING, events=(event("v1", 3, 0.6, []), event("v2", 21, 0.9, [], qid="Q8")))
    assert merge_events(reading) == reading
