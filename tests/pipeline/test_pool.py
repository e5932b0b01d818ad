"""The pool outlives whatever a file does to its worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from formextract.config import Settings
from formextract.errors import MappingError, MissingDependency
from formextract.model import Extraction, Outcome
from formextract.pipeline.pool import Pool
from formextract.pipeline.worker import Job, Pages, Setup

Write = Callable[[str, str], Path]


def run(
    paths: list[Path],
    settings: Settings,
    program: tuple[str, ...],
    *,
    jobs: int = 2,
    timeout: float = 60,
    kind: str = "extract",
) -> dict[int, Extraction | Pages]:
    """Results by index of the path."""
    with Pool(Setup(settings, None), jobs, timeout, program=program) as pool:
        out = dict(pool.run(Job(p, kind) for p in paths))  # type: ignore[arg-type]
    assert children() == []
    return out


def children() -> list[int]:
    """Process ids of this process's living children that are workers."""
    out = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z" and b"worker" in command:
            out.append(int(entry.name))
    return out


def problem(result: Extraction | Pages) -> str | None:
    assert isinstance(result, Extraction)
    assert (result.outcome is Outcome.UNREADABLE) == (result.problem is not None)
    return result.problem.code if result.problem else None


def test_good_files_in_any_order(write: Write, settings: Settings, program: tuple[str, ...]) -> None:
    paths = [write(f"{i}.pdf", f"ok{i}") for i in range(5)]
    results = run(paths, settings, program)
    assert sorted(results) == list(range(5))
    for i, path in enumerate(paths):
        result = results[i]
        assert isinstance(result, Extraction)
        assert result.path == str(path)
        assert result.documents[0].record["signer"] == f"นายok{i} ใจดี"


BAD = {
    "crash": "worker_crashed",
    "killed": "worker_crashed",
    "unpicklable": "internal",
    "memory": "out_of_memory",
    "fault": "internal",
    "engine": "engine_timeout",
    "bad": "not_found",
}


def test_each_bad_file_costs_only_itself(
    write: Write, settings: Settings, program: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    paths = [write(f"{order}.pdf", order) for order in BAD] + [write("last.pdf", "fine")]
    results = run(paths, settings, program)
    assert [problem(results[i]) for i in range(len(paths))] == [*BAD.values(), None]
    # what a fault's message quotes may be personal: neither the problem nor the log holds it
    told = " ".join(str(r.problem) for r in results.values() if isinstance(r, Extraction))
    assert "somebody" not in told + "".join(capfd.readouterr())


def test_a_hanging_file_is_given_up(write: Write, settings: Settings, program: tuple[str, ...]) -> None:
    begun = time.monotonic()
    results = run([write("a.pdf", "hang"), write("b.pdf", "fine")], settings, program, timeout=6)
    assert problem(results[0]) == "file_timeout"
    assert problem(results[1]) is None
    assert time.monotonic() - begun < 40


@pytest.mark.parametrize(("order", "kind"), [("program", MissingDependency), ("mapping", MappingError)])
def test_what_is_wrong_with_the_machine_is_raised(
    order: str, kind: type[Exception], write: Write, settings: Settings, program: tuple[str, ...]
) -> None:
    with pytest.raises(kind) as caught, Pool(Setup(settings, None), 1, 60, program=program) as pool:
        list(pool.run([Job(write("a.pdf", order))]))
    if isinstance(caught.value, MappingError):
        assert (caught.value.file, caught.value.line, caught.value.key) == ("a.yaml", 7, "blocks.0")
        assert caught.value.remedy == "Mend it."
    assert children() == []


def test_a_wrong_mapping_is_no_fault_of_the_file(
    write: Write, tmp_path: Path, program: tuple[str, ...]
) -> None:
    settings = Settings(home=tmp_path, timezone="nowhere")
    with pytest.raises(MappingError), Pool(Setup(settings, None), 1, 60, program=program) as pool:
        list(pool.run([Job(write("a.pdf", "fine"))]))


def test_workers_that_cannot_start_do_not_hang(write: Write, settings: Settings) -> None:
    results = run([write("a.pdf", "fine")], settings, (sys.executable, "-c", "raise SystemExit(5)"))
    assert problem(results[0]) == "worker_crashed"


def test_prints_of_libraries_stay_off_stdout(
    write: Write, settings: Settings, program: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert problem(run([write("a.pdf", "noise")], settings, program)[0]) is None
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "something printed" in printed.err


def test_reading_jobs_give_pages_or_problems(
    write: Write, settings: Settings, program: tuple[str, ...]
) -> None:
    paths = [write("a.pdf", "fine"), write("b.pdf", "bad"), write("c.pdf", "engine")]
    results = run(paths, settings, program, kind="read", jobs=1)
    assert isinstance(results[0], Pages)
    assert [problem(results[i]) for i in (1, 2)] == ["no_document", "engine_timeout"]


def test_jobs_are_taken_only_as_workers_ask(
    write: Write, settings: Settings, program: tuple[str, ...]
) -> None:
    taken: list[int] = []

    def jobs() -> Iterator[Job]:
        for i in range(4):
            taken.append(i)
            yield Job(write(f"{i}.pdf", "fine"))

    with Pool(Setup(settings, None), 1, 60, program=program) as pool:
        results = pool.run(jobs())
        next(results)
        assert taken == [0]
        assert len(list(results)) == 3


@contextmanager
def _killed_caller(path: Path, home: Path, program: tuple[str, ...]) -> Iterator[list[int]]:
    code = f"""
from pathlib import Path
from formextract.config import Settings
from formextract.pipeline.pool import Pool
from formextract.pipeline.worker import Job, Setup
with Pool(Setup(Settings(home=Path({str(home)!r})), None), 1, 600, program={program!r}) as pool:
    print("begun", flush=True)
    list(pool.run([Job(Path({str(path)!r}))]))
"""
    caller = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert caller.stdout is not None
    caller.stdout.readline()
    deadline = time.monotonic() + 30
    started = path.with_name(f".{path.name}.tries")
    while not started.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    workers = [int(p) for p in Path(f"/proc/{caller.pid}/task/{caller.pid}/children").read_text().split()]
    caller.kill()
    caller.wait()
    caller.stdout.close()
    yield workers


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_a_killed_caller_leaves_no_worker(write: Write, tmp_path: Path, program: tuple[str, ...]) -> None:
    path = write("a.pdf", "hangs")
    with _killed_caller(path, tmp_path, program) as workers:
        assert workers
        deadline = time.monotonic() + 10
        while any(_alive(pid) for pid in workers) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not any(_alive(pid) for pid in workers)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
