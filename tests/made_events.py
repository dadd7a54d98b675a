"""Makes parsed texts with triggers and roles by hand, as the model would answer for them."""

from types import SimpleNamespace

import numpy as np
import spacy
from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage, Time
from kg.read.components import ANSWERS, ENTITIES, Read
from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma
from kg.read.network import Answers
from kg.read.pairs import ARGUMENTS, TRIGGERS

VOCAB = spacy.blank("en").vocab
SURE = 9.0  # a score that makes a label all but certain


class Arguments:
    """A head for roles that knows the answers: ``roles`` by trigger and phrase, both as word numbers."""

    columns = 0

    def __init__(self, roles):
        self.roles = roles

    def score(self, inner, left, right, pairs):
        scores = np.zeros((len(pairs), len(ARGUMENTS)), np.float32)
        for row, pair in enumerate(
            zip(left.heads[pairs.left].tolist(), right.heads[pairs.right].tolist(), strict=True)
        ):
            scores[row, ARGUMENTS.index(self.roles.get(pair, "none"))] = SURE
        return scores


def make_text(text, tree, tags, *, starts=(0,)):
    """A ``Doc`` of words with their heads and labels, as in "1:det 2:nsubj 2:ROOT"; ``starts`` begin sentences."""
    words = text.split()
    heads, deps = zip(*(pair.split(":", 1) for pair in tree.split()), strict=True)
    tags = tags.split()
    lemmas = [find_lemma(word, tag) for word, tag in zip(words, tags, strict=True)]
    doc = Doc(VOCAB, words=words, heads=[int(h) for h in heads], deps=list(deps), pos=tags, lemmas=lemmas)
    assert [sentence.start for sentence in doc.sents] == list(starts)
    return doc


def add_answers(doc, triggers=None, roles=None, entities=()):
    """The ``doc`` as read: ``triggers`` are types by word, ``roles`` by trigger and head word; ``entities`` are a kind
    with spans of words each ((start, end) of names, (start, end, form) of others)."""
    size = len(doc)
    scores = np.zeros((size, len(TRIGGERS)), np.float16)
    scores[:, 0] = SURE
    for word, type_ in (triggers or {}).items():
        scores[word, 0], scores[word, TRIGGERS.index(type_)] = 0, SURE
    blank = np.zeros((size, 4), np.float16)
    answers = Answers(
        sentences=np.zeros(size, np.float32),
        upos=np.array([UPOS.index(token.pos_) for token in doc], np.int64),
        heads=np.array([token.head.i for token in doc], np.int64),
        labels=np.zeros(size, np.int64),
        names=blank, misc=blank, inner=blank, cues=blank, roles=blank,
        pairs=np.eye(size, 8, dtype=np.float16),
        triggers=scores,
    )  # fmt: skip
    network = SimpleNamespace(arguments=Arguments(roles or {}))
    doc.user_data[ANSWERS] = Read(list(range(size)), [word == 0 for word in range(size)], answers, network)
    doc.user_data[ENTITIES] = tuple(_make_entity(doc, number, *given) for number, given in enumerate(entities, 1))
    return doc


def _make_entity(doc, number, kind, *spans):
    mentions = tuple(Mention(passage(doc, *span[:2]), span[2] if len(span) > 2 else "name") for span in spans)
    return Entity(f"e{number}", kind, mentions[0].passage.text, mentions)


def passage(doc, start, end):
    span = doc[start:end]
    return Passage(span.start_char, span.end_char, span.text)


def time(doc, start, end, value):
    return Time(passage(doc, start, end), value)
