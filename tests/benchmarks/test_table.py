"""The table of results, in the terminal and in the README."""

import pytest

from benchmarks.floors import Floors, GoldSet, Measure
from benchmarks.readme import find_numbers, format_markdown, list_outputs, replace_numbers, replace_outputs
from benchmarks.table import format_text, list_rows

FLOORS = Floors(
    {"dev": GoldSet("Dev", "dev.tsv", "aa")},
    {
        "f1": Measure("names", "Names: F1", gold="dev", floor=0.8, aim=0.9),
        "start": Measure("speed", "Start", unit="s", limit=2.0),
        "words": Measure("speed", "Reading", unit="words/s"),
    },
    {},
)
NAMES = {"names": {"date": "2026-01-02", "measures": {"f1": 0.8123}}}
SPEED = {"speed": {"date": "2026-01-03", "machine": "Abacus, 2 cores", "measures": {"start": 2.5, "words": 12345.6}}}
README = "# T\n<!-- numbers -->\nold\n<!-- /numbers -->\n\n<!-- output: kg queries -->\n<!-- /output -->\nend\n"


def test_rows_say_what_must_be_what_was_reached_and_what_was_missed():
    assert list_rows(FLOORS, NAMES | SPEED) == [
        ("Names: F1", "Dev", "≥ 0.800", "0.900", "0.812"),
        ("Start", "–", "≤ 2.00 s", "–", "2.50 s (missed)"),
        ("Reading", "–", "–", "–", "12,346 words/s"),
    ]


def test_what_was_not_measured_is_said_so():
    assert [row[-1] for row in list_rows(FLOORS, {})] == ["not measured"] * 3
    assert len(list_rows(FLOORS, NAMES, parts=["names"])) == 1


def test_text_table_is_aligned():
    lines = format_text(list_rows(FLOORS, NAMES)).splitlines()
    assert {line.index(word) for line, word in zip(lines[:2], ("Must", "≥ 0.800"), strict=True)} == {16}


@pytest.mark.parametrize(
    ("results", "end"),
    [
        ({}, "| not measured |"),
        (NAMES, "Measured 2026-01-02."),
        (NAMES | SPEED, "Measured 2026-01-02 to 2026-01-03, times on Abacus, 2 cores."),
    ],
    ids=["nothing", "names", "names and speed"],
)
def test_markdown_table_says_when_and_on_what_it_was_measured(results, end):
    assert format_markdown(FLOORS, results).endswith(end)


def test_numbers_are_replaced_between_their_markers_only():
    table = format_markdown(FLOORS, NAMES)
    changed = replace_numbers(README, table)
    assert find_numbers(changed) == table
    assert changed.replace(table, "old") == README


def test_readme_without_markers_is_refused():
    with pytest.raises(ValueError, match="put both markers back"):
        replace_numbers("# T\n<!-- numbers -->\n", "table")


def test_outputs_are_replaced_below_their_commands():
    changed = replace_outputs(README, lambda command: f"ran {command}\n\n")
    assert list_outputs(changed) == [("kg queries", "ran kg queries\n")]
    assert replace_outputs(changed, lambda command: "again").count("```") == 2
