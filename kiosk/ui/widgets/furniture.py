"""What stands around every screen: the band, the header with office and clock, the bar."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle
from PIL import Image

from kiosk.presenters.view_parts import Frame
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
        self.ground, self.line = Plain(role="surface"), Plain(role="rule")
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
        if look.arrangement is Arrangement.SIDE_BY_SIDE:
            self._stacked(look, box.inset(look.px(40), 0))
        else:
            self._in_line(look, box.inset(look.px(56), 0))

    def _in_line(self, look: Look, inner: Box) -> None:
        date_w = self.date.width_for(look, inner.w) + 2
        clock_w = max(date_w, self.clock.width_for(look, inner.w) + 2)
        clock_h, date_h = self.clock.height_for(look, clock_w), self.date.height_for(look, clock_w)
        top = inner.y + (inner.h + clock_h + date_h) / 2
        x = inner.right - clock_w
        self.clock.align = self.date.align = "right"
        self.clock.place(look, Box(x, top - clock_h, clock_w, clock_h))
        self.date.place(look, Box(x, top - clock_h - date_h, clock_w, date_h))
        left = inner.x + self._place_logo(look, inner)
        self._name(look, Box(left, inner.y, x - look.px(24) - left, inner.h))

    def _stacked(self, look: Look, inner: Box) -> None:
        """Landscape's narrow column: the name, and under it clock and date."""
        inner = inner.inset(0, look.px(10))
        clock_w = self.clock.width_for(look, inner.w) + 2
        date_w = self.date.width_for(look, inner.w) + 2
        clock_h, date_h = self.clock.height_for(look, clock_w), self.date.height_for(look, date_w)
        left = inner.x + self._place_logo(look, inner)
        self.clock.align = self.date.align = "left"
        self.clock.place(look, Box(left, inner.y, clock_w, clock_h))
        self.date.place(look, Box(left + clock_w + look.px(20), inner.y + look.px(4), date_w, date_h))
        rest = inner.inset(0, 0, bottom=clock_h)
        self._name(look, Box(left, rest.y, rest.right - left, rest.h))

    def _name(self, look: Look, box: Box) -> None:
        """Two lines at most: smaller rather than three."""
        for size in (34, 30, 28):
            self.office.fixed = size
            setting = self.office.set_for(look, box.w) if self.office.text else None
            if setting is None or (setting.width <= box.w and len(setting.lines) <= 2):
                break
        self.office.place(look, box)

    def _place_logo(self, look: Look, inner: Box) -> float:
        """Draw the logo in its slot; how far the name moves right."""
        logo = look.theme.brand.logo
        if logo is None:
            self._logo.size = (0, 0)
            return 0.0
        slot = look.px(look.theme.logo_slot["kiosk"])

        def load() -> Image.Image:
            with Image.open(logo) as file:
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
        self.ground, self.line = Plain(role="surface"), Plain(role="rule")
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
