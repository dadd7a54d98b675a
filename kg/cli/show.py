"""The command that draws articles: mentions in the colour of their kind, claims with their cue, tables below."""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.findings import EVENT_COLUMNS, RELATION_COLUMNS, list_events, list_relations
from kg.cli.marks import CLAIM_COLUMNS, Mark, cut_text, list_claims, list_marks
from kg.cli.output import (
    WIKIDATA,
    Meter,
    clean_text,
    echo_message,
    hide_controls,
    open_target,
    print_table,
    print_tables,
    with_config,
)
from kg.cli.populate import PUBLISHED, QUIET
from kg.config import Config

if TYPE_CHECKING:
    from rich.text import Text

    from kg.pipeline import Outcome

STYLES = {  # on a terminal, and displaCy's colour on a page
    "person": ("yellow", "#aa9cfc"),
    "organisation": ("cyan", "#7aecec"),
    "place": ("green", "#feca74"),
    "event": ("red", "#ffeb80"),
    "work": ("magenta", "#f0d0ff"),
    "product": ("blue", "#bfeeb7"),
    "group": ("bright_magenta", "#c887fb"),
    "other": ("bright_blue", "#dddddd"),
    "time": ("bright_black", "#bfe1d9"),
    "claim": ("default", "#fff3bf"),
    "cue": ("default", "#e8590c"),
}
BRACKETS = {"claim": ("{", "}"), "cue": ("*", "*")}
CSS = """\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; }
.text { white-space: pre-wrap; unicode-bidi: plaintext; line-height: 2.5; overflow-wrap: anywhere; }
mark { background: var(--kind); color: inherit; padding: 0.35em 0.5em; margin: 0 0.15em; border-radius: 0.35em; }
mark.nominal, mark.pronoun, mark.time { background: none; border-bottom: 2px solid var(--kind); border-radius: 0; }
mark, bdi { unicode-bidi: isolate; }
mark .label { font-size: 0.7em; font-weight: bold; margin-left: 0.4em; vertical-align: middle; text-decoration: none; }
mark.nominal > .label, mark.pronoun > .label, mark.time > .label { font-weight: normal; }
.text .claim { background: var(--kind); border-radius: 0.2em; padding: 0.2em 0; }
.text .claim.negative { --kind: #ffd8d8; }
.text .claim > .label { font-size: 0.7em; color: #555; margin: 0 0.3em; text-decoration: none; }
.text .cue { font-weight: bold; text-decoration: underline 2px var(--kind); }
a { color: inherit; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 0.2em 1em 0.2em 0; vertical-align: top; }
td.kind { border-left: 1em solid var(--kind); padding-left: 0.5em; }
""" + "".join(f".{kind} {{ --kind: {colour}; }}\n" for kind, (_, colour) in STYLES.items())
PAGE = f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kg show</title>
<style>
{CSS}</style>
</head>
<body>
"""
NO_HTML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LEGEND = ("number", "kind", "name", "item", "mentions", "forms")


@click.command()
@click.argument("source", metavar="FILE")
@PUBLISHED
@click.option("--html", "target", metavar="OUT", help="Write a page that a browser shows; - is standard output.")
@WIKIDATA
@QUIET
@with_config
def show(config: Config, source: str, published: str | None, target: str | None, quiet: bool) -> int:
    """Draw an article with its entities, times and claims, and list its relations and events.

    FILE is read as kg read does it. Each mention stands in brackets in the colour of its kind, names stronger than
    descriptions and pronouns, with the kind and the number of its entity; what is claimed stands in braces with its
    speaker, the cue between asterisks; tables of the entities, relations, events and claims follow. Without a terminal,
    or with NO_COLOR set, there are no colours.

    \b
    Examples:
      kg show article.txt --published 2020-01-07
      kg show article.txt --html article.html
    """
    from kg import pipeline

    failed = 0
    sections: list[str] = []
    with Meter(quiet=quiet) as meter:
        tools = pipeline.Tools(config, progress=meter.show_index)
        for outcome in pipeline.read_articles([source], config, published=published, tools=tools):
            meter.hide()
            if outcome.error:
                failed += 1
                echo_message(str(outcome.error))
            elif target is None:
                print_article(outcome)
            else:
                sections.append(format_section(outcome, len(sections) + 1))
    if target is not None and sections:
        with open_target(target) as stream:
            stream.write((PAGE + "".join(sections) + "</body>\n</html>\n").encode("utf-8"))
    return 1 if failed else 0


def list_entities(outcome: Outcome) -> list[tuple[str, ...]]:
    """A row of LEGEND for each entity: how many mentions it has, and of which form."""
    assert outcome.reading is not None
    links = {link.entity: link for link in outcome.links}
    rows: list[tuple[str, ...]] = []
    for number, entity in enumerate(outcome.reading.entities, start=1):
        link = links.get(entity.id)
        forms = Counter(mention.form for mention in entity.mentions)
        counts = ", ".join(f"{forms[form]} {form}" for form in ("name", "nominal", "pronoun") if forms[form])
        item = (link.qid or link.verdict) if link else ""
        rows.append((str(number), entity.kind, entity.name, item, str(len(entity.mentions)), counts))
    return rows


def print_article(outcome: Outcome) -> None:
    """Draws an article on the terminal, or into a pipe as it would stand there without colours."""
    from rich.console import Console

    assert outcome.reading is not None
    article = outcome.reading.article
    click.echo(
        "  ".join(clean_text(part) for part in (article.id, article.title or "", article.published or "") if part)
    )
    click.echo()
    console = Console(highlight=False) if sys.stdout.isatty() else None
    for line in draw_lines(outcome):
        if console:
            console.print(line)
        else:
            click.echo(line.plain)
    click.echo()
    print_table(LEGEND, list_entities(outcome))
    click.echo()
    print_tables(
        (RELATION_COLUMNS, list_relations(outcome)),
        (EVENT_COLUMNS, list_events(outcome)),
        (CLAIM_COLUMNS, list_claims(outcome)),
    )


def draw_lines(outcome: Outcome) -> Iterator[Text]:
    """The lines of the article's text: "[Jo Roe](person 1) *said*(cue 1) {so}(claim 1 by person 1: ...)"."""
    from rich.text import Text

    assert outcome.reading is not None
    text = outcome.reading.article.text.replace("\t", " ").replace("\r", " ")
    line = Text()
    for step, piece, mark in cut_text(hide_controls(text, kept="\n"), list_marks(outcome)):
        style = _style_of(mark)
        if step != "text" and mark is not None:
            opening, closing = BRACKETS.get(mark.kind, ("[", "]"))
            label = f"({clean_text(mark.label)})" if mark.label else ""
            line.append(opening if step == "begin" else closing + label, f"{STYLES[mark.kind][0]} dim")
        for number, part in enumerate(piece.split("\n")):
            if number:
                yield line
                line = Text()
            line.append(part, style)
    yield line


