"""Those whom a text speaks of and never names."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage
from kg.read.candidates import Tagged, number_quotations
from kg.read.components import ENTITIES, Read
from kg.read.labels import UPOS
from kg.read.roles import lay_out
from kg.read.strangers import find_strangers

VOCAB = spacy.blank("en").vocab


def find(text, *named):
    """The kinds and mentions of the strangers of a text in which the words ``named`` (word, kind) are entities."""
    doc = Doc(VOCAB, words=text.split())
    starts = [token.i == 0 for token in doc]
    tagged = Tagged([t.text for t in doc], [UPOS.index("NOUN")] * len(doc), starts, [0] * len(doc), ["dep"] * len(doc))
    at = {token.text: token for token in doc}
    doc.user_data[ENTITIES] = tuple(
        Entity(f"e{n}", kind, word, (Mention(Passage(at[word].idx, at[word].idx + len(word), word)),))
        for n, (word, kind) in enumerate(named, 1)
    )
    layout = lay_out(tagged, starts, number_quotations(tagged))
    found = find_strangers(doc, layout, Read(list(range(len(doc))), starts, np.zeros(0), None))
    return [(each.id, each.kind, [m.passage.text for m in each.mentions]) for each in found]


def test_he_who_was_never_named_is_one_person():
    assert find("He left Leeds when he was ten", ("Leeds", "place")) == [("e2", "person", ["He", "he"])]


def test_he_may_be_anybody_named_before():
    assert find("Ann left . He stayed", ("Ann", "person")) == []


def test_he_before_the_first_name_is_a_stranger():
    assert find("He married Ann", ("Ann", "person")) == [("e2", "person", ["He"])]


@pytest.mark.parametrize(("text", "kind"), [("I met Ann", "person"), ("We met Ann", "organisation")])
def test_who_writes_needs_no_name(text, kind):
    assert [found[1] for found in find(f"Ann left . {text}", ("Ann", "person"))] == [kind]


def test_i_inside_a_quotation_is_its_speaker():
    assert find('" I met Ann " , he said', ("Ann", "person")) == []


def test_it_is_what_no_thing_before_can_be():
    assert find("It was founded in Leeds", ("Leeds", "place")) == [("e2", "organisation", ["It"])]
    assert find("Acme grew . It moved", ("Acme", "organisation")) == []


def test_a_pronoun_that_is_a_mention_is_no_stranger():
    assert find("She left", ("She", "person")) == []
