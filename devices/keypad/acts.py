"""PURE: from presses to what is asked of the office: bounces filtered, digits gathered, acts made."""

from dataclasses import dataclass, replace
from typing import Literal

from devices.keypad.ports import Key, Press

BOUNCE = 0.3
"""Seconds in which the same key again is its contact bouncing, or a nervous finger."""
TYPED_LASTS = 6.0
"""Seconds after which digits that nothing followed are forgotten."""
MOST_DIGITS = 6
Verb = Literal["call-next", "call-number", "recall", "no-show"]


@dataclass(frozen=True, slots=True)
class Act:
    """One request to be made; `digits` only for `call-number`."""

    verb: Verb
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Pad:
    """What one keypad is remembered by. Instants are monotonic seconds."""

    last: Press | None = None
    last_at: float = -1e9
    typed: str = ""
    typed_at: float = -1e9


def pressed(pad: Pad, press: Press, now: float) -> tuple[Pad, Act | None]:
    """The pad after the press, and what it asks for.

    Next with digits typed before calls that number, as `CALL` does; alone it calls whom the policy chooses.
    """
    if _is_bounce(pad, press, now):
        return replace(pad, last_at=now if press.count == "" else pad.last_at), None
    pad = replace(pad, last=press, last_at=now)
    typed = pad.typed if now - pad.typed_at <= TYPED_LASTS else ""
    done = replace(pad, typed="")
    match press.key:
        case Key.NEXT if not typed:
            return done, Act("call-next")
        case Key.NEXT | Key.CALL:
            return done, Act("call-number", typed) if typed else None
        case Key.RECALL:
            return done, Act("recall")
        case Key.NO_SHOW:
            return done, Act("no-show")
        case Key.CLEAR:
            return done, None
        case _:
            return replace(pad, typed=(typed + press.key.value)[-MOST_DIGITS:], typed_at=now), None


def _is_bounce(pad: Pad, press: Press, now: float) -> bool:
    """The same frame said again, or the same key without a count too soon. Digits may come in pairs: 33."""
    if pad.last is None or pad.last.key is not press.key:
        return False
    if press.count:
        return pad.last.count == press.count and now - pad.last_at < TYPED_LASTS
    quick = BOUNCE / 3 if press.key.value.isdigit() else BOUNCE
    return now - pad.last_at < quick
