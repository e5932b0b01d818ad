from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from formextract.model import Outcome
from formextract.store import schema as t
from formextract.store.db import Store, now
from formextract.store.ledger import Already, Claim, LostClaim, claim, finish, note_duplicate, release
from tests.store import make, processes

A = make.sha("a")


def take(store: Store, path: str = "/in/a.pdf", **kwargs: object) -> Claim:
    taken = claim(store, A, path, **kwargs)  # type: ignore[arg-type]
    assert isinstance(taken, Claim)
    return taken


def test_a_content_is_claimed_once_and_done_once(store: Store) -> None:
    held = take(store)
    assert claim(store, A, "/in/a.pdf") == Already(A, False, None, "/in/a.pdf", True)
    finish(store, held, make.extraction(make.pa1()))
    assert claim(store, A, "/in/a.pdf") == Already(A, True, Outcome.EXTRACTED, "/in/a.pdf", True)
    assert claim(store, A, "/in/copy.pdf") == Already(A, True, Outcome.EXTRACTED, "/in/a.pdf", False)
    note_duplicate(store, A, "/in/copy.pdf")
    with store.read() as connection:
        assert set(connection.scalars(sa.select(t.source_path.c.path))) == {"/in/a.pdf", "/in/copy.pdf"}


def test_finished_work_is_taken_again_only_on_request(store: Store) -> None:
    finish(store, take(store), make.unreadable("a", "/in/a.pdf"))
    assert isinstance(claim(store, A, "/in/a.pdf"), Already)
    again = take(store, redo=True)
    assert again.attempts == 2
    finish(store, again, make.extraction(make.pa1()))
    with store.read() as connection:
        assert connection.scalars(sa.select(t.document.c.outcome)).all() == ["extracted"]


def test_released_work_is_free(store: Store) -> None:
    release(store, take(store))
    assert take(store).attempts == 2


def test_an_old_claim_is_taken_over_and_its_holder_cannot_write(store: Store) -> None:
    first = take(store)
    second = take(store, max_age=timedelta(0))
    with pytest.raises(LostClaim):
        finish(store, first, make.extraction(make.pa1()))
    with store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(t.document)) == 0
    release(store, first)
    finish(store, second, make.extraction(make.pa1()))


def test_a_claim_of_another_machine_is_left_until_it_is_old(store: Store) -> None:
    take(store)
    with store.write() as connection:
        connection.execute(
            sa.update(t.work).values(host="elsewhere", pid=1, claimed_at=now() - timedelta(hours=1))
        )
    assert isinstance(claim(store, A, "/in/a.pdf"), Already)
    assert take(store, max_age=timedelta(minutes=30)).attempts == 2


def test_a_reused_pid_is_another_process(store: Store) -> None:
    take(store)
    with store.write() as connection:
        connection.execute(sa.update(t.work).values(process_start="1"))
    assert take(store).attempts == 2


CLAIM_AND_WAIT = """
import sys
from formextract.store.db import Store
from formextract.store.ledger import claim
store = Store.open(sys.argv[1])
print(type(claim(store, sys.argv[2], "/in/a.pdf")).__name__, flush=True)
sys.stdin.read()
"""


def test_the_claim_of_a_killed_process_is_taken_over_at_once(store: Store, db_url: str) -> None:
    process = processes.start(CLAIM_AND_WAIT, db_url, A)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "Claim"
    assert isinstance(claim(store, A, "/in/a.pdf"), Already)
    process.kill()
    process.wait(30)
    assert take(store).attempts == 2


DIE_WHILE_WRITING = """
import os, signal, sys
import formextract.store.publish as p
from formextract.store.db import Store
from formextract.store.ledger import claim, finish
from tests.store import make
settle = p.settle
def die(*a, **k):
    settle(*a, **k)
    os.kill(os.getpid(), signal.SIGKILL)
p.settle = die
store = Store.open(sys.argv[1])
finish(store, claim(store, make.sha("a"), "/in/a.pdf"), make.extraction(make.pa1()))
"""


def test_a_process_killed_while_writing_leaves_nothing_half_and_can_be_repeated(
    store: Store, db_url: str
) -> None:
    status, _, _ = processes.finish(processes.start(DIE_WHILE_WRITING, db_url))
    assert status == -9
    tables = (t.source_file, t.document, t.extracted_field, t.pa_agreement, t.review_item)
    with store.read() as connection:
        assert [connection.scalar(sa.select(sa.func.count()).select_from(x)) for x in tables] == [0] * 5
    held = take(store)
    assert held.attempts == 2
    (document,) = finish(store, held, make.extraction(make.pa1())).documents
    assert document.published


INGEST = """
import sys
from formextract.store.db import Store
from formextract.store.ledger import Claim, claim, finish
from tests.store import make
store = Store.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
done = 0
for n in range(12):
    taken = claim(store, make.sha(str(n)), f"/in/{n}.pdf")
    if isinstance(taken, Claim):
        record = make.pa1_record(first_name=f"คน{n}")
        finish(store, taken, make.extraction(make.pa1(record=record), word=str(n), path=f"/in/{n}.pdf"))
        done += 1
print(done, flush=True)
"""


def test_two_processes_share_a_folder_without_doing_anything_twice(store: Store, db_url: str) -> None:
    both = [processes.start(INGEST, db_url) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ends = [processes.finish(p) for p in both]
    assert [status for status, _, _ in ends] == [0, 0], ends
    assert sum(int(out) for _, out, _ in ends) == 12
    with store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(t.pa_agreement)) == 12
        assert connection.scalar(sa.select(sa.func.max(t.work.c.attempts))) == 1
