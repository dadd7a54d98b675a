"""What the words around two mentions rule out: who is whose child, who leads, and what only lies near."""

import numpy as np
import pytest

from kg.read.candidates import Tagged, number_quotations
from kg.read.labels import UPOS
from kg.read.pairs import FORMS, KINDS, RELATED, SIZES, Pairs, Phrases
from kg.read.relation_cues import find_bearers, find_donors, find_outlets, find_ruled_out, is_cued, is_former
from kg.read.roles import RELATIONS, lay_out


def look_at(sentence, left, right, kinds):
    """The layout of a sentence, with the two mentions which are these words, as phrases and by their rows."""
    words = sentence.split()
    text = Tagged(words, [UPOS.index("NOUN")] * len(words), [n == 0 for n in range(len(words))],
                  [0] * len(words), ["dep"] * len(words))  # fmt: skip
    layout = lay_out(text, [n == 0 for n in range(len(words))], number_quotations(text))
    given = zip((left, right), kinds, strict=True)
    places = sorted((words.index(word), kind, word) for word, kind in given)
    phrases = Phrases.of([(at, at + 1, at, KINDS.index(kind), FORMS.index("name")) for at, kind, _ in places])
    return layout, phrases, {word: row for row, (_, _, word) in enumerate(places)}


def rule_out(sentence, left, right, kinds=("person", "person"), top=None):
    """The properties that are ruled out between two mentions, which begin with these words; both hang from ``top``."""
    layout, phrases, row_of = look_at(sentence, left, right, kinds)
    rows = {word: np.array([row]) for word, row in row_of.items()}
    first, last = int(phrases.ends.min()), int(phrases.starts.max())
    above = sentence.split().index(top) if top else 0
    pairs = Pairs(rows[left], rows[right], np.array([above]), np.array([first]), np.array([last]),
                  np.zeros((1, len(SIZES)), np.int64))  # fmt: skip
    return {RELATED[label] for label in np.flatnonzero(find_ruled_out(layout, phrases, pairs)[0]).tolist()}


@pytest.mark.parametrize(
    ("sentence", "left", "right", "ruled_out"),
    [
        ("Ann is the daughter of Bo", "Ann", "Bo", "P40"),
        ("Ann is the daughter of Bo", "Bo", "Ann", "P22"),
        ("Ann , son of Max and father of Bo", "Ann", "Bo", "P22"),
        ("Ann met his son Bo", "Bo", "Ann", "P40"),
        ("His son Bo left", "His", "Bo", "P25"),
        ("His mother Ida left", "His", "Ida", "P40"),
        ("Ann 's father Bo left", "Ann", "Bo", "P40"),
    ],
)
def test_a_word_of_kinship_says_who_is_the_child(sentence, left, right, ruled_out):
    assert ruled_out in rule_out(sentence, left, right)


@pytest.mark.parametrize("sentence", ["Ann met Bo", "Ann , Bo and a son left", "Ann has a son and Bo left"])
def test_without_such_a_word_between_them_nothing_is_ruled_out(sentence):
    assert not rule_out(sentence, "Ann", "Bo") & {"P40", "P22", "P25"}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("Acme is a subsidiary of Nordair", True), ("Acme 's subsidiary Nordair", False), ("Acme bought Nordair", True)],
)
def test_a_subsidiary_is_not_the_parent(sentence, told):
    found = rule_out(sentence, "Acme", "Nordair", ("organisation", "organisation"))
    assert ("P749" not in found) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("Ann , chief executive of Acme", True), ("Ann , founder of Acme", False), ("Ann chairs Acme", False)],
)
def test_who_only_chairs_or_founds_is_no_chief_executive(sentence, told):
    assert ("P169" not in rule_out(sentence, "Acme", "Ann", ("organisation", "person"))) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Ann , chairwoman of Acme", True),
        ("Acme 's spokesperson Ann", False),
        ("Ann" + " so" * 60 + " chairs Acme", False),
    ],
)
def test_a_body_is_chaired_only_where_a_word_near_says_so(sentence, told):
    assert ("P488" not in rule_out(sentence, "Acme", "Ann", ("organisation", "person"))) is told


