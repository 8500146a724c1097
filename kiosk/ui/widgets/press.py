"""What all touchable things share: the press they stand for, their states and their border."""

from __future__ import annotations

from kivy.properties import BooleanProperty

from kiosk.presenters.view_parts import Press
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Skinned


class Touchable(Skinned):
    """Shows a `Press`. The finger table of the page sets `held` while a finger is on it."""

    held = BooleanProperty(False)
    waiting = BooleanProperty(False)
    """Pressed and not answered for 300 ms."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.press: Press | None = None
        self._look: Look | None = None
        self._stands: tuple[object, ...] = ()

    def bear(self, press: Press | None) -> None:
        """Stand for this press from the next placing on; None hides it."""
        if press == self.press and self.shown == (press is not None):
            return
        self.press = press
        self._stands = ()
        self.show(press is not None)
        if press is not None:
            self.fill_in(press)

    def fill_in(self, press: Press) -> None:
        """Put the press's words into the parts."""

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        stands = (look, self.box)
        if stands == self._stands:
            return
        self._look, self._stands = look, stands
        if self.press is not None:
            self.fill_in(self.press)
            self.lay_out(look, self.box)
            self.paint()

    def lay_out(self, look: Look, box: Box) -> None:
        """Place the parts."""

    def paint(self) -> None:
        """Wear the skin of the state of now."""
        if self._look is not None and self.press is not None:
            self.wear(self.skin(self._look, self.press))

    def skin(self, look: Look, press: Press) -> skins.Skin:
        """Rest, pressed, selected and closed of a bordered touchable."""
        radius = look.radius("card")
        if press.closed:
            return skins.Skin(
                look.rgb("pressed" if self.held else "closed"), radius, look.rgb("closed_border"),
                look.border_px, dashed=True,
            )  # fmt: skip
        fill = "selected" if press.selected else "pressed" if self.held else "surface"
        border = "selected" if press.selected else "border"
        return skins.Skin(look.rgb(fill), radius, look.rgb(border), look.border_px)

    def hold(self, held: bool) -> None:
        """Show or end the pressed look, at once."""
        if held != self.held:
            self.held = held
            self.paint()

    def wait(self, waiting: bool) -> None:
        """Show or end "Đang xử lý…"."""
        if waiting != self.waiting:
            self.waiting = waiting
            self._stands = ()
            if self.press is not None and self._look is not None:
                self.place(self._look, self.box)
