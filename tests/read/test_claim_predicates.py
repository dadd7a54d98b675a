"""What contents say in the main, on hand-made trees."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.read.claim_predicates import find_predicate

VOCAB = spacy.blank("en").vocab
CASES = {
    "verb": ("it closed", "1 1", "nsubj ROOT", "PRON VERB", "it close", "close"),
    "adjective": ("roads are safe", "2 2 2", "nsubj cop ROOT", "NOUN AUX ADJ", "road be safe", "safe"),
    "plan": (
        "it had no plans to leave",
        "1 1 3 1 5 3",
        "nsubj ROOT det obj mark acl",
        "PRON VERB DET NOUN PART VERB",
        "it have no plan to leave",
        "leave",
    ),
    "light verb": (
        "they made a mistake",
        "1 1 3 1",
        "nsubj ROOT det obj",
        "PRON VERB DET NOUN",
        "they make a mistake",
        "mistake",
    ),
    "light verb alone": ("it was", "1 1", "nsubj ROOT", "PRON VERB", "it be", None),
    "noun": ("the closure", "1 1", "det ROOT", "DET NOUN", "the closure", "closure"),
    "pronoun": ("it", "0", "ROOT", "PRON", "it", None),
    "name": ("Acme", "0", "ROOT", "PROPN", "Acme", None),
}


@pytest.mark.parametrize(("text", "heads", "deps", "tags", "lemmas", "predicate"), CASES.values(), ids=CASES)
def test_what_is_said_in_the_main(text, heads, deps, tags, lemmas, predicate):
    doc = Doc(VOCAB, words=text.split(), heads=[int(h) for h in heads.split()], deps=deps.split(), pos=tags.split(),
              lemmas=lemmas.split())  # fmt: skip
    assert find_predicate([doc[:]]) == predicate


def test_no_content_says_nothing():
    assert find_predicate([]) is None
