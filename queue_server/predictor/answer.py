"""The estimator's answer to one question: the Monte Carlo's, newcomers corrected by the model.

Those who wait keep half of the correction that held when they came (waits.carried).
"""

from dataclasses import dataclass, field, replace

import numpy as np

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Told
from queue_server.predictor.question import Now, Question
from queue_server.waits.carried import Carried, factor
from queue_server.waits.conformal import Range
from queue_server.waits.estimate import estimate, in_minutes
from queue_server.waits.model import Model
from queue_server.waits.snapshot import Estimate, Snapshot
from queue_server.waits.today import newcomers

MADE_BY = "gb1"
"""Monte Carlo, corrected by boosted trees."""


Place = tuple[TicketId, ServiceId]
"""A ticket in a queue of a service; after a transfer it has come anew."""


@dataclass(slots=True)
class Estimator:
    """`answer` questions one after another. Not thread-safe."""

    model: Model | None = None
    wrong: str = ""
    """Why the last correction failed; the plain estimate stood in."""
    _now: dict[ServiceId, float] = field(default_factory=dict)
    """What a newcomer of each service would carry on, as of the last question."""
    _carried: dict[Place, float] = field(default_factory=dict)

    def answer(self, question: Question) -> Estimate:
        """A correction that fails leaves the plain estimate as it is."""
        if question.forget:
            self.model = None
        if question.model is not None:
            self.model = question.model
        model, snapshot = self.model, question.snapshot
        if model is None or question.now is None or not model.taught.proof.better:
            self._now, self._carried = {}, {}
            return estimate(snapshot, np.random.default_rng(question.seed))
        floor_s = model.taught.corrector.floor
        self._carried = self._carried_on(snapshot)
        carried = Carried(floor_s, {ticket: kept for (ticket, _), kept in self._carried.items()})
        plain = estimate(snapshot, np.random.default_rng(question.seed), carried=carried)
        try:
            found = _corrected(model, question.now, plain)
        except (ValueError, IndexError, KeyError, FloatingPointError) as problem:
            self.wrong = str(problem)
            return plain
        self.wrong = ""
        self._now = {
            service: factor(one.median, plain.newcomers_s[service], floor_s) for service, one in found.items()
        }
        corrected = {service: told_of(one, MADE_BY) for service, one in found.items()}
        return replace(plain, newcomers={**plain.newcomers, **corrected})

    def _carried_on(self, snapshot: Snapshot) -> dict[Place, float]:
        """Of everyone in an ordinary queue: what held when they came to it, or were first seen there."""
        found: dict[Place, float] = {}
        for ticket in snapshot.tickets:
            queue = snapshot.queues[ticket.queue]
            place = ticket.id, queue.service
            if place in self._carried:
                found[place] = self._carried[place]
            elif queue.service_class is ServiceClass.ORDINARY and queue.service in self._now:
                found[place] = self._now[queue.service]
        return found


def _corrected(model: Model, now: Now, plain: Estimate) -> dict[ServiceId, Range]:
    """Of services that the model knows and the plain estimate has a wait for."""
    place = {name: n for n, (_, name) in enumerate(model.names.services)}
    asked = [service for service in plain.newcomers if str(service) in place]
    told = [(row, shown) for row, shown, made_by in now.rows.told if made_by == MADE_BY]
    found = newcomers(
        model,
        now.calling,
        now.rows.log,
        now.at_s,
        now.day,
        [place[str(service)] for service in asked],
        told,
    )
    return dict(zip(asked, found, strict=True))


def told_of(found: Range, made_by: str) -> Told:
    """Seconds in, whole minutes out."""
    low, median, promise, high = (
        seconds / 60 for seconds in (found.low, found.median, found.promise, found.high)
    )
    return in_minutes(low, median, high, promise, made_by)
