"""A message in the middle of the glass: out of service, refused, server lost, starting, safe."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.views import MessageView
from kiosk.ui.geometry import Arrangement, Box, columns
from kiosk.ui.screens.page import Page, column, pile, pile_height
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block

PLACES, PRESSES = 3, 4
"""Of the presses at most three are the message's own; one is for help."""
Words = Sequence[tuple[Block, float]]
"""A pile: each part with its design gap above."""


class MessagePage(Page):
    def fill(self, body: MessageView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.disc.icon.use(body.icon)
        ids.disc.show(bool(body.icon))
        ids.title.say(body.title)
        ids.body.say(body.body)
        ids.second.say(body.second if not look.large else "")
        ids.number.say(body.number)
        for n in range(PLACES):
            ids[f"place_{n}"].bear(body.places[n] if n < len(body.places) else None)
        ids.places.show(bool(body.places))
        ids.footer.say("\n".join(body.footer))
        presses = [*body.presses, *([help_press] if (help_press := self.aside(frame, look)) else [])]
        for n in range(PRESSES):
            ids[f"press_{n}"].bear(presses[n] if n < len(presses) else None)

    def arrange(self, look: Look) -> None:
        ids = self.ids
        head = [(ids.disc, 0), (ids.title, 48), (ids.body, 16), (ids.second, 0), (ids.number, 12)]
        touch = self.touch_area(look).inset(0, look.px(8))
        match look.arrangement:
            case Arrangement.COLUMN:
                ids.title.style = "h1"
                page = look.zones.page.inset(look.margin, look.px(40), bottom=look.px(28))
                rest = self._tail(look, Box(page.x, page.y, page.w, page.h))
                self._body(look, rest, head)
            case Arrangement.SIDE_BY_SIDE:
                ids.title.fit(look, look.zones.reading.w, look.height, ("h1", "action_row"))
                self._centred(look, look.zones.reading.inset(0, look.px(24)), head)
                rest = self._tail(look, touch)
                self._centred(look, rest, [(ids.places, 0)])
            case Arrangement.STRIP:
                left, right = columns(look.zones.page.inset(look.margin, look.px(20)), (1, 1), look.px(40))
                self._centred(look, left, head)
                rest = self._tail(look, right)
                self._centred(look, rest, [(ids.places, 0)])

    def _tail(self, look: Look, area: Box) -> Box:
        """Presses at the bottom, the footer above them; what is left."""
        ids = self.ids
        presses = [ids[f"press_{n}"] for n in range(PRESSES) if ids[f"press_{n}"].shown]
        gap, height = look.px(20), float(look.px(150))
        if presses:
            reach = look.zones.touch.h - look.px(36) - gap * (len(presses) - 1)
            height = min(height, reach / len(presses))
            used = len(presses) * (height + gap) - gap
            boxes = column(Box(area.x, area.y, area.w, used), [height] * len(presses), gap)
            for press, box in zip(presses, boxes, strict=True):
                press.place(look, box)
            area = area.inset(0, 0, bottom=used + look.px(28))
        footer = ids.footer.height_for(look, area.w)
        if footer:
            low = look.px(36) if not presses else 0
            ids.footer.place(look, Box(area.x, area.y + low, area.w, footer))
            area = area.inset(0, 0, bottom=footer + low + look.px(24))
        return area

    def _body(self, look: Look, area: Box, head: Words) -> None:
        """Head and places as one group, a little above the middle."""
        ids = self.ids
        self._places_height(look, area.w)
        total = pile_height(look, area.w, head) + look.px(72) + self._places_h
        if total > area.h and ids.disc.shown:
            ids.disc.show(False)
            total = pile_height(look, area.w, head) + look.px(72) + self._places_h
        top = max(0.0, min((area.h - total) * 0.42, look.px(110)))
        rest = pile(look, area.inset(0, top, bottom=0), head)
        self._place_places(look, Box(rest.x, rest.top - look.px(72) - self._places_h, rest.w, self._places_h))

    def _centred(self, look: Look, area: Box, blocks: Words) -> None:
        ids = self.ids
        if blocks == [(ids.places, 0)]:
            self._places_height(look, area.w)
            self._place_places(look, area.middle(area.w, min(area.h, self._places_h)))
            return
        total = pile_height(look, area.w, blocks)
        if total > area.h and ids.disc.shown:
            ids.disc.show(False)
            total = pile_height(look, area.w, blocks)
        pile(look, area.inset(0, max(0.0, (area.h - total) * 0.45), bottom=0), blocks)

    _places_h = 0.0

    def _rows(self) -> list[Block]:
        return [self.ids[f"place_{n}"] for n in range(PLACES) if self.ids[f"place_{n}"].shown]

    def _places_height(self, look: Look, width: float) -> None:
        inner = width - 2 * look.px(48)
        heights = [row.height_for(look, inner) for row in self._rows()]
        self._places_h = sum(heights) + look.px(48) * (len(heights) - 1) + 2 * look.px(52) if heights else 0.0

    def _place_places(self, look: Look, box: Box) -> None:
        ids = self.ids
        if not ids.places.shown:
            return
        ids.places.place(look, box)
        inner = box.inset(look.px(48), 0)
        rows = self._rows()
        heights = [row.height_for(look, inner.w) for row in rows]
        gap = (box.h - sum(heights)) / (len(heights) + 1)
        top = box.top - gap
        for row, height in zip(rows, heights, strict=True):
            row.place(look, Box(inner.x, top - height, inner.w, height))
            top -= height + gap
