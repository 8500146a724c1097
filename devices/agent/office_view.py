"""What the agent follows of the office: counters for LED displays, boards for speakers, the server."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from devices.agent.clock_offset import ClockOffset
from devices.display.counters import shown_of
from devices.display.wishes import Wishes
from devices.ports import Monotonic, Now
from devices.speaker.calls import Heard, clips_of, news, spoken_of
from devices.speaker.runner import Announcements, Sound
from queue_server.contract.states import BoardState, CounterState, OfficeState, ServerState
from queue_server.contract.topics import Topics
from queue_server.link.ports import Link, Received

_log = logging.getLogger(__name__)

STALE_AFTER = timedelta(seconds=10)
"""Without a heartbeat for this long (three are missed), what a display shows may not be true any more."""
WORTH_SAYING = timedelta(seconds=45)
"""A call that had to wait longer in the speaker's queue is not said any more."""


@dataclass(frozen=True, slots=True)
class LedPlace:
    """A LED display: its counter, its brightness in percent."""

    counter: str
    brightness: int


class OfficeView:
    """Handlers run on the link's thread; `look` is called twice a second on the supervisor's."""

    def __init__(
        self,
        link: Link,
        topics: Topics,
        leds: Mapping[str, LedPlace],
        wishes: Wishes,
        zones: Mapping[str, str],
        announcements: Mapping[str, Announcements],
        now: Now,
        monotonic: Monotonic,
    ) -> None:
        """`zones` is speaker → zone, `announcements` speaker → what waits to be said there."""
        self._link, self._topics = link, topics
        self._leds, self._wishes = dict(leds), wishes
        self._zones, self._announcements = dict(zones), dict(announcements)
        self._now, self._monotonic = now, monotonic
        self._lock = threading.RLock()
        self._counters: dict[str, CounterState] = {}
        self._heard: dict[str, Heard] = {}
        self._beat = -1e9
        self._server_lost = True
        self.office: OfficeState | None = None
        self.clock = ClockOffset()

    def start(self) -> None:
        """Subscribes; call before the link is started. Displays show that they know nothing yet."""
        self._link.subscribe(self._topics.server_state, self._server, qos=0)
        self._link.subscribe(self._topics.office_state, self._office, qos=0)
        for counter in {place.counter for place in self._leds.values()}:
            self._link.subscribe(self._topics.counter_state(counter), self._counter, qos=0)
        for zone in set(self._zones.values()):
            self._link.subscribe(self._topics.board_state(zone), self._board, qos=0)
        self.look()

    @property
    def stale(self) -> bool:
        return self._server_lost or self._monotonic() - self._beat > STALE_AFTER.total_seconds()

    def look(self) -> None:
        """What displays should show now; nothing is sent where nothing has changed."""
        with self._lock:
            for device, place in self._leds.items():
                self._wishes.put(
                    device, shown_of(self._counters.get(place.counter), self.stale, place.brightness)
                )

    def _server(self, received: Received) -> None:
        state = ServerState.model_validate_json(received.payload)
        with self._lock:
            self._server_lost = state.state == "lost"
            if not received.retained:
                self._beat = self._monotonic()
            self.clock.heard(state, self._now(), received.retained)
        self.look()

    def _office(self, received: Received) -> None:
        self.office = OfficeState.model_validate_json(received.payload)

    def _counter(self, received: Received) -> None:
        state = CounterState.model_validate_json(received.payload)
        with self._lock:
            known = self._counters.get(state.counter)
            if known is None or state.version >= known.version or received.retained:
                self._counters[state.counter] = state
        self.look()

    def _board(self, received: Received) -> None:
        """How old a call is goes by the server's clock, which made it."""
        board = BoardState.model_validate_json(received.payload)
        spoken, now = spoken_of(self.office), self._now() - (self.clock.offset or timedelta())
        with self._lock:
            for speaker, zone in self._zones.items():
                if zone != board.zone:
                    continue
                self._heard[speaker], said = news(self._heard.get(speaker, Heard()), board.calls, now)
                for call in said:
                    clips = clips_of(call, spoken)
                    if clips:
                        until = self._monotonic() + WORTH_SAYING.total_seconds()
                        self._announcements[speaker].say(Sound(call.number, clips, until))
