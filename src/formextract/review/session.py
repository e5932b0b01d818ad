"""Signed session cookies, CSRF tokens, and a limit on login attempts from one address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import time
from collections import defaultdict, deque
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock

COOKIE = "desk"
IDLE_S = 60 * 60
"""A session that nobody uses ends after an hour: a clerk at lunch."""
LONGEST_S = 12 * 60 * 60
"""No session outlives a working day."""
_ATTEMPTS, _WINDOW_S = 30, 300.0


@dataclass(frozen=True, slots=True)
class Session:
    """A logged-in clerk's browser."""

    login: str
    """Whose."""
    fingerprint: str
    """Of the password hash when the session began."""
    sid: str
    """Random; the CSRF token hangs on it."""
    begun: float
    """Seconds since the epoch."""
    seen: float
    """Seconds since the epoch of the last request."""


class Signer:
    """Makes and checks cookies and tokens with one secret key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def of_home(cls, home: Path) -> Signer:
        """With the key kept in ``<home>/desk.key``, made on first use and readable by its owner only."""
        home.mkdir(parents=True, exist_ok=True)
        path = home / "desk.key"
        part = home / f".desk.key.{secrets.token_hex(4)}"
        if not path.exists():
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
            try:
                # A link fails where another process was faster; both then use its key.
                os.link(part, path)
            except FileExistsError:
                pass
            finally:
                part.unlink(missing_ok=True)
        return cls(path.read_bytes())

    def begin(self, login: str, fingerprint: str) -> Session:
        """A new session from now."""
        now = time.time()
        return Session(login, fingerprint, secrets.token_urlsafe(16), now, now)

    def seal(self, session: Session) -> str:
        """The cookie's value."""
        payload = base64.urlsafe_b64encode(json.dumps(asdict(session)).encode()).decode()
        return f"{payload}.{self._mac('session', payload)}"

    def open(self, cookie: str | None) -> Session | None:
        """The session of a cookie, seen now; None if it is forged, damaged or over."""
        payload, _, mac = (cookie or "").rpartition(".")
        # As bytes: compare_digest takes no other than ASCII strings, and a browser sends what it likes.
        if not payload or not hmac.compare_digest(mac.encode(), self._mac("session", payload).encode()):
            return None
        try:
            session = Session(**json.loads(base64.urlsafe_b64decode(payload)))
        except (ValueError, TypeError):
            return None
        now = time.time()
        if now - session.seen > IDLE_S or now - session.begun > LONGEST_S:
            return None
        return replace(session, seen=now)

    def token(self, sid: str) -> str:
        """The CSRF token of a session or, before the login, of the login form's own cookie."""
        return self._mac("csrf", sid)

    def is_token(self, sid: str, token: str) -> bool:
        """Whether the token belongs to the session."""
        return hmac.compare_digest(self.token(sid).encode(), token.encode())

    def _mac(self, use: str, text: str) -> str:
        return hmac.new(self._key, f"{use}:{text}".encode(), hashlib.sha256).hexdigest()


class AddressLimit:
    """At most 30 failed logins from one address in five minutes, whatever the account."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def is_over(self, address: str) -> bool:
        """Whether the address has used up its attempts."""
        with self._lock:
            return len(self._recent(address)) >= _ATTEMPTS

    def note(self, address: str) -> None:
        """Count one failure."""
        with self._lock:
            if len(self._failures) > 10_000:
                self._failures.clear()
            self._recent(address).append(time.monotonic())

    def _recent(self, address: str) -> deque[float]:
        failures = self._failures[address]
        while failures and time.monotonic() - failures[0] > _WINDOW_S:
            failures.popleft()
        return failures
