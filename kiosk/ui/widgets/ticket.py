"""The parts of a ticket on the glass: number card, fact boxes, phone box, paper block."""

from __future__ import annotations

from kivy.properties import NumericProperty

from kiosk.presenters.view_visit import Fact, Paper, QrBox, TicketFacts
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Panel, Skinned
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.qr import Qr
from kiosk.ui.widgets.text import Text


class NumberCard(Skinned):
    """Heading, the number as large as it fits, and the black bar with the counters."""

    bar_px = NumericProperty(148)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.heading = Text(role="text_2", align="center", anchor="middle")
        self.number = Text(style="ticket_number", align="center", anchor="middle", shrink=True, role="live")
        self.priority = Text(style="card_title", align="center", role="fault_icon")
        self.counters = Text(style="counter_group", role="on_inverse", anchor="middle")
        self.service = Text(style="h2", weight=400, role="on_inverse", anchor="middle")
        self.empty = False
        for part in (self.heading, self.number, self.priority, self.counters, self.service):
            self.add_widget(part)

    def bear(self, facts: TicketFacts, style: str) -> None:
        self.heading.say(facts.heading)
        self.number.say(facts.number)
        self.number.style = style
        self.counters.say(facts.counters)
        self.service.say(f"· {facts.service}" if facts.counters and facts.service else facts.service)
        self.priority.say(facts.priority)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        bar = min(look.px(self.bar_px), int(self.height * 0.32))
        border = look.hairline_px
        self.wear(
            skins.Skin(
                look.rgb("surface"), look.radius("hero"), look.rgb("line"), border,
                lower=look.rgb("inverse"), split=bar,
            )
        )  # fmt: skip
        inner = self.box.inset(look.px(28), look.px(22), bottom=bar)
        heading_h = self.heading.height_for(look, inner.w)
        self.heading.place(look, Box(inner.x, inner.top - heading_h, inner.w, heading_h))
        priority_h = self.priority.height_for(look, inner.w)
        self.priority.place(look, Box(inner.x, inner.y + look.px(12), inner.w, priority_h))
        low = priority_h + look.px(16) if priority_h else 0
        rest = Box(inner.x, inner.y + low, inner.w, inner.h - heading_h - low)
        fits = int(rest.h / look.scale)
        size = look.theme.text("kiosk", self.number.style).size
        self.number.fixed, self.number.weight = min(size, fits), 800
        self.number.tight = 1.0
        self.number.place(look, rest)
        self._place_bar(
            look, Box(self.x + look.px(28), self.y + border, self.width - look.px(56), bar - border)
        )

    def _place_bar(self, look: Look, bar: Box) -> None:
        gap = look.px(24)
        counters_w = self.counters.width_for(look, bar.w)
        service_w = self.service.width_for(look, bar.w)
        if counters_w + gap + service_w <= bar.w:
            x = bar.x + (bar.w - counters_w - service_w - (gap if counters_w and service_w else 0)) / 2
            self.counters.align = self.service.align = "left"
            self.counters.place(look, Box(x, bar.y, counters_w + 1, bar.h))
            x += counters_w + (gap if counters_w else 0)
            self.service.place(look, Box(x, bar.y, service_w + 1, bar.h))
            return
        self.counters.align = self.service.align = "center"
        self.service.text = self.service.text.removeprefix("· ")
        top_h = self.counters.height_for(look, bar.w)
        low_h = self.service.height_for(look, bar.w)
        if top_h + low_h > bar.h and self.counters.text:
            self.service.say("")
            low_h = 0
        top = bar.y + (bar.h + top_h + low_h) / 2
        self.counters.place(look, Box(bar.x, top - top_h, bar.w, top_h))
        self.service.place(look, Box(bar.x, top - top_h - low_h, bar.w, low_h))


