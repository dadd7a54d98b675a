"""What voice, type and place in the sentence make of a role that the model tells."""

import pytest
from made_events import add_answers, make_text
from spacy.tokens import Doc

from kg.read.components import find_answers
from kg.read.event_roles import fill_roles, find_phrase
from kg.read.relations import make_layout
from kg.read.role_checks import find_position
from kg.read.role_rules import find_blamed, find_object, is_passive, is_time_of_other
from kg.read.triggers import Mentions, choose_triggers, make_triggers


def find_roles(text: str, tree: str, tags: str, types: dict[int, str], told: dict[tuple[int, int], str]):
    doc: Doc = add_answers(make_text(text, tree, tags), types, told)
    read = find_answers(doc, "test")
    layout, mentions = make_layout(doc, read), Mentions(doc, ())
    triggers = make_triggers(doc, read, mentions, choose_triggers(read, layout, mentions))
    fill_roles(doc, read, layout, mentions, triggers)
    return [(f.role, f.passage.text) for trigger in triggers for f in trigger.fillers]


KILLED = "Roe killed two men", "1:nsubj 1:ROOT 3:nummod 1:obj", "PROPN VERB NUM NOUN"
HURT = "Roe was hurt by Lee", "2:nsubj:pass 2:aux:pass 2:ROOT 4:case 2:obl:agent", "PROPN AUX VERB ADP PROPN"
CASES = [
    ("who kills is no victim", *KILLED, {1: "DIE"}, {(1, 0): "patient"}, [("agent", "Roe"), ("patient", "two men")]),
    ("who is killed does not kill", *KILLED, {1: "DIE"}, {(1, 3): "agent"}, [("agent", "Roe"), ("patient", "two men")]),
    ("a passive", *HURT, {2: "INJURE"}, {(2, 0): "agent", (2, 4): "patient"}, [("patient", "Roe"), ("agent", "Lee")]),
    ("who votes", "they voted", "1:nsubj 1:ROOT", "NOUN VERB", {1: "VOTE"}, {(1, 0): "patient"}, [("agent", "they")]),
    ("nobody receives an arrest", "Roe arrested Lee", "1:nsubj 1:ROOT 1:obj", "PROPN VERB PROPN", {1: "ARREST"},
     {(1, 0): "agent", (1, 2): "recipient"}, [("agent", "Roe"), ("patient", "Lee")]),
    ("nobody receives a law", "Roe repealed it for Lee", "1:nsubj 1:ROOT 1:obj 4:case 1:obl",
     "PROPN VERB PRON ADP PROPN", {1: "LEGISLATE"}, {(1, 0): "agent", (1, 4): "recipient"}, [("agent", "Roe")]),
    ("who only says it", "Roe said Lee fled", "1:nsubj 1:ROOT 3:nsubj 1:ccomp", "PROPN VERB PROPN VERB",
     {3: "TRAVEL"}, {(3, 0): "agent", (3, 2): "agent"}, [("agent", "Lee")]),
    ("according to whom", "Lee fled according to Roe", "1:nsubj 1:ROOT 4:case 2:fixed 1:obl",
     "PROPN VERB VERB ADP PROPN", {1: "TRAVEL"}, {(1, 0): "agent", (1, 4): "patient"}, [("agent", "Lee")]),
    ("who reports it as done", "Lee , described by Roe as convicted , fled",
     "8:nsubj 2:punct 0:acl 4:case 2:obl:agent 6:case 2:obl 2:punct 8:ROOT",
     "PROPN PUNCT VERB ADP PROPN ADP VERB PUNCT VERB", {6: "TRIAL"}, {(6, 4): "agent"}, []),
    ("who is charged with it", "Roe was charged with murder", "2:nsubj:pass 2:aux:pass 2:ROOT 4:case 2:obl",
     "PROPN AUX VERB ADP NOUN", {4: "DIE"}, {(4, 0): "patient"}, [("agent", "Roe")]),
    ("against whom the charge is", "a charge of murder against Roe", "1:det 1:ROOT 3:case 1:nmod 5:case 3:nmod",
     "DET NOUN ADP NOUN ADP PROPN", {3: "DIE"}, {(3, 5): "patient"}, [("agent", "Roe")]),
    ("who only speaks of it", "Roe mourned the deaths", "1:nsubj 1:ROOT 3:det 1:obj", "PROPN VERB DET NOUN",
     {3: "DIE"}, {(3, 0): "agent"}, []),
    ("who causes it", "Roe caused the deaths", "1:nsubj 1:ROOT 3:det 1:obj", "PROPN VERB DET NOUN",
     {3: "DIE"}, {(3, 0): "agent"}, [("agent", "Roe")]),
    ("who bears it", "Roe survived the attack", "1:nsubj 1:ROOT 3:det 1:obj", "PROPN VERB DET NOUN",
     {3: "ASSAULT"}, {(3, 0): "patient"}, [("patient", "Roe")]),
    ("what lies at its scene", "flags lay at the scene of the crash",
     "1:nsubj 1:ROOT 4:case 4:det 1:obl 7:case 7:det 4:nmod", "NOUN VERB ADP DET NOUN ADP DET NOUN",
     {7: "ACCIDENT"}, {(7, 0): "agent"}, []),
    ("who hears of it", "police heard reports of a shooting", "1:nsubj 1:ROOT 1:obj 5:case 5:det 2:nmod",
     "NOUN VERB NOUN ADP DET NOUN", {5: "ASSAULT"}, {(5, 0): "patient"}, []),
    ("what counts it lets through", "Roe launched a series of attacks", "1:nsubj 1:ROOT 3:det 1:obj 5:case 3:nmod",
     "PROPN VERB DET NOUN ADP NOUN", {5: "ASSAULT"}, {(5, 0): "agent"}, [("agent", "Roe")]),
    ("what sinks kills nobody", "boats sank , killing two", "1:nsubj 1:ROOT 3:punct 1:advcl 3:obj",
     "NOUN VERB PUNCT VERB NUM", {3: "DIE"}, {(3, 0): "agent", (3, 4): "patient"}, [("patient", "two")]),
    ("who is held after stones are thrown", "men fled after stones were thrown",
     "1:nsubj 1:ROOT 5:mark 5:nsubj:pass 5:aux:pass 1:advcl", "NOUN VERB SCONJ NOUN AUX VERB", {5: "ASSAULT"},
     {(5, 0): "agent", (5, 3): "patient"}, [("patient", "stones")]),
    ("who only deplores it", "she deplored the sentence", "1:nsubj 1:ROOT 3:det 1:obj", "PRON VERB DET NOUN",
     {3: "TRIAL"}, {(3, 0): "patient"}, []),
    ("who takes over", "Roe replaced Lee", "1:nsubj 1:ROOT 1:obj", "PROPN VERB PROPN", {1: "APPOINT"},
     {(1, 0): "agent", (1, 2): "patient"}, [("patient", "Roe")]),
    ("a place of the next verb", "Roe left early and now lives in Northtown",
     "1:nsubj 1:ROOT 1:advmod 5:cc 5:advmod 1:conj 7:case 5:obl", "PROPN VERB ADV CCONJ ADV VERB ADP PROPN",
     {1: "TRAVEL"}, {(1, 0): "agent", (1, 7): "place"}, [("agent", "Roe")]),
    ("for whom it is", "a request for Roe", "1:det 1:ROOT 3:case 1:nmod", "DET NOUN ADP PROPN", {1: "REQUEST"},
     {(1, 3): "agent"}, []),
    ("who talks stands after between", "Roe set up talks between Lee and Poe",
     "1:nsubj 1:ROOT 1:compound:prt 1:obj 5:case 3:nmod 7:cc 5:conj", "PROPN VERB ADP NOUN ADP PROPN CCONJ PROPN",
     {3: "CONSULT"}, {(3, 0): "agent", (3, 5): "agent", (3, 7): "agent"}, [("agent", "Lee"), ("agent", "Poe")]),
    ("whom a statement is about", "Roe announced police failed", "1:nsubj 1:ROOT 3:nsubj 1:ccomp",
     "PROPN VERB NOUN VERB", {1: "ANNOUNCE"}, {(1, 0): "agent", (1, 2): "recipient"}, [("agent", "Roe")]),
    ("from whom it comes", "a request from Roe", "1:det 1:ROOT 3:case 1:nmod", "DET NOUN ADP PROPN", {1: "REQUEST"},
     {(1, 3): "recipient"}, [("agent", "Roe")]),
    ("who only has a view of it", "Roe favoured impeachment", "1:nsubj 1:ROOT 1:obj", "PROPN VERB NOUN", {2: "TRIAL"},
     {(2, 0): "agent"}, []),
    ("what is sent", "Roe sent a ship", "1:nsubj 1:ROOT 3:det 1:obj", "PROPN VERB DET NOUN", {1: "TRAVEL"},
     {(1, 0): "agent", (1, 3): "recipient"}, [("agent", "Roe"), ("patient", "a ship")]),
    ("what goes by itself", "trains travel", "1:nsubj 1:ROOT", "NOUN VERB", {1: "TRAVEL"}, {(1, 0): "agent"},
     [("instrument", "trains")]),
    ("what is passed", "the bill passed parliament", "1:det 2:nsubj 2:ROOT 2:obj", "DET NOUN VERB NOUN",
     {2: "LEGISLATE"}, {(2, 1): "agent", (2, 3): "patient"}, [("patient", "the bill"), ("agent", "parliament")]),
    ("who acts in the next clause", "Roe resigned and Lee was named",
     "1:nsubj 1:ROOT 5:cc 5:nsubj:pass 5:aux:pass 1:conj",
     "PROPN VERB CCONJ PROPN AUX VERB", {1: "LEAVE_OFFICE"}, {(1, 0): "agent", (1, 3): "agent"}, [("agent", "Roe")]),
    ("who is told of it", "she told Roe investigations failed", "1:nsubj 1:ROOT 1:obj 4:nsubj 1:ccomp",
     "PRON VERB PROPN NOUN VERB", {3: "OTHER"}, {(3, 2): "agent"}, []),
    ("who only speaks of a referendum", "the referendum of Roe", "1:det 1:ROOT 3:case 1:nmod", "DET NOUN ADP PROPN",
     {1: "VOTE"}, {(1, 3): "agent"}, []),
    ("the first of two that are joined", "a truck and riders collided", "1:det 4:nsubj 3:cc 1:conj 4:ROOT",
     "DET NOUN CCONJ NOUN VERB", {4: "MEET"}, {(4, 3): "agent", (4, 1): "agent"},
     [("agent", "a truck"), ("agent", "riders")]),
    ("what breaks out has no victim before it", "a death sparked protests", "1:det 2:nsubj 2:ROOT 2:obj",
     "DET NOUN VERB NOUN", {3: "PROTEST"}, {(3, 1): "patient"}, []),
    ("joined verbs", "Roe was found and shot", "2:nsubj:pass 2:aux:pass 2:ROOT 4:cc 2:conj",
     "PROPN AUX VERB CCONJ VERB", {4: "ASSAULT"}, {(4, 0): "agent"}, [("patient", "Roe")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "tree", "tags", "types", "told", "roles"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_role_is_what_the_tree_makes_of_it(text, tree, tags, types, told, roles):
    assert sorted(find_roles(text, tree, tags, types, told)) == sorted(roles)


def test_positions_reach_joined_nouns():
    doc = make_text("Roe and Lee met Poe", "3:nsubj 2:cc 0:conj 3:ROOT 3:obj", "PROPN CCONJ PROPN VERB PROPN")
    assert [find_position(doc[3], word) for word in (0, 2, 4, 1)] == ["subject", "subject", "object", None]


def test_the_object_of_two_verbs_is_that_of_both():
    doc = make_text("they arrested or charged six", "1:nsubj 1:ROOT 3:cc 1:conj 3:obj", "PRON VERB CCONJ VERB NUM")
    assert find_object(doc[1]).text == "six"


@pytest.mark.parametrize(
    ("text", "tree", "tags", "verb", "passive"),
    [
        (
            "they were freed and fled",
            "2:nsubj:pass 2:aux:pass 2:ROOT 4:cc 2:conj",
            "PRON AUX VERB CCONJ VERB",
            4,
            False,
        ),
        ("they were found and shot", "2:nsubj:pass 2:aux:pass 2:ROOT 4:cc 2:conj", "PRON AUX VERB CCONJ VERB", 4, True),
        ("it declared war", "1:nsubj:pass 1:ROOT 1:obj", "PRON VERB NOUN", 1, False),
    ],
    ids=["intransitive", "shared", "misread subject"],
)
def test_a_passive_reaches_the_verbs_joined_to_it(text, tree, tags, verb, passive):
    assert is_passive(make_text(text, tree, tags)[verb]) == passive


def test_the_phrase_of_a_predicate_leaves_out_its_subject():
    doc = make_text("the dead are six soldiers", "1:det 4:nsubj 4:cop 4:nummod 4:ROOT", "DET NOUN AUX NUM NOUN")
    assert find_phrase(doc[4]).text == "six soldiers"


@pytest.mark.parametrize(
    ("text", "tree", "tags", "noun", "blamed"),
    [
        (
            "Roe attributed the raid to Acme",
            "1:nsubj 1:ROOT 3:det 1:obj 5:case 1:obl",
            "PROPN VERB DET NOUN ADP PROPN",
            3,
            "Acme",
        ),
        (
            "the raid was blamed on Acme",
            "1:det 3:nsubj:pass 3:aux:pass 3:ROOT 5:case 3:obl",
            "DET NOUN AUX VERB ADP PROPN",
            1,
            "Acme",
        ),
        (
            "Roe moved the raid to Acme",
            "1:nsubj 1:ROOT 3:det 1:obj 5:case 1:obl",
            "PROPN VERB DET NOUN ADP PROPN",
            3,
            None,
        ),
    ],
    ids=["attributed", "blamed", "neither"],
)
def test_who_is_blamed_for_a_deed_is_found(text, tree, tags, noun, blamed):
    doc = make_text(text, tree, tags)
    doc[1 if noun == 3 else 3].lemma_ = doc[1 if noun == 3 else 3].text.removesuffix("d")
    found = find_blamed(doc[noun])
    assert (found.text if found is not None else None) == blamed


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "head", "is_other"),
    [
        ("Roe was convicted of stealing in 1999", "2:nsubj:pass 2:aux:pass 2:ROOT 4:mark 2:advcl 6:case 4:obl",
         "PROPN AUX VERB SCONJ VERB ADP NUM", 2, 6, True),
        ("Roe was convicted of stealing on Monday", "2:nsubj:pass 2:aux:pass 2:ROOT 4:mark 2:advcl 6:case 4:obl",
         "PROPN AUX VERB SCONJ VERB ADP PROPN", 2, 6, False),
        ("Acme , founded in 1999 , sued", "6:nsubj 2:punct 0:acl:relcl 4:case 2:obl 2:punct 6:ROOT",
         "PROPN PUNCT VERB ADP NUM PUNCT VERB", 6, 4, True),
        ("Roe rose in 1999 but he fell", "1:nsubj 1:ROOT 3:case 1:obl 6:cc 6:nsubj 1:conj",
         "PROPN VERB ADP NUM CCONJ PRON VERB", 6, 3, True),
        ("Roe was shot and killed in 1999", "2:nsubj:pass 2:aux:pass 2:ROOT 4:cc 2:conj 6:case 4:obl",
         "PROPN AUX VERB CCONJ VERB ADP NUM", 2, 6, False),
        ("in 1999 Roe fell", "1:case 3:obl 3:nsubj 3:ROOT", "ADP NUM PROPN VERB", 3, 1, False),
    ],
    ids=["of what he did", "a day", "a relative clause", "a clause before", "joined as one", "its own"],
)  # fmt: skip
def test_a_time_may_be_that_of_another_clause(text, tree, tags, word, head, is_other):
    doc = make_text(text, tree, tags)
    assert is_time_of_other(doc[word], doc[head], doc[head].text) is is_other
