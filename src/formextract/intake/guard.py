"""Running a parser where it can do no harm: a forked child with limits of time and memory.

PDF parsers written in C may crash or never come back on files made to do so, or merely
broken.  The child inherits everything by fork, so a call costs a few milliseconds; what it
returns comes back pickled through a pipe.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import select
import signal
import time
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from formextract.errors import FormextractError
from formextract.intake.faults import fault

T = TypeVar("T")

_MAX_ANSWER = 64 * 1024 * 1024


def run_guarded(func: Callable[..., T], *args: Any, timeout_s: float = 60.0, memory_mb: int = 2048) -> T:
    """``func(*args)``, run in a child process that gets so many seconds and so much more memory.

    The result must be picklable.  A FormextractError raised by ``func`` is raised here too; any
    other exception, a crash or running out of memory gives UnreadableInput ``parser_crashed``,
    taking too long ``parser_timeout``.  No process is left behind.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _answer(writer, func, args, timeout_s, memory_mb)
    os.close(writer)
    try:
        answer = _collect(reader, time.monotonic() + timeout_s)
    finally:
        os.close(reader)
        status = _end(pid)
    if answer is None:
        raise fault("parser_timeout", limit=round(timeout_s, 1))
    if not answer:
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            raise fault("parser_timeout", limit=round(timeout_s, 1))
        what = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "no answer"
        raise fault("parser_crashed", what=what)
    ok, value = pickle.loads(answer)
    if ok:
        result: T = value
        return result
    if isinstance(value, FormextractError):
        raise value
    raise fault("parser_crashed", what=str(value))


def _answer(
    writer: int, func: Callable[..., Any], args: tuple[Any, ...], timeout_s: float, memory_mb: int
) -> NoReturn:
    """The child's life: limits, the call, the answer, the end.  Never returns to the caller's code."""
    try:
        os.setsid()  # a process group of its own, so that whatever it starts ends with it
        for sig in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):
            signal.signal(sig, signal.SIG_DFL)
        faulthandler.disable()  # a crash here is an ordinary end, not the program's
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _lower(resource.RLIMIT_CPU, int(timeout_s) + 1)
        _lower(resource.RLIMIT_AS, _address_space() + memory_mb * 1024 * 1024)
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 2)  # C libraries complain on stderr
        try:
            answer = (True, func(*args))
        except FormextractError as error:
            answer = (False, error)
        except BaseException as error:
            answer = (False, type(error).__name__)
        data = _dump(answer)
        while data:
            data = data[os.write(writer, data) :]
    finally:
        os._exit(0)


def _dump(answer: tuple[bool, Any]) -> bytes:
    try:
        return pickle.dumps(answer)
    except Exception as error:
        return pickle.dumps((False, type(error).__name__))


def _lower(kind: int, limit: int) -> None:
    """Sets a soft limit, never above the hard one."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _address_space() -> int:
    """Bytes of address space in use now; the parent's libraries count in the child too."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:
            return int(stream.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 4 * 1024**3


def _collect(reader: int, deadline: float) -> bytes | None:
    """All that the child writes; None if the deadline passes first."""
    parts: list[bytes] = []
    size = 0
    poll = select.poll()  # select() fails on descriptors above 1023
    poll.register(reader, select.POLLIN | select.POLLHUP)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(max(1, int(left * 1000))):
            return None
        part = os.read(reader, 1 << 16)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > _MAX_ANSWER:
            return b""
        parts.append(part)


def _end(pid: int) -> int:
    """Ends the child and its group and gives back its wait status."""
    done, status = _wait(pid, 0.2)
    for kill in (os.killpg, os.kill):
        # the group may outlive the child; the child may not have made its group yet
        try:
            if kill is os.killpg or not done:
                kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
    if not done:
        _, status = os.waitpid(pid, 0)
    return status


def _wait(pid: int, seconds: float) -> tuple[bool, int]:
    """Whether the child has ended within a moment, and its status."""
    deadline = time.monotonic() + seconds
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return True, status
        if time.monotonic() > deadline:
            return False, 0
        time.sleep(0.001)
