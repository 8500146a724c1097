"""The phone page: where a ticket stands, how long still, and what its holder may do."""

from datetime import datetime, timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.ticket import ParkedBy, Told
from queue_server.web.ticket.view import Forecast, View, ticket_view
from queue_server.web.ticket.words import WORDS
from tests.integration.web.public.sample_config import NOW
from tests.integration.web.public.sample_engine import SampleClock, SampleEngine

NOTHING = Forecast(None, None)


@pytest.fixture
def engine() -> SampleEngine:
    engine = SampleEngine(SampleClock())
    engine.open(2, 3)
    return engine


def shown(
    engine: SampleEngine,
    ticket: TicketId,
    told: Told | None = None,
    language: str = "vi",
    made: datetime = NOW,
) -> View:
    office = engine.office
    return ticket_view(office, office.tickets[ticket], Forecast(told, made), language, engine.clock.now())


def test_a_waiting_ticket_says_counters_people_ahead_and_range(engine: SampleEngine) -> None:
    for _ in range(4):
        engine.issue()
    mine = engine.issue()
    view = shown(engine, mine, Told(12, 15, 18, 16))
    assert view["number"] == "A005"
    assert view["counters"] == "Quầy 2 hoặc 3"
    assert (view["ahead"], view["ahead_unit"]) == ("4", "người")
    assert (view["wait"], view["wait_unit"]) == ("12–18", "phút")
    assert view["advice"] == ["Mời có mặt ở sảnh trước 09:52.", "Dự kiến được gọi trước 09:58."]
    assert view["computed"] == "Dự báo tính lúc 09:42."


def test_the_same_in_english(engine: SampleEngine) -> None:
    engine.issue()
    engine.issue()
    view = shown(engine, engine.issue(), Told(12, 15, 18, 16), "en")
    assert view["counters"] == "Counter 2 or 3"
    assert view["advice"] == ["Be in the hall by 09:52.", "Likely called before 09:58."]


def test_an_unknown_wait_is_said_to_be_unknown(engine: SampleEngine) -> None:
    for _ in range(3):
        engine.issue()
    view = shown(engine, engine.issue())
    assert (view["wait"], view["wait_unit"]) == ("Chưa tính được", "")


def test_an_old_forecast_is_not_believed(engine: SampleEngine) -> None:
    mine = engine.issue()
    told = Told(12, 15, 18, 16)
    assert shown(engine, mine, told, made=NOW - timedelta(minutes=4))["wait"] == "12–18"
    assert shown(engine, mine, told, made=NOW - timedelta(minutes=6))["wait"] == "Chưa tính được"


def test_over_an_hour_and_soon_are_words(engine: SampleEngine) -> None:
    mine = engine.issue()
    assert shown(engine, mine, Told(70, 80, 95, 90))["wait"] == "hơn 1 giờ"
    assert shown(engine, mine, Told(0, 1, 2, 2))["wait"] == "Sắp đến lượt"


def test_with_one_person_ahead_it_is_near(engine: SampleEngine) -> None:
    engine.issue()
    second, third = engine.issue(), engine.issue()
    assert shown(engine, second, Told(5, 7, 9, 8))["near"] is True
    assert shown(engine, third, Told(5, 7, 9, 8))["near"] is False


def test_the_next_in_line_is_not_told_soon_while_the_forecast_says_long(engine: SampleEngine) -> None:
    view = shown(engine, engine.issue(), Told(40, 55, 80, 70))
    assert (view["near"], view["wait"]) == (False, "40–80")
    assert view["advice"] == ["Mời có mặt ở sảnh trước 10:20.", "Dự kiến được gọi trước 10:52."]


def test_the_next_in_line_is_not_told_soon_while_no_counter_is_there(engine: SampleEngine) -> None:
    nobody_takes_it = engine.issue("dat-dai")
    view = shown(engine, nobody_takes_it)
    assert (view["ahead"], view["near"]) == ("0", False)
    assert view["advice"] == [WORDS["wait_in_hall"].vi]


