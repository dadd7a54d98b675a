"""Which words tell of events, from scores and trees made by hand."""

import numpy as np
import pytest
import spacy
from made_events import add_answers, make_text
from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage
from kg.read.claims import make_layout
from kg.read.components import ENTITIES, find_answers
from kg.read.pairs import TRIGGERS
from kg.read.triggers import (
    LONGEST,
    Mentions,
    choose_triggers,
    drop_light_verbs,
    find_doer,
    find_light_verb,
    find_shown,
    least_chance,
    make_triggers,
    settle_type,
)

STRIKE = "rebels launched a strike", "1:nsubj 1:ROOT 3:det 1:obj", "NOUN VERB DET NOUN"


def find_words(doc):
    read = find_answers(doc, "test")
    mentions = Mentions(doc, ())
    words = choose_triggers(read, make_layout(doc, read), mentions)
    return [t.token.i for t in drop_light_verbs(make_triggers(doc, read, mentions, words))]


def test_a_light_verb_with_its_noun_is_one_event():
    assert find_words(add_answers(make_text(*STRIKE), {1: "LAUNCH", 3: "ASSAULT"})) == [3]


def test_a_verb_whose_object_is_no_event_is_kept():
    assert find_words(add_answers(make_text(*STRIKE), {1: "LAUNCH"})) == [1]


def test_only_nouns_verbs_and_adjectives_tell_of_events():
    doc = make_text("they met in May", "1:nsubj 1:ROOT 3:case 1:obl", "PRON VERB ADP PROPN")
    assert find_words(add_answers(doc, dict.fromkeys(range(4), "MEET"))) == [1, 3]


@pytest.mark.parametrize(("kind", "words"), [("organisation", [2]), ("event", [1, 2])])
def test_a_word_in_a_name_tells_of_no_event_unless_the_name_does(kind, words):
    doc = make_text("Harbour Strike began", "1:compound 2:nsubj 2:ROOT", "PROPN PROPN VERB")
    add_answers(doc, {0: "OTHER", 1: "PROTEST", 2: "OTHER"}, entities=[(kind, (0, 2))])
    doc.user_data["kg_answers"].answers.triggers[1] *= 1.5  # the likelier word of the name is kept
    assert find_words(doc) == words


def test_the_name_of_an_event_is_its_trigger():
    doc = make_text("Harbour Strike began", "1:compound 2:nsubj 2:ROOT", "PROPN PROPN VERB")
    add_answers(doc, {1: "PROTEST"}, entities=[("event", (0, 2))])
    [trigger] = make_triggers(doc, find_answers(doc, "test"), Mentions(doc, ()), [1])
    assert (trigger.passage.text, trigger.type) == ("Harbour Strike", "PROTEST")
    assert trigger.score > 0.9


def test_a_sentence_longer_than_any_tells_of_no_event():
    size = LONGEST + 1
    doc = make_text(" ".join(["met"] * size), " ".join(["0:ROOT", *["0:dep"] * (size - 1)]), " ".join(["VERB"] * size))
    assert find_words(add_answers(doc, {3: "MEET"})) == []