@pytest.mark.parametrize(("sentence", "told"), [("Ann 's brother Bo", True), ("Ann met Bo", False)])
def test_siblings_need_a_word_that_says_so(sentence, told):
    assert ("P3373" not in rule_out(sentence, "Ann", "Bo")) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Ann was born in Leeds", True),
        ("Ann was born 100 miles north of Leeds", False),
        ("Ann was born south-west of the Leeds", False),
        ("Ann was born near Leeds", False),
        ("Ann was born in the north , part of Leeds", True),
    ],
)
def test_a_direction_from_a_place_is_not_the_place(sentence, told):
    assert ("P19" not in rule_out(sentence, "Ann", "Leeds", ("person", "place"))) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("US workers at Leeds left", False), ("US workers at the Leeds left", False), ("US city of Leeds left", True)],
    ids=["whose and where", "with an article", "what it is"],
)
def test_whose_somebody_is_does_not_say_where_a_place_lies(sentence, told):
    words = sentence.split()
    place = words.index("Leeds")
    heads, labels = [1, 1, *[place] * (len(words) - 2)], ["case"] * len(words)
    heads[place] = 1
    labels[0], labels[place] = "compound", "nmod"
    text = Tagged(words, [UPOS.index("NOUN")] * len(words), [n == 0 for n in range(len(words))], heads, labels)
    layout = lay_out(text, [n == 0 for n in range(len(words))], number_quotations(text))
    phrases = Phrases.of([(at, at + 1, at, KINDS.index("place"), FORMS.index("name")) for at in (0, place)])
    pairs = Pairs(np.array([1]), np.array([0]), np.array([0]), np.array([1]), np.array([place]),
                  np.zeros((1, len(SIZES)), np.int64))  # fmt: skip
    found = {RELATED[label] for label in np.flatnonzero(find_ruled_out(layout, phrases, pairs)[0]).tolist()}
    assert ({"P17", "P131", "P276"} <= found) is not told
    assert "P27" in found


@pytest.mark.parametrize(
    ("sentence", "property", "cued"),
    [
        ("Ann teaches at Acme", "P108", True),
        ("A professor at Acme , Ann left", "P108", True),
        ("Ann , a member of Acme , left", "P463", True),
        ("Ann , a member of Acme , left", "P108", False),
        ("Ann teaches" + " so" * 30 + " at Acme", "P108", False),
        ("Ann wrote of Acme and of one who" + " so" * 5 + " teaches", "P108", False),
        ("Ann teaches at Acme", "P17", False),
    ],
    ids=["between", "before", "member", "of-another-property", "far-apart", "far-behind", "property-without-words"],
)
def test_a_word_beside_two_mentions_says_what_the_property_says(sentence, property, cued):
    layout, phrases, rows = look_at(sentence, "Ann", "Acme", ("person", "organisation"))
    assert is_cued(property, layout, phrases, (rows["Ann"], rows["Acme"])) is cued


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("Ann Professor of Physics at Acme", False), ("Ann teaches at Acme", True)],
    ids=["donor", "teacher"],
)
def test_a_chair_is_not_held_by_whom_it_is_named_after(sentence, told):
    layout, phrases, rows = look_at(sentence, "Ann", "Acme", ("person", "organisation"))
    layout.text.heads[0] = 1
    assert find_donors(layout, phrases)[rows["Ann"]] != told
    assert not find_donors(layout, phrases)[rows["Acme"]]


