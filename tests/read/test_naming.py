"""What kind of thing a name is of, by the words in and around it."""

import pytest

from kg.read.decode import Name
from kg.read.naming import mend_names, read_dateline


def mend(text, *names):
    words = text.split()
    return [(" ".join(words[n.start : n.end]), n.type) for n in mend_names(names, words, lambda _: "")]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ms Roe sells", Name(0, 2, "organisation"), ("Roe", "person")),
        ("Mr. Roe sells", Name(1, 2, "place"), ("Roe", "person")),
        ("Mr Roebot airs", Name(0, 2, "work"), ("Mr Roebot", "work")),
        ("the MV Roe Hall sank", Name(1, 4, "person"), ("MV Roe Hall", "product")),
        ("as Hurricane Roe hit", Name(1, 3, "work"), ("Hurricane Roe", "event")),
        ("the Hurricane Hunters flew", Name(1, 3, "organisation"), ("Hurricane Hunters", "organisation")),
        ("the Roads Act passed", Name(1, 3, "organisation"), ("Roads Act", "work")),
        ("the Roe Cup began", Name(1, 3, "organisation"), ("Roe Cup", "event")),
        ("saw Cold War", Name(1, 3, "work"), ("Cold War", "work")),
        ("the Roe Prize went", Name(1, 3, "event"), ("Roe Prize", "other")),
        ("the Roe Cup Company won", Name(1, 4, "organisation"), ("Roe Cup Company", "organisation")),
        ("the Board of Elections met", Name(1, 4, "organisation"), ("Board of Elections", "organisation")),
        ("Roe Law sued", Name(0, 2, "organisation"), ("Roe Law", "organisation")),
        ("sharks near Roe Island left", Name(2, 4, "work"), ("Roe Island", "place")),
        ("she read Roe Island", Name(2, 4, "work"), ("Roe Island", "work")),
        ("in R v. Roe", Name(1, 4, "person"), ("R v. Roe", "event")),
        ("the newspaper Roe Hal wrote", Name(2, 4, "person"), ("Roe Hal", "organisation")),
        ("its company John Roe runs", Name(2, 4, "person"), ("John Roe", "person")),
    ],
    ids=["polite", "polite-before", "title-of-a-work", "ship", "storm", "crew", "law", "cup", "film", "prize",
         "last-noun-only", "board-of", "firm", "island", "novel", "case", "newspaper", "person-after-noun"],
)  # fmt: skip
def test_nouns_in_and_before_a_name_tell_its_kind(text, name, expected):
    assert mend(text, name) == [expected]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Miss Roe sang", Name(0, 2, "person"), ("Roe", "person")),
        ("at Roe Hall airport today", Name(1, 4, "place"), ("Roe Hall airport", "facility")),
        ("the Roe movement grew", Name(1, 2, "person"), ("Roe", "organisation")),
        ("the Roe Hall drama won", Name(1, 3, "organisation"), ("Roe Hall", "work")),
        ("the Leeds film won", Name(1, 2, "place"), ("Leeds", "place")),
        ("A Roe movement grew", Name(1, 2, "person"), ("Roe", "person")),
        ("Judge Ann Hall QC ruled", Name(1, 4, "organisation"), ("Ann Hall QC", "person")),
        ("died of Roe 's disease", Name(2, 3, "person"), ("Roe 's disease", "other")),
        ("by Roe 's brother", Name(1, 2, "person"), ("Roe", "person")),
        ("lost Roe Air Flight 12", Name(1, 5, "work"), ("Roe Air Flight 12", "event")),
        ("many Leedsers left", Name(1, 2, "organisation"), ("Leedsers", "group")),
        ("many Leedsans left", Name(1, 2, "place"), ("Leedsans", "group")),
        ("one Leedser left", Name(1, 2, "organisation"), ("Leedser", "organisation")),
        ("in Hallser now", Name(1, 2, "place"), ("Hallser", "place")),
    ],
    ids=["miss", "airport", "movement", "drama", "known-place", "no-article", "judge", "disease",
         "brother", "flight", "people", "people-an", "one-body",
         "unknown-stem"],
)  # fmt: skip
def test_endings_and_the_noun_behind_a_name_tell_its_kind(text, name, expected):
    words = text.split()
    found = mend_names([name], words, lambda inside: {"Leeds": "place"}.get(" ".join(inside), ""))
    assert [(" ".join(words[n.start : n.end]), n.type) for n in found] == [expected]


def test_a_storm_with_a_first_name_is_no_person():
    names = (Name(0, 1, "person"), Name(5, 6, "person"), Name(8, 10, "person"))
    found = mend("Rosa hit and then Hurricane Rosa left . Rosa Hall fled", *names)
    assert found == [("Rosa", "event"), ("Rosa", "event"), ("Rosa Hall", "person")]


def test_a_movement_named_like_a_person_is_one_everywhere_but_a_surname_is_none():
    unknown = mend("Roe fought . The Roe movement grew", Name(0, 1, "person"), Name(4, 5, "person"))
    assert unknown == [("Roe", "organisation"), ("Roe", "organisation")]
    surname = mend("Jo Roe fought . The Roe movement grew", Name(0, 2, "person"), Name(5, 6, "person"))
    assert surname == [("Jo Roe", "person"), ("Roe", "person")]


