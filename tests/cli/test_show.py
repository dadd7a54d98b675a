"""Articles drawn on a terminal and as a page."""

import re

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from made_readings import linked, make_reading
from screens import Page, Terminal

from kg.cli import main
from kg.cli.output import hide_controls
from kg.cli.show import cut_text, draw_lines, format_section, list_entities, list_marks, print_article
from kg.model import Article, Entity, Mention, Outcome, Passage, Reading


def make_outcome(*sentences, links=(), **more):
    reading = make_reading(*sentences, **more)
    return Outcome("a.txt", article=reading.article, reading=reading, links=links)


@pytest.fixture
def outcome():
    return make_outcome(
        "[p1:Jo Roe] left [l1:Leeds] on 2020-01-06.",
        "[p1~pronoun:She] and [p1~nominal:the mayor] went home.",
        links=(linked("p1", "Q7", "Jo Roe"), linked("l1", "Q39121", "Leeds")),
        times=("2020-01-06",),
    )


@pytest.fixture
def run(tmp_path, monkeypatch, fake_parts):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    return lambda *arguments, stdin=None: CliRunner().invoke(main, ["show", *arguments], input=stdin)


def draw(outcome):
    return [line.plain for line in draw_lines(outcome)]


def test_each_mention_shows_its_kind_and_the_number_of_its_entity(outcome):
    assert draw(outcome) == [
        "[Jo Roe](person 1) left [Leeds](place 2) on [2020-01-06](time 2020-01-06).",
        "[She](person 1) and [the mayor](person 1) went home.",
    ]


def test_the_legend_counts_mentions_by_form(outcome):
    assert list_entities(outcome) == [
        ("1", "person", "Jo Roe", "Q7", "3", "1 name, 1 nominal, 1 pronoun"),
        ("2", "place", "Leeds", "Q39121", "1", "1 name"),
    ]


def test_mentions_inside_mentions_are_drawn_inside():
    text = "his daughter left"
    entities = (
        Entity("e1", "person", "his daughter", (Mention(Passage(0, 12, "his daughter"), "nominal"),)),
        Entity("e2", "person", "Jo", (Mention(Passage(0, 3, "his"), "pronoun"),)),
    )
    outcome = Outcome("a", reading=Reading(Article("a", text), entities))
    assert draw(outcome) == ["[[his](person 2) daughter](person 1) left"]


def test_a_mark_that_crosses_another_ends_with_it():
    entities = tuple(
        Entity(f"e{n}", "other", "x", (Mention(Passage(start, end, "abcdef"[start:end])),))
        for n, (start, end) in enumerate([(0, 4), (2, 6)])
    )
    outcome = Outcome("a", reading=Reading(Article("a", "abcdef"), entities))
    assert draw(outcome) == ["[ab[cd](other 2)](other 1)ef"]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8))
def test_all_of_any_text_is_drawn_once_and_in_order(text, spans):
    marks = [(start, min(start + size, len(text))) for start, size in spans if start < len(text)]
    entities = tuple(
        Entity(f"e{n}", "work", "x", (Mention(Passage(start, end, text[start:end])),))
        for n, (start, end) in enumerate(marks)
    )
    outcome = Outcome("a", reading=Reading(Article("a", text), entities))
    steps = list(cut_text(text, list_marks(outcome)))
    assert "".join(piece for _, piece, _ in steps) == text
    assert [step for step, _, _ in steps].count("begin") == len(marks) == [step for step, _, _ in steps].count("end")
    assert list(Page(format_section(outcome, 1)).tags).count("mark") == len(marks)


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)], ids=["colours", "NO_COLOR"])
def test_a_terminal_gets_lines_of_its_width(outcome, monkeypatch, no_colour, coloured):
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    for name, value in {"COLUMNS": "40", "TERM": "xterm", "NO_COLOR": no_colour}.items():
        monkeypatch.setenv(name, value)
    print_article(outcome)
    shown = screen.getvalue()
    assert (re.search(r"\x1b\[[\d;]*3[1-6]", shown) is not None) == coloured
    assert max(len(line) for line in re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines()) <= 40


def test_a_pipe_gets_whole_lines_without_colours(run):
    result = run("-", stdin="Plant stays open\n\nAcme Corp\tkept \x1b[31mits plant in Leeds. " + "Yes. " * 60)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "[Acme Corp](organisation 1) kept \ufffd[31mits plant in [Leeds](place 2). Yes." in result.stdout
    assert re.search(r"^2 +place +Leeds +Q39121 +1 +1 name$", result.stdout, re.MULTILINE)


def test_html_is_one_page_that_loads_nothing(run, tmp_path):
    result = run("-", "--html", "out.html", stdin="Acme Corp kept its plant in Leeds.")
    assert (result.exit_code, result.stdout) == (0, "")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    parsed = Page(page)
    assert set(parsed.tags).isdisjoint({"script", "img", "link", "iframe", "object"})
    assert not re.search(r"url\(|@import|\ssrc=", page)
    assert "default-src 'none'" in page
    targets = [value for name, value in parsed.attributes if name == "href"]
    assert targets == ["#a1e1", "#a1e2", "https://www.wikidata.org/wiki/Q1", "https://www.wikidata.org/wiki/Q39121"]
    assert {"a1e1", "a1e2"} <= {value for name, value in parsed.attributes if name == "id"}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</div></body><img src=x onerror=alert(1)>",
        "\"'><b>&amp;",
        "<!-- x",
        "</style>",
    ],
)
def test_text_from_outside_stays_text(hostile):
    outcome = make_outcome(f"{hostile} said [p1:{hostile}].", id=hostile, title=hostile, publisher=hostile, url=hostile)
    page = format_section(outcome, 1)
    parsed = Page(page)
    assert set(parsed.tags) == {"section", "h1", "p", "div", "mark", "a", "bdi", "table", "tr", "th", "td"}
    assert parsed.text["h1"] == hostile
    assert parsed.text["mark"] == hostile
    assert {name for name, _ in parsed.attributes} == {"class", "href", "id", "dir"}


def test_a_made_up_item_is_no_link():
    outcome = make_outcome("[p1:Jo]", links=(linked("p1", 'Q1"onclick="x', "Jo"),))
    assert "wikidata.org" not in format_section(outcome, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("مرحبا بالعالم", "مرحبا بالعالم"), ("a\x00b\ud800c", "a\ufffdb\ufffdc"), ("👩\u200d👧", "👩\u200d👧")],
    ids=["right to left", "no characters of a page", "joined"],
)
def test_letters_of_a_page(text, shown):
    page = format_section(make_outcome(f"[p1:{text}]"), 1)
    assert Page(page).text["mark"] == shown
    page.encode("utf-8")


def test_a_skipped_article_leaves_no_page(run, tmp_path):
    result = run("missing.txt", "--html", "out.html")
    assert result.exit_code == 1
    assert result.stderr.startswith("kg: missing.txt: cannot be read")
    assert not (tmp_path / "out.html").exists()


def test_all_articles_of_a_file_are_on_one_page(run, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "Acme Corp grew."}\n{"text": "Leeds grew."}\n')
    result = run("a.jsonl", "--html", "-")
    assert result.stdout.count("<section>") == 2
    assert 'href="#a2e1"' in result.stdout


def test_hidden_controls_keep_the_length():
    assert hide_controls("a\x1b\n\u202eb", kept="\n") == "a\ufffd\n\ufffdb"
