"""What a person does at the kiosk, and `Action`: everything that can happen to a session.

A press acts on release inside the button; the UI sends `Touched` at every touch-down.
"""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.session.heard import News, Outcome, PrintersTold, Scanned

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Touched:
    """A finger came down anywhere: stops the reading and the ticket's countdown; someone is there."""


@dataclass(frozen=True, slots=True)
class TakeNumber:
    """Home's red button."""


@dataclass(frozen=True, slots=True)
class ShowPage:
    """A page of the services, from 0; a page that is not there shows the first."""

    page: int


@dataclass(frozen=True, slots=True)
class ChooseService:
    service: str


@dataclass(frozen=True, slots=True)
class ExplainClosed:
    """A closed service or button was touched: its reason is spoken and shown, nothing else happens."""

    service: str = ""


@dataclass(frozen=True, slots=True)
class ChoosePriority:
    """The answer to the priority question; None is "no, ordinary ticket"."""

    group: str | None


@dataclass(frozen=True, slots=True)
class TryAgain:
    """After a refusal that may pass: the same wish under a new request id."""


@dataclass(frozen=True, slots=True)
class Reprint:
    pass


@dataclass(frozen=True, slots=True)
class RetryPrint:
    pass


@dataclass(frozen=True, slots=True)
class WithoutPaper:
    pass


@dataclass(frozen=True, slots=True)
class AnotherNumber:
    """From the ticket back to the services, keeping language and aids."""


@dataclass(frozen=True, slots=True)
class Finish:
    """ "Xong", "Kết thúc, về trang đầu": the visit ends and is wiped."""


@dataclass(frozen=True, slots=True)
class GoBack:
    pass


@dataclass(frozen=True, slots=True)
class GoHome:
    """Home within the same visit: language and aids stay."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: Language


@dataclass(frozen=True, slots=True)
class ToggleLargeText:
    pass


@dataclass(frozen=True, slots=True)
class ToggleContrast:
    pass


@dataclass(frozen=True, slots=True)
class ToggleLowReach:
    pass


@dataclass(frozen=True, slots=True)
class ToggleListen:
    pass


@dataclass(frozen=True, slots=True)
class CallHelp:
    pass


@dataclass(frozen=True, slots=True)
class CloseHelp:
    pass


@dataclass(frozen=True, slots=True)
class TrackFile:
    """Home's "Tra cứu hồ sơ", and "Tra cứu hồ sơ khác": what was found is gone."""


@dataclass(frozen=True, slots=True)
class TypeByHand:
    """From the scanner to the keypad."""


@dataclass(frozen=True, slots=True)
class TypeKey:
    """One key of the keypad."""

    char: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SwitchLetters:
    """The keypad's A–Z page and back."""


@dataclass(frozen=True, slots=True)
class Erase:
    """The last character that was typed."""


@dataclass(frozen=True, slots=True)
class EraseAll:
    pass


@dataclass(frozen=True, slots=True)
class Search:
    """Looks up what was typed; with a second factor's four digits, tries them."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """The second factor is to be given: the part of the answer that the code alone does not open."""


@dataclass(frozen=True, slots=True)
class TakeOffered:
    """The ticket that a dossier's answer offers, in one touch."""


@dataclass(frozen=True, slots=True)
class StillHere:
    """ "Tôi vẫn ở đây": the time-out starts again."""


Press = (
    TakeNumber
    | ShowPage
    | ChooseService
    | ExplainClosed
    | ChoosePriority
    | TryAgain
    | Reprint
    | RetryPrint
    | WithoutPaper
    | AnotherNumber
    | Finish
    | GoBack
    | GoHome
    | SetLanguage
    | ToggleLargeText
    | ToggleContrast
    | ToggleLowReach
    | ToggleListen
    | CallHelp
    | CloseHelp
    | StillHere
    | TrackFile
    | TypeByHand
    | TypeKey
    | SwitchLetters
    | Erase
    | EraseAll
    | Search
    | Unlock
    | TakeOffered
)
"""What a button may dispatch."""

Action = Touched | Press | News | PrintersTold | Scanned | Outcome
