"""Shows documents to a model: the sentences, parts of speech and dependencies that it sees in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from kg.read.candidates import Tagged
from kg.read.components import bias_sentences
from kg.read.network import Answers, Network
from training.corpora import Document

BATCH = 32  # documents shown at once


class Paragraphed(Protocol):
    """A document that says of each word whether it begins a paragraph."""

    @property
    def document(self) -> Document: ...

    @property
    def paragraphs(self) -> Sequence[bool]: ...


Given = TypeVar("Given", bound=Paragraphed)


def ask_model(given: Iterable[Given], network: Network, *, batch: int = BATCH) -> Iterator[tuple[Given, Answers]]:
    """Each document with the answers of the model for its words."""
    waiting = iter(given)
    while some := list(islice(waiting, batch)):
        texts = [each.document.words for each in some]
        bias = [bias_sentences(each.document.words, each.paragraphs) for each in some]
        yield from zip(some, network.answer(texts, bias), strict=True)


def see_syntax(given: Iterable[Given], network: Network) -> Iterator[tuple[Given, Tagged]]:
    """Each document with the sentences, parts of speech and dependencies that the model sees in it."""
    for each, answers in ask_model(given, network):
        yield each, tag_words(each.document.words, network, answers)


def tag_words(words: Sequence[str], network: Network, answers: Answers) -> Tagged:
    """Words with the sentences, parts of speech and dependencies of a model's answers."""
    starts = [number == 0 or odds > 0 for number, odds in enumerate(answers.sentences.tolist())]
    labels = [network.dependencies[label] for label in answers.labels.tolist()]
    return Tagged(words, answers.upos.tolist(), starts, answers.heads.tolist(), labels)
