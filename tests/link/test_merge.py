"""Entities that turned out to be one item become one."""

from dataclasses import replace

from kg.link import merge_linked
from kg.link.merge import merge_events
from kg.model import Claim, Event, Interval, Link, Relation, RoleFiller
from tests.made_readings import linked, make_reading, passage_of

PLACES = make_reading("[l1:US] fought and [l2:United States] shelled and [l2:USA] left [l3:Oslo].")
TEXT = PLACES.article.text
READING = replace(
    PLACES,
    relations=(Relation("l1", "P47", "l3", passage_of(TEXT, "US"), 0.9),),
    claims=(
        Claim("c1", "l1", None, None, (), "indirect", "positive", "certain", "future", None, ("l2", "l1", "l3"), 0.5),
    ),
)
LINKS = (
    linked("l1", "Q30", "United States", 0.7),
    linked("l2", "Q30", "United States", 0.9),
    linked("l3", "Q585", "Oslo", 0.8),
)


def test_one_item_is_one_entity_with_all_mentions_in_order():
    reading, links = merge_linked(READING, LINKS)
    assert [(e.id, [m.passage.text for m in e.mentions]) for e in reading.entities] == [
        ("l2", ["US", "United States", "USA"]),
        ("l3", ["Oslo"]),
    ]
    assert [(link.entity, link.qid, link.score) for link in links] == [("l2", "Q30", 0.9), ("l3", "Q585", 0.8)]


def test_relations_and_claims_follow_the_merged_entity():
    reading, _ = merge_linked(READING, LINKS)
    assert (reading.relations[0].subject, reading.relations[0].object) == ("l2", "l3")
    assert (reading.claims[0].speaker, reading.claims[0].about) == ("l2", ("l2", "l3"))


def test_a_speaker_merged_with_another_speaks_once():
    [claim] = READING.claims
    reading, _ = merge_linked(replace(READING, claims=(replace(claim, cospeakers=("l2", "l3")),)), LINKS)
    assert (reading.claims[0].speaker, reading.claims[0].cospeakers) == ("l2", ("l3",))


def test_a_linked_entity_has_the_kind_of_its_item():
    links = (LINKS[0], LINKS[1], linked("l3", "Q585", "Oslo", kind="work"))
    reading, _ = merge_linked(READING, links)
    assert [e.kind for e in reading.entities] == ["place", "work"]


def test_an_adjective_of_a_country_stays_a_thing_of_its_own():
    adjective = replace(READING.entities[0], kind="group")
    reading = replace(READING, entities=(adjective, *READING.entities[1:]))
    merged, _ = merge_linked(reading, LINKS)
    assert [(e.id, e.kind) for e in merged.entities] == [("l1", "group"), ("l2", "place"), ("l3", "place")]


def test_unlinked_entities_are_never_merged():
    links = tuple(Link(e.id, "absent") for e in READING.entities)
    assert merge_linked(READING, links) == (READING, links)


def event(id, trigger, score, roles=(), **more):
    """An event of Q7; ``roles`` are (role, words, entity)."""
    words = passage_of(TEXT, trigger)
    fillers = tuple(RoleFiller(role, passage_of(TEXT, filler), who) for role, filler, who in roles)
    known = {"type": "DIE", "when": None, "realis": "actual", "qid": "Q7"} | more
    return Event(id, trigger=words, roles=fillers, evidence=words, score=score, mentions=(words,), **known)


def test_events_that_are_one_item_become_one_with_all_mentions_and_the_surest_roles():
    day = Interval("2020-01-03", "2020-01-03")
    dated = {"when": day, "time_source": "stated"}
    reading = replace(
        READING,
        events=(
            event("v1", "fought", 0.6, [("agent", "US", "l1"), ("patient", "Oslo", "l3")], claim="c1", **dated),
            event("v2", "shelled", 0.9, [("patient", "Oslo", "l3"), ("place", "States", "l2")], type="ASSAULT"),
            event("v3", "left", 0.9, realis="hypothetical"),
            event("v4", "left", 0.9, qid=None),
        ),
    )
    first, *others = merge_events(reading).events
    assert [each.id for each in others] == ["v3", "v4"]
    assert (first.id, first.type, first.score, first.when, first.claim) == ("v1", "ASSAULT", 0.9, day, None)
    assert [mention.text for mention in first.mentions] == ["fought", "shelled"]
    assert [(role.role, role.entity) for role in first.roles] == [("agent", "l1"), ("place", "l2"), ("patient", "l3")]


def test_no_event_plays_a_role_in_itself():
    happening = replace(READING.entities[2], kind="event")
    both = (event("v1", "fought", 0.6, [("agent", "Oslo", "l3")]), event("v2", "shelled", 0.9))
    reading = replace(READING, entities=(*READING.entities[:2], happening), events=both)
    assert merge_events(reading).events[0].roles == ()


def test_events_of_different_items_stay_apart():
    reading = replace(READING, events=(event("v1", "fought", 0.6), event("v2", "shelled", 0.9, qid="Q8")))
    assert merge_events(reading) == reading
