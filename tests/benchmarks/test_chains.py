"""The scorer of chains on hand-made annotations, and on what the shipped model makes of a short text."""

import pytest
from spacy.vocab import Vocab

from benchmarks.chains import Part, keep_named, list_brackets, list_chains, list_clusters, measure
from benchmarks.treebank import make_doc, read_treebank
from kg.read import load_pipeline

GUM = """\
# newdoc id = GUM_made_example
# sent_id = GUM_made_example-1
1\tMaria\tMaria\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-cf1-1-coref-Maria
2\tLopez\tLopez\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\twon\twin\tVERB\tVBD\t_\t0\troot\t_\t_
4\tthe\tthe\tDET\tDT\t_\t5\tdet\t_\tEntity=(2-event-new-cf3-2-sgl
5\telection\telection\tNOUN\tNN\t_\t3\tobj\t_\tEntity=2)
6\ton\ton\tADP\tIN\t_\t7\tcase\t_\t_
7\tSunday\tSunday\tPROPN\tNNP\t_\t3\tobl\t_\tEntity=(3-time-new-cf4-1-coref)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = GUM_made_example-2
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv:act-cf1-1-ana)
2\tslept\tsleep\tVERB\tVBD\t_\t0\troot\t_\t_
3\tthat\tthat\tDET\tDT\t_\t4\tdet\t_\tEntity=(3-time-giv:act-cf2-2-coref
4\tday\tday\tNOUN\tNN\t_\t2\tobl\t_\tEntity=3)|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "GUM_made_example.conllu").write_text(GUM, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("misc", "brackets"),
    [
        ("_", []),
        ("MSeg=a-b|Entity=(7-person-new-cf1-1-coref", [(7, "", "person", False)]),
        ("Entity=(7-place-new-cf1-1-sgl(8-person-new-cf1-1-sgl-A_B)9)",
         [(7, "", "place", False), (8, "", "person", True), (9, "", "", True)]),
        ("Entity=4)12)|SpaceAfter=No", [(4, "", "", True), (12, "", "", True)]),
        ("Entity=(5[1/2]-object-new-cf1-1-coref)", [(5, "1", "object", True)]),
        ("Entity=5[2/2])", [(5, "2", "", True)]),
    ],
    ids=["none", "opens", "several", "closes twice", "in parts", "closes a part"],
)  # fmt: skip
def test_entity_values_fall_into_brackets(misc, brackets):
    assert list(list_brackets(misc)) == brackets


def test_clusters_have_spans_forms_and_types(folder):
    [document] = read_treebank(folder)
    assert list_clusters(document) == [
        [Part((0, 2), "name", "person"), Part((8, 9), "pronoun", "person")],
        [Part((3, 5), "other", "event")],
        [Part((6, 7), "name", "time"), Part((10, 12), "other", "time")],
    ]


def test_named_chains_are_names_and_pronouns_of_what_has_a_name(folder):
    [document] = read_treebank(folder)
    assert keep_named(list_clusters(document)) == [[(0, 2), (8, 9)]]


@pytest.mark.parametrize("coreference", [False, True], ids=["without", "with"])
def test_chains_of_a_pipeline_are_scored_with_or_without_its_component(folder, coreference):
    nlp = load_pipeline(threads=1)
    if coreference and "kg_coreference" not in nlp.pipe_names:
        nlp.add_pipe("kg_coreference")
    scores = measure(folder, nlp)
    assert set(scores) == {"all", "singletons", "named"}
    assert scores["named"].conll == 1.0
    assert (scores["all"].mentions.gold, scores["singletons"].mentions.gold) == (4, 5)


def test_chains_hold_each_stretch_of_words_once(folder):
    nlp = load_pipeline(threads=1)
    [document] = read_treebank(folder)
    spans = [part.span for chain in list_chains(nlp(make_doc(nlp.vocab, document))) for part in chain]
    assert (0, 2) in spans
    assert len(spans) == len(set(spans))


def test_spaces_are_those_of_the_text(folder):
    [document] = read_treebank(folder)
    assert make_doc(Vocab(), document).text == "Maria Lopez won the election on Sunday. She slept that day. "
