"""What a user can get wrong: one line that says what was wrong with what, an exit code, and nothing lost."""

import os
import re
import resource
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kg.cli import main

TEXT = "Acme Corp said on Friday that it would keep its plant in Leeds open. Jo Roe had asked for it."
KG = [sys.executable, "-m", "kg"]


@pytest.fixture
def run(tmp_path, monkeypatch, fake_parts):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KG_MAX_BYTES", "5000")
    return lambda *arguments, stdin=None: CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def stored(run, tmp_path):
    (tmp_path / "good.txt").write_text(TEXT)
    result = run("populate", "good.txt")
    assert result.exit_code == 0, result.output
    return result.stdout.split()[0]


def start(*arguments, **options):
    """The real program, in a process of its own."""
    return subprocess.Popen([*KG, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


BAD_FILES = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t\n", "is empty"),
    "binary.txt": (bytes(range(256)), "is binary"),
    "image.jpg": (b"\xff\xd8\xff\xe0" + b"j" * 99, "is binary"),
    "broken.txt": ("“Said”, he said. ".encode() + b"\xe2\x80 end", "is broken UTF-8"),
    "cyrillic.txt": ("Президент встретился с министром".encode("cp1251"), "encoding that is not recognised"),
    "enormous.txt": (b"The plant. " * 1000, "is larger than 5,000 bytes"),
    "menu.html": (b"<html><body><ul><li><a href='/'>Home</a></li></ul></body></html>", "holds no article"),
    "german.txt": (b"Der Bundestag hat am Donnerstag ein neues Gesetz beschlossen.", "is not English"),
    "array.json": (b'[{"text": "Acme said so."}]', "give JSON Lines"),
    "feed.xml": (b"<?xml version='1.0'?><rss/>", "is XML"),
    "broken.jsonl": (b'{"text": "Acme', "line 1: is not valid JSON"),
    "types.jsonl": (b'{"text": ["Acme"]}', '"text" is a list'),
    "long.jsonl": (b'{"text": "' + b"x" * 6000 + b'"}', "line 1: is longer than 5,000 bytes"),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["populate", "read"])
def test_a_bad_file_is_one_line_and_the_next_file_is_done(run, tmp_path, command, name):
    data, message = BAD_FILES[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT)
    result = run(command, name, "good.txt", *(["--quiet"] if command == "populate" else []))
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith(f"kg: {name}")
    assert message in line
    if command == "populate":
        assert re.search(r"^articles +1$", run("query", "contents").stdout, re.MULTILINE)
    else:
        assert "Leeds" in result.stdout


def test_other_lines_of_a_jsonl_file_are_done(run, tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"id": "1", "text": "Acme Corp said."}\n{oops\n{"id": "3", "text": "Jo Roe said."}\n'
    )
    result = run("populate", "a.jsonl")
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["1", "3"]
    assert "a.jsonl line 2: is not valid JSON" in result.stderr


def test_the_same_article_twice_is_said(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    result = run("populate", ".")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert "b.txt: the article" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["populate", "no.txt"], "kg: no.txt: cannot be read: no such file"),
        (["populate", "http://127.0.0.1:1/"], "127.0.0.1: is a private address"),
        (["populate", "empty"], "empty: this directory holds no article"),
    ],
    ids=["missing", "private", "empty directory"],
)
def test_a_source_that_cannot_be_had_gives_exit_code_1(run, tmp_path, arguments, message):
    (tmp_path / "empty").mkdir()
    result = run(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--colour", "info"], "No such option.*--colour.*see 'kg --help'"),
        (["populate", "--colour", "a.txt"], "No such option.*--colour.*see 'kg populate --help'"),
        (["populate"], "Missing argument.*see 'kg populate --help'"),
        (["paint"], "No such command 'paint'.*see 'kg --help'"),
        (["populate", "good.txt", "--published", "soon"], "--published.*'soon' is no date; give it as 2020-01-07"),
        (["populate", "good.txt", "--published", "2020-02-30"], "--published.*day"),
        (["read", "good.txt", "--format", "xml"], "--format.*'xml' is not one of"),
        (["query", "entites"], "unknown query 'entites'; did you mean 'entities'"),
        (["query", "SELECT ?s WHERE { ?s ?p }"], "syntax|SPARQL"),
        (["query", "DELETE WHERE { ?s ?p ?o }"], "update|read|SPARQL"),
        (["query", "entity"], "needs the parameter 'entity'"),
        (["query", "contents", "--entity", "Q30"], "has no parameter 'entity'"),
        (["query", "entities", "--param", "article"], "'article' is not NAME=VALUE"),
        (["query", "entities", "--article", "nothing"], "no article 'nothing'"),
        (["query", "entities", "--limit", "0"], "--limit"),
        (["query", " "], "the query is empty"),
        (["export", "graph.doc"], "no format for 'graph.doc'.*.ttl"),
        (["export", "graph.ttl", "--format", "word"], "unknown format 'word'"),
        (["export", "graph.ttl", "--article", "nothing"], "no article 'nothing'"),
        (["export", "no/such/graph.ttl"], "cannot write no/such/graph.ttl: no such file or directory; nothing was"),
        (["export", "store", "--format", "nt"], "cannot write store: is a directory"),
        (["export", "good.txt/graph.ttl"], "cannot write good.txt/graph.ttl: not a directory"),
        (["query", "contents", "--store", "nowhere"], "nowhere"),
        (["delete", "x", "--store", "nowhere"], "nowhere"),
        (["query", "contents", "--store", "good.txt"], "good.txt"),
        (["info", "--config", "no.toml"], "cannot read the settings file no.toml"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_loses_nothing(run, stored, tmp_path, arguments, message):
    before = run("export", "-", "--format", "nq").stdout
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.startswith("kg: ")
    assert re.search(message, line), line
    assert run("export", "-", "--format", "nq").stdout == before
    assert not list(tmp_path.glob("graph*")) + list(tmp_path.glob(".*"))


def test_an_unknown_setting_in_the_environment_is_one_line(run, monkeypatch):
    monkeypatch.setenv("KG_COLOUR", "red")
    result = run("info")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("kg: unknown setting 'colour' in the environment")


def test_a_store_in_use_is_one_line_and_can_still_be_asked(run, stored, tmp_path):
    holder = (
        "import sys; from pathlib import Path; from kg.store import open_store\n"
        "with open_store(Path(sys.argv[1])): print('ready', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "store")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout.readline() == "ready\n"
        result = run("populate", "good.txt")
        assert result.exit_code == 2
        [line] = result.stderr.splitlines()
        assert "in use" in line or "locked" in line
        assert run("query", "contents").exit_code == 0
    finally:
        process.communicate("")
    assert run("populate", "good.txt").exit_code == 0


def test_a_damaged_store_is_one_line(run, stored, tmp_path):
    for file in (tmp_path / "store").glob("MANIFEST-*"):
        file.write_bytes(b"damaged" * 100)
    for arguments in (["query", "contents"], ["populate", "good.txt"], ["export", "-"]):
        result = run(*arguments)
        assert result.exit_code == 2, arguments
        [line] = result.stderr.splitlines()
        assert "damaged" in line


def test_a_full_disk_is_one_line_and_leaves_the_older_file(run, stored, tmp_path):
    (tmp_path / "graph.nq").write_text("older\n")
    process = start(
        "export",
        "graph.nq",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY)),
    )
    out, err = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert err == "kg: cannot write graph.nq: file too large; nothing was written\n"
    assert (tmp_path / "graph.nq").read_text() == "older\n"
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments", [["export", "-"], ["query", "contents"], ["query", "mentions", "--format", "csv"]]
)
def test_a_full_disk_behind_standard_output_is_one_line(run, stored, arguments):
    with open("/dev/full", "w") as full:
        done = subprocess.run([*KG, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (2, "kg: cannot write the output: no space left on device\n")


def test_a_reader_that_goes_away_ends_the_program_quietly(run, stored):
    process = start("query", "SELECT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f }")
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 141


def test_an_interrupt_ends_the_program_quietly_and_keeps_what_was_stored(
    run, stored, tmp_path, fake_reader, monkeypatch
):
    (tmp_path / "next.txt").write_text("Jo Roe said so.")

    def interrupt(_):
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(fake_reader, "read", interrupt)
    result = run("populate", "next.txt")
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (130, "", "")
    assert stored in run("query", "articles").stdout


def test_a_bug_shows_its_traceback(run, monkeypatch, fake_reader, tmp_path):
    (tmp_path / "good.txt").write_text(TEXT)

    def fail(_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(fake_reader, "read", fail)
    assert isinstance(run("populate", "good.txt").exception, ZeroDivisionError)
