"""Screen 2: at most eight services, each with its letter, pictogram, range and people waiting."""

from __future__ import annotations

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.view_visit import ServicesView
from kiosk.ui.geometry import Arrangement, Box, columns, grid
from kiosk.ui.screens.page import Page, pile, pile_height
from kiosk.ui.theme import Look

CARDS = 8


class ServicesPage(Page):
    def fill(self, body: ServicesView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.title.say(body.title)
        ids.intro.say(body.intro)
        ids.page_words.say(body.page_words)
        ids.hint.bear(body.hint)
        for n in range(CARDS):
            ids[f"card_{n}"].bear_card(body.cards[n] if n < len(body.cards) else None)
        ids.more.bear(body.more)
        ids.help.bear(self.aside(frame, look))

    def arrange(self, look: Look) -> None:
        self._read(look)
        ids, area = self.ids, self.touch_area(look)
        tail = [part for part in (ids.more, ids.help) if part.shown]
        if tail:
            height, gap = look.px(140 if look.large else 128), look.px(20)
            for part, box in zip(
                tail, columns(Box(area.x, area.y, area.w, height), [1] * len(tail), gap), strict=True
            ):
                part.place(look, box)
            area = area.inset(0, 0, bottom=height + gap)
        cards = [ids[f"card_{n}"] for n in range(CARDS) if ids[f"card_{n}"].shown]
        if not cards:
            return
        across = 4 if look.arrangement is Arrangement.STRIP else 2 if len(cards) > 1 else 1
        most = look.px(256 if not look.large else 430)
        for card, box in zip(cards, grid(area, len(cards), across, look.px(20), most), strict=True):
            card.place(look, box)

    def _read(self, look: Look) -> None:
        ids, area = self.ids, self.reading_area(look)
        if look.arrangement is Arrangement.STRIP:
            left, right = columns(area, (1, 1), look.px(40))
            pile(look, left, [(ids.title, 0), (ids.intro, 12)])
            pile(look, right, [(ids.hint, 0), (ids.page_words, 16)])
            return
        words = [(ids.title, 0), (ids.intro, 12), (ids.page_words, 12)]
        hint_h = ids.hint.height_for(look, area.w)
        if hint_h and pile_height(look, area.w, words) + hint_h + look.px(16) > area.h:
            ids.intro.show(False)
        rest = pile(look, area, words)
        if not ids.hint.shown:
            return
        if look.arrangement is Arrangement.SIDE_BY_SIDE:
            ids.hint.place(look, Box(rest.x, rest.top - look.px(40) - hint_h, rest.w, hint_h))
        else:
            ids.hint.place(look, Box(area.x, area.y + look.px(4), area.w, hint_h))
