"""Screen 1: what do you need? One red hero, rows below; also outside opening hours and while offline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.view_visit import HomeView
from kiosk.ui.geometry import Arrangement, Box, columns
from kiosk.ui.screens.page import Page, column, fitted, pile, pile_height
from kiosk.ui.theme import Look

ROWS, AIDS = 4, 3
BULLET = re.compile(r"\s+·\s+")
"""Where the live line breaks when it needs two lines."""


class Way(NamedTuple):
    """Which of the words above are shown, and whether the card's are small: what gives way to what."""

    helper: bool = True
    greeting: bool = True
    live: bool = True
    best: bool = True
    tight: bool = False


NOTHING = Way(False, False, False, False)


class HomePage(Page):
    greeting = title = ""
    closed = False
    """The office's hours stand on the red button too."""

    def fill(self, body: HomeView, frame: Frame, look: Look) -> None:
        ids = self.ids
        self.greeting, self.title = body.greeting, body.title
        ids.helper.say(body.helper)
        ids.live.say("", body.live)
        ids.best.say("", body.best)
        ids.live_icon.use(body.live_icon if body.live else "")
        ids.card.show(bool(body.live or body.best))
        self.closed = body.hero.closed
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
        beside = look.arrangement is Arrangement.STRIP
        noticed = beside and ids.notice.shown  # the notice stands where the card does
        halves = beside and bool(self.title)
        left, right = columns(area, (1, 1), look.px(40)) if halves else (area, area)
        words = [(ids.title, 0), (ids.helper, 8), *([] if beside else [(ids.notice, 24)])]
        aside = [(ids.notice, 0), (ids.best, 12)] if noticed else []
        card = 0.0
        for way in self._ways(noticed):
            self._take(way)
            ids.notice.title_style = "card_title" if beside or way.tight else "h2"
            card = 0.0 if noticed else self._card_height(look, right.w, way.tight)
            room = left.h - (0 if beside or not card else card + look.px(4))
            tall = pile_height(look, right.w, aside) if noticed else card
            if pile_height(look, left.w, words) <= room and (not beside or tall <= right.h):
                break
        rest = pile(look, left, words)
        pile(look, right, aside)
        if not card:
            ids.card.show(False)
            ids.live_icon.show(False)
            return
        if beside:
            box = right.slice_top(card)[0]
        elif look.arrangement is Arrangement.SIDE_BY_SIDE:
            box = Box(rest.x, rest.top - look.px(32) - card, rest.w, card)
        else:
            box = Box(area.x, area.y + min(look.px(20), rest.h - card), area.w, card)
        self._place_card(look, box)

    def _ways(self, noticed: bool) -> Sequence[Way]:
        """The fullest way first; the red button says a closed office's hours too."""
        if noticed:
            return Way(live=False), Way(False, live=False), Way(False, False, False, tight=True), NOTHING
        spare = (Way(False, False, best=False), Way(False, False, live=False, tight=True))
        if self.closed:
            spare = spare[::-1]
        return Way(), Way(False), Way(False, False), Way(False, False, tight=True), *spare, NOTHING

    def _take(self, way: Way) -> None:
        ids = self.ids
        ids.title.say("\n".join(line for line in (self.greeting if way.greeting else "", self.title) if line))
        ids.helper.show(bool(way.helper and ids.helper.text))
        ids.live.show(bool(way.live and ids.live.text))
        ids.best.show(bool(way.best and ids.best.text))

    def _line(self, look: Look, width: float) -> tuple[float, float]:
        """Where the card's words begin, and how wide they may be."""
        pad = look.px(0 if look.contrast else 36)
        icon = look.px(52 + 20) if self.ids.live_icon.name else 0
        return pad + icon, width - 2 * pad - icon

    def _card_height(self, look: Look, width: float, tight: bool) -> float:
        """The card as tall as what it says; 0 when it says nothing."""
        ids = self.ids
        _, room = self._line(look, width)
        if ids.live.shown and len(ids.live.set_for(look, room).lines) > 1:
            ids.live.say(BULLET.sub("\n", ids.live.text))
        two_lines = 2.1 * look.type("live_line").size * look.type("live_line").line_height
        ids.live.fit(look, room, two_lines, ("body",) if tight else ("live_line", "body"))
        one_line = look.type("body").size * 1.5
        ids.best.fit(look, room, one_line, ("secondary",) if tight else ("body", "secondary"))
        words = ids.live.height_for(look, room) + ids.best.height_for(look, room)
        if not words:
            return 0.0
        return words + look.px(16) if tight else max(look.px(114), words + look.px(36))

    def _place_card(self, look: Look, box: Box) -> None:
        ids = self.ids
        ids.card.fill = "ground" if look.contrast else "surface"
        ids.card.line = "" if look.contrast else "line"
        ids.card.place(look, box)
        left, room = self._line(look, box.w)
        live, best = ids.live.height_for(look, room), ids.best.height_for(look, room)
        top = box.y + (box.h + live + best) / 2
        ids.live_icon.place(look, Box(box.x + left - look.px(52 + 20), box.y, look.px(52), box.h))
        ids.live.place(look, Box(box.x + left, top - live, room, live))
        ids.best.place(look, Box(box.x + left, top - live - best, room, best))
