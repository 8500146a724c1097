"""Which reports are due: from the hour on, once, with what was missed, and e-mail until it is taken."""

from datetime import UTC, date, datetime
from pathlib import Path

from queue_server.domain.office_config import MailRules, ReportRules
from queue_server.reports import schedule
from queue_server.reports.period import parse
from queue_server.reports.schedule import Done, due

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MONTHLY = ReportRules(every=("month",))
FIRST = date(2026, 1, 5)


NOTHING = Done()


def keys(rules: ReportRules, at: datetime, done: Done = NOTHING, first: date | None = FIRST) -> list[str]:
    return [one.period.key for one in due(rules, at, done, first)]


def test_nothing_is_due_where_nothing_is_scheduled() -> None:
    assert keys(ReportRules(), AT) == []


def test_the_first_report_is_of_the_latest_period_that_is_over() -> None:
    assert keys(MONTHLY, datetime(2026, 11, 20, 8, 0)) == ["2026-10"]


def test_a_period_is_due_from_the_hour_of_the_office_file_on_the_day_after() -> None:
    done = Done({"2026-10": "x"})
    assert keys(MONTHLY, datetime(2026, 12, 1, 5, 59), done) == []
    assert keys(MONTHLY, datetime(2026, 12, 1, 6, 0), done) == ["2026-11"]
    assert keys(MONTHLY, datetime(2026, 12, 2, 3, 0), done) == ["2026-11"]


def test_what_is_made_is_not_due_again() -> None:
    assert keys(MONTHLY, datetime(2026, 12, 3, 8, 0), Done({"2026-11": "x"})) == []


def test_periods_missed_while_the_server_was_off_are_caught_up() -> None:
    assert keys(MONTHLY, datetime(2026, 12, 3, 8, 0), Done({"2026-08": "x"})) == [
        "2026-09",
        "2026-10",
        "2026-11",
    ]


def test_nothing_is_due_of_before_the_offices_first_day() -> None:
    assert keys(MONTHLY, datetime(2026, 12, 3, 8, 0), first=date(2026, 12, 1)) == []
    assert keys(MONTHLY, datetime(2026, 12, 3, 8, 0), first=None) == []
    assert keys(MONTHLY, datetime(2026, 12, 3, 8, 0), Done({"2026-05": "x"}), date(2026, 10, 9)) == [
        "2026-10",
        "2026-11",
    ]


def test_a_quarter_and_a_month_are_told_apart() -> None:
    rules = ReportRules(every=("month", "quarter", "week"))
    done = Done({"2026-11": "x"})
    assert keys(rules, datetime(2026, 12, 3, 8, 0), done) == ["2026-Q3", "2026-W48"]


def test_a_report_that_was_not_sent_is_due_until_it_is() -> None:
    rules, at = ReportRules(every=("month",), mail=MailRules(to=("a@b.vn",))), datetime(2026, 12, 3, 8, 0)
    (one,) = due(rules, at, Done({"2026-10": "x"}), FIRST)
    assert (one.period.key, one.mail) == ("2026-11", True)
    made = Done({"2026-10": "x"}).with_made(one.period, AT, to_send=True)
    assert due(rules, at, made, FIRST) == [one]
    assert due(rules, at, made.with_mailed(one.period, AT), FIRST) == []


def test_reports_from_before_there_was_a_mail_server_are_not_sent() -> None:
    rules = ReportRules(every=("month",), mail=MailRules(to=("a@b.vn",)))
    made = Done().with_made(parse("2026-11"), AT, to_send=False)
    assert due(rules, datetime(2026, 12, 3, 8, 0), made, FIRST) == []


def test_what_is_done_outlives_the_program(tmp_path: Path) -> None:
    done = Done().with_made(parse("2026-11"), AT, to_send=True).with_mailed(parse("2026-11"), AT)
    schedule.write(tmp_path, done)
    assert schedule.read(tmp_path) == done
    (tmp_path / schedule.STATE).write_text("{half", encoding="utf-8")
    assert schedule.read(tmp_path) == Done()
