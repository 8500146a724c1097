"""Lays a slip out for a printing width: number, counters, service, facts, code, when and where printed."""

from dataclasses import replace

from devices.receipts import parts
from devices.receipts.facts import write_facts
from devices.receipts.page import Bar, Box, Measure, Page
from devices.receipts.pen import Pen
from devices.receipts.style import SlipStyle
from devices.receipts.words import Words, slip_words
from queue_server.contract.values import Slip


def lay_out(slip: Slip, style: SlipStyle, measure: Measure, logo: tuple[int, int] | None = None) -> Page:
    """The page of a slip, `style.dots` wide and as high as it needs to be.

    `logo` is the logo's width and height in its own dots, when the office has one. Names are wrapped,
    never cut. A code too large for the paper at four dots a module is left out.
    """
    words = slip_words(slip)
    pen = Pen(style.margin, style.margin, style.width, measure)
    parts.office(pen, words.office, words.office_second, style, logo)
    _number(pen, words, style)
    _counter(pen, words, style)
    _service(pen, words, style)
    write_facts(pen, (words.ahead, words.wait), words.promise, style)
    if slip.qr:
        parts.code(pen, slip.qr, words.code_title, words.code_text, style)
    parts.foot(pen, words.note, words.footer, style)
    return Page(style.dots, pen.y + style.margin, tuple(pen.items))


def _number(pen: Pen, words: Words, style: SlipStyle) -> None:
    faces = style.faces
    if words.reprint:
        parts.bar(pen, words.reprint, faces["heading"], style, pad=style.scaled(8), whole_width=False)
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
    parts.bar(
        pen, words.counter, style.faces["counter"], style, pad=style.scaled(18), second=words.counter_second
    )
    pen.down(style.scaled(20))


def _service(pen: Pen, words: Words, style: SlipStyle) -> None:
    faces = style.faces
    parts.name(pen, words.service, faces["service"], faces["heading"])
    if words.service_second:
        pen.down(style.scaled(8))
        parts.name(pen, words.service_second, faces["body"], faces["body"])
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
