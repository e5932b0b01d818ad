"""Takes pictures of the desk with invented work on it.

python -m tests.review.screenshot           renews docs/images/desk.png
python -m tests.review.screenshot FOLDER    every page of the desk, to look at
"""

from __future__ import annotations

import io
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from formextract.config import Settings
from formextract.review.app import create_app
from formextract.store.clerks import create_clerk
from formextract.store.db import Store
from formextract.store.objects import Objects
from tests.review import scene

PASSWORD = "a-password-for-tests"


@contextmanager
def served(home: Path) -> Iterator[tuple[Store, Objects, str]]:
    """A desk on a free port."""
    store = Store.open(f"sqlite:///{home / 'store.db'}")
    create_clerk(store, "somying", PASSWORD, display_name="สมหญิง", role="lead")
    settings = Settings(home=home)
    server = uvicorn.Server(
        uvicorn.Config(create_app(store, settings), host="127.0.0.1", port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield store, Objects(home), f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    store.close()


def log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/login")
    page.fill("[name=user]", "somying")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")


def wait_for_pictures(page: Page) -> None:
    """Until every picture on the page is there; a missing one would pass unseen otherwise."""
    # Not wait_for_function: it evaluates text, which the desk's content security policy forbids.
    shown = "[...document.images].filter(i => !i.closest('[hidden]'))"
    for _ in range(200):
        if page.evaluate(f"{shown}.every(i => i.complete && i.naturalWidth > 0)"):
            page.evaluate("document.fonts.ready")
            return
        time.sleep(0.05)
    raise AssertionError("a picture is missing: " + page.evaluate(f"{shown}.map(i => i.src).join(' ')"))


def shoot(page: Page, target: Path) -> None:
    """A PNG with 200 colours: half the size, and hardly a difference to see."""
    wait_for_pictures(page)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image.quantize(200, dither=Image.Dither.NONE).save(target, optimize=True)


def main(folder: Path, *, every_page: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as (store, objects, address):
        with sync_playwright() as playwright, scene.browser(playwright) as chromium:
            document_id = scene.fill(store, objects, chromium)
            page = chromium.new_page(viewport={"width": 1366, "height": 768})
            log_in(page, address)
            page.goto(f"{address}/work?document={document_id}&kind=match")
            shoot(page, folder / "desk.png")
            if not every_page:
                return
            page.goto(f"{address}/")
            shoot(page, folder / "desk-overview.png")
            page.goto(f"{address}/work?document={document_id}&kind=value")
            shoot(page, folder / "desk-value.png")
            page.keyboard.press("Enter")
            page.wait_for_selector(".toast")
            shoot(page, folder / "desk-next.png")
            page.goto(f"{address}/documents/{document_id}")
            page.click("tr[data-at] >> nth=9")
            shoot(page, folder / "desk-document.png")
            for name in ("documents", "history", "account"):
                page.goto(f"{address}/{name}")
                shoot(page, folder / f"desk-{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images"), every_page=len(sys.argv) > 1)