@pytest.mark.parametrize(
    ("sentence", "outlet"),
    [
        ("Ann , author of a study published in the Acme", True),
        ("Ann , who published a study , works in the Acme", False),
        ("Ann , ambassador to the Acme", True),
        ("Ann , adviser to the Acme", False),
        ("Ann , a professor in Acme", True),
    ],
    ids=["published-in", "works-in", "sent-to", "adviser-to", "taught"],
)
def test_where_something_is_published_an_envoy_is_sent_or_what_is_taught_employs_nobody(sentence, outlet):
    layout, phrases, rows = look_at(sentence, "Ann", "Acme", ("person", "organisation"))
    assert find_outlets(layout, phrases)[rows["Acme"]] == outlet


@pytest.mark.parametrize(
    ("sentence", "bearers"),
    [
        ("Bo and Acme drummer Ann left", {"Acme": "Ann"}),
        ("Bo and Acme met Ann", {}),
        ("Acme so so so so Ann", {}),
        ("Bo and Acme drummer ( and singer ) Ann left", {"Acme": "Ann"}),
        ("Bo and Acme drummer ( and singer Ann", {}),
    ],
    ids=["title", "verb-between", "too-far", "brackets-between", "open-bracket"],
)
def test_a_body_in_a_title_belongs_to_the_name_behind_it(sentence, bearers):
    layout, phrases, rows = look_at(sentence, "Ann", "Acme", ("person", "organisation"))
    words = sentence.split()
    if "met" in words:
        layout.text.upos[words.index("met")] = UPOS.index("VERB")
    found = find_bearers(layout, phrases)
    assert found == {rows[body]: words.index(name) for body, name in bearers.items()}


@pytest.mark.parametrize(
    ("sentence", "top", "told"),
    [
        ("Ann told Acme so", "told", False),
        ("Acme interviewed Ann", "interviewed", False),
        ("Acme hired Ann", "hired", True),
        ("Acme director Ann said so", "said", True),
    ],
    ids=["person-tells-body", "body-asks-person", "hires", "verb-behind-both"],
)
def test_who_is_spoken_to_is_no_employer(sentence, top, told):
    assert ("P108" not in rule_out(sentence, "Ann", "Acme", ("person", "organisation"), top)) is told


@pytest.mark.parametrize("words", ["a suburb of", "the outskirts of", "just north of"])
def test_what_lies_beside_a_place_does_not_lie_in_it(words):
    found = rule_out(f"Northtown is {words} Leeds", "Northtown", "Leeds", ("place", "place"))
    assert {"P131", "P17", "P276"} <= found


def test_a_professor_in_a_school_works_there():
    layout, phrases, rows = look_at("Ann , a professor in College", "Ann", "College", ("person", "organisation"))
    assert not find_outlets(layout, phrases)[rows["College"]]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Ann murdered Bo in 2010", False),
        ("Ann was murdered in 2010", True),
        ("Ann died in 2010", True),
        ("Ann left in 2010", False),
    ],
    ids=["kills", "is-killed", "dies", "leaves"],
)
def test_who_kills_does_not_die_then(sentence, told):
    words = sentence.split()
    layout, phrases, rows = look_at(sentence, "Ann", "2010", ("person", "date"))
    features = np.zeros((1, len(SIZES)), np.int64)
    features[0, list(SIZES).index("left branch")] = RELATIONS.index("nsubj")
    top = next(n for n, word in enumerate(words) if word in ("murdered", "died", "left"))
    pairs = Pairs(np.array([rows["Ann"]]), np.array([rows["2010"]]), np.array([top]), np.array([1]),
                  np.array([len(words) - 1]), features)  # fmt: skip
    assert (not find_ruled_out(layout, phrases, pairs)[0, RELATED.index("P570")]) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("After his sister Ann left came Bo", False),
        ("The sister of Ann is Bo", True),
        ("Ann met her brother Bo", True),
        ("Ann and Bo are sisters", True),
        ("His sister Ann and brother Bo left", True),
    ],
    ids=["sibling-of-another", "of", "between", "plural-behind", "both"],
)
def test_who_is_called_somebodys_sibling_is_not_that_of_the_next(sentence, told):
    assert ("P3373" not in rule_out(sentence, "Ann", "Bo")) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("Ann , fiancée of Bo , left", False), ("Ann , girlfriend and later wife of Bo", True), ("Ann met Bo", True)],
    ids=["engaged", "married-later", "nothing-said"],
)
def test_who_is_engaged_is_not_married(sentence, told):
    assert ("P26" not in rule_out(sentence, "Ann", "Bo")) is told


