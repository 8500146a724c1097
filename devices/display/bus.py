"""One thread for one bus of displays: shows what is wanted, looks after each display, mends what was lost."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from devices.backoff import BackOff
from devices.display.ports import Displays, NoAnswer, Refused, Report, Shown
from devices.display.wishes import Wishes
from devices.health import NOT_SEEN, UnitHealth
from devices.line import LineDown

_log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds between looks at a display that is well."""
MISSED_IS_LOST = 2
"""A display that misses this many answers in a row is lost; one that is told so often in vain is at fault."""
Changed = Callable[[str, UnitHealth], None]


@dataclass
class _Unit:
    device: str
    address: int
    sent: Shown | None = None
    """What it was last known to show; None: it has to be told anew."""
    missed: int = 0
    in_vain: int = 0
    """How often in a row it was told and then said that it shows something else."""
    look_at: float = 0.0
    back_off: BackOff = field(default_factory=lambda: BackOff(0.5, 4.0))
    health: UnitHealth = NOT_SEEN


class DisplayBus:
    """A runner (`devices.agent.supervisor`). `units` are (device, address) pairs of one bus."""

    kind = "display"

    def __init__(
        self,
        name: str,
        displays: Displays,
        units: Sequence[tuple[str, int]],
        wishes: Wishes,
        changed: Changed,
        monotonic: Callable[[], float],
        look_every: float = LOOK_EVERY,
    ) -> None:
        self.name = name
        self._displays, self._wishes, self._changed = displays, wishes, changed
        self._monotonic, self._look_every = monotonic, look_every
        self._units = [_Unit(device, address) for device, address in units]
        self._line = BackOff()
        self._open = False
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"bus-{name}", daemon=True)
        self.beat = monotonic()

    @property
    def devices(self) -> tuple[str, ...]:
        return tuple(unit.device for unit in self._units)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._wishes.wake_by(self._wake)
        self._thread.start()

    def stop(self, wait: timedelta) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join(wait.total_seconds())

    def give_up(self) -> None:
        """The thread hangs: nothing it still does is told."""
        self._stopping.set()
        self._changed = lambda device, health: None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.beat = self._monotonic()
            self._wake.clear()
            try:
                pause = self._round()
            except LineDown as down:
                pause = self._line_lost(str(down))
            except Exception:
                _log.exception("the driver failed in a way nobody foresaw: bus=%s", self.name)
                pause = self._line_lost("the driver failed")
            self._wake.wait(pause)
        self._displays.close()

    def _line_lost(self, why: str) -> float:
        self._displays.close()
        self._open = False
        self._line = self._line.failed()
        for unit in self._units:
            unit.sent = None
            self._say(unit, UnitHealth(reachable=False, fault="unplugged", detail=why))
        return self._line.pause

    def _round(self) -> float:
        """One turn over all displays; how many seconds nothing is due then. Raises LineDown."""
        if not self._open:
            self._displays.open()
            self._open, self._line = True, self._line.succeeded()
            for unit in self._units:
                unit.look_at = 0.0
        for unit in self._units:
            if self._stopping.is_set():
                break
            self.beat = self._monotonic()
            wanted = self._wishes.of(unit.device)
            well = max(unit.missed, unit.in_vain) < MISSED_IS_LOST
            if unit.look_at <= self.beat or (wanted != unit.sent and well):
                self._turn(unit, wanted)
        due = min(unit.look_at for unit in self._units) - self._monotonic()
        return min(max(due, 0.0), self._look_every)

    def _turn(self, unit: _Unit, wanted: Shown) -> None:
        try:
            if wanted != unit.sent:
                self._displays.show(unit.address, wanted)
                unit.sent = wanted
            report = self._displays.ask(unit.address)
        except NoAnswer as silence:
            self._missed(unit, str(silence))
            return
        except Refused as refused:
            unit.look_at = self._monotonic() + self._look_every
            self._say(unit, UnitHealth(reachable=True, fault="refused", detail=str(refused)))
            return
        unit.missed = 0
        if report.shown is not None and not _same(report.shown, wanted):
            self._shows_another(unit, report)
            return
        unit.in_vain, unit.back_off = 0, unit.back_off.succeeded()
        unit.look_at = self._monotonic() + self._look_every
        self._say(unit, _health(report, unit.address))

    def _shows_another(self, unit: _Unit, report: Report) -> None:
        """It has been switched off and on and is told anew in the next turn; or it does not do as told."""
        unit.sent = None
        unit.in_vain += 1
        if unit.in_vain < MISSED_IS_LOST:
            unit.look_at = self._monotonic() + 0.05
            self._say(unit, _health(report, unit.address))
            return
        unit.back_off = unit.back_off.failed()
        unit.look_at = self._monotonic() + unit.back_off.pause
        detail = "it shows something else than it is told"
        self._say(unit, UnitHealth(reachable=True, fault="refused", detail=detail))

    def _missed(self, unit: _Unit, why: str) -> None:
        unit.missed += 1
        unit.sent = None
        if unit.missed < MISSED_IS_LOST:
            unit.look_at = 0.0
            return
        unit.back_off = unit.back_off.failed()
        unit.look_at = self._monotonic() + unit.back_off.pause
        facts = (("address", str(unit.address)),)
        self._say(unit, UnitHealth(reachable=False, fault="no_answer", detail=why, facts=facts))

    def _say(self, unit: _Unit, health: UnitHealth) -> None:
        if health != unit.health:
            unit.health = health
            _log.info("device=%s state=%s %s", unit.device, health.state, health.words())
            self._changed(unit.device, health)


def _same(seen: Shown, wanted: Shown) -> bool:
    """A test pattern is a test pattern whatever text lies under it; a dark display has no text."""
    if seen.test or wanted.test:
        return seen.test == wanted.test
    return (seen.text, seen.blink if seen.text else False, seen.brightness) == (
        wanted.text,
        wanted.blink if wanted.text else False,
        wanted.brightness,
    )


def _health(report: Report, address: int) -> UnitHealth:
    facts = [("address", str(address)), ("firmware", report.firmware)]
    return UnitHealth(reachable=True, fault=report.fault, facts=tuple(fact for fact in facts if fact[1]))
