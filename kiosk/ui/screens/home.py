"""Screen 1: what do you need? One red hero, rows below; also outside opening hours and while offline."""

from __future__ import annotations

import re

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.view_visit import HomeView
from kiosk.ui.geometry import Arrangement, Box, columns
from kiosk.ui.screens.page import Page, column, fitted, pile, pile_height
from kiosk.ui.theme import Look

ROWS, AIDS = 4, 3
BULLET = re.compile(r"\s+·\s+")
"""Where the live line breaks when it needs two lines."""


class HomePage(Page):
    def fill(self, body: HomeView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.title.say("\n".join(line for line in (body.greeting, body.title) if line))
        ids.helper.say(body.helper)
        ids.live.say("", body.live)
        ids.live_icon.use(body.live_icon if body.live else "")
        ids.card.show(bool(body.live))
        ids.notice.bear(body.notice)
        ids.hero.bear(body.hero)
        aids = [*body.aids, *([help_press] if (help_press := self.aside(frame, look)) else [])]
        rows = list(body.rows)
        if not rows:
            rows, aids = aids, []
        for n in range(ROWS):
            ids[f"row_{n}"].bear(rows[n] if n < len(rows) else None)
        for n in range(AIDS):
            ids[f"aid_{n}"].bear(aids[n] if n < len(aids) else None)

    def arrange(self, look: Look) -> None:
        self._read(look)
        area = self.touch_area(look)
        ids = self.ids
        rows = [ids[f"row_{n}"] for n in range(ROWS) if ids[f"row_{n}"].shown]
        aids = [ids[f"aid_{n}"] for n in range(AIDS) if ids[f"aid_{n}"].shown]
        wide = look.arrangement is Arrangement.STRIP
        gap = look.px(16 if wide else 24)
        left, right = columns(area, (1, 1), look.px(24)) if wide else (area, area)
        wanted = [] if wide else [look.px(330)]
        wanted += [look.px(206 if not look.large else 214) for _ in rows]
        wanted += [look.px(150)] if aids else []
        heights = fitted(wanted, right.h, gap, look.px(128))
        boxes = column(right, heights, gap)
        ids.hero.place(look, left.slice_top(min(left.h, look.px(330)))[0] if wide else boxes.pop(0))
        for row in rows:
            row.place(look, boxes.pop(0))
        if aids:
            for aid, box in zip(aids, columns(boxes.pop(0), [1] * len(aids), look.px(20)), strict=True):
                aid.place(look, box)

    def _read(self, look: Look) -> None:
        ids, area = self.ids, self.reading_area(look)
        pad = look.px(0 if look.contrast else 36)
        beside = look.arrangement is Arrangement.STRIP
        left, right = columns(area, (1, 1), look.px(40)) if beside else (area, area)
        icon_w = look.px(52 + 20) if ids.live_icon.shown else 0
        line_w = right.w - 2 * pad - icon_w
        if ids.live.shown and len(ids.live.set_for(look, line_w).lines) > 1:
            ids.live.say(BULLET.sub("\n", ids.live.text))
        two_lines = 2.1 * look.type("live_line").size * look.type("live_line").line_height
        ids.live.fit(look, line_w, two_lines, ("live_line", "body"))
        live_h = ids.live.height_for(look, line_w)
        live_h = max(look.px(114), live_h + look.px(36)) if live_h else 0.0
        ids.notice.title_style = "card_title" if beside else "h2"
        words = [(ids.title, 0), (ids.helper, 8), *([] if beside else [(ids.notice, 24)])]
        air = look.px(4) if live_h and not beside else 0
        room = left.h - (0 if beside else live_h + air)
        if pile_height(look, left.w, words) > room:
            ids.helper.show(False)
        if ids.notice.shown and live_h and pile_height(look, left.w, words) > room:
            live_h = 0.0
            ids.live.show(False)
            ids.live_icon.show(False)
        rest = pile(look, left, words)
        if beside and ids.notice.shown:
            pile(look, right, [(ids.notice, 0)])
            live_h = 0.0
            ids.live.show(False)
            ids.live_icon.show(False)
        if not live_h:
            ids.card.show(False)
            return
        if beside:
            box = right.slice_top(live_h)[0]
        elif look.arrangement is Arrangement.SIDE_BY_SIDE:
            box = Box(rest.x, rest.top - look.px(32) - live_h, rest.w, live_h)
        else:
            box = Box(area.x, area.y + min(look.px(20), rest.h - live_h), area.w, live_h)
        ids.card.fill = "ground" if look.contrast else "surface"
        ids.card.line = "" if look.contrast else "line"
        ids.card.place(look, box)
        ids.live_icon.place(look, Box(box.x + pad, box.y, look.px(52), box.h))
        ids.live.place(look, Box(box.x + pad + icon_w, box.y, line_w, box.h))
