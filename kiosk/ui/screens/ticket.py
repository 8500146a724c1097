"""Screen 4: the number, where to go, how long, the phone's code, the paper, and "Xong"."""

from __future__ import annotations

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.view_visit import TicketView
from kiosk.ui.geometry import Box, columns
from kiosk.ui.screens.page import ThreeWayPage, column
from kiosk.ui.screens.ticket_facts import facts_in_a_row, facts_to_read, number_over_phone
from kiosk.ui.theme import Look


class TicketPage(ThreeWayPage):
    def fill(self, body: TicketView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.number.bear(body.facts, "ticket_number")
        ids.ahead.bear(body.facts.ahead)
        ids.wait.bear(body.facts.wait)
        ids.phone.bear(body.qr)
        ids.paper.bear(body.paper)
        ids.done.bear(body.done)
        ids.help.bear(self.aside(frame, look))

    def _done(self, look: Look, box: Box) -> None:
        ids = self.ids
        if not ids.help.shown:
            ids.done.place(look, box)
            return
        left, right = columns(box, (3, 2), look.px(20))
        ids.done.place(look, left)
        ids.help.place(look, right)

    def _column(self, look: Look) -> None:
        ids, page = self.ids, look.zones.page
        area = page.inset(look.margin, look.px(36), bottom=look.px(20))
        gap = look.px(24)
        facts, phone = look.px(250 if look.large else 210), look.px(299) if ids.phone.shown else 0
        paper, done = look.px(156 if look.large else 144), look.px(154)
        rest = facts + phone + paper + done + gap * (4 if phone else 3)
        number = min(look.px(860), area.h - rest)
        heights = [number, facts, *([phone] if phone else []), paper, done]
        boxes = column(area, heights, gap)
        ids.number.place(look, boxes.pop(0))
        facts_in_a_row(ids, look, boxes.pop(0))
        if phone:
            ids.phone.place(look, boxes.pop(0))
        ids.paper.place(look, boxes.pop(0))
        self._done(look, Box(area.x, area.y, area.w, done))

    def _side_by_side(self, look: Look) -> None:
        ids, gap = self.ids, look.px(24)
        area = self.touch_area(look)
        paper, done = look.px(150), look.px(170)
        boxes = column(area, [area.h - paper - done - 2 * gap, paper, done], gap)
        ids.number.place(look, boxes[0])
        ids.paper.place(look, boxes[1])
        self._done(look, boxes[2])
        facts_to_read(ids, look, gap)

    def _strip(self, look: Look) -> None:
        ids, gap = self.ids, look.px(20)
        page = look.zones.page.inset(look.margin, look.px(20))
        left, right = columns(page, (1, 1), look.px(24))
        number_over_phone(ids, look, left, gap)
        facts, done = look.px(240 if look.large else 210), look.px(170)
        parts = column(right, [facts, right.h - facts - done - 2 * gap, done], gap)
        facts_in_a_row(ids, look, parts[0])
        ids.paper.place(look, parts[1])
        self._done(look, parts[2])