@pytest.mark.parametrize(
    ("text", "tree", "tags", "type_", "found"),
    [
        ("they called off a strike", "1:nsubj 1:ROOT 1:compound:prt 4:det 1:obj", "PRON VERB ADP DET NOUN", "CONSULT",
         []),
        ('they called it " a crime "', "1:nsubj 1:ROOT 1:obj 5:punct 5:det 1:obj 5:punct",
         "PRON VERB PRON PUNCT DET NOUN PUNCT", "CONSULT", []),
        ("the storm moved north", "1:det 2:nsubj 2:ROOT 2:advmod", "DET NOUN VERB ADV", "TRAVEL", []),
        ("a storm moving north", "1:det 1:ROOT 1:acl 2:advmod", "DET NOUN VERB ADV", "TRAVEL", []),
        ("flags were flown", "2:nsubj:pass 2:aux:pass 2:ROOT", "NOUN AUX VERB", "TRAVEL", []),
        ("he resides abroad", "1:nsubj 1:ROOT 1:advmod", "PRON VERB ADV", "TRAVEL", []),
        ("he flew abroad", "1:nsubj 1:ROOT 1:advmod", "PRON VERB ADV", "TRAVEL", ["flew"]),
    ],
    ids=["called off", "named", "storm", "storm before", "flags", "resides", "a journey"],
)  # fmt: skip
def test_what_is_no_journey_or_talk_tells_of_none(text, tree, tags, type_, found):
    doc = make_text(text, tree, tags)
    verb = next(token.i for token in doc if token.pos_ == "VERB")
    assert [doc[word].text for word in find_words(add_answers(doc, {verb: type_}))] == found


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "type_"),
    [
        ("they will pull out of it", "2:nsubj 2:aux 2:ROOT 2:advmod 5:case 2:obl", "PRON AUX VERB ADP ADP PRON",
         2, "RETREAT"),
        ("they pull troops out", "1:nsubj 1:ROOT 1:obj 1:advmod", "PRON VERB NOUN ADV", 1, "RETREAT"),
        ("they reposition forces", "1:nsubj 1:ROOT 1:obj", "PRON VERB NOUN", 1, "MOBILIZE"),
        ("they pull a rope out", "1:nsubj 1:ROOT 3:det 1:obj 1:advmod", "PRON VERB DET NOUN ADV", 1, None),
        ("he was pulled out of it", "2:nsubj:pass 2:aux:pass 2:ROOT 2:advmod 5:case 2:obl",
         "PRON AUX VERB ADP ADP PRON", 2, None),
        ("they reposition chairs", "1:nsubj 1:ROOT 1:obj", "PRON VERB NOUN", 1, None),
    ],
    ids=["out of", "troops out", "forces", "a rope", "a passive", "chairs"],
)  # fmt: skip
def test_moves_of_soldiers_are_told_by_their_verb(text, tree, tags, word, type_):
    doc = add_answers(make_text(text, tree, tags), {})
    text = make_layout(doc, find_answers(doc, "test")).text
    assert find_shown(text).tell(word, "VERB") == type_


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "is_shown"),
    [
        ("the attack came", "1:det 2:nsubj 2:ROOT", "DET NOUN VERB", 1, True),
        ("it sparked anger and protests", "1:nsubj 1:ROOT 1:obj 4:cc 2:conj", "PRON VERB NOUN CCONJ NOUN", 4, True),
        ("he died in a raid", "1:nsubj 1:ROOT 4:case 4:det 1:obl", "PRON VERB ADP DET NOUN", 4, True),
        ("he likes the raid", "1:nsubj 1:ROOT 3:det 1:obj", "PRON VERB DET NOUN", 3, False),
    ],
    ids=["what comes", "what is joined to what is sparked", "in which one dies", "what is liked"],
)
def test_the_place_of_a_noun_shows_that_it_is_an_event(text, tree, tags, word, is_shown):
    doc = add_answers(make_text(text, tree, tags), {})
    text = make_layout(doc, find_answers(doc, "test")).text
    assert (find_shown(text).tell(word, "NOUN") == "") is is_shown


def test_a_noun_that_its_place_shows_is_told_by_less():
    chances = np.full(len(TRIGGERS), 0.0)
    chances[[0, TRIGGERS.index("ASSAULT"), TRIGGERS.index("ACCIDENT")]] = 0.6, 0.25, 0.15
    kind, chance = settle_type(chances, "attack", "NOUN", place="")
    assert (TRIGGERS[kind], chance) == ("ASSAULT", pytest.approx(0.7))
    assert settle_type(chances, "attack", "NOUN")[1] == pytest.approx(0.25)


def test_an_empty_text_has_no_trigger():
    assert find_words(add_answers(make_text("a", "0:ROOT", "DET"))) == []


@pytest.mark.parametrize(
    ("text", "tree", "tags", "noun", "verb"),
    [
        ("rebels carried out an attack", "1:nsubj 1:ROOT 1:compound:prt 4:det 1:obj", "NOUN VERB ADP DET NOUN", 4, 1),
        ("an attack was launched", "1:det 3:nsubj:pass 3:aux:pass 3:ROOT", "DET NOUN AUX VERB", 1, 3),
        ("they took part in a vote", "1:nsubj 1:ROOT 1:obj 5:case 5:det 1:obl", "PRON VERB NOUN ADP DET NOUN", 5, 1),
        ("they condemned an attack", "1:nsubj 1:ROOT 3:det 1:obj", "PRON VERB DET NOUN", 3, None),
        ("they came for a vote", "1:nsubj 1:ROOT 4:case 4:det 1:obl", "PRON VERB ADP DET NOUN", 4, None),
    ],
    ids=["object", "passive", "take part in", "another verb", "another preposition"],
)
def test_light_verbs(text, tree, tags, noun, verb):
    found = find_light_verb(make_text(text, tree, tags)[noun])
    assert (None if found is None else found.i) == verb


