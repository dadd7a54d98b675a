"""The kind of an item comes from its nearest known class, and classes are left out with all below them."""

import sqlite3

import pytest

from kg.link.kinds import KINDS, LEFT_OUT, Classes, load_kinds

EDGES = [
    (3957, 1001),  # town
    (1001, 1002),
    (43229, 1002),  # organisation, as near as the town is far
    (43229, 1003),
    (17537576, 1003),  # creative work
    (13442814, 1004),  # scholarly article
    (1004, 1005),
    (13442814, 515),  # city: known, and no article whatever the tree says
    (1006, 1007),
    (1007, 1006),
]


@pytest.fixture
def make_classes():
    def make(**options):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute("CREATE TABLE subclass (parent INTEGER, child INTEGER)")
        connection.executemany("INSERT INTO subclass VALUES (?, ?)", EDGES)
        return Classes(connection, **options)

    return make


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        pytest.param([3957], "place", id="known"),
        pytest.param([1001], "place", id="below"),
        pytest.param([1002], "organisation", id="nearest"),
        pytest.param([1003], "organisation", id="tie"),
        pytest.param([1001, 43229], "organisation", id="nearest-class-of-several"),
        pytest.param([3957, 43229], "place", id="first-of-equals"),
        pytest.param([43229, 5], "person", id="human"),
        pytest.param([1006], "", id="ring"),
        pytest.param([9999], "", id="unknown"),
        pytest.param([], "", id="none"),
    ],
)
def test_the_nearest_known_class_tells_the_kind(make_classes, classes, kind):
    assert make_classes(left_out=LEFT_OUT).tell_kind(classes) == kind


@pytest.mark.parametrize(
    ("classes", "kept"),
    [
        pytest.param([3957], True, id="town"),
        pytest.param([13442814], False, id="article"),
        pytest.param([1005], False, id="below"),
        pytest.param([3957, 1005], False, id="one-of-two"),
        pytest.param([5, 1005], True, id="human"),
        pytest.param([515], True, id="known-though-below"),
        pytest.param([], True, id="no-class"),
    ],
)
def test_what_news_does_not_name_is_left_out(make_classes, classes, kept):
    assert make_classes(left_out=LEFT_OUT).keeps(classes) is kept


@pytest.mark.parametrize(("classes", "kept"), [([3957], True), ([1002], True), ([5], False), ([], False)])
def test_chosen_classes_are_all_that_is_kept(make_classes, classes, kept):
    assert make_classes(chosen=[3957]).keeps(classes) is kept


def test_nothing_is_left_out_unless_asked(make_classes):
    assert make_classes().keeps([13442814]) is True


def test_the_shipped_table_knows_only_our_kinds():
    kinds = load_kinds()
    assert len(kinds) > 900
    assert set(kinds.values()) <= set(KINDS)
    assert (kinds[5], kinds[515], kinds[43229]) == ("person", "place", "organisation")
