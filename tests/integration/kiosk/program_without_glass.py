"""The whole kiosk but its glass: its program with printers, speaker and window of the test."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import Any, Literal

from devices import clock
from kiosk.config import KioskConfig
from kiosk.main import Program
from kiosk.ports import Present, SessionStore, SlipOutcome
from kiosk.presenters.present import present
from kiosk.session.actions import Touched
from queue_server.contract.states import PrintJob
from queue_server.link.loopback import MemoryBroker
from queue_server.link.ports import Address
from queue_server.speech.phrases import Clip

CONFIG = KioskConfig(Address("127.0.0.1", 1), "thanh-binh", "k1")


class QuietSpeaker:
    """Says everything at once, in silence."""

    def __init__(self) -> None:
        self.said: list[Sequence[Clip]] = []

    def say(self, clips: Sequence[Clip], ended: Callable[[], None]) -> None:
        self.said.append(clips)
        ended()

    def hush(self) -> None:
        """Nothing is playing."""

    def beep(self, sound: Literal["fault"]) -> None:
        """Nobody hears it."""


class BlindWindow:
    """A window without glass: open until it is stopped."""

    def __init__(self) -> None:
        self.speaker = QuietSpeaker()
        self.open, self.closed = threading.Event(), threading.Event()

    def __call__(
        self,
        store: SessionStore,
        present: Present,
        now: Callable[[], datetime],
        on_ready: Callable[[Callable[[], None]], None],
    ) -> int:
        on_ready(self.closed.set)
        self.open.set()
        self.closed.wait()
        return 0


class PaperPrinter:
    """A printer whose outcomes are written down beforehand; then it prints."""

    def __init__(self) -> None:
        self.jobs: list[PrintJob] = []
        self.outcomes: deque[SlipOutcome] = deque()

    def print(self, job: PrintJob) -> SlipOutcome:
        self.jobs.append(job)
        return self.outcomes.popleft() if self.outcomes else SlipOutcome("printed")


class StuckPrinter(PaperPrinter):
    """Still prints when its kiosk is killed."""

    def print(self, job: PrintJob) -> SlipOutcome:
        self.jobs.append(job)
        threading.Event().wait()
        raise AssertionError


class AwayPrinter(PaperPrinter):
    """Its agent starts later than the kiosk."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes.append(SlipOutcome("failed", "offline"))


class Running:
    """A program on a thread, and a person who touches what is shown."""

    def __init__(
        self,
        broker: MemoryBroker,
        soon: Any,
        printer: PaperPrinter | None = None,
        config: KioskConfig = CONFIG,
    ) -> None:
        self.window, self.printer, self.soon = BlindWindow(), printer or PaperPrinter(), soon
        self.program = Program(config, broker.link(), self.printer, self.window)
        self.program.store.subscribe(soon.happened)
        self.code: int | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self.window.open.wait(30)

    def _run(self) -> None:
        self.code = self.program.run()

    @property
    def screen(self) -> str:
        return present(self.program.store.session, clock.now()).name

    def sees(self, screen: str) -> None:
        self.soon.until(lambda: self.screen == screen, f"{screen} (now {self.screen})")

    def touches(self, label: str) -> None:
        """As a person does: not within a third of a second of the screen's appearance."""
        store = self.program.store
        settled = 0.31 - (clock.now() - store.session.arrived_at).total_seconds()
        threading.Event().wait(max(0.0, settled))
        view = present(store.session, clock.now())
        (press,) = [press for press in view.touches if label in {press.label, press.key}]
        store.dispatch(Touched())
        store.dispatch(press.action)

    def ends(self) -> float:
        """Seconds from stop to end."""
        began = monotonic()
        self.program.stop()
        self._thread.join(30)
        assert not self._thread.is_alive()
        return monotonic() - began


def takes_a_number(running: Running) -> None:
    running.sees("home")
    running.touches("Lấy số thứ tự")
    running.touches("Chứng thực")
    running.touches("Không, lấy số thường")
    running.sees("ticket")
