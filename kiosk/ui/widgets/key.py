"""Keys of the bottom bar: icon over label, and the two-part language switch."""

from __future__ import annotations

from kiosk.presenters.view_parts import LanguageSwitch, Press
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Skinned
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.press import Touchable
from kiosk.ui.widgets.text import Text


class UtilityKey(Touchable):
    """Selected: filled, and a check mark instead of its icon."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.icon = Icon(size_px=46)
        self.label = Text(style="minimum", weight=600, align="center", tight=1.2, keep=False)
        self.add_widget(self.icon)
        self.add_widget(self.label)

    def fill_in(self, press: Press) -> None:
        self.label.say(press.label)
        self.icon.use("check" if press.selected else press.icon)

    def skin(self, look: Look, press: Press) -> skins.Skin:
        plain = super().skin(look, press)
        return skins.Skin(plain.fill, look.radius("key"), plain.border, plain.border_px, dashed=plain.dashed)

    def lay_out(self, look: Look, box: Box) -> None:
        press = self.press
        if press is None:
            return
        role = "on_closed" if press.closed else "on_selected" if press.selected else "text"
        self.label.role = self.icon.role = role
        inner = box.inset(look.px(6), look.px(6))
        label_h = self.label.height_for(look, inner.w)
        icon_h = min(look.px(46), inner.h - label_h) if self.icon.shown else 0
        icon_h = 0 if icon_h < look.px(24) else icon_h
        gap = look.px(6) if icon_h else 0
        top = inner.y + (inner.h + label_h + gap + icon_h) / 2
        self.icon.place(look, Box(inner.x, top - icon_h, inner.w, icon_h))
        self.label.place(look, Box(inner.x, top - icon_h - gap - label_h, inner.w, label_h))


class LanguageHalf(Touchable):
    """One language; the switch draws the common border."""

    def __init__(self, side: str, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.side = side
        self.label = Text(style="minimum", weight=600, align="center", tight=1.2, keep=False)
        self.add_widget(self.label)

    def fill_in(self, press: Press) -> None:
        self.label.say(press.label)

    def skin(self, look: Look, press: Press) -> skins.Skin:
        fill = "selected" if press.selected else "pressed" if self.held else None
        left = self.side == "left"
        return skins.Skin(
            look.rgb(fill) if fill else None,
            look.radius("key") - look.border_px,
            corners=(left, not left, not left, left),
        )

    def lay_out(self, look: Look, box: Box) -> None:
        press = self.press
        if press is None:
            return
        self.label.role = "on_selected" if press.selected else "text"
        inner = box.inset(look.px(6))
        height = self.label.height_for(look, inner.w)
        self.label.place(look, inner.middle(inner.w, height))


class LanguageKey(Skinned):
    """Home's double key."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.vietnamese, self.english = LanguageHalf("left"), LanguageHalf("right")
        self.add_widget(self.vietnamese)
        self.add_widget(self.english)

    def bear(self, switch: LanguageSwitch | None) -> None:
        """Show this switch; None hides it."""
        self.show(switch is not None)
        self.vietnamese.bear(switch.vietnamese if switch else None)
        self.english.bear(switch.english if switch else None)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        border = look.border_px
        self.wear(skins.Skin(look.rgb("surface"), look.radius("key"), look.rgb("border"), border))
        inner = self.box.inset(border)
        half = inner.w / 2
        self.vietnamese.place(look, Box(inner.x, inner.y, half, inner.h))
        self.english.place(look, Box(inner.x + half, inner.y, half, inner.h))
