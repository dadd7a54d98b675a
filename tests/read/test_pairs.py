"""What is seen of pairs of phrases, and how they are scored."""

import numpy as np
import pytest

from kg.read.candidates import Tagged, number_quotations
from kg.read.labels import UPOS
from kg.read.pairs import (
    AT_TOP,
    FORMS,
    KINDS,
    NO_PATH,
    SIZES,
    UP,
    PairHead,
    Phrases,
    look_at_pairs,
    make_phrases,
    pair_mentions,
    pair_triggers,
    tell_form,
)
from kg.read.roles import RELATIONS, lay_out

WORDS = "Ann Lee , chief of Acme , visited Northtown . She met Bo Ek there .".split()
TAGS = "PROPN PROPN PUNCT NOUN ADP PROPN PUNCT VERB PROPN PUNCT PRON VERB PROPN PROPN ADV PUNCT".split()
HEADS = [7, 0, 3, 0, 5, 3, 0, 7, 7, 7, 11, 11, 11, 12, 11, 11]
LABELS = "nsubj flat punct appos case nmod punct root obj punct nsubj root obj flat advmod punct".split()
MENTIONS = [
    (0, 2, 0, KINDS.index("person"), FORMS.index("name")),
    (5, 6, 5, KINDS.index("organisation"), FORMS.index("name")),
    (8, 9, 8, KINDS.index("place"), FORMS.index("name")),
    (10, 11, 10, KINDS.index("person"), FORMS.index("pronoun")),
    (12, 14, 12, KINDS.index("person"), FORMS.index("name")),
]
OWNERS = np.array([0, 1, 2, 0, 3])


def make_text():
    starts = [number in (0, 10) for number in range(len(WORDS))]
    return Tagged(WORDS, [UPOS.index(tag) for tag in TAGS], starts, HEADS, LABELS)


def make_layout():
    text = make_text()
    return lay_out(text, [number == 0 for number in range(len(WORDS))], number_quotations(text))


def make_head(labels=3, width=8, hidden=6, seed=1):
    numbers = np.random.default_rng(seed)
    shapes = {
        "left.weight": (hidden, width), "left.bias": (hidden,), "right.weight": (hidden, width),
        "product.weight": (hidden, width), "top.weight": (hidden, width), "between.weight": (hidden, width),
        "features": (sum(SIZES.values()), hidden), "out.weight": (labels, hidden), "out.bias": (labels,),
    }  # fmt: skip
    return {name: numbers.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def look(rows):
    phrases = Phrases.of(MENTIONS)
    a, b = (np.array(side) for side in zip(*rows, strict=True))
    return look_at_pairs(make_layout(), phrases, phrases, (a, b), np.unique(phrases.starts))


def column(pairs, name):
    return pairs.features[:, list(SIZES).index(name)].tolist()


def test_path_and_top_come_from_the_tree():
    pairs = look([(0, 1), (0, 2), (1, 2)])
    assert pairs.top.tolist() == [0, 7, 7]
    assert column(pairs, "path") == [2, UP + 1 + 1, 3 * (UP + 1) + 1]


def test_words_of_two_sentences_have_no_path():
    pairs = look([(0, 4)])
    assert (pairs.top.tolist(), column(pairs, "path")) == ([-1], [NO_PATH])
    assert column(pairs, "sentences") == [4]


def test_branches_are_the_relations_below_the_shared_word():
    pairs = look([(0, 1), (1, 2)])
    assert column(pairs, "left branch") == [AT_TOP, RELATIONS.index("nsubj")]
    assert column(pairs, "right branch") == [RELATIONS.index("appos"), RELATIONS.index("obj")]


def test_words_between_lie_between_both_in_either_order():
    pairs = look([(0, 1), (1, 0)])
    assert pairs.first.tolist() == [2, 2]
    assert pairs.last.tolist() == [5, 5]


def test_mentions_between_are_counted():
    assert column(look([(0, 1), (0, 2), (0, 4)]), "between") == [0, 1, 3]


def test_all_features_are_below_their_sizes():
    rows = [(a, b) for a in range(5) for b in range(5) if a != b]
    assert (look(rows).features < np.array(list(SIZES.values()))).all()
    assert (look(rows).features >= 0).all()


def test_mentions_of_one_thing_are_no_pair():
    a, b = pair_mentions(Phrases.of(MENTIONS), OWNERS, make_layout().sentences)
    assert (0, 3) not in set(zip(a.tolist(), b.tolist(), strict=True))
    assert len(a) == 5 * 4 - 2


def test_mentions_far_apart_are_no_pair():
    rows = [(word, word + 1, word, 0, 0) for word in (0, 10, 300)]
    a, _ = pair_mentions(Phrases.of(rows), np.arange(3), np.zeros(400, np.int64))
    assert len(a) == 2


def test_no_mentions_are_no_pairs():
    nothing = Phrases.of([])
    a, b = pair_mentions(nothing, np.zeros(0, np.int64), np.zeros(5, np.int64))
    pairs = look_at_pairs(make_layout(), nothing, nothing, (a, b), nothing.starts)
    assert PairHead(make_head()).score(np.zeros((16, 8), np.float32), nothing, nothing, pairs).shape == (0, 3)


def test_triggers_are_paired_with_words_of_their_sentence():
    text = make_text()
    phrases = make_phrases(text, [0, 1, 3, 5, 8, 10, 12, 13])
    a, b = pair_triggers(Phrases.of([(7, 8, 7, 0, 3), (11, 12, 11, 0, 3)]), phrases, make_layout().sentences)
    assert a.tolist() == [0] * 5 + [1] * 3
    assert phrases.heads[b].tolist() == [0, 1, 3, 5, 8, 10, 12, 13]


@pytest.mark.parametrize(
    ("start", "end", "form"), [(0, 2, "name"), (10, 11, "pronoun"), (3, 4, "nominal")], ids=["name", "she", "chief"]
)
def test_the_form_is_told_from_the_words(start, end, form):
    assert tell_form(make_text(), start, end) == form


def test_scores_do_not_depend_on_what_else_is_scored():
    head = PairHead(make_head())
    inner = np.random.default_rng(2).normal(size=(16, 8)).astype(np.float32)
    phrases = Phrases.of(MENTIONS)
    together = head.score(inner, phrases, phrases, look([(0, 1), (0, 2), (4, 3)]))
    alone = head.score(inner, phrases, phrases, look([(4, 3)]))
    np.testing.assert_allclose(together[2], alone[0], rtol=1e-5)


def test_calibration_is_a_slope_and_a_shift_for_each_label():
    weights = make_head() | {"slope": np.array([1, 2, 1], np.float32), "shift": np.array([0, 0, -1], np.float32)}
    chances = PairHead(weights).calibrate(np.array([[0, 1, 1], [-np.inf, 0, 0]], np.float32))
    np.testing.assert_allclose(chances, [[0.5, 0.8808, 0.5], [0, 0.5, 0.2689]], atol=1e-4)


@pytest.mark.parametrize("missing", ["left.weight", "features"])
def test_a_damaged_file_is_refused(tmp_path, missing):
    weights = make_head()
    weights[missing] = weights[missing][0]
    np.savez(tmp_path / "relations.npz", **weights)
    with pytest.raises(ValueError, match="another head for pairs"):
        PairHead.load(tmp_path / "relations.npz", labels=3)


def test_a_head_with_other_labels_is_refused(tmp_path):
    np.savez(tmp_path / "relations.npz", **make_head(labels=4))
    with pytest.raises(ValueError, match="labels"):
        PairHead.load(tmp_path / "relations.npz", labels=3)
