"""Screen 6b: a code is typed, or the four digits that open the rest of an answer."""

from __future__ import annotations

from kiosk.presenters.view_dossier import KeypadView
from kiosk.presenters.view_parts import Frame
from kiosk.ui.geometry import Box
from kiosk.ui.screens.page import ThreeWayPage, pile, pile_height
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block
from kiosk.ui.widgets.pad import PadKey

KEYS = 30
LEAST_PX, MOST_PX = 120, 176


class KeypadPage(ThreeWayPage):
    private = True

    def fill(self, body: KeypadView, frame: Frame, look: Look) -> None:
        ids = self.ids
        ids.title.say(body.title)
        ids.helper.say(body.helper)
        ids.example.say(body.example)
        ids.field.bear(body.typed, body.shape, body.notice is not None)
        for n in range(KEYS):
            ids[f"key_{n}"].bear(body.keys[n] if n < len(body.keys) else None)
        ids.search.bear(body.search)
        ids.note.say("" if body.notice else body.note)
        ids.notice.bear(body.notice)
        self._three = body.name == "factor"

    _three = False

    def forget(self) -> None:
        self.ids.field.bear("", "", False)

    def _words(self, look: Look, area: Box, *extra: tuple[Block, float]) -> Box:
        ids = self.ids
        words = [(ids.title, 0), (ids.helper, 8), (ids.example, 4), *extra]
        for spare in (ids.note, ids.helper, ids.title):
            if pile_height(look, area.w, words) > area.h:
                spare.show(False)
        return pile(look, area, words)

    def _column(self, look: Look) -> None:
        ids, reading, touch = self.ids, self.reading_area(look), self.touch_area(look)
        field_h, gap = look.px(140), look.px(16)
        field = Box(reading.x, reading.y, reading.w, field_h)
        ids.field.place(look, field)
        self._words(look, reading.inset(0, 0, bottom=field_h + look.px(16)))
        touch = touch.inset(0, look.px(10), bottom=0)
        search_h = look.px(164)
        self.ids.search.place(look, Box(touch.x, touch.y, touch.w, search_h))
        room = touch.inset(0, 0, bottom=search_h + gap)
        below = ids.notice if ids.notice.shown else ids.note
        low = below.height_for(look, room.w) if below.shown else 0.0
        columns = self._columns(5 if self._count() <= 20 else 6)
        rows = self._rows(columns)
        least = rows * look.px(LEAST_PX) + (rows - 1) * look.px(12)
        if low and room.h - low - 2 * gap < least:
            below.show(False)
            low = 0.0
        room = room.inset(0, 0, bottom=low + 2 * gap if low else 0)
        used = self._keys(look, room, columns)
        if low:
            below.place(look, Box(room.x, room.top - used - gap - low, room.w, low))

    def _side_by_side(self, look: Look) -> None:
        ids, touch = self.ids, self.touch_area(look)
        self._words(look, self.reading_area(look), (ids.notice, 32), (ids.note, 32))
        gap = look.px(16)
        field, rest = touch.slice_top(look.px(116), gap)
        ids.field.place(look, field)
        search_h = look.px(130)
        ids.search.place(look, Box(rest.x, rest.y, rest.w, search_h))
        room = rest.inset(0, 0, bottom=search_h + gap)
        columns = 5 if self._rows(5) <= 4 else 8
        self._keys(look, room, self._columns(columns))

    def _strip(self, look: Look) -> None:
        """Wide and low: few rows of many keys, the primary beside them."""
        ids, reading, touch = self.ids, self.reading_area(look), self.touch_area(look)
        left_w = reading.w * 0.5
        left = Box(reading.x, reading.y, left_w - look.px(40), reading.h)
        if ids.notice.shown:
            ids.helper.show(False)
            ids.example.show(False)
        self._words(look, left, (ids.notice, 12))
        right = Box(reading.x + left_w, reading.y, reading.w - left_w, reading.h)
        field_h = look.px(110)
        ids.note.show(False)
        ids.field.place(look, Box(right.x, right.y, right.w, field_h))
        search_w = look.px(360)
        keys = Box(touch.x, touch.y, touch.w - search_w - look.px(16), touch.h)
        self._keys(look, keys, 6 if self._three else 7 if self._count() <= 19 else 10)
        ids.search.place(look, Box(touch.right - search_w, touch.y, search_w, touch.h))

    def _shown(self) -> list[PadKey]:
        return [self.ids[f"key_{n}"] for n in range(KEYS) if self.ids[f"key_{n}"].shown]

    def _count(self) -> int:
        return len(self._shown())

    def _columns(self, wanted: int) -> int:
        return 3 if self._three else wanted

    def _rows(self, columns: int) -> int:
        return -(-self._count() // columns)

    def _keys(self, look: Look, area: Box, columns: int) -> float:
        """Row by row; the last key takes what is left of its row. How much of the area they take."""
        keys, gap = self._shown(), look.px(12)
        rows = -(-len(keys) // columns)
        width = (area.w - gap * (columns - 1)) / columns
        height = min(look.px(MOST_PX), (area.h - gap * (rows - 1)) / max(1, rows))
        for n, key in enumerate(keys):
            row, column = divmod(n, columns)
            x = area.x + column * (width + gap)
            wide = area.right - x if n == len(keys) - 1 else width
            key.place(look, Box(x, area.top - (row + 1) * height - row * gap, wide, height))
        return rows * height + (rows - 1) * gap
