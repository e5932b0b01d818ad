from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from formextract.errors import UsageError
from formextract.store import schema as t
from formextract.store.clerks import (
    Clerk,
    check_password,
    create_clerk,
    find_clerk,
    first_clerk,
    hash_password,
    list_clerks,
    log_in,
    set_active,
    set_password,
)
from formextract.store.db import Store, now


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 's.db'}")


def test_a_new_store_gets_one_first_clerk(store: Store) -> None:
    made = first_clerk(store)
    assert made is not None
    clerk = log_in(store, *made)
    assert isinstance(clerk, Clerk) and clerk.role == "lead"
    assert first_clerk(store) is None


def test_passwords_are_not_kept(store: Store) -> None:
    create_clerk(store, "dao", "correct horse battery", display_name="ดาว")
    with store.read() as connection:
        stored = connection.scalar(sa.select(t.clerk.c.password_hash))
    assert stored is not None and stored.startswith("scrypt$") and "horse" not in stored
    assert hash_password("correct horse battery") != stored


def test_thai_passwords_in_either_spelling() -> None:
    assert check_password("\u0e01\u0e4d\u0e32" * 5, hash_password("\u0e01\u0e33" * 5))
    assert not check_password("กา" * 5, hash_password("กำ" * 5))


@pytest.mark.parametrize("stored", ["", "plain", "scrypt$x$8$1$a$b", "md5$1$1$1$a$b"])
def test_a_damaged_hash_opens_nothing(stored: str) -> None:
    assert not check_password("anything", stored)


def test_five_wrong_passwords_lock_for_five_minutes(store: Store) -> None:
    create_clerk(store, "dao", "correct horse battery")
    for _ in range(5):
        assert log_in(store, "dao", "wrong") == "wrong"
    assert log_in(store, "dao", "correct horse battery") == "locked"
    later = now() + timedelta(minutes=6)
    assert isinstance(log_in(store, "DAO ", "correct horse battery", moment=later), Clerk)


def test_unknown_and_closed_accounts_look_like_wrong_passwords(store: Store) -> None:
    create_clerk(store, "dao", "correct horse battery")
    set_active(store, "dao", False)
    assert log_in(store, "dao", "correct horse battery") == "wrong"
    assert log_in(store, "nobody", "correct horse battery") == "wrong"
    assert find_clerk(store, "dao") is None
    assert list_clerks(store) == []


def test_a_new_password_changes_the_fingerprint(store: Store) -> None:
    before = create_clerk(store, "dao", "correct horse battery")
    set_password(store, "dao", "another long password")
    after = find_clerk(store, "dao")
    assert after is not None and after.fingerprint != before.fingerprint


@pytest.mark.parametrize(
    ("login", "password"), [("d", "long enough one"), ("a b", "long enough one"), ("dao", "short")]
)
def test_bad_accounts_are_refused(store: Store, login: str, password: str) -> None:
    with pytest.raises(UsageError):
        create_clerk(store, login, password)


def test_a_login_is_taken_once(store: Store) -> None:
    create_clerk(store, "dao", "correct horse battery")
    with pytest.raises(UsageError, match="taken"):
        create_clerk(store, "Dao", "correct horse battery")
    with pytest.raises(UsageError):
        set_password(store, "nobody", "correct horse battery")
