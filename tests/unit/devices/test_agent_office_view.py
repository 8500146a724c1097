"""What the agent makes of the office's states: LED displays, announcements, staleness, the clock's offset."""

from datetime import timedelta

import pytest
from fakes.slip_samples import NOW

from devices.agent.clock_offset import ClockOffset
from devices.agent.office_view import STALE_AFTER, LedPlace, OfficeView
from devices.display.counters import IDLE, PAUSED, STALE, shown_of
from devices.display.ports import Shown
from devices.display.wishes import Wishes
from devices.speaker.calls import OLD_NEWS, Heard, clips_of, news
from devices.speaker.runner import Announcements
from queue_server.contract.states import BoardCall, BoardState, CounterState, ServerState
from queue_server.contract.topics import Topics
from queue_server.link.loopback import MemoryBroker

TOPICS = Topics("thanh-binh")


def counter(state: str, number: str = "", version: int = 1) -> CounterState:
    return CounterState.model_validate(
        {"version": version, "at": NOW, "counter": "q1", "state": state, "number": number, "services": []}
    )


@pytest.mark.parametrize(
    ("state", "number", "shown"),
    [
        ("calling", "A012", Shown("A012", True, 70)),
        ("serving", "A012", Shown("A012", False, 70)),
        ("paused", "", Shown(PAUSED, False, 70)),
        ("idle", "", Shown(IDLE, False, 70)),
        ("closed", "", Shown("", False, 70)),
        ("unstaffed", "", Shown("", False, 70)),
    ],
)
def test_a_counters_state_is_what_its_display_shows(state: str, number: str, shown: Shown) -> None:
    assert shown_of(counter(state, number), False, 70) == shown


def test_what_may_not_be_true_any_more_is_not_shown() -> None:
    assert shown_of(counter("calling", "A012"), True, 70).text == STALE
    assert shown_of(None, False, 70).text == STALE


def call(id_: str, again: int = 0, ago: float = 1, there: bool = True, number: str = "A012") -> BoardCall:
    return BoardCall(
        call=id_,
        number=number,
        counter="q1",
        counter_number=3,
        called_at=NOW - timedelta(seconds=ago),
        again=again,
        still_called=there,
    )


def test_calls_are_said_once_oldest_first_and_a_recall_once_more() -> None:
    heard, said = news(Heard(), [call("b", ago=1), call("a", ago=3)], NOW)
    assert [one.call for one in said] == ["a", "b"]
    heard, said = news(heard, [call("b"), call("a")], NOW)
    assert said == ()
    heard, said = news(heard, [call("a", again=1), call("b")], NOW)
    assert [(one.call, one.again) for one in said] == [("a", 1)]


def test_old_news_and_citizens_who_have_come_are_not_said_then_or_later() -> None:
    old = call("a", ago=OLD_NEWS.total_seconds() + 1)
    heard, said = news(Heard(), [call("b", there=False), old], NOW)
    assert said == ()
    assert news(heard, [call("b"), old], NOW)[1] == ()


def test_a_call_is_said_in_the_offices_languages_and_the_citizens_own() -> None:
    english = call("a").model_copy(update={"language": "en"})
    assert {clip.language for clip in clips_of(english, ("vi",))} == {None, "vi", "en"}
    assert {clip.language for clip in clips_of(call("a"), ("vi",))} == {None, "vi"}
    assert clips_of(call("a", number="Ồ"), ("vi",)) == ()


class Bench:
    def __init__(self) -> None:
        self.broker, self.seconds, self.now = MemoryBroker(), 100.0, NOW
        self.link, self.office = self.broker.link(), self.broker.link()
        self.office.start()
        self.wishes = Wishes(lambda: self.seconds)
        self.said = Announcements()
        self.view = OfficeView(
            self.link,
            TOPICS,
            {"led-1": LedPlace("q1", 70)},
            self.wishes,
            {"loa-1": "sanh"},
            {"loa-1": self.said},
            lambda: self.now,
            lambda: self.seconds,
        )
        self.view.start()
        self.link.start()

    def beat(self, state: str = "ready") -> None:
        said = ServerState.model_validate({"version": 1, "at": self.now, "state": state})
        self.office.publish(TOPICS.server_state, said.model_dump_json().encode(), retain=True)

    def put(self, state: CounterState) -> None:
        self.office.publish(TOPICS.counter_state("q1"), state.model_dump_json().encode(), retain=True)

    def shown(self) -> str:
        self.view.look()
        return self.wishes.of("led-1").text


def test_a_display_follows_its_counter_while_the_server_lives() -> None:
    bench = Bench()
    assert bench.shown() == STALE
    bench.beat()
    bench.put(counter("calling", "A012"))
    assert bench.shown() == "A012"
    bench.put(counter("idle", version=2))
    assert bench.shown() == IDLE
    bench.put(counter("calling", "A012", version=1))
    assert bench.shown() == IDLE, "an older state that comes late changes nothing"


def test_without_heartbeats_a_display_is_stale_until_the_next_one() -> None:
    bench = Bench()
    bench.beat()
    bench.put(counter("serving", "A012"))
    bench.seconds += STALE_AFTER.total_seconds() - 1
    assert bench.shown() == "A012"
    bench.seconds += 2
    assert bench.shown() == STALE
    bench.beat()
    assert bench.shown() == "A012"
    bench.beat("lost")
    assert bench.shown() == STALE


def test_a_retained_heartbeat_proves_nothing() -> None:
    bench = Bench()
    bench.link.stop()
    bench.beat()
    bench.put(counter("serving", "A012"))
    bench.link.start()
    assert bench.shown() == STALE


def test_a_call_on_the_zones_board_is_queued_for_its_speaker() -> None:
    bench = Bench()
    board = BoardState(version=1, at=NOW, zone="sanh", calls=(call("a"),))
    for _ in range(2):
        bench.office.publish(TOPICS.board_state("sanh"), board.model_dump_json().encode(), retain=True)
    sound = bench.said.waiting.get(timeout=30)
    assert sound.name == "A012" and sound.clips[0].key == "chime" and bench.said.waiting.empty()


@pytest.mark.parametrize("ahead", [timedelta(hours=-1), timedelta(minutes=10)])
def test_how_old_a_call_is_goes_by_the_servers_clock(ahead: timedelta) -> None:
    bench = Bench()
    beat = ServerState.model_validate({"version": 1, "at": NOW, "state": "ready"})
    bench.now = NOW + ahead
    bench.office.publish(TOPICS.server_state, beat.model_dump_json().encode())
    old = call("b", ago=OLD_NEWS.total_seconds() + 5, number="B007")
    board = BoardState(version=1, at=NOW, zone="sanh", calls=(call("a"), old))
    bench.office.publish(TOPICS.board_state("sanh"), board.model_dump_json().encode(), retain=True)
    assert bench.said.waiting.get(timeout=30).name == "A012" and bench.said.waiting.empty()


def test_the_clocks_offset_is_the_median_of_heartbeats_and_far_is_said() -> None:
    offset = ClockOffset()
    assert offset.words() == {}
    for late in (600.0, 600.1, 605.0, 600.2):
        beat = ServerState(version=1, at=NOW, state="ready")
        offset.heard(beat, NOW + timedelta(seconds=late), retained=False)
    offset.heard(beat, NOW + timedelta(hours=5), retained=True)
    assert offset.words() == {"clock_offset_ms": "600150", "error": "clock"}
    assert timedelta(seconds=600) < (offset.offset or timedelta()) < timedelta(seconds=601)
