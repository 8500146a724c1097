"""What every screen is made of: words, buttons, banners, the frame. Empty strings are not drawn."""

from dataclasses import dataclass
from typing import Literal

from kiosk.session.actions import Action, Language


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
class PlaceView:
    """Where else to go: a row of the white card, not touchable."""

    icon: str
    name: str
    line: str
    second: str
