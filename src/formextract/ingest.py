"""The main job: files and folders through every stage into the store.

Safe to repeat, to kill at any moment and to run twice at once: each content (sha256) is claimed
in the store's ledger, its rows appear together with the word that it is done, and a claim whose
process is dead is taken over.  Inputs are neither moved nor altered.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formextract.config import Settings
from formextract.errors import UnreadableInput
from formextract.intake import Skipped, discover, hash_file
from formextract.intake.source import check_kind
from formextract.model import Decision, Extraction, Outcome, Problem
from formextract.pipeline.pool import CRASHED, Pool
from formextract.pipeline.tools import VERSION
from formextract.pipeline.worker import Job, Setup
from formextract.registry.index import RegistryIndex
from formextract.store.db import Store
from formextract.store.ledger import Already, Claim, LostClaim, claim, finish, note_duplicate, release
from formextract.store.objects import Objects
from formextract.store.publish import PublishedFile, publish
from formextract.store.registry_store import load_offices, load_schools

TRIES = 3
"""A file whose reading broke the worker or ran out of time is tried so often before that is final."""
_PASSING = frozenset({CRASHED.code, "file_timeout"})
"""Besides all faults of the reading engine (``engine_…``)."""
_POLL_S = 0.5
_NO_DOCUMENT = frozenset({"unfinished_name", "not_a_document", "link_skipped", "not_a_file"})
"""What lies beside documents in any folder; given by name it is reported all the same."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file."""

    path: str
    """As given or found."""
    outcome: str
    """``extracted``, ``duplicate``, ``unreadable`` or ``unknown_form``."""
    documents: int = 0
    """Forms in it."""
    accepted: int = 0
    """Forms in which nothing waits."""
    review: int = 0
    """Forms of which something waits for a clerk."""
    published: int = 0
    """Forms whose rows other systems see; something unimportant may wait in them all the same."""
    problem_code: str | None = None
    """Stable word, for unreadable files."""
    problem_message: str | None = None
    """What is wrong."""
    remedy: str | None = None
    """What to do."""
    sha256: str | None = None
    """Of the bytes, None if they could not be read."""
    known: bool = False
    """Whether this very file had been read before: nothing new."""
    doc_types: tuple[str, ...] = ()
    """Of its documents, in page order."""
    final: bool = True
    """False if the next run tries it again: it changed, or the disk failed, while it was being read."""


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What came of all files, in the order in which they were given or found."""

    results: tuple[FileResult, ...]
    """One a document."""
    passed_over: tuple[Skipped, ...] = ()
    """What else lay in the folders: hidden and temporary files, other kinds."""

    @property
    def counts(self) -> dict[str, int]:
        """Files by outcome."""
        return dict(Counter(r.outcome for r in self.results))


Progress = Callable[[FileResult], None]


def load_index(store: Store) -> RegistryIndex | None:
    """The store's registry ready for matching; None if none was imported."""
    schools = load_schools(store)
    return RegistryIndex.build(schools, load_offices(store)) if schools else None


def list_files(paths: Sequence[Path]) -> list[Path | Skipped]:
    """The documents under the paths, each place once, in order; what is given by name is always listed."""
    out: list[Path | Skipped] = []
    for path in paths:
        if path.is_dir():
            out.extend(discover([path]))
            continue
        try:
            check_kind(path)
            out.append(path)
        except UnreadableInput as e:
            out.append(Skipped(path, e.problem()))
    return list(dict.fromkeys(out))


def ingest_paths(
    paths: Sequence[Path],
    *,
    db_url: str,
    jobs: int,
    progress: Progress | None = None,
    settings: Settings | None = None,
) -> IngestSummary:
    """Reads everything under the paths into the store and returns when each file has its end.

    ``progress`` is called once a file, as each is done.

    :raises StoreUnavailable: the store cannot be reached; what was done before is kept.
    :raises MissingDependency: Tesseract or its data is not on the machine.
    """
    settings = settings or Settings()
    store = Store.open(db_url)
    try:
        run = _Run(store, settings, jobs, progress)
        files = list_files(paths)
        other = {f: None for f in files if isinstance(f, Skipped) and _beside(f, paths)}
        return IngestSummary(tuple(run.all([f for f in files if f not in other])), tuple(other))
    finally:
        store.close()


def _beside(skipped: Skipped, paths: Sequence[Path]) -> bool:
    """Whether it was found in a folder and is no document."""
    return skipped.problem.code in _NO_DOCUMENT and skipped.path not in paths


@dataclass(frozen=True, slots=True)
class _Item:
    """A file that waits for its end."""

    index: int
    """0-based place among the results."""
    path: Path
    """Where it lies."""
    sha256: str | None = None
    """Its hash, if it waits for another who reads the same bytes; None: to be found."""
    changes: int = 0
    """How often it changed while it was being read."""


