"""Institutions that are named by their country alone."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.read.institutions import find_institutions

NOUNS = {"parliament", "military", "officials", "government", "air", "force", "ministry", "foreign", "party"}


def made(words, label, ent):
    doc = Doc(spacy.blank("en").vocab, words=words, pos=["NOUN" if w in NOUNS else "X" for w in words])
    doc.set_ents([Span(doc, *ent, label=label)])
    return doc


@pytest.mark.parametrize(
    ("words", "label", "ent", "found"),
    [
        (["the", "Kenyan", "parliament", "voted"], "group", (1, 2), ["Kenyan parliament"]),
        (["the", "Kenyan", "air", "force", "flew"], "group", (1, 2), ["Kenyan air force"]),
        (["Kenya", "'s", "foreign", "ministry", "said"], "place", (0, 1), ["Kenya 's foreign ministry"]),
        (["US", "military", "officials", "said"], "place", (0, 1), []),
        (["Kenyan", "Parliament", "voted"], "group", (0, 1), []),
        (["Roe", "government"], "person", (0, 1), []),
        (["Kenyan", "party", "members"], "group", (0, 1), []),
        (["Kenyan"], "group", (0, 1), []),
    ],
    ids=[
        "one noun",
        "two nouns",
        "possessive",
        "a longer noun",
        "a name of its own",
        "a person",
        "not of a state",
        "at the end",
    ],
)
def test_nationality_and_institution_make_one_thing(words, label, ent, found):
    assert [span.text for span in find_institutions(made(words, label, ent))] == found
