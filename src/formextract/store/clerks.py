"""Accounts of the clerks: passwords by scrypt, throttling of wrong ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from formextract.errors import UsageError
from formextract.store import schema as t
from formextract.store.db import Store, now
from formextract.store.sql import insert_if_new

Role = Literal["clerk", "lead"]

_N, _R, _P = 2**14, 8, 1
_MAX_FAILURES = 5
_LOCK = timedelta(minutes=5)
_MIN_PASSWORD = 10
_MAX_PASSWORD = 200
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for each other when read from a screen."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """A person who may decide."""

    login: str
    """Short name to log in with and to stand in the audit."""
    display_name: str
    """Name on the screen."""
    role: Role
    """``lead`` may also manage accounts."""
    fingerprint: str
    """Changes with the password, so that a new password ends old sessions."""


def hash_password(password: str) -> str:
    """``scrypt$N$r$p$salt$key`` with a fresh salt."""
    salt = secrets.token_bytes(16)
    key = _derive(password, salt, _N, _R, _P)
    return f"scrypt${_N}${_R}${_P}${_b64(salt)}${_b64(key)}"


def check_password(password: str, stored: str) -> bool:
    """Whether the password made that hash, in constant time."""
    try:
        kind, n, r, p, salt, key = stored.split("$")
        if kind != "scrypt":
            return False
        expected = base64.b64decode(key)
        return hmac.compare_digest(
            _derive(password, base64.b64decode(salt), int(n), int(r), int(p)), expected
        )
    except ValueError:
        return False


def create_clerk(
    store: Store, login: str, password: str, *, display_name: str = "", role: Role = "clerk"
) -> Clerk:
    """Add an account; UsageError if the login is taken or the password too short."""
    login = login.strip().lower()
    if not 2 <= len(login) <= 60 or not all(c.isalnum() or c in "._-@" for c in login):
        raise UsageError(
            "this login name cannot be used",
            code="bad_login",
            remedy="Use 2 to 60 letters, digits, dots, hyphens or underscores.",
        )
    _require_password(password)
    row: dict[str, Any] = {
        "login": login,
        "display_name": display_name.strip() or login,
        "password_hash": hash_password(password),
        "role": role,
        "active": True,
        "created_at": now(),
    }
    with store.write() as connection:
        if not insert_if_new(connection, t.clerk, row):
            raise UsageError(
                "this login name is taken", code="login_taken", remedy="Choose another login name."
            )
    return Clerk(login, row["display_name"], role, _fingerprint(row["password_hash"]))


def set_password(store: Store, login: str, password: str) -> None:
    """Give an account a new password and unlock it; UsageError if there is none of that login."""
    _require_password(password)
    with store.write() as connection:
        changed = connection.execute(
            sa.update(t.clerk)
            .where(t.clerk.c.login == login.strip().lower())
            .values(password_hash=hash_password(password), failed_logins=0, locked_until=None)
        )
    if changed.rowcount != 1:
        raise UsageError(
            "there is no clerk of this name", code="no_such_clerk", remedy="Check the login name."
        )


def set_active(store: Store, login: str, active: bool) -> None:
    """Open or close an account; what the clerk decided stays."""
    with store.write() as connection:
        connection.execute(sa.update(t.clerk).where(t.clerk.c.login == login.lower()).values(active=active))


def new_password() -> str:
    """A random password of 16 plain characters in four groups (79 bits), easy to read from a screen."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def first_clerk(store: Store) -> tuple[str, str] | None:
    """On a store without accounts, make the first one: (login, password).  None if there are accounts."""
    password = new_password()
    with store.write() as connection:
        if connection.scalar(sa.select(sa.func.count()).select_from(t.clerk)):
            return None
        made = insert_if_new(
            connection,
            t.clerk,
            {
                "login": "clerk",
                "display_name": "clerk",
                "password_hash": hash_password(password),
                "role": "lead",
                "active": True,
                "created_at": now(),
            },
        )
    return ("clerk", password) if made else None


def find_clerk(store: Store, login: str) -> Clerk | None:
    """The active account of that login."""
    with store.read() as connection:
        row = _row(connection, login)
    return _clerk(row) if row is not None and row["active"] else None


def list_clerks(store: Store) -> list[Clerk]:
    """All active accounts by login."""
    with store.read() as connection:
        statement = sa.select(t.clerk).where(t.clerk.c.active).order_by(t.clerk.c.login)
        return [_clerk(row) for row in connection.execute(statement).mappings()]


def log_in(
    store: Store, login: str, password: str, *, moment: datetime | None = None
) -> Clerk | Literal["wrong", "locked"]:
    """The clerk, or why not.  Five wrong passwords lock an account for five minutes."""
    moment = moment or now()
    if len(password) > _MAX_PASSWORD:
        return "wrong"
    login = login.strip().lower()
    with store.read() as connection:
        row = _row(connection, login)
    if row is not None and row["locked_until"] is not None and row["locked_until"] > moment:
        return "locked"
    # An unknown login costs the same time as a wrong password: nobody can list the accounts.
    good = check_password(password, row["password_hash"] if row is not None else _DUMMY)
    if row is None or not row["active"]:
        return "wrong"
    with store.write() as connection:
        this = sa.update(t.clerk).where(t.clerk.c.clerk_id == row["clerk_id"])
        if good:
            connection.execute(this.values(failed_logins=0, locked_until=None))
            return _clerk(row)
        failures = connection.execute(
            this.values(failed_logins=t.clerk.c.failed_logins + 1).returning(t.clerk.c.failed_logins)
        ).scalar_one()
        if failures >= _MAX_FAILURES:
            connection.execute(this.values(failed_logins=0, locked_until=moment + _LOCK))
    return "wrong"


def _row(connection: sa.Connection, login: str) -> RowMapping | None:
    return connection.execute(sa.select(t.clerk).where(t.clerk.c.login == login)).mappings().first()


def _clerk(row: RowMapping) -> Clerk:
    return Clerk(row["login"], row["display_name"], row["role"], _fingerprint(row["password_hash"]))


def _fingerprint(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]


def _require_password(password: str) -> None:
    if not _MIN_PASSWORD <= len(password) <= _MAX_PASSWORD:
        raise UsageError(
            f"a password has {_MIN_PASSWORD} to {_MAX_PASSWORD} characters",
            code="bad_password",
            remedy="Choose a longer password; several words are good.",
        )


def _derive(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # Composed and decomposed sara am look alike on the screen and must open the same door.
    text = unicodedata.normalize("NFKC", password)
    return hashlib.scrypt(text.encode(), salt=salt, n=n, r=r, p=p, dklen=32, maxmem=64 * 1024 * 1024)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


_DUMMY = f"scrypt${_N}${_R}${_P}${_b64(bytes(16))}${_b64(bytes(32))}"
