"""One thread for one printer: prints its jobs in order and looks after its health in between."""

import logging
import queue
import threading
from collections.abc import Callable
from datetime import timedelta

from PIL import Image

from devices.health import LOST, Health
from devices.ports import Outcome, SlipPrinter
from queue_server.contract.states import PrintJob

_log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=1.5)
LONGEST_BACK_OFF = timedelta(seconds=12)

Draw = Callable[[PrintJob, int], Image.Image]


class PrinterWorker:
    """Owns one `SlipPrinter`. `work` gets each job on this thread, and the printer to print it with."""

    def __init__(
        self,
        device: str,
        printer: SlipPrinter,
        work: Callable[[SlipPrinter, PrintJob], None],
        changed: Callable[[str, Health], None],
        look_every: timedelta = LOOK_EVERY,
    ) -> None:
        self.device = device
        self._printer = printer
        self._work = work
        self._changed = changed
        self._look_every = look_every.total_seconds()
        self._pause = self._look_every
        self._jobs: queue.SimpleQueue[PrintJob | None] = queue.SimpleQueue()
        self._health = Health(reachable=False)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer-{device}", daemon=True)

    @property
    def health(self) -> Health:
        """As last seen; not reachable until the first look."""
        return self._health

    def start(self) -> None:
        self._thread.start()

    def submit(self, job: PrintJob) -> None:
        """Queues a job; returns at once."""
        self._jobs.put(job)

    def stop(self, wait: timedelta) -> None:
        """Asks the thread to end after the job in hand and waits at most `wait` for it."""
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join(wait.total_seconds())

    def _run(self) -> None:
        self._look()
        while not self._stopping.is_set():
            try:
                job = self._jobs.get(timeout=self._pause)
            except queue.Empty:
                job = None
            if self._stopping.is_set():
                break
            if job is not None:
                self._work(self._printer, job)
            self._look()
        self._printer.close()

    def _look(self) -> None:
        """A lost printer is tried again less and less often, at most every 12 s; a job tries it at once."""
        try:
            seen = self._printer.health()
        except Exception:
            _log.exception("the driver failed in a way nobody foresaw: device=%s", self.device)
            seen = LOST
        longer = min(self._pause * 2, LONGEST_BACK_OFF.total_seconds())
        self._pause = self._look_every if seen.reachable else max(self._look_every, longer)
        if seen != self._health:
            self._health = seen
            _log.info("device=%s state=%s %s", self.device, seen.state, seen.words())
            self._changed(self.device, seen)


def printed(printer: SlipPrinter, image: Image.Image, job: str) -> Outcome:
    """The outcome of one print; a driver that breaks its promise and raises leaves it unconfirmed."""
    try:
        return printer.print_slip(image, job)
    except Exception:
        _log.exception("the driver failed in a way nobody foresaw: job=%s", job)
        printer.close()
        return Outcome("unconfirmed", "no_proof")
