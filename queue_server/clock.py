"""The only reader of the clock, and the only maker of ids and secrets."""

import secrets
import time
from binascii import b2a_base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

_SORTED = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_SORTED = bytes.maketrans(_STANDARD, _SORTED)
_RANDOM_BITS = 90
_TIMESYNC = Path("/run/systemd/timesync")


class SystemClock:
    """Wall time at process start + monotonic time, so that it never goes back and never jumps."""

    def __init__(self) -> None:
        self._start_monotonic = time.monotonic()
        self._start = datetime.now(UTC)
        self._offset = time.time() - time.monotonic()

    def now(self) -> datetime:
        """The instant, UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._start_monotonic)

    def monotonic(self) -> float:
        """Seconds of the monotonic clock."""
        return time.monotonic()

    def wall_step(self) -> float:
        """Seconds the machine's wall clock has moved against the monotonic clock since last asked."""
        offset = time.time() - time.monotonic()
        step, self._offset = offset - self._offset, offset
        return step

    def synchronised(self) -> bool:
        """False only when this machine's time service says that it has not reached a time server yet."""
        return not _TIMESYNC.is_dir() or (_TIMESYNC / "synchronized").exists()


def new_id() -> str:
    """A fresh opaque id: 24 characters of `A-Za-z0-9_-`, text order is time order, 90 random bits."""
    micros = time.time_ns() // 1000
    number = micros << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    return b2a_base64(number.to_bytes(18), newline=False).translate(_TO_SORTED).decode()


def secret() -> str:
    """128 random bits as 22 characters of `A-Za-z0-9_-`: for sessions, tokens and devices' passwords."""
    return secrets.token_urlsafe(16)


def random_below(bound: int) -> int:
    """An unguessable number in [0, bound): for codes that people type."""
    return secrets.randbelow(bound)


def fresh_salt() -> bytes:
    """12 random bytes for one password hash."""
    return secrets.token_bytes(12)
