"""Whether the tree of a sentence says that one thing lies in another."""

import numpy as np
import pytest

from kg.read.candidates import Tagged, number_quotations
from kg.read.labels import UPOS
from kg.read.pairs import FORMS, KINDS, RELATED, SIZES, Pairs, Phrases
from kg.read.relation_trees import (
    find_datelines,
    find_foreign,
    find_unfounded,
    lies_within,
    read_verbs,
)
from kg.read.roles import lay_out


def lay(rows):
    """The layout of a sentence whose words are "word/TAG/head/relation", heads counted from 1 and 0 for the root."""
    words, tags, heads, labels = zip(*(row.split("/") for row in rows.split()), strict=True)
    up = [int(head) - 1 if head != "0" else number for number, head in enumerate(heads)]
    text = Tagged(list(words), [UPOS.index(tag) for tag in tags], [n == 0 for n in range(len(words))], up, list(labels))
    return lay_out(text, [n == 0 for n in range(len(words))], number_quotations(text)), list(words)


TOWN = (
    "Orly/PROPN/4/nsubj is/AUX/4/cop a/DET/4/det town/NOUN/0/root located/VERB/4/acl in/ADP/7/case Lakes/PROPN/5/obl "
    ",/PUNCT/9/punct Norland/PROPN/7/appos"
)
STATE = (
    "Orly/PROPN/2/nsubj lies/VERB/0/root in/ADP/4/case part/NOUN/2/obl of/ADP/7/case Lakes/PROPN/7/compound "
    "county/NOUN/4/nmod"
)
NEAR = "Orly/PROPN/4/nsubj is/AUX/4/cop a/DET/4/det town/NOUN/0/root near/ADP/6/case Lakes/PROPN/4/nmod"
VISIT = "Ada/PROPN/2/nsubj left/VERB/0/root Orly/PROPN/2/obj for/ADP/5/case Lakes/PROPN/2/obl"
RULER = "Orly/PROPN/2/nsubj sued/VERB/0/root in/ADP/4/case Lakes/PROPN/2/obl"
CHAIN = "at/ADP/2/case Orly/PROPN/0/root in/ADP/4/case Lakes/PROPN/2/nmod of/ADP/6/case Norland/PROPN/4/nmod"


@pytest.mark.parametrize(
    ("sentence", "inner", "outer", "within"),
    [
        (TOWN, "Orly", "Lakes", True),
        (TOWN, "Orly", "Norland", True),
        (TOWN, "Norland", "Orly", False),
        (STATE, "Orly", "Lakes", True),
        (NEAR, "Orly", "Lakes", False),
        (VISIT, "Orly", "Lakes", False),
        (RULER, "Orly", "Lakes", False),
        (CHAIN, "Orly", "Norland", True),
    ],
    ids=["town-in", "town-in-by-comma", "turned", "lies-in-a-county", "near", "left-for", "sued-in", "in-of"],
)
def test_one_thing_lies_in_another_where_only_words_of_place_join_them(sentence, inner, outer, within):
    layout, words = lay(sentence)
    assert lies_within(layout, words.index(inner), words.index(outer)) is within


def test_a_tree_that_turns_in_a_circle_says_nothing():
    layout, _ = lay("Orly/PROPN/2/appos Lakes/PROPN/1/appos Norland/PROPN/2/appos")
    assert not lies_within(layout, 2, 0)


def mark(words, **kinds):
    """The phrases of single words, in order, by kind."""
    at = sorted((words.index(word), kind) for word, kind in kinds.items())
    return Phrases.of([(n, n + 1, n, KINDS.index(kind), FORMS.index("name")) for n, kind in at])


def pair(phrases, words, left, right):
    starts = phrases.starts.tolist()
    rows = (np.array([starts.index(words.index(word))]) for word in (left, right))
    zero = np.zeros(1, np.int64)
    return Pairs(*rows, zero, zero, zero, np.zeros((1, len(SIZES)), np.int64))


