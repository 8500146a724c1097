"""What has had its time is deleted each day, by the office file in force, whatever befell the day before."""

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta

from fakes import small_office
from fakes.fake_clock import FakeClock

from queue_server.domain.office_config import OfficeConfig
from queue_server.storage.forgetting import Forgetting


class Days:
    """Stands for the database and for the days that pass: the first day's deletion fails."""

    def __init__(self, of: int) -> None:
        self.of, self.asked = of, list[tuple[date, timedelta]]()
        self.config: OfficeConfig = replace(small_office.config(), retention_days=1826)
        self.forgetting = Forgetting(self.forget, FakeClock(), lambda: self.config, every_s=0)

    def forget(self, now: datetime, today: date, kept: timedelta) -> dict[str, int]:
        self.asked.append((today, kept))
        if len(self.asked) == self.of:
            self.forgetting.stop()
        self.config = replace(self.config, retention_days=30)
        if len(self.asked) == 1:
            raise sqlite3.OperationalError("database is locked")
        return {"sessions": 1}


def test_a_locked_database_costs_one_day_not_all_that_follow() -> None:
    days = Days(of=3)
    days.forgetting.run()
    assert len(days.asked) == 3


def test_a_shorter_time_in_the_office_file_holds_without_a_restart() -> None:
    days = Days(of=2)
    days.forgetting.run()
    assert days.asked == [
        (date(2026, 11, 20), timedelta(days=1826)),
        (date(2026, 11, 20), timedelta(days=30)),
    ]