def _style_of(mark: Mark | None) -> str:
    if mark is None:
        return ""
    if mark.kind in BRACKETS:
        return "italic" if mark.kind == "claim" else "bold"
    return f"{STYLES[mark.kind][0]} {'bold' if mark.form == 'name' else 'underline'}"


def format_section(outcome: Outcome, number: int) -> str:
    """One article as HTML; ``number`` tells its links from those of other articles on the page."""
    assert outcome.reading is not None
    article = outcome.reading.article
    parts = [f'<section>\n<h1 dir="auto">{_escape(article.title or article.id)}</h1>\n']
    parts.append(f"<p>{_escape('  '.join(filter(None, (article.published, article.publisher, article.url))))}</p>\n")
    parts.append('<div class="text">')
    for step, piece, mark in cut_text(article.text, list_marks(outcome)):
        if step == "text" or mark is None:
            parts.append(_escape(piece))
        else:
            parts.append(_open_tag(mark) if step == "begin" else _close_tag(mark, number))
    parts.append("</div>\n")
    rows = [_format_entity(row, number) for row in list_entities(outcome)]
    parts += _format_table(LEGEND, rows)
    for columns, found, anchor in (
        (RELATION_COLUMNS, list_relations(outcome), ""),
        (EVENT_COLUMNS, list_events(outcome), f"a{number}v"),
        (CLAIM_COLUMNS, list_claims(outcome), f"a{number}c"),
    ):
        if found:
            parts += _format_table(columns, [_format_row(row, anchor) for row in found])
    return "".join([*parts, "</section>\n"])


def _open_tag(mark: Mark) -> str:
    if mark.kind in BRACKETS:
        return f'<span class="{mark.kind} {mark.form}" title="{_escape(clean_text(mark.title))}">'
    return f'<mark class="{mark.kind} {mark.form}">'


def _close_tag(mark: Mark, article: int) -> str:
    """The label of a mark, which leads to its row in the tables, and the end of the mark."""
    if mark.kind in BRACKETS:
        shown = mark.kind == "claim" and mark.label
        label = f'<a class="label" href="#a{article}c{mark.number}"><bdi>claim {mark.number}</bdi></a>' if shown else ""
        return label + "</span>"
    label = f"<bdi>{_escape(mark.label)}</bdi>"
    link = f'<a class="label" href="#a{article}e{mark.number}">{label}</a>' if mark.number else ""
    return (link or f'<span class="label">{label}</span>') + "</mark>"


def _format_table(columns: tuple[str, ...], rows: list[str]) -> list[str]:
    return ["<table>\n<tr>", *(f"<th>{column}</th>" for column in columns), "</tr>\n", *rows, "</table>\n"]


def _format_entity(row: tuple[str, ...], article: int) -> str:
    cells = [_escape(cell) for cell in row]
    cells[2] = f"<bdi>{cells[2]}</bdi>"
    if re.fullmatch(r"Q[0-9]+", row[3]):
        cells[3] = f'<a href="https://www.wikidata.org/wiki/{row[3]}">{row[3]}</a>'
    kind, rest = cells[1], "".join(f"<td>{cell}</td>" for cell in cells[2:])
    return f'<tr id="a{article}e{row[0]}" class="{kind}"><td>{cells[0]}</td><td class="kind">{kind}</td>{rest}</tr>\n'


def _format_row(row: tuple[str, ...], anchor: str) -> str:
    """A row that the text can lead to by ``anchor`` and its first cell, when there is an anchor."""
    cells = "".join(f"<td><bdi>{_escape(' '.join(cell.split()))}</bdi></td>" for cell in row)
    return f'<tr id="{anchor}{row[0]}">{cells}</tr>\n' if anchor else f"<tr>{cells}</tr>\n"


def _escape(text: str) -> str:
    """``text`` as HTML, without the characters that a page may not hold; letters that join or turn others stay."""
    return html.escape(NO_HTML.sub("\ufffd", text))
