"""Lays a slip out for a printing width: number, counters, service, facts, code, when and where printed."""

from dataclasses import replace

from devices.receipts.code import modules
from devices.receipts.facts import write_facts
from devices.receipts.page import Bar, Box, Code, Logo, Measure, Page
from devices.receipts.pen import Align, Pen
from devices.receipts.style import Face, SlipStyle
from devices.receipts.words import Words, slip_words
from queue_server.contract.values import Slip

_NAME_LINES = 3
_MIN_MODULE_DOTS = 4


def lay_out(slip: Slip, style: SlipStyle, measure: Measure, logo: tuple[int, int] | None = None) -> Page:
    """The page of a slip, `style.dots` wide and as high as it needs to be.

    `logo` is the logo's width and height in its own dots, when the office has one. Names are wrapped,
    never cut. A code too large for the paper at four dots a module is left out.
    """
    words = slip_words(slip)
    pen = Pen(style.margin, style.margin, style.width, measure)
    _head(pen, words, style, logo)
    _number(pen, words, style)
    _counter(pen, words, style)
    _service(pen, words, style)
    write_facts(pen, (words.ahead, words.wait), words.promise, style)
    if slip.qr:
        _code(pen, slip.qr, words, style)
    _foot(pen, words, style)
    return Page(style.dots, pen.y + style.margin, tuple(pen.items))


def _name(pen: Pen, text: str, face: Face, smaller: Face) -> None:
    """A name in `face`; one longer than three lines goes on in the smaller face, whole."""
    lines = pen.lines_of(text, face)
    if len(lines) > _NAME_LINES:
        pen.write(text, smaller)
    else:
        pen.write_lines(lines, face)


def _head(pen: Pen, words: Words, style: SlipStyle, logo: tuple[int, int] | None) -> None:
    faces = style.faces
    if logo is not None and min(logo) > 0:
        scale = min(style.width / logo[0], style.scaled(96) / logo[1])
        width, height = max(1, round(logo[0] * scale)), max(1, round(logo[1] * scale))
        pen.items.append(Logo(Box(pen.x + (pen.width - width) // 2, pen.y, width, height)))
        pen.down(height + style.gap)
    pen.write(words.office, faces["office"], balanced=False)
    if words.office_second:
        pen.down(style.scaled(6))
        pen.write(words.office_second, faces["body"])
    pen.down(style.gap)
    pen.rule(style.scaled(6))
    pen.down(style.scaled(20))


def _number(pen: Pen, words: Words, style: SlipStyle) -> None:
    faces = style.faces
    if words.reprint:
        _bar(pen, words.reprint, faces["heading"], style, pad=style.scaled(8), whole_width=False)
        pen.down(style.gap)
    label = replace(faces["heading"], weight=500)
    spacing = style.scaled(2)
    pen.write(words.over_number, label, spacing=spacing)
    pen.down(style.scaled(18))
    face = faces["number"]
    while pen.ink(words.number, face).width > pen.width:
        face = replace(face, size=face.size - 2)
    ink = pen.ink(words.number, face)
    pen.put(words.number, face, pen.x + (pen.width - ink.width) // 2 - ink.left, pen.y + ink.over)
    pen.down(ink.over + ink.under + style.scaled(34))


def _counter(pen: Pen, words: Words, style: SlipStyle) -> None:
    _bar(pen, words.counter, style.faces["counter"], style, pad=style.scaled(18), second=words.counter_second)
    pen.down(style.scaled(20))


def _bar(
    pen: Pen,
    text: str,
    face: Face,
    style: SlipStyle,
    *,
    pad: int,
    second: str = "",
    whole_width: bool = True,
) -> None:
    """White words on black; the black is as high as they need."""
    top, place = pen.y, len(pen.items)
    inner = Pen(pen.x + style.gap, top + pad, pen.width - 2 * style.gap, pen.measure)
    inner.write(text, face, white=True)
    if second:
        inner.down(style.scaled(10))
        inner.write(second, style.faces["heading"], white=True)
    boxes = [item.box for item in inner.items]
    left = pen.x if whole_width else min(box.x for box in boxes) - 2 * pad
    right = pen.x + pen.width if whole_width else max(box.right for box in boxes) + 2 * pad
    pen.items.insert(place, Bar(Box(left, top, right - left, inner.y + pad - top)))
    pen.items += inner.items
    pen.y = inner.y + pad


def _service(pen: Pen, words: Words, style: SlipStyle) -> None:
    faces = style.faces
    _name(pen, words.service, faces["service"], faces["heading"])
    if words.service_second:
        pen.down(style.scaled(8))
        _name(pen, words.service_second, faces["body"], faces["body"])
    if words.priority:
        pen.down(style.gap)
        _framed(pen, words, style)
    pen.down(style.gap)


def _framed(pen: Pen, words: Words, style: SlipStyle) -> None:
    top, line, pad = pen.y, style.scaled(3), style.scaled(12)
    inner = Pen(pen.x + pad, top + line + pad, pen.width - 2 * pad, pen.measure)
    inner.write(words.priority, style.faces["heading"])
    inner.down(style.scaled(6))
    inner.write(words.priority_second, style.faces["body"])
    inner.down(style.scaled(6) if words.priority_second else 0)
    inner.write(words.priority_hint, style.faces["body"])
    bottom = inner.y + pad
    for box in (
        Box(pen.x, top, pen.width, line),
        Box(pen.x, bottom, pen.width, line),
        Box(pen.x, top + line, line, bottom - top - line),
        Box(pen.x + pen.width - line, top + line, line, bottom - top - line),
    ):
        pen.items.append(Bar(box))
    pen.items += inner.items
    pen.y = bottom + line


def _code(pen: Pen, data: str, words: Words, style: SlipStyle) -> None:
    rows = modules(data)
    dots = style.module_dots
    while dots > _MIN_MODULE_DOTS and len(rows) * dots + 2 * style.quiet_modules * dots > style.dots:
        dots -= 1
    side, quiet = len(rows) * dots, style.quiet_modules * dots
    if side + 2 * quiet > style.dots:
        return
    pen.down(quiet)
    x = max(pen.x, quiet)
    text_x = x + side + quiet
    beside = pen.x + pen.width - text_x
    if beside >= style.scaled(240):
        pen.items.append(Code(Box(x, pen.y, side, side), rows, dots, quiet))
        column = Pen(text_x, pen.y, beside, pen.measure)
        _code_words(column, words, style, "left")
        pen.y = max(pen.y + side + quiet, column.y + style.gap)
    else:
        centred = pen.x + (pen.width - side) // 2
        pen.items.append(Code(Box(centred, pen.y, side, side), rows, dots, quiet))
        column = Pen(pen.x, pen.y + side + quiet, pen.width, pen.measure)
        _code_words(column, words, style, "centre")
        pen.y = column.y + style.gap
    pen.items += column.items
    pen.rule(style.scaled(2))


def _code_words(column: Pen, words: Words, style: SlipStyle, align: Align) -> None:
    column.write(words.code_title, style.faces["heading"], align)
    column.down(style.gap)
    column.write(words.code_text, style.faces["body"], align, balanced=False)


def _foot(pen: Pen, words: Words, style: SlipStyle) -> None:
    pen.down(style.scaled(18))
    if words.note:
        pen.write(words.note, style.faces["heading"])
        pen.down(style.gap)
    for number, line in enumerate(words.footer):
        if number:
            pen.down(style.scaled(7))
        pen.write(line, style.faces["body"])
