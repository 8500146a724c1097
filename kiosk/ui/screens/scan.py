"""Screen 6: hold the receipt to the reader, or type its code."""

from __future__ import annotations

from kiosk.presenters.view_dossier import ScanView
from kiosk.presenters.view_parts import Frame
from kiosk.ui.geometry import Arrangement, Box, columns
from kiosk.ui.screens.page import Page, pile, pile_height
from kiosk.ui.theme import Look
from kiosk.ui.widgets.press import Touchable

STEPS = 3


class ScanPage(Page):
    def fill(self, body: ScanView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.title.say(body.title)
        ids.helper.say(body.helper)
        ids.second.say(body.second)
        ids.notice.bear(body.notice)
        ids.holding.bear(body.reader, body.slot, body.paper, body.distance)
        for n in range(STEPS):
            ids[f"step_{n}"].bear(n + 1, body.steps[n] if n < len(body.steps) else "")
        ids.by_hand.bear(body.by_hand)
        ids.help.bear(self.aside(frame, look))

    def arrange(self, look: Look) -> None:
        page = look.zones.page
        match look.arrangement:
            case Arrangement.COLUMN:
                area = page.inset(look.margin, look.px(40), bottom=look.px(24))
                rest = self._buttons(look, area)
                self._picture(look, self._words(look, rest, rest.h * 0.4))
            case Arrangement.SIDE_BY_SIDE:
                area = self.reading_area(look)
                self._words(look, area, area.h)
                self._picture(look, self._buttons(look, self.touch_area(look)))
            case Arrangement.STRIP:
                both = page.inset(look.margin, look.px(16), bottom=look.px(20))
                left, right = columns(both, (1, 1), look.px(40))
                self._words(look, left, left.h)
                self._picture(look, self._buttons(look, right))

    def _words(self, look: Look, area: Box, most: float) -> Box:
        ids = self.ids
        words = [(ids.title, 0), (ids.helper, 10), (ids.second, 0), (ids.notice, 20)]
        for spare in (ids.second, ids.helper):
            if pile_height(look, area.w, words) > most:
                spare.show(False)
        if pile_height(look, area.w, words) > most:
            ids.title.style = "action_row"
        else:
            ids.title.style = "h1"
        return pile(look, area, words)

    def _picture(self, look: Look, area: Box) -> None:
        """The steps at the foot, the picture over them as large as it may be."""
        ids, gap = self.ids, look.px(32)
        steps = [ids[f"step_{n}"] for n in range(STEPS)]
        tall = look.arrangement is Arrangement.COLUMN
        apart = look.px(28 if tall and not look.low_reach else 12)
        total = pile_height(look, area.w, [(step, apart / look.scale) for step in steps])
        room = area.h - total - 2 * gap
        height = min(room, look.px(580))
        ids.holding.show(height >= look.px(250))
        if not ids.holding.shown:
            height = -gap
        spare = max(0.0, area.h - height - total - gap)
        top = area.top - min(gap, spare / 2)
        if ids.holding.shown:
            ids.holding.place(look, Box(area.x, top - height, area.w, height))
        foot = top - height - gap
        pile(look, Box(area.x, area.y, area.w, foot - area.y), [(s, apart / look.scale) for s in steps])

    def _buttons(self, look: Look, area: Box) -> Box:
        ids = self.ids
        shown: list[Touchable] = [part for part in (ids.by_hand, ids.help) if part.shown]
        tall = look.arrangement is Arrangement.COLUMN
        height = look.px(178 if tall else 140)
        if tall and len(shown) > 1:
            low = look.px(128)
            ids.by_hand.place(look, Box(area.x, area.y + low + look.px(20), area.w, look.px(160)))
            ids.help.place(look, Box(area.x, area.y, area.w, low))
            return area.inset(0, 0, bottom=low + look.px(20 + 160 + 12))
        weights = [3, 2][: len(shown)]
        box = Box(area.x, area.y, area.w, height)
        for part, cell in zip(shown, columns(box, weights, look.px(20)), strict=True):
            part.place(look, cell)
        return area.inset(0, 0, bottom=height + look.px(12))
