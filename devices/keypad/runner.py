"""One thread for one line of keypads: reads presses, filters bounces, hands on acts, mends what was lost."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

from devices.backoff import BackOff
from devices.health import NOT_SEEN, UnitHealth
from devices.keypad.acts import Act, Pad, pressed
from devices.keypad.ports import Keys
from devices.line import LineDown

_log = logging.getLogger(__name__)

READ_FOR = 0.25
Acted = Callable[[str, Act], None]
Changed = Callable[[str, UnitHealth], None]


class KeypadLine:
    """A runner (`devices.agent.supervisor`). `pads` are the devices of the line by their addresses."""

    kind = "keypad"

    def __init__(
        self,
        name: str,
        keys: Keys,
        pads: Mapping[int, str],
        acted: Acted,
        changed: Changed,
        monotonic: Callable[[], float],
    ) -> None:
        self.name = name
        self._keys, self._pads, self._acted, self._changed = keys, dict(pads), acted, changed
        self._monotonic = monotonic
        self._known: dict[int, Pad] = {}
        self._health = NOT_SEEN
        self._back_off = BackOff()
        self._open = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"keypad-{name}", daemon=True)
        self.beat = monotonic()

    @property
    def devices(self) -> tuple[str, ...]:
        return tuple(self._pads.values())

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self, wait: timedelta) -> None:
        self._stopping.set()
        self._thread.join(wait.total_seconds())

    def give_up(self) -> None:
        """The thread hangs: nothing it still does is told."""
        self._stopping.set()
        self._changed = lambda device, health: None
        self._acted = lambda device, act: None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.beat = self._monotonic()
            try:
                self._listen()
            except LineDown as down:
                self._lost(str(down))
            except Exception:
                _log.exception("the driver failed in a way nobody foresaw: keypad=%s", self.name)
                self._lost("the driver failed")
        self._keys.close()

    def _listen(self) -> None:
        if not self._open:
            self._keys.open()
            self._open, self._back_off = True, self._back_off.succeeded()
            self._say(UnitHealth(reachable=True))
        for press in self._keys.read(READ_FOR):
            if press.address not in self._pads:
                _log.warning(
                    "a key of a keypad that the office file does not know: address=%s", press.address
                )
                continue
            pad, act = pressed(self._known.get(press.address, Pad()), press, self._monotonic())
            self._known[press.address] = pad
            if act is not None:
                self._acted(self._pads[press.address], act)

    def _lost(self, why: str) -> None:
        self._keys.close()
        self._open = False
        self._back_off = self._back_off.failed()
        self._say(UnitHealth(reachable=False, fault="unplugged", detail=why))
        self._stopping.wait(self._back_off.pause)

    def _say(self, health: UnitHealth) -> None:
        if health != self._health:
            self._health = health
            for device in self._pads.values():
                _log.info("device=%s state=%s %s", device, health.state, health.words())
                self._changed(device, health)
