"""The readers of coreference corpora, on texts written in their formats."""

import json

import pytest

from training.coreference import (
    Span,
    read_dwie_clusters,
    read_ecbplus,
    read_gum,
    read_litbank,
    split_entity_value,
)

PERSON, PLACE, OBJECT = 0, 1, 3

GUM = """\
# newdoc id = GUM_made_example
# sent_id = GUM_made_example-1
1\tAnna\tAnna\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=(1-person-new-cf1-1-coref)
2\tand\tand\tCCONJ\tCC\t_\t3\tcc\t_\t_
3\tBen\tBen\tPROPN\tNNP\t_\t1\tconj\t_\tEntity=(2-person-new-cf2-1-sgl)
4\tsold\tsell\tVERB\tVBD\t_\t0\troot\t_\t_
5\ther\ther\tPRON\tPRP$\t_\t6\tnmod:poss\t_\tEntity=(3-object-new-cf3-2-sgl(1-person-giv:act-cf1-1-ana)
6\tboat\tboat\tNOUN\tNN\t_\t4\tobj\t_\tEntity=3)|SpaceAfter=No

"""


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("(7-person-new-cf1-1-coref", [(7, "", "person", False)]),
        ("(7-person-new-cf1-1-coref-Anna_Bell)", [(7, "", "person", True)]),
        (
            "(7-place-new-cf1-1-sgl(8-person-new-cf1-1-sgl)9)",
            [(7, "", "place", False), (8, "", "person", True), (9, "", None, True)],
        ),
        ("4)12)", [(4, "", None, True), (12, "", None, True)]),
        ("(5[1/2]-object-new-cf1-1-coref)", [(5, "1", "object", True)]),
    ],
    ids=["opens", "opens and closes", "several", "closes twice", "in parts"],
)
def test_entity_values_fall_into_brackets(value, parts):
    assert list(split_entity_value(value)) == parts


def test_gum_gives_nested_mentions_with_types(tmp_path):
    file = tmp_path / "GUM_made_example.conllu"
    file.write_text(GUM, encoding="utf-8")
    [found] = read_gum([file])
    assert found.complete
    assert found.clusters == [
        [Span(0, 1, PERSON), Span(4, 5, PERSON)],
        [Span(2, 3, PERSON)],
        [Span(4, 6, OBJECT)],
    ]


def test_litbank_gives_nested_mentions_without_types(tmp_path):
    rows = [("The", "(0"), ("king", "_"), ("of", "_"), ("Spain", "(1)|0)"), ("slept", "_"), ("", ""), ("He", "(0)")]
    lines = ["#begin document (made); part 0"]
    lines += ["\t".join(["made", "0", "0", word, *["_"] * 8, mark]) if word else "" for word, mark in rows]
    file = tmp_path / "made_brat.conll"
    file.write_text("\n".join(lines), encoding="utf-8")
    [found] = read_litbank([file])
    assert found.document.words == ["The", "king", "of", "Spain", "slept", "He"]
    assert found.document.sentence_starts == [1, 0, 0, 0, 0, 1]
    assert found.clusters == [[Span(0, 4), Span(5, 6)], [Span(3, 4)]]
    assert not found.complete


def test_ecbplus_keeps_checked_sentences_and_no_actions(tmp_path):
    words = [("0", "Ben"), ("0", "ran"), ("1", "Unchecked"), ("2", "He"), ("2", "fell")]
    tokens = "".join(f'<token t_id="{i}" sentence="{s}" number="0">{w}</token>' for i, (s, w) in enumerate(words, 1))
    marks = "".join(
        f'<{tag} m_id="{m}"><token_anchor t_id="{t}"/></{tag}>'
        for tag, m, t in (("HUMAN_PART_PER", 1, 1), ("ACTION_OCCURRENCE", 2, 2), ("HUMAN_PART_PER", 3, 4))
    )
    relation = '<CROSS_DOC_COREF r_id="1"><source m_id="1"/><source m_id="3"/><target m_id="9"/></CROSS_DOC_COREF>'
    (tmp_path / "1").mkdir()
    (tmp_path / "1/1_1ecb.xml").write_text(
        f"<Document>{tokens}<Markables>{marks}</Markables><Relations>{relation}</Relations></Document>"
    )
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text("Topic,File,Sentence Number\n1,1ecb,0\n1,1ecb,2\n")
    [found] = read_ecbplus(tmp_path, [1])
    assert found.document.words == ["Ben", "ran", "He", "fell"]
    assert found.clusters == [[Span(0, 1, PERSON), Span(2, 3, PERSON)]]


def test_dwie_mentions_move_when_blank_words_are_dropped(tmp_path):
    raw = {
        "id": "made",
        "sents": [["Oslo", " ", "sleeps"], ["The", "city", "rests"]],
        "entities": [
            {"tags": ["type::location"], "mentions": [{"sent_id": 0, "pos": [0, 1]}, {"sent_id": 1, "pos": [0, 2]}]}
        ],
    }
    file = tmp_path / "dwie.jsonl"
    file.write_text(json.dumps(raw), encoding="utf-8")
    [found] = read_dwie_clusters(file)
    assert found.clusters == [[Span(0, 1, PLACE), Span(2, 4, PLACE)]]