class _Run:
    """One call of ingest."""

    def __init__(self, store: Store, settings: Settings, jobs: int, progress: Progress | None) -> None:
        self._store = store
        self._settings = settings
        self._jobs = jobs
        self._tell: Progress = progress or (lambda _: None)
        self._objects = Objects(settings.home)
        self._held: dict[int, Claim] = {}
        self._results: dict[int, FileResult] = {}

    def all(self, files: Sequence[Path | Skipped]) -> list[FileResult]:
        waiting: deque[_Item] = deque()
        for i, item in enumerate(files):
            if isinstance(item, Skipped):
                self._unreadable(i, item.path, None, item.problem)
            else:
                waiting.append(_Item(i, item))
        try:
            while waiting:
                later = self._round(waiting)
                waiting = deque(later)
                if later:
                    time.sleep(_POLL_S)
        finally:
            # interrupted or failed: the work goes back, so that the next run takes it at once
            for held in self._held.values():
                release(self._store, held)
        return [self._results[i] for i in sorted(self._results)]

    def _round(self, waiting: deque[_Item]) -> list[_Item]:
        """Reads what can be claimed now; what another process or an equal file holds comes back.

        So does what is worth another try.
        """
        later: list[_Item] = []
        order: list[_Item] = []
        jobs = self._claimed_jobs(waiting, later, order)
        first = next(jobs, None)
        if first is None:
            return later
        setup = Setup(self._settings, load_index(self._store), pictures=True)
        with Pool(setup, min(self._jobs, len(waiting) + 1), self._settings.file_timeout_s) as pool:
            for n, result in pool.run(_chain(first, jobs)):
                assert isinstance(result, Extraction)
                again = self._done(order[n], result)
                if again is not None:
                    later.append(again)
        return later

    def _claimed_jobs(
        self,
        waiting: deque[_Item],
        later: list[_Item],
        order: list[_Item],
    ) -> Iterator[Job]:
        """Jobs for the files that this process may read; they are claimed one by one, as workers ask."""
        while waiting:
            item = waiting.popleft()
            try:
                sha256 = item.sha256 or hash_file(item.path)
            except OSError as e:
                self._unreadable(item.index, item.path, None, _io_problem(e))
                continue
            answer = claim(self._store, sha256, str(item.path), version=VERSION)
            if isinstance(answer, Claim):
                self._held[item.index] = answer
                order.append(item)
                yield Job(item.path)
            elif answer.done:
                self._known(item.index, item.path, answer)
            else:
                later.append(replace(item, sha256=sha256))

    def _known(self, i: int, path: Path, answer: Already) -> None:
        if not answer.same_path:
            note_duplicate(self._store, answer.sha256, str(path))
        self._put(i, FileResult(str(path), "duplicate", sha256=answer.sha256, known=answer.same_path))

    def _done(self, item: _Item, extraction: Extraction) -> _Item | None:
        """Brings what came of a file into the store; the file itself, if it is to be tried again."""
        i, path = item.index, item.path
        held = self._held.pop(i)
        extraction = replace(extraction, path=str(path), sha256=extraction.sha256 or held.sha256)
        problem = extraction.problem
        if problem is not None and _may_pass(problem.code) and held.attempts < TRIES:
            release(self._store, held)
            return item
        if extraction.sha256 != held.sha256:
            # the file changed between hash and reading: what was read belongs to other bytes
            release(self._store, held)
            if item.changes + 1 < TRIES:
                return _Item(i, path, changes=item.changes + 1)
            self._unreadable(i, path, held.sha256, _CHANGED)
            return None
        archived: Path | None = None
        size: int | None = None
        try:
            size = path.stat().st_size
            if extraction.outcome is not Outcome.UNREADABLE:
                archived = self._objects.archive(path, held.sha256)
            published = finish(
                self._store, held, extraction, size=size, archived_path=str(archived) if archived else None
            )
        except LostClaim:
            self._put(i, FileResult(str(path), "duplicate", sha256=held.sha256))
            return None
        except OSError as e:
            release(self._store, held)
            self._unreadable(i, path, held.sha256, _io_problem(e))
            return None
        self._put(i, _result(path, extraction, published))
        return None

    def _unreadable(self, i: int, path: Path, sha256: str | None, problem: Problem) -> None:
        extraction = Extraction(str(path), sha256, None, None, Outcome.UNREADABLE, problem)
        if sha256 is None:
            publish(self._store, extraction)
        self._put(i, replace(_result(path, extraction, None), final=sha256 is None))

    def _put(self, i: int, result: FileResult) -> None:
        self._results[i] = result
        self._tell(result)


def _may_pass(code: str) -> bool:
    return code in _PASSING or code.startswith("engine_")


def _chain(first: Job, rest: Iterator[Job]) -> Iterator[Job]:
    yield first
    yield from rest


_CHANGED = Problem(
    "not_ready",
    "the file changed while it was being read",
    "Wait until it is copied whole; it is tried again.",
)


def _io_problem(error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        return Problem(
            "no_permission", "the file may not be read", "Give the service's user the right to read it."
        )
    if isinstance(error, FileNotFoundError):
        return Problem("not_found", "the file is no longer there", "Put it back and run again.")
    return Problem(
        "io_error", f"the disk gave an error ({error.strerror})", "Check the disk or the network share."
    )


def _result(path: Path, extraction: Extraction, published: PublishedFile | None) -> FileResult:
    problem = extraction.problem
    documents = extraction.documents
    return FileResult(
        path=str(path),
        outcome=(published.outcome if published else extraction.outcome).value,
        documents=len(documents),
        accepted=sum(d.decision is Decision.ACCEPTED for d in documents),
        review=sum(d.decision is not Decision.ACCEPTED for d in documents),
        published=sum(d.published for d in published.documents) if published else 0,
        problem_code=problem.code if problem else None,
        problem_message=problem.message if problem else None,
        remedy=problem.remedy if problem else None,
        sha256=extraction.sha256,
        doc_types=tuple(d.doc_type for d in documents),
    )
