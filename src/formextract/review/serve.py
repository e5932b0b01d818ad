"""Running the desk."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import uvicorn

from formextract.config import settings
from formextract.errors import UsageError
from formextract.review.app import create_app
from formextract.store.clerks import first_clerk
from formextract.store.db import Store

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(host: str = "127.0.0.1", *, port: int, db_url: str | None = None) -> None:
    """Open the store and serve the desk until interrupted.

    On a new store the first clerk is made and its login shown on stdout, once.  StoreUnavailable if
    the store cannot be opened, UsageError if the port is taken.
    """
    configured = settings()
    store = Store.open(db_url or configured.store_url())
    app = create_app(store, configured)
    made = first_clerk(store)
    if made is not None:
        print(f"login: {made[0]}\npassword: {made[1]}", flush=True)
        print("This password is shown only once; change it under «บัญชี / Account».", file=sys.stderr)
    if host not in LOOPBACK:
        print(
            "The desk is open to the network without encryption; put a TLS proxy in front of it.",
            file=sys.stderr,
        )
    shown = f"[{host}]" if ":" in host else host
    print(f"http://{shown}:{port}/", file=sys.stderr, flush=True)
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
    )
    try:
        server.run()
    except SystemExit as error:
        raise UsageError(
            f"the desk cannot listen on {urlsplit('//' + shown).hostname}:{port}",
            code="port_taken",
            remedy="Choose another port with --port, or stop the program that has it.",
        ) from error
    finally:
        store.close()
