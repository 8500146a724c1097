"""A banner: tint, a 14 px edge at the left, icon, bold first sentence; gold for a fault, blue for a hint."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.presenters.view_parts import Banner as BannerView
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Skinned
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Text

EDGE, PAD, ICON, GAP = 14, 28, 56, 24


class Banner(Skinned):
    """`prominent` titles are as large as h2 (server lost); else as the banner text."""

    title_style = StringProperty("card_title")
    body_style = StringProperty("banner")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind = "hint"
        self.icon = Icon(size_px=ICON)
        self.title = Text(weight=700)
        self.body = Text(style="banner", balance=True)
        self.second = Text(style="banner", role="text_2")
        for part in (self.icon, self.title, self.body, self.second):
            self.add_widget(part)

    def bear(self, view: BannerView | None) -> None:
        """Show this banner; None hides it."""
        self.show(view is not None)
        if view is None:
            return
        self.kind = view.kind
        self.icon.use(view.icon)
        self.title.say("" if view.spans else view.title)
        self.body.say(view.body, view.spans)
        self.second.say(view.second)

    def _parts(self, look: Look, width: float) -> tuple[float, list[tuple[Text, float]]]:
        left = look.px(EDGE + PAD + ICON + GAP) if self.icon.shown else look.px(EDGE + PAD)
        inner = width - left - look.px(PAD)
        self.title.style, self.body.style = self.title_style, self.body_style
        parts = [self.title, self.body] if look.large else [self.title, self.body, self.second]
        self.second.show(bool(self.second.text) and not look.large)
        return left, [(part, part.height_for(look, inner)) for part in parts]

    def height_for(self, look: Look, width: float) -> float:
        if not self.shown:
            return 0.0
        _, parts = self._parts(look, width)
        lines = [height for _, height in parts if height]
        return max(look.px(ICON), sum(lines) + look.px(4) * (len(lines) - 1)) + 2 * look.px(24)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        role = "fault" if self.kind == "fault" else "hint"
        contrast_border = look.rgb(f"{role}_edge") if look.contrast else None
        self.wear(
            skins.Skin(
                look.rgb(role), look.radius("card"), contrast_border, look.border_px if look.contrast else 0,
                edge=look.rgb(f"{role}_edge"), edge_px=look.px(EDGE),
            )
        )  # fmt: skip
        if not self.shown:
            return
        left, parts = self._parts(look, self.width)
        total = sum(height for _, height in parts if height)
        lines = sum(1 for _, height in parts if height)
        free = self.height - total - 2 * look.px(16)
        gap = max(0.0, min(look.px(6), free / max(1, lines)))
        total += gap * (lines - 1)
        top = self.y + (self.height + total) / 2
        first_h = next((part.kind(look).size * 1.3 for part, height in parts if height), look.px(ICON))
        icon_h = look.px(ICON)
        self.icon.role = f"{role}_icon"
        self.icon.place(
            look, Box(self.x + look.px(EDGE + PAD), top - (first_h + icon_h) / 2, look.px(ICON), icon_h)
        )
        for part, height in parts:
            if height:
                part.place(look, Box(self.x + left, top - height, self.width - left - look.px(PAD), height))
                top -= height + gap
