"""The way of a dossier as a stepper: what is done, where it is, what is to come."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.presenters.view_dossier import Step
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block, Panel, Plain, Skinned
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Text

STEPS = 8


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
