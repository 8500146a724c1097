"""Which press has the keyboard's attention, and where the four arrows take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from kiosk.ui.geometry import Box

Arrow = Literal["up", "down", "left", "right"]


def first(order: Sequence[str]) -> str | None:
    return order[0] if order else None


def moved(order: Sequence[str], boxes: Mapping[str, Box], now: str | None, arrow: Arrow) -> str | None:
    """The key of the press the arrow leads to: the nearest one in that direction, else next or previous in
    order, so that every press is reached with any one pair of arrows."""
    if now is None or now not in boxes:
        return first(order)
    here = boxes[now]
    cx, cy = here.x + here.w / 2, here.y + here.h / 2
    best: tuple[float, str] | None = None
    for key in order:
        if key == now or key not in boxes:
            continue
        box = boxes[key]
        dx, dy = box.x + box.w / 2 - cx, box.y + box.h / 2 - cy
        ahead, aside = {
            "right": (dx, dy), "left": (-dx, dy), "up": (dy, dx), "down": (-dy, dx),
        }[arrow]  # fmt: skip
        beyond = {
            "right": box.x >= here.right - 1, "left": box.right <= here.x + 1,
            "up": box.y >= here.top - 1, "down": box.top <= here.y + 1,
        }[arrow]  # fmt: skip
        if beyond and ahead > 0:
            distance = ahead + 2 * abs(aside)
            if best is None or distance < best[0]:
                best = (distance, key)
    if best is not None:
        return best[1]
    step = 1 if arrow in ("right", "down") else -1
    return order[(order.index(now) + step) % len(order)] if now in order else first(order)
