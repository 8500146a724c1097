"""The agent on the broker: the server's print jobs come in, outcomes and health go out."""

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from devices.agent.conditions import Conditions
from devices.agent.outcomes import Outcomes, Remembered
from devices.agent.service import PrintService
from devices.health import AnyHealth, State, worst
from devices.ports import Now, Outcome
from queue_server.contract.replies import Reply
from queue_server.contract.requests import PrintOutcome
from queue_server.contract.states import DeviceState, DeviceTest, PrintJob
from queue_server.contract.topics import Topics
from queue_server.contract.values import expired
from queue_server.link.ports import Link, LinkState, Received, Will

_log = logging.getLogger(__name__)

TELL_AGAIN_AFTER = timedelta(seconds=3)
HEARTBEAT_EVERY = timedelta(seconds=10)
_ASK_AGAIN = ("storage_failed", "draining")
"""Refusals after which the server has not kept the outcome."""


def will(topics: Topics, agent: str, now: Now) -> Will:
    """What the broker says when this agent is lost. Whoever reads it counts its devices as lost too."""
    state = DeviceState(
        version=_version(now), at=now(), device=agent, kind="agent", state="lost", agent=agent
    )
    return Will(topics.device_state(agent), state.model_dump_json().encode())


def request_id(job: str) -> str:
    """The id of the request that tells a job's outcome: always the same for the same job."""
    return "po-" + hashlib.sha256(job.encode()).hexdigest()[:32]