PREMIERS = (
    "Lakia/PROPN/3/nmod:poss 's/PART/1/case premier/NOUN/4/nmod:desc Ann/PROPN/9/nsubj and/CCONJ/8/cc "
    "Norland/PROPN/7/compound minister/NOUN/8/nmod:desc Bo/PROPN/4/conj left/VERB/0/root"
)
WRITERS = (
    "Norlandish/ADJ/2/amod writers/NOUN/3/nmod:desc Ann/PROPN/6/nsubj and/CCONJ/5/cc Bo/PROPN/3/conj left/VERB/0/root"
)
STUDENT = (
    "Ann/PROPN/2/nsubj saw/VERB/0/root Ida/PROPN/2/obj who/PRON/5/nsubj studies/VERB/3/acl:relcl at/ADP/7/case "
    "Acme/PROPN/5/obl"
)
NAMED = (
    "Ann/PROPN/3/nsubj:pass was/AUX/3/aux:pass named/VERB/0/root head/NOUN/3/xcomp of/ADP/6/case Acme/PROPN/4/nmod "
    "by/ADP/8/case Bo/PROPN/3/obl"
)
SISTER = (
    "Ann/PROPN/2/nmod:poss sister/NOUN/0/root Ida/PROPN/2/appos who/PRON/5/nsubj studies/VERB/2/acl:relcl at/ADP/7/case"
    " Acme/PROPN/5/obl"
)
TEACHER = "Ann/PROPN/2/nsubj taught/VERB/0/root at/ADP/4/case Acme/PROPN/2/obl"
FELLOWS = "Ann/PROPN/0/root of/ADP/3/case Acme/PROPN/1/nmod and/CCONJ/5/cc Bo/PROPN/1/conj left/VERB/1/dep"


@pytest.mark.parametrize(
    ("sentence", "left", "right", "property", "foreign"),
    [
        (PREMIERS, "Ann", "Norland", "P27", True),
        (PREMIERS, "Bo", "Norland", "P27", False),
        (PREMIERS, "Bo", "Lakia", "P27", True),
        (PREMIERS, "Ann", "Lakia", "P27", False),
        (WRITERS, "Bo", "Norlandish", "P27", False),
        (STUDENT, "Ann", "Acme", "P69", True),
        (STUDENT, "Ida", "Acme", "P69", False),
        (SISTER, "Ann", "Acme", "P69", True),
        (SISTER, "Ida", "Acme", "P69", False),
        (TEACHER, "Ann", "Acme", "P69", True),
        (TEACHER, "Ann", "Acme", "P108", False),
        (NAMED, "Bo", "Acme", "P108", True),
        (NAMED, "Ann", "Acme", "P108", False),
        (FELLOWS, "Bo", "Acme", "P108", True),
    ],
    ids=[
        "title-behind", "own-title", "title-before", "own-possessive", "title-of-two", "clause-of-another",
        "own-clause", "clause-of-a-sister", "sisters-own", "no-student", "teacher",
        "who-appoints", "who-is-appointed", "name-of-another",
    ],
)  # fmt: skip
def test_what_stands_in_the_phrase_or_clause_of_one_person_is_not_anothers(sentence, left, right, property, foreign):
    layout, words = lay(sentence)
    kinds = {"Ann": "person", "Bo": "person", "Ida": "person", "who": "person"}
    kinds |= {"Acme": "organisation", "Norland": "place", "Lakia": "place", "Norlandish": "group"}
    phrases = mark(
        words, **{word: kind for word, kind in kinds.items() if word in words and (word, sentence) != ("who", SISTER)}
    )
    owners = np.arange(len(phrases))
    if "who" in words and sentence is STUDENT:
        owners[phrases.starts == words.index("who")] = owners[phrases.starts == words.index("Ida")]
    found = dict(find_foreign(layout, phrases, owners, pair(phrases, words, left, right)))
    assert (RELATED.index(property) in found.get(0, [])) is foreign


