"""Claims in an article that is drawn: their marks, cut so that they nest, and their rows."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import make_airline_reading, make_claim, with_claims
from made_readings import make_reading
from screens import Page, Terminal

from kg.cli.marks import cut_text, list_claims, list_marks
from kg.cli.show import draw_lines, format_section, print_article
from kg.model import Article, Claim, Entity, Mention, Outcome, Passage, Reading


def drawn(reading):
    return [line.plain for line in draw_lines(Outcome("a", reading=reading))]


def page_of(reading):
    return format_section(Outcome("a", reading=reading), 1)


def make_spans(text, mentions, contents, cues=()):
    """A reading with a mention, a claim or a cue for each (start, end)."""

    def at(span):
        return Passage(*span, text[slice(*span)])

    entities = tuple(Entity(f"e{n}", "other", "x", (Mention(at(span)),)) for n, span in enumerate(mentions))
    shape = ("indirect", "positive", "certain", "non-future", None, (), 0.5)
    claims = [Claim(f"c{n}", None, None, None, (at(span),), *shape) for n, span in enumerate(contents)]
    claims += [Claim(f"q{n}", None, None, at(span), (), *shape) for n, span in enumerate(cues)]
    return Reading(Article("a", text), entities, claims=tuple(claims))


def test_content_cue_and_speaker_stand_in_the_text():
    assert drawn(make_airline_reading()) == [
        "[Mara T. Voss](person 1) *told*(cue 1) [Irish](group 2) pilots on Sunday that {[Kestrel Air](organisation 3) "
        "will leave [Dunmore](place 4)}(claim 1 by person 1: positive, certain, future).",
        "{“We stay,”}(claim 2: positive, certain, future) a pilot who asked not to be named *said*(cue 2, 4).",
        "[Kestrel Air](organisation 3) *denied*(cue 3) that {[it](organisation 3) would leave [Dunmore](place 4)}"
        "(claim 3 by organisation 3: negative, certain, future).",
        "{“[Dunmore](place 4),”}(claim 4 …) said [the union leader](person 1), {“may fight.”}"
        "(claim 4 by person 1: positive, possible)",
    ]


def test_claims_are_listed_with_their_speaker_or_source():
    reading = make_reading("[p1:Jo] left.")
    claims = [
        *make_airline_reading().claims[:2],
        make_claim(reading, "Jo", "left", certainty="possible", polarity="negative"),
    ]
    told = Reading(reading.article, make_airline_reading().entities, claims=tuple(claims))
    assert list_claims(Outcome("a", reading=told)) == [
        ("1", "Mara T. Voss", "told", "Kestrel Air will leave Dunmore", "positive", "certain", "future"),
        ("2", "a pilot who asked not to be named", "said", "“We stay,”", "positive", "certain", "future"),
        ("3", "", "", "Jo … left", "negative", "possible", "non-future"),
    ]


CROSSINGS = {
    "mention across the end": ([(2, 6)], [(0, 4)], (), "{ab}[{cd}(claim 1: positive, certain)ef](other 1)"),
    "mention across the start": ([(0, 4)], [(2, 6)], (), "[ab{cd}](other 1){ef}(claim 1: positive, certain)"),
    "two mentions around the start": (
        [(0, 4), (1, 3)], [(2, 6)], (), "[a[b{c}](other 2){d}](other 1){ef}(claim 1: positive, certain)"
    ),
    "same span": ([(0, 2)], [(0, 2)], (), "{[ab](other 1)}(claim 1: positive, certain)cdef"),
    "claim inside a claim": (
        [], [(0, 6), (2, 4)], (), "{ab{cd}(claim 2: positive, certain)ef}(claim 1: positive, certain)"
    ),
    "claim across a claim": (
        [], [(0, 4), (2, 6)], (), "{ab{cd}}(claim 1: positive, certain){ef}(claim 2: positive, certain)"
    ),
    "cue across a claim": ([], [(0, 3)], [(2, 5)], "{ab*c*}(claim 1: positive, certain)*de*(cue 2)f"),
    "cue of two": ([], [], [(1, 2), (1, 2)], "a*b*(cue 1, 2)cdef"),
    "nothing said": ([], [(1, 1)], (), "abcdef"),
}  # fmt: skip


@pytest.mark.parametrize(("mentions", "contents", "cues", "shown"), CROSSINGS.values(), ids=CROSSINGS)
def test_marks_that_cross_are_cut_and_mentions_stay_whole(mentions, contents, cues, shown):
    assert drawn(make_spans("abcdef", mentions, contents, cues)) == [shown]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=7)


@given(st.text(max_size=30), SPANS, SPANS, SPANS)
def test_any_claims_leave_the_text_whole_and_every_mention_too(text, mentions, contents, cues):
    spans = [
        [(start, min(start + size, len(text))) for start, size in given if start < len(text)]
        for given in (mentions, contents, cues)
    ]
    reading = make_spans(text, [(start, end) for start, end in spans[0] if start < end], *spans[1:])
    marks = list_marks(Outcome("a", reading=reading))
    steps = list(cut_text(text, marks))
    assert "".join(piece for _, piece, _ in steps) == text
    assert [step for step, _, _ in steps].count("begin") == [step for step, _, _ in steps].count("end") == len(marks)
    kept = list_marks(Outcome("a", reading=Reading(reading.article, reading.entities)))
    assert [mark for mark in marks if mark.kind not in ("claim", "cue")] == kept
    for kind, wanted in (("claim", spans[1]), ("cue", spans[2])):
        covered = {at for mark in marks if mark.kind == kind for at in range(mark.start, mark.end)}
        assert covered == {at for span in wanted for at in range(*span)}
    assert Page(page_of(reading)).tags.count("span") == sum(mark.kind in ("claim", "cue") for mark in marks)


def test_a_page_highlights_claims_and_leads_to_their_rows():
    page = Page(page_of(make_airline_reading()))
    titles = [value for name, value in page.attributes if name == "title"]
    assert titles[:3] == [
        "cue of claim 1",
        "claim 1 by Mara T. Voss: positive, certain, future",
        "claim 2 by a pilot who asked not to be named: positive, certain, future",
    ]
    assert ("class", "claim negative") in page.attributes
    links = [value for name, value in page.attributes if name == "href" and value.startswith("#a1c")]
    assert links == ["#a1c1", "#a1c2", "#a1c3", "#a1c4", "#a1c4"]
    assert {("id", value[1:]) for value in links} <= set(page.attributes)
    assert page.tags.count("table") == 2


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "\"'><b onclick=x>&amp;", "<!-- x", "a\u202eb\u2066", "שרה\nלוי", "\x1b[31m"],
)
def test_claims_from_outside_stay_text(hostile):
    reading = make_reading(f"[p1:{hostile}] said [l1:Rome] «{hostile}».")
    claim = make_claim(reading, "Rome", f"«{hostile}»", speaker="p1", source=hostile, cue="said")
    section = page_of(with_claims(reading, claim))
    page = Page(section)
    assert set(page.tags) == {"section", "h1", "p", "div", "mark", "span", "a", "bdi", "table", "tr", "th", "td"}
    assert {name for name, _ in page.attributes} == {"class", "href", "id", "dir", "title"}
    assert f"«{hostile}»".replace("\x1b", "\ufffd") in page.text["span"]
    titles = "".join(value for name, value in page.attributes if name == "title")
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", titles)
    assert "\x1b" not in "".join(drawn(with_claims(reading, claim)))


def test_a_terminal_sets_claims_apart(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    for name, value in {"COLUMNS": "60", "TERM": "xterm", "NO_COLOR": ""}.items():
        monkeypatch.setenv(name, value)
    reading = make_airline_reading()
    print_article(Outcome("a", article=reading.article, reading=reading))
    shown = screen.getvalue()
    assert "\x1b[3m“We stay,”" in shown
    assert "\x1b[1mtold" in shown
    assert max(len(line) for line in re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines()) <= 60


def test_many_claims_are_marked_in_a_long_article():
    words = "a b c " * 60_000
    spans = [(start, start + 5) for start in range(0, len(words) - 6, 6)]
    reading = make_spans(words, [(start + 3, end + 2) for start, end in spans], spans, spans)
    # Each claim and each cue is cut where the mention before it ends and where its own begins.
    assert len(list_marks(Outcome("a", reading=reading))) == 7 * len(spans) - 2


def test_what_is_only_attributed_is_neither_listed_nor_drawn():
    reading = make_airline_reading()
    first, *rest = reading.claims
    told = replace(reading, claims=(replace(first, kind="attributed"), *rest))
    assert [row[0] for row in list_claims(Outcome("a", reading=told))] == ["2", "3", "4"]
    assert drawn(told)[0].startswith("[Mara T. Voss](person 1) told [Irish](group 2) pilots")


def test_all_speakers_of_a_claim_are_named():
    reading = make_airline_reading()
    first, *rest = reading.claims
    told = replace(reading, claims=(replace(first, cospeakers=("o1",)), *rest))
    assert list_claims(Outcome("a", reading=told))[0][1] == "Mara T. Voss, Kestrel Air"
    assert list_claims(Outcome("a", reading=told), by_id=True)[0][0] == "c1"
    assert "claim 1 by person 1 and organisation 3" in drawn(told)[0]
