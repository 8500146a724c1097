"""Screen 7: what became of a dossier, what to do next, and the ticket in one touch."""

from __future__ import annotations

from kiosk.presenters.view_dossier import ResultView
from kiosk.presenters.view_parts import Frame
from kiosk.ui.geometry import Arrangement, Box, columns
from kiosk.ui.screens.page import Page
from kiosk.ui.theme import Look

PRESSES = 3


class ResultPage(Page):
    private = True
    at_once = True

    def fill(self, body: ResultView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.card.bear(body)
        ids.card.brief = bool(body.opened)
        ids.way.bear(body.steps)
        ids.opened.bear(body.opened_title, body.opened)
        ids.apology.bear(body.apology)
        ids.advice_icon.use(body.advice_icon if body.advice else "")
        ids.advice.say("", body.advice)
        ids.age.say(body.age)
        first = body.presses[0] if body.presses else None
        leads = first is not None and first.kind == "primary"
        ids.offer.bear(first if leads else None)
        others = body.presses[1:] if leads else body.presses
        for n in range(PRESSES - 1):
            ids[f"press_{n}"].bear(others[n] if n < len(others) else None)

    def forget(self) -> None:
        ids = self.ids
        ids.card.bear(None)
        ids.way.bear(())
        ids.opened.bear("", ())

    def arrange(self, look: Look) -> None:
        ids, page, touch = self.ids, look.zones.page, self.touch_area(look)
        match look.arrangement:
            case Arrangement.COLUMN:
                area = page.inset(look.margin, look.px(28), bottom=look.px(24))
                rest = self._buttons(look, area)
                self._told(look, rest, [rest])
            case Arrangement.SIDE_BY_SIDE:
                side = look.zones.reading.inset(0, look.px(12), bottom=look.px(24))
                rest = self._buttons(look, touch)
                self._told(look, side, [side, rest])
            case Arrangement.STRIP:
                both = page.inset(look.margin, look.px(14), bottom=look.px(20))
                left, right = columns(both, (1, 1), look.px(24))
                rest = self._buttons(look, right)
                if ids.opened.shown:
                    self._advice(look, rest)
                    self._told(look, left, [left], advice=False)
                else:
                    self._told(look, left, [left, rest])

    def _buttons(self, look: Look, area: Box) -> Box:
        """The primary over the others side by side, at the bottom; what is left above."""
        ids, gap = self.ids, look.px(20)
        others = [ids[f"press_{n}"] for n in range(PRESSES - 1) if ids[f"press_{n}"].shown]
        used = 0.0
        if others:
            used = look.px(140)
            low = Box(area.x, area.y, area.w, used)
            for part, cell in zip(others, columns(low, [1] * len(others), gap), strict=True):
                part.place(look, cell)
        if ids.offer.shown:
            high = look.px(180 if look.arrangement is Arrangement.COLUMN else 140)
            start = area.y + used + (gap if used else 0)
            ids.offer.place(look, Box(area.x, start, area.w, high))
            used = start + high - area.y
        return area.inset(0, 0, bottom=used + gap)

    def _told(self, look: Look, card: Box, areas: list[Box], advice: bool = True) -> None:
        """The card on top; way or opened part, apology, advice and age share what is left."""
        ids, gap = self.ids, look.px(20)
        one = len(areas) == 1
        below = areas[-1]
        low = self._advice(look, below) if advice else 0.0
        card_most = card.h
        if one and ids.opened.shown:
            wanted = ids.opened.plan(look, below.w, card.h)
            card_most = max(card.h * 0.3, card.h - low - wanted - 2 * gap)
            if look.arrangement is Arrangement.STRIP:
                card_most = min(card_most, card.h * 0.42)
        elif one and ids.way.shown:
            card_most = card.h * 0.52
        card_h = ids.card.plan(look, card.w, card_most)
        ids.card.place(look, Box(card.x, card.top - card_h, card.w, card_h))
        top = card.top - card_h - gap if one else below.top
        room = top - (below.y + low + (gap if low else 0))
        apology_h = ids.apology.height_for(look, below.w) if ids.apology.shown else 0.0
        if apology_h:
            ids.apology.place(look, Box(below.x, top - apology_h, below.w, apology_h))
            top -= apology_h + gap
            room -= apology_h + gap
        part = ids.opened if ids.opened.shown else ids.way
        if part.shown:
            height = part.plan(look, below.w, room)
            if part.shown:
                part.place(look, Box(below.x, top - height, below.w, height))

    def _advice(self, look: Look, area: Box) -> float:
        """The advice with its icon and the answer's age, at the foot of an area; how tall they are."""
        ids = self.ids
        icon = look.px(52 + 20) if ids.advice_icon.shown else 0
        words_h = ids.advice.height_for(look, area.w - icon) if ids.advice.shown else 0.0
        age_h = ids.age.height_for(look, area.w) if ids.age.shown else 0.0
        high = max(words_h, look.px(52)) if words_h else 0.0
        if age_h:
            ids.age.place(look, Box(area.x, area.y, area.w, age_h))
        if words_h:
            y = area.y + age_h
            ids.advice_icon.place(look, Box(area.x, y, look.px(52), high))
            words = Box(area.x + icon, y + (high - words_h) / 2, area.w - icon, words_h)
            ids.advice.place(look, words)
        return high + age_h