FOUNDED = "Ann/PROPN/2/nsubj founded/VERB/0/root Acme/PROPN/2/obj in/ADP/5/case 1950/NUM/2/obl"
FOUNDED_BY = (
    "Acme/PROPN/0/root founded/VERB/1/acl by/ADP/4/case Ann/PROPN/2/obl and/CCONJ/6/cc Bo/PROPN/4/conj in/ADP/8/case "
    "1950/NUM/2/obl"
)
MARRIED = "Ann/PROPN/2/nsubj married/VERB/0/root Bo/PROPN/2/obj in/ADP/5/case 1950/NUM/2/obl"
WOULD = "Ann/PROPN/3/nsubj would/AUX/3/aux found/VERB/0/root Acme/PROPN/3/obj"
NEVER = "Ann/PROPN/3/nsubj never/ADV/3/advmod married/VERB/0/root Bo/PROPN/3/obj"
BORN = (
    "Born/VERB/6/advcl in/ADP/3/case Orly/PROPN/1/obl in/ADP/5/case 1950/NUM/1/obl studied/VERB/0/root "
    "Ann/PROPN/6/nsubj"
)
AGED = "Ann/PROPN/2/nsubj born/VERB/0/root before/ADP/4/case 1950/NUM/2/obl"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (FOUNDED, {("Acme", "P112", "Ann"), ("Acme", "P571", "1950")}),
        (FOUNDED_BY, {("Acme", "P112", "Ann"), ("Acme", "P112", "Bo"), ("Acme", "P571", "1950")}),
        (MARRIED, {("Bo", "P26", "Ann")}),
        (WOULD, set()),
        (NEVER, set()),
        (BORN, {("Ann", "P19", "Orly"), ("Ann", "P569", "1950")}),
        (AGED, set()),
    ],
    ids=["founded", "founded-by", "married", "would", "never", "born", "born-before"],
)
def test_a_verb_says_what_its_subject_and_object_are_to_one_another(sentence, said):
    layout, words = lay(sentence)
    kinds = {"Ann": "person", "Bo": "person", "Acme": "organisation", "1950": "date", "Orly": "place"}
    phrases = mark(words, **{word: kind for word, kind in kinds.items() if word in words})
    names = [words[start] for start in phrases.starts]
    assert {(names[t.left], t.property, names[t.right]) for t in read_verbs(layout, phrases)} == said


OPENED = "Acme/PROPN/2/nsubj opened/VERB/0/root shops/NOUN/2/obj in/ADP/5/case 1978/NUM/2/obl"
BEGAN = "Acme/PROPN/2/nsubj opened/VERB/0/root in/ADP/4/case 1978/NUM/2/obl"
SET_UP = "Acme/PROPN/4/nsubj:pass was/AUX/4/aux set/VERB/0/root up/ADP/3/compound:prt in/ADP/6/case 1978/NUM/3/obl"


@pytest.mark.parametrize(
    ("sentence", "unfounded"), [(OPENED, True), (BEGAN, False), (SET_UP, False)], ids=["shops", "itself", "set-up"]
)
def test_a_date_is_of_a_beginning_only_where_its_verb_says_so(sentence, unfounded):
    layout, words = lay(sentence)
    phrases = mark(words, **{"Acme": "organisation", "1978": "date"})
    assert bool(list(find_unfounded(layout, phrases, pair(phrases, words, "Acme", "1978")))) is unfounded


@pytest.mark.parametrize(("dash", "dateline"), [("—", True), ("said", False)])
def test_the_agency_of_a_dateline_stands_in_no_relation(dash, dateline):
    rows = f"Orly/PROPN/0/root (/PUNCT/3/punct Acme/PROPN/1/appos )/PUNCT/3/punct {dash}/PUNCT/1/punct"
    layout, words = lay(rows)
    phrases = mark(words, Orly="place", Acme="organisation")
    assert bool(find_datelines(layout, phrases, pair(phrases, words, "Acme", "Orly"))[0]) is dateline
