"""A newcomer's correction, carried on: what those who already wait are told anew.

What past days taught corrects a newcomer's wait (waits.ours); the Monte Carlo that times those who wait knows
the hall alone. How far the two were apart when a ticket came says how far the Monte Carlo is likely to be off
for it later: half of that distance, in logarithms, is kept (measured in docs/waits-evaluate.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from queue_server.domain.ids import TicketId
from queue_server.waits.log import Floats

KEPT = 0.5


@dataclass(frozen=True, slots=True)
class Carried:
    """A factor on the wait to come plus `floor_s`, for each ticket that has one."""

    floor_s: float = 0.0
    factors: Mapping[TicketId, float] = field(default_factory=dict)

    def on(self, called: Floats, tickets: Sequence[TicketId]) -> Floats:
        """Runs × seconds until the call, the first columns those of `tickets`; inf stays inf."""
        factors = np.ones(called.shape[1])
        factors[: len(tickets)] = [self.factors.get(ticket, 1.0) for ticket in tickets]
        found: Floats = np.maximum((called + self.floor_s) * factors - self.floor_s, 0.0)
        return np.where(factors == 1.0, called, found)


def factor(corrected_s: float, plain_s: float, floor_s: float) -> float:
    """Of a newcomer who was told `corrected_s` where the Monte Carlo said `plain_s`; `floor_s` above 0."""
    return float(((corrected_s + floor_s) / (plain_s + floor_s)) ** KEPT)
