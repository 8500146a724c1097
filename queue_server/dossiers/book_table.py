"""PURE: the life of a dossier in the office's own book as one table; a pair that is not here is refused."""

from collections.abc import Mapping
from enum import StrEnum

from queue_server.dossiers.dossier import Status


class Stage(StrEnum):
    """Where a dossier is."""

    AT_DESK = "at_desk"
    AT_UNIT = "at_unit"
    BACK = "back"
    """Come back to the desk from the unit; the result is not yet announced."""
    SUPPLEMENT = "supplement"
    FEE = "fee"
    WITHDRAWAL = "withdrawal"
    READY = "ready"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    STOPPED = "stopped"


class Kind(StrEnum):
    """What moves a dossier, and what changes its sheet without moving it."""

    RECEIVED = "received"
    FORWARDED = "forwarded"
    CAME_BACK = "came_back"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLIED = "supplied"
    FEE_SET = "fee_set"
    FEE_PAID = "fee_paid"
    REFUSED = "refused"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    WITHDRAWAL_DROPPED = "withdrawal_dropped"
    WITHDRAWN = "withdrawn"
    RESULT_READY = "result_ready"
    RESULT_RETURNED = "result_returned"
    CORRECTED = "corrected"
    """A supervisor put what was written right; the stage stays."""
    UNDONE = "undone"
    """A supervisor took the last movement back, with a reason; both stay in the book."""


WAITING = frozenset({Stage.SUPPLEMENT, Stage.FEE, Stage.WITHDRAWAL})
"""Stages that remember the one before them."""
RESUME = None
"""In the table: back to the stage that was remembered."""

_S, _K = Stage, Kind
_ENDS: Mapping[Kind, Stage | None] = {_K.REFUSED: _S.STOPPED, _K.WITHDRAWN: _S.STOPPED}
_ASKS: Mapping[Kind, Stage | None] = {
    _K.SUPPLEMENT_ASKED: _S.SUPPLEMENT,
    _K.FEE_SET: _S.FEE,
    _K.WITHDRAWAL_ASKED: _S.WITHDRAWAL,
}

TABLE: Mapping[Stage, Mapping[Kind, Stage | None]] = {
    _S.AT_DESK: {
        _K.FORWARDED: _S.AT_UNIT,
        **_ASKS,
        _K.FEE_PAID: _S.AT_DESK,
        _K.RESULT_READY: _S.READY,
        _K.REFUSED: _S.NOT_ACCEPTED,
        _K.WITHDRAWN: _S.STOPPED,
    },
    _S.AT_UNIT: {
        _K.CAME_BACK: _S.BACK,
        _K.FORWARDED: _S.AT_UNIT,
        **_ASKS,
        _K.FEE_PAID: _S.AT_UNIT,
        **_ENDS,
    },
    _S.BACK: {
        _K.RESULT_READY: _S.READY,
        _K.FORWARDED: _S.AT_UNIT,
        **_ASKS,
        _K.FEE_PAID: _S.BACK,
        **_ENDS,
    },
    _S.SUPPLEMENT: {
        _K.SUPPLIED: RESUME,
        _K.FEE_PAID: _S.SUPPLEMENT,
        _K.WITHDRAWAL_ASKED: _S.WITHDRAWAL,
        **_ENDS,
    },
    _S.FEE: {_K.FEE_PAID: RESUME, _K.WITHDRAWAL_ASKED: _S.WITHDRAWAL, **_ENDS},
    _S.WITHDRAWAL: {_K.WITHDRAWN: _S.STOPPED, _K.WITHDRAWAL_DROPPED: RESUME},
    _S.READY: {_K.RESULT_RETURNED: _S.RETURNED, _K.FEE_PAID: _S.READY},
    _S.RETURNED: {},
    _S.NOT_ACCEPTED: {},
    _S.STOPPED: {},
}

SHORT_CUTS: Mapping[tuple[Stage, Kind], tuple[Kind, ...]] = {
    (_S.AT_UNIT, _K.RESULT_READY): (_K.CAME_BACK, _K.RESULT_READY),
    (_S.AT_DESK, _K.RESULT_RETURNED): (_K.RESULT_READY, _K.RESULT_RETURNED),
    (_S.BACK, _K.RESULT_RETURNED): (_K.RESULT_READY, _K.RESULT_RETURNED),
}
"""One press that makes several movements, such as a result handed over on the spot."""

STATUS: Mapping[Stage, Status] = {
    _S.AT_DESK: Status.ACCEPTED,
    _S.AT_UNIT: Status.IN_WORK,
    _S.BACK: Status.IN_WORK,
    _S.SUPPLEMENT: Status.SUPPLEMENT_ASKED,
    _S.FEE: Status.FEE_ASKED,
    _S.WITHDRAWAL: Status.WITHDRAWAL_ASKED,
    _S.READY: Status.RESULT_READY,
    _S.RETURNED: Status.RETURNED,
    _S.NOT_ACCEPTED: Status.NOT_ACCEPTED,
    _S.STOPPED: Status.STOPPED,
}
"""Each stage as one of the ten national statuses. REGISTERED is before the book: it is never entered here."""

ENDED = frozenset({_S.RETURNED, _S.NOT_ACCEPTED, _S.STOPPED})


def possible(stage: Stage) -> tuple[Kind, ...]:
    """What may be done now, short cuts too, in the order of Kind."""
    direct = set(TABLE[stage]) | {kind for at, kind in SHORT_CUTS if at is stage}
    return tuple(kind for kind in Kind if kind in direct)
