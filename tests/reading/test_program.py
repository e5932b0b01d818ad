"""Nothing hangs and nothing stays: calls of a Tesseract that does not end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytesseract
import pytest

from formextract.errors import EngineError
from formextract.reading.program import call_tesseract
from formextract.reading.tesseract import TesseractEngine, probe_languages, probe_version
from tests.reading.fakes import crop_of_bars, fake_tesseract

CROP = crop_of_bars([(0, 20), (24, 44)])
linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")


def alive(pid: int) -> bool:
    """Whether a process runs; it is given a second to go."""
    for _ in range(20):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX":
                return False
        except OSError:
            return False
        time.sleep(0.05)
    return True


def hanging(folder: Path) -> str:
    """A program that answers nothing and starts a child, which starts another."""
    path = folder / "hangs"
    path.write_text(f"#!/bin/sh\n(sleep 60 & echo $! > {folder}/child; wait) & wait\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@linux
@pytest.mark.parametrize(
    "call",
    [
        lambda command: TesseractEngine(command=command, timeout=1.0).read([CROP]),
        probe_version,
        probe_languages,
    ],
    ids=["read", "version", "languages"],
)
def test_a_hang_is_ended_with_all_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[[str], object]
) -> None:
    monkeypatch.setattr("formextract.reading.tesseract._PROBE_SECONDS", 1.0)
    with subprocess.Popen(["sleep", "60"]) as bystander:
        begun = time.monotonic()
        with pytest.raises(EngineError) as caught:
            call(hanging(tmp_path))
        assert time.monotonic() - begun < 8
        assert caught.value.code == "engine_timeout"
        assert not alive(int((tmp_path / "child").read_text()))
        assert bystander.poll() is None
        bystander.kill()


def test_a_child_that_left_and_keeps_the_pipes_is_not_waited_for(tmp_path: Path) -> None:
    command = fake_tesseract(tmp_path, "sleep 6 & exit 0")
    begun = time.monotonic()
    with pytest.raises(EngineError) as caught:
        TesseractEngine(command=command, timeout=0.5).read([CROP])
    assert caught.value.code == "engine_timeout"
    assert time.monotonic() - begun < 5.5


@linux
def test_an_interrupted_caller_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(number: int, frame: object) -> None:
        if (tmp_path / "child").exists():
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            TesseractEngine(command=hanging(tmp_path), timeout=30).read([CROP])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not alive(int((tmp_path / "child").read_text()))


def test_calls_see_their_own_program_and_one_thread() -> None:
    def look() -> tuple[str, str | None]:
        return pytesseract.pytesseract.tesseract_cmd, os.environ.get("OMP_THREAD_LIMIT")

    assert call_tesseract(look, command="one", timeout=5) == ("one", "1")
    assert call_tesseract(look, command="two", timeout=5) == ("two", "1")


def test_what_a_call_raises_is_raised() -> None:
    def fail() -> None:
        raise SystemExit("no version")

    with pytest.raises(SystemExit, match="no version"):
        call_tesseract(fail, command="one", timeout=5)
