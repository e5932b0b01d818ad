"""Calls of pytesseract that can neither hang nor leave a program behind."""

from __future__ import annotations

import errno
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytesseract

from formextract.errors import EngineError, MissingDependency

INSTALL = "Install Tesseract 5 (Debian: apt-get install tesseract-ocr) or set FORMEXTRACT_TESSERACT_CMD."
SPARE_SECONDS = 1.0
"""By so much a limit given to pytesseract itself comes later than the one kept here."""
_END_SECONDS = 3.0
_NOT_TO_START = frozenset({errno.EACCES, errno.ENOEXEC, errno.ENOTDIR})
# pytesseract keeps the program's name in a variable of its module; pages are read side by side by processes
_ONE_AT_A_TIME = threading.Lock()

T = TypeVar("T")


def call_tesseract(call: Callable[[], T], *, command: str, timeout: float) -> T:
    """What ``call`` returns: a call of pytesseract that runs ``command`` once.

    It is given ``timeout`` seconds, because pytesseract's probes have no limit and its others end the
    program alone, not what that started.  So the call runs on a thread of its own, whose children in
    /proc are this call's and nobody else's; they are killed with theirs when time is up or the caller
    is interrupted.  What has left its parent by then ends with the group of the pool's worker.

    MissingDependency if the program cannot be started, EngineError if time is up; else what ``call`` raises.
    """
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except BaseException as fault:  # pytesseract raises SystemExit for a version it cannot read
            answer.set_exception(fault)

    thread = threading.Thread(target=run, name="tesseract", daemon=True)
    with _ONE_AT_A_TIME:
        pytesseract.pytesseract.tesseract_cmd = command
        # Tesseract's own threads cost more than they bring; one process a core is faster
        os.environ["OMP_THREAD_LIMIT"] = "1"
        thread.start()
        try:
            return answer.result(timeout)
        except TimeoutError as fault:
            raise EngineError(
                f"Tesseract did not end within {timeout:g} seconds.",
                code="engine_timeout",
                remedy="Try again; if it happens on the same page, raise FORMEXTRACT_ENGINE_TIMEOUT_S.",
            ) from fault
        except OSError as fault:
            if isinstance(fault, pytesseract.TesseractNotFoundError) or fault.errno in _NOT_TO_START:
                raise MissingDependency(
                    f"The program {command!r} cannot be started.", code="program_missing", remedy=INSTALL
                ) from fault
            raise
        finally:
            _end(thread)


def _end(thread: threading.Thread) -> None:
    """Kill what the thread started until it ends; it is left alone if that does not help."""
    until = time.monotonic() + _END_SECONDS
    while thread.is_alive() and time.monotonic() < until:
        for child in _children(os.getpid(), str(thread.native_id)):
            _kill_tree(child)
        thread.join(0.05)


def _children(pid: int, task: str = "*") -> list[int]:
    """Processes that a process (or one thread of it) started; none where there is no /proc."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob(f"{task}/children"):
        with suppress(OSError):
            found += map(int, listed.read_text(encoding="ascii").split())
    return found


def _kill_tree(pid: int) -> None:
    """Kill a process and its children; it is stopped first, so that none is born meanwhile."""
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGSTOP)
    for child in _children(pid):
        _kill_tree(child)
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)
