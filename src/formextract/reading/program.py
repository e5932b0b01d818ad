"""Running an external program so that it can neither hang nor leave children behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from formextract.errors import EngineError, MissingDependency


@dataclass(frozen=True)
class ProgramResult:
    """How a program ended."""

    code: int
    """Exit code; negative is the number of the signal that killed it."""
    out: str
    """Standard output; bytes that are no UTF-8 come as U+FFFD."""
    err: str
    """Standard error, likewise."""


_PR_SET_PDEATHSIG = 1
_LIBC: ctypes.CDLL | None = None
if sys.platform == "linux":
    # loaded here, since between fork and exec nothing may be imported
    with suppress(OSError):
        _LIBC = ctypes.CDLL(None)


def _die_with_caller() -> None:
    # a worker that is killed cannot end its programs, and these lead sessions of their own
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def run_program(
    command: Sequence[str], *, timeout: float, env: Mapping[str, str] | None = None, remedy: str = ""
) -> ProgramResult:
    """Run ``command`` in a process group of its own and wait at most ``timeout`` seconds.

    MissingDependency if it cannot be started; EngineError if it takes too long: the whole group is
    killed then, so that what a wrapper script started dies with it.
    """
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
            start_new_session=True,
            preexec_fn=_die_with_caller if _LIBC is not None else None,
        )
    except OSError as fault:
        raise MissingDependency(
            f"The program {command[0]!r} cannot be started: {fault.strerror}.",
            code="program_missing",
            remedy=remedy or f"Install {command[0]} or name its place in the settings.",
        ) from fault
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as fault:
        kill_group(process)
        raise EngineError(
            f"{command[0]!r} did not end within {timeout:g} seconds.",
            code="engine_timeout",
            remedy="Try again; if it happens on the same page, raise FORMEXTRACT_ENGINE_TIMEOUT_S.",
        ) from fault
    except BaseException:
        kill_group(process)
        raise
    return ProgramResult(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process started in a session of its own, with all its children, and reap it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    try:
        process.communicate(timeout=5)
    except (subprocess.TimeoutExpired, ValueError):
        # a grandchild in yet another session may hold the pipes: they are ours to close
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
