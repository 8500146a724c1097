"""Parts that every slip is put together of: office, bar, name, code with its words, footer."""

from devices.receipts.code import modules
from devices.receipts.page import Bar, Box, Code, Logo
from devices.receipts.pen import Align, Pen
from devices.receipts.style import Face, SlipStyle

_NAME_LINES = 3
_MIN_MODULE_DOTS = 4


def name(pen: Pen, text: str, face: Face, smaller: Face) -> None:
    """A name in `face`; one longer than three lines goes on in the smaller face, whole."""
    lines = pen.lines_of(text, face)
    if len(lines) > _NAME_LINES:
        pen.write(text, smaller)
    else:
        pen.write_lines(lines, face)


def office(pen: Pen, text: str, second: str, style: SlipStyle, logo: tuple[int, int] | None) -> None:
    """The office's logo and name over a rule; `logo` is its size in its own dots."""
    faces = style.faces
    if logo is not None and min(logo) > 0:
        scale = min(style.width / logo[0], style.scaled(96) / logo[1])
        width, height = max(1, round(logo[0] * scale)), max(1, round(logo[1] * scale))
        pen.items.append(Logo(Box(pen.x + (pen.width - width) // 2, pen.y, width, height)))
        pen.down(height + style.gap)
    pen.write(text, faces["office"], balanced=False)
    if second:
        pen.down(style.scaled(6))
        pen.write(second, faces["body"])
    pen.down(style.gap)
    pen.rule(style.scaled(6))
    pen.down(style.scaled(20))


def bar(
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


def code(pen: Pen, data: str, title: str, text: str, style: SlipStyle) -> None:
    """The code with its words beside it, or under it on narrow paper; one too large for it is left out."""
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
        _code_words(column, title, text, style, "left")
        pen.y = max(pen.y + side + quiet, column.y + style.gap)
    else:
        centred = pen.x + (pen.width - side) // 2
        pen.items.append(Code(Box(centred, pen.y, side, side), rows, dots, quiet))
        column = Pen(pen.x, pen.y + side + quiet, pen.width, pen.measure)
        _code_words(column, title, text, style, "centre")
        pen.y = column.y + style.gap
    pen.items += column.items
    pen.rule(style.scaled(2))


def _code_words(column: Pen, title: str, text: str, style: SlipStyle, align: Align) -> None:
    column.write(title, style.faces["heading"], align)
    column.down(style.gap)
    column.write(text, style.faces["body"], align, balanced=False)


def foot(pen: Pen, note: str, lines: tuple[str, ...], style: SlipStyle) -> None:
    pen.down(style.scaled(18))
    if note:
        pen.write(note, style.faces["heading"])
        pen.down(style.gap)
    for number, line in enumerate(lines):
        if number:
            pen.down(style.scaled(7))
        pen.write(line, style.faces["body"])
