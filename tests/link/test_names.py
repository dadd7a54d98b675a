"""Keys of names."""

import pytest

from kg.link.names import (
    edit_distance,
    loose_key,
    name_variants,
    normalise,
    short_organisation,
    shorten_person,
    sound_key,
    surname,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("U.S.", "us", id="dots"),
        pytest.param("U. S.", "us", id="dots-and-blanks"),
        pytest.param("J. K. Rowling", "jk rowling", id="initials"),
        pytest.param("Washington, D.C.", "washington dc", id="comma"),
        pytest.param("the Hague", "hague", id="article"),
        pytest.param("The The", "the", id="article-is-all"),
        pytest.param("São Tomé", "sao tome", id="accents"),
        pytest.param("Łódź", "lodz", id="letters-without-decomposition"),
        pytest.param("al-Shabaab", "al shabaab", id="hyphen"),
        pytest.param("Ministry of Defence", "ministry of defense", id="spelling"),
        pytest.param("Marks & Spencer", "marks and spencer", id="ampersand"),
        pytest.param("O’Brien", "obrien", id="apostrophe"),
        pytest.param("ＮＡＴＯ", "nato", id="full-width"),
        pytest.param("...", "", id="nothing"),
    ],
)
def test_normalise_makes_one_key_of_many_spellings(name, key):
    assert normalise(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("Nigeria's", "nigeria", id="possessive"),
        pytest.param("the United States'", "united states", id="plural-possessive"),
        pytest.param("Gen. Ada Obi", "ada obi", id="title"),
        pytest.param("Vice President Ada Obi", "ada obi", id="two-titles"),
        pytest.param("RADM Ada Obi", "ada obi", id="rank-in-capitals"),
    ],
)
def test_name_variants_hold_the_bare_name(name, key):
    assert key in name_variants(name)


def test_title_alone_is_kept():
    assert name_variants("General") == ("general",)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("muammar gaddafi", "moammar qadhafi"),
        ("saddam hussein", "sadam husayn"),
        ("unitedhealthcare", "united healthcare"),
    ],
)
def test_transliterations_sound_the_same(left, right):
    assert sound_key(left) == sound_key(right) != ""


def test_short_names_have_no_sound():
    assert sound_key("ali") == ""


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("obama", "obama", 0), ("obama", "obmaa", 1), ("obama", "obma", 1), ("kitten", "sitting", 3), ("a", "bcdefgh", 4)],
)
def test_edit_distance_counts_swaps_once_and_stops(left, right, distance):
    assert edit_distance(left, right) == distance


def test_loose_key_is_one_for_adjective_and_of():
    countries = {"kenyan": "Q114", "kenya": "Q114"}
    assert (
        loose_key("kenyan parliament", countries) == loose_key("parliament of kenya", countries) == "=Q114 parliament"
    )


def test_loose_key_needs_two_words():
    assert loose_key("the parliament", {}) == ""


@pytest.mark.parametrize(
    ("key", "last"),
    [("ada obi", "obi"), ("ursula von der leyen", "von der leyen"), ("john smith jr", "smith"), ("pele", "")],
)
def test_surname_keeps_its_particle(key, last):
    assert surname(key) == last


@pytest.mark.parametrize(
    ("key", "shorter"),
    [
        ("ada mary obi", ("ada obi",)),
        ("ada m obi", ("ada obi",)),
        ("ada m grace obi jr", ("ada m grace obi", "ada obi", "ada grace obi")),
        ("ada obi", ()),
        ("pele", ()),
        ("pele jr", ()),
    ],
)
def test_a_person_is_also_known_without_middle_names_and_initials(key, shorter):
    assert shorten_person(key) == shorter


@pytest.mark.parametrize(
    ("key", "shorter"),
    [
        ("ada mary obi", ("ada obi", "ada mary", "mary obi")),
        ("ada mary grace obi jr", ("ada obi", "ada mary", "mary obi", "mary grace obi")),
        ("ada obi jr", ()),
    ],
)
def test_a_person_of_many_names_may_go_by_any_two(key, shorter):
    assert shorten_person(key, freely=True) == shorter


@pytest.mark.parametrize(
    ("key", "shorter"), [("acme holdings plc", "acme"), ("fc example", "example"), ("acme", ""), ("plc", "")]
)
def test_short_organisation_drops_legal_forms(key, shorter):
    assert short_organisation(key) == shorter
