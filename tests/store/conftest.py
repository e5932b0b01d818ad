"""Stores to test with: SQLite always, PostgreSQL in a throw-away cluster where its programs are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from formextract.store.db import Store


def _postgres_bin() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as_postgres(*command: str) -> list[str]:
    # initdb refuses root.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a cluster without a database name."""
    programs = _postgres_bin()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (no initdb)")
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL will not run as root and there is no runuser")
    home = Path(tempfile.mkdtemp(prefix="formextract-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data, user = home / "data", "postgres"
    run = {"check": True, "capture_output": True, "timeout": 120, "cwd": home}
    try:
        subprocess.run(
            _as_postgres(
                str(programs / "initdb"),
                "-D",
                str(data),
                "-U",
                user,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ),
            **run,
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        subprocess.run(
            _as_postgres(
                str(programs / "pg_ctl"),
                "-D",
                str(data),
                "-o",
                options,
                "-w",
                "-l",
                str(home / "log"),
                "start",
            ),
            **run,
        )
        yield f"postgresql://{user}@/{{}}?host={home}"
    finally:
        if (data / "postmaster.pid").exists():
            subprocess.run(
                _as_postgres(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"),
                capture_output=True, timeout=60, cwd=home, check=False,
            )  # fmt: skip
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Name of a migrated database to copy: a copy is quicker than a migration."""
    _admin(postgres_server, "CREATE DATABASE migrated")
    Store.open(postgres_server.format("migrated")).close()
    return "migrated"


def _admin(server: str, statement: str) -> None:
    engine = sa.create_engine(
        server.format("postgres").replace("postgresql://", "postgresql+psycopg://"),
        isolation_level="AUTOCOMMIT",
        poolclass=sa.NullPool,
    )
    with engine.connect() as connection:
        connection.execute(sa.text(statement))


@contextmanager
def _database(server: str, like: str) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex[:12]}"
    _admin(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    yield server.format(name)
    _admin(server, f"DROP DATABASE {name} WITH (FORCE)")


KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a store that does not exist yet."""
    if request.param == "postgres":
        with _database(request.getfixturevalue("postgres_server"), "template0") as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path / 'home' / 'store.db'}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty store to copy."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=KINDS)
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a store."""
    if request.param == "postgres":
        template = request.getfixturevalue("postgres_template")
        with _database(request.getfixturevalue("postgres_server"), template) as url:
            yield url
    else:
        path = tmp_path / "home" / "store.db"
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"


@pytest.fixture
def store(db_url: str) -> Iterator[Store]:
    opened = Store.open(db_url)
    yield opened
    opened.close()
