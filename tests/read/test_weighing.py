"""How sure the reader is of attributions, from hand-made trees and weights."""

import math

import pytest
from made_guesses import guess, lay

from kg.read.claim_features import see_features
from kg.read.weighing import Scale, load_scale

SAID = lay("Roe said it rained", "1 1 3 1", "nsubj root nsubj ccomp", "PROPN VERB PRON VERB")


def test_features_tell_lemma_content_and_source():
    [seen] = see_features(SAID, [guess((1, 2), (0, 1), (2, 4))])
    assert {"lemma=say/VERB", "say/VERB ccomp", "content=ccomp", "order=after", "source=PROPN"} <= seen.keys()
    assert seen["cue"] == pytest.approx(math.log(9))
    assert seen["bias"] == 1


def test_a_guess_without_a_source_says_so():
    [seen] = see_features(SAID, [guess((1, 2), None, (2, 4))])
    assert "source=none" in seen
    assert seen["source"] == 0


@pytest.mark.parametrize(
    ("content", "order"), [([(0, 1)], "before"), ([(2, 4)], "after"), ([(0, 1), (2, 4)], "around")],
    ids=["before", "after", "around"],
)  # fmt: skip
def test_order_of_cue_and_content(content, order):
    assert f"order={order}" in see_features(SAID, [guess((1, 2), None, *content)])[0]


def test_chances_grow_with_the_weights_of_what_is_seen():
    scale = Scale({"bias": (0.0, -1.0), "lemma=say/VERB": (2.0, 3.0)}, (0.5, 0.9))
    assert scale.weigh({"bias": 1, "unknown": 5}) == (0.5, pytest.approx(0.2689, abs=1e-3))
    cue, whole = scale.weigh({"bias": 1, "lemma=say/VERB": 1})
    assert (cue, whole) == (pytest.approx(0.8808, abs=1e-3), pytest.approx(0.8808, abs=1e-3))
    assert scale.admits(cue, decoded=True)
    assert not scale.admits(cue, decoded=False)


def test_with_the_scale_that_ships_a_likelier_cue_is_a_surer_claim():
    sure, unsure = (
        load_scale().weigh(see_features(SAID, [guess((1, 2), (0, 1), (2, 4), cue_chances=(chance, chance))])[0])
        for chance in (0.99, 0.2)
    )
    assert sure[0] > unsure[0]
    assert sure[1] > unsure[1]
