"""Where the time of reading goes; no test depends on how long anything takes."""

from types import SimpleNamespace

import pytest

from benchmarks.costs import Stopwatch, name_parts, time_heads, time_parts, watch_session
from benchmarks.probe import count_words, measure_peak, read_articles
from kg.model import Article
from kg.read import load_pipeline
from kg.read.network import OUTPUTS

ARTICLES = [Article("a", "Maria Lopez won on Sunday. She thanked her voters in Quito."), Article("b", "")]


def make_node(kind, inputs, output):
    return SimpleNamespace(op_type=kind, name=f"node_{output}", input=inputs, output=[output])


def test_what_leads_to_the_word_vectors_is_the_encoder_and_the_rest_its_first_output():
    nodes = [
        make_node("Gather", ["input_ids", "table"], "words"),
        make_node("GatherND", ["words"], "vectors"),
        make_node("MatMul", ["vectors"], "shared"),
        *(make_node("Identity", ["shared" if name in ("heads", "labels") else "vectors"], name) for name in OUTPUTS),
    ]
    parts = name_parts(SimpleNamespace(node=nodes))
    assert parts["node_words"] == parts["node_vectors"] == "encoder"
    assert parts["node_shared"] == parts["node_heads"] == "heads"
    assert parts["node_labels"] == "labels"
    assert {parts[f"node_{name}"] for name in OUTPUTS} == set(OUTPUTS)


def test_every_component_has_its_time():
    parts = time_parts(ARTICLES)
    wanted = {"tokenizer", "encoder", "windows", "sentences", "tagger", "names", "entities", "coreference", "values"}
    assert wanted <= set(parts)
    assert all(seconds > 0 for name, seconds in parts.items() if name in ("encoder", "tokenizer", "coreference"))


def test_every_output_of_the_model_has_its_time():
    pytest.importorskip("onnx", reason="only the training extra has it")
    seconds = time_heads(ARTICLES)
    assert set(seconds) == {"encoder", *OUTPUTS}
    assert seconds["encoder"] > seconds["misc"]


def test_watching_the_session_changes_no_answer_and_ends():
    nlp = load_pipeline(threads=1)
    network = nlp.get_pipe("kg_encoder").network
    session, watch = network._session, Stopwatch()
    before = [ent.text for ent in nlp(ARTICLES[0].text).ents]
    with watch_session(nlp, watch):
        assert [ent.text for ent in nlp(ARTICLES[0].text).ents] == before
    assert watch.seconds["encoder"] > 0
    assert network._session is session


def test_articles_of_a_source_are_read_and_their_words_counted(tmp_path):
    file = tmp_path / "two.jsonl"
    file.write_text('{"text": "Rain fell."}\n{"text": "Schools  closed\\nagain.", "published": "2026-01-02"}\n')
    articles = read_articles(file)
    assert [article.published for article in articles] == [None, "2026-01-02"]
    assert count_words(articles) == 5


def test_peak_memory_is_of_this_process():
    assert 0.05 < measure_peak() < 16
