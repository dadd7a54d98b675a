"""The commands that make catalogues, add to them and look into them: kg catalogue build, update, add, info, search."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import replace as change
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import Meter, clean_text, echo_message, print_table, with_config
from kg.cli.populate import QUIET
from kg.cli.report import Report
from kg.config import Config

if TYPE_CHECKING:
    from kg.link.building import Plan

MOST_WORKERS = 8  # one process cannot unpack for more
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*|mul|simple", re.ASCII)
_CLASS = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)


@click.group()
def catalogue() -> None:
    """Make catalogues of Wikidata items, add your own entries, look into them.

    \b
    Examples:
      kg catalogue build latest-all.json.gz --out wikidata.sqlite
      kg populate news/ --catalogue wikidata.sqlite
      kg catalogue search "Ada Lovelace"
    """


def check_classes(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of QIDs; a click callback."""
    for value in values:
        if not _CLASS.fullmatch(value):
            raise click.BadParameter(f"{value!r} is no Wikidata class such as Q5")
    return tuple(int(value[1:]) for value in values)


def check_languages(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The languages in order, with those whose names serve as well; a click callback."""
    for value in values:
        if not _LANGUAGE.fullmatch(value):
            raise click.BadParameter(f"{value!r} is no language code such as en")
    from kg.link.entities import ENGLISH

    wanted = [code for value in values for code in (ENGLISH if value == "en" else (value,))]
    return tuple(dict.fromkeys((*wanted, "mul")))


_WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that read; default: one for each core, at most 8.",
)
_PARTIAL = click.option("--partial", is_flag=True, help="Take what there is of a dump that ends in the middle.")


@catalogue.command()
@click.argument("dump", metavar="DUMP")
@click.option(
    "--out", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The catalogue to write."
)
@click.option("--all", "everything", is_flag=True, help="Take every item that has a name.")
@click.option(
    "--class", "classes", multiple=True, callback=check_classes, metavar="QID", help="Only items of this class; repeat."
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    default=("en",),
    show_default=True,
    callback=check_languages,
    metavar="CODE",
    help="Language of the names, the first for the label; repeat.",
)
@_WORKERS
@_PARTIAL
@QUIET
def build(
    dump: str,
    target: Path,
    everything: bool,
    classes: tuple[int, ...],
    languages: tuple[str, ...],
    workers: int | None,
    partial: bool,
    quiet: bool,
) -> int:
    """Build a catalogue from a dump of Wikidata.

    DUMP is latest-all.json, plain or compressed (gz, bz2, xz, zst), or - for standard input. It is read once. Left out
    are scholarly articles, genes, proteins, taxa, stars, family and given names, and pages of Wikimedia's own, with all
    subclasses; --class and --all choose otherwise. A line that is damaged is told and skipped. A build that was stopped
    goes on where it was when the same command is given again.

    \b
    Examples:
      kg catalogue build latest-all.json.gz --out wikidata.sqlite
      kg catalogue build dump.json.bz2 --out people.sqlite --class Q5 --lang en --lang de
      lbzip2 -dc latest-all.json.bz2 | kg catalogue build - --out wikidata.sqlite
    """
    from kg.link.building import build_catalogue
    from kg.link.stage import Choice

    if everything and classes:
        raise click.UsageError("--all takes every class; leave it or --class out")
    choice = Choice(languages, classes, everything)
    with Report(dump, quiet=quiet) as report:
        counts = build_catalogue(
            dump, target, choice=choice, plan=_make_plan(workers, partial=partial), watch=report.watch()
        )
    return report.conclude(target, counts)


@catalogue.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE")
@click.argument("dump", metavar="DUMP")
@_WORKERS
@_PARTIAL
@QUIET
def update(target: Path, dump: str, workers: int | None, partial: bool, quiet: bool) -> int:
    """Bring a catalogue up to date with a newer dump.

    Entities of DUMP that are newer than those of FILE (by lastrevid, else by modified) take their place, and new ones
    are added, by the choice with which FILE was built. DUMP may hold all of Wikidata or only what has changed; what it
    does not hold stays. FILE is replaced at the end.

    \b
    Example:
      kg catalogue update wikidata.sqlite latest-all.json.gz
    """
    from kg.link.building import update_catalogue

    with Report(dump, quiet=quiet) as report:
        counts = update_catalogue(target, dump, plan=_make_plan(workers, partial=partial), watch=report.watch())
    return report.conclude(target, counts)


@catalogue.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--replace", is_flag=True, help="Drop all entries that were added before.")
@with_config
def add(config: Config, source: Path, replace: bool) -> int:
    """Add people and things of your own, which stand before those of any catalogue.

    The first line of the CSV file names its columns: name, aliases (parted by |), kind (person when empty),
    description, qid; all but name may lack. With a qid the names are added to that item. Without one the entry gets an
    id of its own, such as N42, made of its kind and name; adding the same kind and name again replaces it.

    \b
    Example:
      kg catalogue add people.csv
    """
    from kg.link.own import add_entries

    if config.own is None:
        raise click.UsageError("there is no file for your own entries; set own or KG_OWN")
    done = add_entries(
        source, config.own, replace=replace, on_error=lambda line, what: echo_message(f"{source} line {line}: {what}")
    )
    skipped = f"; {done.wrong} lines skipped, see above" if done.wrong else ""
    click.echo(
        f"{done.new} added, {done.changed} replaced, {done.total} in {clean_text(str(config.own))}{skipped}", err=True
    )
    return 1 if done.wrong else 0


@catalogue.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@with_config
def info(config: Config, file: Path | None) -> None:
    """Show what the catalogue holds: FILE, or the one in use.

    \b
    Examples:
      kg catalogue info
      kg catalogue info wikidata.sqlite
    """
    from kg.link.catalogue import find_index, read_about

    with Meter(quiet=False) as meter:
        index = find_index(change(config, catalogue=file or config.catalogue), progress=meter.show_index)
    rows = _describe(index, read_about(index, title="the catalogue"))
    if config.own is not None and config.own.exists():
        about = read_about(config.own, title="the list of your own entries")
        rows += [("own entries", about["items"]), ("own file", str(config.own))]
    print_table(("what", "value"), rows)


@catalogue.command()
@click.argument("name")
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="At most so many."
)
@click.option("--similar", is_flag=True, help="Also names that are spelt a little differently.")
@with_config
def search(config: Config, name: str, limit: int, similar: bool) -> None:
    """Show the items that a name may mean, the best known first.

    \b
    Examples:
      kg catalogue search Glasgow
      kg catalogue search "Alok Sharma" --catalogue wikidata.sqlite
    """
    from kg.link import open_catalogue

    with Meter(quiet=False) as meter:
        opened = open_catalogue(config, progress=meter.show_index)
    with opened:
        found = opened.find(name, similar=similar)[:limit]
    if not found:
        echo_message(f"nothing in the catalogue is called {name!r}")
        return
    rows = [
        (c.qid, c.label, c.kind or "", c.matched, f"{c.popularity or 0.0:.2f}", c.start or "", c.description)
        for c in found
    ]
    print_table(("item", "label", "kind", "matched", "popularity", "since", "description"), rows)


def _make_plan(workers: int | None, *, partial: bool) -> Plan:
    from kg.link.building import Plan

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Plan(workers=workers or min(cores, MOST_WORKERS), partial=partial)


def _describe(index: Path, about: Mapping[str, str]) -> list[tuple[str, str]]:
    rows = [("file", str(index)), ("megabytes", f"{index.stat().st_size / 1e6:.0f}")]
    rows += [(name, about[name]) for name in ("origin", "built", "items", "names") if name in about]
    rows += [(f"kind {kind}", str(count)) for kind, count in json.loads(about.get("kinds", "{}")).items()]
    if "choice" in about:
        choice: dict[str, Any] = json.loads(about["choice"])
        classes = ", ".join(f"Q{number}" for number in choice["classes"])
        taken = "all" if choice["everything"] else classes or "all but what news does not name"
        rows += [("languages", ", ".join(choice["languages"])), ("classes", taken)]
    rows += [(f"dump: {name}", str(count)) for name, count in json.loads(about.get("counts", "{}")).items() if count]
    return rows
