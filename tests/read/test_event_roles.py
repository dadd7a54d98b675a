"""Who and what plays a role in an event, from scores and trees made by hand."""

import pytest
import spacy
from made_events import add_answers, make_text, time
from spacy.tokens import Doc

from kg.read.claims import make_layout
from kg.read.components import find_answers
from kg.read.event_roles import fill_roles, find_dateline, find_phrase
from kg.read.triggers import Mentions, choose_triggers, make_triggers


def find_roles(doc, times=()):
    """Role, text and entity of each filler, by trigger."""
    read = find_answers(doc, "test")
    layout, mentions = make_layout(doc, read), Mentions(doc, times)
    triggers = make_triggers(doc, read, mentions, choose_triggers(read, layout, mentions))
    fill_roles(doc, read, layout, mentions, triggers)
    return {t.token.text: [(f.role, f.passage.text, f.entity) for f in t.fillers] for t in triggers}


def test_roles_point_to_entities_by_name_nominal_and_pronoun():
    doc = make_text(
        "Ann Roe told him of the army", "2:nsubj 0:flat 2:ROOT 2:obj 6:case 6:det 2:obl",
        "PROPN PROPN VERB PRON ADP DET NOUN",
    )  # fmt: skip
    add_answers(
        doc, {2: "ANNOUNCE"}, {(2, 0): "agent", (2, 3): "recipient", (2, 6): "patient"},
        [("person", (0, 2)), ("person", (3, 4, "pronoun")), ("group", (5, 7, "nominal"))],
    )  # fmt: skip
    assert find_roles(doc) == {
        "told": [("agent", "Ann Roe", "e1"), ("recipient", "him", "e2"), ("patient", "the army", "e3")]
    }


def test_several_words_of_one_name_are_one_filler():
    doc = make_text("Ann Roe fled", "2:nsubj 0:flat 2:ROOT", "PROPN PROPN VERB")
    add_answers(doc, {2: "TRAVEL"}, {(2, 0): "agent", (2, 1): "agent"}, [("person", (0, 2))])
    assert find_roles(doc) == {"fled": [("agent", "Ann Roe", "e1")]}


def test_what_is_no_entity_is_a_noun_phrase_without_its_clauses():
    doc = make_text(
        "they freed the nine men who sang", "1:nsubj 1:ROOT 4:det 4:nummod 1:obj 6:nsubj 4:acl:relcl",
        "PRON VERB DET NUM NOUN PRON VERB",
    )  # fmt: skip
    add_answers(doc, {1: "CONCEDE"}, {(1, 4): "patient"})
    assert find_roles(doc) == {"freed": [("agent", "they", None), ("patient", "the nine men", None)]}


@pytest.mark.parametrize(
    ("text", "tree", "tags", "head", "phrase"),
    [
        ("by the old men", "3:case 3:det 3:amod 3:ROOT", "ADP DET ADJ NOUN", 3, "the old men"),
        ("men of the town , who sang", "0:ROOT 3:case 3:det 0:nmod 6:punct 6:nsubj 0:acl:relcl",
         "NOUN ADP DET NOUN PUNCT PRON VERB", 0, "men of the town"),
        ("men and women", "0:ROOT 2:cc 0:conj", "NOUN CCONJ NOUN", 0, "men"),
        ("men and women", "0:ROOT 2:cc 0:conj", "NOUN CCONJ NOUN", 2, "women"),
        ("the mayor 's", "1:det 1:ROOT 1:case", "DET NOUN PART", 1, "the mayor"),
    ],
    ids=["preposition", "relative clause", "joined", "second of two", "owner"],
)  # fmt: skip
def test_noun_phrases(text, tree, tags, head, phrase):
    assert find_phrase(make_text(text, tree, tags)[head]).text == phrase


def test_a_time_role_is_a_time_expression_or_none():
    doc = make_text(
        "they met on Monday after lunch", "1:nsubj 1:ROOT 3:case 1:obl 5:case 1:obl", "PRON VERB ADP PROPN ADP NOUN"
    )
    add_answers(doc, {1: "MEET"}, {(1, 3): "time", (1, 5): "time"})
    assert find_roles(doc, [time(doc, 2, 4, "2026-03-02")]) == {
        "met": [("agent", "they", None), ("time", "on Monday", None)]
    }


