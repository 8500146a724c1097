"""Tells the broker: retained states when they change, events as they happen, all of it anew on reconnect."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from json import dumps, loads

from queue_server.contract import states as s
from queue_server.contract.discovery import announcements
from queue_server.contract.topics import Topics
from queue_server.domain.events import OfTicket
from queue_server.domain.ids import ServiceId
from queue_server.domain.numbering import shapes
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket import Told
from queue_server.engine.ports import Clock, Recorded
from queue_server.link.ports import Link
from queue_server.mqtt import states as make

NOT_ON_THE_WIRE = frozenset({"office.configured", "act.recorded", "engine.started"})
"""Events that stay in the journal: configuration is published as state, the audit trail is not public."""

Newcomer = Callable[[ServiceId], Told | None]
BestTimes = Callable[[], tuple[s.BestTime, ...]]
Summarised = Callable[[Office, datetime], s.FiguresState | None]


STAFF_ONLY = frozenset({"ticket.parked", "ticket.transferred", "ticket.cancelled", "ticket.priority_changed"})
"""Events whose `reason` an officer may have typed: it stays in the journal, for the staff."""


def cloud_event(recorded: Recorded, office: str) -> str:
    """A `CloudEvent` as JSON around the event's own text in the journal, which is not encoded twice."""
    event, data = recorded.event, recorded.data
    if event.TYPE in STAFF_ONLY:
        data = dumps({k: v for k, v in loads(data).items() if k != "reason"}, ensure_ascii=False)
    subject = f'"subject":{dumps(event.ticket)},' if isinstance(event, OfTicket) else ""
    return (
        f'{{"specversion":"1.0","id":{dumps(recorded.id)},"source":"/motcua/{office}",'
        f'"type":"{event.TYPE}","time":"{recorded.at.isoformat()}",'
        f'"datacontenttype":"application/json",{subject}'
        f'"data":{{"seq":{recorded.seq}{"," if len(data) > 2 else ""}{data[1:]}}}'
    )


class Publisher:
    """Publishes what changed and only that. Thread-safe; `heard` runs on the engine's teller thread,
    states are made on a thread of their own, so that many commits in a moment cost one look."""

    def __init__(
        self,
        link: Link,
        topics: Topics,
        clock: Clock,
        newcomer: Newcomer,
        boot: str,
        best_time: BestTimes = lambda: (),
        summary: Summarised = lambda _office, _now: None,
    ) -> None:
        self._link, self._topics, self._clock, self._best_time = link, topics, clock, best_time
        self._newcomer, self._boot, self._summary = newcomer, boot, summary
        self._sent: dict[str, bytes] = {}
        self._told: Office | None = None
        self._seen = 0
        """How far the office was that was looked at last."""
        self._lock = threading.Lock()
        self._beats = 0

    def events(self, recorded: Sequence[Recorded]) -> None:
        """The events of a commit, in order."""
        for item in recorded:
            event = item.event
            if event.TYPE not in NOT_ON_THE_WIRE:
                body = cloud_event(item, self._topics.office)
                self._link.publish(self._topics.event(event.TYPE), body.encode())

    def refresh(self, office: Office, everything: bool = True) -> None:
        """Publish every state that is not as it was published last.

        An office older than the one looked at last, by another thread, is not published any more. With
        `everything` False only what the office's own changes can have moved is looked at; hours and
        predictions move without an event and need the full look.
        """
        with self._lock:
            if office.seq < self._seen:
                return
            self._seen = office.seq
            now, before = self._clock.now(), None if everything else self._told
            self._publish(self._states(office, before, now))
            self._told = office

    def _publish(self, states: Iterator[tuple[str, s.State]]) -> None:
        for topic, state in states:
            body = state.model_dump_json(exclude={"version", "at"}).encode()
            if self._sent.get(topic) != body:
                self._sent[topic] = body
                self._link.publish(topic, state.model_dump_json().encode(), retain=True)

    def hall(self, office: Office) -> None:
        """Only what people in a hall wait to be shown: boards and counters; `refresh` sees to the rest."""
        with self._lock:
            if self._told is not None and office.config is not None and office.seq >= self._seen:
                self._seen = office.seq
                self._publish(self._shown(office, office.config, self._told, self._clock.now()))

    def republish(self, office: Office) -> None:
        """Everything again: after a reconnect no broker's memory is trusted."""
        with self._lock:
            self._sent.clear()
        self.say("ready")
        self.refresh(office)
        if office.config is not None and office.config.home_assistant:
            for topic, payload in announcements(self._topics, office.config.short_name.vi):
                self._link.publish(topic, payload, retain=True)

    def say(self, state: str) -> None:
        """The server's own state: heartbeat, draining."""
        self._link.publish(self._topics.server_state, self.server_state(state), retain=True)

    def server_state(self, state: str) -> bytes:
        self._beats += 1
        return (
            s.ServerState.model_validate(
                {"version": self._beats, "at": self._clock.now(), "state": state, "boot": self._boot}
            )
            .model_dump_json()
            .encode()
        )

    def _states(self, office: Office, before: Office | None, now: datetime) -> Iterator[tuple[str, s.State]]:
        """The states that may differ from those of `before`, all of them without one; what a hall waits for
        to be shown comes first."""
        config, topics = office.config, self._topics
        if config is None or office is before:
            return
        whole = before is None or before.config is not config
        yield from self._shown(office, config, before, now)
        staffed = before is None or whole or make.staffing(before) != make.staffing(office)
        anew = before is None or staffed or before.day_closed != office.day_closed
        services = config.services if before is None or anew else make.moved_services(before, office, config)
        for state in make.service_states(office, self._newcomer, now, services):
            yield topics.service_state(state.service), state
        if staffed or (before is not None and before.notice != office.notice):
            yield topics.office_state, make.office_state(office, config, now, self._best_time())
        if before is None and (figures := self._summary(office, now)) is not None:
            yield topics.figures_state, figures
        if whole or (before is not None and before.grants is not office.grants):
            yield from self._grants(office, config, now)

    def _shown(
        self, office: Office, config: OfficeConfig, before: Office | None, now: datetime
    ) -> Iterator[tuple[str, s.State]]:
        """Boards and counters that may differ from those of `before`, all of them without one."""
        topics = self._topics
        if before is not None and before.config is not config:
            before = None
        moved = [c for c in config.counters if before is None or make.counter_moved(before, office, c.id)]
        if moved or (before is not None and before.recent_calls is not office.recent_calls):
            for zone in config.zones:
                yield topics.board_state(zone.id), make.board_state(office, config, zone.id, now)
        for counter in moved:
            running = office.counters[counter.id]
            yield topics.counter_state(counter.id), make.counter_state(office, running, now)

    def _grants(self, office: Office, config: OfficeConfig, now: datetime) -> Iterator[tuple[str, s.State]]:
        digits = {series: shape.digits for series, shape in shapes(config).items()}
        for kiosk, grant in office.grants.items():
            blocks = tuple(
                (series, digits.get(series, 3), first, last) for series, first, last in grant.blocks
            )
            yield (
                self._topics.grant(kiosk),
                s.Grant(version=office.seq, at=now, kiosk=kiosk, date=grant.day.isoformat(), blocks=blocks),
            )
