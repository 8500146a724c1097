"""The whole life of a counter as one table; a missing pair is a refusal and changes nothing."""

from enum import StrEnum


class CounterState(StrEnum):
    UNSTAFFED = "unstaffed"
    CLOSED = "closed"
    """An officer has signed on, the counter is not open yet."""
    IDLE = "idle"
    CALLING = "calling"
    SERVING = "serving"
    PAUSED = "paused"


class CounterAct(StrEnum):
    SIGN_ON = "sign_on"
    SIGN_OFF = "sign_off"
    OPEN = "open"
    PAUSE = "pause"
    CLOSE = "close"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    RELEASE = "release"
    """The ticket leaves the counter: ended, no-show, parked, transferred, awaiting its result, cancelled."""


_S, _A = CounterState, CounterAct

COUNTER_TABLE: dict[tuple[CounterState, CounterAct], CounterState] = {
    (_S.UNSTAFFED, _A.SIGN_ON): _S.CLOSED,
    (_S.CLOSED, _A.SIGN_OFF): _S.UNSTAFFED,
    (_S.CLOSED, _A.OPEN): _S.IDLE,
    (_S.IDLE, _A.PAUSE): _S.PAUSED,
    (_S.IDLE, _A.CLOSE): _S.CLOSED,
    (_S.IDLE, _A.SIGN_OFF): _S.UNSTAFFED,
    (_S.IDLE, _A.CALL): _S.CALLING,
    (_S.CALLING, _A.RECALL): _S.CALLING,
    (_S.CALLING, _A.START): _S.SERVING,
    (_S.CALLING, _A.RELEASE): _S.IDLE,
    (_S.SERVING, _A.RELEASE): _S.IDLE,
    (_S.PAUSED, _A.OPEN): _S.IDLE,
    (_S.PAUSED, _A.CLOSE): _S.CLOSED,
    (_S.PAUSED, _A.SIGN_OFF): _S.UNSTAFFED,
}

BUSY = frozenset({_S.CALLING, _S.SERVING})
SIGNED_ON = frozenset(set(_S) - {_S.UNSTAFFED})


def after(state: CounterState, act: CounterAct) -> CounterState | None:
    """The state after an act, None where the table has no such pair."""
    return COUNTER_TABLE.get((state, act))
