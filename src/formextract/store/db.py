"""Opening the store: connection, settings of the database, migration, transactions."""

from __future__ import annotations

import importlib.resources
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url

from formextract.errors import StoreUnavailable, UsageError

HEAD = "0003"
"""The newest revision; a test holds it to the migrations, so that opening need not import Alembic."""

BUSY_TIMEOUT_MS = 30_000
CONNECT_TIMEOUT_S = 10
_MIGRATION_LOCK = 0x666F726D
"""Advisory lock on PostgreSQL: any fixed number that means "formextract migrates"."""

_REMEDY_SQLITE = "Check that the folder exists, is writable and has space, or name another store with --db."
_REMEDY_SERVER = (
    "Check that the database server runs and that host, name, user and password in --db are right."
)


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def parse_url(url: str) -> URL:
    """The URL with the program's own driver; UsageError if it is none or of an unknown database."""
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError:
        raise UsageError(
            "the store's address is no database URL",
            code="bad_db_url",
            remedy="Write it like sqlite:///path/file.db or postgresql://user:password@host/name.",
        ) from None
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return parsed
    raise UsageError(
        f"the store cannot be of the kind {parsed.drivername!r}",
        code="bad_db_url",
        remedy="Use sqlite:///path/file.db or postgresql://user:password@host/name.",
    )


class Store:
    """A migrated database.  ``read()`` and ``write()`` give connections in a transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(formextract_write=True)

    @classmethod
    def open(cls, url: str) -> Store:
        """Connect, create what is missing, migrate to ``HEAD``.

        Safe when several processes open the same new store at once.  StoreUnavailable if it cannot
        be reached or written, or is newer than this program; UsageError for a wrong URL.
        """
        parsed = parse_url(url)
        store = cls(_engine(parsed))
        try:
            if store._revision() != HEAD:
                store._migrate()
        except StoreUnavailable:
            store.close()
            raise
        return store

    @property
    def url(self) -> str:
        """The address without its password, for people."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading: one consistent view; nothing is kept."""
        with self._guarded(self._engine) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed at the end, or rolled back whole on any error."""
        with self._guarded(self._writer) as connection:
            yield connection

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def _guarded(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
            raise self._unavailable(error) from error
        except sa.exc.DatabaseError as error:
            # "file is not a database" is a plain DatabaseError; its subclasses are faults of ours.
            if type(error) is sa.exc.DatabaseError:
                raise self._unavailable(error) from error
            raise

    def _unavailable(self, error: Exception) -> StoreUnavailable:
        reason = str(getattr(error, "orig", error)).strip().splitlines()
        return StoreUnavailable(
            f"the store {self.url} cannot be used: {reason[0] if reason else type(error).__name__}",
            code="store_unavailable",
            remedy=_REMEDY_SQLITE if self.is_sqlite else _REMEDY_SERVER,
        )

    def _revision(self) -> str | None:
        with self.read() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        scripts = importlib.resources.files("formextract.store") / "migrations"
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise StoreUnavailable(
                    f"the store {self.url} was made by another version of the program",
                    code="store_version",
                    remedy="Use the newest version of formextract with this store.",
                ) from error


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "formextract"},
        )
    if url.database and url.database != ":memory:" and not url.database.startswith("file:"):
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"the folder of the store {url.database} cannot be made: {error.strerror}",
                code="store_unavailable",
                remedy=_REMEDY_SQLITE,
            ) from error
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling starts none before DDL; ours does, see _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    # Turning a new file to WAL does not wait for another process that does the same.
    for attempt in range(50):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            break
        except connection.OperationalError:
            if attempt == 49:
                raise
            time.sleep(0.05)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the writer's lock at the start and waits for it; a later upgrade would fail at once.
    write = connection.get_execution_options().get("formextract_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
