"""The hall display: who is being called, who was, how long a newcomer waits, and what is said aloud."""

from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.ids import ServiceId, ZoneId
from queue_server.domain.queue_view import waiting_by_service
from queue_server.domain.ticket import Told
from queue_server.domain.words import Words
from queue_server.web.hall.calls import Call, calls_of
from queue_server.web.hall.view import hall_view
from tests.integration.web.public.sample_config import NOW, sample_config
from tests.integration.web.public.sample_engine import SampleClock, SampleEngine

ZONE = ZoneId("sanh")


@pytest.fixture
def clock() -> SampleClock:
    return SampleClock()


@pytest.fixture
def engine(clock: SampleClock) -> SampleEngine:
    engine = SampleEngine(clock)
    engine.open(2, 3)
    return engine


def calls(engine: SampleEngine) -> tuple[Call, ...]:
    config = engine.office.config
    assert config is not None
    return calls_of(engine.office, config, ZONE)


def view(engine: SampleEngine, **newcomers: Told) -> dict[str, object]:
    told = {ServiceId(id_.replace("_", "-")): one for id_, one in newcomers.items()}
    return hall_view(engine.office, ZONE, waiting_by_service(engine.office), told, engine.clock.now())


def row(engine: SampleEngine, letter: str, **newcomers: Told) -> dict[str, object]:
    services = view(engine, **newcomers)["services"]
    assert isinstance(services, list)
    return next(one for one in services if one["letter"] == letter)


def clips(engine: SampleEngine) -> list[str]:
    shown = view(engine)["calls"]
    assert isinstance(shown, list)
    return [clip["url"] for clip in shown[0]["clips"]]


def test_the_newest_call_comes_first_with_its_counter(engine: SampleEngine, clock: SampleClock) -> None:
    engine.issue()
    engine.issue()
    engine.call(2)
    clock.pass_(seconds=20)
    engine.call(3)
    assert [(call.number, call.counter.number) for call in calls(engine)] == [("A002", 3), ("A001", 2)]


def test_a_recall_is_the_same_line_with_a_new_id(engine: SampleEngine, clock: SampleClock) -> None:
    engine.issue()
    engine.call(2)
    first = calls(engine)[0]
    clock.pass_(seconds=40)
    engine.at_counter(c.Recall, 2)
    (again,) = calls(engine)
    assert (again.number, again.again, first.again) == ("A001", 1, 0)
    assert again.id != first.id


def test_the_id_of_a_call_stays_while_nobody_calls(engine: SampleEngine, clock: SampleClock) -> None:
    engine.issue()
    engine.call(2)
    before = calls(engine)[0].id
    clock.pass_(seconds=40)
    engine.issue()
    assert calls(engine)[0].id == before


def test_a_citizen_who_has_come_is_no_longer_being_called(engine: SampleEngine) -> None:
    engine.issue()
    engine.call(2)
    assert calls(engine)[0].still
    engine.at_counter(c.StartService, 2)
    assert not calls(engine)[0].still


def test_a_call_that_was_undone_is_not_on_the_board(engine: SampleEngine, clock: SampleClock) -> None:
    engine.issue()
    engine.call(2)
    clock.pass_(seconds=3)
    engine.at_counter(c.Undo, 2)
    assert calls(engine) == ()


def test_a_call_id_does_not_give_the_ticket_away(engine: SampleEngine) -> None:
    ticket = engine.issue()
    engine.call(2)
    assert ticket not in str(view(engine))


def test_calls_of_another_zone_are_not_shown(engine: SampleEngine) -> None:
    engine.issue()
    engine.call(2)
    config = engine.office.config
    assert config is not None
    assert calls_of(engine.office, config, ZoneId("tang-2")) == ()


def test_a_newcomers_wait_is_a_range_and_unknown_is_a_dash(engine: SampleEngine) -> None:
    assert row(engine, "A", chung_thuc=Told(12, 15, 18, 17))["wait"] == "12–18"
    assert row(engine, "A", chung_thuc=Told(1, 1, 2, 2))["wait"] == "dưới 3"
    assert row(engine, "A", chung_thuc=Told(65, 80, 95, 90))["wait"] == "hơn 60"
    assert row(engine, "A")["wait"] == "—"


def test_the_row_says_how_many_wait(engine: SampleEngine) -> None:
    assert row(engine, "A")["waiting"] == "Chưa có người chờ"
    engine.issue()
    assert row(engine, "A")["waiting"] == "1 người chờ"


