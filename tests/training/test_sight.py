"""What a model says of documents, from a network that says the same of each word."""

from types import SimpleNamespace

import numpy as np
import pytest

from kg.read.labels import UPOS
from training.attributions import Attributed
from training.corpora import Document
from training.sight import ask_model, see_syntax


class Parser:
    """Takes each word that follows a full stop for a new sentence, and remembers how many texts it was asked for."""

    dependencies = ("root",)

    def __init__(self):
        self.asked = []

    def answer(self, texts, bias):
        self.asked.append(len(texts))
        for words, odds in zip(texts, bias, strict=True):
            assert len(words) == len(odds)
            zeros = np.zeros(len(words), np.int64)
            starts = np.array([1.0 if before == "." else -1.0 for before in ["", *words[:-1]]])
            yield SimpleNamespace(sentences=starts, upos=zeros + UPOS.index("VERB"), heads=zeros, labels=zeros)


def make_document(number, words):
    return Attributed(
        Document(f"made {number}", "made", words, [1] * len(words)), [n == 0 for n in range(len(words))], []
    )


def test_each_document_comes_with_what_the_model_sees_in_it():
    given = [make_document(1, "He left . She stayed".split()), make_document(2, ["No"])]
    (first, text), (second, other) = see_syntax(given, Parser())
    assert [first, second] == given
    assert list(text.words) == first.document.words
    assert text.sentence_starts == [True, False, False, True, False]
    assert (list(text.upos), text.labels) == ([UPOS.index("VERB")] * 5, ["root"] * 5)
    assert list(other.words) == ["No"]


@pytest.mark.parametrize(("count", "asked"), [(0, []), (2, [2]), (5, [2, 2, 1])], ids=["none", "one batch", "three"])
def test_the_model_is_asked_for_a_batch_at_once(count, asked):
    parser = Parser()
    given = [make_document(number, ["Yes"]) for number in range(count)]
    assert [each for each, _ in ask_model(iter(given), parser, batch=2)] == given
    assert parser.asked == asked
