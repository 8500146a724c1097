"""How every device of the office is, since when, and what happened to them: from their retained states."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.contract.states import DeviceState

AGENT_SILENT_AFTER = timedelta(seconds=35)
"""An agent says every ten seconds that it is there; brokers take up to twenty to publish a will."""
KEPT_EVENTS = 200


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """A device has become `state`. `health` is as it said; `lasted` how long it was unwell before."""

    at: datetime
    device: str
    kind: str
    state: str
    health: Mapping[str, str]
    lasted: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unwell:
    """A device that has been unwell for too long. `since` names the episode."""

    device: str
    since: datetime
    fault: str


class DeviceBook(Mapping[str, Mapping[str, object]]):
    """Device → its latest state as parsed, with `since` (ISO), when it last changed, and `heard_at`.

    Safe for threads.

    The devices of an agent that is lost or silent count as lost, with `error` = `agent`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: dict[str, DeviceState] = {}
        self._since: dict[str, datetime] = {}
        self._heard_at: dict[str, datetime] = {}
        self._told: dict[str, datetime] = {}
        self._events: deque[DeviceEvent] = deque(maxlen=KEPT_EVENTS)
        self._watchers: list[Callable[[], None]] = []

    def heard(self, state: DeviceState, now: datetime) -> None:
        """A device's own word, or its will, which knows no better than what is known of a flood."""
        with self._lock:
            self._heard_at[state.device] = now
            if state.state == "lost" and _is_flood(self._states.get(state.device)):
                return
            moved = self._put(state, now)
            if state.kind == "agent" and state.state == "lost":
                moved = self._lose_devices_of(state.device, now) or moved
        if moved:
            self._tell()

    def flooded(self, device: str, now: datetime) -> None:
        """It said far too much and is shut out for a while; one that never told of itself stays unknown."""
        with self._lock:
            known = self._states.get(device)
            moved = known is not None and self._put(_lost(known, "flood"), now)
            moved = self._lose_devices_of(device, now) or moved
        if moved:
            self._tell()

    def forget(self, device: str) -> None:
        """Its retained state was taken away: it is no device of this office any more."""
        with self._lock:
            self._states.pop(device, None)
            self._since.pop(device, None)
            self._told.pop(device, None)
            self._heard_at.pop(device, None)
        self._tell()

    def look(self, now: datetime, alert_after: timedelta) -> tuple[Unwell, ...]:
        """Silent agents become lost; what has been unwell for `alert_after` is given, once an episode."""
        with self._lock:
            silent = [
                state
                for id_, state in self._states.items()
                if state.kind == "agent"
                and state.state != "lost"
                and now - self._heard_at[id_] > AGENT_SILENT_AFTER
            ]
            for state in silent:
                self._put(_lost(state), now)
                self._lose_devices_of(state.device, now)
            due = [
                Unwell(id_, self._since[id_], _fault(state))
                for id_, state in self._states.items()
                if _is_unwell(state)
                and now - self._since[id_] >= alert_after
                and self._told.get(id_) != self._since[id_]
            ]
            self._told |= {one.device: one.since for one in due}
        if silent or due:
            self._tell()
        return tuple(due)

    def events(self) -> tuple[DeviceEvent, ...]:
        """The latest first; those since the server started."""
        with self._lock:
            return tuple(reversed(self._events))

    def watch(self, watcher: Callable[[], None]) -> None:
        """Called after each change that a page shows, on whatever thread; must not block."""
        with self._lock:
            self._watchers.append(watcher)

    def __getitem__(self, device: str) -> Mapping[str, object]:
        with self._lock:
            state, since = self._states[device], self._since[device]
            told = self._told.get(device) == since
            heard = self._heard_at[device].isoformat()
        told_of = {"since": since.isoformat(), "alerted": told, "heard_at": heard}
        return {**state.model_dump(mode="json"), **told_of}

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(list(self._states))

    def __len__(self) -> int:
        return len(self._states)

    def _put(self, state: DeviceState, now: datetime) -> bool:
        """Whether a page would show it differently. A heartbeat that says the same is no event."""
        known = self._states.get(state.device)
        self._states[state.device] = state
        if known is None or _shown(known) != _shown(state):
            if known is None or _matters(known) != _matters(state):
                was_unwell = known is not None and _is_unwell(known)
                lasted = now - self._since[state.device] if was_unwell else None
                if not was_unwell or not _is_unwell(state):
                    self._since[state.device] = now
                if known is not None or _is_unwell(state):
                    self._events.append(
                        DeviceEvent(now, state.device, state.kind, state.state, dict(state.health), lasted)
                    )
            return True
        return False

    def _lose_devices_of(self, agent: str, now: datetime) -> bool:
        owned = [s for s in self._states.values() if s.agent == agent and s.device != agent]
        moved = [self._put(_lost(state), now) for state in owned if state.state != "lost"]
        return any(moved)

    def _tell(self) -> None:
        with self._lock:
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher()


def _lost(state: DeviceState, error: str = "agent") -> DeviceState:
    return state.model_copy(update={"state": "lost", "health": {"error": error}})


def _is_flood(state: DeviceState | None) -> bool:
    return state is not None and state.health.get("error") == "flood"


def _shown(state: DeviceState) -> tuple[object, ...]:
    return state.state, state.health, state.software


def _matters(state: DeviceState) -> tuple[object, ...]:
    """What makes an event: not a counter that ticks or a clock that drifts."""
    said = {k: state.health.get(k, "") for k in ("paper", "cover", "error", "tested", "test_result")}
    return _is_unwell(state) and state.state, tuple(said.items())


def _is_unwell(state: DeviceState) -> bool:
    """An agent that is degraded by its devices alone is not unwell itself: they are told."""
    if state.kind == "agent" and state.state == "degraded":
        return "error" in state.health
    return state.state != "ready"


def _fault(state: DeviceState) -> str:
    """Words of the contract, never personal data: `lost`, `paper=out cover=open`."""
    bad = [
        f"{key}={value}"
        for key, value in state.health.items()
        if (key, value) in (("paper", "out"), ("paper", "near_end"), ("cover", "open")) or key == "error"
    ]
    return " ".join([state.state, *bad])[:200]
