"""Time expressions: what is found, and which value it has."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.model import Entity, Interval, Mention, Passage
from kg.read.time_patterns import find_expressions
from kg.read.times import find_times, interval_of, part_lives

WEDNESDAY = "2020-01-08"
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def read(text, published=WEDNESDAY):
    return find_times(NLP(text), published=published)


def values(text, published=WEDNESDAY):
    return [(t.passage.text, t.value) for t in read(text, published)]


# One sentence, the words that are a time, their value; published on Wednesday, 8 January 2020.
CASES = [
    # days with a date
    ("The mill burned down on January 5, 2019.", "January 5, 2019", "2019-01-05"),
    ("The mill burned down on 5 January 2019.", "5 January 2019", "2019-01-05"),
    ("The mill burned down on the 5th of January 2019.", "the 5th of January 2019", "2019-01-05"),
    ("The mill burned down on the fifth of January 2019.", "the fifth of January 2019", "2019-01-05"),
    ("The mill burned down on Jan. 5, 2019.", "Jan. 5, 2019", "2019-01-05"),
    ("The mill burned down on Saturday, January 5, 2019.", "Saturday, January 5, 2019", "2019-01-05"),
    ("The mill burned down on 2019-01-05.", "2019-01-05", "2019-01-05"),
    ("The mill burned down on 25/12/2018.", "25/12/2018", "2018-12-25"),
    ("The mill burned down on 12/25/2018.", "12/25/2018", "2018-12-25"),
    ("The mill burned down on 5.1.2019.", "5.1.2019", "2019-01-05"),
    ("The mill burned down on 5/1/2019.", "5/1/2019", None),
    ("The mill burned down on February 30, 2019.", "February 30, 2019", None),
    ("JANUARY 5, 2019 WAS COLD.", "JANUARY 5, 2019", "2019-01-05"),
    ("The law changed after 9/11.", "9/11", "2001-09-11"),
    # days and months without a year
    ("The mill burned down on December 27.", "December 27", "2019-12-27"),
    ("The mill burned down on 27 December.", "27 December", "2019-12-27"),
    ("The mill will reopen on March 3.", "March 3", "2020-03-03"),
    ("The mill burned down on Sunday, March 3.", "Sunday, March 3", "2019-03-03"),
    ("The mill burned down in June.", "June", "2019-06"),
    ("The mill will reopen in June.", "June", "2020-06"),
    ("The mill burned down in January.", "January", "2020-01"),
    ("The rains are heavy in July.", "July", "XXXX-07"),
    ("The mill burned down last June.", "last June", "2019-06"),
    ("The mill will reopen next March.", "next March", "2020-03"),
    ("The mill burned down in June last year.", "June last year", "2019-06"),
    ("The mill burned down in early June 2018.", "early June 2018", "2018-06"),
    ("The mill burned down in June of 2018.", "June of 2018", "2018-06"),
    ("The mill burned down in June of 384.", "June of 384", "0384-06"),
    ("The mill burned down on 27 December last year.", "27 December last year", "2019-12-27"),
    ("The mill will reopen on March 3 next year.", "March 3 next year", "2021-03-03"),
    ("The mill burned down on the 4th day of July, 1876.", "the 4th day of July, 1876", "1876-07-04"),
    ("The mill burned down on the 4th of July last.", "the 4th of July last", "2019-07-04"),
    ("The mill burned down on June 31.", "June 31", None),
    ("The mill burned down this past December.", "this past December", "2019-12"),
    ("The mill burned down in February.", "February", "2019-02"),
    ("The mill will reopen in February.", "February", "2020-02"),
    ("A fair in February.", "February", "2020-02"),
    ("A fair in March.", "March", None),
    ("A fair in October.", "October", "2019-10"),
    ("The mill burned down in the September 11 attacks.", "September 11", "2001-09-11"),
    ("The mill burned down after the Oct. 7 attack.", "Oct. 7", "2023-10-07"),
    # weekdays
    ("The minister resigned on Monday.", "Monday", "2020-01-06"),
    ("The minister resigned on Wednesday.", "Wednesday", "2020-01-08"),
    ("The minister resigned on Thursday.", "Thursday", "2020-01-02"),
    ("The minister will resign on Thursday.", "Thursday", "2020-01-09"),
    ("The minister is expected to resign on Friday.", "Friday", "2020-01-10"),
    ("The minister is due in court on Friday.", "Friday", "2020-01-10"),
    ("The minister agreed to resign on Friday.", "Friday", "2020-01-10"),
    ("The minister flew to Oslo to see the king on Friday.", "Friday", "2020-01-03"),
    ("On Friday, the minister resigned.", "Friday", "2020-01-03"),
    ("On Friday, the minister will resign.", "Friday", "2020-01-10"),
    ("The aide said that on Friday the minister would resign.", "Friday", "2020-01-10"),
    ("The minister said on Monday that he will resign.", "Monday", "2020-01-06"),
    ("The minister resigned last Friday.", "last Friday", "2020-01-03"),
    ("The minister resigned on Friday last week.", "Friday last week", "2020-01-03"),
    ("The minister will resign next Tuesday.", "next Tuesday", "2020-01-14"),
    ("The minister will resign next Friday.", "next Friday", None),
    ("The minister signed Monday's letter.", "Monday", "2020-01-06"),
    ("The minister resigned late on Monday.", "late on Monday", "2020-01-06"),
    ("The minister resigned on Monday night.", "Monday night", "2020-01-06TNI"),
    ("The minister walked every Friday.", "every Friday", None),
    ("The minister has been ill since Friday.", "Friday", "2020-01-03"),
    ("After Tuesday's storm, schools will close.", "Tuesday", "2020-01-07"),
    ("A storm on Friday.", "Friday", None),
    ("Neighbours could hear the fire on Friday.", "Friday", "2020-01-03"),
    ("Neighbours could sue on Friday.", "Friday", "2020-01-10"),
    ("The mill was lost, according to a report on Friday.", "Friday", "2020-01-03"),
    ("The rain is forecast to end on Friday.", "Friday", "2020-01-10"),
    ("Ms May resigned on Friday.", "Friday", "2020-01-03"),
    # seen from the publication
    ("The minister resigned today.", "today", "2020-01-08"),
    ("The minister resigned yesterday.", "yesterday", "2020-01-07"),
    ("The minister will resign tomorrow.", "tomorrow", "2020-01-09"),
    ("The minister resigned the day before yesterday.", "the day before yesterday", "2020-01-06"),
    ("The minister resigned last night.", "last night", "2020-01-07TNI"),
    ("The minister resigned yesterday morning.", "yesterday morning", "2020-01-07TMO"),
    ("The minister resigned this morning.", "this morning", "2020-01-08TMO"),
    ("The minister will speak tonight.", "tonight", "2020-01-08TNI"),
    ("The minister resigned last week.", "last week", "2020-W01"),
    ("The minister will resign next week.", "next week", "2020-W03"),
    ("The minister resigned earlier this month.", "earlier this month", "2020-01"),
    ("The minister resigned last month.", "last month", "2019-12"),
    ("The minister resigned last year.", "last year", "2019"),
    ("The economy shrank last quarter.", "last quarter", "2019-Q4"),
    ("Crowds gathered over the weekend.", "the weekend", "2020-W01-WE"),
    ("Crowds will gather this weekend.", "this weekend", "2020-W02-WE"),
    ("The minister resigned two days ago.", "two days ago", "2020-01-06"),
    ("The minister resigned two weeks ago.", "two weeks ago", "2019-W52"),
    ("The minister resigned three months ago.", "three months ago", "2019-10"),
    ("The minister resigned 12 years ago.", "12 years ago", "2008"),
    ("The mill was built 900 years ago.", "900 years ago", None),
    ("The minister resigned nearly two years ago.", "nearly two years ago", None),
    ("The minister resigned a few days ago.", "a few days ago", None),
    ("The minister resigned several days after.", "several days after", None),
    ("Prices rose over the past two weeks.", "the past two weeks", "2019-12-26/2020-01-08"),
    ("Prices rose over the last five years.", "the last five years", "2015-01-09/2020-01-08"),
    ("Prices will rise in the next three months.", "the next three months", "2020-01-09/2020-04-08"),
    ("Prices rose in recent years.", "recent years", None),
    ("The ministers met last summer.", "last summer", "2019-SU"),
    ("Work will end at the end of the year.", "the end of the year", "2020"),
    ("Work will end by the end of the year.", "the end of the year", "2020-12-31"),
    ("Work will end by the end of this month.", "the end of this month", "2020-01-31"),
    ("Work will end by year end.", "year end", "2020-12-31"),
    ("Crowds will gather on this day.", "this day", "2020-01-08"),
    ("The minister flew home at Christmas.", "Christmas", "2019-12-25"),
    ("They met on New Year's Eve.", "New Year's Eve", "2019-12-31"),
    # years and longer
    ("The mill burned down in 2017.", "2017", "2017"),
    ("The mill was built in 1648.", "1648", "1648"),
    ("The mill ran from 2010 to 2015.", "2010 to 2015", "2010/2015"),
    ("The mill ran between 2010 and 2015.", "2010 and 2015", "2010/2015"),
    ("He led the mill (1914-18).", "1914-18", "1914/1918"),
    ("The club won the cup in 2019-20.", "2019-20", "2019/2020"),
    ("The club won the cup in 2019/20.", "2019/20", "2019/2020"),
    ("The mill was built in the 1990s.", "the 1990s", "199X"),
    ("The mill was built in the '90s.", "the '90s", "199X"),
    ("The mill was built in the late nineties.", "the late nineties", "199X"),
    ("The mill was built in the 1900s.", "the 1900s", None),
    ("The mill was built in the 19th century.", "the 19th century", "18XX"),
    ("The mill was built in the early twentieth century.", "the early twentieth century", "19XX"),
    ("The temple was built in 400 BC.", "400 BC", "BC0400"),
    ("The temple stood from 1200 to about 400 BC.", "1200 to about 400 BC", "BC1200/BC0400"),
    ("The temple was built in 44–43 BCE.", "44–43 BCE", "BC0044/BC0043"),
    ("The temple was built in the year 71.", "the year 71", "0071"),
    ("The abbot (c. 314 – 368) built it.", "c. 314 – 368", "0314/0368"),
    ("The mill ran from the 15th to the 19th century.", "the 15th to the 19th century", "14XX/18XX"),
    ("The mill was built in the 16th and 17th centuries.", "the 16th and 17th centuries", "15XX/16XX"),
    ("The mill was built in nineteen eighty-four.", "nineteen eighty-four", "1984"),
    ("The mill was built in nineteen hundred and ten.", "nineteen hundred and ten", "1910"),
    ("The mill was built in two thousand and five.", "two thousand and five", "2005"),
    ("The mill burned down in World War II.", "World War II", "1939-09-01/1945-09-02"),
    ("A World War I bomb went off.", "World War I", "1914-07-28/1918-11-11"),
    ("The mill is old (Smith et al., 2011).", "2011", "2011"),
    ("Sales fell in the first quarter of 2019.", "the first quarter of 2019", "2019-Q1"),
    ("Sales fell in the fourth quarter.", "the fourth quarter", "2019-Q4"),
    ("Sales fell in Q3 2019.", "Q3 2019", "2019-Q3"),
    ("Sales fell in the first half of last year.", "the first half of last year", "2019-H1"),
    ("Sales fell in the first quarter of fiscal 2020.", "the first quarter of fiscal 2020", None),
    ("Sales fell in fiscal 2019.", "fiscal 2019", "FY2019"),
    ("He was born in the summer of 1969.", "the summer of 1969", "1969-SU"),
    ("They met in the winter of 2018-19.", "the winter of 2018-19", "2018-12/2019-02"),
    # ranges of days
    ("The fair took place on 3-5 May.", "3-5 May", "2019-05-03/2019-05-05"),
    ("The fair took place on May 3-5, 2018.", "May 3-5, 2018", "2018-05-03/2018-05-05"),
    ("The fair ran from March to August 2011.", "March to August 2011", "2011-03/2011-08"),
    ("The fair ran from April 28 to May 3, 2018.", "April 28 to May 3, 2018", "2018-04-28/2018-05-03"),
    ("The fair took place on 13 to 17 July of last year.", "13 to 17 July of last year", "2019-07-13/2019-07-17"),
    ("The fair ran between 3 and 5 May 2018.", "3 and 5 May 2018", "2018-05-03/2018-05-05"),
    ("The fair ran between May 3 and 5, 2018.", "May 3 and 5, 2018", "2018-05-03/2018-05-05"),
    ("The fair ran May-June 2018.", "May-June 2018", "2018-05/2018-06"),
    ("The fair ran from Monday to Tuesday.", "Monday to Tuesday", "2020-01-06/2020-01-07"),
    # times of day
    ("The doors closed at 9 p.m. on Monday.", "9 p.m. on Monday", "2020-01-06T21:00"),
    ("The doors closed on Monday at 9:30pm.", "Monday at 9:30pm", "2020-01-06T21:30"),
    ("The doors closed at 22:30.", "22:30", "T22:30"),
    ("The doors closed at 2:30.", "2:30", None),
    ("The doors closed at 1730 GMT.", "1730", "T17:30"),
    ("The doors closed at 20:15 CET.", "20:15", "T20:15"),
    ("The doors closed at 5:30 EST.", "5:30", None),
    ("The doors closed at 12 a.m.", "12 a.m.", "T00:00"),
    ("The doors closed at noon.", "noon", "T12:00"),
    ("The doors closed at midnight.", "midnight", None),
    ("The doors closed yesterday at ten o'clock.", "yesterday at ten o'clock", "2020-01-07"),
    ("She fell at 3 a.m. last night.", "3 a.m. last night", "2020-01-08T03:00"),
    ("She fell on the night of January 5.", "the night of January 5", "2020-01-05TNI"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value"), CASES, ids=[f"{words} in {text}" for text, words, _ in CASES])
def test_value_of_a_time_expression(text, words, value):
    assert values(text) == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May resigned.",
        "You may leave.",
        "They march on.",
        "The march began.",
        "April smiled.",
        "Some 2000 people marched.",
        "It cost $1999.",
        "Flight 1984 landed.",
        "They sold 1,950 cars.",
        "Call 555-1984-2000.",
        "They won 3-2.",
        "Spring rolls were served.",
        "The Christmas tree fell.",
        "He read the Sunday Times.",
        "Black Friday sales rose.",
        "The Mar-a-Lago club reopened.",
        "She turned 62.",
        "It scored 15:20 in the test.",
        "Channel 1984 went silent.",
        "They caught 1999 of them.",
        "Fans of fifteen sixteen-year-olds cheered.",
        "He lives at 5 March Street.",
        "The A300 and 747 landed.",
        "",
    ],
)
def test_words_that_only_look_like_a_time(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met on Monday. The next day, they signed.", [("Monday", "2020-01-06"), ("The next day", "2020-01-07")]),
        ("He left in 1924. Two years later he died.", [("1924", "1924"), ("Two years later", "1926")]),
        ("He left in 1924. That year he died.", [("1924", "1924"), ("That year", "1924")]),
        ("He left on May 2, 1924. He died on June 3.", [("May 2, 1924", "1924-05-02"), ("June 3", "1924-06-03")]),
        ("He was tried on May 2, 2015, and freed on June 3. He spoke on Monday.",
         [("May 2, 2015", "2015-05-02"), ("June 3", "2015-06-03"), ("Monday", "2020-01-06")]),
        ("He left in 2015. On Monday he spoke. In June he lost.",
         [("2015", "2015"), ("Monday", "2020-01-06"), ("June", "2019-06")]),
        ("It lasts until January 2021. She left on June 3.", [("January 2021", "2021-01"), ("June 3", "2019-06-03")]),
        ("The vote is due on Friday. They met on Monday. The trial will open on Friday. The next day, he fled.",
         [("Friday", "2020-01-10"), ("Monday", "2020-01-06"), ("Friday", "2020-01-10"), ("The next day", None)]),
        ("It opened in AD 314. The fire came in 373.", [("AD 314", "0314")]),
        ("He left in 2015. He died two days later.", [("2015", "2015"), ("two days later", None)]),
        ("He arrived two days before the vote.", [("two days before", None)]),
        ("The trial will open on Friday. The same day, he fled.", [("Friday", "2020-01-10"), ("The same day", None)]),
        ("Wednesday, January 8, 2020\n\nThe study was printed on October 22.",
         [("Wednesday, January 8, 2020", "2020-01-08"), ("October 22", "2019-10-22")]),
    ],
    ids=["next day", "years later", "that year", "a history", "same sentence", "news",
         "year to come", "after what is to come", "small number", "too coarse", "of an event",
         "what is to come", "the day of publication"],
)  # fmt: skip
def test_a_time_is_counted_from_the_one_before(text, found):
    assert values(text) == found


def test_without_a_publication_day_only_full_dates_have_values():
    found = values("He left on Monday. He came back yesterday and in June. He died on May 2, 2015.", None)
    assert found == [("Monday", None), ("yesterday", None), ("June", None), ("May 2, 2015", "2015-05-02")]


def test_a_date_alone_on_the_first_line_is_the_day_of_publication():
    text = "Wednesday, January 8, 2020\n\nThe mill burned down on Monday."
    assert values(text, None)[1] == ("Monday", "2020-01-06")


@pytest.mark.parametrize("published", ["2020-01-08T23:59:00Z", "2020-01-08"], ids=["moment", "day"])
def test_publication_may_have_a_time_of_day(published):
    assert values("He left on Monday.", published) == [("Monday", "2020-01-06")]


@pytest.mark.parametrize("published", ["", "soon", "2020", "2020-13-45"])
def test_an_unclear_publication_day_anchors_nothing(published):
    assert values("He left on Monday.", published) == [("Monday", None)]


def test_a_dateline_has_the_nearest_year():
    text = "BAGHDAD, Jan 7 (Reuters) - Two rockets hit a base on Tuesday."
    assert values(text) == [("Jan 7", "2020-01-07"), ("Tuesday", "2020-01-07")]


def made(words, pos, ents=()):
    doc = Doc(NLP.vocab, words=words, pos=pos)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in ents])
    return doc


def test_a_date_of_the_model_without_a_rule_is_kept_without_value():
    doc = made(["He", "left", "on", "Eid", "."], ["PRON", "VERB", "ADP", "PROPN", "PUNCT"], [(3, 4, "date")])
    assert [(t.passage.text, t.value) for t in find_times(doc, published=WEDNESDAY)] == [("Eid", None)]


def test_a_longer_date_of_the_model_takes_the_value_of_the_rule():
    words = ["He", "left", "very", "late", "Monday", "."]
    doc = made(words, ["PRON", "VERB", "ADV", "ADV", "PROPN", "PUNCT"], [(2, 5, "date")])
    assert [(t.passage.text, t.value) for t in find_times(doc, published=WEDNESDAY)] == [
        ("very late Monday", "2020-01-06")
    ]


def test_a_longer_date_of_the_model_that_says_something_else_has_no_value():
    words = ["He", "left", "days", "after", "Monday", "."]
    doc = made(words, ["PRON", "VERB", "NOUN", "ADP", "PROPN", "PUNCT"], [(2, 5, "date")])
    assert [(t.passage.text, t.value) for t in find_times(doc, published=WEDNESDAY)] == [("days after Monday", None)]


def test_a_duration_of_the_model_has_its_length_as_value():
    doc = made(["It", "took", "three", "years", "."], ["PRON", "VERB", "NUM", "NOUN", "PUNCT"], [(2, 4, "date")])
    assert [(t.passage.text, t.value) for t in find_times(doc, published=WEDNESDAY)] == [("three years", "P3Y")]


def test_a_name_of_a_person_is_no_month():
    words = ["He", "ran", "from", "June", "."]
    doc = made(words, ["PRON", "VERB", "ADP", "PROPN", "PUNCT"], [(3, 4, "person")])
    assert find_times(doc, published=WEDNESDAY) == ()


@pytest.mark.parametrize("kind", ["place", "facility", "event"])
def test_a_month_or_season_in_a_longer_name_is_none(kind):
    doc = made(["In", "Spring", "Hill", "he", "fell", "."], ["ADP", "PROPN", "PROPN", "PRON", "VERB", "PUNCT"],
               [(1, 3, kind)])  # fmt: skip
    assert find_times(doc, published=WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("early", "value"), [("c. 314", "0373"), ("400 BC", None), ("2019", None)], ids=["early", "before our era", "late"]
)
def test_a_small_number_that_the_model_calls_a_date_is_a_year_where_early_years_are_told_of(early, value):
    words = ["After", *early.split(), "and", "373", "came", "peace", "."]
    doc = Doc(NLP.vocab, words=words)
    number = words.index("373")
    doc.set_ents([Span(doc, number, number + 1, label="date")])
    assert [t.value for t in find_times(doc, published=WEDNESDAY) if t.passage.text == "373"] == [value] * bool(value)


def test_a_year_before_a_noun_does_not_set_the_year_of_the_story():
    doc = made(["The", "2016", "vote", "failed", ".", "In", "June", "he", "fell", "."],
               ["DET", "NUM", "NOUN", "VERB", "PUNCT", "ADP", "PROPN", "PRON", "VERB", "PUNCT"])  # fmt: skip
    assert [t.value for t in find_times(doc, published=WEDNESDAY)] == ["2016", "2019-06"]


def test_a_month_before_a_noun_may_lie_on_the_other_side_than_the_verb():
    doc = made(["The", "bid", "for", "February", "polls", "failed", "."],
               ["DET", "NOUN", "ADP", "PROPN", "NOUN", "VERB", "PUNCT"])  # fmt: skip
    assert [t.value for t in find_times(doc, published=WEDNESDAY)] == ["2020-02"]


@pytest.mark.parametrize(
    ("published", "value"), [("2020-01-07", "2020-01-07"), ("2020-03-01", "2020-02-29")], ids=["near", "far"]
)
def test_the_dateline_of_a_text_counts_when_it_is_near_to_the_publication(published, value):
    assert values("Wednesday, January 8, 2020\n\nThe mill burned down yesterday.", published)[1] == ("yesterday", value)


@pytest.mark.parametrize(
    "expression",
    [
        "a week ago", "an hour ago", "AD71", "A.D. 71", "about two weeks ago", "approximately ten years ago",
        "afternoon of May 5", "almost a year ago", "around ten days ago", "at least five years ago", "Boxing Day",
        "beginning of the year", "c. 300", "ca. 300", "circa 300", "close of the year", "coming weeks",
        "couple of days ago", "Christmas", "eighteenth century", "end of the year", "evening of May 5", "every Monday",
        "each Monday", "earlier this year", "eleven days ago", "fall of 2019", "fewer than ten days ago",
        "few days ago",
        "fifty years ago", "first century", "fiscal 2019", "forty years ago", "four days ago", "fourteenth century",
        "FY2019", "Halloween", "handful of years ago", "hundreds of years ago", "just over a year ago", "last week",
        "late 2019", "less than a year ago", "many years ago", "mid-2019", "midnight", "more than ten years ago",
        "nearly a year ago", "New Year's Day", "next week", "nine days ago", "night of May 5", "noon", "one day ago",
        "over a year ago", "past weeks", "post-2019", "pre-2019", "Q3", "recent weeks", "roughly a year ago",
        "second century", "seven days ago", "several days ago", "six days ago", "some years ago", "spring 2019",
        "start of the year", "summer 2019", "sixth century", "ten days ago", "that day", "the next day",
        "these past two weeks", "thirty years ago", "this week", "thousands of years ago", "three days ago", "today",
        "tomorrow", "tonight", "twelve days ago", "two days ago", "up to ten days ago",
        "Valentine's Day", "winter 2019", "World War II", "WWII", "yesterday", "year-end", "’90s", "autumn 2019",
    ],
)  # fmt: skip
def test_an_expression_is_found_by_whatever_word_it_begins_with(expression):
    found = next(find_expressions(f"({expression})"))
    assert found.start == 1


def test_no_expression_reaches_over_a_paragraph():
    doc = made(["The", "5", "\n\n", "May", "vote"], ["DET", "NUM", "SPACE", "PROPN", "NOUN"])
    assert find_times(doc, published=WEDNESDAY) == ()


def test_no_day_is_joined_with_the_time_of_the_next_paragraph():
    words = ["May", "6", "2019", "\n\n", "At", "noon", "it", "burned", "."]
    doc = Doc(NLP.vocab, words=words, spaces=[word != "\n\n" for word in words],
              sent_starts=[i in (0, 4) for i in range(len(words))])  # fmt: skip
    assert [t.value for t in find_times(doc, published=WEDNESDAY)] == ["2019-05-06", "T12:00"]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-01-05", "2020-01-05", "2020-01-05"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2020-W02", "2020-01-06", "2020-01-12"),
        ("2020-W01", "2019-12-30", "2020-01-05"),
        ("2020-W02-WE", "2020-01-11", "2020-01-12"),
        ("2020-Q1", "2020-01-01", "2020-03-31"),
        ("2019-H2", "2019-07-01", "2019-12-31"),
        ("2019-SU", "2019-06-01", "2019-08-31"),
        ("2020-01-05TNI", "2020-01-05", "2020-01-05"),
        ("2020-01-05T21:00", "2020-01-05", "2020-01-05"),
        ("2019/2020", "2019-01-01", "2020-12-31"),
        ("2020-05-03/2020-05-07", "2020-05-03", "2020-05-07"),
        ("0347", "0347-01-01", "0347-12-31"),
        ("14XX/18XX", "1400-01-01", "1899-12-31"),
    ],
)
def test_interval_of_a_value(value, first, last):
    assert interval_of(value) == Interval(first, last)


@pytest.mark.parametrize(
    "value",
    [None, "", "T21:00", "P3Y", "FY2020", "BC0400", "BC0044/BC0043",
     "XXXX-07", "2019-WI", "2019-02-30", "0000", "2020-W60", "2020/2019",
     "/", "2020/", "soon", "2020-13"],
)  # fmt: skip
def test_a_value_that_names_no_days_has_no_interval(value):
    assert interval_of(value) is None


@pytest.mark.parametrize(
    "text",
    [
        "👍 on Monday 👍",
        "\u202eMonday\u202c",
        "a\x00b Monday",
        "في Monday",
        "İ" * 20 + " Monday",
        "MONDAY",
        "Monday" * 50,
    ],
    ids=["emoji", "right to left marks", "control", "Arabic", "letters that grow in lower case", "capitals", "glued"],
)
def test_offsets_are_exact_in_odd_texts(text):
    assert all(text[t.passage.start : t.passage.end] == t.passage.text for t in read(text))


@pytest.mark.parametrize(
    "piece",
    [
        "the ",
        "2019-",
        "Monday to ",
        "1 ",
        "last ",
        "a few ",
        "3 and ",
        "May ",
        "\n",
        "\u00a0 ",
        "9.",
        "two days later ",
        "1-",
        "5",
        "15th to the ",
        "400 to ",
        "in nineteen ",
        "c. ",
        "' ",
    ],
)
def test_long_repetitive_texts_are_read(piece):
    found = read(piece * 5_000)
    assert all(t.passage.text.strip() for t in found)


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Ann Lee (March 3, 1918 – October 26, 2007) taught.",
         [("March 3, 1918", "1918-03-03"), ("October 26, 2007", "2007-10-26")]),
        ("Ann Lee (1846-1910) wrote.", [("1846", "1846"), ("1910", "1910")]),
        ("Ann Lee (AN-lee) (born Ann Ek; 3 May 1901 – 1955) sang.", [("3 May 1901", "1901-05-03"), ("1955", "1955")]),
        ("Ann Lee (2009-2013) was the mayor.", [("2009-2013", "2009/2013")]),
        ("The mill of Ann Lee stood (1846-1910) here.", [("1846-1910", "1846/1910")]),
        ("Ann Lee was mayor from 1980 to 1998.", [("1980 to 1998", "1980/1998")]),
    ],
    ids=["days", "years", "brackets-between", "office", "not-behind-a-name", "no-brackets"],
)  # fmt: skip
def test_the_two_days_of_a_life_are_two_times(text, parted):
    start = text.index("Ann Lee")
    person = Entity("e1", "person", "Ann Lee", (Mention(Passage(start, start + 7, "Ann Lee")),))
    found = part_lives(text, read(text), [person])
    assert [(time.passage.text, time.value) for time in found] == parted
    assert all(text[time.passage.start : time.passage.end] == time.passage.text for time in found)
