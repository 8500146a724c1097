"""Tells systemd that this agent is ready and alive (sd_notify); without a NOTIFY_SOCKET it says nothing."""

import logging
import os
import socket
from collections.abc import Mapping

from devices.ports import Monotonic

_log = logging.getLogger(__name__)


class Watchdog:
    """`alive` may be called as often as one likes: it is passed on at most twice an interval."""

    def __init__(self, monotonic: Monotonic, environment: Mapping[str, str] = os.environ) -> None:
        self._monotonic = monotonic
        self._address = environment.get("NOTIFY_SOCKET", "")
        every = environment.get("WATCHDOG_USEC", "")
        mine = environment.get("WATCHDOG_PID", "") in ("", str(os.getpid()))
        self._every = int(every) / 1e6 / 2 if every.isdigit() and mine else None
        self._last = -1e9

    def ready(self, status: str) -> None:
        self._say(f"READY=1\nSTATUS={status}")

    def alive(self) -> None:
        now = self._monotonic()
        if self._every is not None and now - self._last >= self._every / 2:
            self._last = now
            self._say("WATCHDOG=1")

    def stopping(self) -> None:
        self._say("STOPPING=1")

    def _say(self, words: str) -> None:
        if not self._address:
            return
        name = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            try:
                out.setblocking(False)
                out.sendto(words.encode(), name)
            except OSError as error:
                _log.warning("systemd cannot be told: %s", error)
