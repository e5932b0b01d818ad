"""The desk in Chromium: pictures arrive, keys decide, whatever language the keyboard is switched to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from formextract.store import schema as t

playwright_api = pytest.importorskip("playwright.sync_api")
from tests.review import scene, screenshot  # noqa: E402 - needs playwright

REASON = scene.reason_not_to_run()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(REASON is not None, reason=str(REASON))]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Any, Any, str, str]]:
    with (
        screenshot.served(tmp_path) as (store, objects, address),
        playwright_api.sync_playwright() as playwright,
        scene.browser(playwright) as chromium,
    ):
        document_id = scene.fill(store, objects, chromium)
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        yield page, store, address, document_id


def test_a_clerk_works_by_keyboard(desk: tuple[Any, Any, str, str]) -> None:
    page, store, address, document_id = desk
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    screenshot.log_in(page, address)
    page.goto(f"{address}/work?document={document_id}")
    screenshot.wait_for_pictures(page)

    # The outlined value is in view, and everything that decides fits on the screen.
    outline = page.locator(".outline").bounding_box()
    window = page.locator("[data-page]").bounding_box()
    assert window["y"] <= outline["y"] and outline["y"] + outline["height"] <= window["y"] + window["height"]
    for button in page.locator(".actions button:visible").all():
        box = button.bounding_box()
        assert box["y"] + box["height"] <= 768
    assert page.evaluate("document.fonts.check('18px Sarabun', 'ก')")

    def answer(act: Any, heading: str) -> None:
        act()
        page.locator(".ask h1", has_text=heading).wait_for(timeout=20_000)
        screenshot.wait_for_pictures(page)

    # A school by its number; a Thai keyboard sends another character from the same key.
    assert page.locator(".ask h1").inner_text() == "สถานศึกษา"
    answer(lambda: page.keyboard.press("Digit1"), "อัตราเงินเดือน")
    # A correction: E, type, Enter.
    page.keyboard.press("KeyE")
    page.keyboard.type("หมื่น")
    page.keyboard.press("Enter")
    page.locator(".ask .banner.bad").wait_for(timeout=20_000)
    assert page.locator("#offline").is_hidden()
    page.locator("[name=value]").fill("๔๗,๖๙๐")
    answer(lambda: page.keyboard.press("Enter"), "สังเกตการสอน")
    # A box by Enter, and a text put aside.
    answer(lambda: page.keyboard.press("Enter"), "ประเด็นท้าทาย")
    page.keyboard.press("KeyS")
    page.locator(".toast", has_text="ข้ามไว้แล้ว").wait_for(timeout=20_000)

    with store.read() as connection:
        found = connection.execute(
            sa.select(t.pa_agreement).where(t.pa_agreement.c.document_id == document_id)
        )
        published = found.mappings().one()
    assert (published["salary_baht"], published["school_code"]) == (47690, "1060999911")
    assert [c for c in complaints if "422" not in c] == []


def test_the_document_page_points_at_values(desk: tuple[Any, Any, str, str]) -> None:
    page, _, address, document_id = desk
    screenshot.log_in(page, address)
    page.goto(f"{address}/documents/{document_id}")
    screenshot.wait_for_pictures(page)
    page.locator("tr[data-at]", has_text="อัตราเงินเดือน").click()
    assert page.locator(".sheet:not([hidden]) .outline").bounding_box()["width"] > 20
    assert page.locator("tr.shown").count() == 1
