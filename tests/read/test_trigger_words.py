"""Which types a word may tell of, and what becomes of the model's probabilities for it."""

import numpy as np
import pytest
from made_events import add_answers, make_text

from kg.event_types import EVENT_TYPES
from kg.read.claims import make_layout
from kg.read.components import find_answers
from kg.read.pairs import TRIGGERS
from kg.read.trigger_words import NOTHING, find_framed, find_types, load_classes, load_frames, load_words
from kg.read.triggers import Mentions, choose_triggers, find_shown, make_triggers, settle_type


def chances_of(**given):
    chances = np.zeros(len(TRIGGERS), np.float32)
    for name, value in given.items():
        chances[TRIGGERS.index(name)] = value
    return chances


@pytest.mark.parametrize(
    ("word", "part", "types", "is_clear"),
    [
        ("arrested", "VERB", {"ARREST"}, True),
        ("apologies", "NOUN", {"CONCEDE"}, True),
        ("accord", "NOUN", {"AGREE"}, False),
        ("table", "NOUN", set(), False),
    ],
    ids=["clear verb", "plural of a clear noun", "hint", "no event"],
)
def test_words_have_types(word, part, types, is_clear):
    found, clear = find_types(word, part)
    assert types <= found
    assert bool(found) == bool(types)
    assert clear == is_clear


def test_every_type_of_the_table_is_one_of_ours():
    named = {name for words in load_words().values() for types in words.values() for name in types}
    assert named <= {each.name for each in EVENT_TYPES}


@pytest.mark.parametrize(
    ("word", "part", "given", "settled"),
    [
        ("voted", "VERB", {"none": 0.4, "VOTE": 0.4, "SUPPORT": 0.2}, ("VOTE", 0.8)),
        ("voted", "VERB", {"none": 0.6, "VOTE": 0.2, "SUPPORT": 0.2}, ("VOTE", 0.7)),
        ("voted", "VERB", {"none": 0.8, "VOTE": 0.1, "SUPPORT": 0.1}, ("SUPPORT", 0.1)),
        ("accord", "NOUN", {"none": 0.1, "AGREE": 0.45, "SANCTION": 0.45}, ("AGREE", 0.9)),
        ("accord", "NOUN", {"none": 0.1, "AGREE": 0.3, "SANCTION": 0.6}, ("SANCTION", 0.6)),
        ("accord", "NOUN", {"none": 0.4, "AGREE": 0.2, "SANCTION": 0.4}, ("SANCTION", 0.4)),
        ("accord", "NOUN", {"none": 0.2, "AGREE": 0.0, "SANCTION": 0.4, "AID": 0.4}, ("AID", 0.4)),
        ("table", "NOUN", {"none": 0.1, "AGREE": 0.3, "SANCTION": 0.6}, ("SANCTION", 0.6)),
    ],
    ids=[
        "clear",
        "clear, less sure",
        "not told",
        "hinted",
        "another is told",
        "hinted, hardly any",
        "hinted, ruled out",
        "unknown",
    ],
)
def test_what_is_not_none_goes_to_a_type_of_the_word(word, part, given, settled):
    kind, chance = settle_type(chances_of(**given), word, part)
    assert (TRIGGERS[kind], pytest.approx(chance)) == settled


def test_a_fire_leaves_no_office_but_who_fires_may():
    assert "LEAVE_OFFICE" not in find_types("fire", "NOUN")[0]
    assert "LEAVE_OFFICE" in find_types("fire", "VERB")[0]


