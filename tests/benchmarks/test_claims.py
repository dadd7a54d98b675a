"""How attributions are counted."""

import pytest

from benchmarks.claims import count_overlapping, quotation_of, read_polnear, score_claims
from kg.model import Claim, Passage, Reading

TEXT = 'Ada said it rained. "We left," Bo added.'
BRAT = """\
T1\tSource 0 3\tAda
T2\tCue 4 8\tsaid
T3\tContent 9 18\tit rained
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
T4\tSource 31 33\tBo
T5\tCue 34 39\tadded
T6\tContent 20 30\t"We left,"
E2\tAttribution:T5 Source:T4 Cue:T5 Content:T6
T7\tCue 34 39\tadded
E3\tAttribution:T7 Cue:T7
"""


@pytest.fixture
def texts(tmp_path):
    for name, content in (("text/one.txt", TEXT), ("attributions/one_a.ann", BRAT), ("attributions/one_b.ann", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return list(read_polnear(tmp_path))


def claim(cue, source, content, quotation="indirect"):
    def passage(span):
        return Passage(*span, TEXT[slice(*span)])

    return Claim("c", None, source and passage(source), passage(cue), (passage(content),), quotation, "positive",
                 "certain", "non-future", None, (), 1.0)  # fmt: skip


def test_an_attribution_without_content_is_left_out(texts):
    assert [c.quotation for c in texts[0].claims] == ["indirect", "direct"]


def test_the_right_claims_score_one(texts):
    claims = (claim((4, 8), (0, 3), (9, 18)), claim((34, 39), (31, 33), (20, 30), "direct"))
    scores = score_claims(texts, lambda article: Reading(article, claims=claims))
    assert {name: score.f1 for name, score in scores.items() if score.wanted} == dict.fromkeys(
        [n for n, s in scores.items() if s.wanted], 1.0
    )
    assert scores["whole"].wanted == 2


def test_a_short_content_overlaps_but_is_not_exact(texts):
    told = []
    claims = (claim((4, 8), (0, 3), (12, 18)),)
    scores = score_claims(texts, lambda article: Reading(article, claims=claims), tell=told.append)
    assert (scores["content overlap"].recall, scores["content exact"].recall) == (0.5, 0.0)
    assert scores["direct source"].recall == 0.0
    assert len(told) == 2


def test_spans_overlap_one_to_one():
    assert count_overlapping([(0, 10)], [(0, 5), (5, 10)]) == 1
    assert count_overlapping([(0, 10)], [(8, 40)]) == 0


@pytest.mark.parametrize(
    ("text", "kind"), [("it rained", "indirect"), ("“It rained.”", "direct"), ("it “rained” hard", "mixed")]
)
def test_quotation_of_a_content(text, kind):
    assert quotation_of(text, [(0, len(text))]) == kind
