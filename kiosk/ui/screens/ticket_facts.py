"""How number, facts and the phone's code of a ticket stand, on its own screen and where its slip failed."""

from __future__ import annotations

from typing import Any

from kiosk.ui.geometry import Box, columns
from kiosk.ui.screens.page import column
from kiosk.ui.theme import Look


def facts_in_a_row(ids: Any, look: Look, box: Box) -> None:
    """People ahead and wait beside each other."""
    left, right = columns(box, (37, 61), look.px(24))
    ids.ahead.place(look, left)
    ids.wait.place(look, right)


def facts_to_read(ids: Any, look: Look, gap: float) -> None:
    """People ahead, wait and the phone's code under each other in the reading zone."""
    side = look.zones.reading.inset(0, look.px(32), bottom=look.px(24))
    fact = look.px(236 if look.large else 200)
    phone = min(look.px(400), side.h - 2 * fact - 2 * look.px(24)) if ids.phone.shown else 0
    parts = column(side, [fact, fact, *([phone] if phone else [])], gap)
    ids.ahead.place(look, parts[0])
    ids.wait.place(look, parts[1])
    if phone:
        ids.phone.place(look, parts[2])


def number_over_phone(ids: Any, look: Look, box: Box, gap: float) -> None:
    """The number with the phone's code under it, where there is one."""
    phone = look.px(250) if ids.phone.shown else 0
    upper = column(box, [box.h - phone - (gap if phone else 0), phone], gap)
    ids.number.place(look, upper[0])
    if phone:
        ids.phone.place(look, upper[1])