class Bridge:
    """Between one `PrintService` and one `Link`. The link is started and stopped by the caller."""

    def __init__(
        self,
        link: Link,
        topics: Topics,
        agent: str,
        service: PrintService,
        outcomes: Outcomes,
        now: Now,
        software: str = "",
        tell_again_after: timedelta = TELL_AGAIN_AFTER,
        *,
        units: Conditions | None = None,
        test: Callable[[str, str], None] = lambda device, id_: None,
        about: Callable[[], dict[str, str]] = dict,
        ahead: Callable[[], timedelta | None] = timedelta,
    ) -> None:
        """`units` are the devices that are no printers; `test` begins a test (device, its id); `about` is
        what is said of the agent itself: `clock_offset_ms`, `error`; `ahead` is this machine's clock minus
        the server's, None while it is not known: what the server sends expires by the server's clock.
        """
        self._units = units or Conditions({})
        self._test, self._about, self._ahead = test, about, ahead
        self._tests: list[str] = []
        self._link, self._topics, self._agent = link, topics, agent
        self._service, self._outcomes, self._now = service, outcomes, now
        self._software = software
        self._tell_again = tell_again_after.total_seconds()
        self._lock = threading.RLock()
        self._last_version = 0
        self._published: dict[str, tuple[State, dict[str, str]]] = {}
        self._stopping = threading.Event()
        self._unwatch: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Subscribes; call before the link is started.

        With QoS 0: jobs, tests and replies are all told again until they are answered, and the embedded
        broker lets a connection hold only a dozen subscriptions of QoS 1.
        """
        for device in self._service.devices:
            self._link.subscribe(self._topics.printer_job(device), self._asked, qos=0)
        for device in (*self._service.devices, *self._units.kinds):
            self._link.subscribe(self._topics.device_test(device), self._asked_test, qos=0)
        self._link.subscribe(self._topics.reply(self._agent), self._replied, qos=0)
        self._link.on_state(self._link_changed)
        stops = [self._service.watch(self._publish), self._units.watch(self._publish)]
        self._unwatch = lambda: [stop() for stop in stops].clear()
        threading.Thread(target=self._repeat, name="agent-bridge", daemon=True).start()

    def stop(self) -> None:
        """Says that the agent and its printers are gone; call before the link is stopped."""
        self._stopping.set()
        self._unwatch()
        for device in self._all_health():
            self._say(device, self._kind(device), "lost", {})
        self._say(self._agent, "agent", "lost", {})

    def _asked(self, received: Received) -> None:
        try:
            job = PrintJob.model_validate_json(received.payload)
        except ValueError:
            _log.warning("a print job that is none was dropped: topic=%s", received.topic)
            return
        if received.topic != self._topics.printer_job(job.printer):
            _log.warning("a print job for another printer was dropped: job=%s", job.id)
            return
        here = self._expires_here(job.expires_at)
        if here is not None:
            self._service.submit(job.model_copy(update={"expires_at": here}), True, self._ended)

    def _expires_here(self, at: datetime) -> datetime | None:
        """The same instant on this machine's clock; None where nothing can be said of it yet.

        Until the server's clock is known only what cannot have expired by any doubt is taken: the server
        says it again.
        """
        ahead = self._ahead()
        if ahead is None:
            return None if expired(at, self._now()) else at
        return at + ahead

    def _asked_test(self, received: Received) -> None:
        """A test is done once, whoever repeats it."""
        try:
            asked = DeviceTest.model_validate_json(received.payload)
        except ValueError:
            _log.warning("a test that is none was dropped: topic=%s", received.topic)
            return
        here = self._expires_here(asked.expires_at)
        if asked.id in self._tests or here is None or expired(here, self._now()):
            return
        if received.topic == self._topics.device_test(asked.device):
            self._tests = [*self._tests[-50:], asked.id]
            self._test(asked.device, asked.id)

    def _ended(self, job: str, outcome: Outcome) -> None:
        known = self._outcomes.find(job)
        if known is not None:
            self._tell(known)

    def _tell(self, known: Remembered) -> None:
        if known.outcome is None or self._link.state is not LinkState.ONLINE:
            return
        request = PrintOutcome(
            id=request_id(known.job),
            job=known.job,
            ticket=known.ticket,
            outcome=known.outcome.result,
            reason=known.outcome.reason,
        )
        topic = self._topics.request(self._agent, "print-outcome")
        self._link.publish(topic, request.model_dump_json().encode())

    def _replied(self, received: Received) -> None:
        try:
            reply = Reply.model_validate_json(received.payload)
        except ValueError:
            _log.warning("a reply that is none was dropped")
            return
        if reply.refusal is not None and reply.refusal.code in _ASK_AGAIN:
            return
        for known in self._outcomes.owed():
            if request_id(known.job) == reply.id:
                self._outcomes.replied(known.job)

    def _link_changed(self, state: LinkState) -> None:
        if state is not LinkState.ONLINE:
            return
        with self._lock:
            self._published.clear()
        self._publish({})
        self._say_agent(self._all_health())
        self._tell_all()

    def _tell_all(self) -> None:
        for known in self._outcomes.owed():
            self._tell(known)

    def _repeat(self) -> None:
        """Tells what is still owed, and now and then that the agent is there."""
        beat = HEARTBEAT_EVERY.total_seconds()
        waited = 0.0
        while not self._stopping.wait(self._tell_again):
            waited += self._tell_again
            if self._link.state is not LinkState.ONLINE:
                continue
            self._tell_all()
            if waited >= beat:
                waited = 0.0
                self._say_agent(self._all_health())

    def _kind(self, device: str) -> str:
        return self._units.kinds.get(device, "printer")

    def _all_health(self) -> dict[str, AnyHealth]:
        return {**self._service.health(), **self._units.health()}

    def _publish(self, _changed: Mapping[str, AnyHealth]) -> None:
        with self._lock:
            seen = self._all_health()
            moved = not self._published
            for device, health in seen.items():
                words = health.words() | self._units.words(device)
                if self._published.get(device) != (health.state, words):
                    self._published[device] = (health.state, words)
                    self._say(device, self._kind(device), health.state, words)
                    moved = True
            if moved:
                self._say_agent(seen)

    def _say_agent(self, seen: Mapping[str, AnyHealth]) -> None:
        about = self._about()
        state: State = worst(health.state for health in seen.values())
        well = state == "ready" and "error" not in about
        self._say(self._agent, "agent", "ready" if well else "degraded", about)

    def _say(self, device: str, kind: str, state: State, words: dict[str, str]) -> None:
        with self._lock:
            self._last_version = max(self._last_version + 1, _version(self._now))
            said = DeviceState.model_validate(
                {
                    "version": self._last_version,
                    "at": self._now(),
                    "device": device,
                    "kind": kind,
                    "state": state,
                    "health": words,
                    "agent": self._agent,
                    "software": self._software,
                }
            )
            self._link.publish(
                self._topics.device_state(device), said.model_dump_json().encode(), retain=True
            )


def _version(now: Now) -> int:
    """Grows over restarts too: milliseconds of the wall clock."""
    return int(now().timestamp() * 1000)
