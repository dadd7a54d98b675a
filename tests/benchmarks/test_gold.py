"""The readers of gold sets on small files of their formats."""

import json

import pytest

from benchmarks.gold import GoldLabel, compute_fingerprint, decode_bio, join_tokens, read_elevant, read_newswire


def test_newswire_drops_the_address_and_keeps_paragraphs(tmp_path):
    (tmp_path / "b.txt.tsv").write_text(
        "https://news.example/1\tO\n\nLeeds\tB-Location\nwon\tO\n\n\nYes\tO\tB-Misc\n\n"
    )
    (tmp_path / "a.txt.tsv").write_text("No\tO\n")
    first, second = read_newswire(tmp_path)
    assert (first.name, second.name) == ("a", "b")
    assert second.tokens == (("Leeds", "won"), ("Yes",))
    assert second.labels == (("B-Location", "O"), ("O",))


def test_elevant_marks_what_need_not_be_found(tmp_path):
    labels = [
        {"id": 0, "span": [0, 3], "entity_id": "Q1", "name": "Ada", "type": "Q5", "coref": False},
        {"id": 1, "span": [4, 8], "entity_id": "DATETIME", "name": "Unknown", "type": "DATETIME"},
        {"id": 2, "span": [4, 8], "entity_id": "<NIL>", "name": "Unknown", "type": "OTHER", "parent": 1},
        {"id": 3, "span": [9, 11], "entity_id": "Q2", "name": "mayor", "type": "OTHER", "optional": True},
        {"id": 4, "span": [9, 11], "entity_id": "Q1", "name": "Ada", "type": "Q5", "coref": True},
        {"id": 5, "span": [0, 8], "entity_id": "Q3", "name": "Ada", "type": "Q5", "desc": True},
    ]
    record = {"id": 7, "title": "T", "text": "Ada 2019 is", "evaluation_span": [0, 11], "labels": labels}
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(record) + "\n")
    (article,) = read_elevant(file)
    assert (article.id, article.scope) == ("7", (0, 11))
    assert article.labels == (
        GoldLabel(0, (0, 3), "Q1"),
        GoldLabel(1, (4, 8), None, optional=True, named=False),
        GoldLabel(2, (4, 8), None, parent=1, named=False),
        GoldLabel(3, (9, 11), "Q2", optional=True, named=False),
        GoldLabel(4, (9, 11), "Q1", named=False),
        GoldLabel(5, (0, 8), "Q3", optional=True, named=False),
    )


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        pytest.param("B-A I-A O", [(0, 2, "A")], id="one"),
        pytest.param("B-A B-A", [(0, 1, "A"), (1, 2, "A")], id="two of a type side by side"),
        pytest.param("B-A I-B", [(0, 1, "A"), (1, 2, "B")], id="the type changes"),
        pytest.param("O I-A I-A", [(1, 3, "A")], id="begins with I"),
        pytest.param("O O", [], id="none"),
    ],
)
def test_bio_labels_become_spans(labels, spans):
    assert list(decode_bio(labels.split())) == spans


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        pytest.param("Iran ’ s army , he said .", "Iran’s army, he said.", id="possessive"),
        pytest.param("They don ’ t . It 's so .", "They don’t. It's so.", id="clitics"),
        pytest.param("the non - state Ababil - 2", "the non-state Ababil-2", id="hyphens"),
        pytest.param('He said " no " and " yes " .', 'He said "no" and "yes".', id="quotation marks"),
        pytest.param("200 km ( 124 miles ) for $ 5", "200 km (124 miles) for $5", id="brackets and sums"),
        pytest.param("the U . S . Army", "the U.S. Army", id="initials"),
        pytest.param("the Palawa — were “ extinct ”", "the Palawa — were “extinct”", id="dashes"),
    ],
)
def test_tokens_are_joined_as_printed(tokens, text):
    joined, ((*spans,),) = join_tokens([tokens.split()])
    assert joined == text
    assert [joined[start:end] for start, end in spans] == tokens.split()


def test_paragraphs_are_parted_by_an_empty_line():
    assert join_tokens([["One"], ["Two", "."]]) == ("One\n\nTwo.", [[(0, 3)], [(5, 8), (8, 9)]])


def test_fingerprint_sees_every_byte_and_name(tmp_path):
    (tmp_path / "a").write_text("one")
    first = compute_fingerprint(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    second = compute_fingerprint(tmp_path)
    (tmp_path / "b").write_text("two")
    assert len({first, second, compute_fingerprint(tmp_path)}) == 3
    assert compute_fingerprint(tmp_path / "b") != compute_fingerprint(tmp_path)
