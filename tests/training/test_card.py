"""The model card, and the check that int8 loses little of any head."""

import pytest

from training.card import Made, list_losses, write_card
from training.corpora import Source

FULL = {
    "ewt": {"sentences": {"p": 0.95, "r": 0.93, "f1": 0.94}, "upos": 0.97},
    "gum": {"coreference": 0.6, "coreference_named": 0.7},
    "worldwide": {"names": {"p": 0.8, "r": 0.8, "f1": 0.8}, "by_type": {"date": {"f1": 0.9, "n": 5}}},
}
MADE = Made(["--data", "d"], 24_000_000, [Source("ewt", "an origin", "B")], epochs=3)


def change(corpus, measure, value):
    return {**FULL, corpus: {**FULL[corpus], measure: value}}


@pytest.mark.parametrize(
    ("int8", "lost"),
    [
        pytest.param(FULL, [], id="nothing lost"),
        pytest.param(change("ewt", "upos", 0.965), [], id="half a point"),
        pytest.param(change("ewt", "upos", 0.99), [], id="gained"),
        pytest.param(change("ewt", "upos", 0.9649), ["ewt upos"], id="tags"),
        pytest.param(change("ewt", "sentences", {"p": 1.0, "r": 0.88, "f1": 0.93}), ["ewt sentences"], id="F1"),
        pytest.param(change("gum", "coreference", 0.59), ["gum coreference"], id="coreference"),
        pytest.param(change("worldwide", "by_type", {"date": {"f1": 0.1, "n": 5}}), [], id="types are not checked"),
    ],
)
def test_a_head_that_loses_more_than_half_a_point_is_named(int8, lost):
    assert [line.partition(":")[0] for line in list_losses({"fp32": FULL, "int8": int8})] == lost


def test_the_line_of_a_loss_tells_both_scores():
    [line] = list_losses({"fp32": FULL, "int8": change("gum", "coreference_named", 0.68)})
    assert line == "gum coreference_named: 0.7000 in fp32, 0.6800 in int8: more than 0.5 points lost"


def test_card_lists_every_head_corpus_and_score():
    card = write_card({"fp32": FULL, "int8": change("gum", "coreference", 0.5987)}, MADE)
    for head in ("sentence starts", "UPOS", "dependency arcs", "names", "coreference"):
        assert head in card
    assert "| ewt | an origin | B |" in card
    assert "| gum | coreference | 0.6000 | 0.5987 |" in card
    assert "| ewt | sentences | 0.9400 | 0.9400 |" in card
    assert "date 0.900 (5)." in card
    assert "jointly, for 3 epochs" in card


@pytest.mark.parametrize(
    ("initial", "told"), [(None, "published weights"), ("reader.pt", "a later stage: it started from")]
)
def test_card_tells_what_training_started_from(initial, told):
    made = Made(MADE.command, MADE.size, MADE.sources, MADE.epochs, initial)
    assert told in write_card({"fp32": FULL, "int8": FULL}, made)