def lay(rows):
    """The layout of a sentence whose words are "word/TAG/head/relation", heads counted from 1 and 0 for the root."""
    words, tags, heads, labels = zip(*(row.split("/") for row in rows.split()), strict=True)
    up = [int(head) - 1 if head != "0" else number for number, head in enumerate(heads)]
    text = Tagged(list(words), [UPOS.index(tag) for tag in tags], [n == 0 for n in range(len(words))], up, list(labels))
    return lay_out(text, [n == 0 for n in range(len(words))], number_quotations(text)), list(words)


@pytest.mark.parametrize(
    ("sentence", "former"),
    [
        ("Ann/PROPN/2/nsubj worked/VERB/0/root for/ADP/4/case Acme/PROPN/2/obl", True),
        ("Ann/PROPN/2/nsubj works/VERB/0/root for/ADP/4/case Acme/PROPN/2/obl", False),
        ("Ann/PROPN/3/nsubj has/AUX/3/aux worked/VERB/0/root for/ADP/5/case Acme/PROPN/3/obl", False),
        ("Ann/PROPN/3/nsubj was/AUX/3/cop professor/NOUN/0/root at/ADP/5/case Acme/PROPN/3/nmod", True),
        ("Ann/PROPN/3/nsubj is/AUX/3/cop professor/NOUN/0/root at/ADP/5/case Acme/PROPN/3/nmod", False),
        ("Ann/PROPN/0/root ,/PUNCT/1/punct former/ADJ/4/amod head/NOUN/1/appos of/ADP/6/case Acme/PROPN/4/nmod", True),
        (
            "Ann/PROPN/0/root ,/PUNCT/1/punct former/ADJ/4/amod mayor/NOUN/1/appos and/CCONJ/7/cc now/ADV/7/advmod "
            "head/NOUN/4/conj of/ADP/9/case Acme/PROPN/7/nmod",
            False,
        ),
        ("Ann/PROPN/2/nsubj left/VERB/0/root Acme/PROPN/2/obj", True),
        ("Ann/PROPN/2/nsubj moved/VERB/0/root from/ADP/4/case Acme/PROPN/2/obl", True),
        (
            "Ann/PROPN/2/nsubj came/VERB/0/root after/ADP/5/case ten/NUM/5/nummod years/NOUN/2/obl at/ADP/7/case "
            "Acme/PROPN/5/nmod",
            True,
        ),
        (
            "Ann/PROPN/2/nsubj led/VERB/0/root Acme/PROPN/2/obj but/CCONJ/6/cc she/PRON/6/nsubj resigned/VERB/2/conj",
            True,
        ),
    ],
    ids=[
        "worked", "works", "has-worked", "was-professor", "is-professor", "former-head", "former-and-now", "left",
        "from", "after-years", "resigned",
    ],
)  # fmt: skip
def test_words_and_tenses_tell_that_a_bond_is_over(sentence, former):
    layout, words = lay(sentence)
    assert is_former("P108", layout, words.index("Ann"), words.index("Acme")) is former
    assert not is_former("P19", layout, words.index("Ann"), words.index("Acme"))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Bo , the chief financial officer of Acme", False),
        ("Bo , the deputy chief of Acme", False),
        ("Bo , the chief executive of Acme", True),
    ],
)
def test_who_leads_only_a_part_of_a_body_is_not_its_head(sentence, told):
    kinds = {"Bo": "person", "Acme": "organisation"}
    found = rule_out(sentence, "Acme", "Bo", (kinds["Acme"], kinds["Bo"]))
    assert ("P169" not in found) is told
