"""The README: its commands, code, links, numbers and outputs are real."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

import kg
from benchmarks.__main__ import RESULTS, load_results
from benchmarks.floors import load_floors
from benchmarks.readme import README, find_numbers, format_markdown, list_outputs, run_example
from benchmarks.speed import make_environment
from kg.cli import main
from kg.config import Config

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
LINKS = [target for target in re.findall(r"\]\(([^)]+)\)", TEXT) if not target.startswith(("http://", "https://"))]
PATHS = re.findall(r"`((?:kg|queries|ontology|training|benchmarks|tests|examples|\.ci)/[\w./-]*)`", TEXT)
PYTHON = [code for language, code in BLOCKS if language == "python"]


def list_commands() -> list[str]:
    """Every ``kg`` command line of the README's sh blocks and marked outputs."""
    lines = [line for language, block in BLOCKS if language == "sh" for line in block.splitlines()]
    parts = [part.strip() for line in lines for part in line.split("&&")]
    found = [re.sub(r"^\S*/kg ", "kg ", part) for part in parts]
    return [part for part in found if part.startswith("kg ")] + [command for command, _ in list_outputs(TEXT)]


def check_parsing(words: list[str]) -> None:
    """Parses one command line without running it; raises UsageError when the command or an option is not known."""
    with main.make_context("kg", words, resilient_parsing=False) as context:
        name, command, rest = main.resolve_command(context, words)
        assert command is not None
        assert name is not None
        command.make_context(name, rest, parent=context).close()


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    """One cache for all runs below, so that the index of the catalogue is built once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def run(cache) -> Iterator[Callable[[str], str]]:
    with run_example(cache) as run:
        yield run


@pytest.mark.parametrize("command", list_commands())
def test_commands_of_the_readme_parse(command):
    words = shlex.split(command)[1:]
    check_parsing(words)
    assert [word for word in words if word.startswith("examples/") and not (ROOT / word).exists()] == []


def test_an_unknown_option_would_be_noticed():
    with pytest.raises(click.UsageError, match="--colour"):
        check_parsing(["queries", "--colour", "red"])
    with pytest.raises(click.UsageError, match="popluate"):
        check_parsing(["popluate", "a.txt"])


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_of_every_command_has_an_example(name):
    shown = subprocess.run([sys.executable, "-m", "kg", name, "--help"], capture_output=True, text=True, check=True)
    assert re.search(rf"Examples?:\n(?:.*\n)*?.*\bkg {name}\b", shown.stdout)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name):
    assert f"`kg {name}" in TEXT or any(command.startswith(f"kg {name}") for command in list_commands())


@pytest.mark.parametrize("target", sorted(set(LINKS + PATHS)))
def test_links_to_files_resolve(target):
    path, _, heading = target.partition("#")
    assert (ROOT / path).exists()
    if heading and not path:
        headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
        assert heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_in_the_readme(name):
    assert re.search(rf"`(?:kg\.)?{name}\b", TEXT)


@pytest.mark.parametrize("name", [field.name for field in fields(Config)])
def test_every_setting_is_in_the_readme(name):
    assert f"| `{name}` |" in TEXT


def test_numbers_are_those_of_the_last_benchmark():
    assert find_numbers(TEXT) == format_markdown(load_floors(), load_results(RESULTS))


def test_nothing_is_left_to_fill_in():
    assert re.findall(r"<!-- (?:fill|todo)\b.*?-->", TEXT, re.IGNORECASE | re.DOTALL) == []


def test_set_up_is_one_line_each():
    for name in ("run", "test"):
        (block,) = re.findall(rf"<!-- command: {name} -->\n```sh\n(.*?)```", TEXT, re.DOTALL)
        assert block.count("\n") == 1
        assert block.startswith("python3.11 -m venv .venv && .venv/bin/pip install ")


def test_outputs_are_what_the_commands_print(run):
    """Scores may differ in the last digit between processors; names, items and columns may not."""
    outputs = list_outputs(TEXT)
    assert outputs
    for command, shown in outputs:
        real = run(command)
        assert _list_words(shown) == _list_words(real), command
        assert _list_words(shown) != []


def _list_words(output: str) -> list[str]:
    """The words of an output, without numbers with a decimal point."""
    return [word for word in output.split() if not re.fullmatch(r"\d+\.\d+", word)]


def test_every_canned_query_is_listed():
    shown = next(shown for command, shown in list_outputs(TEXT) if command == "kg queries")
    files = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
    assert files
    assert [name for name in files if not re.search(rf"^\W*{name}\b", shown, re.MULTILINE)] == []


@pytest.mark.parametrize("code", PYTHON, ids=[f"block {i}" for i, _ in enumerate(PYTHON)])
def test_python_of_the_readme_runs(code, cache, tmp_path):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = make_environment(tmp_path) | {"KG_CACHE": str(cache)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
