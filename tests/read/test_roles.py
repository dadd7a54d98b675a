"""What is seen of the words around a predicate, and how tags become spans."""

import numpy as np
import pytest

from kg.read.attributions import continue_quotation, decode, find_chances, find_cues, find_roles, find_weak_cues
from kg.read.candidates import Tagged, number_quotations
from kg.read.roles import REACH, RELATIONS, ROLE_TAGS, SIZES, UP, lay_out, look_around

WORDS = 'She said : " We will stay . " Others left .'.split()
HEADS = [1, 1, 1, 1, 6, 6, 1, 1, 1, 10, 10, 10]
LABELS = "nsubj root punct punct nsubj aux ccomp:x punct punct nsubj root punct".split()


def lay(words=WORDS, heads=HEADS, labels=LABELS, starts=(0, 9)):
    marks = [n in starts for n in range(len(words))]
    text = Tagged(words, [0] * len(words), marks, heads, labels)
    return lay_out(text, [n == 0 for n in range(len(words))], number_quotations(text))


def test_branches_are_the_relations_below_the_predicate():
    first, seen = look_around(lay(), [1])
    branches = seen[:, list(SIZES).index("branch")].tolist()
    assert first == 0
    assert branches[1] == 1
    assert branches[0] == 2 + UP + RELATIONS.index("nsubj")
    assert branches[4] == branches[6] == 2 + UP + RELATIONS.index("ccomp")
    assert branches[9] == 0


def test_words_above_the_predicate_count_steps():
    _, seen = look_around(lay(), [6])
    branches = seen[:, list(SIZES).index("branch")].tolist()
    assert branches[1] == branches[0] == 2


def test_the_nearest_quotation_is_told_from_none():
    _, seen = look_around(lay(), [1])
    assert seen[:, list(SIZES).index("quotation")].tolist() == [0, 0, 0, 2, 2, 2, 2, 2, 2, 0, 0, 0]


def test_sentences_are_counted_from_the_predicate():
    _, seen = look_around(lay(), [10])
    assert seen[:, list(SIZES).index("sentence")].tolist() == [1] * 9 + [2] * 3


@pytest.mark.parametrize("heads", [[1, 2, 0], [2, 2, 1], [0, 1, 2]], ids=["circle", "crossed", "three roots"])
def test_odd_trees_are_looked_at(heads):
    layout = lay("a b c".split(), heads, ["dep"] * 3, (0,))
    for predicate in range(3):
        _, seen = look_around(layout, [predicate])
        assert (seen < list(SIZES.values())).all()
        assert (seen >= 0).all()


def test_a_long_sentence_is_looked_at_near_the_predicate_only():
    count = 5000
    layout = lay(["w"] * count, [max(0, n - 1) for n in range(count)], ["dep"] * count, (0,))
    first, seen = look_around(layout, [2500])
    assert (first, len(seen)) == (2500 - REACH, 2 * REACH + 1)


def test_cues_are_words_in_a_row():
    """Two cues never stand side by side in news; a word that seems to begin another continues the one before."""
    scores = np.array([[3, 0, 0], [0, 4, 0], [0, 2, 1], [9, 0, 0], [1, 2, 0]], np.float32)
    assert find_cues(scores, np.zeros((3, 3), np.float32)) == [(1, 3), (4, 5)]
    assert find_cues(np.array([[9, 0, 0]] * 3, np.float32), np.zeros((3, 3), np.float32)) == []
    assert find_cues(np.zeros((0, 3), np.float32), np.zeros((3, 3), np.float32)) == []


def test_transitions_join_the_parts_of_a_cue():
    scores = np.array([[9, 0, 0], [0, 4, 0], [1, 0, 0.5], [0, 0, 2], [9, 0, 0]], np.float32)
    joining = np.array([[0, 0, -9], [0, -2, 1], [0, -2, 1]], np.float32)
    assert find_cues(scores, joining) == [(1, 4)]


def test_cues_of_a_long_text_are_those_of_its_parts():
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(300, 3)).astype(np.float32) + np.array([6.5, 0, 0], np.float32)
    scores[::100] = [20, 0, 0]
    transitions = rng.normal(size=(3, 3)).astype(np.float32)
    whole = decode([scores], transitions)[0]
    assert [w for cue in find_cues(scores, transitions) for w in range(*cue)] == np.flatnonzero(whole).tolist()


