"""What names say of a relation: what can be no country, party or army is told as none."""

import pytest

from kg.read.plausible import NEVER, SURER, SUREST, Named, fold_name, is_country, least_chance, name_bond, name_place


def thing(kind, *names):
    return Named(kind, frozenset(fold_name(name) for name in names))


@pytest.mark.parametrize(
    ("subject", "property", "target", "least"),
    [
        (thing("place", "Leeds"), "P17", thing("place", "England"), NEVER),
        (thing("place", "Leeds"), "P17", thing("place", "Yorkshire"), NEVER),
        (thing("place", "the Bahamas"), "P17", thing("place", "United States"), NEVER),
        (thing("place", "Scotland"), "P17", thing("place", "UK"), 0.0),
        (thing("organisation", "Lake Ministry"), "P131", thing("place", "Norland"), NEVER),
        (thing("person", "Ann Lee"), "P108", thing("organisation", "Lake Assemblywoman"), NEVER),
        (thing("person", "Ann Lee"), "P463", thing("organisation", "Lake Senator"), NEVER),
        (thing("group", "Norwegian"), "P17", thing("place", "Norway"), NEVER),
        (thing("place", "Norway"), "P463", thing("organisation", "Norwegian Parliament"), NEVER),
        (thing("place", "Norway"), "P463", thing("organisation", "NATO"), 0.0),
        (thing("place", "Gulf of Aden"), "P17", thing("place", "Yemen"), NEVER),
        (thing("place", "Norway"), "P131", thing("place", "Oslo"), NEVER),
        (thing("organisation", "Bank of America"), "P131", thing("place", "Charlotte"), 0.0),
        (thing("person", "Ann Lee"), "P27", thing("group", "Norwegian"), 0.0),
        (thing("person", "Ann Lee"), "P27", thing("group", "Muslim"), NEVER),
        (thing("person", "Ann Lee"), "P27", thing("place", "Ohio"), SUREST),
        (thing("person", "Ann Lee"), "P27", thing("place", "Republic of Norland"), 0.0),
        (thing("person", "Ann Lee"), "P102", thing("organisation", "Lake Party"), 0.0),
        (thing("person", "Ann Lee"), "P102", thing("organisation", "United Nations"), NEVER),
        (thing("person", "Ann Lee"), "P102", thing("organisation", "Morena"), SURER),
        (thing("person", "Ann Lee"), "P241", thing("organisation", "Royal Navy"), 0.0),
        (thing("person", "Ann Lee"), "P241", thing("organisation", "United Nations"), SUREST),
        (thing("person", "Ann Lee"), "P108", thing("organisation", "Twitter"), SUREST),
        (thing("person", "Ann Lee"), "P108", thing("organisation", "Acme"), 0.0),
        (thing("organisation", "Acme"), "P159", thing("place", "Norway"), SURER),
        (thing("organisation", "Lake Party"), "P159", thing("place", "Leeds"), SUREST),
        (thing("organisation", "UK government"), "P131", thing("place", "United Kingdom"), NEVER),
        (thing("organisation", "government of Norland"), "P276", thing("place", "Norland"), NEVER),
        (thing("organisation", "Norland Army"), "P131", thing("place", "Norland"), NEVER),
        (thing("organisation", "UK government"), "P17", thing("place", "United Kingdom"), 0.0),
        (thing("organisation", "Army Museum"), "P131", thing("place", "Leeds"), 0.0),
        (thing("event", "Norland Cup"), "P276", thing("place", "Norland"), 0.0),
        (thing("person", "Ann Lee"), "P569", thing("date", "1910-05-01/1989-06-27"), NEVER),
        (thing("person", "Ann Lee"), "P569", thing("date", "1910-05-01"), 0.0),
        (thing("organisation", "Acme"), "P159", thing("place", "Oslo"), 0.0),
        (thing("person", "Ann Lee"), "P26", thing("person", "Norway"), 0.0),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
def test_names_say_how_sure_a_relation_must_be(subject, property, target, least):
    assert least_chance(property, subject, target) == least


@pytest.mark.parametrize("name", ["European Union", "West Africa", "Sea of Okhotsk", "Springfield"])
def test_what_is_wide_or_small_is_no_country(name):
    assert not is_country(thing("place", name))


def test_one_of_several_names_makes_a_country():
    assert is_country(thing("place", "the Kingdom", "Saudi Arabia"))


@pytest.mark.parametrize(
    ("property", "name", "told"),
    [
        ("P108", "Lake Party", "P102"),
        ("P108", "Party Supplies Company", "P108"),
        ("P749", "Lake Party", "P749"),
        ("P108", "the Senate", "P463"),
        ("P108", "House Lakes Committee", "P463"),
        ("P108", "House of Commons", "P463"),
        ("P108", "the Greens", "P102"),
        ("P108", "Greens of Acme", "P108"),
        ("P108", "Lake Rescue Committee", "P108"),
        ("P108", "House of Fashion", "P108"),
    ],
    ids=[
        "party",
        "firm",
        "other property",
        "parliament",
        "its committee",
        "chamber",
        "plural",
        "part",
        "committee",
        "house",
    ],
)
def test_who_works_for_a_party_or_parliament_is_its_member(property, name, told):
    assert name_bond(property, thing("organisation", name)) == told


@pytest.mark.parametrize(
    ("subject", "target", "told"),
    [
        (thing("organisation", "Lake Crime Agency"), thing("place", "Norway"), "P17"),
        (thing("organisation", "Lake Crime Agency"), thing("place", "Oslo"), None),
        (thing("organisation", "Lake Crime Agency"), thing("place", "England"), None),
        (thing("organisation", "Lake University"), thing("place", "Norway"), None),
        (thing("place", "Oslo"), thing("place", "Norway"), None),
    ],
    ids=["body", "in-a-town", "in-a-part", "site", "place"],
)
def test_a_body_in_a_country_has_that_country(subject, target, told):
    assert name_place("P131", subject, target) == told
    assert name_place("P276", subject, target) is None
