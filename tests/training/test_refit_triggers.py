"""The head for triggers, fitted again on frozen vectors."""

import numpy as np
import pytest

from kg.read.candidates import Tagged
from kg.read.labels import UPOS
from kg.read.pairs import TRIGGERS
from training.corpora import Document
from training.happenings import Eventful, Happening, Stretch

torch = pytest.importorskip("torch", reason="only the training extra has it")
from training.refit_triggers import Recipe, allow_types, choose_documents, fit_triggers, list_lemmas  # noqa: E402

WORDS = "Troops attacked the old town and left".split()
TAGS = "NOUN VERB DET ADJ NOUN CCONJ VERB".split()
TEXT = Tagged(WORDS, [UPOS.index(tag) for tag in TAGS], [True] + [False] * 6, [1, 1, 4, 4, 1, 6, 1], ["dep"] * 7)
ATTACK = Happening((1, 2), frozenset(("ASSAULT",)))


def make(*happenings, corpus="made"):
    stretch = Stretch(0, 7, frozenset(("ASSAULT", "DIE")))
    return Eventful(Document("d", corpus, WORDS), [True] + [False] * 6, list(happenings), [stretch])


def test_a_word_whose_lemma_is_no_trigger_anywhere_is_none():
    allowed, _ = allow_types(make(ATTACK), TEXT, frozenset(("attack", "leave")))
    assert np.flatnonzero(allowed[4]).tolist() == [0]
    assert np.flatnonzero(allowed[1]).tolist() == [TRIGGERS.index("ASSAULT")]


def test_a_word_that_is_a_trigger_elsewhere_stays_open():
    allowed, _ = allow_types(make(ATTACK), TEXT, frozenset(("attack", "leave")))
    assert allowed[6, [0, TRIGGERS.index("TRAVEL")]].all()
    assert not allowed[6, TRIGGERS.index("ASSAULT")]


def test_the_lemmas_of_triggers_are_gathered_from_all_documents():
    other = make(Happening((6, 7), frozenset()))
    assert list_lemmas([(make(ATTACK), TEXT), (other, TEXT)]) == {"attack", "leave"}


def test_of_some_corpora_a_part_is_read_and_of_ewt_nothing():
    given = [(make(ATTACK, corpus=name), TEXT) for name in ("ewt", "worldwide", "worldwide", "made")]
    assert [each.document.corpus for each, _ in choose_documents(given)] == ["worldwide", "made"]


def test_the_head_learns_what_each_vector_is():
    vectors = torch.cat([torch.ones(40, 8), -torch.ones(40, 8)])
    allowed = torch.zeros(80, 3, dtype=torch.bool)
    allowed[:40, 0] = True
    allowed[40:, 1:] = True
    head = fit_triggers(vectors, allowed, torch.nn.Linear(8, 3), Recipe(epochs=60, rate=0.05, size=16))
    best = head(torch.stack([torch.ones(8), -torch.ones(8)])).argmax(dim=1).tolist()
    assert best[0] == 0
    assert best[1] in (1, 2)