def test_the_chance_of_a_word_is_that_of_all_tags_of_cues():
    scores = np.log(np.array([[0.5, 0.5, 0], [0.1, 0.2, 0.7]]) + 1e-12).astype(np.float32)
    assert find_chances(scores).tolist() == pytest.approx([0.5, 0.9])


def test_weak_cues_are_likely_words_that_touch_no_decoded_cue():
    chances = np.array([0.9, 0.9, 0.6, 0.1, 0.7, 0.6, 0.2, 0.5], np.float32)
    assert list(find_weak_cues(chances, [(0, 2)])) == [(4, 6), (7, 8)]
    assert list(find_weak_cues(np.zeros(0, np.float32), [])) == []


def test_decoding_weighs_transitions():
    scores = np.array([[0, 1.0], [0.4, 0]], np.float32)
    assert decode([scores], np.zeros((2, 2), np.float32))[0].tolist() == [1, 0]
    assert decode([scores], np.array([[0, 0], [-1, 0]], np.float32))[0].tolist() == [1, 1]


def test_sequences_of_different_length_are_decoded_together():
    transitions = np.array([[0, -0.5], [-0.5, 0]], np.float32)
    rng = np.random.default_rng(3)
    rows = [rng.random((size, 2)).astype(np.float32) for size in (1, 7, 3)]
    assert [d.tolist() for d in decode(rows, transitions)] == [decode([row], transitions)[0].tolist() for row in rows]


class FixedHead:
    """A role head that gives the tags it was told."""

    def __init__(self, tags):
        self.tags = tags
        self.transitions = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)), np.float32)

    def score(self, inner, looks):
        return [self._score(start, len(features)) for _, start, features in looks]

    def _score(self, start, size):
        scores = np.zeros((size, len(ROLE_TAGS)), np.float32)
        for row in range(size):
            scores[row, ROLE_TAGS.index(self.tags.get(start + row, "O"))] = 1
        return scores


def test_tags_become_spans_of_roles():
    tags = {0: "B-source", 3: "B-content", 4: "I-content", 5: "B-content", 7: "I-content"}
    roles = find_roles(FixedHead(tags), lay(), [(1, 2)], np.zeros((12, 4)))
    spans = [("source", (0, 1)), ("content", (3, 5)), ("content", (5, 6)), ("content", (7, 8))]
    assert [[(part.name, part.span) for part in parts] for parts in roles] == [spans]
    assert all(0 < part.chance < 1 for part in roles[0])


@pytest.mark.parametrize(
    ("text", "content", "more"),
    [
        ("He said | “ It rained . | “ It snowed . ” Then he left .", (2, 6), [(6, 11)]),
        ('He said | " It rained . | " It snowed . " Then he left .', (2, 6), [(6, 11)]),
        ("“ One , he said . | “ Two . | “ Three . ” | “ Four . ”", (0, 2), []),
        ("He said | “ One . | “ Two . | “ Three . ” | “ Four . ”", (2, 5), [(5, 8), (8, 12)]),
        ("He said | “ It rained . ” | “ It snowed . ”", (2, 7), []),
        ("He said | “ It rained . | It snowed .", (2, 6), []),
        ("He said it rained . | “ It snowed . ”", (2, 5), []),
        ("He said | “ It rained . | “ It snowed .", (2, 6), []),
    ],
    ids=[
        "curly",
        "straight",
        "not at the end of its paragraph",
        "three paragraphs",
        "closed",
        "no mark",
        "no quotation",
        "never closed",
    ],
)
def test_a_quotation_goes_on_in_the_next_paragraph(text, content, more):
    words, paragraphs = [], []
    for part in text.split(" | "):
        paragraphs += [True, *[False] * (len(part.split()) - 1)]
        words += part.split()
    assert continue_quotation(words, paragraphs, content) == more


def test_a_quotation_that_nothing_closes_does_not_swallow_the_article():
    words = ["“", "It", "rained", "."] * 5000
    paragraphs = [True, False, False, False] * 5000
    assert continue_quotation(words, paragraphs, (0, 4)) == []
