"""PURE: what a counter's LED display shows, from the counter's retained state."""

from devices.display.ports import WIDTH, Shown
from queue_server.contract.states import CounterState

IDLE = "."
"""A dot: the counter is open and the display is alive."""
PAUSED = "TAM NGHI"
STALE = "----"
"""The server is away: what stood here may not be true any more."""


def shown_of(state: CounterState | None, stale: bool, brightness: int) -> Shown:
    """Blinking while a citizen is called, steady while one is served, dark while nobody sits there.

    A counter never heard of, and any counter while the server is away, is `STALE`.
    """
    if stale or state is None:
        return Shown(STALE, True, brightness)
    match state.state:
        case "calling":
            return Shown(_fits(state.number), True, brightness)
        case "serving":
            return Shown(_fits(state.number), False, brightness)
        case "paused":
            return Shown(PAUSED, False, brightness)
        case "idle":
            return Shown(IDLE, False, brightness)
        case _:
            return Shown("", False, brightness)


def _fits(number: str) -> str:
    return number[-WIDTH:]