FRAMES = [
    ("the ferry capsized", "1:det 2:nsubj 2:ROOT", "DET NOUN VERB", {2: "ACCIDENT"}),
    ("the tram was hit by a lorry", "1:det 3:nsubj:pass 3:aux:pass 3:ROOT 6:case 6:det 3:obl:agent",
     "DET NOUN AUX VERB ADP DET NOUN", {3: "ACCIDENT"}),
    ("rebels hit a town", "1:nsubj 1:ROOT 3:det 1:obj", "NOUN VERB DET NOUN", {}),
    ("a storm hit a town", "1:det 2:nsubj 2:ROOT 4:det 2:obj", "DET NOUN VERB DET NOUN", {2: "-"}),
    ("she won the medal", "1:nsubj 1:ROOT 3:det 1:obj", "PRON VERB DET NOUN", {1: "OTHER"}),
    ("she won the election", "1:nsubj 1:ROOT 3:det 1:obj", "PRON VERB DET NOUN", {1: "ELECT"}),
    ("they won", "1:nsubj 1:ROOT", "PRON VERB", {}),
    ("the firm cut jobs", "1:det 2:nsubj 2:ROOT 2:obj", "DET NOUN VERB NOUN", {2: "LEAVE_OFFICE"}),
    ("the firm cut prices", "1:det 2:nsubj 2:ROOT 2:obj", "DET NOUN VERB NOUN", {}),
    ("they threw stones at officers", "1:nsubj 1:ROOT 1:obj 4:case 1:obl", "PRON VERB NOUN ADP NOUN", {1: "ASSAULT"}),
    ("they threw a party", "1:nsubj 1:ROOT 3:det 1:obj", "PRON VERB DET NOUN", {}),
    ("he took over from her", "1:nsubj 1:ROOT 1:compound:prt 4:case 1:obl", "PRON VERB ADP ADP PRON", {1: "APPOINT"}),
    ("workers who marched", "0:ROOT 2:nsubj 0:acl:relcl", "NOUN PRON VERB", {2: "PROTEST"}),
    ("a mayor jailed today", "1:det 1:ROOT 1:acl 2:advmod", "DET NOUN VERB NOUN", {2: "TRIAL"}),
    ("he opened fire", "1:nsubj 1:ROOT 1:obj", "PRON VERB NOUN", {2: "ASSAULT"}),
    ("the founding father", "2:det 2:amod 2:ROOT", "DET VERB NOUN", {}),
    ("demand for cars", "0:ROOT 2:case 0:nmod", "NOUN ADP NOUN", {0: "-"}),
    ("a demand for talks", "1:det 1:ROOT 3:case 1:nmod", "DET NOUN ADP NOUN", {}),
    ("900 votes", "1:nummod 1:ROOT", "NUM NOUN", {1: "-"}),
    ("a vote", "1:det 1:ROOT", "DET NOUN", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree", "tags", "found"), FRAMES, ids=[case[0] for case in FRAMES])
def test_what_stands_around_a_verb_tells_its_event(text, tree, tags, found):
    doc = add_answers(make_text(text, tree, tags))
    tagged = make_layout(doc, find_answers(doc, "test")).text
    assert find_framed(tagged, lambda word: None) == found


@pytest.mark.parametrize(("kind", "found"), [("person", {1: "SUPPORT"}), ("work", {1: "SUPPORT"})])
def test_any_object_may_be_named(kind, found):
    doc = add_answers(make_text("they congratulated Lee", "1:nsubj 1:ROOT 1:obj", "PRON VERB PROPN"))
    tagged = make_layout(doc, find_answers(doc, "test")).text
    assert find_framed(tagged, lambda word: kind if word == 2 else None) == found


@pytest.mark.parametrize(("kind", "found"), [("organisation", {1: "OTHER"}), ("event", {})])
def test_the_kind_of_an_object_decides(kind, found):
    doc = add_answers(make_text("he joined Acme", "1:nsubj 1:ROOT 1:obj", "PRON VERB PROPN"))
    tagged = make_layout(doc, find_answers(doc, "test")).text
    assert find_framed(tagged, {0: "person", 2: kind}.get) == found


def test_every_type_and_class_of_the_frames_is_known():
    frames = [frame for frames in load_frames().values() for frame in frames]
    assert {frame.type for frame in frames} - {NOTHING} <= {each.name for each in EVENT_TYPES}
    named = {
        word for f in frames for words in (*f.needs.values(), *f.bars.values()) for word in words if word[0] == "@"
    }
    kinds = {"@person", "@organisation", "@place", "@event", "@work", "@product", "@group", "@name"}
    assert {word for word in named if word.removeprefix("@") not in load_classes()} <= kinds


def test_a_framed_verb_is_told_though_the_model_sees_no_event():
    doc = add_answers(make_text("the ferry capsized", "1:det 2:nsubj 2:ROOT", "DET NOUN VERB"))
    read = find_answers(doc, "test")
    layout, mentions = make_layout(doc, read), Mentions(doc, ())
    words = choose_triggers(read, layout, mentions)
    [trigger] = make_triggers(doc, read, mentions, words, shown=find_shown(layout.text))
    assert (trigger.token.text, trigger.type) == ("capsized", "ACCIDENT")


def test_what_tells_of_nothing_is_left_out_though_the_model_sees_an_event():
    text = make_text("a storm hit a town", "1:det 2:nsubj 2:ROOT 4:det 2:obj", "DET NOUN VERB DET NOUN")
    doc = add_answers(text, {2: "ASSAULT"})
    read = find_answers(doc, "test")
    assert choose_triggers(read, make_layout(doc, read), Mentions(doc, ())) == []
