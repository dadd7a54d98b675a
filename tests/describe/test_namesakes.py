"""Unknown people: one node for one person in many articles, two for namesakes."""

import pytest

from kg.describe.namesakes import find_calling, strip_honorifics
from kg.describe.terms import Names
from kg.model import Entity, Mention, Passage


def make_person(text, *names, kind="person", key="e1"):
    starts = [(text.index(name), name) for name in names]
    mentions = tuple(Mention(Passage(start, start + len(name), name)) for start, name in starts)
    return Entity(key, kind, names[0], mentions)


def name_node(text, *names, article="a1", kind="person"):
    return Names("https://data.example/", article, text).entity(make_person(text, *names, kind=kind), None)


@pytest.mark.parametrize(
    ("text", "name", "calling"),
    [
        pytest.param("The footballer Bo Quist left.", "Bo Quist", "sport", id="before"),
        pytest.param("The former district judge Bo Quist left.", "Bo Quist", "law", id="before-with-more"),
        pytest.param("Judge Bo Quist left.", "Judge Bo Quist", "law", id="within"),
        pytest.param("Bo Quist, a retired school teacher, left.", "Bo Quist", "school", id="after"),
        pytest.param("Bo Quist, 45, a farmer from Lund, left.", "Bo Quist", "work", id="after-the-age"),
        pytest.param("Bo Quist, a friend of the footballer Al Orr, left.", "Bo Quist", "", id="of-another"),
        pytest.param("The judge's wife, Bo Quist, left.", "Bo Quist", "", id="wife-of-one"),
        pytest.param("The judge left. Bo Quist stayed.", "Bo Quist", "", id="sentence-before"),
        pytest.param("Footballer Bo Quist, a judge today, left.", "Bo Quist", "", id="two-callings"),
        pytest.param("Bo Quist left.", "Bo Quist", "", id="none"),
    ],
)
def test_calling_stands_beside_the_name(text, name, calling):
    assert find_calling(make_person(text, name), text) == calling


@pytest.mark.parametrize(
    ("name", "bare"),
    [("gen. ada obi", "ada obi"), ("vice president ada obi", "ada obi"), ("judge", "judge"), ("ada obi", "ada obi")],
)
def test_titles_are_no_part_of_a_name(name, bare):
    assert strip_honorifics(name) == bare


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(
            ("Bo Quist, a judge, spoke.", "Bo Quist"), ("The lawyer Bo QUIST left.", "Bo QUIST"), True, id="same-field"
        ),
        pytest.param(
            ("Bo Quist, a judge, spoke.", "Bo Quist"), ("Striker Bo Quist scored.", "Bo Quist"), False, id="namesakes"
        ),
        pytest.param(("Mr Bo Quist spoke.", "Mr Bo Quist"), ("Bo Quist left.", "Bo Quist"), True, id="honorific"),
        pytest.param(("Bo spoke.", "Bo"), ("Bo left.", "Bo"), False, id="first-name-only"),
    ],
)
def test_nodes_of_two_articles(one, other, same):
    assert (name_node(*one) == name_node(*other, article="a2")) is same


def test_nodes_of_what_is_no_person_depend_on_the_name_only():
    one = name_node("Judge Quist Ltd grew.", "Quist Ltd", kind="organisation")
    other = name_node("Quist Ltd, a farmer, shrank.", "Quist Ltd", kind="organisation", article="a2")
    assert one == other


def test_node_is_the_same_each_time():
    assert name_node("Bo Quist, a judge, spoke.", "Bo Quist") == name_node("Bo Quist, a judge, spoke.", "Bo Quist")
