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
