"""Places of one name, told apart by the places beside them."""

from dataclasses import replace

import pytest

from kg.link.context import view_article, view_entity
from kg.link.listing import describe_listing
from kg.model import Candidate

STATE, CITY = "Q35657", "Q515"
OHIO = Candidate("Q1", "Ohio", "state of the United States", "place", (STATE,), matched="label", popularity=0.8)
UTAH = Candidate("Q2", "Utah", "state of the United States", "place", (STATE,), matched="label", popularity=0.8)
LAKESIDE = Candidate("Q3", "Lakeside", "city in Salem", "place", (CITY,), matched="label", popularity=0.4)
SALEM_STATE = Candidate("Q4", "Salem", "state of the United States", "place", (STATE,), matched="label", popularity=0.5)
SALEM_CITY = Candidate("Q5", "Salem", "city in Ohio, United States", "place", (CITY,), matched="label", popularity=0.6)
KNOWN = {"Ohio": [OHIO], "Utah": [UTAH], "Lakeside": [LAKESIDE], "Salem": [SALEM_STATE, SALEM_CITY]}


@pytest.fixture
def describe(read_names):
    def describe(text):
        reading = read_names(text, *(("place", name) for name in KNOWN if name in text))
        views = {e.name: view_entity(e, reading.article) for e in reading.entities}
        article = view_article(reading.article, [(view, KNOWN[name]) for name, view in views.items()])
        return describe_listing(views["Salem"], replace(article, sport=float("cup" in text)), KNOWN["Salem"])

    return describe


def test_place_in_what_follows_the_comma_is_meant(describe):
    state, city = describe("It rained in Salem, Ohio, on Monday.")
    assert (state.get("within_other"), city.get("within")) == (1.0, 1.0)


def test_place_that_holds_the_one_before_the_comma_is_meant(describe):
    state, city = describe("It rained in Lakeside, Salem on Monday.")
    assert "holds" in state
    assert "holds" in city  # both are called so; the label alone cannot tell
    assert "listed" not in state


def test_neighbours_in_a_list_are_of_one_class(describe):
    state, city = describe("It rained in Ohio, Salem and Utah.")
    assert (state["listed"], city["listed"]) == (1.0, 0.0)


def test_lists_of_sports_news_say_nothing(describe):
    assert not any("listed" in x for x in describe("The cup of Ohio, Salem and Utah."))


def test_lone_name_has_no_features(describe):
    assert describe("It rained in Salem.") == [{}, {}]
