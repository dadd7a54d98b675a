"""The commands for reviewing link decisions: links lists them, link set and link unset change them."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.output import WIKIDATA, Meter, clean_text, echo_message, print_table, with_config
from kg.config import Config
from kg.errors import CatalogueError, QueryError

if TYPE_CHECKING:
    from kg.query import StoredLink
    from kg.review import Decision, Item, Repair
    from kg.store import Store

_COLUMNS = ("score", "verdict", "name", "item", "rivals", "sentence", "decision")
_ARTICLE = click.option("--article", metavar="ARTICLE", help="In this one: an article's id, IRI or URL.")
_EVERYWHERE = click.option(
    "--everywhere", is_flag=True, help="For all entities of this name and kind, in all articles."
)


@click.command()
@click.option("--uncertain", is_flag=True, help="Those near the threshold, the nearest first.")
@click.option("--reviewed", is_flag=True, help="Those of persons.")
@click.option(
    "--margin",
    type=click.FloatRange(0, 1),
    default=0.2,
    show_default=True,
    help="How far from the threshold a score is uncertain.",
)
@_ARTICLE
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@with_config
def links(
    config: Config,
    uncertain: bool,
    reviewed: bool,
    margin: float,
    article: str | None,
    limit: int | None,
    style: str,
) -> None:
    """List link decisions, with what else was weighed and the sentence.

    The score is that of the likeliest item, whether it was linked or not. The last column names the decision for
    kg link set.

    \b
    Examples:
      kg links --uncertain --limit 20
      kg links --article 5b0c2a9e1f37d846 --format json
    """
    from kg.query import find_article, list_links
    from kg.store import open_store

    if uncertain and reviewed:
        raise click.UsageError("--uncertain lists decisions of the machine, --reviewed those of persons; give one")
    near = _find_threshold(config) if uncertain else None
    with open_store(config.store, create=False, read_only=True) as store:
        graph = find_article(store, article) if article else None
        found = list_links(store, article=graph, near=near, margin=margin, reviewed=reviewed, limit=limit)
    if style == "json":
        click.echo(json.dumps([asdict(link) for link in found], ensure_ascii=False, indent=1).encode("utf-8"))
    else:
        print_table(_COLUMNS, [_format_link(link) for link in found])


def _find_threshold(config: Config) -> float:
    from kg.link.score import Score

    return config.min_score if config.min_score is not None else Score.load().threshold


def _format_link(link: StoredLink) -> tuple[str, ...]:
    from kg.query import shorten_iri

    verdict = f"{link.verdict} by {link.reviewer}" if link.reviewer else link.verdict
    item = f"{link.qid} {link.label or ''}".strip() if link.qid else ""
    rivals = "; ".join(f"{rival.qid} {rival.label} {rival.score:.2f}" for rival in link.rivals)
    return f"{link.best:.2f}", verdict, link.name, item, rivals, link.sentence, shorten_iri(link.decision)


@click.group()
def link() -> None:
    """Decide yourself which item an entity is.

    \b
    Example:
      kg link set "Boris Johnson" Q180589
    """


@link.command("set")
@click.argument("entity", metavar="ENTITY")
@click.argument("item", metavar="QID|none")
@_ARTICLE
@_EVERYWHERE
@click.option("--by", "reviewer", metavar="NAME", help="Who decides this; by default, the user's name.")
@WIKIDATA
@with_config
def set_link(
    config: Config, entity: str, item: str, article: str | None, everywhere: bool, reviewer: str | None
) -> None:
    """Record that ENTITY is this Wikidata item, or none.

    ENTITY is a decision as kg links prints it (link:...), or a name, a Wikidata id or an IRI in the store. The decision
    holds for the entity in that article, or with --everywhere for all entities of that name and kind, also in articles
    to come. No run overrules it; kg link unset takes it back.

    \b
    Examples:
      kg link set link:5b0c2a9e1f37d846-e3 Q180589
      kg link set Pentagon none --everywhere --by "Kim Lee"
    """
    from kg import review
    from kg.store import open_store

    try:
        qid = review.read_item_id(item)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="QID|none") from error
    reviewer = " ".join((reviewer if reviewer is not None else _find_user()).split())
    if not reviewer:
        raise click.UsageError("nobody is named who decides this; give --by NAME")
    with open_store(config.store, create=False) as store:
        decision = choose_decision(store, config, entity, article, everywhere=everywhere)
        told = _look_up(qid, config)
        done = review.record_review(store, decision, told, config, reviewer=reviewer, everywhere=everywhere)
    _report(decision, f"is {told.qid} {told.label or ''}".strip() if told.qid else "is no item", done)


@link.command("unset")
@click.argument("entity", metavar="ENTITY")
@_ARTICLE
@_EVERYWHERE
@WIKIDATA
@with_config
def unset_link(config: Config, entity: str, article: str | None, everywhere: bool) -> None:
    """Take a decision back that was made with kg link set, and let the machine decide again.

    \b
    Example:
      kg link unset link:5b0c2a9e1f37d846-e3
    """
    from kg import pipeline, review
    from kg.store import open_store

    with Meter(quiet=False) as meter, open_store(config.store, create=False) as store:
        tools = pipeline.Tools(config, progress=meter.show_index)
        decision = choose_decision(store, config, entity, article, everywhere=everywhere)
        done = review.withdraw_review(
            store, decision, config, lambda reading: tools.linker.link(reading), everywhere=everywhere
        )
    _report(decision, "is decided about by the machine again", done)


def choose_decision(store: Store, config: Config, text: str, article: str | None, *, everywhere: bool) -> Decision:
    """The one decision that ``text`` means; QueryError, with what to do, when it means none or several.

    ``everywhere``, several are as good as one when they are about entities of one name and kind.
    """
    from kg.query import expand_name, find_article, find_entities, shorten_iri
    from kg.review import find_decisions

    graph = find_article(store, article) if article else None
    iri = expand_name(text.strip()) or text.strip()
    if iri.startswith(f"{config.base}link/"):
        found = find_decisions(store, decision=find_entities(store, iri)[0], article=graph)
    else:
        found = find_decisions(store, entities=find_entities(store, text), article=graph)
    same = [decision for decision in found if _fold(decision.name) == _fold(text)]
    found = same or found
    if not found:
        raise QueryError(f"no decision about {text!r} in the store; kg links lists them")
    distinct = {(_fold(d.name), d.kind) for d in found} if everywhere else found
    if len(distinct) > 1:
        shown = ", ".join(shorten_iri(decision.iri) for decision in found[:5]) + (" ..." if len(found) > 5 else "")
        what = "several names or kinds" if everywhere else f"{len(found)} decisions"
        hint = "name one of them" if everywhere else "name one of them, the --article, or decide --everywhere"
        raise QueryError(f"{text!r} means {what}: {shown}; {hint}")
    return found[0]


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _find_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for the user's number
        return ""


def _look_up(qid: str | None, config: Config) -> Item:
    """What the catalogue tells of an item; a catalogue that lacks it, or fails, is no reason to refuse it."""
    from kg import pipeline
    from kg.review import Item

    if qid is None:
        return Item(None)
    lacking = f"{qid} is not in the catalogue"
    for name, catalogue in zip(config.wikidata.split(","), pipeline.Tools(config).catalogues, strict=True):
        try:
            found = catalogue.get(qid)
        except CatalogueError as error:
            lacking = str(error)
            continue
        if found is not None:
            return Item(found.qid, found.label, found.kind, found.classes)
        if name == "live":
            raise QueryError(f"Wikidata has no item {qid}; check the number")
    echo_message(f"{lacking}; its label is the article's own name")
    return Item(qid)


def _report(decision: Decision, what: str, done: Repair) -> None:
    click.echo(f"{clean_text(decision.name)} {clean_text(what)}; links changed: {done.changed}")
