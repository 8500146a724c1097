"""Cards to choose from: a service with its wait, and a priority group."""

from __future__ import annotations

from kiosk.presenters.view_parts import Press
from kiosk.presenters.view_visit import ServiceCard
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.badge import Badge
from kiosk.ui.widgets.block import Plain
from kiosk.ui.widgets.icon import Icon, Tile
from kiosk.ui.widgets.press import Touchable
from kiosk.ui.widgets.text import Text

SQUEEZES = 5


class ServiceChoice(Touchable):
    """Letter, name, example, hairline, range, people waiting, pictogram."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.card: ServiceCard | None = None
        self.badge = Badge()
        self.name = Text(style="card_title", tight=1.16)
        self.example = Text(style="minimum", tight=1.22)
        self.line = Plain(role="line")
        self.strong = Text(style="range", tight=1.16)
        self.plain = Text(style="minimum", tight=1.3)
        self.pictogram = Icon(size_px=46)
        for part in (
            self.badge, self.name, self.example, self.line, self.strong, self.plain, self.pictogram,
        ):  # fmt: skip
            self.add_widget(part)

    def bear_card(self, card: ServiceCard | None) -> None:
        """Show this card; None hides it."""
        if card == self.card and self.shown == (card is not None):
            return
        self.card = card
        self._stands = ()
        self.bear(card.press if card else None)

    def fill_in(self, press: Press) -> None:
        card = self.card
        if card is None:
            return
        self.badge.letter.say(card.letter)
        self.badge.closed = press.closed
        self.name.say(press.label)
        self.strong.say(card.strong)
        self.pictogram.use(card.pictogram)

    def lay_out(self, look: Look, box: Box) -> None:
        card, press = self.card, self.press
        if card is None or press is None:
            return
        self.name.role = "on_closed" if press.closed and look.contrast else "text"
        self.example.role = "on_closed" if press.closed else "text_2"
        self.strong.role = "text" if press.closed and not look.contrast else "live"
        if press.closed and look.contrast:
            self.strong.role = "on_closed"
        self.plain.role = "on_closed" if press.closed and look.contrast else "text"
        self.pictogram.role = "on_closed" if press.closed else "text_2"
        self.line.role = "closed_border" if press.closed else "line"
        self.example.say(card.note or card.example)
        self.plain.say(card.plain)
        for squeeze in range(SQUEEZES + 1):
            self._squeeze(squeeze)
            if self._stand(look, box, card, squeeze == SQUEEZES) and not self._crowded(squeeze):
                break

    _close = False

    def _crowded(self, squeeze: int) -> bool:
        """Whether a word is wider than its place, or the range stands on two lines without need."""
        wide = any(part.overflow()[0] > 0 for part in (self.name, self.example, self.strong))
        broken = self.strong.setting is not None and len(self.strong.setting.lines) > 1
        return wide or (broken and squeeze == 0)

    def _squeeze(self, step: int) -> None:
        """Long words: the strong line smaller, then the name, then no example, last no waiting count.

        A note takes two lines more: everything then stands closer, without the hairline.
        """
        self._close = step >= 1 and self.card is not None and bool(self.card.note)
        self.strong.style, self.strong.weight = ("minimum", 700) if step >= 1 else ("range", 0)
        self.name.style, self.name.weight = ("secondary", 700) if step >= 2 else ("card_title", 0)
        if step >= 3 and self.card and not self.card.note:
            self.example.say("")
            self.name.style = "minimum"
        if step >= 4:
            self.plain.say("")
        if step >= 5:
            self.example.say("")

    def _stand(self, look: Look, box: Box, card: ServiceCard, anyhow: bool) -> bool:
        """Place the parts; False when they need more room than there is, unless `anyhow`."""
        pad = look.px(28 if box.h >= look.px(240) and not look.large else 22)
        inner = box.inset(pad, 0)
        close = self._close
        badge = look.px(56 if close else 76 if box.h >= look.px(210) else 64)
        self.line.show(not close)
        name_x = inner.x + badge + look.px(22)
        name_w = inner.right - name_x
        name_h = self.name.height_for(look, name_w)
        note_below = bool(card.note) and self.example.shown
        example_w = inner.w if note_below else name_w
        example_h = self.example.height_for(look, example_w)
        head_h = max(badge, name_h + (0 if note_below else example_h))
        icon_w = look.px(46)
        strong_h = self.strong.height_for(look, inner.w)
        plain_w = inner.w - icon_w - look.px(8)
        plain_h = self.plain.height_for(look, plain_w)
        beside = self._side_by_side(look, inner.w, icon_w)
        if beside:
            plain_h = 0.0
        free = box.h - head_h - strong_h - plain_h - (example_h if note_below else 0)
        if free < look.px(6 if close else 20) and note_below and self.plain.text:
            if not anyhow:
                return False
            self.plain.say("")
            free, plain_h = free + plain_h, 0
        elif free < look.px(20) and head_h > badge and name_h < head_h:
            self.example.say("")
            free, head_h = free + head_h - max(badge, name_h), max(badge, name_h)
        if free < 0 and not anyhow:
            return False
        edge = min(look.px(28), free * 0.3)
        gap = max(0.0, free - 2 * edge) / 2
        y = box.top - edge
        self.badge.place(look, Box(inner.x, y - head_h + (head_h - badge) / 2, badge, badge))
        words_h = name_h + (0 if note_below or not self.example.shown else example_h)
        name_top = y - (head_h - words_h) / 2
        self.name.place(look, Box(name_x, name_top - name_h, name_w, name_h))
        if note_below:
            self.example.place(look, Box(inner.x, y - head_h - example_h, example_w, example_h))
            y -= example_h
        else:
            self.example.place(look, Box(name_x, name_top - words_h, name_w, words_h - name_h))
        y -= head_h + gap
        self.line.place(look, Box(inner.x, y, inner.w, max(1, look.px(2))))
        y -= gap
        self.strong.place(look, Box(inner.x, y - strong_h, inner.w, strong_h))
        if beside:
            width = self.plain.width_for(look, inner.w) + 2
            height = self.plain.height_for(look, inner.w)
            x = inner.x + self.strong.width_for(look, inner.w) + look.px(24)
            self.plain.place(look, Box(x, y - strong_h + (strong_h - height) / 2, width, height))
            self.pictogram.place(look, Box(inner.right - icon_w, y - strong_h, icon_w, strong_h))
        else:
            self.plain.place(look, Box(inner.x, y - strong_h - plain_h, plain_w, plain_h))
            low = y - strong_h - plain_h
            free_right = inner.w - self.strong.width_for(look, inner.w) >= icon_w + look.px(8)
            high = strong_h + plain_h if free_right else plain_h
            self.pictogram.place(look, Box(inner.right - icon_w, low, icon_w, high))
        return True

    def _side_by_side(self, look: Look, width: float, icon_w: float) -> bool:
        """Whether range and waiting count share one line."""
        needed = self.strong.width_for(look, width) + self.plain.width_for(look, width)
        return bool(needed + icon_w + look.px(48) <= width)


class GroupChoice(Touchable):
    """A priority group: gold tile, its name and who it is for."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.tile = Tile(fill="fault", corner_px=20)
        self.tile.icon.role = "fault_icon"
        self.tile.icon.size_px = 96
        self.label = Text(style="h2", tight=1.1, balance=True)
        self.helper = Text(style="minimum", role="text_2", tight=1.25)
        for part in (self.tile, self.label, self.helper):
            self.add_widget(part)

    def fill_in(self, press: Press) -> None:
        self.label.say(press.label)
        self.helper.say(press.second)
        self.tile.icon.use(press.icon)

    def lay_out(self, look: Look, box: Box) -> None:
        self.label.fixed = 0
        self.label.style = "card_title" if box.h < look.px(300) or box.w < look.px(480) else "h2"
        pad = look.px(32 if not look.large else 28)
        inner = box.inset(pad, look.px(28 if box.h > look.px(300) else 18))
        label_h = self.label.height_for(look, inner.w)
        helper_h = self.helper.height_for(look, inner.w)
        side = min(look.px(136), int(inner.h - label_h - helper_h - look.px(6)))
        if side >= look.px(72):
            self.tile.icon.size_px = 96 * side / look.px(136)
            self.tile.place(look, Box(inner.x, inner.top - side, side, side))
            self.label.place(look, Box(inner.x, inner.y + helper_h, inner.w, label_h))
            self.helper.place(look, Box(inner.x, inner.y, inner.w, helper_h))
            return
        side = min(look.px(112), int(inner.h))
        self.tile.icon.size_px = 78 * side / look.px(112)
        self.tile.place(look, Box(inner.x, inner.y + (inner.h - side) / 2, side, side))
        x, width = inner.x + side + look.px(24), inner.w - side - look.px(24)
        label_h, helper_h = self.label.height_for(look, width), self.helper.height_for(look, width)
        if label_h + helper_h > box.h - look.px(8):
            self.helper.say("")
            helper_h = 0
        top = inner.y + (inner.h + label_h + helper_h) / 2
        self.label.place(look, Box(x, top - label_h, width, label_h))
        self.helper.place(look, Box(x, top - label_h - helper_h, width, helper_h))
