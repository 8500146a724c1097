"""Tells the broker: retained states when they change, events as they happen, all of it anew on reconnect."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from queue_server.contract import states as s
from queue_server.contract.cloud_events import CloudEvent
from queue_server.contract.topics import Topics
from queue_server.domain.events import Event, OfficeConfigured, OfTicket
from queue_server.domain.ids import ServiceId
from queue_server.domain.numbering import shapes
from queue_server.domain.office import Office
from queue_server.domain.ticket import Told
from queue_server.engine.ports import Clock, Recorded
from queue_server.link.ports import Link
from queue_server.mqtt import states as make

NOT_ON_THE_WIRE = frozenset({"office.configured", "act.recorded", "engine.started"})
"""Events that stay in the journal: configuration is published as state, the audit trail is not public."""

Newcomer = Callable[[ServiceId], Told | None]
Encode = Callable[[Event], dict[str, object]]


class Publisher:
    """Publishes what changed and only that. Thread-safe; `heard` runs on the engine's teller thread."""

    def __init__(
        self, link: Link, topics: Topics, clock: Clock, newcomer: Newcomer, encode: Encode, boot: str
    ) -> None:
        self._link, self._topics, self._clock = link, topics, clock
        self._newcomer, self._encode, self._boot = newcomer, encode, boot
        self._sent: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self._beats = 0

    def heard(self, office: Office, recorded: Sequence[Recorded]) -> None:
        """A commit: its events, then the states it changed."""
        source = f"/motcua/{self._topics.office}"
        for item in recorded:
            event = item.event
            if event.TYPE in NOT_ON_THE_WIRE or isinstance(event, OfficeConfigured):
                continue
            message = CloudEvent(
                id=item.id,
                source=source,
                type=event.TYPE,
                time=item.at,
                subject=event.ticket if isinstance(event, OfTicket) else None,
                data={"seq": item.seq, **self._encode(event)},
            )
            self._link.publish(self._topics.event(event.TYPE), message.model_dump_json().encode())
        self.refresh(office)

    def refresh(self, office: Office) -> None:
        """Publish every state that is not as it was published last (hours and predictions move too)."""
        with self._lock:
            now = self._clock.now()
            for topic, state in self._states(office, now):
                body = state.model_dump_json(exclude={"version", "at"}).encode()
                if self._sent.get(topic) != body:
                    self._sent[topic] = body
                    self._link.publish(topic, state.model_dump_json().encode(), retain=True)

    def republish(self, office: Office) -> None:
        """Everything again: after a reconnect no broker's memory is trusted."""
        with self._lock:
            self._sent.clear()
        self.say("ready")
        self.refresh(office)

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

    def _states(self, office: Office, now: datetime) -> list[tuple[str, s.State]]:
        config = office.config
        if config is None:
            return []
        topics = self._topics
        states: list[tuple[str, s.State]] = [
            (topics.office_state, make.office_state(office, config, now)),
        ]
        for service in config.services:
            state = make.service_state(office, service, self._newcomer(service.id), now)
            states.append((topics.service_state(service.id), state))
        for counter in config.counters:
            running = office.counters[counter.id]
            states.append((topics.counter_state(counter.id), make.counter_state(office, running, now)))
        for zone in config.zones:
            states.append((topics.board_state(zone.id), make.board_state(office, config, zone.id, now)))
        digits = {series: shape.digits for series, shape in shapes(config).items()}
        for kiosk, grant in office.grants.items():
            blocks = tuple(
                (series, digits.get(series, 3), first, last) for series, first, last in grant.blocks
            )
            states.append(
                (
                    topics.grant(kiosk),
                    s.Grant(
                        version=office.seq,
                        at=now,
                        kiosk=kiosk,
                        date=grant.day.isoformat(),
                        blocks=blocks,
                    ),
                )
            )
        return states
