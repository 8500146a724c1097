"""The card of a dossier: its state chips, code and procedure, and the facts the code alone shows."""

from __future__ import annotations

from kiosk.presenters.view_dossier import ResultView
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block, Panel
from kiosk.ui.widgets.fact import Fact
from kiosk.ui.widgets.mark import Mark
from kiosk.ui.widgets.text import Text

CHIPS, LINES = 2, 4
TIGHTEST = 6
"""How often the card gives way: smaller words, of the facts at last the due date alone."""
MONO = "JetBrains Mono"


class DossierCard(Panel):
    """The state, the code, the procedure, and the facts that the code alone shows.

    A `brief` one stands over what a second factor opened: its facts give way before its words get small.
    """

    brief = False

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.chips = [Mark() for _ in range(CHIPS)]
        self.code = Text(family=MONO, weight=500, role="text_2", private=True, keep=False, style="secondary")
        self.title = Text(style="h2", balance=True, private=True)
        self.facts = [Fact() for _ in range(LINES)]
        for part in (*self.chips, self.code, self.title, *self.facts):
            self.add_widget(part)

    def bear(self, view: ResultView | None) -> None:
        """None empties the card."""
        chips, lines = (view.chips, view.lines) if view else ((), ())
        for n, chip in enumerate(self.chips):
            chip.bear(chips[n] if n < len(chips) else None)
        self.code.say(view.code if view else "")
        self.title.say(view.procedure if view else "")
        for n, fact in enumerate(self.facts):
            fact.bear(lines[n] if n < len(lines) else None)

    def plan(self, look: Look, width: float, most: float) -> float:
        """Choose sizes so that the card stands in `most` px; the height it takes."""
        self._tight(0, width < look.px(700))
        for step in range(TIGHTEST + 1):
            self._tight(step, width < look.px(700))
            tall = self.height_for(look, width)
            if tall <= most:
                break
        return tall

    def _tight(self, step: int, narrow: bool) -> None:
        few = 2 if self.brief else TIGHTEST
        self.title.style = ("h2", "card_title", "card_title", "secondary", "minimum")[min(step, 4)]
        self.title.fixed = 28 if step >= 5 else 0
        for chip in self.chips:
            chip.style = "card_title" if step < 2 else "secondary"
        for fact in self.facts:
            fact.stacked = False
            fact.label.style = fact.value.style = ("body", "secondary", "secondary", "minimum")[min(step, 3)]
            fact.label.fixed = fact.value.fixed = 28 if step >= 6 else 0
            fact.show(bool(fact.label.text) and (step < few or fact is self.facts[2]))
            fact.show(fact.shown and not (self.brief and step >= TIGHTEST))
        self.code.style = "secondary" if not narrow and step < 2 else "minimum"

    def _rows(self, look: Look, width: float) -> list[list[tuple[Block, float, float]]]:
        """Chips and code, wrapped to the width: rows of (part, width, height)."""
        rows: list[list[tuple[Block, float, float]]] = [[]]
        used = 0.0
        parts: list[tuple[Block, float, float]] = [
            (chip, *chip.size_for(look, width)) for chip in self.chips if chip.shown
        ]
        if self.code.shown:
            parts.append((self.code, self.code.width_for(look, width) + 2, self.code.height_for(look, width)))
        for part in parts:
            if rows[-1] and used + look.px(16) + part[1] > width:
                rows.append([])
                used = 0.0
            rows[-1].append(part)
            used += part[1] + look.px(16)
        return rows

    def height_for(self, look: Look, width: float) -> float:
        inner = width - 2 * look.px(40)
        gap = look.px(10)
        rows = self._rows(look, inner)
        head = sum(max(h for *_, h in row) + gap for row in rows if row)
        facts = [fact.height_for(look, inner) for fact in self.facts if fact.shown]
        return (
            2 * look.px(30)
            + head
            + self.title.height_for(look, inner)
            + gap
            + sum(facts)
            + look.px(2) * len(facts)
        )

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        inner = self.box.inset(look.px(40), look.px(30))
        gap, top = look.px(10), inner.top
        for row in self._rows(look, inner.w):
            if not row:
                continue
            high = max(h for *_, h in row)
            x = inner.x
            for part, width, height in row:
                last = part is self.code and len(row) > 1
                at = inner.right - width if last else x
                part.place(look, Box(at, top - (high + height) / 2, width, height))
                x += width + look.px(16)
            top -= high + gap
        title_h = self.title.height_for(look, inner.w)
        self.title.place(look, Box(inner.x, top - title_h, inner.w, title_h))
        top -= title_h + gap
        for fact in self.facts:
            if fact.shown:
                height = fact.height_for(look, inner.w)
                fact.place(look, Box(inner.x, top - height, inner.w, height))
                top -= height + look.px(2)
