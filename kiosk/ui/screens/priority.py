"""Screen 3: does one of the priority groups apply? The ordinary ticket is the primary action."""

from __future__ import annotations

from kiosk.presenters.view_parts import Frame
from kiosk.presenters.view_visit import PriorityView
from kiosk.ui.geometry import Arrangement, Box, grid
from kiosk.ui.screens.page import Page, pile, pile_height
from kiosk.ui.theme import Look

GROUPS = 7
"""So many the office file is told that a kiosk has room for."""


class PriorityPage(Page):
    def fill(self, body: PriorityView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.above.say(body.above)
        ids.title.say(body.title)
        ids.intro.say(body.intro)
        ids.second.say(body.second)
        for n in range(GROUPS):
            ids[f"group_{n}"].bear(body.groups[n] if n < len(body.groups) else None)
        ids.ordinary.bear(body.ordinary)
        ids.help.bear(self.aside(frame, look))

    def arrange(self, look: Look) -> None:
        ids, area = self.ids, self.touch_area(look)
        self._read(look)
        gap = look.px(24)
        groups = [ids[f"group_{n}"] for n in range(GROUPS) if ids[f"group_{n}"].shown]
        if ids.help.shown:
            low = look.px(128)
            ids.help.place(look, Box(area.x, area.y, area.w, low))
            area = area.inset(0, 0, bottom=low + look.px(20))
        wide = look.arrangement is Arrangement.STRIP
        across = 4 if wide else 2
        lines = -(-len(groups) // across) or 1
        ordinary = min(
            look.px(176 if look.large else 232), (area.h - gap * lines) * (0.4 if lines < 3 else 0.2)
        )
        ordinary = max(look.px(140), ordinary)
        room = area.h - ordinary - gap
        height = min((room - gap * (lines - 1)) / lines, look.px(350 if not look.large else 380))
        used = height * lines + gap * (lines - 1)
        cells = grid(Box(area.x, area.top - used, area.w, used), len(groups), across, look.px(20), height)
        for group, box in zip(groups, cells, strict=True):
            group.place(look, box)
        ids.ordinary.place(look, Box(area.x, area.top - used - gap - ordinary, area.w, ordinary))

    def _read(self, look: Look) -> None:
        ids, area = self.ids, self.reading_area(look)
        words = [(ids.above, 0), (ids.title, 4), (ids.intro, 8), (ids.second, 0)]
        for spare in (ids.second, ids.above, ids.intro):
            if pile_height(look, area.w, words) > area.h:
                spare.show(False)
        pile(look, area, words)
