"""The server's no, code by code: the words on the screen, what is said, and what may still be tried."""

from dataclasses import dataclass

from kiosk.session.availability import issuer
from kiosk.session.state import Session


@dataclass(frozen=True, slots=True)
class No:
    """`title` and `body` are keys of kiosk.words.table, `spoken` are phrase keys."""

    title: str
    body: str
    spoken: tuple[str, ...]
    again: bool = False
    """Trying again may help."""
    elsewhere: bool = True
    """Another service may be had."""


_CLOSED = No("refused.service_closed", "refused.other_service", ("ticket.closed",))
_FULL = No("refused.full", "refused.other_service", ("ticket.full",))
_BUSY = No("refused.try", "refused.again", ("ticket.refused",), again=True)
_MACHINE = No("refused.machine", "refused.go", ("ticket.refused",), elsewhere=False)
_HOURS = No(
    "refused.out_of_hours", "refused.come_back", ("home.closed", "refused.come_back"), elsewhere=False
)
REFUSALS: dict[str, No] = {
    "service_closed": _CLOSED,
    "service_unknown": _CLOSED,
    "quota_reached": _FULL,
    "numbers_exhausted": _FULL,
    "out_of_hours": _HOURS,
    "too_often": No("refused.try", "refused.too_often", ("ticket.refused",), again=True),
    "storage_failed": _BUSY,
    "draining": _BUSY,
    "bad_request": _BUSY,
    "too_late": _BUSY,
    "no_reply": _BUSY,
    "priority_unknown": _BUSY,
    "clock_unconfirmed": _MACHINE,
    "not_configured": _MACHINE,
    "kiosk_unknown": _MACHINE,
    "forbidden": _MACHINE,
}


def refusal(session: Session, code: str) -> No:
    """A code of a newer server counts as busy; while nobody issues, nothing can be tried here."""
    no = REFUSALS.get(code, _BUSY)
    if issuer(session.world) == "nobody":
        return No(no.title, no.body, no.spoken, again=False, elsewhere=False)
    return no
