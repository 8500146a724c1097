"""The only reader of the clock in `devices`, and the only maker of random text: `devices` knows no server."""

import secrets
import time
from datetime import UTC, datetime
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def now() -> datetime:
    """The wall clock as it is now, UTC: jobs expire by it, and an agent starts before NTP has set it."""
    return datetime.now(UTC)  # noqa: TID251


def monotonic() -> float:
    """Seconds that never go back."""
    return time.monotonic()


def nonce() -> str:
    """16 random characters of 0-9 a-f."""
    return secrets.token_hex(8)


def since_boot() -> float:
    """Seconds since this machine was switched on, sleep counted in; only differences within a boot matter."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot_id() -> str:
    """Which switching-on this is: another one each time, the same for every program until then."""
    return _BOOT_ID.read_text(encoding="ascii").strip()