def test_the_subject_of_a_light_verb_is_the_agent():
    doc = make_text("Roe launched a strike", "1:nsubj 1:ROOT 3:det 1:obj", "PROPN VERB DET NOUN")
    assert find_roles(add_answers(doc, {3: "ASSAULT"}, entities=[("person", (0, 1))])) == {
        "strike": [("agent", "Roe", "e1")]
    }


def test_an_agent_that_the_model_tells_is_not_replaced():
    doc = make_text(
        "Roe launched a strike of Acme", "1:nsubj 1:ROOT 3:det 1:obj 5:case 3:nmod", "PROPN VERB DET NOUN ADP PROPN"
    )
    add_answers(doc, {3: "PROTEST"}, {(3, 5): "agent"}, [("person", (0, 1)), ("organisation", (5, 6))])
    assert find_roles(doc) == {"strike": [("agent", "Acme", "e2")]}


def test_an_agent_is_never_invented():
    doc = make_text("a strike was launched", "1:det 3:nsubj:pass 3:aux:pass 3:ROOT", "DET NOUN AUX VERB")
    assert find_roles(add_answers(doc, {1: "ASSAULT"})) == {"strike": []}


@pytest.mark.parametrize(
    ("text", "tree", "tags", "triggers", "roles", "where"),
    [
        ("they met in Leeds", "1:nsubj 1:ROOT 3:case 1:obl", "PRON VERB ADP PROPN", {1: "MEET"}, {}, {"met": "Leeds"}),
        ("they held talks in Leeds", "1:nsubj 1:ROOT 1:obj 4:case 1:obl", "PRON VERB NOUN ADP PROPN", {2: "MEET"}, {},
         {"talks": "Leeds"}),
        ("two died in a strike in Leeds", "1:nsubj 1:ROOT 4:case 4:det 1:obl 6:case 4:nmod",
         "NUM VERB ADP DET NOUN ADP PROPN", {1: "DIE", 4: "ASSAULT"}, {(4, 6): "place"},
         {"died": "Leeds", "strike": "Leeds"}),
        ("they said he died in Leeds", "1:nsubj 1:ROOT 3:nsubj 1:ccomp 5:case 3:obl", "PRON VERB PRON VERB ADP PROPN",
         {1: "ANNOUNCE", 3: "DIE"}, {}, {"died": "Leeds"}),
        ("they fled from Leeds", "1:nsubj 1:ROOT 3:case 1:obl", "PRON VERB ADP PROPN", {1: "TRAVEL"}, {}, {}),
    ],
    ids=["hangs on it", "hangs on its light verb", "of the event around it", "not of what is said", "from a place"],
)  # fmt: skip
def test_places_that_the_words_around_tell(text, tree, tags, triggers, roles, where):
    doc = make_text(text, tree, tags)
    at = next(token.i for token in doc if token.text == "Leeds")
    found = find_roles(add_answers(doc, triggers, roles, [("place", (at, at + 1))]))
    assert {word: t for word, fillers in found.items() for role, t, _ in fillers if role == "place"} == where


def make_dateline(words):
    tree = "5:dep 0:punct 0:appos 0:punct 0:punct 5:ROOT"
    return make_text(words, tree, "PROPN PUNCT PROPN PUNCT PUNCT VERB")


def test_the_dateline_is_the_place_of_what_has_none():
    doc = add_answers(make_dateline("Leeds ( Acme ) - fled"), {5: "TRAVEL"}, entities=[("place", (0, 1))])
    assert find_roles(doc) == {"fled": [("place", "Leeds", "e1")]}


def test_the_dateline_is_the_place_of_the_sentence_behind_it():
    tree, tags = "0:ROOT 0:punct 3:nsubj 3:ROOT 3:punct 6:nsubj 6:ROOT", "PROPN PUNCT PRON VERB PUNCT PRON VERB"
    doc = make_text("Leeds - they ate . they drank", tree, tags, starts=(0, 2, 5))
    add_answers(doc, {3: "OTHER", 6: "OTHER"}, entities=[("place", (0, 1))])
    roles = find_roles(doc)
    assert ("place", "Leeds", "e1") in roles["ate"]
    assert all(role != "place" for role, _, _ in roles["drank"])


