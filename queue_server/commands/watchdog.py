"""Tells systemd that the office is ready and lives; an office that hangs is started again by it."""

import json
import os
import socket
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path

from queue_server.office_dir import DirectoryTrouble, OfficeDir
from queue_server.web.own_pages import health

LOOK_EVERY_S = 0.5
"""Until the office answers for the first time."""
ANSWER_WITHIN_S = 5.0


def watch(directory: Path, environment: MutableMapping[str, str] = os.environ) -> "Watchdog | None":
    """A running watchdog when systemd asked for one; None otherwise. Programs started later do not see
    systemd's variables: only this one speaks for the unit."""
    where = environment.pop("NOTIFY_SOCKET", "")
    every, pid = environment.pop("WATCHDOG_USEC", ""), environment.pop("WATCHDOG_PID", "")
    if not where:
        return None
    ours = every.isdigit() and pid in ("", str(os.getpid()))
    made = Watchdog(OfficeDir(directory), where, int(every) / 3_000_000 if ours else None)
    made.start()
    return made


class Watchdog(threading.Thread):
    """`READY=1` at the first good answer of the pages; then `WATCHDOG=1` every `every_s` seconds for as long
    as pages, engine and journal answer. A broker that is away is no reason to start the office again."""

    def __init__(self, office: OfficeDir, where: str, every_s: float | None) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._office, self._every_s = office, every_s
        self._where = "\0" + where[1:] if where.startswith("@") else where
        self._over = threading.Event()

    def run(self) -> None:
        while not self._lives():
            if self._over.wait(LOOK_EVERY_S):
                return
        self._tell("READY=1\nSTATUS=open")
        if self._every_s is None:
            return
        while not self._over.wait(self._every_s):
            if self._lives():
                self._tell("WATCHDOG=1")

    def stop(self) -> None:
        """From any thread."""
        self._over.set()
        self._tell("STOPPING=1")

    def _lives(self) -> bool:
        try:
            noted = self._office.noted_running()
            _, answer = health(noted.base, noted.certificate, ANSWER_WITHIN_S)
        except (DirectoryTrouble, OSError):
            return False
        return _well(answer)

    def _tell(self, what: str) -> None:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.connect(self._where)
            out.sendall(what.encode())


def _well(answer: bytes) -> bool:
    try:
        parts = json.loads(answer)
    except ValueError:
        return False
    return bool(parts.get("engine")) and bool(parts.get("journal", True))
