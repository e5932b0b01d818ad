from __future__ import annotations

import re
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from tests.store import processes

SERVE = """
import sys
from formextract.errors import FormextractError
from formextract.review.serve import serve
try:
    serve(port=int(sys.argv[1]), db_url=sys.argv[2])
except FormextractError as error:
    print(error.code, error.exit_code)
"""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def read_when_up(address: str) -> str:
    for _ in range(100):
        try:
            return urllib.request.urlopen(address, timeout=10).read().decode()  # type: ignore[no-any-return]
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the desk did not come up")


def test_a_new_store_shows_its_login_once_and_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMEXTRACT_HOME", str(tmp_path))
    url, port = f"sqlite:///{tmp_path / 's.db'}", free_port()
    for first in (True, False):
        process = processes.start(SERVE, str(port), url)
        try:
            assert process.stdout is not None and process.stderr is not None
            if first:
                assert process.stdout.readline() == "login: clerk\n"
                assert re.fullmatch(r"password: [a-z0-9-]{19}\n", process.stdout.readline())
            for line in process.stderr:
                if line.startswith("http://"):
                    break
            page = read_when_up(f"http://127.0.0.1:{port}/login")
            assert "เข้าสู่ระบบ" in page
        finally:
            process.terminate()
            out, _ = process.communicate(timeout=30)
        assert "password" not in out


def test_a_taken_port_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMEXTRACT_HOME", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = processes.start(SERVE, str(taken.getsockname()[1]), f"sqlite:///{tmp_path / 's.db'}")
        _, out, _ = processes.finish(process)
    assert out.strip().endswith("port_taken 2")
