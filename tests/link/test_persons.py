"""Whether somebody in the news is one whom a catalogue knows, or a private namesake."""

import pytest

from kg.link.context import view_article, view_entity
from kg.link.persons import describe_person
from kg.model import Candidate

PAINTER = Candidate("Q1", "Ada Obi", "painter", "person", popularity=0.2, namesakes=0.5)


def describe(reading, candidate):
    article = reading.article
    view = view_entity(reading.entities[0], article)
    return describe_person(view, view_article(article, [(view, (candidate,))]), candidate)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Ada Obi said so.", "once_obscure"),
        ("Detective Ada Obi said so.", "called_local_obscure"),
    ],
    ids=["named once", "local office"],
)
def test_what_is_told_of_private_people_tells_more_against_the_less_known(read_names, text, feature):
    reading = read_names(text, ("person", "Ada Obi"))
    less, more = (describe(reading, Candidate("Q1", "Ada Obi", "", "person", popularity=p)) for p in (0.1, 0.4))
    assert less[feature] > more[feature] > 0


def test_a_senator_is_no_local_officer(read_names):
    found = describe(read_names("Senator Ada Obi spoke.", ("person", "Ada Obi")), PAINTER)
    assert "called_local" not in found


def test_somebody_named_twice_is_not_named_once(read_names):
    found = describe(read_names("Ada Obi spoke. Obi left.", ("person", "Ada Obi|Obi")), PAINTER)
    assert "once" not in found


@pytest.mark.parametrize(
    ("description", "feature", "value"),
    [
        ("baseball player", "player_other", 1.0),
        ("tennis player", "player_share", 1.0),
        ("tennis player", "player_other", 0.0),
        ("politician", "player_other", None),
    ],
    ids=["other sport", "same sport", "same sport is no other", "no player"],
)
def test_a_player_plays_what_is_spoken_of(read_names, description, feature, value):
    reading = read_names("Ada Obi won the tennis match at Wimbledon.", ("person", "Ada Obi"))
    assert describe(reading, Candidate("Q1", "Ada Obi", description, "person")).get(feature) == value


def test_outside_sports_news_a_player_is_like_anybody(read_names):
    text = "Ada Obi bought a house with many rooms in the old town, where her friends live, and a tennis racket. " * 20
    assert "player_share" not in describe(read_names(text, ("person", "Ada Obi")), PAINTER)


@pytest.mark.parametrize(
    ("label", "value"),
    [("Bo Ray", 1.0), ("Joanne Ray", 0.0), ("Ray Joanne", 0.0)],
    ids=["stage name", "first name", "last name"],
)
def test_a_first_name_alone_is_nobodys_stage_name(read_names, label, value):
    found = describe(read_names("Joanne cried.", ("person", "Joanne")), Candidate("Q1", label, "singer", "person"))
    assert found["lone_other"] == value


def test_somebody_without_description_is_told_from_others_by_a_rare_name_only(read_names):
    reading = read_names("Ada Obi said so.", ("person", "Ada Obi"))
    found = describe(reading, Candidate("Q1", "Ada Obi", "", "person", namesakes=0.5))
    assert (found["undescribed_person"], found["undescribed_namesakes"]) == (1.0, 0.5)
    assert "undescribed_person" not in describe(reading, PAINTER)


@pytest.mark.parametrize(
    ("label", "popularity", "lone"),
    [
        pytest.param("Maria", 0.3, 1.0, id="nobody in particular"),
        pytest.param("Saint Maria", 0.3, 1.0, id="a title is no first name"),
        pytest.param("Peter Maria", 0.3, 0.0, id="a surname"),
        pytest.param("Maria of Norland", 0.9, 0.0, id="known to all"),
    ],
)
def test_a_first_name_alone_names_only_who_is_known_by_it(read_names, label, popularity, lone):
    found = describe(
        read_names("Maria sang.", ("person", "Maria")), Candidate("Q1", label, "", "person", popularity=popularity)
    )
    assert found["lone_first"] == lone


def test_an_office_that_no_description_can_bear_out_tells_against_a_namesake(read_names):
    reading = read_names("Judge Ada Obi said so.", ("person", "Ada Obi"))
    unknown, known = (describe(reading, Candidate("Q1", "Ada Obi", told, "person")) for told in ("", "painter"))
    assert unknown["called_undescribed"] == 1.0
    assert "called_undescribed" not in known


@pytest.mark.parametrize(
    ("label", "otherwise"), [("Cy Oak", 1.0), ("Ada Oak", 0.0)], ids=["another name", "a married name"]
)
def test_a_birth_name_is_mostly_the_name_of_somebody_else(read_names, label, otherwise):
    candidate = Candidate("Q1", label, "", "person", matched="alias")
    assert describe(read_names("Ada Obi sang.", ("person", "Ada Obi")), candidate)["named_otherwise"] == otherwise
