"""The manager's page: figures against the targets, the hall now, and what to look at."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId, KioskId, ServiceId, TicketId
from queue_server.domain.office_config import ServiceClass
from queue_server.domain.ticket import Channel, Told
from queue_server.waits.figures import Figures, LegRecord, Outcome, VisitRecord
from queue_server.web.manager.alerts import Devices, alerts
from queue_server.web.manager.chart import NAME_HEIGHT, Hour, bars, gauge, tone
from queue_server.web.manager.definitions import DEFINITIONS, FLAGS
from queue_server.web.manager.view import Reading, manager_view
from tests.integration.web.public.sample_office import (
    NOW,
    TODAY,
    SampleClock,
    SampleEngine,
    SampleFigures,
    sample_config,
)

EVERYTHING = frozenset(service.id for service in sample_config().services)


@pytest.fixture
def engine() -> SampleEngine:
    return SampleEngine(SampleClock())


def visit(
    wait_min: float | None,
    outcome: Outcome = Outcome.SERVED,
    service: str = "chung-thuc",
    ago_min: float = 60,
) -> VisitRecord:
    at = NOW - timedelta(minutes=ago_min)
    wait = None if wait_min is None else wait_min * 60
    leg = LegRecord(1, ServiceId(service), CounterId("quay-2"), None, at, at, at, at, wait, wait, 20.0, 300.0)
    return VisitRecord(
        TicketId("v"),
        "A001",
        TODAY,
        at,
        outcome,
        ServiceId(service),
        ServiceClass.ORDINARY,
        None,
        Channel.KIOSK,
        None,
        (leg,),
        wait,
        wait,
        wait,
    )


def page(
    engine: SampleEngine,
    visits: Sequence[VisitRecord] = (),
    language: str = "vi",
    hall: Told | None = None,
    seen: frozenset[ServiceId] = EVERYTHING,
    figures: Figures | None = None,
) -> dict[str, object]:
    measure = SampleFigures().figures if figures is None else lambda _: figures
    now = engine.clock.now()
    return manager_view(engine.office, Reading(now, visits, measure, {}, hall, {}, seen), language, now)


def tile(view: dict[str, object], key: str) -> dict[str, object]:
    tiles = view["tiles"]
    assert isinstance(tiles, list)
    return next(one for one in tiles if one["key"] == key)


def mean(view: dict[str, object]) -> dict[str, object]:
    found = view["mean"]
    assert isinstance(found, dict)
    return found


def titles(engine: SampleEngine, devices: Devices | None = None, language: str = "vi") -> list[str]:
    config = engine.office.config
    assert config is not None
    now = engine.clock.now()
    return [one.title for one in alerts(engine.office, config, devices or {}, EVERYTHING, language, now)]


def test_the_mean_is_set_against_both_targets(engine: SampleEngine) -> None:
    view = page(engine, [visit(16.0), visit(17.4)])
    assert (mean(view)["value"], mean(view)["n"]) == ("16,7", 2)
    assert mean(view)["verdicts"] == [{"minutes": "20", "met": True}, {"minutes": "15", "met": False}]


def test_english_has_a_point(engine: SampleEngine) -> None:
    assert mean(page(engine, [visit(16.0), visit(17.4)], "en"))["value"] == "16.7"


def test_no_visits_is_no_data_never_nought(engine: SampleEngine) -> None:
    view = page(engine)
    assert mean(view)["value"] == ""
    assert mean(view)["verdicts"] == []
    assert [
        tile(view, key)["value"] for key in ("p50", "p90", "within", "over_60", "abandoned", "no_show")
    ] == [""] * 6
    assert view["no_data"] == "Chưa có số liệu"


def test_abandoned_and_no_show_stand_beside_the_mean(engine: SampleEngine) -> None:
    visits = [visit(10.0)] * 8 + [visit(None, Outcome.ABANDONED)] * 2 + [visit(5.0, Outcome.NO_SHOW)]
    view = page(engine, visits)
    assert (tile(view, "abandoned")["value"], tile(view, "abandoned")["unit"]) == ("2", "20,0 %")
    assert (tile(view, "no_show")["value"], tile(view, "no_show")["unit"]) == ("1", "9,1 %")
    assert (tile(view, "within")["value"], tile(view, "within")["unit"]) == ("80 %", "của 10 lượt")


def test_a_p90_of_four_visits_is_not_given(engine: SampleEngine) -> None:
    assert tile(page(engine, [visit(10.0)] * 4), "p90")["value"] == ""
    assert tile(page(engine, [visit(10.0)] * 5), "p90")["value"] == "10,0"


def test_a_p90_over_the_target_is_marked_though_the_mean_passes(engine: SampleEngine) -> None:
    view = page(engine, [visit(5.0)] * 9 + [visit(45.0)])
    assert mean(view)["verdicts"] == [{"minutes": "20", "met": True}, {"minutes": "15", "met": True}]
    assert tile(view, "p90")["over"] is True


def test_the_forecast_says_its_range(engine: SampleEngine) -> None:
    hall = page(engine, hall=Told(14, 19, 27, 22))["hall"]
    assert isinstance(hall, dict)
    assert (hall["forecast"], hall["forecast_range"]) == ("19", "14–27")


def test_the_longest_wait_names_the_number(engine: SampleEngine) -> None:
    engine.issue("dat-dai")
    engine.clock.pass_(minutes=42)
    engine.issue("cu-tru")
    hall = page(engine)["hall"]
    assert isinstance(hall, dict)
    assert (hall["longest"], hall["who"], hall["over"]) == ("42", "C001 · Đất đai", True)
    assert hall["waiting"] == 2


def test_a_manager_of_an_agency_sees_that_agency_only(engine: SampleEngine) -> None:
    engine.issue("dat-dai")
    engine.issue("cu-tru")
    visits = [visit(30.0, service="dat-dai"), visit(10.0, service="cu-tru")]
    view = page(engine, visits, seen=frozenset({ServiceId("cu-tru")}))
    assert mean(view)["value"] == "10,0"
    services, counters = view["services"], view["counters"]
    assert isinstance(services, list) and isinstance(counters, list)
    assert [row["letter"] for row in services] == ["D"]
    assert [row["number"] for row in counters] == [5]


def test_hours_without_visits_are_empty_bars(engine: SampleEngine) -> None:
    hours = page(engine, [visit(12.0, ago_min=70)])["hours"]
    assert hours == [
        {"label": "7h", "n": 0, "mean": "–", "p90": "–"},
        {"label": "8h", "n": 1, "mean": "12,0", "p90": "–"},
        {"label": "9h", "n": 0, "mean": "–", "p90": "–"},
    ]


def test_a_counter_says_its_state_its_ticket_and_what_it_has_done(engine: SampleEngine) -> None:
    engine.open(2)
    engine.issue()
    engine.call(2)
    counters = page(engine, [visit(10.0)] * 3)["counters"]
    assert isinstance(counters, list)
    row = counters[1]
    assert (row["state"], row["ticket"], row["done"], row["service"]) == ("Đang mời", "A001", 3, "5,0")


def test_a_queue_that_nobody_takes_is_an_alert(engine: SampleEngine) -> None:
    engine.open(2)
    engine.issue("xay-dung")
    assert titles(engine) == ["Không có quầy nào nhận Xây dựng"]
    assert titles(engine, language="en") == ["No counter takes Construction"]


def test_waits_over_the_rescue_bound_are_alerts_longest_first(engine: SampleEngine) -> None:
    engine.open(2)
    engine.issue()
    engine.clock.pass_(minutes=2)
    engine.issue()
    engine.clock.pass_(minutes=41)
    assert titles(engine) == ["A001 đã chờ 43 phút", "A002 đã chờ 41 phút"]


def test_help_asked_at_a_kiosk_is_an_alert_until_answered(engine: SampleEngine) -> None:
    engine.do(c.AskForHelp, kiosk=KioskId("kiosk-1"))
    assert titles(engine) == ["Kiosk 1 cần người giúp"]
    engine.do(c.AnswerHelp, kiosk=KioskId("kiosk-1"))
    assert titles(engine) == []


def test_a_device_that_is_unwell_says_what_to_do(engine: SampleEngine) -> None:
    config = engine.office.config
    assert config is not None
    devices = {"may-in-1": {"state": "degraded", "health": {"paper": "out"}}, "tv": {"state": "ready"}}
    (alert,) = alerts(engine.office, config, devices, EVERYTHING, "vi", NOW)
    assert (alert.title, alert.detail) == ("Máy in kiosk 1 không ổn", "hết giấy: thay cuộn mới")


def test_an_overlong_pause_is_an_alert(engine: SampleEngine) -> None:
    engine.open(5)
    engine.at_counter(c.PauseCounter, 5, reason="Họp đột xuất", until=NOW + timedelta(minutes=10))
    engine.clock.pass_(minutes=15)
    assert titles(engine) == ["Quầy 5 nghỉ quá hẹn 5 phút"]


def test_flags_are_counted_in_words(engine: SampleEngine) -> None:
    figures = Figures(1, 60.0, 60.0, 60.0, 60.0, flags={"out_of_turn": 2, "clock_step": 5, "reissued": 0})
    assert page(engine, [visit(1.0)], figures=figures)["quality"] == [
        {"name": FLAGS["clock_step"].vi, "n": 5},
        {"name": FLAGS["out_of_turn"].vi, "n": 2},
    ]


def test_the_gauge_ends_at_forty_and_its_widest_target_is_solid() -> None:
    drawn = gauge(55.0, [20, 15])
    assert (drawn["fill"], drawn["tone"]) == (400.0, "red")
    assert drawn["marks"] == [
        {"x": 150.0, "minutes": 15, "dashed": True},
        {"x": 200.0, "minutes": 20, "dashed": False},
    ]


@pytest.mark.parametrize(
    ("wait", "expected"), [(15.0, "green"), (15.1, "amber"), (20.0, "amber"), (20.1, "red")]
)
def test_the_gauges_colour_turns_at_the_targets(wait: float, expected: str) -> None:
    assert tone(wait, [15, 20]) == expected


def test_without_data_or_target_the_gauge_has_no_colour() -> None:
    assert tone(None, [15, 20]) == "none"
    assert tone(12.0, []) == "none"


def test_no_bar_leaves_the_chart() -> None:
    drawn = bars([Hour("8h", 70.0, 118.0, 9), Hour("9h", None, None, 0)], [15, 20])
    tall, empty = drawn["bars"]  # type: ignore[misc]
    assert 0 <= tall["p90"] < tall["y"] < drawn["base"]
    assert tall["over"] is True
    assert empty["y"] is None


def test_every_figure_has_its_definition_in_both_languages() -> None:
    said = [words for pair in DEFINITIONS.values() for words in pair] + list(FLAGS.values())
    assert all(words.vi and words.en for words in said)


def test_the_names_of_near_target_lines_do_not_touch() -> None:
    drawn = bars([Hour("8h", 12.0, 118.0, 9)], [20.0, 15.0])
    lines = drawn["lines"]
    assert isinstance(lines, list)
    assert [line["minutes"] for line in lines] == [15.0, 20.0]
    assert lines[0]["y"] - lines[1]["y"] < NAME_HEIGHT
    assert lines[0]["name_y"] - lines[1]["name_y"] >= NAME_HEIGHT
    assert [line["dashed"] for line in lines] == [True, False]
