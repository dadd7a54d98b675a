"""The command that explains a link decision: candidates."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.output import WIKIDATA, Meter, clean_text, print_table, with_config
from kg.cli.populate import PUBLISHED
from kg.config import Config

if TYPE_CHECKING:
    from kg.link import Explanation

_KINDS = ("person", "organisation", "place", "event", "work", "product", "group", "other")
_CANDIDATES = ("item", "label", "description", "kind", "match", "popularity", "sum", "score")
_FEATURES = ("feature", "value", "weight", "adds")


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--context", metavar="TEXT", help="A text that mentions NAME; - reads it from standard input.")
@click.option("--kind", type=click.Choice(_KINDS), help="What it is, in place of what the reader takes it for.")
@PUBLISHED
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="Of how many candidates every feature is shown.",
)
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@WIKIDATA
@with_config
def candidates(
    config: Config,
    name: str,
    context: str | None,
    kind: str | None,
    published: str | None,
    limit: int,
    style: str,
) -> None:
    """Explain which item a name is taken for, feature by feature.

    The decision is made as in an article that says nothing but TEXT. Each feature of a candidate times its weight is
    added up; the scores come from the sums, beside the outside option "none of these", whose sum is 0.

    \b
    Examples:
      kg candidates Pentagon
      kg candidates Pentagon --context "The Pentagon said on Monday that it would send troops." --format json
    """
    from kg import pipeline

    name, text = _check_name(name, sys.stdin.read() if context == "-" else context)
    with Meter(quiet=False) as meter:
        tools = pipeline.Tools(config, progress=meter.show_index)
        told = pipeline.explain_name(name, text, tools, kind=kind, published=published)
    if style == "json":
        click.echo(json.dumps(_to_json(told), ensure_ascii=False, indent=1).encode("utf-8"))
    else:
        _print_explanation(told, limit)


def _check_name(name: str, text: str | None) -> tuple[str, str]:
    """The name on one line, and the text that it stands in."""
    name = " ".join(name.split())
    if not name:
        raise click.BadParameter("is empty; give a name", param_hint="NAME")
    if text is not None and name not in " ".join(text.split()):
        raise click.BadParameter(f"does not mention {name!r}; give a text that does", param_hint="--context")
    return name, name if text is None else text


def _to_json(told: Explanation) -> dict[str, object]:
    return {
        "name": told.entity.name,
        "kind": told.entity.kind,
        "verdict": told.link.verdict,
        "qid": told.link.qid,
        "score": told.link.score,
        "method": told.link.method,
        "threshold": told.threshold,
        "temperature": told.temperature,
        "adjective": told.adjective,
        "none_of_these": {"sum": 0.0, "score": round(told.outside, 4)},
        "candidates": [
            {
                "qid": account.candidate.qid,
                "label": account.candidate.label,
                "description": account.candidate.description,
                "kind": account.candidate.kind,
                "matched": account.candidate.matched,
                "popularity": account.candidate.popularity,
                "sum": round(account.total, 4),
                "score": round(account.score, 4),
                "features": [
                    {"feature": a.feature, "value": round(a.value, 4), "weight": a.weight, "adds": round(a.product, 4)}
                    for a in account.addends
                ],
            }
            for account in told.accounts
        ],
    }


def _print_explanation(told: Explanation, limit: int) -> None:
    click.echo(_format_verdict(told))
    if not told.answered:
        return
    if told.adjective:
        click.echo("The name is the adjective of a country: the countries share the score, whatever the sums.")
    click.echo()
    rows = [
        (
            account.candidate.qid,
            account.candidate.label,
            account.candidate.description,
            account.candidate.kind or "",
            account.candidate.matched,
            f"{account.candidate.popularity:.2f}" if account.candidate.popularity is not None else "",
            f"{account.total:.2f}",
            f"{account.score:.3f}",
        )
        for account in told.accounts
    ]
    print_table(_CANDIDATES, [*rows, ("none of these", "", "", "", "", "", "0.00", f"{told.outside:.3f}")])
    for account in told.accounts[:limit]:
        click.echo(f"\n{account.candidate.qid}  {clean_text(account.candidate.label)}")
        features = [
            (a.feature, f"{a.value:.3f}", f"{a.weight:+.3f}", f"{a.product:+.3f}") for a in account.addends if a.product
        ]
        print_table(_FEATURES, [*features, ("sum", "", "", f"{account.total:+.3f}")])


def _format_verdict(told: Explanation) -> str:
    link = told.link
    what = f"{told.entity.kind} {clean_text(told.entity.name)}"
    if not told.answered:
        return f"{what}: unavailable, as no catalogue answered"
    chosen = f" to {link.qid} {clean_text(link.label or '')}".rstrip() if link.qid else ""
    return f"{what}: {link.verdict}{chosen}, score {link.score:.2f}, linked from {told.threshold:.2f} on"