@pytest.mark.parametrize(
    ("text", "tree", "tags", "verb", "doer"),
    [
        ("rebels attacked", "1:nsubj 1:ROOT", "NOUN VERB", 1, "rebels"),
        (
            "it was launched by rebels",
            "2:nsubj:pass 2:aux:pass 2:ROOT 4:case 2:obl",
            "PRON AUX VERB ADP NOUN",
            2,
            "rebels",
        ),
        ("it was launched by night", "2:nsubj:pass 2:aux:pass 2:ROOT 4:case 2:dep", "PRON AUX VERB ADP NOUN", 2, None),
        ("rebels came and attacked", "1:nsubj 1:ROOT 3:cc 1:conj", "NOUN VERB CCONJ VERB", 3, "rebels"),
        ("he was hit and fled", "2:nsubj:pass 2:aux:pass 2:ROOT 4:cc 2:conj", "PRON AUX VERB CCONJ VERB", 4, None),
        ("rebels who attacked", "0:ROOT 2:nsubj 0:acl:relcl", "NOUN PRON VERB", 2, "rebels"),
        ("attacking towns", "0:ROOT 0:obj", "VERB NOUN", 0, None),
    ],
    ids=["subject", "passive", "no agent", "joined verb", "joined to a passive", "relative clause", "nobody"],
)
def test_who_does_it(text, tree, tags, verb, doer):
    found = find_doer(make_text(text, tree, tags)[verb])
    assert (None if found is None else found.text) == doer


def test_naming_is_no_event_but_calling_somebody_is():
    named = make_text("Roe called Lee brave", "1:nsubj 1:ROOT 1:obj 1:xcomp", "PROPN VERB PROPN ADJ")
    called = make_text("Roe called Lee", "1:nsubj 1:ROOT 1:obj", "PROPN VERB PROPN")
    assert find_words(add_answers(named, {1: "CONSULT"})) == []
    assert find_words(add_answers(called, {1: "CONSULT"})) == [1]


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "type_", "least"),
    [
        ("new money", "1:amod 1:ROOT", "ADJ NOUN", 1, "AID", 0.9),
        ("they frobnicate", "1:nsubj 1:ROOT", "PRON VERB", 1, "TRAVEL", 0.7),
        ("an attack", "1:det 1:ROOT", "DET NOUN", 1, "ASSAULT", 0.5),
        ("attack victims", "1:compound 1:ROOT", "NOUN NOUN", 0, "ASSAULT", 0.9),
        ("they fight", "1:nsubj 1:ROOT", "PRON VERB", 1, "OTHER", 0.9),
        ("they rob", "1:nsubj 1:ROOT", "PRON VERB", 1, "OTHER", 0.5),
    ],
    ids=["noun that no table has", "such a verb", "noun of the table", "before a noun", "no type of its own", "theft"],
)
def test_some_words_must_be_surer_than_others(text, tree, tags, word, type_, least):
    doc = add_answers(make_text(text, tree, tags))
    layout = make_layout(doc, find_answers(doc, "test"))
    layout.text.labels[:] = [token.dep_ for token in doc]
    assert least_chance(layout.text, word, type_) == least


@pytest.mark.parametrize(
    ("text", "tree", "tags", "type_"),
    [
        ("Roe told Lee a story", "1:nsubj 1:ROOT 1:iobj 4:det 1:obj", "PROPN VERB PROPN DET NOUN", "CONSULT"),
        ("Roe claimed that", "1:nsubj 1:ROOT 1:obj", "PROPN VERB PRON", "ACCUSE"),
        ('Roe called it " madness', "1:nsubj 1:ROOT 1:obj 4:punct 1:dep", "PROPN VERB PRON PUNCT NOUN", "CONSULT"),
    ],
    ids=["told", "claimed", "called something"],
)
def test_plain_saying_is_no_event(text, tree, tags, type_):
    assert find_words(add_answers(make_text(text, tree, tags), {1: type_})) == []


def test_a_description_is_found_by_each_of_its_words_that_hang_from_outside():
    words = "The 62 - year - old 's killing".split()
    tags = "DET NUM PUNCT NOUN PUNCT ADJ PART NOUN".split()
    labels = "det nummod punct nmod:poss punct nmod:poss case ROOT".split()
    heads = [7, 3, 3, 7, 3, 7, 5, 7]
    doc = Doc(spacy.blank("en").vocab, words, pos=tags, heads=heads, deps=labels, sent_starts=[True, *[False] * 7])
    mention = Mention(Passage(0, 19, doc.text[:19]), "nominal")
    doc.user_data[ENTITIES] = (Entity("e1", "person", "Roe", (mention,)),)
    mentions = Mentions(doc, ())
    assert [mentions.find(word) is not None for word in (0, 3, 5, 7)] == [False, True, True, False]
