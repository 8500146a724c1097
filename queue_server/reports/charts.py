"""PURE: charts of a printed report as SVG: bars with their figures, target lines solid and dashed."""

from collections.abc import Sequence
from html import escape

from queue_server.reports.cells import Figure, said

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 680, 210, 30, 62, 16, 26
INK, RED, GOLD, GREY = "#3A404B", "#A90F1A", "#6B4300", "#C9C5BC"
MOST_NAMES, MOST_VALUES = 32, 26


def bars(
    names: Sequence[str],
    means: Sequence[float | None],
    tails: Sequence[float | None],
    targets: Sequence[float],
    language: str,
    alt: str,
) -> str:
    """A bar a mean (minutes), a whisker its P90; over the widest target red, with its number."""
    top = _ceiling([*(v for v in means if v is not None), *(v for v in tails if v is not None), *targets])
    step = (WIDTH - LEFT - RIGHT) / max(len(names), 1)
    wide = min(step * 0.62, 34.0)
    parts = _frame(top, alt)
    every = -(-len(names) // MOST_NAMES)
    for number, (name, mean, tail) in enumerate(zip(names, means, tails, strict=True)):
        x = LEFT + step * (number + 0.5)
        if number % every == 0:
            parts.append(_text(x, HEIGHT - BOTTOM + 13, name, anchor="middle"))
        if mean is None:
            parts.append(_text(x, HEIGHT - BOTTOM - 4, "–", anchor="middle"))
            continue
        over = bool(targets) and mean > max(targets)
        y = _y(mean, top)
        colour = RED if over else INK
        parts.append(
            f'<rect x="{x - wide / 2:.1f}" y="{y:.1f}" width="{wide:.1f}" '
            f'height="{HEIGHT - BOTTOM - y:.1f}" fill="{colour}"/>'
        )
        if tail is not None and tail > mean:
            high = _y(tail, top)
            parts.append(
                f'<path d="M{x:.1f} {y:.1f}V{high:.1f}M{x - 3:.1f} {high:.1f}h6" '
                f'stroke="{colour}" stroke-width="1" fill="none"/>'
            )
        if over and len(names) <= MOST_VALUES:
            shown = said(Figure(mean), language)
            parts.append(_text(x + 4, y - 3, shown, colour=RED, bold=True))
    unit = "min" if language == "en" else "phút"
    for number, target in enumerate(sorted(targets, reverse=True)):
        y, colour = _y(target, top), RED if number == 0 else GOLD
        dash = "" if number == 0 else ' stroke-dasharray="5 3"'
        parts.append(
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{colour}" stroke-width="1.4"{dash}/>'
        )
        parts.append(_text(WIDTH - RIGHT + 4, y + 3, f"{target:g} {unit}", colour=colour, bold=True))
    return "".join([*parts, "</svg>"])


def columns(names: Sequence[str], counts: Sequence[int], alt: str, language: str) -> str:
    """A column a count, with its number on it."""
    top = _ceiling([float(count) for count in counts])
    step = (WIDTH - LEFT - RIGHT) / max(len(names), 1)
    parts = _frame(top, alt)
    for number, (name, count) in enumerate(zip(names, counts, strict=True)):
        x, y = LEFT + step * (number + 0.5), _y(float(count), top)
        parts.append(
            f'<rect x="{x - step * 0.36:.1f}" y="{y:.1f}" width="{step * 0.72:.1f}" '
            f'height="{HEIGHT - BOTTOM - y:.1f}" fill="{INK}"/>'
        )
        parts.append(_text(x, y - 3, said(Figure(count, 0), language), anchor="middle"))
        parts.append(_text(x, HEIGHT - BOTTOM + 13, name, anchor="middle"))
    return "".join([*parts, "</svg>"])


def _frame(top: float, alt: str) -> list[str]:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(alt)}"><title>{escape(alt)}</title>'
    ]
    for part in range(5):
        value = top * part / 4
        y = _y(value, top)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{GREY}" stroke-width=".6"/>')
        parts.append(_text(LEFT - 4, y + 3, f"{value:g}", anchor="end"))
    return parts


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(value, top) / top


def _ceiling(values: Sequence[float]) -> float:
    """A round number at or above every value, that four parts divide well."""
    highest = max(values, default=0.0)
    unit = 4.0
    while True:
        for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8):
            if unit * factor >= highest:
                return unit * factor
        unit *= 10


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = INK, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-family="Inter" font-size="9" '
        f'fill="{colour}"{weight}>{escape(text)}</text>'
    )
