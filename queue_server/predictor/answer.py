"""The estimator's answer to one question: the Monte Carlo's, newcomers corrected by the model."""

from dataclasses import dataclass, replace

import numpy as np

from queue_server.domain.ids import ServiceId
from queue_server.domain.ticket import Told
from queue_server.predictor.question import Now, Question
from queue_server.waits.conformal import Range
from queue_server.waits.estimate import estimate, in_minutes
from queue_server.waits.model import Model
from queue_server.waits.snapshot import Estimate
from queue_server.waits.today import newcomers

MADE_BY = "gb1"
"""Monte Carlo, corrected by boosted trees."""


@dataclass(slots=True)
class Estimator:
    """`answer` questions one after another. Not thread-safe."""

    model: Model | None = None
    wrong: str = ""
    """Why the last correction failed; the plain estimate stood in."""

    def answer(self, question: Question) -> Estimate:
        """A correction that fails leaves the plain estimate as it is."""
        if question.forget:
            self.model = None
        if question.model is not None:
            self.model = question.model
        plain = estimate(question.snapshot, np.random.default_rng(question.seed))
        if self.model is None or question.now is None or not self.model.taught.proof.better:
            return plain
        try:
            corrected = _corrected(self.model, question.now, plain)
        except (ValueError, IndexError, KeyError, FloatingPointError) as problem:
            self.wrong = str(problem)
            return plain
        self.wrong = ""
        return replace(plain, newcomers={**plain.newcomers, **corrected})


def _corrected(model: Model, now: Now, plain: Estimate) -> dict[ServiceId, Told]:
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
    return {service: told_of(one, MADE_BY) for service, one in zip(asked, found, strict=True)}


def told_of(found: Range, made_by: str) -> Told:
    """Seconds in, whole minutes out."""
    low, median, promise, high = (
        seconds / 60 for seconds in (found.low, found.median, found.promise, found.high)
    )
    return in_minutes(low, median, high, promise, made_by)
