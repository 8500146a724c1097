"""The simple rules others use or could use, as functions of what was known: what ours is measured against.

The simplest of all, the mean wait of the past, needs no function.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CONFIGURED_S = 12 * 60.0
"""eappointment's configured time per ticket (Munich)."""
LOWEST_SHARE = 0.8
"""eappointment's "optimistic" end, as a share of its estimate."""


def queue_length(ahead: Floats, service_s: Floats, counters: Floats) -> Floats:
    """(ahead + 1) × service time ÷ counters (Ibrahim and Whitt 2009, QL); at least one counter."""
    found: Floats = (ahead + 1) * service_s / np.maximum(counters, 1.0)
    return found


def last_to_enter_service(les: Floats, usual_s: Floats) -> Floats:
    """LES: the wait of the last called; before a day's first call the usual one."""
    return np.where(np.isnan(les), usual_s, les)


def head_of_line(hol: Floats) -> Floats:
    """HOL: how long the one who waits longest has waited; 0 where nobody waits."""
    return hol


def eappointment(
    ahead: Floats, counters: Floats, configured_s: float = CONFIGURED_S
) -> tuple[Floats, Floats]:
    """(optimistic, estimate): position × configured time ÷ counters, the first 0.8 times the second."""
    estimate: Floats = (ahead + 1) * configured_s / np.maximum(counters, 1.0)
    return LOWEST_SHARE * estimate, estimate
