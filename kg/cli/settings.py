"""The options that every command shares, and the settings made of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.config import Config

_OPTIONS = (
    click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="Directory of the store."),
    click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="Directory of the catalogue's index."),
    click.option("--config", "settings", type=click.Path(path_type=Path), metavar="FILE", help="Settings file (TOML)."),
)
_NAMES = ("store", "cache", "settings")


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``command`` with the options --store, --cache and --config."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def with_config(command: Callable[..., Any]) -> Callable[..., Any]:
    """``command`` with these options, given to it as one ``config``; the same before the command's name count less."""

    @click.pass_context
    @functools.wraps(command)
    def run(context: click.Context, /, **values: Any) -> Any:
        given = {name: values.pop(name) or (context.obj or {}).get(name) for name in _NAMES}
        return command(config=Config.load(given.pop("settings"), **given), **values)

    return settings_options(run)
