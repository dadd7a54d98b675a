"""What the tree tells of who does what, on trees made by hand."""

import pytest
from made_events import make_text

from kg.read.role_rules import find_joined, find_subject, guess_roles, is_passive

CASES = [
    ("police arrested him", "1:nsubj 1:ROOT 1:obj", "NOUN VERB PRON", 1, "ARREST",
     [("agent", "police"), ("patient", "him")]),
    ("he was arrested by police", "2:nsubj:pass 2:aux:pass 2:ROOT 4:case 2:obl:agent", "PRON AUX VERB ADP NOUN", 2,
     "ARREST", [("agent", "police"), ("patient", "he")]),
    ("Acme was ordered home", "2:nsubj:pass 2:aux:pass 2:ROOT 2:advmod", "PROPN AUX VERB ADV", 2, "REQUEST",
     [("recipient", "Acme")]),
    ("Roe asked Lee", "1:nsubj 1:ROOT 1:obj", "PROPN VERB PROPN", 1, "REQUEST",
     [("agent", "Roe"), ("recipient", "Lee")]),
    ("the man captured by rebels", "1:det 1:ROOT 1:acl 4:case 2:obl", "DET NOUN VERB ADP NOUN", 2, "ARREST",
     [("agent", "rebels"), ("patient", "man")]),
    ("men who fled", "0:ROOT 2:nsubj 0:acl:relcl", "NOUN PRON VERB", 2, "TRAVEL", [("agent", "men")]),
    ("two people died", "1:nummod 2:nsubj 2:ROOT", "NUM NOUN VERB", 2, "DIE", [("patient", "people")]),
    ("killing of Lee by rebels", "0:ROOT 2:case 0:nmod 4:case 0:nmod", "NOUN ADP PROPN ADP NOUN", 0, "DIE",
     [("agent", "rebels"), ("patient", "Lee")]),
    ("his arrest", "1:nmod:poss 1:ROOT", "PRON NOUN", 1, "ARREST", [("patient", "his")]),
    ("his visit", "1:nmod:poss 1:ROOT", "PRON NOUN", 1, "TRAVEL", [("agent", "his")]),
    ("attack on Northtown", "0:ROOT 2:case 0:nmod", "NOUN ADP PROPN", 0, "ASSAULT", [("patient", "Northtown")]),
    ("talks with Lee", "0:ROOT 2:case 0:nmod", "NOUN ADP PROPN", 0, "CONSULT", [("recipient", "Lee")]),
    ("it rains", "1:expl 1:ROOT", "PRON VERB", 1, "OTHER", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "type_", "roles"), CASES, ids=[f"{case[0]}, {case[4]}" for case in CASES]
)
def test_the_tree_tells_roles(text, tree, tags, word, type_, roles):
    doc = make_text(text, tree, tags)
    assert [(guess.role, guess.token.text) for guess in guess_roles(doc[word], type_)] == roles


SUBJECTS = [
    ("Roe told him to leave", "1:nsubj 1:ROOT 1:obj 4:mark 1:xcomp", "PROPN VERB PRON PART VERB", 4, "him"),
    ("Roe was told to leave", "2:nsubj:pass 2:aux:pass 2:ROOT 4:mark 2:xcomp", "PROPN AUX VERB PART VERB", 4, "Roe"),
    ("Roe plans to leave", "1:nsubj 1:ROOT 3:mark 1:xcomp", "PROPN VERB PART VERB", 3, "Roe"),
    ("Roe came and left", "1:nsubj 1:ROOT 3:cc 1:conj", "PROPN VERB CCONJ VERB", 3, "Roe"),
    ("Roe left , killing two", "1:nsubj 1:ROOT 3:punct 1:advcl 3:obj", "PROPN VERB PUNCT VERB NUM", 3, "Roe"),
    ("Roe thanked Lee for coming", "1:nsubj 1:ROOT 1:obj 4:mark 1:advcl", "PROPN VERB PROPN SCONJ VERB", 4, "Lee"),
    ("Lee was hit , killing two", "2:nsubj:pass 2:aux:pass 2:ROOT 4:punct 2:advcl 4:obj",
     "PROPN AUX VERB PUNCT VERB NUM", 4, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree", "tags", "word", "subject"), SUBJECTS, ids=[case[0] for case in SUBJECTS])
def test_verbs_without_a_subject_of_their_own_have_that_of_another(text, tree, tags, word, subject):
    found = find_subject(make_text(text, tree, tags)[word])
    assert (found and found.text) == subject


def test_a_past_participle_after_its_noun_is_passive_and_an_ing_form_is_not():
    assert is_passive(make_text("men held there", "0:ROOT 0:acl 1:advmod", "NOUN VERB ADV")[1])
    assert not is_passive(make_text("men fighting there", "0:ROOT 0:acl 1:advmod", "NOUN VERB ADV")[1])


def test_joined_nouns_are_found_but_not_those_with_a_preposition_of_their_own():
    doc = make_text(
        "Ann , Bo and with Cy", "0:ROOT 2:punct 0:conj 5:cc 5:case 0:conj", "PROPN PUNCT PROPN CCONJ ADP PROPN"
    )
    assert [token.text for token in find_joined(doc[0])] == ["Bo"]
