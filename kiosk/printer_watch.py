"""Hears from this machine's device agent how its printers are, for as long as the kiosk runs."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from devices.agent.client import AgentAway, AgentClient
from devices.agent.protocol import DeviceHealth, Healths
from kiosk.session.actions import Action
from kiosk.session.heard import PrintersTold

_log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(seconds=2)
AWAY_AFTER = 3
"""Tries in a row without an agent before it counts as away: it may start later than the kiosk."""


class PrinterWatch:
    """`start` and `stop` once each; a kiosk without an agent's socket is told nothing."""

    def __init__(
        self, socket: Path | None, dispatch: Callable[[Action], None], again_after: timedelta = AGAIN_AFTER
    ) -> None:
        self._socket, self._dispatch, self._again_after = socket, dispatch, again_after
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._agent: AgentClient | None = None
        self._told: tuple[tuple[str, str], ...] | None = ()

    def start(self) -> None:
        if self._socket is not None:
            threading.Thread(
                target=self._run, args=(self._socket,), name="kiosk-printers", daemon=True
            ).start()

    def stop(self) -> None:
        self._over.set()
        with self._lock:
            if self._agent is not None:
                self._agent.close()

    def _run(self, socket: Path) -> None:
        tries = 0
        while not self._over.is_set():
            try:
                for healths in self._watched(socket):
                    tries = 0
                    self._tell(troubles(healths))
            except AgentAway:
                tries += 1
            except ValueError as strange:
                tries += 1
                _log.error("the device agent said what makes no sense: %s", type(strange).__name__)
            if tries >= AWAY_AFTER and not self._over.is_set():
                self._tell(None)
            self._over.wait(self._again_after.total_seconds())

    def _watched(self, socket: Path) -> Iterator[Healths]:
        with AgentClient(socket) as agent:
            with self._lock:
                self._agent = agent
            if not self._over.is_set():
                yield from agent.watch()

    def _tell(self, told: tuple[tuple[str, str], ...] | None) -> None:
        if told != self._told:
            self._told = told
            self._dispatch(PrintersTold(told))


def troubles(healths: Healths) -> tuple[tuple[str, str], ...]:
    """Each printer and what keeps slips from coming out, or "", in order; a spare that can stands in."""
    printers = {told.device: told for told in healths.devices if told.kind == "printer"}

    def able(device: str) -> bool:
        return device in printers and printers[device].can_print

    return tuple(
        (device, "" if able(device) or able(told.spare) else _trouble(told))
        for device, told in printers.items()
    )


def _trouble(told: DeviceHealth) -> str:
    """A word of `SlipFailed.reason`."""
    if told.health.get("paper") == "out":
        return "paper_out"
    if told.health.get("cover") == "open":
        return "cover_open"
    gone = told.state == "lost" or told.health.get("error") in {"offline", "hangs"}
    return "offline" if gone else "unknown"