@pytest.mark.parametrize(
    ("words", "kind"), [("Leeds ( Acme ) , fled", "place"), ("Leeds ( Acme ) - fled", "person")], ids=["comma", "name"]
)
def test_what_is_no_dateline(words, kind):
    doc = add_answers(make_dateline(words), {5: "TRAVEL"}, entities=[(kind, (0, 1))])
    assert find_dateline(Mentions(doc, ()).places) is None


def test_a_place_in_the_next_clause_is_none_of_a_noun_in_this_one():
    tree = "1:nsubj 1:ROOT 1:obj 5:cc 5:nsubj 1:conj 7:case 5:obl"
    doc = make_text("Roe denied charges and Poe spoke in Leeds", tree, "PROPN VERB NOUN CCONJ PROPN VERB ADP PROPN")
    add_answers(doc, {2: "TRIAL"}, {(2, 7): "place"}, [("place", (7, 8))])
    assert find_roles(doc) == {"charges": []}


def test_an_entity_plays_one_role():
    doc = make_text("Roe met Roe", "1:nsubj 1:ROOT 1:obj", "PROPN VERB PROPN")
    add_answers(doc, {1: "MEET"}, {(1, 0): "agent", (1, 2): "patient"}, [("person", (0, 1), (2, 3))])
    assert find_roles(doc) == {"met": [("agent", "Roe", "e1")]}


def test_a_phrase_ends_where_brackets_close():
    doc = make_text("the case ) could", "1:det 1:ROOT 1:punct 1:dep", "DET NOUN PUNCT AUX")
    assert find_phrase(doc[1]).text == "the case"
    doc = make_text("state ) of war", "0:ROOT 0:punct 3:case 0:nmod", "NOUN PUNCT ADP NOUN")
    assert find_phrase(doc[0]).text == "state"


def test_what_has_no_name_is_joined_by_the_place_it_lies_in():
    doc = make_text("they met at a hall in Leeds", "1:nsubj 1:ROOT 4:case 4:det 1:obl 6:case 4:nmod",
                    "PRON VERB ADP DET NOUN ADP PROPN")  # fmt: skip
    add_answers(doc, {1: "MEET"}, {(1, 4): "place"}, [("place", (6, 7))])
    assert find_roles(doc) == {"met": [("agent", "they", None), ("place", "a hall", None), ("place", "Leeds", "e1")]}


def test_whence_somebody_is_is_no_place_of_what_befalls_him():
    doc = make_text("a Leeds man died", "2:det 2:compound 3:nsubj 3:ROOT", "DET PROPN NOUN VERB")
    add_answers(doc, {3: "DIE"}, {(3, 1): "place", (3, 2): "patient"}, [("place", (1, 2))])
    assert [role for role, _, _ in find_roles(doc)["died"]] == ["patient"]


@pytest.mark.parametrize(("dash", "found"), [("-", "NORTHTOWN"), (".", None)])
def test_a_dateline_may_stand_below_a_headline(dash, found):
    words = ["Roe", "wins", "\n", "NORTHTOWN", dash, "Roe", "won"]
    tags = ["PROPN", "VERB", "X", "PROPN", "PUNCT", "PROPN", "VERB"]
    labels = ["nsubj", "ROOT", "dep", "obl", "punct", "nsubj", "ROOT"]
    doc = Doc(spacy.blank("en").vocab, words, pos=tags, heads=[1, 1, 1, 6, 6, 6, 6], deps=labels)
    add_answers(doc, entities=[("place", (3, 4))])
    line = find_dateline(Mentions(doc, ()).places)
    assert (None if line is None else line.span.text) == found


def test_where_a_text_was_written_does_nothing():
    doc = make_text("NORTHTOWN - Roe won", "3:nsubj 3:punct 3:nsubj 3:ROOT", "PROPN PUNCT PROPN VERB")
    add_answers(doc, {3: "ELECT"}, {(3, 0): "agent", (3, 2): "agent"}, [("place", (0, 1)), ("person", (2, 3))])
    assert find_roles(doc)["won"] == [("place", "NORTHTOWN", "e1"), ("agent", "Roe", "e2")]
