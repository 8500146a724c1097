"""A laid-out slip: boxes in dots, from the top left, ready to be drawn in black and white."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Box:
    """Whole dots; `right` and `bottom` are the first dots outside."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def holds(self, other: "Box") -> bool:
        """Whether `other` lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def touches(self, other: "Box") -> bool:
        """Whether they share a dot."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Ink:
    """Where a run of text leaves ink, in dots: left and right of its origin, over and under its baseline."""

    left: int
    right: int
    over: int
    under: int

    @property
    def width(self) -> int:
        return self.right - self.left


class Measure(Protocol):
    """How much room a run of text takes; `spacing` is dots added between letters."""

    def __call__(self, text: str, size: int, weight: int, spacing: int = 0) -> Ink: ...


@dataclass(frozen=True, slots=True)
class Text:
    """One run on one line. `box` is exactly where its ink may be."""

    box: Box
    text: str
    size: int
    weight: int
    x: int
    """The origin of the first letter."""
    baseline: int
    spacing: int = 0
    white: bool = False
    """White on a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Filled black: a bar behind white text, or a rule."""

    box: Box


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code in whole dots. `box` is its black part's square; `quiet` dots around it stay white."""

    box: Box
    modules: tuple[tuple[bool, ...], ...]
    module_dots: int
    quiet: int

    @property
    def kept_free(self) -> Box:
        """The code with its quiet zone."""
        return Box(
            self.box.x - self.quiet,
            self.box.y - self.quiet,
            self.box.width + 2 * self.quiet,
            self.box.height + 2 * self.quiet,
        )


@dataclass(frozen=True, slots=True)
class Logo:
    """Where the office's logo goes, scaled to the box."""

    box: Box


Item = Text | Bar | Code | Logo


@dataclass(frozen=True, slots=True)
class Page:
    """A slip `width` × `height` dots; items later in the list are drawn over earlier ones."""

    width: int
    height: int
    items: tuple[Item, ...]
