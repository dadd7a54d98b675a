"""Reviewing and repairing links from the command line."""

import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.store import open_store

TEXT = "Acme Corp said on Friday that it would keep its plant in Leeds open. Jo Roe of Acme Corp had asked for it."


@pytest.fixture
def run(tmp_path, monkeypatch, fake_parts):
    monkeypatch.chdir(tmp_path)
    for name, value in {"KG_STORE": tmp_path / "store", "KG_CACHE": tmp_path / "cache"}.items():
        monkeypatch.setenv(name, str(value))
    return lambda *arguments, stdin=None: CliRunner().invoke(main, list(map(str, arguments)), input=stdin)


@pytest.fixture
def stored(run, tmp_path):
    """A store with two articles, a and b."""
    (tmp_path / "a.jsonl").write_text(f'{{"id": "a", "text": "{TEXT}"}}\n{{"id": "b", "text": "Jo Roe left Leeds."}}\n')
    assert run("populate", "a.jsonl").exit_code == 0


def list_json(run, *arguments):
    result = run("links", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_links_shows_each_decision_with_its_item_rivals_and_sentence(run, stored):
    shown = run("links").stdout.splitlines()
    assert re.split(r"  +", shown[0]) == ["score", "verdict", "name", "item", "rivals", "sentence", "decision"]
    assert [re.split(r"  +", line)[1:3] for line in shown[1:]] == [
        ["linked", "Acme Corp"], ["absent", "Jo Roe"], ["absent", "Jo Roe"], ["linked", "Leeds"], ["linked", "Leeds"]
    ]  # fmt: skip
    assert "Q1 Acme Corp" in shown[1]
    assert "Q7 Joe Row 0.10" in shown[2]
    assert "Jo Roe left Leeds." in shown[5]
    assert shown[5].endswith("link:b-e2")


def test_uncertain_lists_what_is_near_the_threshold_nearest_first(run, stored, monkeypatch):
    monkeypatch.setenv("KG_MIN_SCORE", "0.85")
    assert [link["name"] for link in list_json(run, "--uncertain")] == ["Acme Corp", "Leeds", "Leeds"]
    assert list_json(run, "--uncertain", "--margin", "0.01") == []
    monkeypatch.setenv("KG_MIN_SCORE", "0.2")
    [first, *_] = list_json(run, "--uncertain", "--article", "b")
    assert (first["name"], first["best"], first["rivals"]) == (
        "Jo Roe", 0.1, [{"qid": "Q7", "label": "Joe Row", "score": 0.1}]
    )  # fmt: skip
    assert len(list_json(run, "--limit", "2")) == 2


def test_a_decision_is_set_listed_and_kept_by_later_runs(run, stored):
    result = run("link", "set", "Leeds", "Q777", "--article", "a", "--by", "Kim  Lee")
    assert (result.exit_code, result.stdout) == (0, "Leeds is Q777; links changed: 1\n")
    assert "Q777 is not in the catalogue" in result.stderr
    [link] = list_json(run, "--reviewed")
    assert (link["qid"], link["reviewer"], link["method"], link["score"]) == ("Q777", "Kim Lee", "person", 1.0)
    assert run("populate", "--again", "--quiet", "a.jsonl").exit_code == 0
    assert list_json(run, "--reviewed") == [link]
    assert [other["qid"] for other in list_json(run) if other["name"] == "Leeds"] == ["Q777", "Q39121"]


def test_a_reviewed_decision_is_uncertain_no_more(run, stored, monkeypatch):
    monkeypatch.setenv("KG_MIN_SCORE", "0.9")
    before = len(list_json(run, "--uncertain"))
    run("link", "set", "link:b-e2", "Q39121", "--by", "Kim")
    assert len(list_json(run, "--uncertain")) == before - 1


def test_none_everywhere_takes_all_links_of_a_name_away_and_unset_brings_them_back(run, stored):
    before = list_json(run)
    result = run("link", "set", "leeds", "none", "--everywhere", "--by", "Kim")
    assert (result.exit_code, result.stdout) == (0, "Leeds is no item; links changed: 2\n")
    assert [link["verdict"] for link in list_json(run, "--reviewed")] == ["absent", "absent"]
    result = run("link", "unset", "Leeds", "--everywhere")
    assert result.stdout == "Leeds is decided about by the machine again; links changed: 2\n"
    assert list_json(run) == before


def test_the_label_and_kind_of_a_known_item_are_taken_from_the_catalogue(run, stored):
    result = run("link", "set", "link:a-e2", "Q1", "--by", "Kim")
    assert (result.stdout, result.stderr) == ("Jo Roe is Q1 Acme Corp; links changed: 1\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["link", "set", "Leeds", "39121"], "'39121' is no Wikidata item; give a QID such as Q30, or none"),
        (["link", "set", "Leeds", "P30", "--article", "a"], "'P30' is no Wikidata item"),
        (["link", "set", "Leeds", "Q1"], "'Leeds' means 2 decisions: link:a-e3, link:b-e2; name one of them"),
        (["link", "set", "Atlantis", "Q1"], "no entity in the store is called 'Atlantis'"),
        (["link", "set", "Q30", "Q1"], "no decision about 'Q30' in the store"),
        (["link", "set", "link:a-e9", "Q1"], "no decision about 'link:a-e9'"),
        (["link", "set", "Leeds", "Q1", "--article", "c"], "no article 'c'"),
        (["link", "set", "Leeds", "Q1", "--article", "a", "--by", " "], "nobody is named who decides this"),
        (["link", "set", "Leeds"], "Missing argument 'QID|none'"),
        (["link", "set", "Leeds", "Q1", "--store", "nowhere"], "there is no store at nowhere"),
        (["link", "unset", "link:a-e3"], "nobody decided in this article what 'Leeds' is"),
        (["link", "paint"], "No such command 'paint'"),
        (["links", "--uncertain", "--reviewed"], "give one"),
        (["links", "--margin", "2"], "--margin"),
        (["links", "--article", "c"], "no article 'c'"),
        (["links", "--store", "nowhere"], "there is no store at nowhere"),
        (["relink", "--store", "nowhere"], "there is no store at nowhere"),
        (["relink", "--wikidata", "everywhere"], "give catalogue, live, or both"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(run, stored, arguments, message):
    before = run("export", "-", "--format", "nq").stdout
    result = run(*arguments)
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert line.startswith("kg: ")
    assert message in line
    assert run("export", "-", "--format", "nq").stdout == before


def test_a_store_that_another_process_writes_to_is_one_clear_error(run, stored, tmp_path):
    with open_store(tmp_path / "store"):
        holder = subprocess.run(
            [sys.executable, "-m", "kg", "link", "set", "link:a-e3", "Q1", "--by", "Kim"],
            capture_output=True, text=True, env=os.environ | {"KG_STORE": str(tmp_path / "store")},
        )  # fmt: skip
    assert holder.returncode == 2
    assert "in use by another process" in holder.stderr


def test_several_names_of_one_item_cannot_be_decided_everywhere_at_once(run, stored, tmp_path):
    run("link", "set", "link:b-e1", "Q39121", "--by", "Kim")
    result = run("link", "set", "Q39121", "none", "--everywhere", "--by", "Kim")
    assert result.exit_code == 2
    assert "several names or kinds" in result.stderr


def test_deleting_an_article_leaves_nothing_of_it(run, stored):
    run("link", "set", "link:b-e2", "Q1", "--by", "Kim")
    run("delete", "b")
    left = run("export", "-", "--format", "nq").stdout
    assert left
    assert not re.search(r"article/b\b|link/b-|reviews", left)


def test_relink_repairs_what_had_no_answer(run, stored, fake_linker):
    before = list_json(run)
    fake_linker.answering = False
    result = run("populate", "--again", "a.jsonl")
    assert "5 entities not looked up because the catalogue did not answer; run kg relink" in result.stderr
    result = run("relink")
    assert "5 still without an answer; run kg relink later" in result.stderr
    fake_linker.answering = True
    result = run("relink", "b")
    assert (result.exit_code, result.stdout) == (0, "b  2 decided again, 2 changed\n")
    result = run("relink")
    assert result.stdout == "a  3 decided again, 3 changed\n"
    assert result.stderr == "links: 3 decided again in 1 articles, 3 changed\n"
    assert list_json(run) == before


def test_relink_of_an_article_that_is_not_there_does_the_others(run, stored):
    result = run("relink", "c", "b", "--all")
    assert result.exit_code == 1
    assert result.stdout == "b  2 decided again, 0 changed\n"
    assert "no article 'c'" in result.stderr


def test_relink_of_nothing_says_so(run, stored):
    result = run("relink")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "links: 0 decided again in 0 articles, 0 changed\n"
    assert run("relink", "--quiet").stderr == ""
