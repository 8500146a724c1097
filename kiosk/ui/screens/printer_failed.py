"""Screen 5: the slip did not come out; the number holds, and there are two ways on."""

from __future__ import annotations

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.view_visit import PrinterFailedView
from kiosk.ui.geometry import Box, columns
from kiosk.ui.screens.page import ThreeWayPage, column
from kiosk.ui.screens.ticket_facts import facts_in_a_row, facts_to_read, number_over_phone
from kiosk.ui.theme import Look

BANNERS = (("card_title", "banner"), ("secondary", "secondary"), ("minimum", "minimum"))
"""Title and body of the banner: smaller where it has to stand beside everything else."""


class PrinterFailedPage(ThreeWayPage):
    def fill(self, body: PrinterFailedView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.number.bear(body.facts, "ticket_number_with_banner")
        ids.ahead.bear(body.facts.ahead)
        ids.wait.bear(body.facts.wait)
        ids.banner.bear(body.banner)
        ids.phone.bear(body.qr)
        ids.retry.bear(body.retry)
        ids.without.bear(body.without)
        ids.help.bear(self.aside(frame, look))

    def _buttons(self, look: Look, box: Box) -> None:
        ids = self.ids
        shown = [part for part in (ids.retry, ids.without, ids.help) if part.shown]
        for part, cell in zip(shown, columns(box, [1] * len(shown), look.px(20)), strict=True):
            part.place(look, cell)

    def _column(self, look: Look) -> None:
        self.ids.banner.title_style, self.ids.banner.body_style = BANNERS[0]
        ids, gap = self.ids, look.px(20)
        area = look.zones.page.inset(look.margin, look.px(36), bottom=look.px(36))
        facts, buttons = look.px(240 if look.large else 208), look.px(219)
        banner = ids.banner.height_for(look, area.w)
        phone = look.px(248) if ids.phone.shown else 0
        rest = facts + buttons + banner + phone + gap * (4 if phone else 3)
        number = min(look.px(620), area.h - rest)
        boxes = column(area, [number, facts, banner, *([phone] if phone else [])], gap)
        ids.number.place(look, boxes[0])
        facts_in_a_row(ids, look, boxes[1])
        ids.banner.place(look, boxes[2])
        if phone:
            ids.phone.place(look, boxes[3])
        self._buttons(look, Box(area.x, area.y, area.w, buttons))

    def _side_by_side(self, look: Look) -> None:
        self.ids.banner.title_style, self.ids.banner.body_style = BANNERS[0]
        ids, gap = self.ids, look.px(20)
        area = self.touch_area(look)
        buttons = look.px(170)
        banner = ids.banner.height_for(look, area.w)
        boxes = column(area, [area.h - buttons - banner - 2 * gap, banner, buttons], gap)
        ids.number.place(look, boxes[0])
        ids.banner.place(look, boxes[1])
        self._buttons(look, boxes[2])
        facts_to_read(ids, look, look.px(24))

    def _strip(self, look: Look) -> None:
        ids, gap = self.ids, look.px(16)
        page = look.zones.page.inset(look.margin, look.px(20))
        left, right = columns(page, (1, 1), look.px(24))
        facts, buttons = look.px(200), look.px(160)
        for ids.banner.title_style, ids.banner.body_style in BANNERS:
            if ids.banner.height_for(look, right.w) <= right.h - facts - buttons - 2 * gap:
                break
        else:
            buttons, facts = look.px(136), look.px(188)
        number_over_phone(ids, look, left, gap)
        parts = column(right, [facts, right.h - facts - buttons - 2 * gap], gap)
        facts_in_a_row(ids, look, parts[0])
        ids.banner.place(look, parts[1])
        self._buttons(look, Box(right.x, right.y, right.w, buttons))
