"""What the dates of a life that an article tells say of the candidates."""

from dataclasses import replace

import pytest

from kg.link.catalogue import open_catalogue
from kg.link.context import view_article
from kg.link.linker import Linker
from kg.link.lives import describe_time, tell_lives, weigh_life
from kg.link.pools import gather_pools
from kg.model import Article, Candidate, Passage, Reading, Relation
from tests.made_readings import make_reading

ROWS = [
    ("Q1", "Ada Obi", "", "person", "", "politician", "", "1960-05-03", "", "20", "1"),
    ("Q2", "Ada Obi", "", "person", "", "wrestler", "", "1987-01-09", "", "70", "1"),
    ("Q3", "Bo Ray", "", "person", "", "", "", "1950-02-01", "2001", "20", "1"),
    ("Q4", "Ivar II of Norland", "", "person", "", "king of Norland", "", "", "", "60", ""),
    ("Q5", "Ivar II", "", "person", "", "", "", "", "", "16", ""),
]


@pytest.fixture
def people(config, write_catalogue, tmp_path):
    with open_catalogue(config, source=write_catalogue(tmp_path / "people.tsv.xz", ROWS)) as catalogue:
        yield catalogue


def tell(property, value, *, score=0.9, claim=None):
    return Relation("p1", property, None, Passage(0, 0, ""), score, value=value, claim=claim)


def read_person(sentence, *dates):
    """A reading of one sentence about p1, with what it tells of their life."""
    return replace(make_reading(sentence, published="2020-05-01"), relations=dates)


def test_a_life_is_what_the_likeliest_statements_of_the_article_tell():
    relations = (tell("P569", "1960", score=0.8), tell("P569", "1961", score=0.9), tell("P570", "2001"))
    assert tell_lives(Reading(Article("a", ""), relations=relations)) == {"p1": ("1961", "2001")}


@pytest.mark.parametrize(
    "relation",
    [tell("P569", "1960", score=0.5), tell("P569", "1960", claim="c1"), tell("P571", "1960")],
    ids=["unsure", "said-by-somebody", "of-no-life"],
)
def test_what_is_unsure_tells_of_no_life(relation):
    assert tell_lives(Reading(Article("a", ""), relations=(relation,))) == {}


@pytest.mark.parametrize(
    ("life", "least", "most"),
    [
        (("1960-05-03", None), 5, 9),
        (("1960", None), 2, 4),
        (("1961", None), -2, 0),
        (("1987", None), -9, -4),
        ((None, "2001"), 0, 0),
        ((None, None), 0, 0),
    ],
    ids=["same-day", "same-year", "next-year", "another-year", "not-known", "not-told"],
)
def test_dates_speak_for_those_who_share_them(life, least, most):
    known = Candidate("Q1", "Ada Obi", kind="person", start="1960-05-03")
    assert least <= weigh_life(life, known) <= most


def test_the_founding_of_a_body_is_no_birth():
    assert weigh_life(("1960", None), Candidate("Q1", "Obi", kind="organisation", start="1960")) == 0


def test_of_namesakes_the_one_with_the_told_day_of_birth_is_meant(people):
    sentence = "[p1:Ada Obi] was born on 3 May 1960."
    assert Linker(people).link(read_person(sentence))[0].qid != "Q1"
    assert Linker(people).link(read_person(sentence, tell("P569", "1960-05-03")))[0].qid == "Q1"


def test_nobody_is_meant_who_was_born_in_another_year(people):
    dated = read_person("[p1:Bo Ray] was born in 1981.", tell("P569", "1981"))
    assert Linker(people).link(dated)[0].qid is None


@pytest.mark.parametrize("name", ["Bo Max Ray", "Bo Ray Tai-lo", "Max Bo Ray"])
def test_a_day_of_birth_tells_who_is_called_by_more_names_than_are_known(people, name):
    dated = read_person(f"[p1:{name}] was born on 1 February 1950.", tell("P569", "1950-02-01"))
    assert Linker(people).link(dated)[0].qid == "Q3"


def test_without_a_date_only_first_and_last_name_are_asked_for(people):
    found = gather_pools(read_person("[p1:Max Bo Ray] spoke."), people)[0]
    assert "Q3" not in found.forms


def test_a_king_is_that_of_the_realm_which_follows_his_name(people):
    reading = read_person("[p1:Ivar II] of Norland opened the fair.")
    assert gather_pools(reading, people)[0].forms["Q4"][0] == "label"
    assert Linker(people).link(reading)[0].qid == "Q4"


@pytest.mark.parametrize(
    ("kind", "early"), [("event", False), ("organisation", True)], ids=["games to come", "a company to come"]
)
def test_only_events_are_spoken_of_before_they_are(kind, early):
    article = view_article(Article("a", "They spoke.", published="2019-05-01"), [])
    found = describe_time(article, Candidate("Q1", "Norland 2024", "held in 2024", kind, start="2024"))
    assert ("not_yet" in found, "known_later" in found) == (early, early)
