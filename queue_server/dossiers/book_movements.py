"""PURE: movements of one dossier: decided on what it has been through, and folded into where it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from queue_server.dossiers.book_table import ENDED, SHORT_CUTS, TABLE, WAITING, Kind, Stage

CITIZEN = "@citizen"
"""In place of a unit: the citizen."""
DESK = "@desk"
"""In place of a unit: the desk that received the dossier."""
LONGEST_TEXT = 500
MOST_ITEMS = 12
MOST_DONG = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote with a movement: it may name people, so it is kept apart and forgotten."""

    reason: str = field(default="", repr=False)
    items: tuple[str, ...] = field(default=(), repr=False)
    contact: str = field(default="", repr=False)
    contact_phone: str = field(default="", repr=False)


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a dossier's life; `seq` counts from 1 without gaps. Lines are never changed."""

    seq: int
    kind: Kind
    at: datetime
    by: str
    """The account's opaque id."""
    from_unit: str = DESK
    to_unit: str = DESK
    number: int | None = None
    """Of SUPPLEMENT_ASKED: the running number of its guidance form, given by the store."""
    amount: int | None = None
    """Of FEE_SET, đồng."""
    undoes: int | None = None
    """Of UNDONE: the movement taken back."""
    said: Said = NOTHING_SAID


class No(StrEnum):
    """Why a movement is refused; nothing has changed then."""

    NOT_NOW = "not_now"
    MOVED_SINCE = "moved_since"
    REASON_WANTED = "reason_wanted"
    ITEMS_WANTED = "items_wanted"
    UNIT_WANTED = "unit_wanted"
    AMOUNT_WANTED = "amount_wanted"
    NOTHING_TO_PAY = "nothing_to_pay"
    FEE_UNPAID = "fee_unpaid"
    NOTHING_TO_UNDO = "nothing_to_undo"
    TOO_LONG = "too_long"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer asks for. `expected` is the last movement that he saw."""

    kind: Kind
    expected: int
    unit: str = ""
    amount: int | None = None
    said: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class BookState:
    """Where a dossier is after its movements; `unit` is who has it now, CITIZEN when it was given back."""

    stage: Stage
    last: Movement
    unit: str = DESK
    before: tuple[Stage, ...] = ()
    """Stages to come back to, the latest last."""
    fee: int | None = None
    fee_paid_at: datetime | None = None
    undoable: int | None = None
    """The movement that a supervisor may take back now."""
    supplements: int = 0
    paused: timedelta = timedelta()
    """How long supplements took in all, the open one not counted."""
    asked_at: datetime | None = None
    """When the open supplement was asked for."""

    @property
    def fee_due(self) -> int:
        return 0 if self.fee is None or self.fee_paid_at else self.fee

    @property
    def ended(self) -> bool:
        return self.stage in ENDED


def counted(movements: Sequence[Movement]) -> list[Movement]:
    """The movements that hold: without those taken back, and without the taking back."""
    gone = {m.undoes for m in movements if m.kind is Kind.UNDONE}
    return [m for m in movements if m.seq not in gone and m.kind is not Kind.UNDONE]


def fold(movements: Sequence[Movement]) -> BookState:
    """Where the dossier is. `movements` are all of them in order; the first is RECEIVED."""
    holding = counted(movements)
    first = holding[0]
    state = BookState(Stage.AT_DESK, first, fee=first.amount)
    for movement in holding[1:]:
        state = _step(state, movement)
    return replace(state, last=movements[-1])


def decide(state: BookState, asked: Asked, by: str, now: datetime) -> tuple[Movement, ...] | No:
    """The movements that an officer's wish makes, or why not. Moments never run backwards."""
    refusal = _refusal(state, asked)
    if refusal is not None:
        return refusal
    now = max(now, state.last.at)
    if asked.kind is Kind.UNDONE:
        undoes = state.undoable
        return (Movement(state.last.seq + 1, Kind.UNDONE, now, by, undoes=undoes, said=asked.said),)
    made: list[Movement] = []
    for kind in SHORT_CUTS.get((state.stage, asked.kind), (asked.kind,)):
        said = asked.said if kind is asked.kind else NOTHING_SAID
        movement = replace(_route(state, kind, asked.unit), at=now, by=by, said=said)
        movement = replace(movement, amount=asked.amount if kind is Kind.FEE_SET else None)
        made.append(movement)
        state = _step(state, movement)
    return tuple(made)


