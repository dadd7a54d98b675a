"""Windows over a text, and the model file."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.read.network
from kg.errors import ModelError
from kg.read.network import CONTEXT, LENGTH, Network, plan_windows

SHIPPED = kg.read.network.Path(kg.read.network.__file__).parent / "model"


@pytest.fixture(scope="module")
def network():
    return Network.load(threads=1)


@given(st.lists(st.integers(1, 8), max_size=900), st.randoms(use_true_random=False))
def test_windows_keep_every_word_once_and_fit(sizes, random):
    starts = [random.random() < 0.05 for _ in sizes]
    windows = list(plan_windows(sizes, starts))
    kept = [word for w in windows for word in range(w.keep_start, w.keep_end)]
    assert kept == list(range(len(sizes)))
    for w in windows:
        assert w.start <= w.keep_start < w.keep_end <= w.end
        assert sum(sizes[w.start : w.end]) <= LENGTH - 2


def test_inner_words_have_context_on_both_sides():
    first, second, *_ = plan_windows([1] * 600)
    assert first.end - first.keep_end == CONTEXT
    assert second.keep_start - second.start == CONTEXT


def test_answers_do_not_depend_on_the_company(network):
    text = "Jo Roe met officials of the World Bank in Nairobi on Monday .".split()
    alone = network.answer([text])[0]
    together = network.answer([["Rain", "fell"], text, []])[1]
    assert (alone.names == together.names).all()


def test_answers_do_not_depend_on_the_number_of_threads(network):
    words = "Jo Roe met officials of the World Bank in Nairobi on Monday .".split() * 60
    beside = Network.load(threads=2).answer([words, words[:13]])
    for found, expected in zip(beside, network.answer([words, words[:13]]), strict=True):
        assert (found.names == expected.names).all()
        assert (found.heads == expected.heads).all()


def test_what_fails_in_a_thread_is_raised_where_it_is_waited_for():
    network = Network.load(threads=2)
    network._session = None
    with pytest.raises(AttributeError, match="run"):
        network.answer([["Rain"]])


def test_answers_can_be_dropped_one_by_one(network):
    answers = network.answer([["Rain", "fell"]])[0]
    answers.drop("inner", "roles")
    assert (len(answers.inner), len(answers.roles), len(answers.pairs)) == (0, 0, 2)


def test_an_empty_text_has_no_answers(network):
    assert network.answer([[]])[0].names.shape == (0, 19)


@pytest.mark.parametrize("damaged", ["reader.onnx", "reader.json", "tokenizer.json", "coreference.npz"])
def test_a_damaged_model_is_named(tmp_path, damaged):
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / damaged).write_bytes(b"\x00broken")
    with pytest.raises(ModelError, match=r"cannot be loaded: .*install newskg again"):
        Network.load(folder)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match=str(tmp_path)):
        Network.load(tmp_path)
