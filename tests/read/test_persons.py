"""Whether two names are one person's, and who is called by a surname alone."""

import re

import pytest
import spacy

from kg.model import Entity, Mention, Passage
from kg.read.persons import Bearers, are_told_apart, give_compatriots, is_no_person, is_relative, is_surname


def find(text, name):
    return [(match.start(), match.end()) for match in re.finditer(rf"{name}\b", text)]


@pytest.mark.parametrize(
    ("text", "names", "apart"),
    [
        ("Ann Roe died. Her mother, Ann May Roe, sued for her.", ("Ann Roe", "Ann May Roe"), True),
        ("Ann Roe died. Ann May Roe was born in Bonn.", ("Ann Roe", "Ann May Roe"), False),
        ("Ann May Roe, known as Ann Roe, died.", ("Ann Roe", "Ann May Roe"), False),
        ("Bo Lee and Bo J. Lee left.", ("Bo Lee", "Bo J. Lee"), True),
        ("Bo Lee Sr. left. Bo Lee Jr. stayed.", ("Bo Lee Sr", "Bo Lee Jr"), True),
        ("Bo Lee Jr. left. Bo Lee stayed.", ("Bo Lee Jr", "Bo Lee"), False),
        ("His son Yusuf Karimov left. Yousuf Karimov stayed.", ("Yusuf Karimov", "Yousuf Karimov"), False),
    ],
    ids=["mother", "middle name", "known as", "side by side", "generations", "one generation", "two spellings"],
)
def test_full_names_are_told_apart_by_what_the_text_says(text, names, apart):
    one, other = (find(text, name) for name in names)
    assert are_told_apart(text, one, other) is apart
    assert are_told_apart(text, other, one) is apart


@pytest.mark.parametrize(
    ("before", "relative"),
    [("his wife ", True), ("her son, ", True), ("the third son of Lord ", True), ("the minister ", False), ("", False)],
)
def test_relatives_are_introduced_as_such(before, relative):
    assert is_relative(f"{before}Ann Roe", len(before)) is relative


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Roe", True),
        ("al-Karim", True),
        ("de la Roe", True),
        ("Al-Karim", True),
        ("Al Roe", False),
        ("Ben Roe", False),
        ("Ann de Roe", False),
    ],
)
def test_particles_before_a_surname_make_no_full_name(name, surname):
    assert is_surname(name) is surname


def choose(text, *people):
    """The people that each "Cox" of a text, without a first name before it, means."""
    known = Bearers([(name, [start for start, _ in find(text, name)]) for name in people], text)
    alone = re.finditer(r"(?:(?:Mr|Ms) )?(?<!Ann )(?<!Tom )Cox\b", text)
    chosen = [known.choose(match.group(), match.start()) for match in alone]
    return [None if number is None else people[number] for number in chosen]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tom Cox died. Cox painted. Ann Cox spoke. Cox was old.", ["Tom Cox", "Tom Cox"]),
        ("Tom Cox died, his wife Ann Cox said. Cox was old.", ["Tom Cox"]),
        ("Her son Tom Cox spoke. She had married Ann Cox. Cox was old.", ["Ann Cox"]),
        ("Tom Cox met Ann Cox. Cox was old.", [None]),
        ("Tom Cox met Ann Cox. Tom Cox left. Cox was old.", ["Tom Cox"]),
        ("Tom Cox met Ann Cox. Ms Cox was old. Cox was not.", ["Ann Cox", None]),
    ],
    ids=["called so before", "wife", "son named first", "unclear", "named more often", "title"],
)
def test_a_surname_alone_means_who_is_called_so(text, meant):
    assert choose(text, "Tom Cox", "Ann Cox") == meant


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the great white shark population", True),
        ("three wolves from the park", True),
        ("a predator called the sevengill", True),
        ("Roe's butterflies", True),
        ("the second vessel", True),
        ("the civilian population", False),
        ("a dog owner", False),
        ("the owner of two dogs", False),
        ("the victims", False),
        ("", False),
    ],
    ids=[
        "population",
        "wolves",
        "predator",
        "plural",
        "vessel",
        "civilians",
        "owner",
        "owner-of",
        "victims",
        "nothing",
    ],
)
def test_animals_and_vehicles_without_a_name_are_no_people(name, expected):
    assert is_no_person(name) is expected


NLP = spacy.blank("en")
NOUNS = frozenset(("coach", "team"))


def read_people(text, *names):
    """The entities of the names, each (surface, kind), after one of a people is given to whom it means."""
    doc = NLP(text)
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
        token.pos_ = "NOUN" if token.text in NOUNS else "X"
    entities = []
    for surface, kind in names:
        start = text.index(surface)
        mention = Mention(Passage(start, start + len(surface), surface))
        entities.append(Entity(f"e{len(entities) + 1}", kind, surface, (mention,)))
    return {e.name: (e.kind, [m.passage.text for m in e.mentions]) for e in give_compatriots(doc, entities)}


ANN, BO = ("Ann Roe", "person"), ("Bo Lee", "person")


@pytest.mark.parametrize(
    ("text", "names", "who"),
    [
        ("Spain's Ann Roe beat Bo Lee . The Spaniard wept .", (ANN, BO, ("Spaniard", "person")), "Ann Roe"),
        ("Bo Lee met Ann Roe , a Spanish singer . The Spaniard wept .", (BO, ANN, ("Spaniard", "group")), "Ann Roe"),
        ("Spain's Ann Roe beat Bo Lee . The 37-year-old Serb wept .", (ANN, BO, ("Serb", "group")), "Bo Lee"),
        ("Ann Roe beat Bo Lee . The Serb wept .", (ANN, BO, ("Serb", "group")), None),
        ("Ann Roe spoke . The Swede left .", (ANN, ("Swede", "person")), "Ann Roe"),
        ("Ann Roe spoke . It rained . It snowed . The Swede left .", (ANN, ("Swede", "person")), None),
        ("France's Ann Roe spoke . The Swede left .", (ANN, ("Swede", "person")), None),
        ("Ann Roe spoke . The Frenchman left .", (ANN, ("Frenchman", "group")), None),
        ("Ann Roe met Bo Lee , the Serb .", (ANN, BO, ("Serb", "group")), "Bo Lee"),
        ("Ann Roe spoke . The German team left .", (ANN, ("German", "group")), None),
        ('Ann Roe spoke . The German "team" left .', (ANN, ("German", "group")), None),
        ("Ann Roe spoke . The British left .", (ANN, ("British", "group")), None),
        ("Ann Roe spoke . A German left .", (ANN, ("German", "group")), None),
        ("Ann Roe spoke . The Democrat left .", (ANN, ("Democrat", "organisation")), "Ann Roe"),
    ],
    ids=["possessive", "apposition", "the other one", "either", "the only one", "too long ago", "from elsewhere",
         "no man", "named beside it", "adjective", "before a quotation", "a people", "some other", "partisan"],
)  # fmt: skip
def test_one_of_a_people_is_the_person_of_that_country_spoken_of_before(text, names, who):
    people = read_people(text, *names)
    called = [name for name, (_, mentions) in people.items() if len(mentions) > 1]
    assert called == ([who] if who else [])
    assert [name for name, (kind, _) in people.items() if kind == "person"] == [
        n for n in people if n in ("Ann Roe", "Bo Lee")
    ]
