"""The only reader of the clock in `devices`, and the only maker of random text: `devices` knows no server."""

import secrets
import time
from datetime import UTC, datetime


def now() -> datetime:
    """The wall clock as it is now, UTC: jobs expire by it, and an agent starts before NTP has set it."""
    return datetime.now(UTC)  # noqa: TID251


def monotonic() -> float:
    """Seconds that never go back."""
    return time.monotonic()


def nonce() -> str:
    """16 random characters of 0-9 a-f."""
    return secrets.token_hex(8)
