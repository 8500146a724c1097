"""A list row of the home screen: icon tile, verb, helper, chevron."""

from __future__ import annotations

from kiosk.presenters.view_parts import Press
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.icon import Icon, Tile
from kiosk.ui.widgets.press import Touchable
from kiosk.ui.widgets.text import Text


class Row(Touchable):
    """A closed row has no chevron and states its reason as the helper."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.tile = Tile(fill="tile", corner_px=20)
        self.tile.icon.size_px = 64
        self.label = Text(style="action_row")
        self.helper = Text(style="secondary")
        self.chevron = Icon(name="chevron-right", size_px=56, role="text_2")
        for part in (self.tile, self.label, self.helper, self.chevron):
            self.add_widget(part)

    def fill_in(self, press: Press) -> None:
        self.label.say(press.label)
        self.helper.say(press.second)
        self.tile.icon.use("check" if press.selected else press.icon)
        self.chevron.show(not press.closed)

    def lay_out(self, look: Look, box: Box) -> None:
        press = self.press
        if press is None:
            return
        role = "on_closed" if press.closed else "on_selected" if press.selected else "text"
        self.label.role = self.tile.icon.role = role
        self.helper.role = self.chevron.role = role if press.closed or press.selected else "text_2"
        self.tile.fill = "" if press.closed or press.selected else "tile"
        pad, gap, side = look.px(42), look.px(36), min(look.px(112), int(box.h - look.px(24)))
        self.tile.place(look, Box(box.x + pad, box.y + (box.h - side) / 2, side, side))
        x = box.x + pad + side + gap
        chevron_w = look.px(56)
        width = box.right - look.px(44) - (chevron_w if self.chevron.shown else 0) - x
        helper_h = self.helper.height_for(look, width)
        reserve = helper_h if press.closed else 0
        label_h = self.label.fit(look, width, box.h - look.px(8) - reserve, ("action_row", "card_title"))
        if label_h + helper_h > box.h - look.px(8) and not press.closed:
            self.helper.say("")
            helper_h = 0
        top = box.y + (box.h + label_h + helper_h) / 2
        self.label.place(look, Box(x, top - label_h, width, label_h))
        self.helper.place(look, Box(x, top - label_h - helper_h, width, helper_h))
        self.chevron.place(look, Box(box.right - look.px(44) - chevron_w, box.y, chevron_w, box.h))
