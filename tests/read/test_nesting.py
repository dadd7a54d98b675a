"""Which mentions are parts of others."""

import numpy as np
import pytest

from kg.read.antecedents import NONE
from kg.read.candidates import Tagged, choose_words, make_candidates
from kg.read.labels import UPOS
from kg.read.nesting import INSIDE, find_inner_names, find_nested, keep_in_sentences, lead_to_names

TAGS = {"a": "DET", "of": "ADP", "who": "PRON", "his": "PRON", "own": "ADJ", "left": "VERB", "it": "PRON", ".": "PUNCT"}


def make_text(words, heads, labels):
    tags = [UPOS.index(TAGS.get(word) or ("PROPN" if word[0].isupper() else "NOUN")) for word in words]
    starts = [word == 0 or words[word - 1] == "." for word in range(len(words))]
    return Tagged(words, tags, starts, heads, labels)


PHRASES = {
    "his friend": ([1, 1], "nmod:poss root", True),
    "head of his town": ([0, 3, 3, 0], "root case nmod:poss nmod", False),
    "man who left his town": ([0, 2, 0, 4, 2], "root nsubj acl:relcl nmod:poss obj", False),
}


@pytest.mark.parametrize(("phrase", "tree"), PHRASES.items(), ids=PHRASES)
def test_a_possessor_that_hangs_from_a_noun_is_another(phrase, tree):
    heads, labels, apart = tree
    text = make_text(phrase.split(), heads, labels.split())
    found = make_candidates(text, choose_words(text))
    words = found.words.tolist()
    his = words.index(phrase.split().index("his"))
    outer = next(row for row, word in enumerate(words) if heads[word] == word)
    size = np.full(len(words), len(phrase.split()))
    starts, ends = (
        np.where(np.arange(len(words)) == outer, 0, found.words),
        np.where(np.arange(len(words)) == outer, size, found.words + 1),
    )
    nested = find_nested(text, found, starts, ends)
    assert (min(his, outer) in nested[max(his, outer)]) is apart


def test_a_part_of_a_flat_name_stands_for_its_head():
    text = make_text(["Ann", "Roe", "left", "Bonn"], [2, 0, 2, 2], ["nsubj", "flat", "root", "obj"])
    found = make_candidates(text, choose_words(text))
    rows = np.array([[NONE, NONE], [0, NONE], [1, 0]])
    led = lead_to_names(rows, found, np.array([0, INSIDE, 1]), text)
    assert led.tolist() == [[NONE, NONE], [0, NONE], [0, 0]]


def test_nothing_is_led_to_a_head_that_comes_later():
    text = make_text(["Ann", "Roe", "left", "Bonn"], [1, 2, 2, 2], ["flat", "nsubj", "root", "obj"])
    found = make_candidates(text, choose_words(text))
    rows = np.array([[NONE], [0], [0]])
    assert lead_to_names(rows, found, np.array([INSIDE, 0, 1]), text).tolist() == rows.tolist()


def test_mentions_end_with_their_sentence():
    text = make_text(["Ann", "left", ".", "it", "left", "."], [1, 1, 1, 4, 4, 4], ["nsubj", "root", "punct"] * 2)
    starts, ends = keep_in_sentences(text, np.array([0, 3]), np.array([0, 1]), np.array([5, 6]))
    assert (starts.tolist(), ends.tolist()) == ([0, 3], [3, 6])


@pytest.mark.parametrize(
    ("words", "names", "found"),
    [
        ("Leeds left Bank of Leeds", [(0, 1, 0), (2, 5, 1)], [(4, 5, 0)]),
        ("US left America Bank", [(0, 1, 0), (2, 4, 1)], [(2, 3, 0)]),
        ("Leeds left Leeds", [(0, 1, 0), (2, 3, 0)], []),
        ("Ann Roe left Roe", [(0, 2, 0), (3, 4, 0)], []),
        ("Roe left . Roe . Roe Bank", [(0, 1, 0), (3, 4, 1), (5, 7, 2)], []),
    ],
    ids=["a place in a bank's name", "another name of a country", "no longer name", "one's own", "two of that name"],
)
def test_names_inside_others_are_found(words, names, found):
    words = words.split()
    text = make_text(words, list(range(len(words))), ["dep"] * len(words))
    assert find_inner_names(text, names) == found
