"""Opening hours: lunch, seasons, holidays, make-up days, local midnight; and who may take a number when."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from domain_hall import (
    AFTERNOON,
    FRIDAY,
    MORNING,
    SUPERVISOR,
    WORKING_WEEK,
    Hall,
    at,
    config,
    hall,
    hours,
    rules,
    service,
)

from queue_server.domain import commands as c
from queue_server.domain.hours import Season, Session
from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Service
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.words import Words

SATURDAY, MONDAY = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)
SUMMER = Season("hè", (4, 16), (10, 15), ((Session(time(7), time(11)),),) * 5 + ((), ()))
WINTER = Season("đông", (10, 16), (4, 15), WORKING_WEEK)


def take(office: Hall) -> str:
    """`ok`, or the code of the refusal, for a number of service a now."""
    decision = office.try_(c.IssueTicket, ticket=TicketId(f"t{office.made}"), services=(ServiceId("a"),))
    return decision.code if isinstance(decision, Refusal) else "ok"


def reopens(office: Hall) -> datetime:
    decision = office.try_(c.IssueTicket, ticket=TicketId("t"), services=(ServiceId("a"),))
    assert isinstance(decision, Refusal)
    return datetime.fromisoformat(decision.detail["reopens_at"])


class TestHours:
    def test_lunch_is_closed_and_the_end_of_a_session_is_outside(self) -> None:
        moments = [
            at(7, 29, 59),
            at(7, 30),
            at(11, 29, 59),
            at(11, 30),
            at(12, 59),
            at(13),
            at(16, 59),
            at(17),
        ]
        assert [hours().is_open(m) for m in moments] == [False, True, True, False, False, True, True, False]

    def test_the_day_is_the_offices_own(self) -> None:
        assert hours().day_of(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC)) == FRIDAY
        assert hours().day_of(datetime(2026, 11, 20, 17, 0, tzinfo=UTC)) == SATURDAY
        assert hours().midnight(SATURDAY) == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

    def test_the_next_opening_is_over_lunch_over_the_weekend_over_holidays(self) -> None:
        assert hours().next_opening(at(11, 45)) == at(13)
        assert hours().next_opening(at(18)) == at(7, 30, day=MONDAY)
        closed = hours(holidays=frozenset({MONDAY}))
        assert closed.next_opening(at(18)) == at(7, 30, day=MONDAY + timedelta(days=1))
        never = hours(seasons=(Season("", (1, 1), (12, 31), ((),) * 7),))
        assert never.next_opening(at(18)) is None and never.closes_at(at(9)) is None

    def test_the_day_closes_with_its_last_session(self) -> None:
        assert hours().closes_at(at(8)) == at(17)

    def test_a_make_up_day_follows_the_timetable_it_names(self) -> None:
        friday_short = (*WORKING_WEEK[:4], (MORNING,), (), ())
        made = hours(seasons=(Season("", (1, 1), (12, 31), friday_short),), make_up_days=((SATURDAY, 4),))
        assert made.sessions(SATURDAY) == (MORNING,)
        assert made.sessions(SATURDAY + timedelta(days=7)) == ()

    def test_a_make_up_day_is_worked_even_when_it_was_a_holiday(self) -> None:
        made = hours(holidays=frozenset({SATURDAY}), make_up_days=((SATURDAY, 0),))
        assert made.sessions(SATURDAY) == (MORNING, AFTERNOON)

    @pytest.mark.parametrize(
        ("day", "summer"),
        [
            (date(2026, 4, 15), False),
            (date(2026, 4, 16), True),
            (date(2026, 10, 15), True),
            (date(2026, 10, 16), False),
            (date(2027, 1, 4), False),
        ],
    )
    def test_the_timetable_follows_the_season_over_new_year_too(self, day: date, summer: bool) -> None:
        made = hours(seasons=(SUMMER, WINTER))
        assert made.sessions(day) == ((Session(time(7), time(11)),) if summer else (MORNING, AFTERNOON))

    def test_a_day_of_no_season_is_closed(self) -> None:
        assert hours(seasons=(SUMMER,)).sessions(date(2026, 12, 1)) == ()

    def test_open_time_leaves_out_lunch_and_nights(self) -> None:
        assert hours().open_time(at(11), at(13, 30)) == timedelta(minutes=60)
        assert hours().open_time(at(16, 30), at(8, day=MONDAY)) == timedelta(minutes=60)
        assert hours().open_time(at(12), at(12, 30)) == timedelta()

    def test_an_office_that_never_closes_is_open_through_midnight(self) -> None:
        always = hours(always_open=True)
        assert always.is_open(at(23, 59, 59)) and always.is_open(at(0))
        assert always.open_time(at(12), at(12, day=SATURDAY)) == timedelta(days=1)


class TestTakingANumber:
    def test_numbers_are_given_a_little_before_a_session_opens(self) -> None:
        office = hall()
        given = []
        for moment in (at(6, 59), at(7), at(11, 29), at(11, 30), at(12, 29), at(12, 30), at(16, 59), at(17)):
            office.now = moment
            given.append(take(office) == "ok")
        assert given == [False, True, True, False, False, True, True, False]

    def test_how_early_is_the_office_files_rule(self) -> None:
        office = hall(rules=rules(tickets_before_opening=timedelta()))
        office.now = at(7, 29, 59)
        assert take(office) == Code.OUT_OF_HOURS

    def test_the_refusal_says_when_it_opens_again(self) -> None:
        office = hall()
        for moment, opens in ((at(12), at(13)), (at(18), at(7, 30, day=MONDAY))):
            office.now = moment
            assert reopens(office) == opens

    def test_a_day_closed_by_a_person_opens_again_on_the_next_working_day(self) -> None:
        office = hall()
        office.do(c.CloseDay, by=SUPERVISOR)
        assert reopens(office) == at(7, 30, day=MONDAY)

    def test_the_last_ticket_comes_before_the_close_of_the_day_not_of_the_morning(self) -> None:
        office = hall(services=self.services(last_ticket_before_close=timedelta(minutes=20)))
        office.now = at(11, 25)
        assert take(office) == "ok"
        office.now = at(16, 39, 59)
        assert take(office) == "ok"
        office.now = at(16, 40)
        assert take(office) == Code.OUT_OF_HOURS

    def services(self, **changes: Any) -> tuple[Service, ...]:
        return (service("a", **changes), service("b"), service("c", "h"))

    def test_a_service_with_hours_of_its_own_follows_them(self) -> None:
        own = hours(seasons=(Season("", (1, 1), (12, 31), ((AFTERNOON,),) * 7),))
        office = hall(services=self.services(hours=own))
        assert take(office) == Code.OUT_OF_HOURS
        office.now = at(14, day=SATURDAY)
        assert take(office) == "ok"

    def test_on_a_holiday_nobody_takes_a_number(self) -> None:
        office = hall(hours=hours(holidays=frozenset({FRIDAY})))
        assert take(office) == Code.OUT_OF_HOURS

    def test_a_quota_is_for_the_day(self) -> None:
        office = hall(services=self.services(quota=2))
        assert [take(office) for _ in range(3)] == ["ok", "ok", Code.QUOTA_REACHED]
        office.now = at(8, day=MONDAY)
        assert take(office) == "ok"

    def test_a_closed_service_says_why_and_until_when(self) -> None:
        office = hall()
        until = at(9, 30)
        reason = Words("Công chức đi thực địa", "Out on site")
        office.do(c.CloseService, service=ServiceId("a"), reason=reason, until=until)
        decision = office.try_(c.IssueTicket, ticket=TicketId("t"), services=(ServiceId("a"),))
        assert isinstance(decision, Refusal) and decision.code is Code.SERVICE_CLOSED
        assert decision.detail["reason_vi"] == "Công chức đi thực địa"
        assert decision.detail["reopens_at"] == until.isoformat()
        office.now = until
        assert take(office) == "ok"

    def test_a_closed_service_is_reopened_by_hand(self) -> None:
        office = hall()
        given = {"service": ServiceId("a")}
        assert office.refused(c.ReopenService, **given) is Code.ALREADY_DONE
        office.do(c.CloseService, **given, reason=Words("Mất mạng"))
        assert take(office) == Code.SERVICE_CLOSED
        office.do(c.ReopenService, **given)
        assert take(office) == "ok"

    def test_a_closure_needs_a_reason_and_an_hour_to_come(self) -> None:
        office = hall()
        given = {"service": ServiceId("a")}
        assert office.refused(c.CloseService, **given, reason=Words(" ")) is Code.REASON_NEEDED
        late = {**given, "reason": Words("x"), "until": at(8)}
        assert office.refused(c.CloseService, **late) is Code.BAD_REQUEST
        unknown = {"service": ServiceId("x")}
        assert office.refused(c.CloseService, **unknown, reason=Words("x")) is Code.SERVICE_UNKNOWN
        assert office.refused(c.ReopenService, **unknown) is Code.SERVICE_UNKNOWN

    def test_a_supervisor_issues_in_spite_of_hours_quota_and_closure(self) -> None:
        office = hall(services=self.services(quota=1))
        office.issue("a")
        office.issue("a", by=SUPERVISOR)
        office.do(c.CloseService, service=ServiceId("a"), reason=Words("x"))
        office.issue("a", by=SUPERVISOR)
        office.now = at(20)
        office.issue("a", by=SUPERVISOR)


def test_hours_of_a_service_are_the_offices_unless_it_has_its_own() -> None:
    office: OfficeConfig = config()
    assert office.hours_of(office.services[0]) is office.hours