def _refusal(state: BookState, asked: Asked) -> No | None:
    kind, said = asked.kind, asked.said
    if asked.expected != state.last.seq:
        return No.MOVED_SINCE
    if kind is Kind.UNDONE and state.undoable is None:
        return No.NOTHING_TO_UNDO
    sheet_only = kind in (Kind.UNDONE, Kind.CORRECTED)
    if not sheet_only and kind not in TABLE[state.stage] and (state.stage, kind) not in SHORT_CUTS:
        return No.NOT_NOW
    texts = (said.reason, said.contact, said.contact_phone, *said.items)
    if any(len(text) > LONGEST_TEXT for text in texts) or len(said.items) > MOST_ITEMS:
        return No.TOO_LONG
    if kind in REASONS and not said.reason.strip():
        return No.REASON_WANTED
    if kind is Kind.SUPPLEMENT_ASKED and not any(item.strip() for item in said.items):
        return No.ITEMS_WANTED
    if kind is Kind.FORWARDED and (not asked.unit or asked.unit == state.unit):
        return No.UNIT_WANTED
    if kind is Kind.FEE_SET and not 0 < (asked.amount or 0) <= MOST_DONG:
        return No.AMOUNT_WANTED
    if kind is Kind.FEE_PAID and not state.fee_due:
        return No.NOTHING_TO_PAY
    if kind is Kind.RESULT_RETURNED and state.fee_due:
        return No.FEE_UNPAID
    return None


REASONS = frozenset({Kind.REFUSED, Kind.UNDONE, Kind.CORRECTED})
"""Movements that say why."""


def _route(state: BookState, kind: Kind, unit: str) -> Movement:
    """The movement with where it goes from and to."""
    here = state.unit
    route = {
        Kind.FORWARDED: (here, unit),
        Kind.CAME_BACK: (here, DESK),
        Kind.SUPPLEMENT_ASKED: (here, CITIZEN),
        Kind.SUPPLIED: (CITIZEN, here),
        Kind.FEE_SET: (here, CITIZEN),
        Kind.FEE_PAID: (CITIZEN, DESK),
        Kind.REFUSED: (here, CITIZEN),
        Kind.WITHDRAWAL_ASKED: (CITIZEN, DESK),
        Kind.WITHDRAWAL_DROPPED: (CITIZEN, DESK),
        Kind.WITHDRAWN: (here, CITIZEN),
        Kind.RESULT_RETURNED: (DESK, CITIZEN),
    }.get(kind, (here, here))
    return Movement(state.last.seq + 1, kind, state.last.at, "", *route)


def _step(state: BookState, movement: Movement) -> BookState:
    """The state after one more movement that holds."""
    kind = movement.kind
    if kind is Kind.CORRECTED:
        return replace(state, last=movement)
    before, stage = state.before, TABLE[state.stage][kind]
    if stage is None:
        before, stage = before[:-1], before[-1]
    elif stage in WAITING and stage is not state.stage:
        before = (*before, state.stage)
    after = replace(state, stage=stage, before=before, last=movement, undoable=movement.seq)
    match kind:
        case Kind.FORWARDED | Kind.CAME_BACK:
            return replace(after, unit=movement.to_unit)
        case Kind.REFUSED | Kind.WITHDRAWN | Kind.RESULT_RETURNED:
            return replace(after, unit=CITIZEN, asked_at=None)
        case Kind.SUPPLEMENT_ASKED:
            return replace(after, supplements=state.supplements + 1, asked_at=movement.at)
        case Kind.SUPPLIED if state.asked_at is not None:
            return replace(after, paused=state.paused + (movement.at - state.asked_at), asked_at=None)
        case Kind.FEE_SET:
            return replace(after, fee=(state.fee_due + (movement.amount or 0)), fee_paid_at=None)
        case Kind.FEE_PAID:
            return replace(after, fee_paid_at=movement.at)
        case _:
            return after
