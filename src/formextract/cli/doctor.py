"""``formextract doctor``: is the machine fit for the work, and if not, what mends it."""

from __future__ import annotations

from dataclasses import asdict

import click

from formextract.cli.common import db_option, print_json, settings_for
from formextract.errors import EXIT_MISSING, EXIT_OK

_COLOURS = {"ok": "green", "warn": "yellow", "fault": "red"}


@click.command("doctor", short_help="Check the machine and name the mend of each fault.")
@click.option("--quick", is_flag=True, help="Only what a running service needs; for health checks.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@db_option
def command(quick: bool, as_json: bool, db: str | None) -> None:
    """Checks this machine; each line is ok, warn (work goes on, with less) or fault.

    Exits with 3 if something needed is missing, with 5 if only the store cannot be reached.

    \b
    Example:
      formextract doctor
    """
    from formextract.cli.checks import run_checks

    settings = settings_for(db)
    seen = []
    for check in run_checks(settings, quick=quick):
        seen.append(check)
        if not as_json:
            click.echo(
                f"{click.style(f'{check.state:<6}', fg=_COLOURS[check.state])}{check.name:<15}{check.message}"
            )
            if check.mend and check.state != "ok":
                click.echo(f"{'':<21}{check.mend}")
    codes = {c.exit_code for c in seen if c.state == "fault"}
    if as_json:
        checks = [{k: v for k, v in asdict(c).items() if k != "exit_code"} for c in seen]
        print_json({"ok": not codes, "checks": checks})
    raise SystemExit(EXIT_MISSING if EXIT_MISSING in codes else max(codes, default=EXIT_OK))
