"""Scores of time values, on a made-up document in the format of GUM."""

import pytest

from benchmarks.scores import Score
from benchmarks.times import read_gum, score_times
from kg.model import Passage, Reading, Time

DOCUMENT = """# newdoc id = made
# meta::dateCreated = 2019-04-03
# newpar
1\tWe\t_\t_\t_\t_\t_\t_\t_\t_
2\tmet\t_\t_\t_\t_\t_\t_\t_\t_
3\tin\t_\t_\t_\t_\t_\t_\t_\t_
4\tMay\t_\t_\t_\t_\t_\t_\t_\tXML=<date when:::"2017-05">
5\t2017\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|XML=</date>
6\t.\t_\t_\t_\t_\t_\t_\t_\t_

# newpar
1-2\tToday's\t_\t_\t_\t_\t_\t_\t_\t_
1\tToday\t_\t_\t_\t_\t_\t_\t_\tXML=<date when:::"2019-04-03"></date>
2\t's\t_\t_\t_\t_\t_\t_\t_\t_
3\tnews\t_\t_\t_\t_\t_\t_\t_\t_
4\tof\t_\t_\t_\t_\t_\t_\t_\t_
5\tlate\t_\t_\t_\t_\t_\t_\t_\tXML=<date notBefore:::"2018"></date>
6\t.\t_\t_\t_\t_\t_\t_\t_\t_
"""


def test_dates_are_read_with_their_offsets(tmp_path):
    (tmp_path / "made.conllu").write_text(DOCUMENT, encoding="utf-8")
    (text,) = read_gum(tmp_path)
    assert text.text == "We met in May 2017.\n\nToday's news of late . "
    assert text.created == "2019-04-03"
    found = [(text.text[t.start : t.end], t.value) for t in text.times]
    assert (found, text.open) == ([("May 2017", "2017-05"), ("Today", "2019-04-03")], 1)


def score(gold, given, words="word"):
    document = DOCUMENT.split("# newpar")[0] + f"# newpar\n1\t{words}\t_\t_\t_\t_\t_\t_\t_\tXML=<date {gold}></date>\n"
    return document, Time(Passage(0, len(words), words), given)


@pytest.mark.parametrize(
    ("gold", "given", "right"),
    [
        ('when:::"2017-05"', "2017-05", 1),
        ('when:::"2017-05"', "2017", 0),
        ('when:::"2017-05-03"', "2017-05-03TNI", 1),
        ('when:::"2017-05-03"', "2017-05-03T21:00", 1),
        ('when:::"2017-05-03T21:00:00"', "2017-05-03T21:00", 1),
        ('when:::"2017-05-03T21:00:00"', "2017-05-03T20:00", 0),
        ('when:::"2017-05-03T21:00:00"', "2017-05-03", 0),
        ('from:::"1990-01-01" to:::"1999-12-31"', "199X", 1),
        ('from:::"1900" to:::"1999"', "19XX", 1),
        ('from:::"2017-01-02" to:::"2017-01-08"', "2017-W01", 1),
        ('from:::"2010-06" to:::"2010-09"', "2010-SU", 1),
        ('from:::"2010-06" to:::"2010-10"', "2010-SU", 0),
        ('from:::"--12" to:::"--03"', "XXXX-WI", 1),
        ('when:::"--10"', "XXXX-10", 1),
        ('when:::"--10"', "2017-10", 0),
        ('when:::"-400"', "BC0400", 1),
        ('when:::"500"', "0500", 1),
    ],
)
def test_values_are_compared_by_the_days_they_cover(tmp_path, gold, given, right):
    document, time = score(gold, given)
    (tmp_path / "made.conllu").write_text(document, encoding="utf-8")
    found = score_times(read_gum(tmp_path), lambda article: Reading(article, times=(time,)))
    assert found == Score(right, 1, right, 1)


def test_a_range_has_both_dates_as_its_ends(tmp_path):
    words = ['1\t1914\t_\t_\t_\t_\t_\t_\t_\tXML=<date when:::"1914"></date>', "2\t-\t_\t_\t_\t_\t_\t_\t_\t_",
             '3\t1918\t_\t_\t_\t_\t_\t_\t_\tXML=<date when:::"1919"></date>']  # fmt: skip
    (tmp_path / "made.conllu").write_text("\n".join(words), encoding="utf-8")
    time, lines = Time(Passage(0, 11, "1914 - 1918"), "1914/1918"), []
    found = score_times(read_gum(tmp_path), lambda article: Reading(article, times=(time,)), tell=lines.append)
    assert found == Score(1, 2, 1, 2)
    assert lines == ["made: '1918' is 1919, given '1914 - 1918' 1914/1918"]


def test_a_range_of_centuries_has_the_ends_that_gum_writes_as_days(tmp_path):
    words = ['1\t15th\t_\t_\t_\t_\t_\t_\t_\tXML=<date from:::"1400-01-01" to:::"1499-12-31"></date>',
             "2\tto\t_\t_\t_\t_\t_\t_\t_\t_",
             '3\t19th\t_\t_\t_\t_\t_\t_\t_\tXML=<date from:::"1800" to:::"1899"></date>']  # fmt: skip
    (tmp_path / "made.conllu").write_text("\n".join(words), encoding="utf-8")
    time = Time(Passage(0, 12, "15th to 19th"), "14XX/18XX")
    assert score_times(read_gum(tmp_path), lambda article: Reading(article, times=(time,))) == Score(2, 2, 2, 2)


def test_a_date_that_is_not_found_is_told(tmp_path):
    (tmp_path / "made.conllu").write_text(DOCUMENT, encoding="utf-8")
    lines = []
    assert score_times(read_gum(tmp_path), Reading, tell=lines.append) == Score(0, 0, 0, 2)
    assert lines[0] == "made: 'May 2017' is 2017-05, given nothing"
