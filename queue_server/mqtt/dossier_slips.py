"""Slips of dossiers on the way to a printer: exactly one outcome each, and nothing of them in the journal.

What is of a dossier must be forgettable, so these jobs live in memory only: a restart forgets them, the paper
that came out stays out, and the officer is told that the outcome is not known.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from queue_server.contract.states import PrintJob
from queue_server.contract.topics import Topics
from queue_server.contract.values import DossierSlip
from queue_server.engine.ports import Clock
from queue_server.link.ports import Link
from queue_server.mqtt.jobs import AGAIN_AFTER, LIFE

KEPT = timedelta(minutes=10)
"""How long an outcome can be asked for."""
MOST = 500

log = structlog.get_logger("dossiers")


@dataclass(frozen=True, slots=True)
class _Job:
    message: PrintJob
    asked_at: datetime
    told_at: datetime
    outcome: str = "waiting"
    reason: str = ""


class DossierSlips:
    """`ask` from any thread, `look` from the service's, `heard` from the link's."""

    def __init__(self, link: Link, topics: Topics, clock: Clock) -> None:
        self._link, self._topics, self._clock = link, topics, clock
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, id_: str, printer: str, slip: DossierSlip) -> None:
        """Ask for a slip. The same id again is the same slip and is not asked for twice."""
        now = self._clock.now()
        with self._lock:
            if id_ in self._jobs:
                return
            message = PrintJob(id=id_, ticket=id_, printer=printer, slip=slip, expires_at=now + LIFE)
            self._jobs[id_] = _Job(message, now, now)
            while len(self._jobs) > MOST:
                self._jobs.popitem(last=False)
        self._publish(message)
        log.info("slip_asked", kind=slip.kind, printer=printer, job=id_)

    def outcome(self, id_: str) -> tuple[str, str] | None:
        """(waiting, printed, unconfirmed or failed; why), None for a job nobody remembers."""
        with self._lock:
            job = self._jobs.get(id_)
        return (job.outcome, job.reason) if job else None

    def look(self, now: datetime) -> None:
        """Publish again what has no outcome yet, give up what has expired, forget what is old."""
        with self._lock:
            for id_, job in list(self._jobs.items()):
                if now - job.asked_at > KEPT:
                    del self._jobs[id_]
                elif job.outcome == "waiting" and now > job.asked_at + LIFE:
                    self._jobs[id_] = replace(job, outcome="failed", reason="expired")
            due = [
                (id_, job)
                for id_, job in self._jobs.items()
                if job.outcome == "waiting" and now - job.told_at >= AGAIN_AFTER
            ]
            for id_, job in due:
                self._jobs[id_] = replace(job, told_at=now)
        for _, job in due:
            self._publish(job.message)

    def heard(self, id_: str, outcome: str, reason: str) -> bool:
        """An agent's word; whether the job is one of these. Its first word holds, and beats our giving up."""
        with self._lock:
            job = self._jobs.get(id_)
            if job is None:
                return False
            if job.outcome == "waiting" or job.reason == "expired":
                self._jobs[id_] = replace(job, outcome=outcome, reason=reason)
                log.info("slip_outcome", job=id_, outcome=outcome, reason=reason)
        return True

    def _publish(self, message: PrintJob) -> None:
        """With QoS 0, so that no broker keeps it; it is published again until it has its outcome."""
        topic = self._topics.printer_job(message.printer)
        self._link.publish(topic, message.model_dump_json().encode(), qos=0)
