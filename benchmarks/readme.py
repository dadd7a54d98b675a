"""Keeps the README's table of numbers and its command outputs what was measured and printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.floors import Floors
from benchmarks.speed import ROOT, make_environment
from benchmarks.table import HEAD, list_rows

README = ROOT / "README.md"
NUMBERS = re.compile(r"(<!-- numbers -->\n)(?P<table>.*?)(<!-- /numbers -->)", re.DOTALL)
OUTPUT = re.compile(r"(<!-- output: (?P<command>kg [^\n]+?) -->\n)(?P<shown>.*?)(<!-- /output -->)", re.DOTALL)


def format_markdown(floors: Floors, results: Mapping[str, Any]) -> str:
    """The README's table, and below it when and on what machine the numbers were measured."""
    table = [HEAD, ("---",) * len(HEAD), *list_rows(floors, results)]
    lines = ["| " + " | ".join(row) + " |" for row in table]
    dates = sorted({part["date"] for part in results.values()})
    if dates:
        when = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        machine = f", times on {results['speed']['machine']}" if "speed" in results else ""
        lines += ["", f"Measured {when}{machine}."]
    return "\n".join(lines)


def find_numbers(readme: str) -> str:
    """The table that the README shows between its markers. Raises ValueError when the markers are not there."""
    found = NUMBERS.search(readme)
    if not found:
        raise ValueError("README.md lacks <!-- numbers --> or <!-- /numbers -->; put both markers back")
    return found["table"].rstrip("\n")


def replace_numbers(readme: str, table: str) -> str:
    """The README with ``table`` between its markers. Raises ValueError when the markers are not there."""
    find_numbers(readme)
    return NUMBERS.sub(lambda found: f"{found[1]}{table}\n{found[3]}", readme)


def list_outputs(readme: str) -> list[tuple[str, str]]:
    """Each command marked ``<!-- output: kg ... -->`` with the output shown below it, in order, without its fence."""
    fence = re.compile(r"^```\w*\n", re.MULTILINE)
    return [(found["command"], fence.sub("", found["shown"])) for found in OUTPUT.finditer(readme)]


def replace_outputs(readme: str, run: Callable[[str], str]) -> str:
    """The README with what ``run`` gives for each marked command, in order, in a fenced block."""

    def fill(found: re.Match[str]) -> str:
        shown = run(found["command"]).strip("\n")
        return f"{found[1]}```text\n{shown}\n```\n{found[4]}"

    return OUTPUT.sub(fill, readme)


@contextmanager
def run_example(cache: Path | None = None) -> Iterator[Callable[[str], str]]:
    """Gives a function that runs one ``kg`` command line at the root of the checkout and returns what a user sees.

    All commands share a new, empty store; ``cache`` (else a new one too) holds the catalogue's index.
    The function raises RuntimeError when a command fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = make_environment(Path(folder))
        environment |= {"COLUMNS": "110", "NO_COLOR": "1"} | ({"KG_CACHE": os.fspath(cache)} if cache else {})

        def run(command: str) -> str:
            words = [sys.executable, "-m", *shlex.split(command)]
            done = subprocess.run(
                words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, env=environment
            )
            if done.returncode:
                raise RuntimeError(f"{command} gave {done.returncode}: {done.stdout}")
            return done.stdout

        yield run
