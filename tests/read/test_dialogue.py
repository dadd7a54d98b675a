"""Who "I" and "you" are outside of quotations."""

import re

import pytest

from kg.model import Entity, Mention, Passage
from kg.read.candidates import Tagged
from kg.read.dialogue import Layout, give_turns

PEOPLE = ("Ann Roe", "Bo Lee", "Eve Fox")
QUESTIONS = "Where did you begin? I began in Bonn. My aunt taught me. What do you do now? I paint."


def read(text, *, organisations=("Daily Post",), flat=False):
    """The words that mean somebody, with the name of who it is."""
    entities = []
    for kind, names in (("person", PEOPLE), ("organisation", organisations)):
        for name in names:
            at = tuple(Mention(Passage(m.start(), m.end(), name), "name") for m in re.finditer(name, text))
            entities.append(Entity(f"e{len(entities)}", kind, name, at))
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    words = [match.group() for match in found]
    paragraphs = [not m.start() or (not flat and text[: m.start()].endswith("\n")) for m in found]
    starts = [fresh or words[n - 1] in ".?!" for n, fresh in enumerate(paragraphs)]
    tagged = Tagged(words, [0] * len(words), starts)
    layout = Layout(tagged, [m.start() for m in found], paragraphs, text)
    return [(words[word], entities[number].name) for word, number in sorted(give_turns(layout, entities).items())]


def everything(name):
    return [(word, name) for word in ("you", "I", "My", "me", "you", "I")]


@pytest.mark.parametrize(
    "lead",
    [
        "The Daily Post interviewed Ann Roe. ",
        "An interview with the painter Ann Roe. ",
        "Painter Ann Roe tells Daily Post about her work. ",
        "Ann Roe: An interview. ",
        "We spoke with Ann Roe, who paints. ",
        "Bo Lee showed her work. Ann Roe spoke to Daily Post about it. ",
    ],
    ids=["interviewed", "interview with", "tells", "title", "spoke with", "spoke to"],
)
def test_answers_and_questions_of_an_interview_mean_its_guest(lead):
    assert read(lead + QUESTIONS, flat=True) == everything("Ann Roe")


@pytest.mark.parametrize(
    "lead",
    ["", "Ann Roe met Bo Lee. ", "The Daily Post interviewed Ann Roe and Bo Lee. ", "An interview. Ann Roe. Bo Lee. "],
    ids=["no name", "no interview", "two guests", "nobody named as guest"],
)
def test_who_speaks_stays_open_where_the_text_does_not_say(lead):
    assert read(lead + QUESTIONS, flat=True) == []


def test_words_in_quotations_are_left_to_their_speakers():
    text = "The Daily Post interviewed Ann Roe. " + QUESTIONS + ' Bo said "I know you".'
    assert read(text, flat=True) == everything("Ann Roe")


def test_lines_under_names_tell_who_speaks():
    text = (
        "A talk.\nDaily Post: Where did you begin?\nAnn Roe: I began in Bonn. You know it.\nDaily Post: And you?\n"
        "AR: I paint. My aunt did."
    )
    assert read(text) == [(w, "Ann Roe") for w in ("you", "I", "you", "I", "My")]


def test_lines_under_bare_initials_and_names_tell_who_speaks_where_others_are_marked():
    text = (
        "A talk.\n((DP)) Where did you begin?\nAnn Roe I began in Bonn.\n((DP)) And you?\nAR My aunt did.\n"
        "((DP)) Thank you.\nAR NATO helped me."
    )
    assert read(text) == [(w, "Ann Roe") for w in ("you", "I", "you", "My", "you", "me")]
    assert read(text.replace("((DP)) ", "")) == []


def test_two_who_answer_are_told_apart_by_their_lines():
    text = "Ann Roe: I began.\nBo Lee: I did not. My turn.\nAnn Roe: You paint. I do, too."
    told = [("I", "Ann Roe"), ("I", "Bo Lee"), ("My", "Bo Lee"), ("I", "Ann Roe")]
    assert read(text) == told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hello, I'm Ann Roe. I paint. My aunt did. I like it.", "Ann Roe"),
        ("Hi, it's Bo Lee here. I paint. My aunt did. I like it.", "Bo Lee"),
        ("It's Bo Lee. I paint. My aunt did. I like it.", None),
        ("I'm Ann Roe. I'm Bo Lee. I paint. My aunt did.", None),
        ('Bo Lee said "I\'m Ann Roe". I paint. My aunt did. I like it.', None),
    ],
    ids=["I am", "it is here", "it is", "two", "quoted"],
)
def test_who_says_their_name_is_i(text, name):
    assert {who for _, who in read(text, flat=True)} == ({name} if name else set())


def test_nothing_gives_nothing():
    assert read("") == []
