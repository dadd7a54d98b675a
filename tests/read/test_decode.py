"""From tag scores to names."""

import numpy as np

from kg.read.decode import Name, decode_name_stretches, decode_names, share_evidence, spans_of, tags_of
from kg.read.labels import MISC_TYPES, NAME_TAGS

NONE = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), np.float32)


def scores(*tags):
    table = np.full((len(tags), len(NAME_TAGS)), -5, np.float32)
    for word, tag in enumerate(tags):
        table[word, NAME_TAGS.index(tag)] = 5
    return table


def decode_whole(table, moves):
    return [NAME_TAGS[tag] for tag in decode_name_stretches(table, [(0, len(table))], moves)]


def test_clear_scores_give_their_tags():
    tags = ("O", "B-person", "I-person", "O", "B-place")
    assert decode_whole(scores(*tags), NONE) == list(tags)


def test_an_inside_tag_never_begins_a_name():
    table = scores("O", "I-person")
    table[1, NAME_TAGS.index("B-person")] = 4
    assert decode_whole(table, NONE) == ["O", "B-person"]


def test_names_far_apart_are_all_found():
    table = scores(*["B-place", *["O"] * 50, "B-person", "I-person", *["O"] * 50, "B-date"])
    misc = np.zeros((len(table), len(MISC_TYPES)), np.float32)
    assert decode_names(["w"] * len(table), table, misc, NONE) == [
        Name(0, 1, "place"),
        Name(51, 53, "person"),
        Name(103, 104, "date"),
    ]


def test_stretches_decode_as_the_whole_text_would():
    rng = np.random.default_rng(0)
    for _ in range(20):
        table = rng.normal(size=(80, len(NAME_TAGS))).astype(np.float32) * 3
        table[:, 0] += 9
        moves = rng.normal(size=NONE.shape).astype(np.float32) * 0.2
        whole = spans_of(decode_whole(share_evidence([], table), moves))
        misc = np.zeros((80, len(MISC_TYPES)), np.float32)
        misc[:, 2] = 1
        found = [
            (n.start, n.end, "misc" if n.type == "other" else n.type)
            for n in decode_names(["w"] * 80, table, misc, moves)
        ]
        assert found == whole


def test_misc_names_get_their_subtype():
    misc = np.array([[0, 3, 0], [1, 2, 0]], np.float32)
    assert decode_names(["w", "w"], scores("B-misc", "I-misc"), misc, NONE) == [Name(0, 2, "work")]


def test_no_words_no_names():
    empty = np.zeros((0, len(NAME_TAGS)), np.float32)
    assert decode_names([], empty, np.zeros((0, 3), np.float32), NONE) == []


def test_no_name_goes_across_the_start_of_a_paragraph():
    table = scores("B-person", "I-person", "I-person", "I-person")
    misc = np.zeros((4, len(MISC_TYPES)), np.float32)
    words = ["Ann", "Roe", "Bo", "Hall"]
    found = decode_names(words, table, misc, NONE, starts=[True, False, True, False])
    assert found == [Name(0, 2, "person"), Name(2, 4, "person")]
    assert decode_names(words, table, misc, NONE) == [Name(0, 4, "person")]


def test_a_clear_place_decides_for_an_unclear_one():
    clear, unclear = scores("B-group"), scores("O")
    unclear[0, NAME_TAGS.index("B-person")], unclear[0, NAME_TAGS.index("B-group")] = 5.5, 5
    table = np.concatenate([clear, scores("O"), unclear])
    misc = np.zeros((3, len(MISC_TYPES)), np.float32)
    found = decode_names(["Rohingya", "and", "Rohingya"], table, misc, NONE)
    assert [name.type for name in found] == ["group", "group"]


def test_names_are_written_as_tags_with_misc_as_one():
    names = [Name(1, 3, "work"), Name(3, 4, "place")]
    assert tags_of(names, 5) == ["O", "B-misc", "I-misc", "B-place", "O"]
