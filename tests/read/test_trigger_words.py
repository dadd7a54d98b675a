"""Which types a word may tell of, and what becomes of the model's probabilities for it."""

import numpy as np
import pytest

from kg.event_types import EVENT_TYPES
from kg.read.pairs import TRIGGERS
from kg.read.trigger_words import find_types, load_words
from kg.read.triggers import settle_type


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
