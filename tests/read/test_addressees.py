"""To whom something is said, on hand-made trees."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage
from kg.read.addressees import find_addressee
from kg.read.claims import Place, Places

VOCAB = spacy.blank("en").vocab


def make(text, heads, deps, lemmas):
    return Doc(VOCAB, words=text.split(), heads=[int(h) for h in heads.split()], deps=deps.split(),
               lemmas=lemmas.split(), sent_starts=[True] + [False] * (len(text.split()) - 1))  # fmt: skip


def find(doc, cue, content, name, kind="organisation", source=None):
    """The addressee, where the one entity of the text is the token ``name``; None, or its id."""
    token = doc[name]
    mention = Mention(Passage(token.idx, token.idx + len(token), token.text))
    place = Place(mention, Entity("e1", kind, token.text, (mention,)), doc[name : name + 1])
    given = doc[source : source + 1] if source is not None else None
    return find_addressee(doc[cue : cue + 1], given, [doc[content : content + 2]], Places([place]), ())


TOLD = make("Roe told Acme it rained", "1 1 1 4 1", "nsubj ROOT obj nsubj ccomp", "Roe tell Acme it rain")
SAID_TO = make("Roe said to Acme it rained", "1 1 3 1 5 1", "nsubj ROOT case obl nsubj ccomp",
               "Roe say to Acme it rain")  # fmt: skip
SAID_IN = make("Roe said in Nowhere it rained", "1 1 3 1 5 1", "nsubj ROOT case obl nsubj ccomp",
               "Roe say in Nowhere it rain")  # fmt: skip
ASKED = make("Acme was asked whether it rained", "2 2 2 5 5 2", "nsubj:pass aux:pass ROOT mark nsubj ccomp",
             "Acme be ask whether it rain")  # fmt: skip
SEEN = make("Acme was thought that it rained", "2 2 2 5 5 2", "nsubj:pass aux:pass ROOT mark nsubj ccomp",
            "Acme be think that it rain")  # fmt: skip
SPEAKING = make("Speaking to Acme , Roe said it rained", "5 2 0 5 5 5 7 5",
                "advcl case obl punct nsubj ROOT nsubj ccomp", "speak to Acme , Roe say it rain")  # fmt: skip
REMARKS = make("In remarks to Acme , Roe said it rained", "1 6 3 1 6 6 6 8 6",
               "case obl case nmod punct nsubj ROOT nsubj ccomp", "in remark to Acme , Roe say it rain")  # fmt: skip
RETURNING = make("Returning to Acme , Roe said it rained", "5 2 0 5 5 5 7 5",
                 "advcl case obl punct nsubj ROOT nsubj ccomp", "return to Acme , Roe say it rain")  # fmt: skip


@pytest.mark.parametrize(
    ("doc", "cue", "content", "name"),
    [(TOLD, 1, 3, 2), (SAID_TO, 1, 4, 3), (ASKED, 2, 3, 0), (SPEAKING, 5, 6, 2), (REMARKS, 6, 7, 3)],
    ids=["object", "to", "subject of a passive", "speaking to", "in remarks to"],
)
def test_who_is_told(doc, cue, content, name):
    assert find(doc, cue, content, name) == "e1"


@pytest.mark.parametrize(
    ("doc", "cue", "content", "name"),
    [(SAID_IN, 1, 4, 3), (SEEN, 2, 3, 0), (RETURNING, 5, 6, 2)],
    ids=["a place in which", "of whom it is thought", "where one returns to"],
)
def test_who_is_not_told(doc, cue, content, name):
    assert find(doc, cue, content, name) is None


def test_a_country_hears_only_as_an_object():
    assert find(TOLD, 1, 3, 2, kind="place") == "e1"
    assert find(SAID_TO, 1, 4, 3, kind="place") is None


def test_the_source_hears_nothing():
    assert find(TOLD, 1, 3, 2, source=2) is None


def test_what_the_content_holds_hears_nothing():
    assert find(TOLD, 1, 2, 2) is None
