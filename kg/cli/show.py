"""The command that draws articles: mentions in the colour of their kind, with the number of their entity."""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from kg.cli.output import Meter, clean_text, echo_message, hide_controls, open_target, print_table, with_config
from kg.cli.populate import PUBLISHED, QUIET
from kg.config import Config

if TYPE_CHECKING:
    from rich.text import Text

    from kg.pipeline import Outcome

Step = Literal["begin", "text", "end"]
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
}
CSS = """\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; }
.text { white-space: pre-wrap; unicode-bidi: plaintext; line-height: 2.5; overflow-wrap: anywhere; }
mark { background: var(--kind); color: inherit; padding: 0.35em 0.5em; margin: 0 0.15em; border-radius: 0.35em; }
mark.nominal, mark.pronoun, mark.time { background: none; border-bottom: 2px solid var(--kind); border-radius: 0; }
mark, bdi { unicode-bidi: isolate; }
mark .label { font-size: 0.7em; font-weight: bold; margin-left: 0.4em; vertical-align: middle; text-decoration: none; }
mark.nominal > .label, mark.pronoun > .label, mark.time > .label { font-weight: normal; }
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


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text to be shown: of entity ``number``, or a time; ``label`` is what stands beside it."""

    start: int
    end: int
    kind: str
    form: str
    label: str
    number: int = 0


@click.command()
@click.argument("source", metavar="FILE")
@PUBLISHED
@click.option("--html", "target", metavar="OUT", help="Write a page that a browser shows; - is standard output.")
@QUIET
@with_config
def show(config: Config, source: str, published: str | None, target: str | None, quiet: bool) -> int:
    """Draw an article with its entities and times.

    FILE is read as kg read does it. Each mention stands in brackets in the colour of its kind, names stronger than
    descriptions and pronouns, with the kind and the number of its entity; a table of the entities follows. Without a
    terminal, or with NO_COLOR set, there are no colours.

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


def list_marks(outcome: Outcome) -> list[Mark]:
    """What is shown of an article, in order, outer marks first; a mark that crosses the end of another ends there."""
    assert outcome.reading is not None
    marks = [
        Mark(m.passage.start, m.passage.end, entity.kind, m.form, f"{entity.kind} {number}", number)
        for number, entity in enumerate(outcome.reading.entities, start=1)
        for m in entity.mentions
    ]
    for time in outcome.reading.times:
        marks.append(Mark(time.passage.start, time.passage.end, "time", "time", f"time {time.value or '?'}"))
    fitting: list[Mark] = []
    inside: list[int] = []  # the ends of the marks that a mark begins in
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.number)):
        while inside and inside[-1] <= mark.start:
            inside.pop()
        end = min([mark.end, *inside[-1:]])
        inside.append(end)
        fitting.append(Mark(mark.start, end, mark.kind, mark.form, mark.label, mark.number))
    return fitting


def cut_text(text: str, marks: list[Mark]) -> Iterator[tuple[Step, str, Mark | None]]:
    """The text in pieces, each with the innermost mark that it is in, and where each mark begins and ends."""
    inside: list[Mark] = []
    at = 0
    for mark in [*marks, None]:
        start = len(text) if mark is None else mark.start
        while inside and inside[-1].end <= start:
            yield "text", text[at : inside[-1].end], inside[-1]
            at = inside[-1].end
            yield "end", "", inside.pop()
        yield "text", text[at:start], inside[-1] if inside else None
        at = start
        if mark is not None:
            yield "begin", "", mark
            inside.append(mark)


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


def draw_lines(outcome: Outcome) -> Iterator[Text]:
    """The lines of the article's text, with "[Jo Roe](person 1)" for a mention."""
    from rich.text import Text

    assert outcome.reading is not None
    text = outcome.reading.article.text.replace("\t", " ").replace("\r", " ")
    line = Text()
    for step, piece, mark in cut_text(hide_controls(text, kept="\n"), list_marks(outcome)):
        style = _style_of(mark)
        if step != "text" and mark is not None:
            line.append("[" if step == "begin" else f"]({clean_text(mark.label)})", f"{STYLES[mark.kind][0]} dim")
        for number, part in enumerate(piece.split("\n")):
            if number:
                yield line
                line = Text()
            line.append(part, style)
    yield line


def _style_of(mark: Mark | None) -> str:
    if mark is None:
        return ""
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
        elif step == "begin":
            parts.append(f'<mark class="{mark.kind} {mark.form}">')
        else:
            label = f"<bdi>{_escape(mark.label)}</bdi>"
            link = f'<a class="label" href="#a{number}e{mark.number}">{label}</a>' if mark.number else ""
            parts.append((link or f'<span class="label">{label}</span>') + "</mark>")
    parts.append("</div>\n<table>\n<tr>" + "".join(f"<th>{column}</th>" for column in LEGEND) + "</tr>\n")
    for row in list_entities(outcome):
        cells = [_escape(cell) for cell in row]
        cells[2] = f"<bdi>{cells[2]}</bdi>"
        if re.fullmatch(r"Q[0-9]+", row[3]):
            cells[3] = f'<a href="https://www.wikidata.org/wiki/{row[3]}">{row[3]}</a>'
        kind, rest = cells[1], "".join(f"<td>{cell}</td>" for cell in cells[2:])
        parts.append(
            f'<tr id="a{number}e{row[0]}" class="{kind}"><td>{cells[0]}</td><td class="kind">{kind}</td>{rest}</tr>\n'
        )
    return "".join([*parts, "</table>\n</section>\n"])


def _escape(text: str) -> str:
    """``text`` as HTML, without the characters that a page may not hold; letters that join or turn others stay."""
    return html.escape(
        re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)
    )
