"""Descriptions alone ("the airline") and the names they were given to, from mentions written by hand."""

import pytest

from kg.read.candidates import Tagged
from kg.read.chains import NameSpan, link_mentions
from kg.read.coreference import is_told
from kg.read.descriptions import join_bodies, join_by_description, join_relatives, join_titles
from kg.read.labels import UPOS
from tests.read.test_chains import make_mentions, tag_of

WING = {"Wing": 0, "Bolt": 1}
KINDS = ("organisation", "organisation")


def join(text, links=(), types=(("airline", "organization"),), kinds=KINDS, homes=WING):
    words = text.split()
    mentions, _ = make_mentions(text, links, homes, dict(types))
    chains = link_mentions(mentions, list(kinds), {})
    tagged = Tagged(words, [UPOS.index(tag_of(word)) for word in words], [word == 0 for word in range(len(words))])
    names = [NameSpan(at, at + 1, homes[word]) for at, word in enumerate(words) if word in homes]
    join_by_description(mentions, chains, tagged, names)
    last = max(number for number, word in enumerate(mentions.candidates.words) if words[word] == "airline")
    return mentions, chains, last


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("airline Wing rose . the airline left", True),
        ("Wing rose . the airline left", False),
        ("airline Wing met airline Bolt . the airline left", False),
        ("airline Wing met a airline . the airline left", False),
        ("airline Wing rose . a airline left", False),
        ("airline Wing rose . the airline of Bolt left", False),
        ("airline Wing rose . the airline boss left", False),
        ("former airline Wing rose . the airline left", False),
        ("the airline left . airline Wing rose", False),
        ("airline Wing . x . x . x . x . x . the airline left", False),
    ],
    ids=[
        "called so before", "never called so", "two are called so", "one has no name", "not the one", "narrowed",
        "part of another noun", "called so of old", "called so later", "spoken of long ago",
    ],
)  # fmt: skip
def test_a_description_alone_is_the_one_name_that_was_called_so(text, joins):
    mentions, chains, row = join(text)
    assert (row in chains[0].certain) == joins
    if joins:
        assert is_told(mentions, chains[0], row)


def test_a_noun_that_does_not_fit_the_kind_joins_nothing():
    _, chains, row = join("airline Wing rose . the airline left", types=(("airline", "person"),))
    assert row not in chains[0].certain


def test_what_means_the_same_as_the_description_joins_with_it():
    text = "airline Wing rose . the airline left . it shook"
    words = text.split()
    mentions, row = make_mentions(text, {("it", "airline"): 5.0}, WING, {"airline": "organization"})
    chains = link_mentions(mentions, list(KINDS), {})
    tagged = Tagged(words, [UPOS.index(tag_of(word)) for word in words], [word == 0 for word in range(len(words))])
    join_by_description(mentions, chains, tagged, [NameSpan(1, 2, 0)])
    assert row["it"] in chains[0].certain


def test_a_name_that_ends_in_what_it_is_may_be_called_that():
    text = "Nova Party rose . the party left"
    words = text.split()
    mentions, row = make_mentions(text, {}, {"Party": 0}, {"party": "organization"})
    chains = link_mentions(mentions, ["organisation"], {})
    tagged = Tagged(words, [UPOS.index(tag_of(word)) for word in words], [word == 0 for word in range(len(words))])
    join_by_description(mentions, chains, tagged, [NameSpan(0, 2, 0)])
    assert row["party"] in chains[0].certain


@pytest.mark.parametrize(
    ("text", "heads", "joins"),
    [
        ("Lee left . actress Roe sang", "1 1 1 5 5 5", True),
        ("Lee left . actresses Roe sang", "1 1 1 5 5 5", False),
        ("Lee left . actress met Roe", "1 1 1 4 4 4", False),
    ],
    ids=["title", "several", "a verb between"],
)
def test_what_a_title_before_a_name_means_is_the_one_who_is_named(text, heads, joins):
    words = text.split()
    mentions, row = make_mentions(text, (), {"Lee": 0, "Roe": 1}, {words[3]: "person"})
    chains = link_mentions(mentions, ["person", "person"], {})
    at = words.index("Roe")
    tags = [UPOS.index(tag_of(word)) for word in words]
    tagged = Tagged(words, tags, [word == 0 for word in range(len(words))], [int(head) for head in heads.split()])
    join_titles(mentions, chains, tagged, [NameSpan(at, at + 1, 1)])
    assert (row[words[3]] in chains[1].certain) == joins