def test_a_people_is_one_wherever_it_is_named():
    names = (Name(0, 1, "person"), Name(5, 6, "person"), Name(8, 9, "person"))
    found = mend("Roeans fled . The tribal Roeans people met Hall", *names)
    assert found == [("Roeans", "group"), ("Roeans", "group"), ("Hall", "person")]


def test_a_family_stays_people_of_that_surname():
    names = (Name(0, 2, "person"), Name(4, 5, "person"))
    assert mend("Ann Roe and the Roe people", *names) == [("Ann Roe", "person"), ("Roe", "person")]


def test_what_a_storm_or_a_newspaper_is_called_is_so_everywhere():
    names = (
        Name(0, 2, "work"),
        Name(3, 4, "place"),
        Name(6, 8, "person"),
        Name(9, 11, "person"),
        Name(11, 12, "place"),
    )
    found = mend("Hurricane Roe . Roe hit newspaper Daily Hal . Daily Hal Leeds", *names)
    assert [kind for _, kind in found] == ["event", "event", "organisation", "organisation", "place"]


def test_words_without_a_capital_are_no_names():
    names = (Name(0, 1, "person"), Name(2, 3, "other"), Name(4, 5, "organisation"), Name(6, 7, "product"))
    found = mend("Roe saw macadamias on roe.example near v2", *names)
    assert found == [("Roe", "person"), ("roe.example", "organisation"), ("v2", "product")]


def test_in_a_text_without_capitals_names_have_none_either():
    assert mend("roe met hall", Name(0, 1, "person"), Name(2, 3, "person")) == [("roe", "person"), ("hall", "person")]


@pytest.mark.parametrize(
    ("text", "known", "left"),
    [("Ann Roe saw roevale burn", "", 0), ("Ann Roe saw roevale burn", "place", 1),
     ("Ann left . " + "a " * 9 + "roevale", "", 1)],
    ids=["unknown", "known", "no-capital-around"],
)  # fmt: skip
def test_a_place_in_small_letters_is_one_when_known_or_in_a_careless_sentence(text, known, left):
    words = text.split()
    at = words.index("roevale")
    assert len(mend_names([Name(at, at + 1, "place")], words, lambda _: known)) == left


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("the Order of Roe went", Name(1, 4, "work"), ("Order of Roe", "other")),
        ("the Order of Roe nurses", Name(1, 4, "organisation"), ("Order of Roe", "organisation")),
        ("Roe Aggregates digs", Name(0, 2, "person"), ("Roe Aggregates", "organisation")),
        ("had Roe fever there", Name(1, 2, "other"), ("Roe fever", "other")),
        ("has Cup fever there", Name(1, 2, "event"), ("Cup", "event")),
    ],
    ids=["decoration", "nuns", "company", "disease", "enthusiasm"],
)
def test_words_of_a_name_and_behind_it_tell_decorations_companies_and_diseases(text, name, expected):
    assert mend(text, name) == [expected]


def test_what_only_says_of_what_kind_a_title_is_is_no_name():
    assert mend("an Olympic title in Leeds", Name(1, 2, "event"), Name(4, 5, "place")) == [("Leeds", "place")]


@pytest.mark.parametrize(
    ("text", "names", "kind"),
    [
        ("Kemal Roe paid . Roe left", [Name(0, 2, "place"), Name(4, 5, "person")], "person"),
        ("Kemal Roe paid . Roe left", [Name(0, 2, "place"), Name(4, 5, "place")], "place"),
        ("Port Roe paid . Roe left", [Name(0, 2, "place"), Name(4, 5, "person")], "place"),
    ],
    ids=["surname elsewhere a person's", "elsewhere a place's", "no first name"],
)
def test_a_full_name_is_a_persons_whose_surname_stands_for_a_person(text, names, kind):
    assert mend(text, *names)[0][1] == kind


@pytest.mark.parametrize(
    ("text", "type_", "known", "kind"),
    [
        ("ROEVILLE , May 3 ( Agency ) - Ann left", "organisation", "", "place"),
        ("ROEVILLE , Dec. 3 ( Agency ) — Ann left", "person", "", "place"),
        ("ROEVILLE - Ann left", "organisation", "place", "place"),
        ("ROEVILLE - Ann left", "organisation", "", "organisation"),
        ("AGENCY , May 3 ( Wire ) - Ann left", "organisation", "organisation", "organisation"),
        ("ROEVILLE stocks fell ( Agency ) - Ann left", "organisation", "place", "organisation"),
        ("Roeville , May 3 ( Agency ) - Ann left", "organisation", "", "organisation"),
    ],
    ids=["dated", "short month", "known place", "unknown alone", "known body", "sentence", "no capitals"],
)
def test_capitals_at_the_start_of_a_dateline_are_a_place(text, type_, known, kind):
    words = text.split()
    name = read_dateline(Name(0, 1, type_), words, [n == 0 for n in range(len(words))], lambda _: known)
    assert name.type == kind
