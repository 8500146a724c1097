"""What each display should show now: put by the bridge, read by the buses, kept when a bus is restarted."""

import threading
from collections.abc import Callable

from devices.display.ports import Shown

TEST_LASTS = 5.0
"""Seconds of test pattern."""


class Wishes:
    """Safe for several threads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._wanted: dict[str, Shown] = {}
        self._test_until: dict[str, float] = {}
        self._wake: list[threading.Event] = []

    def put(self, device: str, shown: Shown) -> None:
        with self._lock:
            if self._wanted.get(device) == shown:
                return
            self._wanted[device] = shown
            wake = list(self._wake)
        for event in wake:
            event.set()

    def test(self, device: str) -> None:
        """The test pattern for a few seconds, then what is wanted again."""
        with self._lock:
            self._test_until[device] = self._monotonic() + TEST_LASTS
            wake = list(self._wake)
        for event in wake:
            event.set()

    def of(self, device: str) -> Shown:
        """Dark until something is wanted."""
        with self._lock:
            wanted = self._wanted.get(device, Shown())
            if self._monotonic() < self._test_until.get(device, 0.0):
                return Shown("8" * 8, False, wanted.brightness, True)
            return wanted

    def wake_by(self, event: threading.Event) -> None:
        """From now on `event` is set when something changes."""
        with self._lock:
            self._wake.append(event)
