"""Looks after all that runs in the agent: restarts what hangs or has died, and says that it lives."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Protocol

from devices.health import UnitHealth
from devices.ports import Monotonic

_log = logging.getLogger(__name__)

EVERY = 0.5
HANGS_AFTER = 20.0
"""Seconds without a beat. Every runner beats at least every few seconds, a speaker after each sound."""
MOST_GIVEN_UP = 8
"""Threads that hang for good; beyond them the whole agent is better started anew."""


class Runner(Protocol):
    """A thread that looks after some devices: a bus of displays, a line of keypads, a speaker."""

    name: str
    beat: float
    """When it last was alive (monotonic seconds); in the future while it is known to be busy until then."""

    @property
    def devices(self) -> tuple[str, ...]: ...

    @property
    def alive(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self, wait: timedelta) -> None: ...

    def give_up(self) -> None:
        """It hangs: whatever it still does must not be heard. Returns at once."""


class Supervisor:
    """`make` builds a runner anew, with a fresh driver. `beside` is done in every look; it must not block."""

    def __init__(
        self,
        make: Mapping[str, Callable[[], Runner]],
        changed: Callable[[str, UnitHealth], None],
        monotonic: Monotonic,
        beside: Callable[[], None] = lambda: None,
        alive: Callable[[], None] = lambda: None,
        *,
        every: float = EVERY,
        hangs_after: float = HANGS_AFTER,
    ) -> None:
        """`alive` is called after each look in which everything was well or mended: the system's watchdog."""
        self._make, self._changed, self._monotonic = dict(make), changed, monotonic
        self._beside, self._alive = beside, alive
        self._every, self._hangs_after = every, hangs_after
        self._runners = {name: made() for name, made in self._make.items()}
        self.given_up = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        for runner in self._runners.values():
            runner.start()
        self._thread.start()

    def stop(self, wait: timedelta) -> None:
        self._stopping.set()
        self._thread.join(wait.total_seconds())
        for runner in self._runners.values():
            runner.stop(wait / max(1, len(self._runners)))

    def count_given_up(self, more: int) -> None:
        """Others' threads that hang count too."""
        self.given_up += more

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            try:
                self.look()
            except Exception:
                _log.exception("a look at the devices failed")
                continue
            if self.given_up <= MOST_GIVEN_UP:
                self._alive()
            else:
                _log.error("%s threads hang: the watchdog may start this agent anew", self.given_up)

    def look(self) -> None:
        self._beside()
        now = self._monotonic()
        for name, runner in list(self._runners.items()):
            if self._stopping.is_set():
                return
            if runner.alive and now - runner.beat <= self._hangs_after:
                continue
            _log.error("%s: runner=%s", "it hangs" if runner.alive else "it has died", name)
            self.given_up += runner.alive
            runner.give_up()
            for device in runner.devices:
                self._changed(device, UnitHealth(False, "hangs", "the driver hung and was restarted"))
            self._runners[name] = self._make[name]()
            self._runners[name].start()
