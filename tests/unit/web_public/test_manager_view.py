"""The manager's page: figures against the targets, the hall now, and what to look at."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId, KioskId, ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel, Told
from queue_server.reports.wording import FLAGS
from queue_server.waits.figures import Figures, LegRecord, Outcome, VisitRecord
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Answer, Asked, DayRange
from queue_server.web.manager.alerts import Devices, alerts
from queue_server.web.manager.api import targets
from queue_server.web.manager.board import Reading, board, trend_of
from queue_server.web.manager.chart import gauge, tone
from queue_server.web.manager.definitions import DEFINITIONS
from queue_server.web.manager.period import Shown
from queue_server.web.manager.tiles import quality
from tests.integration.web.public.sample_config import NOW, TODAY, sample_config
from tests.integration.web.public.sample_engine import SampleClock, SampleEngine
from tests.integration.web.public.sample_figures import SampleFigures, SampleRanges

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
    days: DayRange | None = None,
) -> dict[str, object]:
    config = engine.office.config
    assert config is not None
    given = SampleFigures()
    given.records = list(visits)
    ranges = SampleRanges(given, engine, engine.clock)
    shown = Shown(days or DayRange(TODAY, TODAY), TODAY)

    def ask(by: Dimension) -> Answer:
        return ranges.figures_for(Asked(shown.days, by, None if seen == EVERYTHING else seen))

    reading = Reading(
        engine.clock.now(), shown, ask, targets(config, shown.days), hall=hall, seen=seen, officers={}
    )
    return board(engine.office, config, reading, language)


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
    assert (mean(view)["value"], mean(view)["n"]) == ("16,7", "2")
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
    view = page(engine, [visit(5.0)] * 8 + [visit(45.0)] * 2)
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
    first, second = hall["longest"]
    assert first == {"number": "C001", "minutes": "42", "service": "Đất đai", "over": True}
    assert (second["number"], second["minutes"]) == ("D001", "0")
    assert hall["there"] == 2


def test_a_manager_of_an_agency_sees_that_agency_only(engine: SampleEngine) -> None:
    engine.issue("dat-dai")
    engine.issue("cu-tru")
    visits = [visit(30.0, service="dat-dai"), visit(10.0, service="cu-tru")]
    view = page(engine, visits, seen=frozenset({ServiceId("cu-tru")}))
    assert mean(view)["value"] == "10,0"
    services, counters = view["services"], view["counters"]
    assert isinstance(services, list) and isinstance(counters, list)
    assert [row["letter"] for row in services] == ["D"]
    assert [row["number"] for row in counters] == ["5"]


def texts(view: dict[str, object], key: str) -> list[list[str]]:
    tables = view["tables"]
    assert isinstance(tables, dict)
    return [[cell["text"] for cell in row] for row in tables[key]]


def test_hours_without_visits_are_empty_bars(engine: SampleEngine) -> None:
    view = page(engine, [visit(12.0, ago_min=70)], hall=Told(14, 19, 27, 22))
    assert texts(view, "hours") == [
        ["7h", "0", "–", "–"],
        ["8h", "1", "12,0", "–"],
        ["9h", "0", "–", "–"],
        ["Dự báo", "–", "19,0", "–"],
    ]
    charts = view["charts"]
    assert isinstance(charts, dict)
    assert (charts["hours"]["values"], charts["hours"]["forecast"]) == ([None, 12.0, None, 19.0], True)
    assert charts["hours"]["targets"] == [20, 15]


def test_the_distribution_counts_everybody_once(engine: SampleEngine) -> None:
    visits = [visit(5.0), visit(5.01), visit(60.0), visit(61.0), visit(None, Outcome.ABANDONED)]
    rows = texts(page(engine, visits), "distribution")
    assert [row[0] for row in rows if row[1] != "0"] == ["0–5", "5–10", "55–60", "> 60", "Bỏ về"]
    assert [row[3] for row in rows][-2:] == ["80,0 %", "–"]


def test_a_past_day_shows_nothing_of_now(engine: SampleEngine) -> None:
    engine.issue()
    yesterday = TODAY - timedelta(days=1)
    view = page(engine, [visit(10.0)], hall=Told(1, 2, 3, 3), days=DayRange(yesterday, yesterday))
    assert (view["live"], view["hall"], view["alerts"]) == (False, None, None)
    assert mean(view)["value"] == ""
    assert [row[0] for row in texts(view, "hours")][-1] == "16h"


@pytest.mark.parametrize(
    ("days", "by"),
    [
        (1, None),
        (30, Dimension.DAY),
        (100, Dimension.WEEK),
        (800, Dimension.MONTH),
        (3650, Dimension.QUARTER),
    ],
)
def test_longer_ranges_are_drawn_by_longer_periods(days: int, by: Dimension | None) -> None:
    assert trend_of(Shown(DayRange(TODAY - timedelta(days=days - 1), TODAY), TODAY)) == by


def test_a_counter_says_its_state_its_ticket_and_what_it_has_done(engine: SampleEngine) -> None:
    engine.open(2)
    engine.issue()
    engine.call(2)
    counters = page(engine, [visit(10.0)] * 3)["counters"]
    assert isinstance(counters, list)
    row = counters[1]
    assert (row["state"], row["ticket"], row["done"], row["service"]) == ("Đang mời", "A001", "3", "5,0")


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


def test_flags_are_counted_in_words() -> None:
    figures = Figures(1, 60.0, 60.0, 60.0, 60.0, flags={"out_of_turn": 2, "clock_step": 5, "reissued": 0})
    assert quality(figures, "vi") == [
        {"key": "clock_step", "name": FLAGS["clock_step"].vi, "n": 5},
        {"key": "out_of_turn", "name": FLAGS["out_of_turn"].vi, "n": 2},
    ]


def test_the_gauge_ends_at_forty_and_its_widest_target_is_solid() -> None:
    drawn = gauge(55.0, [20, 15], 41.0, 60.0)
    assert (drawn["fill"], drawn["tone"]) == (400.0, "red")
    assert drawn["interval"] == {"x": 400.0, "width": 0.0}
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


def test_every_figure_has_its_definition_in_both_languages() -> None:
    said = [words for pair in DEFINITIONS.values() for words in pair] + list(FLAGS.values())
    assert all(words.vi and words.en for words in said)
