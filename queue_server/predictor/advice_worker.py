"""The handle on the adviser's process: as the estimator's, for slower questions."""

import sys
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from queue_server.advise.day import DayAsked
from queue_server.advise.values import Alert, DayAdvice
from queue_server.advise.watch import NowAsked
from queue_server.predictor.frames import HEAD, framed, length, opened
from queue_server.predictor.worker import Worker, WorkerFailed

COMMAND = (sys.executable, "-m", "queue_server.predictor.advice_process")


@dataclass(frozen=True, slots=True)
class Told:
    """One question, when it was asked, and the seed of its chance."""

    asked: DayAsked | NowAsked
    at: datetime
    seed: int


class AdviceWorker(Worker):
    """`advise` from one thread at a time; `kill` from any."""

    def __init__(self) -> None:
        super().__init__(COMMAND)

    def advise(self, told: Told, within_s: float) -> DayAdvice | tuple[Alert, ...]:
        """Raises WorkerFailed, also when there is no answer within `within_s` seconds."""
        until = monotonic() + within_s
        try:
            self._send(framed(told), until)
            found = opened(self._receive(length(self._receive(HEAD, until)), until))
        except (OSError, ValueError) as problem:
            raise WorkerFailed(f"the adviser is gone: {problem}") from problem
        if isinstance(found, DayAdvice):
            return found
        if not isinstance(found, tuple) or not all(isinstance(one, Alert) for one in found):
            raise WorkerFailed("the adviser answered something else")
        return found
