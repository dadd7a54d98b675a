"""Lemmas, by form and part of speech."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.read.lemmas import find_lemma, set_lemmas


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("ministers", "NOUN", "minister"), ("women", "NOUN", "woman"), ("crises", "NOUN", "crisis"),
        ("process", "NOUN", "process"), ("series", "NOUN", "series"), ("1990s", "NOUN", "1990s"),
        ("said", "VERB", "say"), ("SAID", "VERB", "say"), ("fled", "VERB", "flee"), ("freed", "VERB", "free"),
        ("needed", "VERB", "need"), ("seizing", "VERB", "seize"), ("is", "VERB", "be"),
        ("left", "VERB", "leave"), ("left", "ADJ", "left"), ("left", "NOUN", "left"),
        ("were", "AUX", "be"), ("’s", "AUX", "be"), ("wo", "AUX", "will"), ("could", "AUX", "could"),
        ("n't", "PART", "not"), ("them", "PRON", "they"), ("These", "DET", "this"), ("an", "DET", "a"),
        ("biggest", "ADJ", "big"), ("other", "ADJ", "other"), ("worse", "ADJ", "bad"), ("quickly", "ADV", "quickly"),
        ("Times", "PROPN", "Times"), ("5,000", "NUM", "5,000"), (",", "PUNCT", ","), ("The", "DET", "the"),
        ("\n", "SPACE", "\n"), ("Word", "", "Word"), ("s", "VERB", "s"), ("ed", "VERB", "ed"),
    ],
)  # fmt: skip
def test_lemmas(word, tag, lemma):
    assert find_lemma(word, tag) == lemma


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("crowdfunded", "VERB", "crowdfund"), ("geotagging", "VERB", "geotag"), ("zoombombs", "VERB", "zoombomb"),
        ("cryptocurrencies", "NOUN", "cryptocurrency"), ("podcasters", "NOUN", "podcaster"),
    ],
)  # fmt: skip
def test_words_that_no_dictionary_has_follow_their_ending(word, tag, lemma):
    assert find_lemma(word, tag) == lemma


@pytest.mark.parametrize("tag", ["NOUN", "VERB", "ADJ", "ADV", "PROPN", "X"])
@pytest.mark.parametrize("word", ["s", "es", "ing", "ies", "ed", "ß", "İ", "😀", "a" * 5000, "'s", "-", "\u202es"])
def test_no_lemma_is_empty(word, tag):
    assert find_lemma(word, tag)


def test_lemmas_are_written_into_any_tagged_doc():
    doc = Doc(spacy.blank("en").vocab, words=["She", "left", "left", "wings"], pos=["PRON", "VERB", "ADJ", "NOUN"])
    assert [t.lemma_ for t in set_lemmas(doc)] == ["she", "leave", "left", "wing"]
    assert [t.pos_ for t in doc] == ["PRON", "VERB", "ADJ", "NOUN"]


def test_an_empty_doc_has_no_lemmas():
    assert len(set_lemmas(Doc(spacy.blank("en").vocab))) == 0
