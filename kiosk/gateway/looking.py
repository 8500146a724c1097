"""Questions that change nothing: a dossier by its code, a ticket by its number or its page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from pydantic import ValidationError

from kiosk.gateway.asking import Asking, alongside
from kiosk.offline.desk import OfflineDesk
from kiosk.ports import Found, Sought
from kiosk.session.effects import FindTicket, LookUp
from queue_server.contract import requests as r

LOOK_FOR = timedelta(seconds=5)
"""How long a look-up is awaited; nobody stands longer before a glass that tells nothing."""
TICKET_UNKNOWN = "ticket_unknown"


class Looking:
    """Asked at QoS 0, so that no broker keeps a question; the answers come in a thread of their own."""

    def __init__(
        self,
        asking: Asking,
        desk: OfflineDesk | None,
        kiosk: str,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._asking, self._desk, self._kiosk, self._now, self._new_id = asking, desk, kiosk, now, new_id

    def look_up(self, look: LookUp, answered: Callable[[Sought], None]) -> None:
        try:
            request = r.DossierLookup(
                id=self._new_id(),
                code=look.code,
                second_factor=look.factor,
                kiosk=self._kiosk,
                expires_at=self._now() + LOOK_FOR,
            )
        except ValidationError:
            answered(Sought(code="bad_request"))
            return
        alongside("look-up", partial(self._look_up, request, answered))

    def _look_up(self, request: r.DossierLookup, answered: Callable[[Sought], None]) -> None:
        """At QoS 0, so that no broker keeps it; a lost one is sent again under its id."""
        reply = self._asking.ask("dossier-lookup", request, LOOK_FOR, qos=0)
        if reply is None:
            answered(Sought(code="no_reply"))
        elif reply.ok and reply.looked is not None:
            answered(Sought(looked=reply.looked))
        else:
            no = reply.refusal
            wait = (no.detail.get("wait_s", "") if no else "").strip()
            seconds = int(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 7 else 0
            answered(Sought(code=no.code if no else "no_reply", wait_s=seconds))

    def find_ticket(self, find: FindTicket, answered: Callable[[Found], None]) -> None:
        """A number of this kiosk's own that is not home yet is known to nobody else."""
        ticket = self._desk.ticket_of(find.ticket) if self._desk and find.ticket else find.ticket
        if find.ticket and not ticket:
            answered(Found(code="no_reply" if ticket is None else TICKET_UNKNOWN))
            return
        try:
            request = r.TicketLookup(id=self._new_id(), ticket=ticket or None, token=find.token)
        except ValidationError:
            answered(Found(code=TICKET_UNKNOWN))
            return
        alongside("find", partial(self._find_ticket, request, answered))

    def _find_ticket(self, request: r.TicketLookup, answered: Callable[[Found], None]) -> None:
        reply = self._asking.ask("ticket-lookup", request, LOOK_FOR, qos=0)
        if reply is not None and reply.ok and reply.standing is not None:
            answered(Found(standing=reply.standing))
        else:
            answered(Found(code=reply.refusal.code if reply and reply.refusal else "no_reply"))
