"""A pool of workers that outlives bad files: a worker that hangs, crashes or eats all memory is
replaced, its file gets a problem, and the rest of the batch goes on."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import TracebackType

from formextract.errors import EngineError, FormextractError, UnreadableInput
from formextract.model import Extraction, Outcome, Problem
from formextract.pipeline.worker import Job, Pages, Setup

PROGRAM = (sys.executable, "-m", "formextract.pipeline.worker")
"""What a worker runs; the file descriptors of its two pipes are added as arguments."""
_STDERR = 2
"""Workers print on the caller's stderr: its stdout belongs to the results."""
CRASHED = Problem(
    "worker_crashed",
    "reading this file ended its process, most likely for want of memory",
    "Free memory or lower FORMEXTRACT_JOBS and try again; split or rescan the file if it happens again.",
)


def _timed_out(seconds: float) -> Problem:
    return Problem(
        "file_timeout",
        f"reading this file took more than {seconds:g} seconds and was given up",
        "Raise FORMEXTRACT_FILE_TIMEOUT_S or split the file.",
    )


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    to: Connection
    back: Connection
    index: int = -1
    job: Job | None = None
    since: float = field(default=0.0)

    def kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.to.close()
        self.back.close()


class Pool:
    """``jobs`` workers; use as a context manager, so that none is left behind."""

    def __init__(
        self, setup: Setup, jobs: int, timeout_s: float, *, program: Sequence[str] | None = None
    ) -> None:
        self._setup = setup
        self._program = tuple(program or PROGRAM)
        self._jobs = max(1, jobs)
        self._timeout = timeout_s
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def _start(self) -> _Worker:
        their_in, our_out = os.pipe()
        our_in, their_out = os.pipe()
        process = subprocess.Popen(
            [*self._program, str(their_in), str(their_out)],
            pass_fds=(their_in, their_out),
            stdin=subprocess.DEVNULL,
            stdout=_STDERR,
            start_new_session=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        os.close(their_in)
        os.close(their_out)
        worker = _Worker(process, Connection(our_out, readable=False), Connection(our_in, writable=False))
        self._workers.append(worker)
        with suppress(OSError):
            # a worker that is gone already is found when its file's result is due
            worker.to.send(self._setup)
        return worker

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[int, Extraction | Pages]]:
        """Results with the index of their job, as they come; bad files are ordinary results.

        :raises FormextractError: one that concerns the machine or a mapping, not a file.
        """
        todo = iter(enumerate(jobs))
        idle: list[_Worker] = []
        drained = False
        while True:
            while not drained and len([w for w in self._workers if w.job]) < self._jobs:
                try:
                    index, job = next(todo)
                except StopIteration:
                    drained = True
                    break
                worker = idle.pop() if idle else self._idle_or_new()
                worker.index, worker.job, worker.since = index, job, time.monotonic()
                with suppress(OSError):
                    worker.to.send(job)
            busy = [w for w in self._workers if w.job]
            if not busy:
                return
            ready = wait([w.back for w in busy], timeout=1.0)
            now = time.monotonic()
            for worker in busy:
                index, current = worker.index, worker.job
                assert current is not None
                if worker.back in ready:
                    try:
                        result = worker.back.recv()
                    except (EOFError, OSError, pickle.UnpicklingError):
                        self._drop(worker)
                        yield index, _ended(current, CRASHED)
                        continue
                    worker.job = None
                    yield index, _as_result(current, result)
                elif now - worker.since > self._timeout:
                    self._drop(worker)
                    yield index, _ended(current, _timed_out(self._timeout))

    def _idle_or_new(self) -> _Worker:
        return next((w for w in self._workers if w.job is None), None) or self._start()

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.kill()


def _ended(job: Job, problem: Problem) -> Extraction:
    return Extraction(str(job.path), None, None, None, Outcome.UNREADABLE, problem)


def _as_result(job: Job, result: object) -> Extraction | Pages:
    if isinstance(result, Extraction | Pages):
        return result
    if isinstance(result, FormextractError) and not isinstance(result, UnreadableInput | EngineError):
        raise result
    if isinstance(result, FormextractError):
        return _ended(job, result.problem())
    return _ended(job, result if isinstance(result, Problem) else CRASHED)
