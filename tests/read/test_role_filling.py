"""What may fill a role, which role it then has, and what an event gathers from its mentions."""

import pytest
from made_events import add_answers, make_text

from kg.model import Claim
from kg.read.components import find_answers
from kg.read.event_roles import fill_roles
from kg.read.events import find_events, gather_roles
from kg.read.relations import make_layout
from kg.read.triggers import Mentions, choose_triggers, make_triggers


def find_triggers(doc):
    read = find_answers(doc, "test")
    layout, mentions = make_layout(doc, read), Mentions(doc, ())
    triggers = make_triggers(doc, read, mentions, choose_triggers(read, layout, mentions))
    fill_roles(doc, read, layout, mentions, triggers)
    return triggers


def find_roles(doc):
    return [(f.role, f.passage.text) for trigger in find_triggers(doc) for f in trigger.fillers]


CASES = [
    ("who resigns is the agent", "Roe resigned", "1:nsubj 1:ROOT", "PROPN VERB", {1: "LEAVE_OFFICE"},
     {(1, 0): "patient"}, [("agent", "Roe")]),
    ("what crashes is the patient", "buses crashed", "1:nsubj 1:ROOT", "NOUN VERB", {1: "ACCIDENT"},
     {(1, 0): "agent"}, [("patient", "buses")]),
    ("whose election it is", "his election", "1:nmod:poss 1:ROOT", "PRON NOUN", {1: "ELECT"},
     {(1, 0): "agent"}, [("patient", "his")]),
    ("who is killed receives nothing", "it killed six", "1:nsubj 1:ROOT 1:obj", "PRON VERB NUM", {1: "DIE"},
     {(1, 2): "recipient"}, [("patient", "six")]),
    ("the first noun of a compound", "a phone call", "2:det 2:compound 2:ROOT", "DET NOUN NOUN", {2: "CONSULT"},
     {(2, 1): "patient"}, []),
    ("the means in a compound", "a drone strike", "2:det 2:compound 2:ROOT", "DET NOUN NOUN", {2: "ASSAULT"},
     {(2, 1): "instrument"}, [("instrument", "drone")]),
    ("who speaks after it", "Roe spoke after verdicts", "1:nsubj 1:ROOT 3:case 1:obl", "PROPN VERB ADP NOUN",
     {3: "TRIAL"}, {(3, 0): "agent"}, []),
    ("who saw it", "Roe saw crashes", "1:nsubj 1:ROOT 1:obj", "PROPN VERB NOUN", {2: "ACCIDENT"},
     {(2, 0): "agent"}, []),
    ("who is joined", "Roe and Lee fled", "3:nsubj 2:cc 0:conj 3:ROOT", "PROPN CCONJ PROPN VERB", {3: "TRAVEL"},
     {(3, 0): "agent", (3, 2): "agent"}, [("agent", "Roe"), ("agent", "Lee")]),
    ("whose death it is", "Roe 's death", "2:nmod:poss 0:case 2:ROOT", "PROPN PART NOUN", {2: "DIE"}, {},
     [("patient", "Roe")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "tree", "tags", "types", "told", "roles"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_told_becomes_a_role_that_fits(text, tree, tags, types, told, roles):
    assert find_roles(add_answers(make_text(text, tree, tags), types, told)) == roles


def test_the_name_counts_of_the_town_of_a_name():
    doc = make_text(
        "they shelled the town of Elmsby", "1:nsubj 1:ROOT 3:det 1:obj 5:case 3:nmod", "PRON VERB DET NOUN ADP PROPN"
    )
    add_answers(doc, {1: "ASSAULT"}, {(1, 3): "patient"}, [("place", (5, 6))])
    assert ("patient", "Elmsby") in find_roles(doc)


def test_an_entity_is_given_once_for_each_sentence_that_tells_its_role():
    doc = make_text("Roe fled . Roe fled", "1:nsubj 1:ROOT 1:punct 4:nsubj 4:ROOT", "PROPN VERB PUNCT PROPN VERB",
                    starts=(0, 3))  # fmt: skip
    add_answers(doc, {1: "TRAVEL", 4: "TRAVEL"}, {(1, 0): "agent", (4, 3): "agent"}, [("person", (0, 1), (3, 4))])
    assert [(f.entity, f.passage.start) for f in gather_roles(find_triggers(doc))] == [("e1", 0), ("e1", 11)]


@pytest.mark.parametrize(
    ("quotation", "speaker", "agents"),
    [("direct", "e1", ["e1"]), ("indirect", "e1", []), ("direct", None, [])],
    ids=["speaker", "not quoted", "nobody"],
)
def test_we_in_a_quotation_is_its_speaker(quotation, speaker, agents):
    doc = make_text("we attacked them , said Roe", "1:nsubj 4:ccomp 1:obj 4:punct 4:ROOT 4:nsubj",
                    "PRON VERB PRON PUNCT VERB PROPN")  # fmt: skip
    add_answers(doc, {1: "ASSAULT"}, {(1, 0): "agent"}, [("person", (5, 6))])
    said = doc[0:3]
    content = type(find_triggers(doc)[0].passage)(said.start_char, said.end_char, said.text)
    claim = Claim("c1", speaker, None, None, (content,), quotation, "positive", "certain", "non-future", None, (), 0.9)
    (event,) = find_events(doc, (), (claim,))
    assert [f.entity for f in event.roles if f.role == "agent"] == agents
