"""What stands around every screen: the band, the header with office and clock, the bar."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle

from kiosk.presenters.views import Frame
from kiosk.ui import textures
from kiosk.ui.geometry import Arrangement, Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block, Plain
from kiosk.ui.widgets.key import LanguageKey, UtilityKey
from kiosk.ui.widgets.text import Text

KEYS = 6
KEY_PX = 128


class Band(Block):
    """A gold tab at the left, red for the rest."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.rest, self.tab = Plain(role="band"), Plain(role="band_tab")
        self.add_widget(self.rest)
        self.add_widget(self.tab)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        share = look.theme.brand.gold_share
        self.rest.place(look, box)
        self.tab.place(look, Box(box.x, box.y, box.w * share, box.h))


class Header(Block):
    """Logo (when the brand has one), office name on two lines at most, clock and date."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.ground, self.line = Plain(role="surface"), Plain(role="line")
        self.office = Text(fixed=34, weight=700, tight=1.25, anchor="middle", balance=True)
        self.clock = Text(fixed=52, weight=700, tight=1.1, align="right")
        self.date = Text(fixed=28, weight=400, tight=1.25, align="right", role="text_2")
        for part in (self.ground, self.line, self.office, self.clock, self.date):
            self.add_widget(part)
        with self.canvas:
            Color(1, 1, 1, 1)
            self._logo = Rectangle(pos=self.pos, size=(0, 0))

    def bear(self, frame: Frame) -> None:
        self.office.say(frame.office_name)
        self.clock.say(frame.clock)
        self.date.say(frame.date)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        line = max(2, look.px(2 if not look.contrast else 4))
        self.ground.place(look, box)
        self.line.place(look, Box(box.x, box.y, box.w, line))
        side = look.px(56) if look.arrangement is not Arrangement.SIDE_BY_SIDE else look.px(40)
        inner = box.inset(side, 0)
        date_w = self.date.width_for(look, inner.w) + 2
        clock_w = max(date_w, self.clock.width_for(look, inner.w) + 2)
        clock_h, date_h = self.clock.height_for(look, clock_w), self.date.height_for(look, clock_w)
        top = box.y + (box.h + clock_h + date_h) / 2
        x = inner.right - clock_w
        self.clock.place(look, Box(x, top - clock_h, clock_w, clock_h))
        self.date.place(look, Box(x, top - clock_h - date_h, clock_w, date_h))
        left = inner.x + self._place_logo(look, inner)
        width = x - look.px(24) - left
        self.office.fixed = 34
        if self.office.set_for(look, width).width > width or len(self.office.set_for(look, width).lines) > 2:
            self.office.fixed = 28
        self.office.place(look, Box(left, box.y, width, box.h))

    def _place_logo(self, look: Look, inner: Box) -> float:
        """Draw the logo in its slot; how far the name moves right."""
        logo = look.theme.brand.logo
        if logo is None:
            self._logo.size = (0, 0)
            return 0.0
        slot = look.px(look.theme.logo_slot["kiosk"])

        def load() -> textures.Image.Image:
            with textures.Image.open(logo) as file:
                image = file.convert("RGBA")
            image.thumbnail((slot, slot))
            return image

        painted = textures.picture(("logo", str(logo), slot), load)
        width, height = painted.texture.size
        self._logo.texture = painted.texture
        self._logo.size = (width, height)
        self._logo.pos = (round(inner.x), round(inner.y + (inner.h - height) / 2))
        return slot + look.px(28)


class Bar(Block):
    """The bottom bar: language switch, then the keys, all equally wide; help joins them in landscape."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.ground, self.line = Plain(role="surface"), Plain(role="line")
        self.switch = LanguageKey()
        self.keys = [UtilityKey() for _ in range(KEYS)]
        for part in (self.ground, self.line, self.switch, *self.keys):
            self.add_widget(part)

    def bear(self, frame: Frame, look: Look) -> None:
        presses = list(frame.bar)
        if frame.help and look.arrangement is not Arrangement.COLUMN:
            presses.append(frame.help)
        self.show(bool(presses or frame.switch))
        self.switch.bear(frame.switch)
        for n, key in enumerate(self.keys):
            key.bear(presses[n] if n < len(presses) else None)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        line = max(2, look.px(2 if not look.contrast else 4))
        self.ground.place(look, box)
        self.line.place(look, Box(box.x, box.top - line, box.w, line))
        if not self.shown:
            return
        side = look.margin if look.arrangement is not Arrangement.SIDE_BY_SIDE else look.px(40)
        keys = [key for key in self.keys if key.shown]
        cells = len(keys) + (2 if self.switch.shown else 0)
        gap = look.px(12)
        key_h = look.px(160 if look.large else KEY_PX)
        y = box.y + (box.h - line - key_h) / 2
        key_w = (box.w - 2 * side - gap * (cells - 1)) / cells
        x = box.x + side
        if self.switch.shown:
            width = 2 * key_w + gap
            self.switch.place(look, Box(x, y, width, key_h))
            x += width + gap
        for key in keys:
            key.place(look, Box(x, y, key_w, key_h))
            x += key_w + gap
