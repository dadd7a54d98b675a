"""The command that makes link decisions of stored articles again: relink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.output import WIKIDATA, Meter, clean_text, echo_message, with_config
from kg.cli.populate import QUIET
from kg.config import Config
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.review import Repair


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option(
    "--all", "every", is_flag=True, help="Decide about every entity again, not only where there was no answer."
)
@WIKIDATA
@QUIET
@with_config
def relink(config: Config, articles: tuple[str, ...], every: bool, quiet: bool) -> int:
    """Decide again which items entities are, where no catalogue answered.

    An ARTICLE is an id as populate prints it, a URL, or the IRI of the article's graph; without one, all are repaired.
    Names, mentions, sentences, title and date are read from the store: the articles themselves are not needed, and
    nothing but their links changes. What a person decided (kg link set) stays. One line for each article that was
    repaired goes to standard output.

    \b
    Examples:
      kg relink
      kg relink --all --wikidata catalogue,live
    """
    from kg import pipeline, review

    graphs, failed = _find_graphs(config, articles)
    with Meter(quiet=quiet) as meter:
        tools = pipeline.Tools(config, progress=meter.show_index)
        done = 0

        def report(graph: str, repair: Repair) -> None:
            nonlocal done
            done += 1
            meter.hide()
            if not quiet and (repair.decided or repair.changed):
                name = clean_text(graph.removeprefix(f"{config.base}article/"))
                click.echo(f"{name}  {repair.decided} decided again, {repair.changed} changed")
            meter.show_article(done)

        total = review.relink(
            config, lambda reading: tools.linker.link(reading), articles=graphs, every=every, on_article=report
        )
    if total.unavailable and tools.linker.failure:
        echo_message(tools.linker.failure)
    if not quiet:
        click.echo(_format_total(total), err=True)
    return 1 if failed else 0


def _find_graphs(config: Config, articles: tuple[str, ...]) -> tuple[list[str] | None, int]:
    """The graphs of the articles, None for all, and how many are not in the store."""
    from kg.query import find_article
    from kg.store import open_store

    if not articles:
        return None, 0
    graphs: list[str] = []
    with open_store(config.store, create=False, read_only=True) as store:
        for article in articles:
            try:
                graphs.append(find_article(store, article))
            except QueryError as error:
                echo_message(str(error))
    return graphs, len(articles) - len(graphs)


def _format_total(total: Repair) -> str:
    text = f"links: {total.decided} decided again in {total.articles} articles, {total.changed} changed"
    if total.unavailable:
        text += f"; {total.unavailable} still without an answer; run kg relink later"
    return text
