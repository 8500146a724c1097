"""What the server asks its estimator: the hall now, and today's rows where there is a model to correct by."""

from dataclasses import dataclass

from queue_server.domain.office_calling import Calling
from queue_server.waits.model import Model
from queue_server.waits.rows import Rows
from queue_server.waits.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Now:
    """Today until `at_s` seconds after the local midnight of `day` (an ordinal)."""

    rows: Rows
    at_s: float
    day: int
    calling: Calling


@dataclass(frozen=True, slots=True)
class Question:
    """`model`: learnt anew, to be kept for this and later questions; `forget`: what is kept is void."""

    snapshot: Snapshot
    seed: int
    now: Now | None = None
    model: Model | None = None
    forget: bool = False
