"""What all commands share: settings from options, tables, progress and errors."""

from __future__ import annotations

import functools
import os
import secrets
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kg.config import Config

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_OPTIONS = (
    click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="Directory of the store."),
    click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="Directory of the catalogue's index."),
    click.option(
        "--catalogue", type=click.Path(path_type=Path), metavar="FILE", help="Catalogue built from a dump of Wikidata."
    ),
    click.option("--config", "settings", type=click.Path(path_type=Path), metavar="FILE", help="Settings file (TOML)."),
)
_NAMES = ("store", "cache", "catalogue", "settings", "wikidata", "relations", "processes")
WIKIDATA = click.option(
    "--wikidata",
    metavar="WHERE",
    help="Where items are looked up: catalogue (the shipped one, default), live (Wikidata itself), or catalogue,live.",
)


PROCESSES = click.option(
    "--processes",
    metavar="N",
    help="How many processes read when there are many articles, 0.4 GB each; 1: this one alone. Default: one a core.",
)
RELATIONS = click.option(
    "--relations",
    metavar="WHICH",
    help="Which are told: stated (what a sentence states, default), or implied (also what only a whole text implies).",
)


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``command`` with the options --store, --cache, --catalogue and --config."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def with_config(command: Callable[..., Any]) -> Callable[..., Any]:
    """``command`` with these options, given to it as one ``config``; the same before the command's name count less."""

    @click.pass_context
    @functools.wraps(command)
    def run(context: click.Context, /, **values: Any) -> Any:
        given = {name: values.pop(name, None) or (context.obj or {}).get(name) for name in _NAMES}
        return command(config=Config.load(given.pop("settings"), **given), **values)

    return settings_options(run)


def clean_text(text: str) -> str:
    """``text`` on one line, without what could steer a terminal: control, format and surrogate characters."""
    return hide_controls(" ".join(text.split()))


def hide_controls(text: str, *, kept: str = "") -> str:
    """``text``, as long as it was, with U+FFFD for what could steer a terminal, but for the characters in ``kept``."""
    hidden = {c for c in set(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs")} - set(kept)
    return text.translate(dict.fromkeys(map(ord, hidden), "\ufffd"))


def echo_message(message: str) -> None:
    """Prints one line to standard error."""
    click.echo(f"kg: {clean_text(message)}", err=True)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a table with every value whole: folded to the width of a terminal, else in plain aligned columns.

    On a terminal far too narrow for the columns, each row becomes a block of lines, one for each column.
    """
    cells = [[clean_text(value) for value in row] for row in rows]
    if sys.stdout.isatty():
        _print_rich(columns, cells)
    else:
        _print_plain(columns, cells)


def print_tables(*tables: tuple[Sequence[str], Sequence[Sequence[str]]]) -> None:
    """Prints each table (columns, rows) that has rows, and an empty line after it."""
    for columns, rows in tables:
        if rows:
            print_table(columns, rows)
            click.echo()


def _print_rich(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if sum(max(map(len, cells)) + 2 for cells in zip(columns, *rows, strict=True)) > 2 * console.width:
        for row in rows:
            block = Table.grid("", "", padding=(0, 2))
            for column, value in zip(columns, row, strict=True):
                block.add_row(Text(column, style="bold"), Text(value, overflow="fold"))
            console.print(block, "", sep="\n")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    console.print(table)


def _print_plain(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len

    table = [list(columns), *rows]
    widths = [max(cell_len(row[i]) for row in table) for i in range(len(columns))]
    for row in table:
        padded = (value + " " * (width - cell_len(value)) for value, width in zip(row, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


@contextmanager
def open_target(target: str) -> Iterator[BinaryIO]:
    """A stream for a file that appears, whole, when the block ends without an error; "-" is standard output.

    Raises ClickException when the file cannot be written; then nothing of it is left, and an older file stays.
    """
    if target == "-":
        yield sys.stdout.buffer
        return
    path = Path(os.path.realpath(target))
    try:
        if path.exists() and not path.is_file():
            with open(path, "wb") as stream:  # a device or a pipe; a directory is refused here
                yield stream
        else:
            with _replace_file(path) as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.ClickException(f"cannot write {target}: {reason}; nothing was written") from error


@contextmanager
def _replace_file(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    with open(part, "xb") as stream:
        try:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


class Meter:
    """Progress on standard error: how far the catalogue's index is, how many articles are done; silent when piped."""

    def __init__(self, *, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr.isatty()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        self.hide()

    def hide(self) -> None:
        """Takes the progress off the screen until it is shown again, so that lines can be printed."""
        if self._bar:
            self._bar.stop()

    def show_index(self, done: int, total: int) -> None:
        """Shows that ``done`` of ``total`` steps of the catalogue's index, built at first use, are made."""
        self._update("preparing the catalogue (once)", done, total)

    def show_article(self, done: int) -> None:
        """Shows that ``done`` articles are read."""
        self._update("articles", done, None)

    def _update(self, label: str, done: int, total: int | None) -> None:
        if not self._wanted:
            return
        if self._bar is None:
            self._bar = _make_bar()
        if label not in self._tasks:
            self._tasks[label] = self._bar.add_task(label, total=total)
        finished = total is not None and done >= total
        self._bar.update(self._tasks[label], completed=done, total=total, visible=not finished)
        self._bar.start()


def _make_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
