"""kg catalogue: builds, updates, adds to and looks into catalogues, and says in one line what went wrong."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from made_entities import PERSON, make_entity, write_dump

from kg.cli import main
from kg.link.items import Lexicon


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs kg in an empty directory, with all its files below it and no words of the shipped catalogue."""
    monkeypatch.chdir(tmp_path)
    for name in ("store", "cache", "own"):
        monkeypatch.setenv(f"KG_{name.upper()}", str(tmp_path / name))
    monkeypatch.setattr(Lexicon, "load", lambda source: Lexicon())

    def invoke(*arguments, stdin=None):
        return CliRunner().invoke(main, ["catalogue", *map(str, arguments)], input=stdin)

    return invoke


@pytest.fixture
def built(run, tmp_path):
    result = run("build", write_dump(tmp_path / "dump.json"), "--out", "wd.sqlite", "--workers", 1)
    assert result.exit_code == 0, result.output
    return result


def test_build_says_what_it_took(built, tmp_path):
    assert built.stdout == ""
    assert built.stderr == "catalogue: 4 items in wd.sqlite; 5 of 7 read were taken over\n"
    assert (tmp_path / "wd.sqlite").exists()


def test_a_damaged_line_is_told_and_gives_exit_code_1(run, tmp_path):
    dump = write_dump(tmp_path / "dump.json", ["{", make_entity("Q901", "Ida Marsh", PERSON)])
    result = run("build", dump, "--out", "wd.sqlite", "--workers", 1)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith(f"kg: {dump} line 2: not JSON")
    assert "damaged and skipped: 1 lines, 0 values" in result.stderr


def test_much_damage_is_only_counted_after_a_while(run, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.cli.report.MOST_MESSAGES", 3)
    dump = write_dump(tmp_path / "dump.json", [*["{"] * 9, make_entity("Q901", "Ida Marsh", PERSON)])
    lines = run("build", dump, "--out", "wd.sqlite", "--workers", 1).stderr.splitlines()
    assert len(lines) == 5
    assert "only counted" in lines[3]
    assert "9 lines" in lines[4]


def test_standard_input_is_a_dump(run, tmp_path):
    text = write_dump(tmp_path / "dump.json").read_bytes()
    assert run("build", "-", "--out", "wd.sqlite", "--workers", 1, stdin=text).exit_code == 0


def test_build_goes_by_its_options(run, tmp_path):
    dump = write_dump(tmp_path / "dump.json")
    for options, count in ((["--all"], 6), (["--class", "Q5"], 1), (["--lang", "fr"], 0)):
        result = run("build", dump, "--out", "wd.sqlite", "--workers", 1, *options)
        assert f"catalogue: {count} items" in result.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--all", "--class", "Q5"], "leave it or --class out"),
        (["--class", "person"], "no Wikidata class"),
        (["--lang", "english!"], "no language code"),
        (["--workers", "0"], "workers"),
    ],
    ids=["all-and-class", "class", "language", "workers"],
)
def test_options_that_cannot_be_are_refused(run, tmp_path, options, told):
    result = run("build", write_dump(tmp_path / "dump.json"), "--out", "wd.sqlite", *options)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert not (tmp_path / "wd.sqlite").exists()


def test_update_takes_newer_entities(run, built, tmp_path):
    newer = write_dump(tmp_path / "newer.json", [make_entity("Q901", "Ida Obi", PERSON, revision=900)])
    result = run("update", "wd.sqlite", newer, "--workers", 1)
    assert result.stderr == "catalogue: 4 items in wd.sqlite; 1 of 1 read were taken over\n"
    assert "Ida Obi" in run("search", "Ida Obi", "--catalogue", "wd.sqlite").stdout


def test_search_shows_the_best_known_first(run, built):
    lines = run("search", "Marsh", "--catalogue", "wd.sqlite").stdout.splitlines()
    assert lines[0].split() == ["item", "label", "kind", "matched", "popularity", "since", "description"]
    assert lines[1].startswith("Q901  Ida Marsh  person  surname")
    assert run("search", "Marsj", "--catalogue", "wd.sqlite").stdout == ""
    assert "nothing in the catalogue is called 'Marsj'" in run("search", "Marsj", "--catalogue", "wd.sqlite").stderr


def test_add_tells_wrong_lines_and_search_finds_the_others(run, built, tmp_path):
    (tmp_path / "people.csv").write_text("name,kind\nBo Reed,person\nX,alien\n")
    result = run("add", "people.csv")
    assert result.exit_code == 1
    assert "people.csv line 3: unknown kind 'alien'" in result.stderr
    assert "1 added, 0 replaced, 1 in" in result.stderr
    assert "Bo Reed" in run("search", "Bo Reed", "--catalogue", "wd.sqlite").stdout


def test_info_says_what_is_in_a_catalogue(run, built, tmp_path):
    (tmp_path / "people.csv").write_text("name\nBo Reed\n")
    run("add", "people.csv")
    shown = dict(line.split(maxsplit=1) for line in run("info", "wd.sqlite").stdout.splitlines())
    assert shown["items"] == "4"
    assert shown["languages"] == "en, mul, en-us, en-gb, en-ca"
    assert shown["own"].split()[0] in ("entries", "file")


def test_a_missing_catalogue_is_one_line(tmp_path):
    command = [sys.executable, "-m", "kg", "catalogue", "search", "Ida", "--catalogue", str(tmp_path / "none.sqlite")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: cannot read the catalogue")
    assert done.stderr.count("\n") == 1
