"""The licence switch of the relation corpora, on made corpora in the published formats."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
import spacy
from spacy.language import Language

from kg.read.components import ENTITIES
from kg.read.labels import MISC_TYPES, NAME_TAGS
from training.related import read_related

WORDS = "Ida joined Acme .".split()
DOCRED = {
    "title": "Made",
    "sents": [WORDS],
    "vertexSet": [
        [{"type": "PER", "sent_id": 0, "pos": [0, 1]}],
        [{"type": "ORG", "sent_id": 0, "pos": [2, 3]}],
    ],
    "labels": [{"h": 0, "t": 1, "r": "P108"}],
}
DWIE = {
    "id": "made",
    "sents": [WORDS],
    "entities": [{"tags": ["type::person"], "mentions": [{"sent_id": 0, "pos": [0, 1]}]}],
    "labels": [],
}
FEWREL = {"P463": [{"tokens": WORDS, "h": ["ida", "Q1", [[0]]], "t": ["acme", "Q2", [[2]]]}]}
TEXT2KG = {"id": "1", "sub_label": "Ida", "obj_label": "Acme", "rel": "P463", "sent": "Ida joined Acme."}
KNOWLEDGENET = [
    {"fold": fold, "documentId": str(fold), "documentText": "Ida left.",
     "passages": [{"passageStart": 0, "passageEnd": 9, "facts": [], "exhaustivelyAnnotatedProperties": []}]}
    for fold in (1, 2, 3)
]  # fmt: skip
RE3D = {
    "documents": {"_id": "d", "text": "Ida met Bo."},
    "entities": [{"documentId": "d", "begin": 0, "end": 3, "type": "Person"},
                 {"documentId": "d", "begin": 8, "end": 10, "type": "Person"}],
    "relations": {"documentId": "d", "type": "CommWith", "source": "Ida", "target": "Bo", "value": "met",
                  "sourceBegin": 0, "sourceEnd": 3, "targetBegin": 8, "targetEnd": 10},
}  # fmt: skip
CONLL04 = "#doc 1\n0\tIda\tB-Peop\t['Work_For']\t[2]\n1\tjoined\tO\t['N']\t[1]\n2\tAcme\tB-Org\t['N']\t[2]\n"


@pytest.fixture
def data(tmp_path):
    whole = {
        "knowledgenet/train_folds_1_2_3.json": json.dumps(KNOWLEDGENET),
        "fewrel/val_wiki.json": json.dumps(FEWREL),
        "fewrel/val_nyt.json": json.dumps({}),
        "redocred/dev_revised.json": json.dumps([DOCRED] * 5),
        "text2kgbench_wikidata/train/made.jsonl": json.dumps(TEXT2KG),
        "conll04/train.txt": CONLL04,
        "conll04/dev.txt": "",
        "dwie/train_98.jsonl": json.dumps(DWIE),
    }
    for name, rows in RE3D.items():
        lines = rows if isinstance(rows, list) else [rows]
        whole[f"re3d/Made/{name}.json"] = "\n".join(json.dumps(line) for line in lines)
    for name, content in whole.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@Language.component("no_entities")
def find_no_entities(doc):
    """Finds nothing."""
    doc.user_data[ENTITIES] = ()
    return doc


class BlindNetwork:
    """Sees no names."""

    transitions = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), np.float32)

    def answer(self, texts, bias):
        for words in texts:
            names = np.zeros((len(words), len(NAME_TAGS)), np.float32)
            names[:, 0] = 20
            yield SimpleNamespace(names=names, misc=np.zeros((len(words), len(MISC_TYPES)), np.float32))


@pytest.mark.parametrize(
    ("licences", "corpora"),
    [
        ("A", {"knowledgenet": 2, "fewrel": 1, "re3d": 1}),
        ("B", {"redocred": 4, "text2kgbench": 1}),
        ("D", {"conll04": 1, "dwie": 1}),
        ("AB", {"knowledgenet": 2, "fewrel": 1, "re3d": 1, "redocred": 4, "text2kgbench": 1}),
    ],
)
def test_only_corpora_of_the_given_licences_are_read(data, licences, corpora):
    nlp = spacy.blank("en")
    nlp.add_pipe("no_entities")
    found = read_related(data, licences=licences, nlp=nlp, network=BlindNetwork())
    counts = {name: sum(each.document.corpus == name for each in found) for name in corpora}
    assert (counts, len(found)) == (corpora, sum(corpora.values()))
