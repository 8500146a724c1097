"""What each screen shows and what can be pressed on it: finished strings only, and the action of every press.

The UI places these and dispatches `action` when a press is released inside its button. Empty strings are not
drawn. Views are values: equal views need no redrawing.
"""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.session.actions import Action, Language, Reader


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line; `strong` pieces are bold (yellow in high contrast)."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Countdown:
    """A ring: whole seconds left and the share that is left, 1.0 to 0.0."""

    seconds: int
    share: float


@dataclass(frozen=True, slots=True)
class Press:
    """One thing to touch. `key` is a stable name for tests and focus, such as "home.take_number".

    A closed one (`closed`) is drawn dashed on muted with `second` as its stated reason; touching it still
    dispatches its action, which speaks the reason.
    """

    key: str
    label: str
    action: Action
    second: str = ""
    """The other language's line, a helper, or the reason why it is closed."""
    icon: str = ""
    kind: Literal["primary", "secondary", "row", "card", "key"] = "secondary"
    closed: bool = False
    selected: bool = False
    countdown: Countdown | None = None


@dataclass(frozen=True, slots=True)
class LanguageSwitch:
    """Home's double key: two halves, the language in use selected."""

    vietnamese: Press
    english: Press


@dataclass(frozen=True, slots=True)
class Banner:
    """`fault` is gold with an icon, `hint` is blue; `title` is bold."""

    kind: Literal["fault", "hint"]
    icon: str
    title: str
    body: str = ""
    second: str = ""
    spans: tuple[Span, ...] = ()
    """When given, drawn instead of title and body, in one paragraph."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around every screen: header, bar, and how to draw."""

    office_name: str
    clock: str
    """09:42"""
    date: str
    """Thứ Sáu, 20/11/2026"""
    language: Language
    large_text: bool
    contrast: bool
    low_reach: bool
    listen: bool
    bar: tuple[Press, ...] = ()
    """Keys of the bottom bar from left to right, at most five (three beside a language switch)."""
    switch: LanguageSwitch | None = None
    """Drawn left of the bar's keys, where there is one."""
    help: Press | None = None
    """ "Tôi cần giúp": a secondary button in the touch zone (at least 120 px high), last in reading order."""


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

    state: Literal["printing", "printed", "unconfirmed", "without"]
    icon: str
    title: str
    body: str


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


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where else to go: a row of the white card, not touchable."""

    icon: str
    name: str
    line: str
    second: str


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


@dataclass(frozen=True, slots=True)
class MessageView:
    """A centred message (picture 8b): refusals, server lost, safe screen. `presses` are in the touch zone."""

    name: Literal["refused", "server_lost", "starting", "safe", "no_answer"]
    icon: str
    title: str
    body: str
    second: str = ""
    number: str = ""
    """A ticket number that stays valid, drawn big."""
    places: tuple[PlaceView, ...] = ()
    presses: tuple[Press, ...] = ()
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StillThereView:
    """Picture 8c, over a dimmed screen: nothing below it can be touched."""

    name: Literal["still_there"]
    countdown: Countdown
    title: str
    body: str
    second: str
    here: Press
    leave: Press


@dataclass(frozen=True, slots=True)
class HelpView:
    """ "Đã báo quầy Hướng dẫn": over a dimmed screen; nothing below it can be touched."""

    name: Literal["help"]
    icon: str
    title: str
    body: str
    second: str
    close: Press


Body = (
    HomeView
    | ServicesView
    | PriorityView
    | BusyView
    | TicketView
    | PrinterFailedView
    | MessageView
    | ScanView
    | KeypadView
    | ResultView
)
OverlayView = StillThereView | HelpView


@dataclass(frozen=True, slots=True)
class ScreenView:
    """Everything there is to draw. `touches` lists every press that works now, in focus order."""

    frame: Frame
    body: Body
    overlay: OverlayView | None = None
    touches: tuple[Press, ...] = field(default=())

    @property
    def name(self) -> str:
        """The screen's stable name, the overlay's where there is one."""
        return self.overlay.name if self.overlay else self.body.name
