"""The coreference head at run time, with weights made by chance."""

import numpy as np
import pytest

from kg.read.antecedents import ALIKE, KEPT, NONE, OLDEST, REACH, WINDOW, Head
from kg.read.candidates import SIZES, Tagged, make_candidates
from kg.read.labels import MENTION_TYPES, UPOS

INNER, HIDDEN, BORDER = 6, 5, 4
SHAPES = {
    "mention.weight": (1, INNER), "mention.bias": (1,), "kind.weight": (len(MENTION_TYPES), INNER),
    "kind.bias": (len(MENTION_TYPES),), "coarse.weight": (INNER, INNER), "coarse_distance": (SIZES["distance"],),
    "coarse_head": (1,), "later.weight": (HIDDEN, INNER), "later.bias": (HIDDEN,), "earlier.weight": (HIDDEN, INNER),
    "product.weight": (HIDDEN, INNER), "features": (sum(SIZES.values()), HIDDEN), "score.weight": (1, HIDDEN),
    "score.bias": (1,), "border_query.weight": (2 * BORDER, INNER), "border_query.bias": (2 * BORDER,),
    "border_key.weight": (2 * BORDER, INNER), "border_key.bias": (2 * BORDER,), "border_distance": (2, REACH + 1),
}  # fmt: skip


def make_weights(seed=0):
    chance = np.random.default_rng(seed)
    return {name: chance.normal(size=shape).astype(np.float32) for name, shape in SHAPES.items()}


def make_text(words):
    return Tagged(words, [UPOS.index("PROPN" if word[0].isupper() else "NOUN") for word in words], [False] * len(words))


def make_all(words, seed=1):
    """The candidates of a text, every word one, and inner vectors for them."""
    vectors = np.random.default_rng(seed).normal(size=(len(words), INNER)).astype(np.float32)
    return make_candidates(make_text(words), range(len(words))), vectors


def words_of(count):
    return [f"noun{number % 37}" for number in range(count)]


def test_the_first_candidate_refers_back_to_nothing():
    candidates, vectors = make_all(words_of(3))
    found = Head(make_weights()).find_antecedents(vectors, candidates)
    assert (found.rows[0] == NONE).all()
    assert np.isneginf(found.scores[0]).all()


def test_antecedents_come_before_and_have_scores():
    candidates, vectors = make_all(words_of(300))
    found = Head(make_weights()).find_antecedents(vectors, candidates)
    real = found.rows != NONE
    assert (found.rows < np.arange(300)[:, None]).all()
    assert (real == np.isfinite(found.scores)).all()
    assert real[200].sum() == KEPT


def test_what_follows_changes_nothing():
    words = words_of(400)
    candidates, vectors = make_all(words)
    head = Head(make_weights())
    whole = head.find_antecedents(vectors, candidates)
    part = head.find_antecedents(vectors[:150], candidates.take(np.arange(150)))
    for row in range(150):
        pairs = {r: s for r, s in zip(whole.rows[row].tolist(), whole.scores[row].tolist(), strict=True) if r != NONE}
        same = {r: s for r, s in zip(part.rows[row].tolist(), part.scores[row].tolist(), strict=True) if r != NONE}
        assert same == pytest.approx(pairs, rel=1e-4, abs=1e-4)


def test_the_same_name_far_before_the_window_is_found():
    words = ["Quito", *[f"noun{number}" for number in range(WINDOW + 50)], "Quito"]
    candidates, vectors = make_all(words)
    found = Head(make_weights()).find_antecedents(vectors, candidates)
    assert 0 in found.rows[-1]
    assert found.rows.shape == (len(words), KEPT + ALIKE)


def test_borders_lie_around_the_head_and_within_the_text():
    vectors = np.random.default_rng(2).normal(size=(90, INNER)).astype(np.float16)
    heads = np.arange(90)
    starts, ends = Head(make_weights()).find_borders(vectors, heads)
    assert ((starts >= 0) & (starts <= heads) & (heads < ends) & (ends <= 90)).all()
    assert (heads - starts).max() <= REACH


def test_types_are_probabilities():
    shares = Head(make_weights()).weigh_types(np.ones((3, INNER), np.float32) * 50)
    assert shares.sum(axis=1) == pytest.approx(1.0)


def test_no_candidates_give_no_antecedents():
    candidates, vectors = make_all([])
    head = Head(make_weights())
    assert head.find_antecedents(vectors.reshape(0, INNER), candidates).rows.shape[0] == 0
    assert head.find_borders(np.zeros((5, INNER), np.float16), np.zeros(0, np.int64))[0].shape == (0,)


def test_a_stored_head_gives_the_same_scores(tmp_path):
    weights = make_weights()
    np.savez(tmp_path / "head.npz", **weights)
    candidates, vectors = make_all(words_of(20))
    stored = Head.load(tmp_path / "head.npz").find_antecedents(vectors, candidates)
    assert np.array_equal(stored.scores, Head(weights).find_antecedents(vectors, candidates).scores)


def test_features_that_a_stored_head_does_not_know_count_nothing(tmp_path):
    weights = make_weights()
    np.savez(tmp_path / "old.npz", **{**weights, "features": weights["features"][:OLDEST]})
    weights["features"][OLDEST:] = 0
    candidates, vectors = make_all(words_of(20))
    old = Head.load(tmp_path / "old.npz").find_antecedents(vectors, candidates)
    assert np.array_equal(old.scores, Head(weights).find_antecedents(vectors, candidates).scores)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda weights: weights.pop("score.bias"), "score.bias"),
        (lambda weights: weights.update({"coarse.weight": np.zeros(3)}), "coarse.weight"),
        (lambda weights: weights.update({"features": np.zeros((OLDEST - 1, HIDDEN))}), "features"),
        (lambda weights: weights.update({"features": np.zeros((sum(SIZES.values()) + 1, HIDDEN))}), "features"),
    ],
    ids=["missing array", "wrong dimensions", "too few features", "too many features"],
)
def test_another_head_is_refused(tmp_path, change, said):
    weights = make_weights()
    change(weights)
    np.savez(tmp_path / "head.npz", **weights)
    with pytest.raises(ValueError, match=rf"head\.npz holds another coreference head: .*{said}"):
        Head.load(tmp_path / "head.npz")


def test_a_file_that_is_missing_says_so(tmp_path):
    with pytest.raises(OSError, match=r"head\.npz"):
        Head.load(tmp_path / "head.npz")


def test_arrays_that_are_no_part_of_the_head_are_ignored(tmp_path):
    weights = make_weights()
    np.savez(tmp_path / "head.npz", **weights, sure=np.array(["text"]))
    inner = np.ones((2, weights["mention.weight"].shape[1]), np.float32)
    assert (Head.load(tmp_path / "head.npz").score_mentions(inner) == Head(weights).score_mentions(inner)).all()
