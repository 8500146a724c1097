"""The agent's memory on disk: which jobs were begun and what became of them, so that none prints twice.

One JSON object a line, each on the disk before the next step: a job is begun before the first byte goes to
a printer, ended with its outcome, and no longer owed when the server has replied. A job that was begun and
never ended (the agent was killed in between) ends as `unconfirmed` when the memory is opened again, once.
"""

import fcntl
import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, cast

from devices.ports import Outcome, Reason, Result

_log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=3)
"""A job that needs no reply any more is forgotten after this; by then it has expired."""
_TIDY_AFTER_LINES = 20_000


class InUse(Exception):
    """Another agent keeps its memory in this folder: stop it, or give each agent its own `state_dir`."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One job. `outcome` is None while it is being printed; `owed` while the server has to be told."""

    job: str
    ticket: str
    begun_at: datetime
    owed: bool
    outcome: Outcome | None = None


class Outcomes:
    """Safe for several threads. Every method that changes something raises OSError when the disk fails."""

    def __init__(self, folder: Path, now: datetime) -> None:
        """Raises InUse, and OSError when `folder` cannot be written."""
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "outcomes.jsonl"
        self._mutex = Lock()
        self._claim = os.open(folder / "outcomes.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._claim)
            raise InUse(f"{folder}: {InUse.__doc__}") from error
        self._jobs = _read(self._path)
        for job, known in self._jobs.items():
            if known.outcome is None:
                self._jobs[job] = replace(known, outcome=Outcome("unconfirmed", "agent_restarted"))
        self._lines = 0
        self._torn = False
        self._file = -1
        self._tidy(now)

    def find(self, job: str) -> Remembered | None:
        """What is known of a job; None when it was never begun or refused."""
        with self._mutex:
            return self._jobs.get(job)

    def begin(self, job: str, ticket: str, owed: bool, now: datetime) -> None:
        """To be called before the first byte goes to a printer."""
        with self._mutex:
            self._put(Remembered(job, ticket, now, owed))

    def end(self, job: str, ticket: str, owed: bool, outcome: Outcome, now: datetime) -> Remembered:
        """The one outcome of a job, begun or refused. A job that has one keeps it, and it is returned."""
        with self._mutex:
            known = self._jobs.get(job)
            if known is not None and known.outcome is not None:
                return known
            ended = Remembered(job, ticket, known.begun_at if known else now, owed, outcome)
            self._put(ended)
            if self._lines > _TIDY_AFTER_LINES:
                try:
                    self._tidy(now)
                except OSError as error:  # this outcome is on the disk; the next one tries again
                    _log.error("the agent's memory is not tidied: %s", error.strerror)
            return ended

    def paper_is_out(self, ticket: str) -> bool:
        """Whether paper of this ticket may have come out already, whole or half: the next is marked so."""
        with self._mutex:
            return any(
                known.ticket == ticket
                and known.outcome is not None
                and (known.outcome.result != "failed" or known.outcome.partial)
                for known in self._jobs.values()
            )

    def owe(self, job: str) -> None:
        """The server asks for this job's outcome (again)."""
        self._mark(job, True)

    def replied(self, job: str) -> None:
        """The server has taken the outcome."""
        self._mark(job, False)

    def owed(self) -> tuple[Remembered, ...]:
        """Outcomes that the server has not taken yet, oldest first."""
        with self._mutex:
            return tuple(known for known in self._jobs.values() if known.owed and known.outcome is not None)

    def close(self) -> None:
        """Lets another agent use the folder."""
        with self._mutex:
            if self._file >= 0:
                os.close(self._file)
                os.close(self._claim)
                self._file = -1

    def _mark(self, job: str, owed: bool) -> None:
        with self._mutex:
            known = self._jobs.get(job)
            if known is not None and known.owed is not owed:
                self._put(replace(known, owed=owed))

    def _put(self, job: Remembered) -> None:
        """In memory first, so that a full disk forgets nothing while the agent lives."""
        self._jobs[job.job] = job
        line, self._torn = (b"\n" if self._torn else b"") + _line(job), True
        _write(self._file, line)
        self._torn = False
        self._lines += 1

    def _tidy(self, now: datetime) -> None:
        """Writes the file anew with only what is still needed; the old one stays whole until then."""
        self._jobs = {
            job: known
            for job, known in self._jobs.items()
            if known.owed or known.outcome is None or now - known.begun_at < KEPT_FOR
        }
        part = self._path.with_suffix(".new")
        file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            _write(file, b"".join(_line(known) for known in self._jobs.values()))
            part.replace(self._path)
        except OSError:
            os.close(file)
            raise
        if self._file >= 0:
            os.close(self._file)
        self._file = file
        self._lines = len(self._jobs)
        self._torn = False
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]
    os.fsync(file)


def _line(job: Remembered) -> bytes:
    fields = asdict(job) | {"begun_at": job.begun_at.astimezone(UTC).isoformat()}
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"


def _read(path: Path) -> dict[str, Remembered]:
    """The last line of each job wins; a line torn by a power cut counts as not written."""
    jobs: dict[str, Remembered] = {}
    if not path.exists():
        return jobs
    for raw in path.read_bytes().split(b"\n"):
        try:
            known = _remembered(json.loads(raw))
        except (ValueError, KeyError, TypeError):
            continue
        jobs[known.job] = known
    return jobs


def _remembered(fields: dict[str, Any]) -> Remembered:
    said = fields["outcome"]
    outcome = said and Outcome(
        cast(Result, said["result"]),
        cast(Reason, said["reason"]),
        bool(said.get("partial", False)),
        str(said.get("printer", "")),
    )
    return Remembered(
        str(fields["job"]),
        str(fields["ticket"]),
        datetime.fromisoformat(fields["begun_at"]),
        bool(fields["owed"]),
        outcome or None,
    )
