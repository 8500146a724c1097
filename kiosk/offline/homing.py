"""PURE: what the server's reply makes of a paper that was sent home."""

from dataclasses import dataclass

from kiosk.offline.papers import Paper
from queue_server.contract.replies import RefusalView, Reply

LATER = frozenset({"storage_failed", "draining"})
"""Nothing was kept: the same id is asked again in a while."""
LATER_UNDER_ANOTHER_ID = frozenset({"clock_unconfirmed", "not_configured"})
"""The refusal is kept with its id; in a while another id may be accepted."""


@dataclass(frozen=True, slots=True)
class Merged:
    """It is in the books as the server's `ticket`."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """The server had issued `ticket` before its reply was lost: the paper's number is to find it too."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Again:
    """To be sent again: under another id or the same, at once or in a while."""

    another_id: bool
    at_once: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will not have it: a person must look."""

    code: str


def verdict(paper: Paper, tries: int, reply: Reply) -> Merged | Doubled | Again | Refused:
    """`tries` counts the refusals before this reply. The first may be that of the lost `issue` itself."""
    if reply.ok and reply.issued is not None:
        ticket = reply.issued.ticket
        mine = ticket.ticket == paper.ticket or ticket.number == paper.number
        return Merged(ticket.ticket) if mine else Doubled(ticket.ticket)
    code = _code(reply.refusal)
    if code in LATER:
        return Again(another_id=False, at_once=False)
    if code in LATER_UNDER_ANOTHER_ID:
        return Again(another_id=True, at_once=False)
    if tries == 0:
        return Again(another_id=True, at_once=True)
    return Refused(code)


def named(reply: Reply) -> bool:
    """Whether asking for the second number is over: it was given, or will not be (the visit is past)."""
    return reply.ok or _code(reply.refusal) not in LATER | LATER_UNDER_ANOTHER_ID


def _code(refusal: RefusalView | None) -> str:
    return refusal.code if refusal else "no_reply"
