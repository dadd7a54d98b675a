"""Scores of polarity, certainty and temporality, on a made-up table."""

import pytest
import spacy

from benchmarks.scores import Score
from benchmarks.stance import judge_case, read_cases, score_stance
from kg.read.stance import Stance

TABLE = """part\tsentence\tcue\tcontent\tpolarity\tcertainty\ttemporality
first\tNo mill closed, Roe said.\tsaid\tNo mill closed\tnegative\tcertain\tnon-future
first\t"He said," he said, "no."\tsaid\tHe said + no\tpositive\tpossible\tfuture
"""


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return read_cases(path)


@pytest.fixture
def answers(monkeypatch):
    """The cue and content that were asked about; the answer is always the same."""
    asked = []

    def judge(cue, content):
        asked.append((cue.start_char, [span.text for span in content]))
        return Stance("negative", "certain", "non-future")

    monkeypatch.setattr("benchmarks.stance.judge", judge)
    return asked


def test_a_content_in_two_parts_is_read(cases):
    assert cases[1].content == ("He said", "no")
    assert cases[1].answer == Stance("positive", "possible", "future")


def test_each_value_and_all_three_are_counted_and_the_wrong_ones_told(cases, answers):
    lines = []
    scores = score_stance(spacy.blank("en"), cases, tell=lines.append)
    assert scores == dict.fromkeys(("polarity", "certainty", "temporality", "all three"), Score(1, 2, 1, 2))
    assert lines == ['first: "He said," he said, "no." is positive possible future, given negative certain non-future']


def test_the_cue_is_looked_for_outside_the_content(cases, answers):
    judge_case(spacy.blank("en")(cases[1].sentence), cases[1])
    assert answers == [(14, ["He said", "no"])]


def test_words_that_are_not_in_the_sentence_are_an_error(cases):
    with pytest.raises(ValueError, match="'said' is not in"):
        judge_case(spacy.blank("en")("No mill closed."), cases[0])
