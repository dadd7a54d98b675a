"""The commands that keep the store: export writes it to a file, delete removes articles, info says where all is."""

from __future__ import annotations

from importlib.metadata import version

import click

from kg.cli.output import clean_text, echo_message, open_target, print_table
from kg.cli.settings import with_config
from kg.config import Config
from kg.errors import QueryError


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

    An ARTICLE is an id as populate prints it, a URL, or the IRI of the article's graph.

    \b
    Example:
      kg delete 5b0c2a9e1f37d846
    """
    from kg.query import find_article
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
        ("base", config.base),
    ]
    print_table(("what", "value"), rows)
