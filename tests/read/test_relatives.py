"""Relative pronouns and what their clauses describe."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage
from kg.read.chains import link_mentions
from kg.read.claims import find_places
from kg.read.components import ENTITIES, RELATIVES
from kg.read.relatives import find_antecedent, find_relatives, follow_subjects
from tests.read.test_chains import make_mentions

VOCAB = spacy.blank("en").vocab


def make(text, heads, deps, tags):
    return Doc(VOCAB, words=text.split(), heads=[int(h) for h in heads.split()], deps=deps.split(), pos=tags.split())


def make_founder():
    return make("Ann Lee , who founded Acme , left", "7 0 4 4 0 4 4 7",
                "nsubj flat punct nsubj acl:relcl obj punct ROOT",
                "PROPN PROPN PUNCT PRON VERB PROPN PUNCT VERB")  # fmt: skip


def make_entity(name, kind, span, form="name"):
    return Entity(name, kind, span.text, (Mention(Passage(span.start_char, span.end_char, span.text), form),))


def find_texts(doc, *entities):
    return {name: [m.passage.text for m in found] for name, found in find_relatives(doc, entities).items()}


def test_who_is_the_person_whose_name_its_clause_describes():
    doc = make_founder()
    found = find_relatives(doc, (make_entity("e1", "person", doc[0:2]), make_entity("e2", "organisation", doc[5:6])))
    assert list(found) == ["e1"]
    assert [(m.passage.start, m.passage.text, m.form) for m in found["e1"]] == [(10, "who", "pronoun")]


def test_a_pronoun_that_is_a_mention_stays_where_it_is():
    doc = make_founder()
    other = make_entity("e3", "person", doc[3:4], "pronoun")
    assert find_texts(doc, make_entity("e1", "person", doc[0:2]), other) == {}


@pytest.mark.parametrize("kind", ["place", "work"])
def test_who_is_no_thing(kind):
    doc = make_founder()
    assert find_texts(doc, make_entity("e1", kind, doc[0:2])) == {}


def test_a_pronoun_within_the_clause_is_found_by_the_way_up():
    doc = make("Acme , whose head left , closed", "6 3 3 4 0 0 6", "nsubj punct nmod:poss nsubj acl:relcl punct ROOT",
               "PROPN PUNCT PRON NOUN VERB PUNCT VERB")  # fmt: skip
    assert find_texts(doc, make_entity("e1", "organisation", doc[0:1])) == {"e1": ["whose"]}


def test_the_places_of_a_text_hold_relative_pronouns():
    doc = make_founder()
    doc.user_data[ENTITIES] = (make_entity("e1", "person", doc[0:2]),)
    doc.user_data[RELATIVES] = find_relatives(doc, doc.user_data[ENTITIES])
    assert [place.span.text for place in find_places(doc)] == ["Ann Lee", "who"]


def test_a_question_has_no_antecedent():
    doc = make("Who left", "1 1", "nsubj ROOT", "PRON VERB")
    assert find_antecedent(doc[0]) is None


def test_a_noun_that_is_no_name_takes_no_pronoun():
    doc = make("a man who founded Acme", "1 1 3 1 3", "det ROOT nsubj acl:relcl obj", "DET NOUN PRON VERB PROPN")
    assert find_texts(doc, make_entity("e1", "organisation", doc[4:5])) == {}


@pytest.mark.parametrize(
    ("text", "heads", "labels", "kinds", "who"),
    [
        ("Bea left . she slept", "1 1 1 4 4", "nsubj root punct nsubj root", ("person", "person"), "Bea"),
        ("Bea met Ada . she slept", "1 1 1 1 5 5", "nsubj root obj punct nsubj root", ("person", "person"), None),
        ("Bea met Ada . she slept", "1 1 1 1 5 5", "nsubj root obj punct nsubj root", ("person", "place"), "Bea"),
        ("they met Bea . she slept", "1 1 1 1 5 5", "nsubj root obj punct nsubj root", ("person", "person"), None),
        ("Bea left . x . she slept", "1 1 1 3 3 6 6", "nsubj root punct root punct nsubj root",
         ("person", "person"), None),
        ("Bea said she slept", "1 1 3 1", "nsubj root nsubj ccomp", ("person", "person"), "Bea"),
    ],
    ids=["the subject before", "two people", "one person", "no subject", "long ago", "the same sentence"],
)  # fmt: skip
def test_she_is_the_only_subject_before(text, heads, labels, kinds, who):
    mentions, row = make_mentions(text, (), {"Bea": 0, "Ada": 1}, heads=heads, labels=labels)
    chains = link_mentions(mentions, list(kinds), {0: "she"} | ({1: "she"} if kinds[1] == "person" else {}))
    follow_subjects(mentions, chains)
    assert (row["she"] in chains[0].certain) == (who == "Bea")


def test_a_sure_reading_is_not_given_up_for_the_subject_before():
    text = "Ada slept . Bea left . she woke"
    tree = {"heads": "1 1 1 4 4 4 7 7", "labels": "nsubj root punct nsubj root punct nsubj root"}
    mentions, row = make_mentions(text, {("she", "Ada"): 3.0}, {"Ada": 0, "Bea": 1}, **tree)
    chains = link_mentions(mentions, ["person", "person"], {0: "she", 1: "she"})
    follow_subjects(mentions, chains)
    assert row["she"] in chains[0].certain
