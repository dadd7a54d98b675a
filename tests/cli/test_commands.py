import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner
from made_claims import make_airline_reading, make_claim_graphs

from kg.cli import main
from kg.model import Link
from kg.store import open_store

TEXT = (
    "Plant stays open\n\nAcme Corp said on Friday that it would keep its plant in Leeds open. Jo Roe had asked for it."
)


@pytest.fixture
def run(tmp_path, monkeypatch, fake_parts):
    """Runs kg in an empty directory, with a store and a cache of its own."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"KG_STORE": tmp_path / "store", "KG_CACHE": tmp_path / "cache"}.items():
        monkeypatch.setenv(name, str(value))

    def invoke(*arguments, stdin=None):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return invoke


@pytest.fixture
def stored(run, tmp_path):
    """A store with one article, and its id."""
    (tmp_path / "a.txt").write_text(TEXT)
    result = run("populate", "a.txt", "--published", "2020-01-07")
    assert result.exit_code == 0, result.output
    return result.stdout.split()[0]


def test_populate_prints_each_article_and_a_summary(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    result = run("populate", "a.txt")
    assert result.exit_code == 0
    assert result.stdout.endswith("  3 entities, 2 linked  Plant stays open\n")
    assert result.stderr == "articles: 1 stored with 3 entities, 2 of them linked\n"


def test_populate_says_what_was_already_there(run, stored):
    result = run("populate", "a.txt", "--published", "2020-01-07")
    assert (result.exit_code, result.stdout) == (0, f"{stored}  already there  Plant stays open\n")
    assert "1 already there" in result.stderr


def test_quiet_leaves_only_errors(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    result = run("populate", "--quiet", "a.txt", "missing.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "kg: missing.txt: cannot be read: no such file or directory; check the path\n"


def test_a_skipped_article_gives_exit_code_1_and_the_others_are_stored(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"")
    result = run("populate", "b.txt", "a.txt")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "kg: b.txt: is empty",
        "articles: 1 stored with 3 entities, 2 of them linked; 1 skipped, see above",
    ]


def test_an_unanswering_catalogue_is_said_in_the_summary(run, tmp_path, fake_linker):
    fake_linker.answering = False
    (tmp_path / "a.txt").write_text(TEXT)
    assert "3 entities not looked up because the catalogue did not answer" in run("populate", "a.txt").stderr


def test_read_prints_json_lines_and_makes_no_store(run, tmp_path):
    record = {"id": "a", "text": " Acme Corp — “said”\r\nso.", "url": "https://news.example/1"}
    result = run("read", "-", "--format", "jsonl", stdin=json.dumps(record) + "\n{broken\n")
    assert result.exit_code == 1
    shown = json.loads(result.stdout)
    assert (shown["id"], shown["entities"][0]["mentions"][0]) == ("a", {"start": 1, "end": 10, "form": "name"})
    assert result.stderr.startswith("kg: standard input line 2: is not valid JSON")
    assert not (tmp_path / "store").exists()


def test_read_prints_entities_and_then_all_mentions_with_their_form(run):
    result = run("read", "-", stdin=TEXT)
    assert result.exit_code == 0
    entities, mentions = result.stdout.strip().split("\n\n")
    _, header, *rows = [line.split() for line in entities.splitlines()]
    assert header == ["entity", "kind", "name", "item", "score", "mentions"]
    assert ["e3", "place", "Leeds", "Q39121", "0.90", "1"] in rows
    assert ["e2", "person", "Jo", "Roe", "absent", "0.90", "1"] in rows
    start = TEXT.index("Jo Roe")
    assert [line.split(maxsplit=4) for line in mentions.splitlines()][::3] == [
        ["start", "end", "entity", "form", "mention"],
        [str(start), str(start + 6), "e2", "name", "Jo Roe"],
    ]


def test_query_prints_a_plain_table_with_whole_values(run, stored):
    result = run("query", "mentions", "--entity", "Q39121")
    header, row = result.stdout.splitlines()
    assert header.startswith("name   mention  form")
    assert TEXT.replace("\n\n", " ") in row


def test_query_takes_sparql_from_the_command_line_and_standard_input(run, stored):
    sparql = "SELECT ?name { ?who a schema:Person ; skos:prefLabel ?name }"
    for result in (run("query", sparql), run("query", "-", stdin=sparql)):
        assert (result.exit_code, result.stdout) == (0, "name\nJo Roe\n")


@pytest.mark.parametrize(
    ("style", "read"),
    [
        ("csv", lambda text: next(csv.DictReader(io.StringIO(text)))["who"]),
        ("tsv", lambda text: text.splitlines()[1].strip("<>")),
        ("json", lambda text: json.loads(text)["results"]["bindings"][0]["who"]["value"]),
    ],
)
def test_query_prints_standard_formats_with_full_iris(run, stored, style, read):
    result = run("query", "SELECT ?who { ?who skos:prefLabel 'Leeds'@en }", "--format", style)
    assert read(result.stdout) == "http://www.wikidata.org/entity/Q39121"


def test_query_takes_parameters_and_a_limit(run, stored):
    by_name = run("query", "entities", "--param", f"article={stored}", "--limit", "1")
    assert len(by_name.stdout.splitlines()) == 2
    assert by_name.stdout == run("query", "entities", "--article", stored, "--limit", "1").stdout


@pytest.mark.parametrize("speaker", ["Mara T. Voss", "mara voss", "Voss"])
def test_claims_of_a_speaker_are_asked_by_name(run, tmp_path, speaker):
    with open_store(tmp_path / "store") as store:
        for graph in make_claim_graphs():
            store.replace_graph(graph.name, graph.quads)
    asked = ("query", "claims", "--speaker", speaker, "--about", "Q901", "--since", "2026-03-02", "--until", "2026-03")
    result = run(*asked, "--format", "csv")
    assert result.exit_code == 0, result.output
    assert [row["text"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["Dunmore, … may fight."]
    wrong = run("query", "claims", "--speaker", "Mara Boss")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("kg: no entity in the store is called 'Mara Boss'; near are: 'mara t. voss'")


def test_read_prints_a_table_of_claims(run, fake_reader, fake_linker, monkeypatch):
    reading = make_airline_reading()
    monkeypatch.setattr(fake_reader, "read", lambda article: replace(reading, article=article))
    monkeypatch.setattr(fake_linker, "link", lambda reading: tuple(Link(e.id, "absent") for e in reading.entities))
    result = run("read", "-", stdin=json.dumps({"text": reading.article.text}))
    claims = result.stdout.strip().split("\n\n")[2]
    assert [re.split(r"  +", line) for line in claims.splitlines()][:3] == [
        ["claim", "speaker", "cue", "text", "polarity", "certainty", "temporality"],
        ["c1", "Mara T. Voss", "told", "Kestrel Air will leave Dunmore", "positive", "certain", "future"],
        ["c2", "a pilot who asked not to be named", "said", "“We stay,”", "positive", "certain", "future"],
    ]


def test_queries_lists_every_canned_query(run):
    result = run("queries")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()][:3] == ["query", "ambiguous", "articles"]


def test_every_canned_query_runs(run, stored):
    names = [line.split()[0] for line in run("queries").stdout.splitlines()[1:]]
    for name in names:
        options = ["--entity", "Q39121"] if name in ("entity", "provenance", "claims-about") else []
        assert run("query", name, *options).exit_code == 0, name


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt", "jsonld"])
def test_export_writes_a_file_in_the_format_of_its_suffix(run, stored, tmp_path, suffix):
    import rdflib

    result = run("export", f"graph.{suffix}")
    assert (result.exit_code, result.output) == (0, "")
    graph = rdflib.Dataset(default_union=True)
    formats = {"ttl": "turtle", "nq": "nquads", "jsonld": "json-ld"}
    graph.parse(tmp_path / f"graph.{suffix}", format=formats.get(suffix, suffix))
    assert (rdflib.URIRef("http://www.wikidata.org/entity/Q39121"), None, None) in graph
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_export_to_standard_output_is_turtle_unless_told(run, stored):
    assert run("export", "-").stdout.startswith("@prefix")
    assert run("export", "-", "--format", "nt").stdout.startswith("<")


def test_delete_leaves_no_trace(run, stored):
    result = run("delete", stored, "no-such")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{stored}  ")
    assert result.stderr.startswith("kg: no article 'no-such' in the store")
    assert run("query", "SELECT ?s { GRAPH ?g { ?s ?p ?o } }").stdout == "s\n"


def test_info_shows_where_the_store_is_and_what_it_holds(run, tmp_path):
    assert "there is no store yet" in run("info").stdout
    (tmp_path / "a.txt").write_text(TEXT)
    run("populate", "a.txt")
    shown = dict(line.split(maxsplit=1) for line in run("info").stdout.splitlines())
    assert (shown["store"], shown["articles"]) == (str(tmp_path / "store"), "1")
    assert shown["catalogue"] == "the one that ships"
    assert "wd.sqlite" in run("info", "--catalogue", "wd.sqlite").stdout


def test_the_store_may_be_named_before_and_after_the_command(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("--store", "one", "populate", "a.txt").exit_code == 0
    assert run("query", "contents", "--store", "one").exit_code == 0
    assert run("--store", "none", "query", "contents", "--store", "one").exit_code == 0
    assert not (tmp_path / "store").exists()


def test_a_settings_file_is_used(run, tmp_path, monkeypatch):
    monkeypatch.delenv("KG_STORE")
    (tmp_path / "kg.toml").write_text(f'store = "{tmp_path}/elsewhere"\n')
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("populate", "a.txt", "--config", "kg.toml").exit_code == 0
    assert (tmp_path / "elsewhere").is_dir()


@pytest.mark.parametrize("name", sorted(main.commands))
def test_each_help_text_has_an_example_that_names_the_command(run, name):
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert f"kg {name}" in shown.stdout.partition("Example")[2]


def test_what_articles_contain_cannot_steer_a_terminal(run):
    record = {"id": "a", "text": "Acme Corp said so.", "title": "\x1b[31mred\x07\u202etitle"}
    result = run("read", "-", stdin=json.dumps(record))
    assert "\ufffd[31mred\ufffd\ufffdtitle" in result.stdout


def test_letters_that_the_output_cannot_show_are_escaped(run, stored):
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "SELECT ('caf\u00e9 \u56fd' AS ?drink) {}"],
        env=os.environ | {"PYTHONIOENCODING": "latin-1"}, capture_output=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"drink\ncaf\xe9 \\u56fd\n", b"")