def test_nobody_is_sent_away_who_must_be_there_now(engine: SampleEngine) -> None:
    for _ in range(3):
        engine.issue()
    view = shown(engine, engine.issue(), Told(3, 6, 9, 8))
    assert view["advice"] == ["Sắp đến lượt, mời Ông/Bà ở lại sảnh.", "Dự kiến được gọi trước 09:50."]


def test_your_turn_names_the_counter_and_which_call_it_is(engine: SampleEngine) -> None:
    mine = engine.issue()
    engine.call(3)
    engine.clock.pass_(minutes=1)
    engine.at_counter(c.Recall, 3)
    view = shown(engine, mine)
    assert (view["kind"], view["counter"], view["call_time"]) == ("called", "Quầy 3", "Gọi lần 2 lúc 09:43")
    assert view["can"] == ["hold"]


def test_a_recall_rings_again(engine: SampleEngine) -> None:
    mine = engine.issue()
    engine.call(3)
    first = shown(engine, mine)["call"]
    engine.clock.pass_(minutes=1)
    engine.at_counter(c.Recall, 3)
    assert shown(engine, mine)["call"] != first


def test_a_citizen_who_went_away_sees_until_when_the_number_is_kept(engine: SampleEngine) -> None:
    mine = engine.issue()
    engine.do(c.ParkTicket, ticket=mine, parked_by=ParkedBy.CITIZEN)
    view = shown(engine, mine)
    assert "10:12" in str(view["text"])
    assert view["can"] == ["back", "cancel"]
    engine.clock.pass_(minutes=31)
    assert str(shown(engine, mine)["text"]).startswith("Đã quá 10:12.")


def test_a_ticket_set_aside_by_the_counter_cannot_be_taken_back_by_phone(engine: SampleEngine) -> None:
    mine = engine.issue()
    engine.do(c.ParkTicket, ticket=mine, parked_by=ParkedBy.OFFICE, reason="Chờ bản sao")
    assert "back" not in list(shown(engine, mine)["can"])  # type: ignore[call-overload]


def test_who_missed_the_call_is_told_how_to_come_back_and_until_when(engine: SampleEngine) -> None:
    mine = engine.issue()
    engine.call(2)
    engine.clock.pass_(minutes=3)
    engine.at_counter(c.NoShow, 2)
    view = shown(engine, mine)
    assert view["title"] == "Đã gọi số này lúc 09:42"
    assert "Trước 10:45, mời đến quầy Hướng dẫn và báo số A001" in str(view["text"])
    engine.clock.pass_(minutes=61)
    assert "lấy số mới" in str(shown(engine, mine)["text"])


def test_what_comes_after_this_service_is_said(engine: SampleEngine) -> None:
    ticket = TicketId("two")
    services = (ServiceId("chung-thuc"), ServiceId("ho-tich"))
    engine.do(c.IssueTicket, ticket=ticket, services=services)
    assert shown(engine, ticket)["then"] == "Sau đó: Hộ tịch"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_end_is_told(engine: SampleEngine, language: str) -> None:
    served, cancelled, left = engine.issue(), engine.issue(), engine.issue()
    engine.call(2)
    engine.at_counter(c.StartService, 2)
    serving = shown(engine, served, language=language)
    engine.at_counter(c.EndService, 2)
    engine.do(c.CancelTicket, ticket=cancelled)
    engine.do(c.CloseDay)
    titles = [serving["title"]] + [
        shown(engine, t, language=language)["title"] for t in (served, cancelled, left)
    ]
    keys = ("serving", "served", "cancelled", "abandoned")
    assert titles == [WORDS[key].in_(language) for key in keys]


def test_every_word_is_there_in_both_languages() -> None:
    assert [key for key, words in WORDS.items() if not words.vi or not words.en] == []
