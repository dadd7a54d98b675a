"""Trees out of any heads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.read.syntax import ROOT, repair_heads, straighten

VOCAB = Vocab()


@st.composite
def texts(draw):
    """Heads that may point anywhere in the text, labels, and the first words of the sentences."""
    size = draw(st.integers(1, 60))
    near = draw(st.booleans())
    heads = draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size))
    if near:  # most heads of a model are close by
        heads = [max(0, min(size - 1, word + head % 9 - 4)) for word, head in enumerate(heads)]
    labels = draw(st.lists(st.sampled_from(["nsubj", "punct", ROOT]), min_size=size, max_size=size))
    starts = sorted({0, *draw(st.sets(st.integers(0, size - 1), max_size=8))})
    return heads, labels, starts


def list_ancestors(heads, word):
    """The words above a word, the root last; fails on a circle."""
    above = []
    while heads[word] != word:
        word = heads[word]
        above.append(word)
        assert len(above) <= len(heads)
    return above


def make_trees(heads, labels, starts):
    heads, labels = list(heads), list(labels)
    roots = repair_heads(heads, labels, starts)
    straighten(heads, labels, roots, starts)
    return heads, labels, roots


@settings(deadline=None)
@given(texts())
def test_each_sentence_becomes_one_tree_of_its_own_words(text):
    heads, labels, roots = make_trees(*text)
    starts = [*text[2], len(heads)]
    for root, start, end in zip(roots, starts, starts[1:], strict=False):
        assert [word for word in range(start, end) if heads[word] == word] == [root]
        assert [word for word in range(start, end) if labels[word] == ROOT] == [root]
        for word in range(start, end):
            assert start <= heads[word] < end
            assert [word, *list_ancestors(heads, word)][-1] == root


@settings(deadline=None)
@given(texts())
def test_trees_are_left_as_they_are(text):
    heads, labels, roots = make_trees(*text)
    assert make_trees(heads, labels, text[2]) == (heads, labels, roots)


@settings(deadline=None)
@given(texts())
def test_spacy_holds_the_trees(text):
    """What spaCy works out of the heads, in a few passes, is what they say."""
    heads, _, _ = make_trees(*text)
    doc = Doc(VOCAB, words=["w"] * len(heads))
    relative = (np.array(heads) - np.arange(len(heads))).astype(np.uint64)
    label = doc.vocab.strings.add("dep")
    doc.from_array(["HEAD", "DEP"], np.stack([relative, np.full(len(heads), label, np.uint64)], axis=1))
    assert [sentence.start for sentence in doc.sents] == text[2]
    below = {word: {word} for word in range(len(heads))}
    for word in range(len(heads)):
        for above in list_ancestors(heads, word):
            below[above].add(word)
    for token in doc:
        assert {t.i for t in token.subtree} == below[token.i]
        assert (token.left_edge.i, token.right_edge.i) == (min(below[token.i]), max(below[token.i]))


@pytest.mark.parametrize(
    ("heads", "labels", "repaired"),
    [
        ([1, 1, 1], ["det", ROOT, "punct"], ([1, 1, 1], ["det", ROOT, "punct"])),
        ([0, 1, 1], [ROOT, ROOT, "punct"], ([0, 0, 1], [ROOT, "parataxis", "punct"])),
        ([1, 2, 1], ["nsubj", "obj", "obl"], ([0, 0, 1], [ROOT, "dep", "obl"])),
        ([1, 1, 2], ["nsubj", ROOT, "punct"], ([1, 1, 1], ["nsubj", ROOT, "punct"])),
        ([1, 1, 1], ["nsubj", "conj", ROOT], ([1, 1, 1], ["nsubj", ROOT, "dep"])),
    ],
    ids=["a tree", "two roots", "a circle", "punctuation by itself", "a root with a head"],
)
def test_repairs_change_what_is_wrong_and_no_more(heads, labels, repaired):
    assert make_trees(heads, labels, [0])[:2] == repaired


def test_a_head_in_another_sentence_is_lost():
    heads, labels = [1, 1, 1, 2], ["nsubj", ROOT, "obl", "punct"]
    assert make_trees(heads, labels, [0, 2]) == ([1, 1, 2, 2], ["nsubj", ROOT, ROOT, "punct"], [1, 2])


def test_arcs_that_cross_are_kept_where_spacy_can_hold_them():
    heads = [2, 2, 2, 1]  # "A hearing starts tomorrow": from "hearing" to a word after the verb
    assert make_trees(heads, ["det", "nsubj", ROOT, "nmod"], [0])[0] == heads


@pytest.mark.parametrize("kind", ["circle", "chain", "random", "crossing"])
def test_one_sentence_as_long_as_a_book_becomes_a_tree(kind):
    """Looking at all words for each one would take hours."""
    size = 200_000
    heads = {
        "circle": lambda: [(word + 1) % size for word in range(size)],
        "chain": lambda: [max(0, word - 1) for word in range(size)],
        "random": lambda: np.random.default_rng(1).integers(0, size, size).tolist(),
        "crossing": lambda: [min(size - 1, word + 2) if word % 2 else max(0, word - 2) for word in range(size)],
    }[kind]()
    heads, _, roots = make_trees(heads, ["dep"] * size, [0])
    assert [word for word in range(size) if heads[word] == word] == roots
