"""Lays a dossier's slip out: title, number, code, what it is about, due moment, papers, QR, signature."""

from dataclasses import replace

from devices.receipts import parts
from devices.receipts.dossier_words import DossierWords, Labelled, dossier_words
from devices.receipts.page import Measure, Page, Text
from devices.receipts.pen import Pen
from devices.receipts.style import SlipStyle
from queue_server.contract.values import DossierSlip


def lay_out_dossier(
    slip: DossierSlip, style: SlipStyle, measure: Measure, logo: tuple[int, int] | None = None
) -> Page:
    """The page of a slip, `style.dots` wide and as high as it needs to be; nothing is cut."""
    words = dossier_words(slip)
    pen = Pen(style.margin, style.margin, style.width, measure)
    parts.office(pen, words.office, words.office_second, style, logo)
    _title(pen, words, style)
    _facts(pen, words.facts, style)
    _due(pen, words, style)
    _lines(pen, words, style)
    _facts(pen, words.after, style)
    pen.rule(style.scaled(3))
    if slip.qr:
        parts.code(pen, slip.qr, words.code_title, words.code_text, style)
    _sign(pen, words.sign, style)
    parts.foot(pen, words.note, words.footer, style)
    return Page(style.dots, pen.y + style.margin, tuple(pen.items))


def _title(pen: Pen, words: DossierWords, style: SlipStyle) -> None:
    faces = style.faces
    if words.reprint:
        parts.bar(pen, words.reprint, faces["heading"], style, pad=style.scaled(8), whole_width=False)
        pen.down(style.gap)
    pen.write(words.title, faces["heading"])
    for second in filter(None, (words.title_second, _joined(words.form, words.number))):
        pen.down(style.scaled(8))
        pen.write(second, faces["body"])
    pen.down(style.scaled(18))
    parts.bar(pen, words.code, faces["service"], style, pad=style.scaled(16))
    pen.down(style.scaled(16))


def _facts(pen: Pen, facts: tuple[Labelled, ...], style: SlipStyle) -> None:
    """A label over its text, each on the whole width."""
    body = style.faces["body"]
    for fact in facts:
        pen.write(fact.label, body, "left")
        pen.down(style.scaled(6))
        pen.write(
            fact.text, replace(style.faces["heading"], size=max(22, style.scaled(27))), "left", balanced=False
        )
        pen.down(style.scaled(14))


def _due(pen: Pen, words: DossierWords, style: SlipStyle) -> None:
    if not words.due:
        return
    pen.rule(style.scaled(3))
    pen.down(style.scaled(14))
    pen.write(words.due_label, style.faces["body"])
    pen.down(style.scaled(10))
    pen.write(words.due, style.faces["figure"])
    pen.down(style.scaled(14))
    pen.rule(style.scaled(3))
    pen.down(style.scaled(14))


def _lines(pen: Pen, words: DossierWords, style: SlipStyle) -> None:
    if not words.lines:
        return
    body = style.faces["body"]
    pen.write(words.lines_title, style.faces["heading"], "left", balanced=False)
    pen.down(style.scaled(10))
    indent = max(pen.ink(f"{number}. ", body).width for number in range(1, len(words.lines) + 1))
    indent += style.scaled(16)
    for number, line in enumerate(words.lines, start=1):
        column = Pen(pen.x + indent, pen.y, pen.width - indent, pen.measure)
        column.write(line, body, "left", balanced=False)
        first = next(item for item in column.items if isinstance(item, Text))
        pen.items += column.items
        pen.put(f"{number}.", body, pen.x, first.baseline)
        pen.y = column.y + style.scaled(8)
    pen.down(style.scaled(10))


def _sign(pen: Pen, text: str, style: SlipStyle) -> None:
    """Room for a pen."""
    pen.down(style.scaled(16))
    pen.write(text, style.faces["body"])
    pen.down(style.scaled(110))
    pen.rule(style.scaled(2))


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)
