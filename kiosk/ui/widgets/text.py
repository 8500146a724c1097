"""Text in a named style: wraps at words, never cut; `**starred**` pieces are strong."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty, StringProperty

from kiosk.presenters.view_parts import Span
from kiosk.ui import textures
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look, Type
from kiosk.ui.typeset import Setting, runs_of, typeset
from kiosk.ui.widgets.block import Block


class Text(Block):
    """Top-aligned in its box unless `anchor` is "middle"; the setting decides its height."""

    text = StringProperty("")
    style = StringProperty("body")
    weight = NumericProperty(0)
    role = StringProperty("text")
    strong_role = StringProperty("")
    strong_weight = NumericProperty(700)
    align = OptionProperty("left", options=["left", "center", "right"])
    anchor = OptionProperty("top", options=["top", "middle", "bottom"])
    balance = BooleanProperty(False)
    cells = BooleanProperty(False)
    family = StringProperty("Be Vietnam Pro")
    fixed = NumericProperty(0)
    """A size in design px that no aid changes, instead of the style's."""
    tight = NumericProperty(0)
    """A line height as a factor, instead of the style's."""
    keep = BooleanProperty(True)
    """Whether figures and fixed phrases stay on one line."""
    shrink = BooleanProperty(False)
    """Figures only: smaller rather than on two lines."""
    private = BooleanProperty(False)
    """One citizen's: shown as it stands, stars too, and kept nowhere else."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.setting: Setting | None = None
        with self.canvas:
            self._colour = Color(1, 1, 1, 1)
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))

    def say(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Show this text, or these spans, in the next placing; an empty one is hidden."""
        if spans:
            text = "".join(f"**{span.text}**" if span.strong else span.text for span in spans)
        self.text = text
        if not text:
            self.setting = None
            if self.private:
                self._rectangle.texture = None
                self._rectangle.size = (0, 0)
        self.show(bool(text))

    def kind(self, look: Look) -> Type:
        weight = int(self.weight) or None
        if self.fixed:
            base = look.fixed_type(int(self.fixed), weight or 400)
        else:
            base = look.type(self.style, weight)
        return Type(base.size, base.weight, self.tight) if self.tight else base

    def set_for(self, look: Look, width: float) -> Setting:
        """The text broken for a width."""
        kind = self.kind(look)
        strong = look.rgb(self.strong_role) if self.strong_role else None
        runs = runs_of(
            self.text, kind.weight, look.rgb(self.role), int(self.strong_weight), strong, self.keep,
            plain=self.private,
        )  # fmt: skip
        return typeset(
            runs, kind, round(width), align=self.align, family=self.family, balance=self.balance,
            cells=self.cells, shrink_to=look.px(36) if self.shrink else 0, private=self.private,
        )  # fmt: skip

    def height_for(self, look: Look, width: float) -> float:
        return self.set_for(look, width).height if self.text and self.shown else 0.0

    def fit(self, look: Look, width: float, height: float, styles: Sequence[str]) -> float:
        """Take the first of these styles that stands in the room, else the last; the height it takes."""
        taken = 0.0
        for style in styles:
            self.style = style
            taken = self.height_for(look, width)
            if taken <= height and self.width_for(look, width) <= width:
                break
        return taken

    def width_for(self, look: Look, width: float) -> float:
        """How much of `width` px the longest line takes."""
        return self.set_for(look, width).width if self.text and self.shown else 0.0

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.text or not self.shown or self.width < 1:
            self.setting = None
            self._rectangle.size = (0, 0)
            if self.private:
                self._rectangle.texture = None
            return
        asked = round(box.w)
        self.setting = self.set_for(look, asked)
        painted = textures.text(self.setting, asked, keep=not self.private)
        width, height = painted.texture.size
        spare = self.height - self.setting.height
        drop = 0.0 if self.anchor == "top" else spare / 2 if self.anchor == "middle" else spare
        red, green, blue = painted.tint or (255, 255, 255)
        self._colour.rgb = (red / 255, green / 255, blue / 255)
        self._rectangle.texture = painted.texture
        self._rectangle.size = (width, height)
        self._rectangle.pos = (self.x + painted.left, round(self.top - drop) - painted.top - height)

    def overflow(self) -> tuple[float, float]:
        """How many px the text is wider and taller than its box; (0, 0) when it fits."""
        if self.setting is None:
            return 0.0, 0.0
        return max(0.0, self.setting.width - self.width), max(0.0, self.setting.height - self.height)
