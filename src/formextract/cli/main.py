"""The command line: one thin module a command group, loaded only when it is called.

``formextract --help`` must answer at once, so nothing heavy is imported here.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from formextract import __version__

COMMANDS = {
    "extract": ("formextract.cli.extract", "Read files and print their records; nothing is stored."),
    "read": ("formextract.cli.read", "Print the text of each page as read."),
    "ingest": ("formextract.cli.ingest", "Read files and folders into the store: the main job."),
    "backfill": ("formextract.cli.backfill", "Read past years into the store, year by year."),
    "registry": ("formextract.cli.registry", "Import the schools' registry; match names against it."),
    "review": ("formextract.cli.review", "The clerks' web desk."),
    "evaluate": ("formextract.cli.evaluate", "Score files against their true records."),
    "mapping": ("formextract.cli.mapping", "List, test and draw mappings."),
    "doctor": ("formextract.cli.doctor", "Check the machine and name the mend of each fault."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), "command")  # noqa: B009 - the modules' one public name
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # the reader of our output has gone (head, less): no fault of anybody's
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # from the table above: asking each command for its help would import all of them
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


EXIT_CODES = """\b
Exit codes:
  0  all well
  1  unexpected fault
  2  wrong usage
  3  something missing on the machine (see: formextract doctor)
  4  an input could not be read; the rest was done
  5  the store could not be reached
  6  done, but some items wait for review (only with --strict)
  130  interrupted"""


@click.group(cls=_Lazy, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="formextract")
def cli() -> None:
    """Turns scanned Thai school paperwork into records with evidence.

    \b
    Examples:
      formextract extract scan.pdf --registry schools.csv
      formextract ingest inbox/
      formextract review serve
    """


def main() -> None:
    """Entry point: runs the command and turns errors into messages and exit codes."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as e:
        e.show()
        code = e.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was done before is kept.", err=True)
        code = 130
    except Exception as e:
        code = _report(e)
    sys.exit(code or 0)


def _report(error: Exception) -> int:
    """Says what went wrong and how to mend it; the exit code."""
    # errors.py brings numpy, which --help has no time for
    from formextract.errors import EXIT_FAULT, FormextractError

    if isinstance(error, FormextractError):
        click.echo(f"Error: {error.message}", err=True)
        if error.remedy:
            click.echo(f"  {error.remedy}", err=True)
        return error.exit_code
    if os.environ.get("FORMEXTRACT_DEBUG"):
        raise error
    click.echo(f"Error: unexpected fault ({type(error).__name__}).", err=True)
    click.echo("  Set FORMEXTRACT_DEBUG=1 to see where, and report it.", err=True)
    return EXIT_FAULT
