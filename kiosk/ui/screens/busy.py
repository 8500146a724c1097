"""While the number is being asked for: what is happening, and after three seconds what else can be done."""

from __future__ import annotations

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.view_visit import BusyView
from kiosk.ui.geometry import Arrangement, Box
from kiosk.ui.screens.page import Page, column, pile, pile_height
from kiosk.ui.theme import Look

PRESSES = 2


class BusyPage(Page):
    def fill(self, body: BusyView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.title.say(body.title)
        ids.body.say(body.body)
        ids.disc.show(bool(body.title))
        ids.disc.icon.use("ticket")
        ids.banner.bear(body.banner)
        presses = [*body.presses, *([help_press] if (help_press := self.aside(frame, look)) else [])]
        for n in range(PRESSES):
            ids[f"press_{n}"].bear(presses[n] if n < len(presses) else None)

    def arrange(self, look: Look) -> None:
        ids, area = self.ids, self.touch_area(look).inset(0, look.px(20))
        presses = [ids[f"press_{n}"] for n in range(PRESSES) if ids[f"press_{n}"].shown]
        gap, height = look.px(20), look.px(150)
        used = len(presses) * (height + gap)
        boxes = column(Box(area.x, area.y, area.w, used - gap), [height] * len(presses), gap)
        for press, box in zip(presses, boxes, strict=True):
            press.place(look, box)
        page = look.zones.page
        middle = Box(area.x, area.y + used, area.w, area.h - used)
        if look.arrangement is not Arrangement.SIDE_BY_SIDE:
            middle = Box(area.x, area.y + used, area.w, page.top - look.px(40) - area.y - used)
        words = [(ids.disc, 0), (ids.title, 40), (ids.body, 16), (ids.banner, 48)]
        total = pile_height(look, middle.w, words)
        if total > middle.h:
            ids.disc.show(False)
            total = pile_height(look, middle.w, words)
        drop = max(0.0, (middle.h - total) * 0.42)
        pile(look, middle.inset(0, drop, bottom=0), words)