class FactBox(Panel):
    """Small label, big figure with its unit, a line below."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.label = Text(style="secondary", role="text_2", tight=1.25)
        self.figure = Text(style="figure", role="live", tight=1.05)
        self.unit = Text(style="card_title", weight=600)
        self.below = Text(style="minimum", tight=1.3)
        for part in (self.label, self.figure, self.unit, self.below):
            self.add_widget(part)

    def bear(self, fact: Fact) -> None:
        self.label.say(fact.label)
        self.figure.say(fact.figure)
        self.unit.say(fact.unit)
        self.below.say(fact.below)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        inner = self.box.inset(look.px(32), look.px(10))
        unit_w = self.unit.width_for(look, inner.w)
        gap = look.px(18) if unit_w else 0
        self.figure.style = "figure"
        room = inner.w - unit_w - gap
        if self.figure.width_for(look, 10_000) > room or self.figure.set_for(look, room).width > room:
            self.figure.style = "h2"
        figure_w = min(room, self.figure.width_for(look, room) + 2)
        heights = [
            self.label.height_for(look, inner.w),
            self.figure.height_for(look, figure_w),
            self.below.height_for(look, inner.w),
        ]
        if sum(heights) > inner.h:
            self.below.say("")
            heights[2] = 0
        for smaller in ("h2", "card_title"):
            if sum(heights) <= inner.h:
                break
            self.figure.style = smaller
            figure_w = min(room, self.figure.width_for(look, room) + 2)
            heights[1] = self.figure.height_for(look, figure_w)
        gap_y = min(look.px(6), max(0.0, inner.h - sum(heights)) / 2)
        top = inner.y + (inner.h + sum(heights) + 2 * gap_y) / 2
        self.label.place(look, Box(inner.x, top - heights[0], inner.w, heights[0]))
        top -= heights[0] + gap_y
        self.figure.place(look, Box(inner.x, top - heights[1], figure_w, heights[1]))
        unit_h = self.unit.height_for(look, unit_w + 4)
        lift = (heights[1] - unit_h) / 2 - (self.figure.kind(look).size - self.unit.kind(look).size) * 0.36
        low = top - heights[1] + max(0.0, lift)
        self.unit.place(look, Box(inner.x + figure_w + gap, low, unit_w + 4, unit_h))
        top -= heights[1] + gap_y
        self.below.place(look, Box(inner.x, top - heights[2], inner.w, heights[2]))


class PhoneBox(Panel):
    """The QR code beside what it is for; hidden without a payload."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.qr = Qr()
        self.title = Text(style="card_title")
        self.body = Text(style="secondary", role="text_2", tight=1.4)
        for part in (self.qr, self.title, self.body):
            self.add_widget(part)

    def bear(self, box: QrBox) -> None:
        self.show(bool(box.payload))
        self.qr.payload = box.payload
        self.title.say(box.title)
        self.body.say("", box.body)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        edge = look.px(16 if look.contrast else 12)
        side = int(min(self.height - 2 * edge, look.px(290), self.width * 0.42))
        self.qr.place(look, Box(self.x + edge, self.y + (self.height - side) / 2, side, side))
        x = self.x + edge + side + look.px(24 if look.contrast else 14)
        self.body.style = "secondary"
        width = self.right - look.px(24) - x
        title_h = self.title.height_for(look, width)
        body_h = self.body.height_for(look, width)
        if title_h + body_h > self.height - look.px(16):
            self.body.style = "minimum"
            body_h = self.body.height_for(look, width)
        if title_h + body_h > self.height - look.px(12):
            self.body.say("")
            body_h = 0
        gap = look.px(6) if body_h else 0
        top = self.y + (self.height + title_h + gap + body_h) / 2
        self.title.place(look, Box(x, top - title_h, width, title_h))
        self.body.place(look, Box(x, top - title_h - gap - body_h, width, body_h))


class PaperBlock(Skinned):
    """Gold while there is paper to take, a plain card without."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.state, self.firm = "printing", False
        self.icon = Icon(size_px=72)
        self.title = Text(style="h2")
        self.body = Text(style="secondary", tight=1.3)
        self.arrow = Icon(name="arrow-down", size_px=60)
        for part in (self.icon, self.title, self.body, self.arrow):
            self.add_widget(part)

    def bear(self, paper: Paper) -> None:
        self.state = paper.state
        self.icon.use(paper.icon)
        self.title.say(paper.title)
        self.body.say(paper.body)
        self.firm = paper.firm
        self.arrow.show(paper.state in {"printed", "unconfirmed"})

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if self.state == "without":
            self.wear(
                skins.Skin(look.rgb("surface"), look.radius("card"), look.rgb("line"), look.hairline_px)
            )
            role = "text"
        else:
            self.wear(skins.Skin(look.rgb("attention"), look.radius("card")))
            role = "on_attention"
        for part in (self.icon, self.title, self.body, self.arrow):
            part.role = role
        pad, icon, arrow = look.px(36), look.px(72), look.px(60)
        self.icon.place(look, Box(self.x + pad, self.y, icon, self.height))
        x = self.x + pad + icon + look.px(32)
        width = self.right - pad - (arrow + look.px(16) if self.arrow.shown else 0) - x
        title_h, body_h = self._fitted(look, width)
        top = self.y + (self.height + title_h + body_h) / 2
        self.title.place(look, Box(x, top - title_h, width, title_h))
        self.body.place(look, Box(x, top - title_h - body_h, width, body_h))
        self.arrow.place(look, Box(self.right - pad - arrow, self.y, arrow, self.height))

    def _fitted(self, look: Look, width: float) -> tuple[float, float]:
        """Heights of title and body: smaller words for a firm body, else the body gives way first."""
        room = self.height - look.px(8)
        ways = [("h2", "secondary")]
        if self.firm:
            ways += [("card_title", "secondary"), ("card_title", "minimum"), ("secondary", "minimum")]
        for self.title.style, self.body.style in ways:
            title_h, body_h = self.title.height_for(look, width), self.body.height_for(look, width)
            if title_h + body_h <= room:
                return title_h, body_h
        if self.firm:
            return title_h, body_h
        self.body.say("")
        return self.title.fit(look, width, room, ("h2", "card_title", "secondary")), 0.0
