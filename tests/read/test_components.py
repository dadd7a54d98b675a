"""How the encoder's component feeds the model."""

from concurrent.futures import Future

import pytest
import spacy

import kg.read.components
from kg.read.components import ANSWERS, EncoderComponent
from kg.read.network import Pending

TEXTS = ["Rain fell.", "Schools closed again today.", "Jo Roe won.", "Nobody came."]


class FakeNetwork:
    """Notes what it is asked to read, and has read nothing until it is waited for."""

    def __init__(self):
        self.begun, self.windows = [], []

    def begin(self, words, bias):
        assert len(words) == len(bias)
        self.begun.append(" ".join(words))
        self.windows.append(Future())
        return FakePending(self.begun[-1], [self.windows[-1]])


class FakePending(Pending):
    def wait(self):
        return self.answers


@pytest.fixture
def network():
    return FakeNetwork()


def pipe(network, batch_size):
    nlp = spacy.blank("en")
    return EncoderComponent(network=network).pipe(map(nlp, TEXTS), batch_size=batch_size)


@pytest.mark.parametrize(("batch_size", "begun"), [(1, 1), (2, 2), (9, 4)], ids=["one", "two", "all"])
def test_texts_are_begun_before_the_first_is_asked_for(network, batch_size, begun):
    first = next(pipe(network, batch_size))
    assert first.text == TEXTS[0]
    assert len(network.begun) == begun


def test_documents_come_in_order_each_with_its_answers(network):
    docs = list(pipe(network, 3))
    assert [doc.text for doc in docs] == TEXTS
    assert [doc.user_data[ANSWERS].answers for doc in docs] == network.begun


def test_long_texts_do_not_pile_up(network, monkeypatch):
    monkeypatch.setattr(kg.read.components, "AHEAD", 5)
    next(pipe(network, 9))
    assert network.begun == ["Rain fell .", "Schools closed again today ."]


def test_what_nobody_waits_for_any_more_is_not_read(network):
    docs = pipe(network, 3)
    next(docs)
    docs.close()
    assert [window.cancelled() for window in network.windows] == [False, True, True]
