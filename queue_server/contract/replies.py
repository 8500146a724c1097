"""The one answer to a request: a result of the verb's shape, or a refusal with a stable code."""

from pydantic import Field

from queue_server.contract.dossiers import Looked
from queue_server.contract.values import Id, Instant, Message, Slip, Text, Wait


class TicketView(Message):
    """A ticket as its holder and the officers' programs may see it."""

    ticket: Id
    number: Text
    state: Text
    service: Id
    counter: Id | None = None
    officer: Id | None = None
    service_class: Text = "ordinary"
    issued_at: Instant
    people: int = 1
    dossiers: int = 1


class Issued(Message):
    """The reply's result for `issue`: everything a kiosk shows and prints."""

    ticket: TicketView
    job: Id
    """The id of the slip's print job; its outcome comes back as `slip-done` under this id."""
    slip: Slip
    people_ahead: int
    wait: Wait | None = None
    page: Text = ""
    """The citizen's page (URL), empty without a public address."""


class Acted(Message):
    """The reply's result for acts on tickets and counters."""

    ticket: TicketView | None = None
    ended: TicketView | None = None
    counter_state: Text = ""


class Standing(Message):
    """The reply's result for `ticket-lookup`: where the ticket stands now."""

    ticket: TicketView
    """Without its officer."""
    counters: tuple[int, ...] = ()
    """Numbers of the counters that may call it; once it is called, the one it was called to."""
    people_ahead: int | None = None
    """None unless it waits."""
    wait: Wait | None = None
    promise_at: Text = ""
    """Local `HH:MM` before which it will probably be called."""
    come_back_until: Text = ""
    """Local `HH:MM` until which a missed number is put back into the queue; empty when it no longer is."""


class RefusalView(Message):
    code: Text
    sentence: Text
    detail: dict[str, str] = Field(default_factory=dict)


class Reply(Message):
    """`ok` tells which of `issued`, `acted`, `looked`, `standing` or `refusal` is there."""

    id: Id
    ok: bool
    at: Instant
    issued: Issued | None = None
    acted: Acted | None = None
    looked: Looked | None = None
    standing: Standing | None = None
    refusal: RefusalView | None = None
