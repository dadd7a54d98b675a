"""Lets ``python -m benchmarks`` measure, print one table, check the floors and refresh the README."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.floors import Floors, list_changed_gold, list_missed, load_floors
from benchmarks.measuring import PARTS, Result, Tell, measure_part
from benchmarks.readme import README, format_markdown, replace_numbers, replace_outputs, run_example
from benchmarks.table import format_text, list_rows, read_values


class Measuring(Protocol):
    """What measures one part, as ``measure_part`` does."""

    def __call__(self, part: str, data: Path, floors: Floors, *, tell: Tell | None = None) -> Result: ...


RESULTS = Path(__file__).with_name("results.json")


def main(arguments: Sequence[str] | None = None, *, measure: Measuring = measure_part, readme: Path = README) -> int:
    """Measures the chosen parts and prints the table.

    Gives 0 when all went well, 1 when a floor is missed under --check, 2 when a gold set is missing or changed.
    """
    options = parse_arguments(arguments)
    floors, results = load_floors(), load_results(options.json)
    if not options.parts and options.write_readme:
        write_readme(readme, floors, results)
        return 0
    parts = [part for part in PARTS if part in options.parts or not options.parts or "all" in options.parts]
    changed = list_changed_gold(floors, options.data, set(parts))
    if changed:
        print(*changed, sep="\n", file=sys.stderr)
        return 2
    new: dict[str, Result] = {}
    for part in parts:
        print(f"measuring {part} ...", file=sys.stderr)
        new[part] = measure(part, options.data, floors, tell=print if options.mistakes else None)
    results.update(new)
    print(format_text(list_rows(floors, new, parts=parts)))
    if options.json:
        options.json.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    if options.write_readme:
        write_readme(readme, floors, results)
    missed = list_missed(floors, read_values(new), set(parts)) if options.check else []
    print(*missed, sep="\n", end="\n" if missed else "", file=sys.stderr)
    return 1 if missed else 0


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command line; ``parts`` is empty when none is named."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measures accuracy and speed. Example: python -m benchmarks names linking --check",
    )
    parser.add_argument("parts", nargs="*", help=f"what to measure: {', '.join(PARTS)} or all (the default)")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the gold sets")
    parser.add_argument("--json", type=Path, help="keep the results in this file; parts not measured now stay in it")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a floor is missed")
    parser.add_argument("--mistakes", action="store_true", help="print every wrong and missed answer before the table")
    parser.add_argument(
        "--write-readme",
        action="store_true",
        help=f"put the kept numbers and fresh outputs into README.md; alone, from {RESULTS.name}",
    )
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - {*PARTS, "all"}
    if unknown:
        parser.error(f"unknown part {', '.join(sorted(unknown))}; known are {', '.join(PARTS)} and all")
    if options.write_readme and options.json is None:
        options.json = RESULTS
    return options


def load_results(file: Path | None) -> dict[str, Result]:
    """The results kept in ``file`` by part; none when there is no file yet."""
    if file is None or not file.exists():
        return {}
    kept: dict[str, Result] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def write_readme(file: Path, floors: Floors, results: dict[str, Result]) -> None:
    """Puts the numbers of ``results`` and fresh command outputs between the markers of the README."""
    text = replace_numbers(file.read_text(encoding="utf-8"), format_markdown(floors, results))
    with run_example() as run:
        text = replace_outputs(text, run)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
