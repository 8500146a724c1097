"""The keypad's parts: the field with what is typed and what is still to come, and its keys."""

from __future__ import annotations

from kiosk.presenters.view_parts import Press
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Plain, Skinned
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.press import Touchable
from kiosk.ui.widgets.text import Text

MONO = "JetBrains Mono"
SIZES = (58, 50, 44, 38, 34, 30, 26)
"""In design px: the first at which the whole code stands on one line."""


class CodeField(Skinned):
    """What is typed, a caret, and the rest of the shape as dots; a gold rim after a mistake."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.typed = Text(family=MONO, weight=500, anchor="middle", private=True, keep=False)
        self.rest = Text(family=MONO, weight=500, anchor="middle", role="text_2", keep=False, private=True)
        self.caret = Plain(role="primary")
        self.faulty = False
        for part in (self.typed, self.rest, self.caret):
            self.add_widget(part)

    def bear(self, typed: str, rest: str, faulty: bool) -> None:
        self.typed.say(typed)
        self.rest.say(rest)
        self.faulty = faulty

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        role, width = ("fault_edge", 5) if self.faulty else ("strong", 5)
        self.wear(
            skins.Skin(look.rgb("surface"), look.radius("card"), look.rgb(role), max(2, look.px(width)))
        )
        inner = self.box.inset(look.px(36), look.px(8))
        caret_w = max(2, look.px(5))
        typed_w = rest_w = 0.0
        for size in SIZES:
            self.typed.fixed = self.rest.fixed = size
            typed_w = self.typed.width_for(look, 100_000)
            rest_w = self.rest.width_for(look, 100_000)
            if typed_w + rest_w + caret_w * 4 <= inner.w:
                break
        self.typed.place(look, Box(inner.x, inner.y, typed_w + 1, inner.h))
        x = inner.x + typed_w + caret_w
        high = min(inner.h, look.px(88))
        self.caret.place(look, Box(x, inner.y + (inner.h - high) / 2, caret_w, high))
        room = inner.right - x - 2 * caret_w
        if rest_w + 1 > room:
            self.rest.say("")
        self.rest.place(look, Box(x + 2 * caret_w, inner.y, rest_w + 1, inner.h))


class PadKey(Touchable):
    """One key: a large character, or a grey key with a word or a pictogram."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.icon = Icon(size_px=56)
        self.label = Text(align="center", keep=False)
        self.add_widget(self.icon)
        self.add_widget(self.label)

    @property
    def grey(self) -> bool:
        return self.press is not None and self.press.kind == "key"

    def fill_in(self, press: Press) -> None:
        self.label.say(press.label)
        self.icon.use(press.icon)

    def skin(self, look: Look, press: Press) -> skins.Skin:
        fill = "line" if self.held else "track" if self.grey else "surface"
        if look.contrast:
            fill = "pressed" if self.held else "surface"
        return skins.Skin(look.rgb(fill), look.radius("key"), look.rgb("border"), look.border_px)

    def lay_out(self, look: Look, box: Box) -> None:
        inner = box.inset(look.px(8), look.px(6))
        self.label.fixed = 0 if self.grey else 64
        self.label.weight = 600
        gap = look.px(20)
        icon_w = look.px(56) if self.icon.shown and inner.w > look.px(240) else 0
        if not icon_w and self.icon.shown and self.grey:
            self.icon.place(look, inner)
            self.label.show(False)
            return
        room = inner.w - (icon_w + gap if icon_w else 0)
        height = self.label.fit(look, room, inner.h, ("card_title", "secondary", "minimum"))
        width = min(room, self.label.width_for(look, room) + 2)
        x = inner.x + (inner.w - width - (icon_w + gap if icon_w else 0)) / 2
        if icon_w:
            self.icon.place(look, Box(x, inner.y, icon_w, inner.h))
            x += icon_w + gap
        self.label.place(look, Box(x, inner.y + (inner.h - height) / 2, width, height))
