"""What the screens of tracking a file show: its code read or typed, and what became of it."""

from dataclasses import dataclass
from typing import Literal

from kiosk.presenters.view_parts import Banner, Press, Span
from kiosk.session.heard import Reader


@dataclass(frozen=True, slots=True)
class ScanView:
    """Screen 6: how to hold the receipt. `reader` says whether a scanner or a camera is drawn."""

    name: Literal["scan"]
    reader: Reader
    title: str
    helper: str
    second: str
    slot: str
    """What the drawn device is, such as "Ô quét, dưới màn hình"."""
    paper: str
    """The heading of the drawn receipt."""
    distance: str
    steps: tuple[str, ...]
    by_hand: Press
    notice: Banner | None = None


@dataclass(frozen=True, slots=True)
class KeypadView:
    """Screen 6b, and the four digits of a second factor: a field, keys, the primary.

    `shape` is what of a known shape is still to be typed, drawn as dots. A key of kind `key` is grey.
    """

    name: Literal["keypad", "factor"]
    title: str
    helper: str
    example: str
    typed: str
    shape: str
    keys: tuple[Press, ...]
    """In reading order; the last one of a full page is as wide as two."""
    search: Press
    note: str = ""
    notice: Banner | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a few words on a tint."""

    tone: Literal["grey", "blue", "gold", "green", "red"]
    words: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value; `chip` stands behind the value."""

    label: str
    value: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the way: done, here, to come, stopped."""

    state: Literal["done", "here", "to_come", "stopped"]
    name: str
    unit: str
    when: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """Screen 7: what became of a dossier. `opened` lines take the place of the way once they may be seen."""

    name: Literal["result"]
    chips: tuple[Chip, ...]
    code: str
    procedure: str
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    opened_title: str
    opened: tuple[Line, ...]
    advice_icon: str
    advice: tuple[Span, ...]
    apology: Banner | None
    age: str
    """Where the answer is from and how old it is; empty when it is fresh."""
    presses: tuple[Press, ...]
    """The ticket that helps where there is one, then the second factor, then another file."""
