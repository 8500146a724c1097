"""The owner of a machine's printers: every job is printed at most once and has exactly one outcome."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from devices.agent.outcomes import Outcomes
from devices.agent.worker import LEASE, LOOK_EVERY, LOOK_LEASE, PrinterWorker, Task, printed
from devices.health import Health
from devices.ports import Monotonic, Now, Outcome, Reason, SlipPrinter
from devices.receipts.slips import SlipArtist
from queue_server.contract.states import PrintJob
from queue_server.contract.values import expired

_log = logging.getLogger(__name__)

DEFAULT = "default"
"""Names the first printer of the machine."""

HANDED_ON: frozenset[Reason] = frozenset({"paper_out", "cover_open", "offline", "timeout"})
"""Why a spare printer takes a job over."""

Tell = Callable[[str, Outcome], None]
"""(job id, its outcome). Called once for each time the job was asked for; must not raise or block."""
Watcher = Callable[[Mapping[str, Health]], None]
Artist = Callable[[], SlipArtist]


class PrintService:
    """Takes jobs from the socket and the broker alike. Safe for several threads."""

    def __init__(
        self,
        printers: Mapping[str, SlipPrinter],
        outcomes: Outcomes,
        artist: Artist,
        now: Now,
        look_every: timedelta = LOOK_EVERY,
        *,
        spares: Mapping[str, str] | None = None,
        reopen: Callable[[str], SlipPrinter] | None = None,
        monotonic: Monotonic = lambda: 0.0,
        lease: timedelta = LEASE,
        look_lease: timedelta = LOOK_LEASE,
    ) -> None:
        """`artist` is called once for each worker thread. `spares` is printer → the one that takes over.

        `reopen` makes a fresh driver for a printer whose driver hangs longer than its `lease`.
        """
        self._spares = dict(spares or {})
        self._outcomes = outcomes
        self._now = now
        self._artist = artist
        self._lock = threading.RLock()
        self._waiting: dict[str, tuple[bool, list[Tell]]] = {}
        self._watchers: list[Watcher] = []
        self._drawing = threading.local()
        self._workers = {
            device: PrinterWorker(
                device,
                printer,
                self._worker(device),
                self._health_changed,
                look_every,
                reopen=_fresh(reopen, device),
                monotonic=monotonic,
                lease=lease,
                look_lease=look_lease,
            )
            for device, printer in printers.items()
        }

    def start(self) -> None:
        """Starts looking after the printers; returns at once."""
        for worker in self._workers.values():
            worker.start()

    def stop(self, wait: timedelta = timedelta(milliseconds=500)) -> None:
        """Ends within about `wait`. A job in hand that takes longer ends as `agent_restarted` next time."""
        for worker in self._workers.values():
            worker.stop(wait / max(1, len(self._workers)))

    @property
    def devices(self) -> tuple[str, ...]:
        return tuple(self._workers)

    @property
    def spares(self) -> dict[str, str]:
        """Printer → the one that takes over."""
        return dict(self._spares)

    def health(self) -> dict[str, Health]:
        """Each printer's health as last seen."""
        return {device: worker.health for device, worker in self._workers.items()}

    def mend(self) -> tuple[str, ...]:
        """Restarts the printers whose drivers hang; their names. The job in hand ends as unconfirmed."""
        hanging = tuple(device for device, worker in self._workers.items() if worker.hangs())
        for device in hanging:
            _log.error("the driver hangs and is given up: device=%s", device)
            task = self._workers[device].restart()
            if task is not None:
                self._finish(task.job, Outcome("unconfirmed", "timeout"))
        return hanging

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Calls `watcher` with everything after each change; returns what ends that."""
        with self._lock:
            self._watchers.append(watcher)
        return lambda: self._unwatch(watcher)

    def submit(self, job: PrintJob, owed: bool, tell: Tell) -> None:
        """Prints `job`, unless it was asked for before: then its first outcome is told again.

        `owed` is true when the server has to be told; the outcome is kept until it has replied.
        """
        with self._lock:
            known = self._outcomes.find(job.id)
            if known is not None and known.outcome is not None:
                if owed:
                    self._owe(job.id)
                outcome: Outcome | None = known.outcome
            elif job.id in self._waiting:
                was_owed, others = self._waiting[job.id]
                self._waiting[job.id] = (was_owed or owed, [*others, tell])
                return
            else:
                outcome = self._queue(job, owed, tell)
        if outcome is not None:
            tell(job.id, outcome)

    def _owe(self, job: str) -> None:
        try:
            self._outcomes.owe(job)
        except OSError:
            _log.exception("that the server asks for an outcome cannot be written to disk: job=%s", job)

    def _queue(self, job: PrintJob, owed: bool, tell: Tell) -> Outcome | None:
        """None when the job is on its way, else why it is refused."""
        device = self._named(job)
        if expired(job.expires_at, self._now()):
            return self._ended(job, owed, Outcome("failed", "expired"))
        if device not in self._workers:
            return self._ended(job, owed, Outcome("failed", "unknown_printer"))
        self._waiting[job.id] = (owed, [tell])
        self._workers[self._able(device)].submit(Task(job))
        return None

    def _able(self, device: str) -> str:
        """The spare at once for a printer that is known to be away; for any other trouble it is tried."""
        spare = self._spares.get(device, "")
        away = self._workers[device].health.fault in ("offline", "hangs")
        return spare if away and spare in self._workers and self._workers[spare].health.can_print else device

    def _worker(self, device: str) -> Callable[[SlipPrinter, Task], None]:
        return lambda printer, task: self._work(device, printer, task)

    def _work(self, device: str, printer: SlipPrinter, task: Task) -> None:
        job = task.job
        outcome = self._print(printer, job, half_out=task.first is not None and task.first.partial)
        spare = self._spares.get(device, "")
        if outcome.result == "failed" and outcome.reason in HANDED_ON:
            tried = (*task.tried, device)
            first = task.first or outcome
            first = replace(first, partial=first.partial or outcome.partial)
            if spare in self._workers and spare not in tried:
                _log.warning("job=%s device=%s %s: %s takes over", job.id, device, outcome.reason, spare)
                self._workers[spare].submit(Task(job, tried, first))
                return
            outcome = first
        elif device != self._named(job):
            outcome = replace(outcome, printer=device)
        self._finish(job, outcome)

    def _named(self, job: PrintJob) -> str:
        return next(iter(self._workers), "") if job.printer == DEFAULT else job.printer

    def _finish(self, job: PrintJob, outcome: Outcome) -> None:
        with self._lock:
            if job.id not in self._waiting:
                return
            owed, waiting = self._waiting[job.id]
            outcome = self._ended(job, owed, outcome)
            del self._waiting[job.id]
        _log.info("job=%s outcome=%s reason=%s", job.id, outcome.result, outcome.reason or "-")
        for tell in waiting:
            tell(job.id, outcome)

    def _print(self, printer: SlipPrinter, job: PrintJob, half_out: bool) -> Outcome:
        if expired(job.expires_at, self._now()):
            return Outcome("failed", "expired")
        slip = job.slip
        if not slip.reprint and (half_out or self._outcomes.paper_is_out(job.ticket)):
            slip = slip.model_copy(update={"reprint": True})
        try:
            image = self._own_artist().image(slip, printer.dots)
        except (OSError, ValueError):
            _log.exception("this slip cannot be drawn: job=%s", job.id)
            return Outcome("failed", "bad_slip")
        try:
            with self._lock:
                if job.id not in self._waiting:
                    return Outcome("unconfirmed", "timeout")
                self._outcomes.begin(job.id, job.ticket, self._waiting[job.id][0], self._now())
        except OSError:
            _log.exception("nothing is printed that cannot be remembered: job=%s", job.id)
            return Outcome("failed", "storage_failed")
        return printed(printer, image, job.id)

    def _ended(self, job: PrintJob, owed: bool, outcome: Outcome) -> Outcome:
        """Remembers the outcome; with a full disk in memory only, and then a crash makes it unconfirmed."""
        try:
            known = self._outcomes.end(job.id, job.ticket, owed, outcome, self._now())
        except OSError:
            _log.exception("the outcome cannot be written to disk: job=%s", job.id)
            return outcome
        return known.outcome or outcome

    def _own_artist(self) -> SlipArtist:
        if not hasattr(self._drawing, "artist"):
            self._drawing.artist = self._artist()
        artist: SlipArtist = self._drawing.artist
        return artist

    def _health_changed(self, device: str, health: Health) -> None:
        with self._lock:
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher(self.health())

    def _unwatch(self, watcher: Watcher) -> None:
        with self._lock:
            if watcher in self._watchers:
                self._watchers.remove(watcher)


def _fresh(reopen: Callable[[str], SlipPrinter] | None, device: str) -> Callable[[], SlipPrinter] | None:
    return None if reopen is None else lambda: reopen(device)
