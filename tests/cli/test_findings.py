"""Relations and events as lines for a reader: in tables, on the terminal and on a page."""

import json
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from made_claims import make_claim, with_claims
from made_facts import make_event, make_fact_graphs, make_harbour_reading, make_relation, with_facts
from made_readings import make_reading
from screens import Page

from kg.cli import main
from kg.cli.findings import EVENT_COLUMNS, RELATION_COLUMNS, format_when, list_events, list_relations
from kg.cli.show import format_section, print_article
from kg.model import Interval, Link, Outcome, Relation
from kg.store import open_store


@pytest.fixture
def harbour():
    return Outcome("a", reading=make_harbour_reading())


def test_statement_is_one_line_with_the_label_of_its_property_and_the_best_score(harbour):
    assert list_relations(harbour) == [
        ("Mara Voss — member of → Dockers' League", "P463", "current", "0.90", ""),
        ("Mara Voss — date of birth → 1970", "P569", "current", "0.80", ""),
        ("Dockers' League — headquarters location → Dunmore", "P159", "current", "0.70", ""),
        ("Bo Stone — spouse → Mara Voss", "P26", "current", "0.80", ""),
        ("Bo Stone — position held → mayor of Dunmore", "P39", "former", "0.80", ""),
        ("Westmark — conflict → Lake War", "P607", "current", "0.50", "1"),
    ]


def test_relation_of_what_no_table_has_shows_its_ids():
    reading = make_reading("[p1:Jo] left.")
    relation = Relation("p9", "P9999", "o9", reading.sentences[0], 0.5)
    ((told, *_),) = list_relations(Outcome("a", reading=replace(reading, relations=(relation,))))
    assert told == "p9 — P9999 → o9"


def test_event_is_a_line_with_roles_by_name_or_in_words(harbour):
    rows = list_events(harbour)
    assert rows[0] == (
        "1", "PROTEST", "protest", "agent Mara Voss; patient a protest; place Dunmore", "2026-03-03", "actual",
        "0.90", "",
    )  # fmt: skip
    assert rows[1][3:6] == ("place the old pier", "until 2026-03-05 (published)", "actual")
    assert rows[2][3] == "agent Westmark; patient Mara Voss, Bo Stone"
    assert rows[4] == (
        "5", "MOBILIZE", "send", "agent Westmark; patient troops", "2026-04 to 2026-05", "future", "0.80", "1"
    )  # fmt: skip


def test_ids_may_stand_for_numbers(harbour):
    assert list_events(harbour, by_id=True)[4][::7] == ("v5", "c1")
    assert list_relations(harbour, by_id=True)[-1][-1] == "c1"


TIMES = {
    "day": (("2020-01-03", "2020-01-03", "stated"), "2020-01-03"),
    "days": (("2020-01-03", "2020-01-05", None), "2020-01-03 to 2020-01-05"),
    "open end": (("2020-01-03", None, "stated"), "from 2020-01-03"),
    "open begin": ((None, "2020-01-03", "published"), "until 2020-01-03 (published)"),
    "from elsewhere": (("2020", "2020", "context"), "2020 (context)"),
    "no ends": ((None, None, "stated"), ""),
}


@pytest.mark.parametrize(("given", "shown"), TIMES.values(), ids=TIMES)
def test_time_of_an_event_as_a_reader_wants_it(given, shown):
    assert format_when(*given) == shown


@pytest.mark.parametrize("when", [None, Interval(None, None)], ids=["no time", "no ends"])
def test_event_without_a_value_for_its_time_shows_the_words(when):
    reading = make_reading("It fell one day.")
    event = replace(make_event(reading, "OTHER", "fell", time="one day"), when=when, time_source="stated")
    assert list_events(Outcome("a", reading=with_facts(reading, event)))[0][3:5] == ("", "one day")


def test_tables_follow_the_text(harbour, capsys):
    print_article(harbour)
    tables = capsys.readouterr().out.strip().split("\n\n")[-4:]
    assert [re.split("  +", table.splitlines()[0]) for table in tables[1:3]] == [
        list(RELATION_COLUMNS), list(EVENT_COLUMNS)
    ]  # fmt: skip
    assert [len(table.splitlines()) for table in tables[1:3]] == [7, 9]


def test_page_lists_relations_and_events(harbour):
    parsed = Page(format_section(harbour, 3))
    assert {"a3v1", "a3v8", "a3c1"} <= {value for name, value in parsed.attributes if name == "id"}
    assert "Bo Stone — position held → mayor of Dunmore" in parsed.text["bdi"]
    assert "agent Westmark; patient troops" in parsed.text["bdi"]


def test_page_without_relations_and_events_has_no_tables_for_them():
    page = format_section(Outcome("a", reading=make_reading("[p1:Jo] left.")), 1)
    assert page.count("<table>") == 1


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "\"'><b>", "</table><img src=x onerror=y>"])
def test_words_from_outside_stay_text(hostile):
    reading = make_reading(f"[p1:{hostile}] hit it.")
    facts = (
        make_relation(reading, "p1", "P39", "hit", value=hostile),
        make_event(reading, "OTHER", "hit", patient=hostile),
    )
    told = with_claims(with_facts(reading, *facts), make_claim(reading, "hit", speaker="p1"))
    parsed = Page(format_section(Outcome("a", reading=told), 1))
    assert {"script", "b", "img"} & set(parsed.tags) == set()
    assert f"{hostile} — position held → {hostile}" in parsed.text["bdi"]


def test_read_prints_relations_and_events_before_claims(fake_parts, fake_reader, fake_linker, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    reading = make_harbour_reading()
    monkeypatch.setattr(fake_reader, "read", lambda article: replace(reading, article=article))
    monkeypatch.setattr(fake_linker, "link", lambda reading: tuple(Link(e.id, "absent") for e in reading.entities))
    result = CliRunner().invoke(main, ["read", "-"], input=json.dumps({"text": reading.article.text}))
    assert result.exit_code == 0, result.output
    tables = [table.splitlines() for table in result.stdout.strip().split("\n\n")]
    assert [table[0].split()[0] for table in tables[2:]] == ["relation", "event", "claim"]
    assert re.split("  +", tables[2][-1]) == ["Westmark — conflict → Lake War", "P607", "current", "0.50", "c1"]
    assert re.split("  +", tables[3][5])[:4] == ["v5", "MOBILIZE", "send", "agent Westmark; patient troops"]


@pytest.fixture
def query(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
    with open_store(tmp_path / "store") as store:
        for graph in make_fact_graphs():
            store.replace_graph(graph.name, graph.quads)
    return lambda *words: CliRunner().invoke(main, ["query", *words])


def test_table_shows_what_a_property_is_called(query):
    asked = ("relations", "--property", "P159", "--article", "harbour")
    assert "wdt:P159 headquarters location" in query(*asked).stdout
    assert "headquarters" not in query(*asked, "--format", "csv").stdout


OPTIONS = {
    "type and place": (("timeline", "--type", "protest", "--place", "Dunmore"), 2),
    "agent and patient": (("who-did-what", "--agent", "Westmark", "--patient", "Bo Stone"), 1),
    "days": (("plans-and-threats", "--since", "2026-04", "--until", "2026"), 1),
    "property by name": (("shared-statements", "--property", "Member of"), 1),
}


@pytest.mark.parametrize(("words", "count"), OPTIONS.values(), ids=OPTIONS)
def test_options_narrow_the_rows(query, words, count):
    result = query(*words)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 1 + count


def test_property_that_nothing_is_called_is_one_line(query):
    result = query("relations", "--property", "spuose")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("kg: 'spuose' is no property; near are: 'spouse'; give an IRI")
