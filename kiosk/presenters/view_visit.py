"""What the screens of taking a number show, from home to the paper."""

from dataclasses import dataclass
from typing import Literal

from kiosk.presenters.view_parts import Banner, Press, Span


@dataclass(frozen=True, slots=True)
class HomeView:
    """Screen 1, open (`home`) or outside opening hours (`out_of_hours`: its red button is closed)."""

    name: Literal["home", "out_of_hours"]
    greeting: str
    title: str
    helper: str
    live_icon: str
    live: tuple[Span, ...]
    hero: Press
    rows: tuple[Press, ...] = ()
    """Further things to do, as list rows; more come with later issues."""
    best: tuple[Span, ...] = ()
    """When to come, under `live`."""
    aids: tuple[Press, ...] = ()
    """Smaller secondary buttons under the rows: low reach."""
    notice: Banner | None = None


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One service: letter, name, example, a strong line (range or "Tạm ngừng đến 13:30"), a plain line."""

    press: Press
    letter: str
    pictogram: str
    example: str
    strong: str
    plain: str
    note: str = ""
    """Such as "Nộp sau 15:00, kết quả trả ngày làm việc tiếp theo."; drawn instead of `example`."""


@dataclass(frozen=True, slots=True)
class ServicesView:
    """Screen 2: at most 8 cards, 4 in large text. `press.label` of a card is the service's name."""

    name: Literal["services"]
    title: str
    intro: str
    hint: Banner | None
    cards: tuple[ServiceCard, ...]
    more: Press | None = None
    """ "Xem thêm", a full-width secondary button under the cards; wraps to the first page."""
    page_words: str = ""
    """ "Trang 1 trên 2", empty when there is one page."""


@dataclass(frozen=True, slots=True)
class PriorityView:
    """Screen 3: cards in two columns (label, hint in `second`, icon), then the primary."""

    name: Literal["priority"]
    above: str
    title: str
    intro: str
    second: str
    groups: tuple[Press, ...]
    ordinary: Press


@dataclass(frozen=True, slots=True)
class BusyView:
    """Issuing or looking up: `title` after 300 ms; with `banner` once it is late.

    Only `presses` can be touched.
    """

    name: Literal["issuing", "issuing_late", "looking"]
    title: str
    body: str
    banner: Banner | None = None
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A box: small label, big figure with its unit, a line below."""

    label: str
    figure: str
    unit: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """The ticket as such: number, black counter bar, two facts."""

    heading: str
    number: str
    counters: str
    """ "Quầy 2 hoặc 3"; empty when no counter takes the service now."""
    service: str
    ahead: Fact
    wait: Fact
    priority: str = ""


@dataclass(frozen=True, slots=True)
class QrBox:
    """`payload` is drawn as a QR, error level M, quiet zone 4; no box is drawn when it is empty."""

    payload: str
    title: str
    body: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The gold block: "Đang in phiếu", then "Vui lòng nhận phiếu" with an arrow; plain when `without`."""

    state: Literal["printing", "printed", "unconfirmed", "elsewhere", "without"]
    icon: str
    title: str
    body: str
    firm: bool = False
    """The body is told in small words rather than not at all."""


@dataclass(frozen=True, slots=True)
class TicketView:
    """Screen 4. `done` is the primary, with the countdown inside once the printer has answered."""

    name: Literal["ticket"]
    facts: TicketFacts
    qr: QrBox
    paper: Paper
    done: Press


@dataclass(frozen=True, slots=True)
class PrinterFailedView:
    """Screen 5."""

    name: Literal["printer_failed"]
    facts: TicketFacts
    banner: Banner
    qr: QrBox
    retry: Press
    without: Press
