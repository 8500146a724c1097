"""How the machine's displays, keypads and speakers are: one table that runners write and others watch."""

import threading
from collections.abc import Callable, Mapping

from devices.health import NOT_SEEN, AnyHealth, UnitHealth

Watcher = Callable[[Mapping[str, AnyHealth]], None]


class Conditions:
    """Safe for several threads. `kinds` is device → `display`, `keypad` or `speaker`."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self.kinds = dict(kinds)
        self._lock = threading.Lock()
        self._known: dict[str, UnitHealth] = dict.fromkeys(kinds, NOT_SEEN)
        self._tests: dict[str, tuple[tuple[str, str], ...]] = {}
        self._watchers: list[Watcher] = []

    def changed(self, device: str, health: UnitHealth) -> None:
        """A runner's word; watchers are called on its thread."""
        with self._lock:
            self._known[device] = health
        self._tell()

    def health(self) -> dict[str, AnyHealth]:
        with self._lock:
            return dict(self._known)

    def tested(self, device: str, test: str, result: str) -> None:
        """What came of a test, of any device of the machine: in its health's words from now on."""
        with self._lock:
            self._tests[device] = (("tested", test), ("test_result", result))
        self._tell()

    def words(self, device: str) -> dict[str, str]:
        """What is added to a device's health: the last test."""
        with self._lock:
            return dict(self._tests.get(device, ()))

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Calls `watcher` after each change; returns what ends that."""
        with self._lock:
            self._watchers.append(watcher)

        def stop() -> None:
            with self._lock:
                if watcher in self._watchers:
                    self._watchers.remove(watcher)

        return stop

    def _tell(self) -> None:
        with self._lock:
            watchers = list(self._watchers)
        seen = self.health()
        for watcher in watchers:
            watcher(seen)
