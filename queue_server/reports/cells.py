"""PURE: a report's tables: texts and figures that know how they are rounded, and how a figure is said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in full, with the digits it is shown with. Shares are of 1; None is "no data", never 0."""

    value: float | int | None
    digits: int = 1
    share: bool = False
    signed: bool = False


Cell = str | Figure


@dataclass(frozen=True, slots=True)
class Column:
    """`file_only` columns stand in files and not on paper, which has no room for them."""

    name: str
    number: bool = True
    file_only: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`key` is the same in every language. `wide` needs a page across."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def on_paper(self) -> tuple[int, ...]:
        """The places of the columns that paper has room for."""
        return tuple(n for n, column in enumerate(self.columns) if not column.file_only)


def said(cell: Cell, language: str) -> str:
    """ "16,7", "3.184", "73,4 %" in Vietnamese; no data is a dash."""
    if isinstance(cell, str):
        return cell or "–"
    if cell.value is None:
        return "–"
    value = cell.value * 100 if cell.share else cell.value
    text = f"{value:{'+' if cell.signed else ''},.{cell.digits}f}"
    if float(text.replace(",", "")) == 0:
        text = text.replace("-", "").replace("+", "")
    if language != "en":
        text = text.translate(str.maketrans(",.", ".,"))
    text = text.replace("-", "−")
    if cell.share and cell.signed:
        return text + (" pp" if language == "en" else " điểm %")
    return text + (("%" if language == "en" else " %") if cell.share else "")


def count(value: int | None) -> Figure:
    return Figure(value, 0)


def minutes(seconds: float | None) -> Figure:
    return Figure(None if seconds is None else seconds / 60)


def share(value: float | None) -> Figure:
    return Figure(value, 1, share=True)


def part(some: int, whole: int) -> Figure:
    return share(some / whole if whole else None)


def hours(value: float | None) -> Figure:
    return Figure(value)


def change(now: Figure, before: Figure | None) -> Figure:
    """Now less before; shares in percentage points."""
    if before is None or now.value is None or before.value is None:
        return Figure(None, now.digits)
    return Figure(now.value - before.value, now.digits, now.share, signed=True)