@pytest.mark.parametrize(
    ("text", "told"),
    [("Cuba rose . the country left", True), ("Cuba met Peru . the country left", False)],
    ids=["one country", "two countries"],
)
def test_the_country_is_the_only_one_named_so_far(text, told):
    words, homes = text.split(), {"Cuba": 0, "Peru": 1}
    mentions, row = make_mentions(text, (), homes, {"country": "place"})
    chains = link_mentions(mentions, ["place", "place"], {})
    tagged = Tagged(words, [UPOS.index(tag_of(word)) for word in words], [word == 0 for word in range(len(words))])
    names = [NameSpan(at, at + 1, homes[word]) for at, word in enumerate(words) if word in homes]
    join_by_description(mentions, chains, tagged, names)
    assert (row["country"] in chains[0].rows) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mayor Ada left . the mayor said", True),
        ("Deputy Mayor Ada left . the mayor said", False),
        ("Mayor Ada met Mayor Bea . the mayor said", False),
        ("Ada left . the mayor said", False),
    ],
    ids=["title", "lesser title", "two of that title", "no title"],
)
def test_a_title_alone_is_the_one_person_who_was_called_by_it(text, told):
    words, homes = text.split(), {"Ada": 0, "Bea": 1}
    mentions, row = make_mentions(text, (), homes, {"mayor": "person"})
    chains = link_mentions(mentions, ["person", "person"], {})
    tagged = Tagged(words, [UPOS.index(tag_of(word)) for word in words], [word == 0 for word in range(len(words))])
    names = [NameSpan(at, at + 1, homes[word]) for at, word in enumerate(words) if word in homes]
    join_by_description(mentions, chains, tagged, names)
    assert (row["mayor"] in chains[0].rows) is told


def read_tree(text, heads, labels, homes, types, kinds):
    words = text.split()
    mentions, row = make_mentions(text, (), homes, types, heads=heads, labels=labels)
    chains = link_mentions(mentions, list(kinds), {})
    tags = [UPOS.index(tag_of(word)) for word in words]
    starts = [word == 0 for word in range(len(words))]
    tagged = Tagged(words, tags, starts, [int(head) for head in heads.split()], labels.split())
    names = [NameSpan(at, at + 1, homes[word]) for at, word in enumerate(words) if word in homes]
    return mentions, row, chains, tagged, names


@pytest.mark.parametrize(
    ("text", "labels", "joins"),
    [
        ("her daughter , the writer Roe left", "nmod:poss nsubj punct det appos flat root", True),
        ("her daughter , the writer Roe left", "nmod:poss nsubj punct det obj flat root", False),
        ("a daughter , the writer Roe left", "det nsubj punct det appos flat root", False),
    ],
    ids=["apposition", "none", "not somebody's"],
)
def test_a_relative_is_whoever_is_named_in_apposition(text, labels, joins):
    read = read_tree(text, "1 6 4 4 1 4 6", labels, {"Roe": 0}, {"daughter": "person"}, ["person"])
    mentions, row, chains, tagged, names = read
    join_relatives(mentions, chains, tagged, names)
    assert (row["daughter"] in chains[0].certain) == joins


@pytest.mark.parametrize(
    ("text", "joins"),
    [("the Roe party left", True), ("the Roe plan left", False)],
    ids=["party", "plan"],
)
def test_a_noun_behind_a_bodys_name_means_the_body(text, joins):
    types = {"party": "organization"}
    read = read_tree(text, "2 2 3 3", "det compound nsubj root", {"Roe": 0}, types, ["organisation"])
    mentions, row, chains, tagged, names = read
    mentions.definite[:] = True
    join_bodies(mentions, chains, tagged, names)
    assert (row[text.split()[2]] in chains[0].certain) == joins
