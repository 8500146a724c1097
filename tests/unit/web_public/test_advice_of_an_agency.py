"""A manager of one agency is advised on its services only; nothing is said of the others or the office."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes.office_day import office_config
from fakes.small_office import CIVIL, LAND

from queue_server.advise.values import Alert, DayAdvice, ExpectedBlock, Kind, Proposal, QuietSpell, StaffBlock
from queue_server.domain.ids import GroupId
from queue_server.domain.office_config import OfficeConfig
from queue_server.simulate.compare import Interval
from queue_server.web.manager.advice import Advised, advice_view, of_services

AT, DAY = datetime(2026, 11, 20, 1, tzinfo=UTC), date(2026, 11, 20)
LESS, AFTER = Interval(-3.0, -4.0, -2.0), Interval(17.0, 16.0, 18.0)


def act(*services: str) -> Proposal:
    return Proposal(Kind.LEARN, "c1", 1, services, 28_800.0, 36_000.0, LESS, LESS, AFTER)


def day() -> DayAdvice:
    return DayAdvice(
        day=DAY,
        made_at=AT,
        target_minutes=20.0,
        visits=120.0,
        mean=AFTER,
        kept=0.6,
        expected=(ExpectedBlock(28_800.0, CIVIL, 4.0, 2, 7), ExpectedBlock(28_800.0, LAND, 3.0, 1, 5)),
        staffing=(
            StaffBlock(28_800.0, "civil-group", 2, 1, 0.95, True),
            StaffBlock(28_800.0, "land-group", 2, 2, 0.92, True),
        ),
        proposals=(act(LAND), act(CIVIL), act(CIVIL, LAND)),
        quiet=(QuietSpell(34_200.0, 37_800.0, 6.0),),
        runs=40,
    )


@pytest.fixture
def config() -> OfficeConfig:
    found = office_config()
    groups = (GroupId("civil-group"), GroupId("land-group"))
    services = tuple(replace(s, group=group) for s, group in zip(found.services, groups, strict=True))
    return replace(found, services=services)


@pytest.fixture
def whole() -> Advised:
    return Advised(day(), Alert(AT, DAY, 20.0, AFTER, 0.7, (act(LAND),)), may_apply=False)


def test_acts_and_counters_of_other_services_are_left_out(config: OfficeConfig, whole: Advised) -> None:
    mine = of_services(whole, config, frozenset({CIVIL}))
    assert mine.day is not None and mine.alert is None
    assert [one.services for one in mine.day.proposals] == [(CIVIL,)]
    assert [block.pool for block in mine.day.staffing] == ["civil-group"]
    assert [block.service for block in mine.day.expected] == [CIVIL]


def test_nothing_is_said_of_the_whole_office(config: OfficeConfig, whole: Advised) -> None:
    shown = advice_view(config, of_services(whole, config, frozenset({CIVIL})), "vi")
    assert shown["title"] == "Gợi ý cho các việc bạn phụ trách."
    assert (shown["bad"], shown["quiet"]) == (False, "")
    text = str(shown)
    assert "Đất đai" not in text and "land" not in text and "120" not in text
    (only,) = shown["acts"]  # type: ignore[misc]
    assert "Hộ tịch" in only["what"]  # type: ignore[index]


def test_a_pool_that_also_serves_strangers_is_not_shown(config: OfficeConfig, whole: Advised) -> None:
    shared = replace(
        config, services=tuple(replace(s, group=GroupId("civil-group")) for s in config.services)
    )
    mine = of_services(whole, shared, frozenset({CIVIL}))
    assert mine.day is not None and mine.day.staffing == ()


def test_who_sees_the_whole_office_is_told_all_of_it(config: OfficeConfig, whole: Advised) -> None:
    shown = advice_view(config, whole, "en")
    assert shown["bad"] is True and "today's mean will be 17 minutes" in str(shown["title"])


def test_an_alert_about_ones_own_services_is_told_with_the_acts_that_concern_no_others(
    config: OfficeConfig, whole: Advised
) -> None:
    about = Alert(AT, DAY, 20.0, AFTER, 0.7, (act(CIVIL, LAND), act(CIVIL)), services=(CIVIL,))
    for advised in (replace(whole, alert=about), replace(whole, alert=about, day=None)):
        mine = of_services(advised, config, frozenset({CIVIL}))
        assert mine.alert is not None and [one.services for one in mine.alert.acts] == [(CIVIL,)]
        shown = advice_view(config, mine, "vi")
        assert shown["bad"] is True and "của các việc bạn phụ trách sẽ là 17 phút" in str(shown["title"])
    theirs = replace(whole, alert=replace(about, services=(LAND,)))
    assert of_services(theirs, config, frozenset({CIVIL})).alert is None


def test_before_there_is_advice_nothing_is_said(config: OfficeConfig) -> None:
    nothing = of_services(Advised(None, None, may_apply=False), config, frozenset({CIVIL}))
    assert advice_view(config, nothing, "vi")["title"] == ""