def test_a_closed_service_says_until_when(engine: SampleEngine) -> None:
    until = NOW + timedelta(hours=3, minutes=48)
    engine.do(c.CloseService, service=ServiceId("xay-dung"), reason=Words("Đi thực địa"), until=until)
    closed = row(engine, "H", xay_dung=Told(5, 6, 7, 7))
    assert (closed["closed"], closed["wait"], closed["open"]) == ("Nghỉ đến 13:30", "", False)


def test_at_lunch_every_service_says_when_it_reopens(engine: SampleEngine, clock: SampleClock) -> None:
    clock.at = NOW + timedelta(hours=2)
    assert row(engine, "A")["closed"] == "Mở lại 13:00"


def test_nobody_is_invited_to_a_kiosk_that_gives_no_numbers(engine: SampleEngine, clock: SampleClock) -> None:
    assert view(engine)["invitation"] == "Mời lấy số ở kiosk"
    engine.do(c.CloseService, service=ServiceId("xay-dung"), reason=Words("Đi thực địa"))
    clock.at = NOW + timedelta(hours=2)
    assert view(engine)["invitation"] == "Hết giờ lấy số"


def test_where_all_is_closed_by_hand_numbers_are_said_to_pause(engine: SampleEngine) -> None:
    for service in sample_config().services:
        assert view(engine)["invitation"] == "Mời lấy số ở kiosk"
        engine.do(c.CloseService, service=service.id, reason=Words("Mất điện"))
    assert view(engine)["invitation"] == "Tạm ngừng cấp số"


def test_a_day_closed_by_hand_is_not_said_to_take_dossiers_still(engine: SampleEngine) -> None:
    engine.do(c.CloseDay)
    shown = view(engine)
    assert shown["invitation"] == "Hết giờ lấy số"
    footer = shown["footer"]
    assert isinstance(footer, list) and footer[0] == "Hết giờ nhận hồ sơ, mở lại lúc 07:30 ngày 23/11."


def test_the_notice_comes_first_in_the_footer(engine: SampleEngine) -> None:
    engine.do(c.PostNotice, words=Words("Chiều nay nghỉ họp.", "Closed this afternoon."))
    footer = view(engine)["footer"]
    assert isinstance(footer, list)
    assert footer[:3] == [
        "Chiều nay nghỉ họp.",
        "Closed this afternoon.",
        "Nhận hồ sơ đến 11:30, buổi chiều từ 13:00.",
    ]


def test_a_services_own_note_is_said_with_its_name_from_noon(
    engine: SampleEngine, clock: SampleClock
) -> None:
    note = "Hộ tịch: hồ sơ hộ tịch nộp sau 15:00 được trả kết quả trong ngày làm việc tiếp theo."
    footer = view(engine)["footer"]
    assert isinstance(footer, list) and note not in footer
    clock.at = NOW + timedelta(hours=4)
    footer = view(engine)["footer"]
    assert isinstance(footer, list) and note in footer


def test_a_call_is_chime_then_vietnamese_twice(engine: SampleEngine) -> None:
    engine.issue()
    engine.call(3)
    said = clips(engine)
    assert said[0] == "/static/sounds/common/chime.wav"
    assert all(url.startswith("/static/sounds/vi/") for url in said[1:])
    assert said.count("/static/sounds/vi/number.3.wav") == 2


def test_english_is_added_when_the_ticket_is_english(engine: SampleEngine) -> None:
    engine.issue(language="en")
    engine.call(3)
    said = clips(engine)
    vietnamese = next(i for i, url in enumerate(said) if "/vi/" in url)
    english = next(i for i, url in enumerate(said) if "/en/" in url)
    assert vietnamese < english


def test_only_a_recall_begs_pardon(engine: SampleEngine, clock: SampleClock) -> None:
    engine.issue()
    engine.call(3)
    assert "/static/sounds/vi/call.again.wav" not in clips(engine)
    clock.pass_(seconds=30)
    engine.at_counter(c.Recall, 3)
    assert clips(engine).count("/static/sounds/vi/call.again.wav") == 1


def test_an_office_that_is_not_configured_has_an_empty_board() -> None:
    engine = SampleEngine(SampleClock(), sample_config())
    bare = hall_view(type(engine.office)(), None, {}, {}, NOW)
    assert (bare["ready"], bare["calls"]) == (False, [])


def test_only_a_fresh_call_carries_its_clips(engine: SampleEngine, clock: SampleClock) -> None:
    engine.issue()
    engine.call(2)
    assert clips(engine)
    clock.pass_(seconds=61)
    assert not clips(engine), "the page would not speak it any more"
    engine.at_counter(c.Recall, 2)
    assert clips(engine)
    engine.at_counter(c.StartService, 2)
    assert not clips(engine)
