"""One thread for one printer: prints its jobs in order and looks after its health in between."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from PIL import Image

from devices.health import LOST, Health
from devices.ports import Listens, Monotonic, Outcome, SlipPrinter
from queue_server.contract.states import PrintJob

_log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=1)
LONGEST_BACK_OFF = timedelta(seconds=12)
LISTEN_EVERY = 0.2
"""Seconds between looks at what a printer has said by itself."""
LEASE = timedelta(seconds=90)
"""A driver that holds a job longer hangs: a slip of 50 kB takes 52 s at 9600 baud, and 6 s to be proven."""
LOOK_LEASE = timedelta(seconds=20)
"""Asking for health takes a few seconds at the worst."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job at one printer. `tried` are printers that could not print it, `first` is why the first not."""

    job: PrintJob
    tried: tuple[str, ...] = ()
    first: Outcome | None = None


@dataclass
class _Hands:
    """What one thread works with; a thread that was given up keeps its own and can harm nobody."""

    printer: SlipPrinter
    task: Task | None = None
    since: float = 0.0
    """When the driver was entered, 0 while it is not (monotonic seconds)."""
    lease: float = 0.0
    given_up: bool = False
    listens: bool = field(default=False)


class PrinterWorker:
    """Owns one `SlipPrinter`. `work` gets each task on this thread, and the printer to print it with."""

    def __init__(
        self,
        device: str,
        printer: SlipPrinter,
        work: Callable[[SlipPrinter, Task], None],
        changed: Callable[[str, Health], None],
        look_every: timedelta = LOOK_EVERY,
        *,
        reopen: Callable[[], SlipPrinter] | None = None,
        monotonic: Monotonic = lambda: 0.0,
        lease: timedelta = LEASE,
        look_lease: timedelta = LOOK_LEASE,
    ) -> None:
        """`reopen` makes a fresh driver after one has hung; without it the old one is used again."""
        self.device = device
        self._work = work
        self._changed = changed
        self._look_every = look_every.total_seconds()
        self._pause = self._look_every
        self._reopen, self._monotonic = reopen, monotonic
        self._lease, self._look_lease = lease.total_seconds(), look_lease.total_seconds()
        self._jobs: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._health = Health(reachable=False)
        self._stopping = threading.Event()
        self._hands = _Hands(printer, listens=isinstance(printer, Listens))
        self._thread = self._made()

    @property
    def health(self) -> Health:
        """As last seen; not reachable until the first look."""
        return self._health

    @property
    def dots(self) -> int:
        return self._hands.printer.dots

    def start(self) -> None:
        self._thread.start()

    def submit(self, task: Task) -> None:
        """Queues a job; returns at once."""
        self._jobs.put(task)

    def stop(self, wait: timedelta) -> None:
        """Asks the thread to end after the job in hand and waits at most `wait` for it."""
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join(wait.total_seconds())

    def hangs(self) -> bool:
        """Whether the driver has been at it for longer than its lease."""
        hands = self._hands
        return hands.since > 0 and self._monotonic() - hands.since > hands.lease

    def restart(self) -> Task | None:
        """Gives the hanging thread up and starts another with a fresh driver; the task that was in hand."""
        old, task = self._hands, self._hands.task
        old.given_up = True
        printer = self._reopen() if self._reopen else old.printer
        self._hands = _Hands(printer, listens=isinstance(printer, Listens))
        self._thread = self._made()
        self._seen(Health(reachable=False, fault="hangs"))
        self._thread.start()
        return task

    def _made(self) -> threading.Thread:
        return threading.Thread(
            target=self._run, args=(self._hands,), name=f"printer-{self.device}", daemon=True
        )

    def _run(self, hands: _Hands) -> None:
        self._look(hands)
        waited = 0.0
        while not self._stopping.is_set() and not hands.given_up:
            wait = min(LISTEN_EVERY, self._pause - waited) if hands.listens else self._pause
            try:
                task = self._jobs.get(timeout=max(0.0, wait))
            except queue.Empty:
                task = None
            if self._stopping.is_set() or hands.given_up:
                break
            if task is not None:
                self._print(hands, task)
            elif (waited := waited + wait) < self._pause - 0.001:
                self._listen(hands)
                continue
            waited = 0.0
            self._look(hands)
        hands.printer.close()

    def _print(self, hands: _Hands, task: Task) -> None:
        hands.task, hands.lease, hands.since = task, self._lease, self._monotonic()
        self._work(hands.printer, task)
        hands.task, hands.since = None, 0.0

    def _look(self, hands: _Hands) -> None:
        """A lost printer is tried again less and less often, at most every 12 s; a job tries it at once."""
        hands.lease, hands.since = self._look_lease, self._monotonic()
        try:
            seen = hands.printer.health()
        except Exception:
            _log.exception("the driver failed in a way nobody foresaw: device=%s", self.device)
            seen = LOST
        hands.since = 0.0
        if hands.given_up:
            return
        longer = min(self._pause * 2, LONGEST_BACK_OFF.total_seconds())
        self._pause = self._look_every if seen.reachable else max(self._look_every, longer)
        self._seen(seen)

    def _listen(self, hands: _Hands) -> None:
        """What the printer has said by itself is told at once, and looked at in the next look."""
        assert isinstance(hands.printer, Listens)
        try:
            told = hands.printer.news()
        except Exception:
            _log.exception("the driver failed in a way nobody foresaw: device=%s", self.device)
            told = LOST
        if told is not None and not hands.given_up:
            self._seen(told)

    def _seen(self, health: Health) -> None:
        if health != self._health:
            self._health = health
            _log.info("device=%s state=%s %s", self.device, health.state, health.words())
            try:
                self._changed(self.device, health)
            except Exception:
                _log.exception("who watches this printer failed: device=%s", self.device)


def printed(printer: SlipPrinter, image: Image.Image, job: str) -> Outcome:
    """The outcome of one print; a driver that breaks its promise and raises leaves it unconfirmed."""
    try:
        return printer.print_slip(image, job)
    except Exception:
        _log.exception("the driver failed in a way nobody foresaw: job=%s", job)
        printer.close()
        return Outcome("unconfirmed", "no_proof")
