"""Runs that look items up in Wikidata: a small one on this machine."""

import json

import pytest
from click.testing import CliRunner
from fake_wikidata import entity, start_fake

from kg.cli import main
from kg.link import Linker


@pytest.fixture
def server():
    running = start_fake()
    running.items["Q500"] = entity("Q500", "Jo Roe", "British lawyer", claims={"P31": ["Q5"]}, pages=12)
    running.items["Q501"] = entity("Q501", "Leeds", "city in England", claims={"P31": ["Q515"]}, pages=99)
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def run(tmp_path, monkeypatch, fake_parts, server):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.link.Linker", Linker)
    monkeypatch.setattr("kg.link.wikidata_api.FIRST_WAIT", 0.0)
    settings = {
        "KG_STORE": tmp_path / "store",
        "KG_CACHE": tmp_path / "cache",
        "KG_WIKIDATA_API": f"{server.address}/api",
        "KG_WIKIDATA_QUERY": f"{server.address}/sparql",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    (tmp_path / "a.txt").write_text("Jo Roe lives in Leeds. Jo Roe is a British lawyer.")
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def list_links(run):
    found = json.loads(run("links", "--format", "json").stdout)
    return [(link["name"], link["verdict"], link["qid"], link["method"]) for link in found]


def test_live_looks_everything_up_in_wikidata(run):
    result = run("populate", "a.txt", "--wikidata", "live")
    assert result.exit_code == 0, result.output
    assert list_links(run) == [("Jo Roe", "linked", "Q500", "live"), ("Leeds", "linked", "Q501", "live")]


def test_a_second_run_asks_for_nothing(run, server, tmp_path):
    run("populate", "a.txt", "--wikidata", "live")
    asked = len(server.seen)
    assert run("populate", "--again", "a.txt", "--wikidata", "live").exit_code == 0
    assert len(server.seen) == asked


def test_an_article_is_read_again_when_items_are_looked_up_elsewhere(run):
    run("populate", "a.txt")
    assert [verdict for _, verdict, *_ in list_links(run)] == ["absent", "absent"]
    assert "already there" in run("populate", "a.txt").stdout
    assert "2 linked" in run("populate", "a.txt", "--wikidata", "catalogue,live").stdout


def test_an_outage_ends_no_run_and_relink_repairs_it(run, server, monkeypatch):
    monkeypatch.setenv("KG_WIKIDATA", "catalogue,live")
    server.down = {"/": (503, {}, b"")}
    result = run("populate", "a.txt")
    assert result.exit_code == 0
    assert "2 entities not looked up because the catalogue did not answer; run kg relink" in result.stderr
    assert "does not answer: status 503" in result.stderr.splitlines()[0]
    assert {verdict for _, verdict, *_ in list_links(run)} == {"unavailable"}
    assert "2 still without an answer" in run("relink").stderr
    server.down = {}
    assert "2 decided again, 2 changed" in run("relink").stdout
    repaired = run("export", "-", "--format", "nq").stdout
    assert list_links(run) == [("Jo Roe", "linked", "Q500", "live"), ("Leeds", "linked", "Q501", "live")]
    assert run("populate", "--again", "a.txt").exit_code == 0
    assert run("export", "-", "--format", "nq").stdout == repaired


def test_an_item_that_wikidata_does_not_have_is_refused(run):
    run("populate", "a.txt", "--wikidata", "live")
    result = run("link", "set", "Leeds", "Q99999", "--by", "Kim", "--wikidata", "live")
    assert (result.exit_code, result.stderr) == (2, "kg: Wikidata has no item Q99999; check the number\n")
    result = run("link", "set", "Leeds", "Q2", "--by", "Kim", "--wikidata", "live")
    assert result.stdout == "Leeds is Q2 Ada Obi; links changed: 1\n"


def test_an_item_that_cannot_be_looked_up_is_taken_as_it_is(run, server):
    run("populate", "a.txt", "--wikidata", "live")
    server.down = {"/": (404, {}, b"")}
    result = run("link", "set", "Leeds", "Q777", "--by", "Kim", "--wikidata", "live")
    assert result.stdout == "Leeds is Q777; links changed: 1\n"
    assert "status 404; its label is the article's own name" in result.stderr
