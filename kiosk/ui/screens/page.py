"""What every screen is: it takes a view, then places its parts in the zones of a look."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kivy.lang import Builder

from kiosk.presenters.view_parts import Frame, Press
from kiosk.ui.geometry import Arrangement, Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block
from kiosk.ui.widgets.press import Touchable

HERE = Path(__file__).parent
KEY_CELLS = 5
"""More cells than this make a portrait bar's labels too narrow."""


def load_rules(name: str) -> None:
    """Read a screen's .kv once."""
    path = str(HERE / f"{name}.kv")
    if path not in Builder.files:
        Builder.load_file(path)


def help_in_bar(frame: Frame, look: Look) -> bool:
    """Whether "Tôi cần giúp" stands in the bar rather than in the touch zone."""
    cells = len(frame.bar) + (2 if frame.switch else 0)
    return look.arrangement is not Arrangement.COLUMN or cells < KEY_CELLS


class _AbstractWidget(type(Block), ABCMeta):  # type: ignore[misc]
    """Kivy's class of widgets, and Python's of classes that cannot be made before they are whole."""


class Page(Block, metaclass=_AbstractWidget):
    """Sub-classes have a `.kv` of their name with the parts, `fill` and `arrange`."""

    private = False
    """Shows what is one citizen's: `forget` is called when another page comes."""
    at_once = False
    """Appears without a cross-fade: an answer that somebody waits for."""

    def forget(self) -> None:
        """Let go of everything that was shown."""

    @abstractmethod
    def fill(self, body: Any, frame: Frame, look: Look) -> None:
        """Put the view's words into the parts."""

    @abstractmethod
    def arrange(self, look: Look) -> None:
        """Place the parts."""

    def aside(self, frame: Frame, look: Look) -> Press | None:
        """ "Tôi cần giúp" where it stands on the page."""
        return None if help_in_bar(frame, look) else frame.help

    def touchables(self) -> Iterator[Touchable]:
        """All that can be touched here, in reading order."""
        for block in self.blocks():
            if isinstance(block, Touchable) and block.press is not None:
                yield block

    @staticmethod
    def touch_area(look: Look) -> Box:
        """The touch zone without its outer air."""
        top = 0 if look.arrangement is Arrangement.COLUMN else look.px(24)
        return look.zones.touch.inset(0, top, bottom=look.px(20))

    @staticmethod
    def reading_area(look: Look) -> Box:
        """The reading zone without its outer air."""
        side = 0 if look.arrangement is not Arrangement.SIDE_BY_SIDE else look.px(16)
        strip = look.arrangement is Arrangement.STRIP
        top, bottom = (look.px(12), look.px(8)) if strip else (look.px(40), look.px(24))
        return look.zones.reading.inset(0, top, right=side, bottom=bottom)


class ThreeWayPage(Page):
    """A page whose parts stand otherwise in each arrangement."""

    def arrange(self, look: Look) -> None:
        match look.arrangement:
            case Arrangement.COLUMN:
                self._column(look)
            case Arrangement.SIDE_BY_SIDE:
                self._side_by_side(look)
            case Arrangement.STRIP:
                self._strip(look)

    @abstractmethod
    def _column(self, look: Look) -> None:
        """Portrait: under each other."""

    @abstractmethod
    def _side_by_side(self, look: Look) -> None:
        """Landscape: what is touched beside what is read."""

    @abstractmethod
    def _strip(self, look: Look) -> None:
        """Low reach: a low strip of the screen."""


def pile(look: Look, area: Box, blocks: Iterable[tuple[Block, float]]) -> Box:
    """Place blocks under each other from the top, each with its design gap above; what is left below."""
    rest = area
    first = True
    for block, gap in blocks:
        if not block.shown:
            continue
        height = block.height_for(look, rest.w)
        if height <= 0:
            continue
        if not first:
            rest = Box(rest.x, rest.y, rest.w, rest.h - look.px(gap))
        first = False
        block.place(look, Box(rest.x, rest.top - height, rest.w, height))
        rest = Box(rest.x, rest.y, rest.w, rest.h - height)
    return rest


def pile_height(look: Look, width: float, blocks: Iterable[tuple[Block, float]]) -> float:
    """How tall a pile is."""
    total = 0.0
    for block, gap in blocks:
        height = block.height_for(look, width) if block.shown else 0.0
        if height > 0:
            total += height + (look.px(gap) if total else 0)
    return total


def fitted(wanted: Sequence[float], room: float, gap: float, least: float) -> list[float]:
    """Heights for a column: as wanted where there is room, else smaller, but none under `least`."""
    free = room - gap * (len(wanted) - 1)
    total = sum(wanted)
    if not wanted or total <= free:
        return list(wanted)
    flexible = sum(max(0.0, want - least) for want in wanted) or 1.0
    missing = total - free
    return [want - missing * max(0.0, want - least) / flexible for want in wanted]


def column(area: Box, heights: Sequence[float], gap: float) -> list[Box]:
    """Boxes of those heights under each other from the top."""
    boxes, top = [], area.top
    for height in heights:
        boxes.append(Box(area.x, top - height, area.w, height))
        top -= height + gap
    return boxes
