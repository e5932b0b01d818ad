"""One Prefect server for all tests of the flows, and a reader that does what a test says."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

import flows  # noqa: F401  - sets Prefect's environment before Prefect is imported
from formextract.errors import StoreUnavailable


@dataclass(frozen=True)
class FakeResult:
    """The attributes of ``ingest.FileResult``."""

    path: str
    outcome: str
    documents: int = 0
    accepted: int = 0
    review: int = 0
    problem_code: str | None = None
    problem_message: str | None = None
    remedy: str | None = None
    sha256: str | None = None
    final: bool = True
    published: int = 0


@dataclass
class FakeIngest:
    """Stands for ``formextract.ingest``: by the name of a file, and by what came before it."""

    known: set[bytes] = field(default_factory=set)
    """Contents that were read before."""
    batches: list[list[str]] = field(default_factory=list)
    """Names of the files of each call."""
    store_away: int = 0
    """So many of the next calls find no store."""

    def ingest_paths(
        self,
        paths: Sequence[Path],
        *,
        db_url: str,
        jobs: int,
        progress: Callable[[FakeResult], None] | None = None,
    ) -> FakeSummary:
        assert db_url.startswith("sqlite:///")
        assert jobs >= 1
        if self.store_away:
            self.store_away -= 1
            raise StoreUnavailable("the store is away", code="store_away", remedy="Wait.")
        self.batches.append([path.name for path in paths])
        results = []
        for path in paths:
            result = self._read(path)
            results.append(result)
            if progress:
                progress(result)
        return FakeSummary(tuple(results))

    def _read(self, path: Path) -> FakeResult:
        content = path.read_bytes()
        if content in self.known:
            return FakeResult(str(path), "duplicate")
        self.known.add(content)
        if not content:
            return FakeResult(
                str(path), "unreadable", 0, 0, 0, "empty_file", "It is empty.", "Scan it again."
            )
        return FakeResult(str(path), "extracted", documents=2, accepted=1, review=1, published=1)


@dataclass(frozen=True)
class FakeSummary:
    """The attributes of ``ingest.IngestSummary``."""

    results: tuple[FakeResult, ...]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(result.outcome for result in self.results))


@pytest.fixture
def ingest(monkeypatch: pytest.MonkeyPatch) -> FakeIngest:
    """Puts the fake in the place of the real module, which the flows import as they run."""
    fake = FakeIngest()
    module = ModuleType("formextract.ingest")
    module.ingest_paths = fake.ingest_paths  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "formextract.ingest", module)
    return fake


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A FORMEXTRACT_HOME with an empty inbox; files count as whole at once."""
    monkeypatch.setenv("FORMEXTRACT_HOME", str(tmp_path))
    monkeypatch.delenv("FORMEXTRACT_DB_URL", raising=False)
    monkeypatch.setenv("FORMEXTRACT_STABLE_SECONDS", "0")
    (tmp_path / "inbox").mkdir()
    return tmp_path


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server with all its services, for all tests of the flows.

    Not ``prefect_test_harness``: its server has no scheduler, and that is what breaks unseen.
    """
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker
    from prefect.settings import PREFECT_API_URL, temporary_settings

    folder = tmp_path_factory.mktemp("prefect")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--no-ui"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={
                **os.environ,
                "PREFECT_HOME": str(folder),
                "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder}/prefect.db",
                "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
            },
        )
    try:
        url = f"http://127.0.0.1:{port}/api"
        _wait_for(f"{url}/health", server, folder / "server.log")
        with temporary_settings(updates={PREFECT_API_URL: url}):
            yield
            # Sent before the server goes; else both try for a minute after the last test.
            APILogWorker.instance().drain()
            EventsWorker.instance().drain()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 180
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until and server.poll() is None:
        try:
            with opener.open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the Prefect server did not come up:\n{log.read_text(errors='replace')[-2000:]}")
