"""Parts of names that stand for the whole."""

import pytest

from kg.link.parts import is_team, part_names


@pytest.mark.parametrize(
    ("key", "kind", "description", "parts"),
    [
        pytest.param("ada bo cai", "person", "", {"ada bo", "bo cai"}, id="first-two-and-last-two"),
        pytest.param("ada von cai", "person", "", set(), id="particle"),
        pytest.param("ada obi", "person", "", set(), id="two-names"),
        pytest.param("ada duchess of lakeside", "person", "", {"duchess of lakeside"}, id="office"),
        pytest.param(
            "port leeds grey herons",
            "organisation",
            "baseball team and franchise",
            {"port", "port leeds", "port leeds grey", "leeds grey herons"},
            id="team",
        ),
        pytest.param("lakeside county cricket club", "organisation", "English cricket club", {"lakeside"}, id="club"),
        pytest.param("norland national under 21 football team", "organisation", "", {"norland"}, id="national-team"),
        pytest.param("bank of norland", "organisation", "central bank", set(), id="no-team"),
        pytest.param("lakeside", "place", "city with a football club", set(), id="place"),
    ],
)
def test_part_names(key, kind, description, parts):
    assert set(part_names(key, kind, description)) == parts


@pytest.mark.parametrize(
    ("key", "description", "team"),
    [
        ("lakeside", "association football club in Norland", True),
        ("lakeside fc", "", True),
        ("norland womens national hockey team", "", True),
        ("football", "team sport", False),
        ("lakeside", "club of chess players", False),
    ],
)
def test_teams_are_known_by_name_or_description(key, description, team):
    assert is_team(key, description) is team
