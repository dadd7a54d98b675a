"""Whether the tree of a sentence says that one thing lies in another."""

import pytest

from kg.read.candidates import Tagged, number_quotations
from kg.read.labels import UPOS
from kg.read.relation_places import lies_within
from kg.read.roles import lay_out


def lay(rows):
    """The layout of a sentence whose words are "word/TAG/head/relation", heads counted from 1 and 0 for the root."""
    words, tags, heads, labels = zip(*(row.split("/") for row in rows.split()), strict=True)
    up = [int(head) - 1 if head != "0" else number for number, head in enumerate(heads)]
    text = Tagged(list(words), [UPOS.index(tag) for tag in tags], [n == 0 for n in range(len(words))], up, list(labels))
    return lay_out(text, [n == 0 for n in range(len(words))], number_quotations(text)), list(words)


TOWN = (
    "Orly/PROPN/4/nsubj is/AUX/4/cop a/DET/4/det town/NOUN/0/root located/VERB/4/acl in/ADP/7/case Lakes/PROPN/5/obl "
    ",/PUNCT/9/punct Norland/PROPN/7/appos"
)
STATE = (
    "Orly/PROPN/2/nsubj lies/VERB/0/root in/ADP/4/case part/NOUN/2/obl of/ADP/7/case Lakes/PROPN/7/compound "
    "county/NOUN/4/nmod"
)
NEAR = "Orly/PROPN/4/nsubj is/AUX/4/cop a/DET/4/det town/NOUN/0/root near/ADP/6/case Lakes/PROPN/4/nmod"
VISIT = "Ada/PROPN/2/nsubj left/VERB/0/root Orly/PROPN/2/obj for/ADP/5/case Lakes/PROPN/2/obl"
RULER = "Orly/PROPN/2/nsubj sued/VERB/0/root in/ADP/4/case Lakes/PROPN/2/obl"
CHAIN = "at/ADP/2/case Orly/PROPN/0/root in/ADP/4/case Lakes/PROPN/2/nmod of/ADP/6/case Norland/PROPN/4/nmod"


@pytest.mark.parametrize(
    ("sentence", "inner", "outer", "within"),
    [
        (TOWN, "Orly", "Lakes", True),
        (TOWN, "Orly", "Norland", True),
        (TOWN, "Norland", "Orly", False),
        (STATE, "Orly", "Lakes", True),
        (NEAR, "Orly", "Lakes", False),
        (VISIT, "Orly", "Lakes", False),
        (RULER, "Orly", "Lakes", False),
        (CHAIN, "Orly", "Norland", True),
    ],
    ids=["town-in", "town-in-by-comma", "turned", "lies-in-a-county", "near", "left-for", "sued-in", "in-of"],
)
def test_one_thing_lies_in_another_where_only_words_of_place_join_them(sentence, inner, outer, within):
    layout, words = lay(sentence)
    assert lies_within(layout, words.index(inner), words.index(outer)) is within


def test_a_tree_that_turns_in_a_circle_says_nothing():
    layout, _ = lay("Orly/PROPN/2/appos Lakes/PROPN/1/appos Norland/PROPN/2/appos")
    assert not lies_within(layout, 2, 0)
