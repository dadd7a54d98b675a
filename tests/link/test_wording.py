"""What touches a name in a text, and the full names of people."""

import pytest

from kg.link.wording import FullNames, is_bare_body, read_expansion, read_wording
from kg.model import Passage


def read(text, name):
    starts = [i for i in range(len(text)) if text.startswith(name, i)]
    return read_wording([Passage(start, start + len(name), name) for start in starts], text)


@pytest.mark.parametrize(
    ("text", "name", "types"),
    [
        pytest.param("Rain fell in Norland province.", "Norland", {"province"}, id="after"),
        pytest.param("the singer Obi.", "Obi", {"singer"}, id="before"),
        pytest.param("in the province of Norland.", "Norland", {"province"}, id="of-a-place"),
        pytest.param("the president of Norland.", "Norland", set(), id="an-office-is-no-type"),
        pytest.param("President Obi.", "President Obi", {"president"}, id="title"),
        pytest.param("talks with Norland, province by province", "Norland", set(), id="comma-and-function-words"),
    ],
)
def test_types_are_the_nouns_beside_a_name(text, name, types):
    assert read(text, name).types == types


@pytest.mark.parametrize(
    ("text", "name", "longer"),
    [
        pytest.param("Fires destroy Orinda rainforest.", "Orinda", {"Orinda rainforest": 1.0}, id="word-after"),
        pytest.param("Orinda rainforest. Orinda.", "Orinda", {"Orinda rainforest": 0.5}, id="half-of-the-mentions"),
        pytest.param("Norland's Art School opened.", "Art School", {"Norland Art School": 1.0}, id="owner"),
        pytest.param("Norland 's Art School opened.", "Art School", {"Norland Art School": 1.0}, id="owner-of-tokens"),
    ],
)
def test_longer_names_are_those_that_the_text_gives(text, name, longer):
    found = {key: share for key, share in read(text, name).longer if key.split()[-1] != "opened"}
    assert found == longer


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        pytest.param("The book was written in Norlandic.", 1.0, id="in"),
        pytest.param("She speaks Norlandic and Sudlandic.", 1.0, id="speaks"),
        pytest.param("It was translated into Sudlandic and Norlandic.", 1.0, id="second-of-two"),
        pytest.param("the river (Norlandic: Elv)", 1.0, id="gloss"),
        pytest.param("A Norlandic minister spoke.", 0.0, id="adjective"),
        pytest.param("He taught in Norlandic schools.", 0.0, id="adjective-behind-in"),
    ],
)
def test_a_language_is_told_by_its_use(text, spoken):
    assert read(text, "Norlandic").spoken == spoken


def test_speaking_is_the_share_of_mentions_that_say_something():
    assert read("Lakeside denied it. A bomb fell on Lakeside.", "Lakeside").speaking == 0.5


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        ("supreme court", True),
        ("ministry of defense", True),
        ("labor party", True),
        ("conservative", False),
        ("kenyan parliament", False),
    ],
)
def test_bare_bodies_do_not_say_their_country(key, bare):
    assert is_bare_body(key) is bare


@pytest.mark.parametrize(
    ("text", "key", "full"),
    [
        pytest.param("Ada Obi came. Obi spoke.", "obi", "Ada Obi", id="last-name"),
        pytest.param("Ada Obi came. Ada spoke.", "ada", "Ada Obi", id="first-name"),
        pytest.param("Kenyan President Ada Obi came.", "obi", "Ada Obi", id="titles-dropped"),
        pytest.param("Ada Obi met Bo Obi.", "obi", "", id="two-people"),
        pytest.param("Ada Obi met Bo Obi. Ada Obi spoke.", "obi", "Ada Obi", id="one-more-often"),
        pytest.param("After Obi came Ray.", "obi", "", id="function-word"),
        pytest.param("Ada el-Obi came.", "el obi", "Ada el-Obi", id="particle"),
        pytest.param("Ada Obi came.", "ada obi", "", id="full-already"),
    ],
)
def test_single_names_of_people_are_completed(text, key, full):
    assert FullNames(text).complete(key) == full


@pytest.mark.parametrize(
    ("text", "regions", "listed", "heads"),
    [
        pytest.param("in Salem, Ohio, on", ("ohio",), ("ohio",), (), id="region"),
        pytest.param("in Salem, N.H., on", ("new hampshire",), (), (), id="short-state"),
        pytest.param("in Lakeside, Salem on", (), ("lakeside",), ("lakeside",), id="head"),
        pytest.param("in Salem, where", (), (), (), id="clause"),
        pytest.param("in Utah, Salem and Iowa", (), ("utah", "iowa"), ("utah",), id="list"),
    ],
)
def test_names_beside_a_place_are_read(text, regions, listed, heads):
    start = text.index("Salem")
    found = read_wording([Passage(start, start + 5, "Salem")], text)
    assert (found.regions, found.listed, found.heads) == (regions, listed, heads)


@pytest.mark.parametrize(
    ("text", "acronym", "expansion"),
    [
        ("the artificial lake (AL) here", "AL", "artificial lake"),
        ("the Board of Coffee and Tea (BCT) said", "BCT", "board of coffee and tea"),
        ("he said (BCT)", "BCT", ""),
        ("the BCT said", "BCT", ""),
    ],
)
def test_acronym_in_brackets_stands_for_the_words_before(text, acronym, expansion):
    start = text.index(acronym)
    assert read_expansion([Passage(start, start + len(acronym), acronym)], text) == expansion
