"""What a text says to be another name of a thing, and what bodies are called for short."""

import pytest

from kg.read.aliases import Place, find_aliases, is_short_for, shorten_body

ORG, WORK, PERSON, PLACE = "organisation", "work", "person", "place"


def aliases(text, *names):
    """The pairs of the names, each (surface, kind), that the text says are one thing's."""
    places, at = [], 0
    for number, (surface, _) in enumerate(names):
        at = text.index(surface, at)
        places.append(Place(at, at + len(surface), number))
        at += len(surface)
    return list(find_aliases(text, places, [kind for _, kind in names], [surface for surface, _ in names]))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Harbour Safety Board (HSB) met", (("Harbour Safety Board", ORG), ("HSB", ORG))),
        ("the Harbour Safety Board ( HSB ) met", (("Harbour Safety Board", ORG), ("HSB", ORG))),
        ("the Harbour Safety Board (HSB) met", (("Harbour Safety Board", ORG), ("HSB", "other"))),
        ("Nordsee Agentur (nsa) wrote", (("Nordsee Agentur", ORG), ("nsa", ORG))),
        ("her film “Rotmond” (Red Moon)", (("Rotmond", WORK), ("Red Moon", WORK))),
        ("the sect Alba (or “the Dawn”)", (("Alba", ORG), ("Dawn", ORG))),
        ("Jo Roe, also known as Joro, sang", (("Jo Roe", PERSON), ("Joro", PERSON))),
        ("Joro, whose real name was Jo Roe", (("Joro", PERSON), ("Jo Roe", PERSON))),
        ("Strelsau, formerly known as Streln", (("Strelsau", PLACE), ("Streln", PLACE))),
    ],
    ids=["acronym", "spaced", "unlike kinds", "letters", "translation", "or", "known as", "real name", "formerly"],
)
def test_a_second_name_is_found(text, names):
    assert aliases(text, *names) == [(0, 1)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Roe (Bob Lee) sang", (("Ann Roe", PERSON), ("Bob Lee", PERSON))),
        ("Leeds (Ruritania) grew", (("Leeds", PLACE), ("Ruritania", PLACE))),
        ("Heart Care of Port Leeds (CHPL) met", (("Port Leeds", ORG), ("CHPL", ORG))),
        ("Parliament of New Leeds Wood (NLW)", (("Parliament of New Leeds Wood", ORG), ("NLW", PLACE))),
        ("the brother of Jo Roe, also known as Bob Lee", (("Jo Roe", PERSON), ("Bob Lee", PERSON))),
        ("Strelsau, Ruritania, formerly Streln", (("Ruritania", PLACE), ("Streln", PLACE))),
        ("Jo Roe, also known as the Dawn", (("Jo Roe", PERSON), ("Dawn", WORK))),
        ("Jo Roe and Bob Lee", (("Jo Roe", PERSON), ("Bob Lee", PERSON))),
    ],
    ids=[
        "a part in a play",
        "place in a place",
        "longer name",
        "place in a body",
        "of",
        "comma",
        "unlike kinds",
        "and",
    ],
)
def test_what_only_stands_near_is_no_second_name(text, names):
    assert aliases(text, *names) == []


def test_a_short_form_has_the_letters_of_the_name_in_order():
    assert is_short_for("SafeBo", "Safe Harbour Board", (ORG, ORG))
    assert not is_short_for("BoSafe", "Safe Harbour Board", (ORG, ORG))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("House of Elders", {"house"}),
        ("Strelsau University", {"strelsau", "university"}),
        ("Ruritanian Senate", {"senate"}),
        ("Leeds Blue Socks", {"blue socks", "socks"}),
        ("Blue Wing Motor Company", {"blue wing motor", "blue wing", "wing motor company", "motor company"}),
        ("Liberal Democratic Party", {"liberal democratic", "party"}),
        ("West Leeds University", {"west leeds", "university"}),
        ("Board and Court", set()),
        ("ABC-DEF Union", set()),
    ],
    ids=["of", "university", "senate", "team", "company", "party", "direction", "two", "side by side"],
)
def test_a_body_is_called_for_short(name, short):
    assert shorten_body(name) == short
