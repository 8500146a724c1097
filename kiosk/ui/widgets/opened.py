"""What the second factor opened of a dossier."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.presenters.view_dossier import Line
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Panel
from kiosk.ui.widgets.fact import Fact
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Text

OPENED = 6


class Opened(Panel):
    """What the second factor opened: label over words."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.title = Text(style="card_title")
        self.icon = Icon(name="lock", size_px=44)
        self.facts = [Fact() for _ in range(OPENED)]
        for part in (self.icon, self.title, *self.facts):
            self.add_widget(part)

    def bear(self, title: str, lines: Sequence[Line]) -> None:
        """None hides the panel; only the newest of very many lines are shown."""
        lines = lines[-OPENED:]
        self.title.say(title)
        for n, fact in enumerate(self.facts):
            fact.stacked = True
            fact.label.style, fact.value.style = "secondary", "body"
            fact.bear(lines[n] if n < len(lines) else None)
        self.show(bool(lines))

    def plan(self, look: Look, width: float, most: float) -> float:
        """Smaller words, then fewer lines, so that the panel stands in `most` px."""
        shown = [fact for fact in self.facts if fact.label.text]
        for fact in shown:
            fact.show(True)
        for style in ("body", "secondary", "minimum"):
            for fact in shown:
                fact.value.style = style
                fact.label.style = "secondary" if style == "body" else "minimum"
            if self.height_for(look, width) <= most:
                break
        while shown and self.height_for(look, width) > most:
            shown.pop().show(False)
        self.show(bool(shown))
        return self.height_for(look, width) if shown else 0.0

    def height_for(self, look: Look, width: float) -> float:
        inner = width - 2 * look.px(40)
        facts = [fact.height_for(look, inner) for fact in self.facts if fact.shown]
        if not facts:
            return 0.0
        head = max(self.title.height_for(look, inner - look.px(60)), look.px(44))
        return 2 * look.px(28) + head + sum(facts) + look.px(14) * len(facts)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        inner = self.box.inset(look.px(40), look.px(28))
        head = max(self.title.height_for(look, inner.w - look.px(60)), look.px(44))
        self.icon.place(look, Box(inner.x, inner.top - head, look.px(44), head))
        self.title.place(look, Box(inner.x + look.px(60), inner.top - head, inner.w - look.px(60), head))
        top = inner.top - head - look.px(14)
        for fact in self.facts:
            if fact.shown:
                height = fact.height_for(look, inner.w)
                fact.place(look, Box(inner.x, top - height, inner.w, height))
                top -= height + look.px(14)
