"""What can be seen of triggers and phrases, on trees made by hand."""

import numpy as np
import pytest

from kg.read.candidates import Tagged
from kg.read.labels import NAME_TAGS, UPOS
from kg.read.pairs import ARGUMENTS, KINDS, SIZES, TRIGGERS, Phrases, look_at_pairs, make_phrases
from kg.read.role_features import (
    LINKS,
    PLACES,
    ROLE_SIZES,
    SEEN,
    VOICES,
    add_role_features,
    climb_joined,
    find_links,
    find_possible_roles,
    keep_possible,
    tell_voices,
)
from kg.read.roles import lay_out


def make_tagged(text, tree, tags):
    words = text.split()
    heads, labels = zip(*(pair.split(":", 1) for pair in tree.split()), strict=True)
    starts = [number == 0 for number in range(len(words))]
    return Tagged(words, [UPOS.index(tag) for tag in tags.split()], starts, [int(head) for head in heads], labels)


HIT = make_tagged(
    "Ann and Bo were hit by police", "4:nsubj:pass 2:cc 0:conj 4:aux:pass 4:root 6:case 4:obl",
    "PROPN CCONJ PROPN AUX VERB ADP NOUN",
)  # fmt: skip


def see(text, trigger, words, names=None):
    layout = lay_out(text, [n == 0 for n in range(len(text.words))], np.zeros(len(text.words), np.int64))
    left = Phrases.of([(trigger, trigger + 1, trigger, 0, 3)])
    right = make_phrases(text, words)
    rows = np.zeros(len(words), np.int64), np.arange(len(words))
    pairs = look_at_pairs(layout, left, right, rows, right.starts)
    names = np.zeros(len(text.words), np.int64) if names is None else names
    return add_role_features(layout, names, left, right, pairs).features[:, len(SIZES) :]


def test_a_joined_phrase_is_seen_where_the_first_one_stands():
    seen = see(HIT, 4, [0, 2])
    assert climb_joined(HIT, 2) == 0
    assert seen[0].tolist() == seen[1].tolist()
    assert seen[0][0] == PLACES.index("below") * len(SEEN) + SEEN.index("nsubj:pass")


def test_prepositions_and_kinds_of_names_are_seen():
    names = np.zeros(7, np.int64)
    names[6] = NAME_TAGS.index("B-organisation")
    seen = dict(zip(ROLE_SIZES, see(HIT, 4, [6], names)[0].tolist(), strict=True))
    assert LINKS[seen["link"]] == "by"
    assert seen["name"] == (NAME_TAGS.index("I-organisation") + 1) // 2
    assert VOICES[seen["voice"]] == "passive"


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "voice"),
    [
        ("they hit him", "1:nsubj 1:root 1:obj", "PRON VERB PRON", 1, "active"),
        ("he was hit", "2:nsubj:pass 2:aux:pass 2:root", "PRON AUX VERB", 2, "passive"),
        ("men hit there", "0:root 0:acl 1:advmod", "NOUN VERB ADV", 1, "participle"),
        ("men hitting back", "0:root 0:acl 1:advmod", "NOUN VERB ADV", 1, "-ing"),
        ("want to hit", "0:root 2:mark 0:xcomp", "VERB PART VERB", 2, "infinitive"),
        ("came and hit", "0:root 2:cc 0:conj", "VERB CCONJ VERB", 2, "joined"),
        ("the hit", "1:det 1:root", "DET NOUN", 1, "no verb"),
        ("guilty", "0:root", "ADJ", 0, "adjective"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_voices(text, tree, tags, word, voice):
    assert VOICES[tell_voices(make_tagged(text, tree, tags), np.array([word]))[0]] == voice


def test_every_number_is_below_its_size():
    seen = see(HIT, 4, [0, 2, 6])
    assert (seen >= 0).all()
    assert (seen < np.array(list(ROLE_SIZES.values()))).all()


def test_a_text_without_pairs_has_the_added_columns():
    assert see(HIT, 4, []).shape == (0, len(ROLE_SIZES))


def test_a_word_without_preposition_has_no_link():
    assert find_links(HIT).tolist() == [0, 0, 0, 0, 0, 0, LINKS.index("by")]


@pytest.mark.parametrize(
    ("type_", "is_time", "possible"),
    [
        ("ARREST", False, ["none", "agent", "patient", "instrument", "place"]),
        ("REQUEST", False, ["none", "agent", "patient", "recipient", "place"]),
        ("REQUEST", True, ["none", "time"]),
        ("none", False, ["none", "agent", "patient", "recipient", "instrument", "place"]),
    ],
    ids=["nobody receives it", "somebody receives it", "a time", "no type known"],
)
def test_a_type_and_a_phrase_rule_out_roles(type_, is_time, possible):
    kinds = np.array([len(KINDS) + TRIGGERS.index(type_)])
    [row] = find_possible_roles(kinds, np.array([is_time]))
    assert [name for name, kept in zip(ARGUMENTS, row, strict=True) if kept] == possible


def test_what_is_ruled_out_is_shared_among_the_rest():
    chances = np.array([[0.2, 0.3, 0.5]], np.float32)
    assert keep_possible(chances, np.array([[True, True, False]])).tolist()[0] == pytest.approx([0.4, 0.6, 0])
