"""The theme's slip figures at one printing width, in dots."""

from collections.abc import Mapping
from dataclasses import dataclass

from assets.theme import Theme

WIDTHS: tuple[int, ...] = (576, 512, 384)
"""Printing widths in dots that slips are laid out for."""


@dataclass(frozen=True, slots=True)
class Face:
    """Size in dots and weight of a run of text."""

    size: int
    weight: int


@dataclass(frozen=True, slots=True)
class SlipStyle:
    """Everything `lay_out` needs of the theme, scaled to `dots`."""

    dots: int
    scale: float
    margin: int
    gap: int
    faces: Mapping[str, Face]
    """number, counter, service, figure, heading, body, office."""
    module_dots: int
    quiet_modules: int

    @property
    def width(self) -> int:
        """Of the column between the margins."""
        return self.dots - 2 * self.margin

    def scaled(self, dots_at_576: int) -> int:
        """A length of the 576-dot design at this width, at least one dot."""
        return max(1, round(dots_at_576 * self.scale))


def slip_style(theme: Theme, dots: int) -> SlipStyle:
    """Raises ValueError for a width that slips are not designed for."""
    if dots not in WIDTHS or dots not in theme.slip_scale.factors:
        raise ValueError(f"no slip is designed for {dots} dots; there are {', '.join(map(str, WIDTHS))}")
    scale = theme.slip_scale.factors[dots]
    faces = {
        name: Face(max(theme.slip_scale.minimum, round(style.size * scale)), style.weight)
        for name, style in theme.type.surfaces["slip"].items()
    }
    space = theme.space["slip"]
    return SlipStyle(
        dots=dots,
        scale=scale,
        margin=round(space["margin"] * scale),
        gap=round(space["gap"] * scale),
        faces=faces,
        module_dots=theme.qr.slip_module_dots[dots],
        quiet_modules=theme.qr.quiet_zone_modules,
    )
