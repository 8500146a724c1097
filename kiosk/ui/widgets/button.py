"""Buttons: the red primary, the bordered secondary, and home's hero."""

from __future__ import annotations

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.presenters.view_parts import Press
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.icon import Icon, Tile
from kiosk.ui.widgets.press import Touchable
from kiosk.ui.widgets.ring import Ring
from kiosk.ui.widgets.text import Text

BUSY_WORDS = {"vi": "Đang xử lý…", "en": "Working on it…"}
TRAILING = frozenset({"arrow-right", "arrow-down", "chevron-right"})
"""Icons that point on: they follow the words instead of leading them."""


class VerbButton(Touchable):
    """Icon, verb and second line, centred together; a countdown ring after the words."""

    primary = BooleanProperty(False)
    style = StringProperty("button")
    icon_px = NumericProperty(60)
    bare_second = BooleanProperty(False)
    """Without the second line, where there is no room for it."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.icon = Icon()
        self.label = Text(align="center", balance=True, weight=700)
        self.second = Text(align="center", style="secondary")
        self.ring = Ring(diameter=72, text_px=30)
        for part in (self.icon, self.label, self.second, self.ring):
            self.add_widget(part)

    def fill_in(self, press: Press) -> None:
        self.primary = press.kind == "primary"
        busy = self.waiting and not press.closed
        language = self._look.language if self._look else "vi"
        self.label.say(BUSY_WORDS[language] if busy else press.label)
        self.second.say("" if busy else press.second)
        self.icon.use(press.icon)
        self.ring.count(press.countdown)

    def skin(self, look: Look, press: Press) -> skins.Skin:
        radius = look.radius("button")
        if press.closed or press.selected:
            return super().skin(look, press)
        if self.primary:
            return skins.Skin(look.rgb("primary_pressed" if self.held else "primary"), radius)
        border = max(2, look.px(look.theme.border["secondary_button"].width))
        return skins.Skin(look.rgb("pressed" if self.held else "surface"), radius, look.rgb("strong"), border)

    def ink(self, press: Press) -> str:
        """The role of the words on this button."""
        if press.closed:
            return "on_closed"
        if press.selected:
            return "on_selected"
        return "on_primary" if self.primary else "text"

    def lay_out(self, look: Look, box: Box) -> None:
        press = self.press
        if press is None:
            return
        role = self.ink(press)
        inner = box.inset(look.px(20), look.px(8))
        self.label.role = self.second.role = role
        self.icon.role, self.icon.size_px = role, self.icon_px
        ring = self.ring
        ring.role = ring.track = ring.text_role = role
        ring.track_alpha = 90
        gap = look.px(28)
        icon_w = look.px(self.icon_px) if self.icon.shown else 0
        ring_w = look.px(ring.diameter) if ring.shown else 0
        beside = sum(w + gap for w in (icon_w, ring_w) if w)
        words_w = inner.w - beside
        show_second = bool(press.second) and not self.bare_second and not (look.large and not press.closed)
        if not self.waiting:
            self.second.say(press.second if show_second else "")
        self.label.fit(look, words_w, inner.h, (self.style, "card_title", "secondary"))
        label_w = self.label.width_for(look, words_w)
        second_w = self.second.width_for(look, words_w)
        text_w = min(words_w, max(label_w, second_w) + 2)
        label_h = self.label.height_for(look, text_w)
        second_h = self.second.height_for(look, text_w)
        if label_h + second_h > inner.h and not press.closed:
            self.second.say("")
            second_h = 0
        x = inner.x + (inner.w - text_w - beside) / 2
        trailing = self.icon.name in TRAILING
        if icon_w and not trailing:
            self.icon.place(look, Box(x, inner.y, icon_w, inner.h))
            x += icon_w + gap
        top = inner.y + (inner.h + label_h + second_h) / 2
        self.label.place(look, Box(x, top - label_h, text_w, label_h))
        self.second.place(look, Box(x, top - label_h - second_h, text_w, second_h))
        x += text_w + gap
        if icon_w and trailing:
            self.icon.place(look, Box(x, inner.y, icon_w, inner.h))
            x += icon_w + gap
        if ring_w:
            ring.place(look, Box(x, inner.y, ring_w, inner.h))


class Hero(VerbButton):
    """Home's one red thing: tile, verb, second line, chevron."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.label.align = self.second.align = "left"
        self.second.style = "body"
        self.label.balance = False
        self.tile = Tile(keep=1, fill="primary_tile", corner_px=24)
        self.tile.icon.role = "on_primary_tile"
        self.chevron = Icon(name="chevron-right", size_px=60)
        self.add_widget(self.tile)
        self.add_widget(self.chevron)

    def fill_in(self, press: Press) -> None:
        super().fill_in(press)
        self.icon.use("")
        self.tile.icon.use(press.icon)
        self.chevron.show(not press.closed)

    def skin(self, look: Look, press: Press) -> skins.Skin:
        plain = super().skin(look, press)
        return skins.Skin(plain.fill, look.radius("hero"), plain.border, plain.border_px, dashed=plain.dashed)

    def lay_out(self, look: Look, box: Box) -> None:
        press = self.press
        if press is None:
            return
        role = self.ink(press)
        self.label.role = self.second.role = self.chevron.role = role
        self.tile.fill = "" if press.closed else "primary_tile"
        self.tile.icon.role = role if press.closed else "on_primary_tile"
        side = min(look.px(156 if look.large else 172), int(box.h - look.px(40)))
        self.tile.icon.size_px = 108 * min(1.0, side / look.px(172))
        pad = look.px(40 if look.large else 48)
        self.tile.place(look, Box(box.x + pad, box.y + (box.h - side) / 2, side, side))
        gap, chevron_w = look.px(32 if look.large else 40), look.px(60)
        x = box.x + pad + side + gap
        width = box.right - pad - (chevron_w + look.px(8) if self.chevron.shown else 0) - x
        second_h = self.second.height_for(look, width)
        reserve = second_h if press.closed else 0
        label_h = self.label.fit(look, width, box.h - look.px(12) - reserve, ("action_hero", "h1", "h2"))
        if label_h + second_h > box.h - look.px(16) and not press.closed:
            self.second.say("")
            second_h = 0
        top = box.y + (box.h + label_h + second_h) / 2
        self.label.place(look, Box(x, top - label_h, width, label_h))
        self.second.place(look, Box(x, top - label_h - second_h, width, second_h))
        self.chevron.place(look, Box(box.right - pad - chevron_w, box.y, chevron_w, box.h))
