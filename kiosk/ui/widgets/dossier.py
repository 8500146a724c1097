"""The parts of a dossier's answer: state chips, the card with its facts, the way as a stepper."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.properties import StringProperty

from kiosk.presenters.views import Chip, Line, ResultView, Step
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block, Panel, Plain, Skinned
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Text

CHIPS, LINES, STEPS, OPENED = 2, 4, 8, 6
TIGHTEST = 6
"""How often the card gives way: smaller words, of the facts at last the due date alone."""
MONO = "JetBrains Mono"


class Mark(Skinned):
    """A chip: tint, icon, a few words; as wide as it needs."""

    style = StringProperty("card_title")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.tone = "grey"
        self.icon = Icon(size_px=44)
        self.label = Text(weight=700, anchor="middle", keep=False, private=True)
        self.add_widget(self.icon)
        self.add_widget(self.label)

    def bear(self, chip: Chip | None) -> None:
        self.show(chip is not None)
        self.label.say(chip.words if chip else "")
        self.icon.use(chip.icon if chip else "")
        self.tone = chip.tone if chip else "grey"

    def wants(self, look: Look) -> float:
        """The least width that breaks no word."""
        if not self.shown:
            return 0.0
        self.label.style = self.style
        icon = look.px(44 + 12) if self.icon.shown else 0
        return self.label.width_for(look, 1) + icon + 2 * look.px(28 if self.icon.shown else 22) + 2

    def size_for(self, look: Look, room: float) -> tuple[float, float]:
        """Width and height of the chip in so much room."""
        if not self.shown:
            return 0.0, 0.0
        icon = look.px(44 + 12) if self.icon.shown else 0
        pad = 2 * look.px(28 if self.icon.shown else 22)
        self.label.style = self.style
        words = self.label.width_for(look, room - icon - pad) + 2
        high = self.label.height_for(look, room - icon - pad)
        return min(room, words + icon + pad), max(high + look.px(8), look.px(48))

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        border = look.rgb("border") if look.contrast else None
        radius = min(int(self.height) // 2, look.px(30))
        self.wear(skins.Skin(look.rgb(self.tone), radius, border, look.border_px if look.contrast else 0))
        self.label.role = self.icon.role = f"on_{self.tone}"
        pad = look.px(28 if self.icon.shown else 22)
        icon = look.px(44) if self.icon.shown else 0
        self.icon.place(look, Box(self.x + pad, self.y, icon, self.height))
        x = self.x + pad + (icon + look.px(12) if icon else 0)
        self.label.place(look, Box(x, self.y, self.right - pad + 2 - x, self.height))


class Fact(Block):
    """A label, its value, and a chip behind it; the label above in a narrow place."""

    stacked = False

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.label = Text(role="text_2", style="body")
        self.value = Text(weight=700, style="body", private=True)
        self.chip = Mark(style="minimum")
        for part in (self.label, self.value, self.chip):
            self.add_widget(part)

    def bear(self, line: Line | None) -> None:
        self.show(line is not None)
        self.label.say(line.label if line else "")
        self.value.say(line.value if line else "")
        self.chip.bear(line.chip if line else None)

    def _plan(self, look: Look, width: float) -> tuple[float, float, bool]:
        """How much of the width the label takes (0: it stands above), what is left, the chip below?"""
        wide = float(look.px(270 if look.large else 230))
        left = 0.0 if self.stacked else max(wide, self.label.width_for(look, width) + look.px(24))
        room = width - left
        if left > width * 0.5 or self.chip.wants(look) > room:
            left, room = 0.0, width
        chip_w, _ = self.chip.size_for(look, room)
        value_w = self.value.width_for(look, room)
        return left, room, bool(chip_w) and value_w + look.px(16) + chip_w > room

    def height_for(self, look: Look, width: float) -> float:
        if not self.shown:
            return 0.0
        left, room, below = self._plan(look, width)
        value_h = self.value.height_for(look, room)
        chip_h = self.chip.size_for(look, room)[1]
        label_h = self.label.height_for(look, left or width)
        tall = value_h + look.px(6) + chip_h if below else max(value_h, chip_h)
        return max(label_h, tall) if left else label_h + tall

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        left, room, below = self._plan(look, self.width)
        label_h = self.label.height_for(look, left or self.width)
        self.label.place(look, Box(self.x, self.top - label_h, left or self.width, label_h))
        top = self.top if left else self.top - label_h
        x = self.x + left
        value_h = self.value.height_for(look, room)
        value_w = self.value.width_for(look, room)
        self.value.place(look, Box(x, top - value_h, room if below else value_w + 2, value_h))
        if not self.chip.shown:
            return
        chip_w, chip_h = self.chip.size_for(look, room)
        if below:
            self.chip.place(look, Box(x, top - value_h - look.px(6) - chip_h, chip_w, chip_h))
            return
        chip_x = x + (value_w + look.px(16) if value_w else 0)
        middle = top - (value_h or chip_h) / 2
        self.chip.place(look, Box(chip_x, middle - chip_h / 2, chip_w, chip_h))


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


class StepLine(Block):
    """A disc, the step's name and unit, when it was."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.state = "done"
        self.disc = Skinned()
        self.icon = Icon(size_px=36)
        self.name = Text(style="card_title", private=True)
        self.unit = Text(style="secondary", role="text_2", tight=1.25, private=True)
        self.when = Text(style="secondary", role="text_2", private=True, align="right", keep=False)
        for part in (self.disc, self.icon, self.name, self.unit, self.when):
            self.add_widget(part)

    def bear(self, step: Step | None) -> None:
        self.show(step is not None)
        self.state = step.state if step else "done"
        self.name.say(step.name if step else "")
        self.unit.say(step.unit if step else "")
        self.when.say(step.when if step else "")
        self.icon.use({"done": "check", "here": "check", "stopped": "x"}.get(self.state, ""))

    def _words(self, look: Look, width: float) -> tuple[float, float, float]:
        when_w = self.when.width_for(look, width) + 2 if self.when.text else 0.0
        room = width - look.px(56 + 36)
        name_h = self.name.height_for(look, room - when_w - look.px(16))
        return when_w, name_h, self.unit.height_for(look, room)

    def height_for(self, look: Look, width: float) -> float:
        _, name_h, unit_h = self._words(look, width)
        return max(look.px(60), name_h + unit_h) if self.shown else 0.0

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        side = look.px(56)
        disc = Box(self.x, self.top - side - look.px(2), side, side)
        fill, line, ink = {
            "done": ("done", None, "on_done"),
            "here": ("attention", None, "on_attention"),
            "stopped": ("red", "on_red", "on_red"),
        }.get(self.state, ("surface", "border", "text"))
        self.disc.place(look, disc)
        border = look.rgb(line) if line else None
        self.disc.wear(skins.Skin(look.rgb(fill), side // 2, border, max(2, look.px(4)) if line else 0))
        self.icon.role = ink
        self.icon.place(look, disc)
        when_w, name_h, unit_h = self._words(look, self.width)
        x = self.x + side + look.px(36)
        right = self.right - (when_w + look.px(16) if when_w else 0)
        self.name.place(look, Box(x, self.top - name_h, right - x, name_h))
        self.unit.place(look, Box(x, self.top - name_h - unit_h, self.right - x, unit_h))
        self.when.place(look, Box(self.right - when_w, self.top - name_h, when_w, name_h))


class Way(Panel):
    """The steps under each other, joined by a line; the oldest ones give way where there is no room."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.joints = [Plain(role="line") for _ in range(STEPS - 1)]
        self.steps = [StepLine() for _ in range(STEPS)]
        for part in (*self.joints, *self.steps):
            self.add_widget(part)

    def bear(self, steps: Sequence[Step]) -> None:
        """The last of too many steps; none hides the panel."""
        steps = steps[-STEPS:]
        for n, line in enumerate(self.steps):
            line.bear(steps[n] if n < len(steps) else None)
        self.show(bool(steps))

    def plan(self, look: Look, width: float, most: float) -> float:
        """Hide what does not fit; the height that is taken, 0 when not even one step fits."""
        shown = [line for line in self.steps if line.name.text]
        for line in self.steps:
            line.show(line in shown)
            line.unit.show(bool(line.unit.text))
        tall = self.height_for(look, width)
        if tall > most:
            for line in shown:
                line.unit.show(bool(line.unit.text) and line.state == "here")
            tall = self.height_for(look, width)
        while shown and tall > most:
            spare = next((line for line in shown if line.state == "done"), shown[-1])
            spare.show(False)
            shown.remove(spare)
            tall = self.height_for(look, width)
        self.show(bool(shown))
        return tall if shown else 0.0

    def height_for(self, look: Look, width: float) -> float:
        inner = width - 2 * look.px(40)
        tall = [line.height_for(look, inner) for line in self.steps if line.shown]
        return sum(tall) + look.px(18) * (len(tall) - 1) + 2 * look.px(28) if tall else 0.0

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        for joint in self.joints:
            joint.show(False)
        if not self.shown:
            return
        inner = self.box.inset(look.px(40), look.px(28))
        top, before = inner.top, None
        joints = iter(self.joints)
        for line in self.steps:
            if not line.shown:
                continue
            height = line.height_for(look, inner.w)
            line.place(look, Box(inner.x, top - height, inner.w, height))
            if before is not None:
                joint = next(joints)
                joint.show(True)
                joint.role = "done" if line.state in {"done", "here"} else "line"
                x = inner.x + look.px(28) - look.px(3)
                low, high = line.disc.top, before.disc.y
                joint.place(look, Box(x, low, max(2, look.px(6)), max(0.0, high - low)))
            before = line
            top -= height + look.px(18)


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
