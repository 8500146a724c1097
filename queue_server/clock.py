"""The only reader of the clock, and the only maker of ids and secrets."""

import ctypes
import os
import secrets
import time
from binascii import b2a_base64
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_SORTED = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_SORTED = bytes.maketrans(_STANDARD, _SORTED)
_RANDOM_BITS = 90
_TIME_ERROR = 5
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


@dataclass(frozen=True, slots=True)
class KernelClock:
    """What the kernel knows of this machine's wall clock, whichever time service keeps it."""

    synchronised: bool
    off_by_at_most: timedelta
    """The kernel's own bound; 16 s when nobody tells it the time."""


class _Timex(ctypes.Structure):
    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def kernel_clock() -> KernelClock | None:
    """Asked of the kernel (adjtimex, which changes nothing so); None where it cannot be asked."""
    asked = _Timex()
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(asked))
    except (OSError, AttributeError):
        return None
    if state < 0:
        return None
    return KernelClock(state != _TIME_ERROR, timedelta(microseconds=asked.maxerror))


def new_id() -> str:
    """A fresh opaque id: 24 characters of `A-Za-z0-9_-`, text order is time order, 90 random bits."""
    micros = time.time_ns() // 1000
    number = micros << _RANDOM_BITS | _random_bits()
    return b2a_base64(number.to_bytes(18), newline=False).translate(_TO_SORTED).decode()


_drawn: deque[int] = deque()
_DRAW = 256


def _random_bits() -> int:
    """Drawn from the system many at a time: each asking lets go of the interpreter, with a hall waiting."""
    while True:
        try:
            return _drawn.popleft()
        except IndexError:
            raw = os.urandom(12 * _DRAW)
            spare = 96 - _RANDOM_BITS
            _drawn.extend(int.from_bytes(raw[n : n + 12]) >> spare for n in range(0, len(raw), 12))


os.register_at_fork(after_in_child=_drawn.clear)


def secret() -> str:
    """128 random bits as 22 characters of `A-Za-z0-9_-`: for sessions, tokens and devices' passwords."""
    return secrets.token_urlsafe(16)


def random_below(bound: int) -> int:
    """An unguessable number in [0, bound): for codes that people type."""
    return secrets.randbelow(bound)


def fresh_salt() -> bytes:
    """12 random bytes for one password hash."""
    return secrets.token_bytes(12)
