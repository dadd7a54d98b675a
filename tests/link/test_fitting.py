"""Relations that the items of their sides rule out are left out."""

import pytest

from kg.link.fitting import keep_fitting
from kg.model import Article, Entity, Link, Mention, Passage, Reading, Relation

TEXT = "Ann Lee and the Body."
ENTITIES = (
    Entity("e1", "person", "Ann Lee", (Mention(Passage(0, 7, "Ann Lee")),)),
    Entity("e2", "organisation", "Body", (Mention(Passage(16, 20, "Body")),)),
)
ANN = Link("e1", "linked", "Q1", 0.9, kind="person", label="Ann Lee")


def told(property, link):
    relation = Relation("e1", property, "e2", ENTITIES[1].mentions[0].passage, 0.9)
    reading = Reading(Article("a", TEXT), ENTITIES, relations=(relation,))
    return bool(keep_fitting(reading, (ANN, link)).relations)


def item(label="Body", *classes, kind="organisation", read_kind=None):
    return Link("e2", "linked", "Q2", 0.9, label=label, classes=classes, kind=kind, read_kind=read_kind)


@pytest.mark.parametrize(
    ("property", "link", "kept"),
    [
        pytest.param("P102", item("Norland Greens", "Q7278"), True, id="a party"),
        pytest.param("P102", item("League of Nations", "Q484652"), False, id="an international body is no party"),
        pytest.param("P102", item("Lake Movement", "Q43229"), True, id="a movement by its name"),
        pytest.param("P102", item("Northtown Institute"), True, id="an item of which no class is known"),
        pytest.param("P102", Link("e2", "absent"), True, id="what has no item"),
        pytest.param("P241", item("Norland Navy", "Q4508"), True, id="a navy"),
        pytest.param("P241", item("League of Nations", "Q484652"), False, id="an international body is no force"),
        pytest.param("P108", item("League of Nations", "Q484652"), True, id="an employer may be any body"),
        pytest.param("P27", item("Norland", "Q6256", kind="place", read_kind="organisation"), True, id="a country"),
        pytest.param("P27", item("Northtown", "Q515", kind="place"), False, id="a town is no country"),
        pytest.param("P27", Link("e2", "unavailable"), True, id="nobody could look"),
        pytest.param("P108", item("The Body", "Q11424", kind="work", read_kind="organisation"), False, id="a film"),
    ],
)
def test_relation_is_kept_only_where_the_item_fits(property, link, kept):
    assert told(property, link) is kept


def test_property_that_is_not_ours_is_kept():
    assert told("P47", item("League of Nations", "Q484652"))
