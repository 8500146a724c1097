"""A question over the dimmed screen: "Ông/Bà còn ở đó không?", or that the help desk was called."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.views import HelpView, StillThereView
from kiosk.ui.geometry import Arrangement, Box, columns
from kiosk.ui.screens.page import Page, pile, pile_height
from kiosk.ui.theme import SHADE, Look
from kiosk.ui.widgets.block import Block


class Shade(Block):
    """Darkens all that is behind it."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            self._colour = Color(*(channel / 255 for channel in SHADE), 0.72)
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        self._rectangle.pos, self._rectangle.size = self.pos, self.size


class DialogPage(Page):
    def fill(self, body: StillThereView | HelpView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.title.say(body.title)
        ids.body.say(body.body)
        ids.second.say("" if look.large else body.second)
        if isinstance(body, StillThereView):
            ids.ring.count(body.countdown)
            ids.disc.show(False)
            ids.first.bear(body.here)
            ids.other.bear(body.leave)
        else:
            ids.ring.count(None)
            ids.disc.icon.use(body.icon)
            ids.disc.show(bool(body.icon))
            ids.first.bear(body.close)
            ids.other.bear(None)

    def arrange(self, look: Look) -> None:
        ids = self.ids
        ids.shade.place(look, Box(0, 0, look.width, look.height))
        column = look.arrangement is Arrangement.COLUMN
        touch = look.zones.touch
        inner_w = touch.w - 2 * look.px(56)
        head = [(ids.ring, 0), (ids.disc, 0), (ids.title, 32), (ids.body, 12), (ids.second, 0)]
        buttons = [part for part in (ids.first, ids.other) if part.shown]
        heights = [look.px(200), look.px(152)][: len(buttons)] if column else [look.px(150)]
        buttons_h = sum(heights) + look.px(24) * (len(heights) - 1)
        pad = look.px(56)
        room = look.height - look.zones.bar.h
        for spare in (None, ids.second, ids.disc, ids.ring):
            if spare is not None:
                spare.show(False)
            total = pile_height(look, inner_w, head) + look.px(48) + buttons_h + 2 * pad
            if total <= room - look.px(36):
                break
        least = look.zones.bar.h + look.px(24)
        low = least + look.px(106) if column else max(least, (look.height - total) / 2)
        if look.arrangement is Arrangement.STRIP or low + total > look.height - look.px(24):
            low = least
        card = Box(touch.x, low, touch.w, total)
        ids.card.place(look, card)
        rest = pile(look, card.inset(pad, pad), head)
        area = Box(rest.x, card.y + pad, rest.w, buttons_h)
        if column:
            top = area.top
            for part, height in zip(buttons, heights, strict=True):
                part.place(look, Box(area.x, top - height, area.w, height))
                top -= height + look.px(24)
        else:
            for part, box in zip(buttons, columns(area, [1] * len(buttons), look.px(24)), strict=True):
                part.place(look, box)
