"""Forecasts of arrivals judged on a log: by hand where days repeat, and rescaled where one day differs."""

from fakes.queue_logs import FIRST_DAY
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.evaluate.demand import errors, hours_of
from queue_server.waits.log import Log, Visit, log_of

OPEN = range(16, 24)


def made(days: int, last: int = 4) -> Log:
    """From 8:00 to 12:00 four tickets a half hour every day, on the last day `last`."""
    rows = [
        Visit("o", "s", FIRST_DAY + day, slot * 1800.0 + 60 * n, slot * 1800.0 + 60 * n + 90)
        for day in range(days)
        for slot in OPEN
        for n in range(last if day == days - 1 else 4)
    ]
    return log_of(rows, {})


def test_days_that_repeat_are_forecast_without_error() -> None:
    log = made(15)
    found = {one.name: one for one in errors(log, (log.days[-1],))}
    assert found["every half hour, told before the day"].blocks == 8
    assert all(one.wape < 1e-9 for one in found.values())
    assert found["every half hour, told before the day"].coverage == 1


def test_a_day_twice_as_busy_is_forecast_better_after_three_hours() -> None:
    log = made(15, last=8)
    found = {one.name: one.wape for one in errors(log, (log.days[-1],))}
    before = found["later half hours, the day so far not looked at"]
    assert before == 0.5
    assert found["later half hours, rescaled by the day so far"] < 0.75 * before


def test_an_office_that_closes_within_three_hours_has_no_later_half_hours_to_judge() -> None:
    log = made(15)
    morning = log_of([Visit("o", "s", day, 8.5 * 3600, 9 * 3600) for day in log.days], {})
    assert [one.name for one in errors(morning, (log.days[-1],))] == ["every half hour, told before the day"]


def test_hours_are_read_off_the_log_by_weekday() -> None:
    log = made(14)
    hours = hours_of(log, 0)
    assert {(s.start.hour, s.end.hour) for day in hours.seasons[0].week for s in day} == {(8, 12)}


def test_the_command_says_what_to_do_with_a_log_too_short(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "log.csv"
    file.write_text("date,service,issued,called\n2026-03-01,s,9:00,9:10\n", encoding="utf-8")
    short = CliRunner().invoke(app, ["waits", "demand", "--format", "tickets", str(file)])
    assert (short.exit_code, "Give a longer log" in short.stderr) == (2, True)
