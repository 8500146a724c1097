"""The facts between two rules: how many are before, how long it takes, and by when one is probably called."""

from devices.receipts.page import Bar, Box
from devices.receipts.pen import Pen
from devices.receipts.style import Face, SlipStyle
from devices.receipts.words import Fact

_CAPITAL = 0.74
_TAIL = 0.2
"""Height of a capital and depth of a tail, in em."""


def write_facts(pen: Pen, facts: tuple[Fact, Fact], promise: str, style: SlipStyle) -> None:
    """Two facts side by side where both fit, else below each other; then the promise, if there is one."""
    rule, gap = style.scaled(3), style.scaled(22)
    pen.rule(rule)
    needs = [_width(pen, fact, style) for fact in facts]
    left_width = max(needs[0], round(pen.width * 0.4) - gap)
    right_width = pen.width - left_width - gap - rule - gap
    if needs[1] <= right_width:
        _side_by_side(pen, facts, style, left_width, right_width)
    else:
        for fact in facts:
            _fact(pen, fact, style, *_heights(pen, (fact,), style))
    pen.rule(rule)
    if promise:
        pen.down(style.gap)
        pen.write(promise, style.faces["heading"])
        pen.down(style.gap)
        pen.rule(rule)


def _side_by_side(
    pen: Pen, facts: tuple[Fact, Fact], style: SlipStyle, left_width: int, right_width: int
) -> None:
    rule, gap, top = style.scaled(3), style.scaled(22), pen.y
    label, figure = _heights(pen, facts, style)
    left = Pen(pen.x, top, left_width, pen.measure)
    right = Pen(pen.x + pen.width - right_width, top, right_width, pen.measure)
    _fact(left, facts[0], style, label, figure)
    _fact(right, facts[1], style, label, figure)
    pen.y = max(left.y, right.y)
    pen.items.append(Bar(Box(pen.x + left_width + gap, top, rule, pen.y - top)))
    pen.items += left.items + right.items


def _face(fact: Fact, style: SlipStyle) -> Face:
    return style.faces["figure"] if fact.unit else style.faces["service"]


def _width(pen: Pen, fact: Fact, style: SlipStyle) -> int:
    """The narrowest column that holds the fact on two lines."""
    label = pen.ink(fact.label, style.faces["body"]).width
    figure = pen.ink(fact.figure, _face(fact, style)).width
    unit = style.scaled(12) + pen.ink(fact.unit, style.faces["heading"]).width if fact.unit else 0
    return max(label, figure + unit)


def _heights(pen: Pen, facts: tuple[Fact, ...], style: SlipStyle) -> tuple[int, int]:
    """Ink over the baselines of labels and of figures, so that neighbours share them."""
    body, heading = style.faces["body"], style.faces["heading"]
    label = max(pen.ink(fact.label, body).over for fact in facts)
    figure = max(
        max(
            pen.ink(fact.figure, _face(fact, style)).over,
            pen.ink(fact.unit, heading).over,
            round(_CAPITAL * _face(fact, style).size),
        )
        for fact in facts
    )
    return label, figure


def _fact(column: Pen, fact: Fact, style: SlipStyle, label_over: int, figure_over: int) -> None:
    """The label over the figure and its unit on one baseline."""
    face, unit, body = _face(fact, style), style.faces["heading"], style.faces["body"]
    baseline = column.y + style.scaled(12) + label_over
    label = column.ink(fact.label, body)
    column.put(fact.label, body, column.x - label.left, baseline)
    column.y = baseline + max(label.under, round(_TAIL * body.size)) + style.scaled(8)
    ink = column.ink(fact.figure, face)
    baseline = column.y + figure_over
    column.put(fact.figure, face, column.x - ink.left, baseline)
    under = ink.under
    if fact.unit:
        start = column.x + ink.width + style.scaled(12)
        under = max(under, column.put(fact.unit, unit, start, baseline).under)
    column.y = baseline + max(under, round(_TAIL * unit.size)) + style.scaled(14)
