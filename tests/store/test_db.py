from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import formextract.store
from formextract.errors import StoreUnavailable, UsageError
from formextract.store.db import HEAD, Store, parse_url
from formextract.store.schema import metadata
from tests.store import processes


def test_migrations_make_exactly_the_schema(store: Store) -> None:
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        views = set(sa.inspect(connection).get_view_names())
    assert views == {"published_document", "agreement_by_person", "network_overview"}


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(formextract.store.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_sqlite_is_set_up_for_many_processes(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'new' / 'folder' / 's.db'}")
    with store.read() as connection:
        pragmas = {
            p: connection.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("journal_mode", "busy_timeout", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "busy_timeout": 30_000, "foreign_keys": 1}


def test_a_store_at_head_opens_without_alembic(new_url: str) -> None:
    Store.open(new_url).close()
    code = (
        "import sys; from formextract.store.db import Store; Store.open(sys.argv[1]).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    status, _, err = processes.finish(processes.start(code, new_url))
    assert status == 0, err


def test_processes_that_start_at_once_both_open_a_new_store(new_url: str) -> None:
    code = "import sys; from formextract.store.db import Store; Store.open(sys.argv[1]).close()"

    results = [processes.finish(p) for p in [processes.start(code, new_url) for _ in range(3)]]
    assert [status for status, _, _ in results] == [0, 0, 0], results


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody:secret-word@127.0.0.1:1/none", "sqlite:////proc/none/store.db"],
)
def test_an_unreachable_store_says_what_to_do_and_hides_the_password(url: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        Store.open(url)
    assert caught.value.exit_code == 5
    assert caught.value.remedy
    assert "secret-word" not in str(caught.value)


def test_a_file_that_is_no_database_is_an_unavailable_store(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(b"this is a letter, not a database " * 100)
    with pytest.raises(StoreUnavailable):
        Store.open(f"sqlite:///{path}")


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.db'}"
    store = Store.open(url)
    with store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="another version"):
        Store.open(url)


@pytest.mark.parametrize("url", ["", "no url at all", "mysql://a/b", "oracle://x"])
def test_a_wrong_address_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError):
        parse_url(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_usual_postgres_addresses_are_taken(scheme: str) -> None:
    assert parse_url(f"{scheme}://u@h/d").drivername == "postgresql+psycopg"


def test_the_audit_cannot_be_changed(store: Store) -> None:
    insert = sa.text(
        'INSERT INTO review_action (document_id, kind, path, action, "by", at, before, after) '
        "VALUES ('d', 'value', 'p', 'accept', 'x', :at, 'null', 'null')"
    )
    with store.write() as connection:
        connection.execute(insert, {"at": "2026-01-01 00:00:00"})
    for verb in ("DELETE FROM review_action", "UPDATE review_action SET note = 'x'"):
        with pytest.raises(sa.exc.DBAPIError, match="append only"), store.write() as connection:
            connection.execute(sa.text(verb))
