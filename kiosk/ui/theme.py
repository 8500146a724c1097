"""The look of the moment: colours by role, type sizes and lengths for this panel, theme and text size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from assets.files import font_path
from assets.theme import Theme, rgb
from kiosk.ui.geometry import Arrangement, Measures, Zones, arrangement_for, scale_for, zones_for

Rgb = tuple[int, int, int]

ROLES: dict[str, tuple[str, str]] = {
    "ground": ("ground", "ground"),
    "surface": ("paper", "ground"),
    "text": ("ink", "text"),
    "text_2": ("ink_2", "text"),
    "live": ("ink", "accent"),
    "line": ("line", "disabled"),
    "rule": ("line", "border"),
    "border": ("line_strong", "border"),
    "strong": ("ink", "border"),
    "primary": ("red", "accent"),
    "primary_pressed": ("red_deep", "border"),
    "on_primary": ("paper", "on_accent"),
    "primary_tile": ("paper", "ground"),
    "on_primary_tile": ("red", "accent"),
    "pressed": ("muted", "disabled_fill"),
    "track": ("muted", "disabled_fill"),
    "tile": ("ground", "ground"),
    "inverse": ("ink", "text"),
    "on_inverse": ("paper", "ground"),
    "selected": ("ink", "accent"),
    "on_selected": ("paper", "on_accent"),
    "closed": ("muted", "ground"),
    "on_closed": ("ink_2", "disabled"),
    "closed_border": ("line_strong", "disabled"),
    "attention": ("gold", "accent"),
    "on_attention": ("ink", "on_accent"),
    "fault": ("gold_tint", "ground"),
    "fault_edge": ("gold", "accent"),
    "fault_icon": ("gold_ink", "accent"),
    "hint": ("blue_tint", "ground"),
    "hint_edge": ("blue", "border"),
    "hint_icon": ("blue", "text"),
    "band": ("red", "border"),
    "band_tab": ("gold", "accent"),
    "ring": ("gold", "accent"),
    "ring_outer": ("ink", "border"),
    "done": ("green", "accent"),
    "grey": ("muted", "ground"),
    "on_grey": ("ink", "text"),
    "blue": ("blue_tint", "ground"),
    "on_blue": ("blue", "text"),
    "gold": ("gold_tint", "ground"),
    "on_gold": ("gold_ink", "accent"),
    "green": ("green_tint", "ground"),
    "on_green": ("green", "accent"),
    "red": ("red_tint", "ground"),
    "on_red": ("red_deep", "text"),
    "on_done": ("paper", "on_accent"),
}
"""What a colour is for → its name in [colour], its name in [colour.high_contrast]."""

HEADINGS = frozenset(
    {"h1", "h2", "action_hero", "action_row", "button", "card_title", "counter_group", "range", "figure"}
)
SHADE: Rgb = (18, 22, 28)
"""What lies over a page behind a question; drawn at 70 %."""


@dataclass(frozen=True)
class Type:
    """A text style in px of this panel: size, weight 400–800, line height as a factor of the size."""

    size: int
    weight: int
    line_height: float


@dataclass(frozen=True)
class Look:
    """Everything that decides how a screen is painted. Two equal looks paint the same pixels."""

    theme: Theme
    width: int
    height: int
    contrast: bool = False
    large: bool = False
    low_reach: bool = False
    language: Literal["vi", "en"] = "vi"

    def __hash__(self) -> int:
        return hash((id(self.theme), self.width, self.height, self.contrast, self.large, self.low_reach))

    @cached_property
    def scale(self) -> float:
        return scale_for(self.width, self.height)

    @cached_property
    def arrangement(self) -> Arrangement:
        return arrangement_for(self.width, self.height, self.low_reach)

    @cached_property
    def zones(self) -> Zones:
        space = self.theme.space["kiosk"]
        measures = Measures(
            band=self.theme.band["kiosk"],
            touch_top=self.theme.touch["kiosk_zone_top_px"],
            bar=self.theme.touch["kiosk_bar_large_text_px" if self.large else "kiosk_bar_px"],
            margin=space["margin_large_text"] if self.large else space["margin"],
        )
        return zones_for(self.width, self.height, measures, self.low_reach)

    @property
    def calm(self) -> bool:
        """Whether nothing may move: no cross-fade, no pulse."""
        return self.contrast or self.large

    @cached_property
    def margin(self) -> int:
        beside = self.arrangement is Arrangement.SIDE_BY_SIDE
        return self.px(40) if beside else round(self.zones.touch.x)

    def px(self, design: float) -> int:
        """A design length in whole px of this panel."""
        return round(design * self.scale)

    def radius(self, name: str) -> int:
        return self.px(self.theme.radius["kiosk"][name])

    def rgb(self, role: str) -> Rgb:
        """The colour of a role, 0–255. Raises KeyError for an unknown role."""
        return _role(self.theme, role, self.contrast)

    def rgba(self, role: str, alpha: float = 1.0) -> tuple[float, float, float, float]:
        r, g, b = self.rgb(role)
        return r / 255, g / 255, b / 255, alpha

    def type(self, style: str, weight: int | None = None) -> Type:
        """A named kiosk style at this panel's size. Raises KeyError."""
        text = self.theme.text("kiosk", style, large=self.large and not style.startswith("ticket_number"))
        faces = self.theme.type
        if style.startswith("ticket_number"):
            line_height = faces.number_line_height
        elif style in HEADINGS:
            line_height = faces.heading_line_height
        else:
            line_height = faces.body_line_height
        return Type(max(8, self.px(text.size)), weight or text.weight, line_height)

    def fixed_type(self, size: int, weight: int, line_height: float = 1.2) -> Type:
        """A size that large text does not change: header and other furniture."""
        return Type(max(8, self.px(size)), weight, line_height)

    @property
    def hairline_px(self) -> int:
        """The border of what only shows."""
        return max(2, self.px(2 if self.contrast else self.theme.border["static"].width))

    @property
    def border_px(self) -> int:
        return max(2, self.px(4 if self.contrast else self.theme.border["touchable"].width))


@cache
def _colour(value: str) -> Rgb:
    r, g, b = rgb(value)
    return int(r), int(g), int(b)


def _role(theme: Theme, role: str, contrast: bool) -> Rgb:
    plain, high = ROLES[role]
    if not contrast:
        return _colour(theme.colour[plain])
    if high == "disabled_fill":
        return (51, 51, 51)
    return _colour(theme.high_contrast[high])


def font_file(family: str, weight: int) -> str:
    """The packaged TTF of a family at a weight."""
    return str(font_path(family, weight))
