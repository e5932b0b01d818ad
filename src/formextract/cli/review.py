"""``formextract review``: the clerks' web desk."""

from __future__ import annotations

import click

from formextract.cli.common import db_option, settings_for


@click.group("review")
def command() -> None:
    """The clerks' web desk.

    \b
    Example:
      formextract review serve
    """


@command.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8741, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@db_option
def serve(host: str, port: int, db: str | None) -> None:
    """Serves the desk until it is stopped; on a new store it shows a first login.

    \b
    Example:
      formextract review serve --port 8080
    """
    from formextract.review.serve import serve as run

    settings = settings_for(db)
    run(host, port=port, db_url=settings.store_url())
