"""Relative pronouns and what their clauses describe."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage
from kg.read.relatives import attach_relatives, find_antecedent

VOCAB = spacy.blank("en").vocab


def make(text, heads, deps, tags):
    return Doc(VOCAB, words=text.split(), heads=[int(h) for h in heads.split()], deps=deps.split(), pos=tags.split())


def make_founder():
    return make("Ann Lee , who founded Acme , left", "7 0 4 4 0 4 4 7",
                "nsubj flat punct nsubj acl:relcl obj punct ROOT",
                "PROPN PROPN PUNCT PRON VERB PROPN PUNCT VERB")  # fmt: skip


def make_entity(name, kind, span, form="name"):
    return Entity(name, kind, span.text, (Mention(Passage(span.start_char, span.end_char, span.text), form),))


def list_mentions(entities):
    return [[mention.passage.text for mention in entity.mentions] for entity in entities]


def test_who_is_the_person_whose_name_its_clause_describes():
    doc = make_founder()
    found = attach_relatives(doc, (make_entity("e1", "person", doc[0:2]), make_entity("e2", "organisation", doc[5:6])))
    assert list_mentions(found) == [["Ann Lee", "who"], ["Acme"]]
    assert found[0].mentions[1].form == "pronoun"


def test_a_pronoun_that_is_a_mention_stays_where_it_is():
    doc = make_founder()
    other = make_entity("e3", "person", doc[3:4], "pronoun")
    found = attach_relatives(doc, (make_entity("e1", "person", doc[0:2]), other))
    assert list_mentions(found) == [["Ann Lee"], ["who"]]


@pytest.mark.parametrize("kind", ["place", "work"])
def test_who_is_no_thing(kind):
    doc = make_founder()
    assert list_mentions(attach_relatives(doc, (make_entity("e1", kind, doc[0:2]),))) == [["Ann Lee"]]


def test_a_pronoun_within_the_clause_is_found_by_the_way_up():
    doc = make("Acme , whose head left , closed", "6 3 3 4 0 0 6", "nsubj punct nmod:poss nsubj acl:relcl punct ROOT",
               "PROPN PUNCT PRON NOUN VERB PUNCT VERB")  # fmt: skip
    assert list_mentions(attach_relatives(doc, (make_entity("e1", "organisation", doc[0:1]),))) == [["Acme", "whose"]]


def test_a_question_has_no_antecedent():
    doc = make("Who left", "1 1", "nsubj ROOT", "PRON VERB")
    assert find_antecedent(doc[0]) is None


def test_a_noun_that_is_no_name_takes_no_pronoun():
    doc = make("a man who founded Acme", "1 1 3 1 3", "det ROOT nsubj acl:relcl obj", "DET NOUN PRON VERB PROPN")
    assert list_mentions(attach_relatives(doc, (make_entity("e1", "organisation", doc[4:5]),))) == [["Acme"]]
