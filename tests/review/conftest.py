"""A desk without a browser: SQLite, one clerk and one lead, a few invented documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from formextract.config import Settings
from formextract.model import Transform
from formextract.review.app import create_app
from formextract.store.clerks import create_clerk
from formextract.store.db import Store
from formextract.store.objects import Objects
from tests.store import make

PASSWORD = "a-password-for-tests"


class Browser:
    """A test client that keeps cookies and finds the tokens of forms."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.client.get(path, follow_redirects=False, **kwargs)

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(path).text)
        assert found, path
        return found[1]

    def post(self, path: str, token: str, /, *, htmx: bool = False, **data: Any) -> Any:
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(path, data={"csrf": token, **data}, headers=headers, follow_redirects=False)

    def log_in(self, user: str = "dao", password: str = PASSWORD, **more: str) -> Any:
        return self.post("/login", self.token("/login"), user=user, password=password, **more)

    def item(self, path: str = "/work") -> dict[str, str]:
        """The question on the screen: id, version and token."""
        page = self.get(path).text
        action = re.search(r'action="/items/(\d+)/decide"', page)
        assert action, "no question on the screen"
        hidden = dict(re.findall(r'name="(csrf|version)" value="([^"]*)"', page.split("/decide", 1)[1]))
        label = re.search(r"<h1>(.*?)</h1>", page)
        return {"id": action[1], "label": label[1] if label else "", "page": page, **hidden}

    def decide(
        self, item: dict[str, str], action: str, value: str = "", *, htmx: bool = True, **more: Any
    ) -> Any:
        return self.post(
            f"/items/{item['id']}/decide", item["csrf"], htmx=htmx,
            action=action, version=item["version"], value=value, **more,
        )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'store.db'}")
    create_clerk(opened, "dao", PASSWORD, display_name="ดาว")
    create_clerk(opened, "fah", PASSWORD, display_name="ฟ้า", role="lead")
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Any:
    Objects(tmp_path).save_page(make.sha("a"), 1, np.full((1169, 827), 250, np.uint8), 100, Transform())
    return create_app(store, Settings(home=tmp_path))


@pytest.fixture
def new_browser(app: Any) -> Any:
    return lambda: Browser(TestClient(app, base_url="http://desk.test", raise_server_exceptions=False))


@pytest.fixture
def stranger(new_browser: Any) -> Browser:
    browser: Browser = new_browser()
    return browser


@pytest.fixture
def clerk(new_browser: Any) -> Browser:
    browser: Browser = new_browser()
    assert browser.log_in().status_code == 303
    return browser
