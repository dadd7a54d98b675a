"""Who speaks in a relative clause, on hand-made trees."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage
from kg.read.claims import Place, Places
from kg.read.speakers import find_speakers

VOCAB = spacy.blank("en").vocab


def find(text, heads, deps, name, who, kind="person", form="name"):
    """The speakers behind the token ``who``, where the one entity of the text is the token ``name``."""
    doc = Doc(VOCAB, words=text.split(), heads=[int(h) for h in heads.split()], deps=deps.split())
    token = doc[name]
    mention = Mention(Passage(token.idx, token.idx + len(token), token.text), form)
    place = Place(mention, Entity("e1", kind, token.text, (mention,)), doc[name : name + 1])
    return find_speakers(doc[who : who + 1], Places([place]))


HOME = ("the home of Roe , who said so", "1 1 3 1 6 6 1 6", "det ROOT case nmod punct nsubj acl:relcl obj")
PARTS = ("Roe came , and who said so", "1 1 5 5 5 1 5", "nsubj ROOT punct cc nsubj conj obj")


def test_who_is_the_person_named_right_before_it():
    assert find(*HOME, 3, 5) == ("e1",)


@pytest.mark.parametrize("given", [{"kind": "place"}, {"form": "nominal"}], ids=["a place", "no name"])
def test_who_is_nothing_else_right_before_it(given):
    assert find(*HOME, 3, 5, **given) == ()


def test_who_is_nobody_named_farther_away():
    assert find(*PARTS, 0, 4) == ()
