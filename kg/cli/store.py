"""The commands that work on the store: query, queries, export, delete and info."""

from __future__ import annotations

import io
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from kg.cli.output import clean_text, echo_message, open_target, print_table, with_config
from kg.config import Config
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query import Rows


def split_parameters(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE pairs as a table; a click callback."""
    pairs = [value.partition("=") for value in values]
    for name, sign, _rest in pairs:
        if not name or not sign:
            raise click.BadParameter(f"{name!r} is not NAME=VALUE")
    return {name: value for name, _sign, value in pairs}


@click.command()
@click.argument("query", metavar="NAME_OR_SPARQL")
@click.option(
    "--entity", metavar="ENTITY", help="About this one: a Wikidata id, an IRI or a name. Same as --param entity=."
)
@click.option(
    "--article", metavar="ARTICLE", help="In this one: an article's id, IRI or URL. Same as --param article=."
)
@click.option("--speaker", metavar="ENTITY", help="Claims of this one. Same as --param speaker=.")
@click.option("--about", metavar="ENTITY", help="Claims about this one. Same as --param about=.")
@click.option("--agent", metavar="ENTITY", help="Events that this one brings about. Same as --param agent=.")
@click.option("--patient", metavar="ENTITY", help="Events that happen to this one. Same as --param patient=.")
@click.option("--place", metavar="ENTITY", help="Events there. Same as --param place=.")
@click.option("--type", metavar="TYPE", help="Events of this type, such as PROTEST. Same as --param type=.")
@click.option("--property", metavar="PROPERTY", help="Of this property: P39 or its name. Same as --param property=.")
@click.option("--since", metavar="DAY", help="From this day, month or year on. Same as --param since=.")
@click.option("--until", metavar="DAY", help="Up to this day, month or year. Same as --param until=.")
@click.option(
    "--param", "parameters", multiple=True, callback=split_parameters, metavar="NAME=VALUE", help="Any other."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many rows.")
@click.option(
    "--format", "style", type=click.Choice(["table", "csv", "tsv", "json"]), default="table", show_default=True
)
@with_config
def query(
    config: Config, query: str, limit: int | None, style: str, parameters: dict[str, str], **named: str | None
) -> None:
    """Ask the store a canned query, or any SPARQL.

    kg queries lists the canned ones; - reads SPARQL from standard input. Prefixes such as schema: and wd: need no
    declaration.

    \b
    Examples:
      kg query entities --limit 20
      kg query articles --entity Q30
      kg query claims --speaker "Mark Esper" --since 2020-01
      kg query timeline --type PROTEST --place Q794
      kg query 'SELECT ?name { ?who a schema:Person ; skos:prefLabel ?name }' --format csv
    """
    from kg.query import run_query
    from kg.store import open_store

    text = sys.stdin.read() if query == "-" else query
    given = parameters | {name: value for name, value in named.items() if value is not None}
    with open_store(config.store, create=False, read_only=True) as store:
        rows = run_query(store, text, given, limit=limit)
    if style == "table":
        print_table(rows.columns, rows.as_text(labelled=True))
    else:
        _print_exactly(rows, style)


@click.command()
def queries() -> None:
    """List the canned queries.

    \b
    Example:
      kg queries
    """
    from kg.query import list_queries

    rows = []
    for canned in list_queries():
        parameters = " ".join(p.name if p.required else f"[{p.name}]" for p in canned.parameters)
        rows.append((canned.name, parameters, canned.question))
    print_table(("query", "parameters", "question"), rows)


@click.command()
@click.argument("target", metavar="FILE")
@click.option(
    "--format", "style", metavar="FORMAT", help="turtle, trig, nquads, ntriples or jsonld, if the name does not tell."
)
@click.option("--article", metavar="ARTICLE", help="Only this article: its id, IRI or URL.")
@with_config
def export(config: Config, target: str, style: str | None, article: str | None) -> None:
    """Write the graph to a file.

    The suffix tells the format: .ttl .trig .nq .nt .jsonld; - is standard output, as Turtle. The file appears when it
    is whole; until then an older one stays.

    \b
    Examples:
      kg export graph.ttl
      kg export - --format nquads | wc -l
    """
    from kg.query import choose_format, export_graph
    from kg.store import open_store

    chosen = choose_format(style or ("turtle" if target == "-" else None), target)
    with open_store(config.store, create=False, read_only=True) as store, open_target(target) as stream:
        export_graph(store, stream, chosen, article=article)


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@with_config
def delete(config: Config, articles: tuple[str, ...]) -> int:
    """Remove articles and all that came from them.

    What was decided about links in them (kg link set) goes too, unless it holds everywhere. An ARTICLE is an id as
    populate prints it, a URL, or the IRI of the article's graph.

    \b
    Example:
      kg delete 5b0c2a9e1f37d846
    """
    from kg.query import find_article
    from kg.review import forget_reviews
    from kg.store import open_store

    failed = 0
    with open_store(config.store, create=False) as store:
        for article in articles:
            try:
                graph = find_article(store, article)
            except QueryError as error:
                failed += 1
                echo_message(str(error))
            else:
                forget_reviews(store, graph, config)
                click.echo(f"{clean_text(article)}  {store.delete_graph(graph)} quads removed")
    return 1 if failed else 0


@click.command()
@with_config
def info(config: Config) -> None:
    """Show what is installed, and where the store is.

    \b
    Example:
      kg info --store ./graph
    """
    from kg.store import open_store

    articles = "there is no store yet"
    if config.store.exists():
        with open_store(config.store, create=False, read_only=True) as store:
            names = store.graph_names()
        articles = str(sum(1 for name in names if name.startswith(f"{config.base}article/")))
    rows = [
        ("version", version("newskg")),
        ("store", str(config.store)),
        ("articles", articles),
        ("cache", str(config.cache)),
        ("catalogue", str(config.catalogue or "the one that ships")),
        ("own", str(config.own) if config.own and config.own.exists() else "there are no own entries"),
        ("base", config.base),
    ]
    print_table(("what", "value"), rows)


def _print_exactly(rows: Rows, style: str) -> None:
    """Prints a standard format as UTF-8 and with its own line ends, whatever the terminal's encoding."""
    from kg.query import write_csv, write_json, write_tsv

    text = io.StringIO(newline="")
    {"csv": write_csv, "tsv": write_tsv}.get(style, write_json)(rows, text)
    sys.stdout.buffer.write(text.getvalue().encode("utf-8", "surrogatepass"))
