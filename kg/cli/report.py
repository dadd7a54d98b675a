"""Tells on standard error how the building of a catalogue goes: progress, damage, the sum."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import clean_text, echo_message

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from kg.link.building import Step, Watch

MOST_MESSAGES = 1000
PHASES = {"reading": "reading the dump", "classes": "sorting out the classes", "index": "writing the index"}


class Report:
    """What a build tells on standard error: progress on a terminal, damage line by line, and the end of it all."""

    def __init__(self, dump: str, *, quiet: bool) -> None:
        self._dump = "standard input" if dump == "-" else dump
        self._quiet = quiet
        self._told = 0
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def watch(self) -> Watch:
        """What a build calls."""
        from kg.link.building import Watch

        return Watch(self._show if not self._quiet and sys.stderr.isatty() else lambda step: None, self._tell)

    def conclude(self, target: Path, counts: Counter[str]) -> int:
        """Prints the sum of a build; gives the exit code: 1 when lines were skipped."""
        if not self._quiet:
            from kg.link.stage import read_notes

            items = read_notes(target)["items"]
            skipped = counts["damaged lines"], counts["damaged values"]
            told = f"; damaged and skipped: {skipped[0]} lines, {skipped[1]} values, see above" if any(skipped) else ""
            done = f"{counts['taken']} of {counts['items']} read were taken over"
            click.echo(f"catalogue: {items} items in {clean_text(str(target))}; {done}{told}", err=True)
        return 1 if counts["damaged lines"] else 0

    def _tell(self, line: int, what: str) -> None:
        self._told += 1
        if self._told > MOST_MESSAGES:
            return
        if self._bar:
            self._bar.stop()
        echo_message(f"{self._dump} line {line}: {what}")
        if self._told == MOST_MESSAGES:
            echo_message("there is more damage, which is only counted from here on")

    def _show(self, step: Step) -> None:
        if self._bar is None:
            self._bar = _make_bar()
        label = PHASES[step.phase]
        if label not in self._tasks:
            for task in self._tasks.values():
                self._bar.update(task, visible=False)
            self._tasks[label] = self._bar.add_task(label, total=step.total, start_read=step.read, rate="")
        task = self._tasks[label]
        elapsed = self._bar.tasks[task].elapsed or 0.0
        first = self._bar.tasks[task].fields["start_read"]
        rate = f"{(step.read - first) / 1e6 / elapsed:.0f} MB/s of JSON" if step.read and elapsed else ""
        self._bar.update(task, completed=step.done, total=step.total, rate=rate)
        self._bar.start()


def _make_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(20),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
