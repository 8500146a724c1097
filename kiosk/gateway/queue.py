"""The kiosk's place on the broker: the office's states become actions, requests are asked until answered."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from kiosk.gateway.asking import Asking, alongside
from kiosk.gateway.homeward import Homeward
from kiosk.gateway.letters import Letters
from kiosk.gateway.looking import Looking
from kiosk.gateway.messages import device_state, read
from kiosk.gateway.outbox import Outbox
from kiosk.gateway.presence import Presence, Server
from kiosk.offline.desk import OfflineDesk
from kiosk.offline.homing import LATER
from kiosk.ports import Asked, Found, Sought
from kiosk.session.actions import Action
from kiosk.session.effects import AskIssue, FindTicket, LookUp, TellSlip
from kiosk.session.heard import GrantTold, OfficeTold, ServerChanged, ServiceTold
from queue_server.contract import requests as r
from queue_server.contract.replies import Reply
from queue_server.contract.states import Grant, OfficeState, ServerState, ServiceState
from queue_server.contract.topics import Topics
from queue_server.link.ports import Link, LinkState, Received

LATE_AFTER = timedelta(seconds=3)
TIMES_ASKED = 2
"""Within that time, under one id, before this kiosk gives a number by itself."""
ABANDONED = "kiosk_restarted"
"""Why a ticket is cancelled whose kiosk went down before it could be shown."""


class QueueGateway:
    """`kiosk.ports.Office` over a link that is not started yet.

    `client` is the kiosk's account; `monotonic` is in seconds. `look` must be called a few times a second.
    """

    def __init__(
        self,
        link: Link,
        topics: Topics,
        client: str,
        kiosk: str,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        new_id: Callable[[], str],
        dispatch: Callable[[Action], None],
        outbox: Outbox | None = None,
        late_after: timedelta = LATE_AFTER,
        desk: OfflineDesk | None = None,
    ) -> None:
        self._link, self._topics, self._client, self._kiosk = link, topics, client, kiosk
        self._now, self._monotonic, self._new_id, self._dispatch = now, monotonic, new_id, dispatch
        self._outbox, self._late_after = outbox or Outbox(None), late_after
        self._desk, self._granted = desk, frozenset[str]()
        self._asking = Asking(link, topics, client, monotonic)
        self._looking = Looking(self._asking, desk, kiosk, now, new_id)
        self._letters = Letters(self._asking, self._outbox, desk)
        self._homeward = (
            Homeward(desk, kiosk, self._asking.ask, self._ready, new_id, self._letters.paper_home, self.fault)
            if desk is not None
            else None
        )
        self._lock = threading.Lock()
        self._presence = Presence(since=monotonic())
        self._told: Server = "unknown"
        self._state: tuple[Literal["ready", "degraded"], dict[str, str]] = ("ready", {})
        link.subscribe(topics.server_state, self._heard_server)
        link.subscribe(topics.office_state, self._heard_office)
        link.subscribe(topics.all_services, self._heard_service)
        link.subscribe(topics.grant(kiosk), self._heard_grant)
        link.on_state(self._linked)

    # Life

    def start(self) -> None:
        """Takes up what an earlier run left unanswered, then sends letters one after another."""
        self._recall()
        for kept in self._outbox.left_over():
            if isinstance(kept.request, r.Issue) and self._desk and self._desk.gave(kept.request.id):
                self._outbox.answered(kept.request)
            elif isinstance(kept.request, r.Issue):
                alongside("late-ticket", partial(self._give_back, kept.request))
            else:
                self._letters.put(kept.verb, kept.request)
        self._letters.start()
        if self._homeward:
            self._homeward.start()

    def stop(self) -> None:
        """Says goodbye; the link's owner stops the link."""
        self._asking.stop()
        if self._homeward:
            self._homeward.stop()
        self._letters.stop()
        self._publish(device_state(self._kiosk, "lost", {}, self._now()))

    def look(self) -> None:
        """Tells the session when the server came or went, and which numbers can be given without it."""
        self._look_at_grant()
        with self._lock:
            server = self._presence.server(self._monotonic())
            if server == self._told or server == "unknown":
                return
            self._told = server
        self._dispatch(ServerChanged(server))
        if self._homeward and server == "ready":
            self._homeward.stir()

    def _look_at_grant(self) -> None:
        if self._desk is None:
            return
        self._desk.remember()
        granted = self._desk.series_left()
        with self._lock:
            if granted == self._granted:
                return
            self._granted = granted
        self._dispatch(GrantTold(granted))

    def _recall(self) -> None:
        """What a kiosk that is switched on in an outage still knows."""
        if self._desk is None:
            return
        known = self._desk.remembered
        if known.office is not None:
            self._dispatch(OfficeTold(known.office))
            for service in known.services:
                self._dispatch(ServiceTold(service))
        self._look_at_grant()

    def _ready(self) -> bool:
        with self._lock:
            return self._presence.server(self._monotonic()) == "ready"

    # kiosk.ports.Office

    def issue(self, ask: AskIssue, answered: Callable[[Asked], None], late: Callable[[], None]) -> None:
        request = r.Issue(
            id=ask.request,
            services=(ask.service,),
            priority_group=ask.group,
            language="en" if ask.language == "en" else "vi",
            kiosk=self._kiosk,
            channel="kiosk",
            dossier=ask.dossier,
        )
        alongside("issue", partial(self._issue, request, answered, late))

    def look_up(self, look: LookUp, answered: Callable[[Sought], None]) -> None:
        self._looking.look_up(look, answered)

    def find_ticket(self, find: FindTicket, answered: Callable[[Found], None]) -> None:
        self._looking.find_ticket(find, answered)

    def cancel(self, ticket: str, reason: str) -> None:
        self._letters.write("cancel", r.Cancel(id=self._new_id(), ticket=ticket, reason=reason))

    def slip_done(self, told: TellSlip) -> None:
        request = r.SlipDone(
            id=self._new_id(),
            ticket=told.ticket,
            job=told.job,
            outcome=told.outcome,
            reason=told.reason,
            reprint=told.reprint,
        )
        self._letters.write("slip-done", request)

    def help(self, answered: Callable[[bool], None]) -> None:
        request = r.Help(id=self._new_id(), kiosk=self._kiosk, expires_at=self._now() + self._late_after)

        def ask() -> None:
            reply = self._asking.ask("help", request, self._late_after)
            answered(reply is not None and reply.ok)

        alongside("help", ask)

    def fault(self, fault: str) -> None:
        self._letters.write("fault", r.Fault(id=self._new_id(), device=self._kiosk, fault=fault))

    def health(self, state: Literal["ready", "degraded"], printer: str) -> None:
        self._state = (state, {"printer": printer} if printer else {})
        self._publish(device_state(self._kiosk, *self._state, self._now()))

    # Asking

    def _issue(self, request: r.Issue, answered: Callable[[Asked], None], late: Callable[[], None]) -> None:
        self._outbox.keep("issue", request)
        reply = self._first_answer(request)
        undone = reply is None or (reply.refusal is not None and reply.refusal.code in LATER)
        paper = self._desk.issue(request) if self._desk and undone else None
        if paper is not None:
            self._outbox.answered(request)
            self._look_at_grant()
            answered(Asked(issued=paper))
            if self._homeward:
                self._homeward.stir()
            return
        if reply is None:
            late()
            reply = self._asking.until_answered("issue", request)
        if reply is None:
            return
        self._outbox.answered(request)
        if reply.ok and reply.issued is not None:
            answered(Asked(issued=reply.issued))
        else:
            answered(Asked(code=reply.refusal.code if reply.refusal else "no_reply"))

    def _first_answer(self, request: r.Issue) -> Reply | None:
        """What the server says within the time a citizen waits: asked more than once, under one id.

        Where numbers can be given without it, a server that is known to be gone is not waited for.
        """
        if self._desk is None or not self._desk.series_left():
            return self._asking.ask("issue", request, self._late_after)
        for _ in range(TIMES_ASKED):
            reply = (
                self._asking.ask("issue", request, self._late_after / TIMES_ASKED) if self._ready() else None
            )
            if reply is not None:
                return reply
        return None

    def _give_back(self, request: r.Issue) -> None:
        """A ticket whose kiosk went down while it was asked for: nobody has seen it, so it is cancelled."""
        reply = self._asking.until_answered("issue", request)
        if reply is not None and reply.issued is not None:
            self.cancel(reply.issued.ticket.ticket, ABANDONED)
        if reply is not None:
            self._outbox.answered(request)

    # Hearing

    def _linked(self, state: LinkState) -> None:
        online = state is LinkState.ONLINE
        with self._lock:
            self._presence = self._presence.linked(online, self._monotonic())
        if online:
            self._publish(device_state(self._kiosk, *self._state, self._now()))
            self.look()

    def _heard_server(self, received: Received) -> None:
        told = read(ServerState, received)
        if told is not None:
            with self._lock:
                self._presence = self._presence.heard(told.state, self._monotonic())
            if self._desk and told.state == "ready" and not received.retained:
                self._desk.heard_time(told.at, told.boot)
            self.look()

    def _heard_office(self, received: Received) -> None:
        told = read(OfficeState, received)
        if told is not None:
            if self._desk:
                self._desk.heard_office(told)
            self._dispatch(OfficeTold(told))

    def _heard_service(self, received: Received) -> None:
        told = read(ServiceState, received)
        if told is not None:
            if self._desk:
                self._desk.heard_service(told)
            self._dispatch(ServiceTold(told))

    def _heard_grant(self, received: Received) -> None:
        told = read(Grant, received)
        if told is not None and told.kiosk == self._kiosk and self._desk:
            self._desk.heard_grant(told)
            self._look_at_grant()

    def _publish(self, payload: bytes) -> None:
        self._link.publish(self._topics.device_state(self._client), payload, retain=True)
