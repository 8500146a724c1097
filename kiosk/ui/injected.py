"""A touch that comes from elsewhere than the glass, put into Kivy's event loop like a real one."""

from __future__ import annotations

from typing import Any, Literal

from kivy.base import EventLoop
from kivy.input.motionevent import MotionEvent

Phase = Literal["down", "move", "up"]
KIVY_PHASE: dict[Phase, str] = {"down": "begin", "move": "update", "up": "end"}


class InjectedTouch(MotionEvent):
    """`x`, `y` from 0 to 1, measured as Kivy does: 0, 0 is the lower left corner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("is_touch", True)
        kwargs.setdefault("type_id", "touch")
        super().__init__(*args, **kwargs)
        self.profile = ["pos"]

    def depack(self, args: tuple[float, float]) -> None:
        self.sx, self.sy = args
        super().depack(args)


class Finger:
    """One injected finger: `put` down, move, up. Call on Kivy's thread."""

    def __init__(self, name: str = "injected") -> None:
        self._name = name
        self._count = 0
        self._touch: InjectedTouch | None = None

    def put(self, phase: Phase, x: float, y: float) -> None:
        """A move or up without a down is ignored; a second down first lifts the one before."""
        if phase == "down":
            if self._touch is not None:
                self._post("up", self._touch)
            self._count += 1
            self._touch = InjectedTouch(self._name, f"{self._name}-{self._count}", (x, y))
            self._post("down", self._touch)
            return
        if self._touch is None:
            return
        self._touch.move((x, y))
        self._post(phase, self._touch)
        if phase == "up":
            self._touch = None

    @staticmethod
    def _post(phase: Phase, touch: InjectedTouch) -> None:
        EventLoop.post_dispatch_input(KIVY_PHASE[phase], touch)
