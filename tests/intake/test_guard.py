from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from formextract.errors import LimitExceeded, UnreadableInput
from formextract.intake.guard import run_guarded


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _hang() -> None:
    while True:
        time.sleep(1)


def _spin() -> None:
    while True:
        pass


def _eat() -> int:
    return len(bytearray(3 * 1024**3))


def _refuse() -> None:
    raise LimitExceeded("Too much.", code="too_large", remedy="Less.")


def _fail() -> None:
    raise RuntimeError("a name that must not get out")


def _leave_silently() -> None:
    os._exit(0)


def _unpicklable() -> object:
    return lambda: None


def _start_a_child(note: str) -> None:
    child = subprocess.Popen(["sleep", "60"])
    Path(note).write_text(str(child.pid))
    _hang()


def test_result_comes_back() -> None:
    assert run_guarded(sum, [1, 2, 3]) == 6


def test_large_result_comes_back_whole() -> None:
    assert run_guarded(bytes, 3_000_000) == bytes(3_000_000)


def test_own_errors_come_back_as_they_are() -> None:
    with pytest.raises(LimitExceeded) as caught:
        run_guarded(_refuse)
    assert (caught.value.code, caught.value.remedy) == ("too_large", "Less.")


@pytest.mark.parametrize("func", [_crash, _eat, _fail, _leave_silently, _unpicklable])
def test_crash_gives_a_typed_error(func: object) -> None:
    with pytest.raises(UnreadableInput) as caught:
        run_guarded(func, timeout_s=20, memory_mb=512)  # type: ignore[arg-type]
    assert caught.value.code == "parser_crashed"
    assert "name" not in caught.value.message


@pytest.mark.parametrize("func", [_hang, _spin])
def test_hang_is_ended(func: object) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableInput) as caught:
        run_guarded(func, timeout_s=0.3)  # type: ignore[arg-type]
    assert caught.value.code == "parser_timeout"
    assert time.monotonic() - started < 5


def test_grandchildren_end_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(UnreadableInput):
        run_guarded(_start_a_child, str(note), timeout_s=1.5)
    pid = int(note.read_text())
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":  # ended; whoever adopted it has yet to take note
            return
        time.sleep(0.02)
    pytest.fail("the grandchild lives on")


def test_no_descriptor_is_leaked() -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        run_guarded(sum, [1])
    assert len(os.listdir("/proc/self/fd")) == before


def test_overhead_is_small() -> None:
    best = min(_timed() for _ in range(5))
    assert best < 0.1


def _timed() -> float:
    started = time.monotonic()
    run_guarded(sum, [1])
    return time.monotonic() - started
