"""The task that all flows share: one batch of files through ``ingest``.

A task a file would cost more than it shows, and one for all would show nothing; a batch can be
tried again as a whole, because ingest does nothing twice.  Neither the names of runs nor their
logs and artifacts hold a file name: Prefect keeps those, and people name scans after people.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from formextract.config import Settings
from formextract.errors import FormextractError

if TYPE_CHECKING:
    from formextract.ingest import FileResult

BATCH_SIZE = 25
"""Files a task by default: some minutes of work."""

Watcher = Callable[[str], object]
"""Called with the path of each file that is done, for a progress bar."""

_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Lets ``watcher`` know of every file that this process gets done.

    A parameter of the flow would be stored by Prefect, and a function cannot be.
    """
    _watchers.append(watcher)


def split(paths: Sequence[Path], size: int) -> Iterator[tuple[Path, ...]]:
    """Cuts ``paths`` into batches of ``size``, the last one maybe shorter."""
    if size < 1:
        raise ValueError(f"a batch holds at least one file, not {size}")
    for start in range(0, len(paths), size):
        yield tuple(paths[start : start + size])


async def _is_transient(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying the batch again can help: the store was away, not the code wrong."""
    try:
        await state.aresult()
    except FormextractError as error:
        return error.transient
    except Exception:
        return False
    return False


@task(
    name="ingest batch",
    task_run_name="batch {number}",
    retries=3,
    retry_delay_seconds=[10, 60, 300],
    retry_condition_fn=_is_transient,
    persist_result=False,
    # The ledger in our own store knows what is done; Prefect's cache would need the file names.
    cache_policy=NO_CACHE,
)
def ingest_batch(number: int, paths: tuple[Path, ...]) -> tuple[FileResult, ...]:
    """Reads one batch into the store that the settings name; results in the order of ``paths``.

    Store and password come from the settings of the process, never as a parameter.

    :raises StoreUnavailable: after the last try.
    :raises FormextractError: ``fault``, an unexpected one; its own words are left out.
    """
    # Imported here: deploying and listing flows needs none of the readers.
    from formextract.ingest import ingest_paths

    settings = Settings()

    def progress(event: FileResult) -> None:
        for watcher in _watchers:
            watcher(event.path)

    try:
        summary = ingest_paths(paths, db_url=settings.store_url(), jobs=settings.workers(), progress=progress)
    except FormextractError:
        raise
    except Exception as error:
        # Prefect keeps the messages of errors, and that of an OSError names its file: where it
        # happened is enough.
        where = "".join(traceback.format_tb(error.__traceback__))
        get_run_logger().error("batch %d: %s\n%s", number, type(error).__name__, where)
        raise FormextractError(
            f"unexpected fault ({type(error).__name__})",
            remedy="Report it with the log of the run; the files are where they were.",
        ) from None
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(summary.counts.items()))
    get_run_logger().info("batch %d: %d files: %s", number, len(paths), counts or "none")
    return tuple(summary.results)


def count_outcomes(results: Iterable[FileResult]) -> dict[str, int]:
    """Files by outcome, and what is in them: documents accepted, published, waiting for review."""
    counts: Counter[str] = Counter()
    for result in results:
        counts["files"] += 1
        counts[result.outcome] += 1
        counts["documents"] += result.documents
        counts["accepted"] += result.accepted
        counts["published"] += result.published
        counts["review"] += result.review
    return dict(counts)


def show_counts(key: str, rows: list[dict[str, Any]], description: str) -> None:
    """Puts a table of numbers on the run's page in Prefect."""
    create_table_artifact(table=rows, key=key, description=description)
