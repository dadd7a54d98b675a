"""The command line."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.candidates import candidates
from kg.cli.catalogue import catalogue
from kg.cli.links import link, links
from kg.cli.output import echo_message, settings_options
from kg.cli.populate import populate, read
from kg.cli.relink import relink
from kg.cli.show import show
from kg.cli.store import delete, export, info, queries, query
from kg.errors import KGError

__all__ = ["main"]

_RUN_FAILED, _BROKEN_PIPE, _INTERRUPTED = 2, 141, 130
_DEVICE_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


class Program(click.Group):
    """A group whose known errors are one line on standard error and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command and exits: 0 all fine, 1 some articles failed, 2 the run failed, 130 and 141 interrupted."""

        def run() -> object:
            return super(Program, self).main(args, prog_name or "kg", complete_var, standalone_mode=False, **extra)

        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(
                errors="backslashreplace"
            )  # a terminal that cannot show a letter is no reason to fail
        return sys.exit(_run_guarded(run)) if standalone_mode else run()

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command and writes out what it printed; a reader that has gone is no error worth a word."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _silence_stdout()
            raise click.exceptions.Exit(_BROKEN_PIPE) from None
        except OSError as error:
            if error.errno not in _DEVICE_ERRORS:
                raise
            _silence_stdout()
            raise click.ClickException(f"cannot write the output: {os.strerror(error.errno).lower()}") from error


def _run_guarded(run: Callable[[], object]) -> int:
    try:
        code = run()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return _RUN_FAILED
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        echo_message(f"{error.format_message().rstrip('.')}; see '{path} --help'")
        return _RUN_FAILED
    except click.ClickException as error:
        echo_message(error.format_message())
        return _RUN_FAILED
    except click.Abort:
        return _INTERRUPTED
    except KGError as error:
        echo_message(str(error))
        return _RUN_FAILED
    return code if isinstance(code, int) else 0


def _silence_stdout() -> None:
    """Points standard output nowhere, so that closing it at exit does not fail a second time."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no real file
        return


@click.group("kg", cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newskg", message="%(prog)s %(version)s")
@settings_options
@click.pass_context
def main(context: click.Context, /, **given: Path | None) -> None:
    """Read English news and fill a knowledge graph: who and what, linked to Wikidata, with evidence.

    \b
    Example:
      kg populate article.txt --published 2020-01-07
      kg query entities
    """
    context.obj = given


for command in (
    populate,
    relink,
    read,
    show,
    candidates,
    query,
    queries,
    links,
    link,
    export,
    delete,
    info,
    catalogue,
):
    main.add_command(command)
