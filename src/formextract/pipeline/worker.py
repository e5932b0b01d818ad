"""A worker process: takes files one by one over a pipe, reads them, sends back what came of each.

It is a program of its own (``python -m formextract.pipeline.worker``) rather than a fork of its
caller, because callers run threads (Prefect) or hold database connections, neither of which
survives a fork.  It leads a process group, so that killing the group ends the reader's
programs with it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Literal

from formextract.config import Settings
from formextract.errors import FormextractError
from formextract.model import Extraction, PageContent, Problem, SourceFile
from formextract.pipeline.extract import contents_of, extract_file, problem_of
from formextract.pipeline.tools import Tools, make_tools
from formextract.registry.index import RegistryIndex

_PR_SET_PDEATHSIG = 1
MEMORY_LIMIT = 6 * 2**30
"""Bytes of address space a worker may take: a page of 120 megapixels needs about two of these."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told first."""

    settings: Settings
    """The caller's settings."""
    index: RegistryIndex | None
    """The registry, None if none is loaded."""
    pictures: bool = False
    """Whether the pictures of pages are kept under the home for the clerks' desk."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file."""

    path: Path
    """Where it lies."""
    kind: Literal["extract", "read"] = "extract"
    """Forms, or only the pages' lines."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The result of a ``read`` job."""

    source: SourceFile
    """The file."""
    contents: tuple[PageContent, ...]
    """Its pages."""


Result = Extraction | Pages | Problem | FormextractError
"""A problem is an unexpected fault; an error concerns the machine, or a file of a ``read`` job."""


def serve(inbox: Connection, outbox: Connection) -> None:
    """Works until the caller closes the pipe."""
    setup: Setup = inbox.recv()
    tools: Tools | Exception
    try:
        tools = make_tools(setup.settings, index=setup.index, pictures=setup.pictures)
    except Exception as e:
        # told as the answer to the first job, since nobody listens before
        tools = e
    while True:
        try:
            job: Job = inbox.recv()
        except EOFError:
            return
        result: Result
        try:
            if isinstance(tools, Exception):
                raise tools
            if job.kind == "read":
                source, contents = contents_of(job.path, tools)
                result = Pages(source, tuple(contents))
            else:
                result = replace(extract_file(job.path, tools), contents=())
        except FormextractError as e:
            result = e
        except Exception as e:
            # where it happened, without its message: that may quote what a form says
            print(type(e).__name__, *traceback.format_tb(e.__traceback__), sep="\n", file=sys.stderr)
            result = problem_of(e)
        outbox.send(result)


def die_with_parent() -> None:
    """Ends this process and the reader's programs when its caller is killed (Linux only).

    By a signal that it answers: killed outright, it would leave a program that hangs.
    """
    signal.signal(signal.SIGTERM, _end_group)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_group(number: int, frame: FrameType | None) -> None:
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Entry of the worker's process: two file descriptors as arguments."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    import cv2

    cv2.setNumThreads(1)
    serve(Connection(int(sys.argv[1]), writable=False), Connection(int(sys.argv[2]), readable=False))


if __name__ == "__main__":
    # by its own name: a result made by a class of __main__ is unknown to the caller
    from formextract.pipeline import worker

    worker.main()
