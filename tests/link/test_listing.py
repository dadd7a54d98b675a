"""Places of one name, told apart by the places beside them."""

from dataclasses import replace

import pytest

from kg.link.context import view_article, view_entity
from kg.link.listing import describe_listing, describe_naming
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


@pytest.fixture
def describe_names(read_names):
    def describe(text, name, *candidates, kind="organisation"):
        reading = read_names(text, (kind, name))
        view = view_entity(reading.entities[0], reading.article)
        said = view_article(reading.article, [(view, candidates)]).words
        return describe_naming(view, candidates, lambda word: 1.0, said)

    return describe


def test_a_team_that_once_bore_the_name_is_told_from_the_one_that_bears_it(describe_names):
    gone = Candidate("Q1", "Oakland Larks", "baseball team", "organisation", matched="alias")
    here = Candidate("Q2", "Salem Otters", "baseball team", "organisation", matched="part")
    assert [x["outnamed"] for x in describe_names("Salem won.", "Salem", gone, here)] == [1.0, 0.0]
    assert [x["outnamed"] for x in describe_names("Salem won.", "Salem", gone)] == [0.0]


def test_a_country_that_bore_another_name_is_no_former_team(describe_names):
    country = Candidate("Q1", "Norland", "country", "place", matched="alias")
    town = Candidate("Q2", "Orinda", "town", "place", matched="label")
    assert not any(x["outnamed"] for x in describe_names("Orinda voted.", "Orinda", country, town, kind="place"))


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [("Salem voted on Monday.", 1.0), ("A professor of Salem spoke.", 0.0)],
    ids=["no word on it", "spoken of"],
)
def test_a_university_is_seldom_meant_by_its_town_alone(describe_names, text, unsaid):
    (school,) = describe_names(text, "Salem", Candidate("Q1", "University of Salem", "", "organisation"))
    assert school["school_unsaid"] == unsaid


def test_a_university_in_full_needs_no_word_on_schooling(describe_names):
    (school,) = describe_names(
        "Salem College won.", "Salem College", Candidate("Q1", "Salem College", "", "organisation")
    )
    assert "school_unsaid" not in school


def test_a_little_known_place_lies_where_the_article_says(describe_names):
    near, far = (Candidate(f"Q{n}", "Salem", f"village in {r}", "place") for n, r in enumerate(("Ohio", "Utah"), 1))
    told = describe_names("It rained in Ohio and in Salem.", "Salem", near, far, kind="place")
    assert [x["region_said"] for x in told] == [1.0, 0.0]
    assert [x["region_unsaid_obscure"] > 0 for x in told] == [False, True]
    assert [x["outplaced"] for x in told] == [0.0, 1.0]


def test_a_known_place_is_named_without_its_part_of_the_world(describe_names):
    known, unknown = (Candidate("Q1", "Salem", "city in Utah", "place", popularity=p) for p in (0.9, 0.2))
    told = describe_names("It rained in Salem.", "Salem", known, unknown, kind="place")
    assert [x["region_far"] > 0 for x in told] == [False, True]
