"""Paragraphs, repeated headlines and template leftovers."""

import pytest

from kg.read.layout import find_blocks, find_dateline_end


def kept(text):
    return [text[b.start : b.end] for b in find_blocks(text) if not b.skipped]


def test_repeated_headline_is_read_once():
    text = "Storm hits the coast\n\nStorm hits the coast\n\nA storm hit."
    assert kept(text) == ["Storm hits the coast", "A storm hit."]


@pytest.mark.parametrize(
    "line",
    ["Related news", "[an error occurred while processing the directive]", "Advertisement", "Share this on Facebook",
     "Read more:", "Photo: Jo Roe", "© 2024 The Daily", "* * *", "Sign up for our newsletter"],
)  # fmt: skip
def test_leftovers_are_skipped(line):
    assert kept(f"Rain fell.\n\n{line}\n\nIt stopped.") == ["Rain fell.", "It stopped."]


@pytest.mark.parametrize(
    "line", ["Share prices fell in London.", "Home Office staff met.", "Video shows the crash.", "Yes."]
)
def test_news_that_looks_like_a_leftover_is_read(line):
    assert line in kept(f"Rain fell.\n\n{line}")


def test_wrapped_lines_make_one_paragraph():
    lines = [
        "The minister said on Monday that the new bridge over the river",
        "would be opened before the end of this year and that traffic in",
    ]
    text = "\n".join([*lines, *lines, "the town would fall."])
    assert len(find_blocks(text)) == 1


def test_every_line_is_a_paragraph_where_lines_are_long():
    assert len(find_blocks("First sentence here.\nSecond sentence here.\nThird.")) == 3


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_white_space_has_no_paragraph(text):
    assert find_blocks(text) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [("ACCRA - Roe won .", 2), ("Accra ( AFP ) – Roe won .", 5), ("ACCRA , Ghana , May 3 ( AP ) -- The vote", 10),
     ("GOMA / KIGALI — “ We won ”", 4), ("Roe won - by far", -1), ("Roe - Hall won", -1), ("ACCRA - a town", -1),
     ("ACCRA -", -1), ("ACCRA won the cup - Roe scored", -1)],
    ids=["a place", "an agency", "place, day, agency", "two places", "a sentence", "two names", "an aside",
         "nothing else", "a headline"],
)  # fmt: skip
def test_a_sentence_begins_after_a_dateline(text, after):
    assert find_dateline_end(text.split(), 0) == after
