"""The commands that read articles: populate stores their graphs, read prints what was found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kg.cli.findings import EVENT_COLUMNS, RELATION_COLUMNS, list_events, list_relations
from kg.cli.marks import CLAIM_COLUMNS, list_claims
from kg.cli.output import (
    PROCESSES,
    RELATIONS,
    WIKIDATA,
    Meter,
    clean_text,
    echo_message,
    print_table,
    print_tables,
    with_config,
)
from kg.config import Config

if TYPE_CHECKING:
    from kg.pipeline import Outcome, Summary

_SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
QUIET = click.option("--quiet", "-q", is_flag=True, help="Print errors only.")


def check_published(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """``value`` when it is an ISO date or date-time; a click callback."""
    if value is None:
        return None
    from kg.pipeline import check_date

    try:
        return check_date(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


PUBLISHED = click.option(
    "--published",
    metavar="DATE",
    callback=check_published,
    help="When the articles were published (2020-01-07 or 2020-01-07T09:30:00Z); a JSONL record's own date goes first.",
)


@click.command()
@_SOURCES
@PUBLISHED
@click.option("--again", is_flag=True, help="Read articles again that the store already holds unchanged.")
@WIKIDATA
@RELATIONS
@PROCESSES
@QUIET
@with_config
def populate(config: Config, sources: tuple[str, ...], published: str | None, again: bool, quiet: bool) -> int:
    """Read articles into the store.

    A SOURCE is a text, HTML or JSONL file, a directory of them, an http(s) address, or - for standard input.
    One line per stored article goes to standard output: its id, and how many entities were found and linked.

    \b
    Examples:
      kg populate article.txt --published 2020-01-07
      kg populate news/ more.jsonl --store ./graph
    """
    from kg import pipeline

    with Meter(quiet=quiet) as meter:
        done = 0
        tools = pipeline.Tools(config, progress=meter.show_index)

        def report(outcome: Outcome) -> None:
            nonlocal done
            done += 1
            meter.hide()
            if outcome.error:
                echo_message(str(outcome.error))
            elif not quiet:
                click.echo(_format_outcome(outcome))
            meter.show_article(done)

        summary = pipeline.populate(
            sources,
            config,
            published=published,
            again=again,
            on_outcome=report,
            tools=tools,
        )
    if summary.unavailable and tools.linker.failure:
        echo_message(tools.linker.failure)
    if not quiet:
        click.echo(_format_summary(summary), err=True)
    return 1 if summary.failed else 0


@click.command()
@_SOURCES
@PUBLISHED
@click.option("--format", "style", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@WIKIDATA
@RELATIONS
@PROCESSES
@QUIET
@with_config
def read(config: Config, sources: tuple[str, ...], published: str | None, style: str, quiet: bool) -> int:
    """Print what is found in articles, without a store.

    First the entities with their links, then all mentions in the order of the text, with their form: name, nominal
    ("the minister") or pronoun, then the relations, the events, and the claims: who says what. What has a claim beside
    it stands in that claim only. With --format jsonl, one JSON object per article, with rivals, sentences and times
    too.

    \b
    Examples:
      kg read article.txt
      cat article.txt | kg read - --format jsonl
    """
    from kg import pipeline

    failed = 0
    with Meter(quiet=quiet) as meter:
        tools = pipeline.Tools(config, progress=meter.show_index)
        outcomes = pipeline.read_articles(sources, config, published=published, tools=tools)
        for done, outcome in enumerate(outcomes, start=1):
            meter.hide()
            if outcome.error:
                failed += 1
                echo_message(str(outcome.error))
            else:
                _print_reading(outcome, style)
            meter.show_article(done)
    return 1 if failed else 0


def _print_reading(outcome: Outcome, style: str) -> None:
    from kg.pipeline import make_json

    reading: dict[str, Any] = make_json(outcome)
    if style == "jsonl":
        click.echo(json.dumps(reading, ensure_ascii=False).encode("utf-8"))
        return
    click.echo("  ".join(clean_text(reading[key]) for key in ("id", "title") if reading[key]))
    rows = [
        (e["id"], e["kind"], e["name"], e["qid"] or e["verdict"], f"{e['score']:.2f}", str(len(e["mentions"])))
        for e in reading["entities"]
    ]
    print_table(("entity", "kind", "name", "item", "score", "mentions"), rows)
    click.echo()
    print_table(("start", "end", "entity", "form", "mention"), _list_mentions(outcome))
    click.echo()
    claims = list_claims(outcome, by_id=True)
    print_tables(
        (RELATION_COLUMNS, list_relations(outcome, by_id=True)),
        (EVENT_COLUMNS, list_events(outcome, by_id=True)),
        (CLAIM_COLUMNS, claims),
    )


def _list_mentions(outcome: Outcome) -> list[tuple[str, ...]]:
    assert outcome.reading is not None
    found = [(m, entity) for entity in outcome.reading.entities for m in entity.mentions]
    found.sort(key=lambda pair: (pair[0].passage.start, -pair[0].passage.end))
    return [(str(m.passage.start), str(m.passage.end), entity.id, m.form, m.passage.text) for m, entity in found]


def _format_outcome(outcome: Outcome) -> str:
    assert outcome.article is not None
    found = "already there" if outcome.unchanged else f"{outcome.entities} entities, {outcome.linked} linked"
    return f"{clean_text(outcome.article.id)}  {found}  {clean_text(outcome.article.title or outcome.source)}"


def _format_summary(summary: Summary) -> str:
    parts = [f"{summary.stored} stored with {summary.entities} entities, {summary.linked} of them linked"]
    if summary.unchanged:
        parts.append(f"{summary.unchanged} already there")
    if summary.failed:
        parts.append(f"{summary.failed} skipped, see above")
    if summary.unavailable:
        parts.append(
            f"{summary.unavailable} entities not looked up because the catalogue did not answer; run kg relink"
        )
    return "articles: " + "; ".join(parts)
