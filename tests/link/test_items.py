"""Rows of a catalogue made from the facts of a dump: popularity, names and kinds."""

import sqlite3

import pytest

from kg.link.entities import Record
from kg.link.index import COLUMNS
from kg.link.items import Lexicon, make_rows, rate_popularity
from kg.link.kinds import LEFT_OUT, Classes

BARE = Record(7, 1, "", "Ida Marsh", "", "", "5", "", "", "", 0, 0, 0)


@pytest.fixture
def tree():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE subclass (parent INTEGER, child INTEGER)")
    return Classes(connection, left_out=LEFT_OUT)


def make_one(tree, lexicon=None, **facts):
    (row,) = make_rows([BARE._replace(**facts)], tree, lexicon or Lexicon())
    return dict(zip(COLUMNS, row, strict=True))


@pytest.mark.parametrize("scale", ["sitelinks", "statements", "population"])
def test_popularity_grows_with_every_scale(scale):
    values = [rate_popularity(BARE._replace(**{scale: number})) for number in (0, 60, 50_000_000)]
    assert values[0] <= values[1] <= values[2] <= 1
    assert values[0] < values[2]


def test_statements_only_part_what_is_equally_known():
    many_statements = rate_popularity(BARE._replace(statements=1000, sitelinks=5))
    assert rate_popularity(BARE._replace(sitelinks=5)) < many_statements < rate_popularity(BARE._replace(sitelinks=8))


def test_a_row_has_what_the_shipped_catalogue_has(tree):
    row = make_one(tree, aliases="Ida Grace Marsh|ida|she", classes="5|3957", country="900", start="1961")
    assert row["aliases"] == "Ida Grace Marsh"
    assert (row["kind"], row["classes"], row["country"], row["start"]) == ("person", "Q3957", "Q900", "1961")
    assert row["namesakes"].isdecimal()


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        pytest.param({"classes": "3957"}, "place", id="class"),
        pytest.param({"classes": "999", "description": "football club in Norland"}, "organisation", id="description"),
        pytest.param({"classes": "999", "description": "something"}, "", id="unknown"),
        pytest.param({"classes": "41710"}, "group", id="people"),
    ],
)
def test_the_kind_comes_from_class_or_description(tree, facts, kind):
    assert make_one(tree, label="Marshers", **facts)["kind"] == kind


def test_common_words_and_adjectives_of_countries_are_no_aliases(tree):
    lexicon = Lexicon(common=frozenset({"bridge"}), peoples={"norlander": "Q900"})
    row = make_one(tree, lexicon, label="Iron Works", classes="43229", aliases="Bridge|Norlander|Works Inc")
    assert row["aliases"] == "Works Inc"


def test_known_adjectives_are_added_to_their_country(tree):
    lexicon = Lexicon(demonyms={"Q7": ("Norlandish",)})
    assert make_one(tree, lexicon, label="Norland", classes="6256", aliases="~Norlander")["aliases"] == (
        "~Norlander|~Norlandish"
    )


def test_what_has_no_proper_name_is_taken_only_when_asked(tree):
    running = BARE._replace(label="running", classes="")
    assert list(make_rows([running], tree, Lexicon())) == []
    assert len(list(make_rows([running], tree, Lexicon(), all_names=True))) == 1


def test_the_shipped_catalogue_gives_its_words(source, write_catalogue):
    rows = [
        ("Q1", "Kenya", "~Kenyan", "place", "Q6256", "a country", "", "", "", "80", ""),
        *((f"Q{n}", "Ada Obi", "", "person", "", f"the {n}th big bridge", "", "", "", "30", "1") for n in range(2, 30)),
    ]
    lexicon = Lexicon.load(write_catalogue(source, rows))
    assert (lexicon.peoples["kenyan"], lexicon.demonyms["Q1"], lexicon.names["ada "]) == ("Q1", ("Kenyan",), 28)
    assert "bridge" in lexicon.common
