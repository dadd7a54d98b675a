"""Other ways to write a name."""

import pytest

from kg.link.spellings import MOST, fits_spelling, respell_name
from kg.model import Candidate


@pytest.mark.parametrize(
    ("name", "kind", "other"),
    [
        pytest.param("UnitedFarms", "organisation", "united farms", id="words-written-together"),
        pytest.param("La. Office of Roads", "organisation", "louisiana office of roads", id="state-before"),
        pytest.param("Bo Beach, Calif.", "place", "bo beach", id="state-after"),
        pytest.param("S. Norland", "place", "south norland", id="quarter"),
        pytest.param("Orange Counties", "place", "orange county", id="plural-of-ies"),
        pytest.param("World Games", "event", "world game", id="plural"),
        pytest.param("Enlargement Minister Stefan Mueke", "person", "stefan muke", id="title-and-umlaut"),
        pytest.param("El-Rissi", "person", "el risi", id="doubled-letter"),
        pytest.param("Norland Press Limited", "place", "norland press", id="legal-form-whatever-the-kind"),
        pytest.param("Relief (Norland)", "organisation", "relief", id="bracket"),
        pytest.param("Liberal", "organisation", "liberal party", id="party"),
        pytest.param("Norlish", "group", "norls", id="people-of-an-adjective"),
        pytest.param("A. Obi", "person", "obi", id="initial"),
    ],
)
def test_names_are_spelt_in_other_ways(name, kind, other):
    assert other in respell_name(name, kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("McRay", "person"),
        ("Ada Obi", "person"),
        ("Vice President Obi", "person"),
        ("Lakeside", "place"),
        ("ABC Ltd", "organisation"),
    ],
)
def test_names_that_may_be_anything_are_left_alone(name, kind):
    assert not [other for other in respell_name(name, kind) if other.split() != [*name.lower().split(), "party"]]


def test_few_spellings_are_asked_for():
    assert len(respell_name("UnitedBaeder Roades (Ooty), Calif. Companies Ltd", "place")) <= MOST


def test_spellings_of_nothing():
    assert respell_name("...", "person") == ()


@pytest.mark.parametrize(
    ("name", "kind", "label", "found", "fits"),
    [
        ("A. Obi", "person", "Ada Obi", "person", True),
        ("A. Obi", "person", "Bo Obi", "person", False),
        ("Gass", "person", "Gas", "product", False),
        ("Norland Corp", "organisation", "Norland", "place", False),
        ("Norland Press Ltd", "place", "Norland Press", "organisation", True),
        ("Norland Press", "organisation", "Norland Press", None, True),
    ],
)
def test_kind_and_initial_must_fit(name, kind, label, found, fits):
    assert fits_spelling(name, kind, Candidate("Q1", label, kind=found)) is fits
