"""The retained figures of today: the dashboard's own, with the hall's predicted mean, asked for rarely."""

from datetime import timedelta
from pathlib import Path

from queue_server.domain.ticket import Told
from queue_server.mqtt.summary import EVERY, Summary
from queue_server.waits.period import Answer, Asked, DayRange
from tests.integration.web.public.measured import many_days
from tests.integration.web.public.sample_config import NOW, TODAY
from tests.integration.web.public.sample_office import SampleOffice


class Counted:
    """FiguresFor that counts how often it is asked."""

    def __init__(self, office: SampleOffice) -> None:
        assert office.deps.figures_for is not None
        self.inner, self.asked = office.deps.figures_for, 0

    def figures_for(self, asked: Asked) -> Answer:
        self.asked += 1
        return self.inner.figures_for(asked)

    def first_day(self) -> None:
        return None


def test_the_summary_says_what_the_dashboard_says(tmp_path: Path) -> None:
    office = SampleOffice(str(tmp_path))
    office.figures.records = many_days(2)
    office.engine.issue("dat-dai")
    figures = Counted(office)
    hall = Told(low=14, median=18, high=24, promise=21)
    made = Summary(figures, lambda: hall)(office.engine.office, NOW)
    whole = figures.inner.figures_for(Asked(DayRange(TODAY, TODAY))).groups[0].figures
    assert made is not None and (made.mean_s, made.p90_s, made.n) == (whole.mean_s, whole.p90_s, whole.n)
    assert {one.minutes: one.share for one in made.within} == whole.share_within
    assert made.waiting == 1 and made.hall is not None and made.hall.median == 18
    assert sum(one.n for one in made.services) == whole.n
    assert not {"ticket", "number", "officer"} & set(made.model_dump_json().replace('"', " ").split())


def test_figures_are_asked_for_once_in_a_while(tmp_path: Path) -> None:
    office = SampleOffice(str(tmp_path))
    figures = Counted(office)
    summary = Summary(figures, lambda: None)
    first = summary(office.engine.office, NOW)
    assert summary(office.engine.office, NOW + EVERY / 2) is first and figures.asked == 2
    assert summary(office.engine.office, NOW + EVERY) is not first
    assert summary(office.engine.office, NOW - timedelta(hours=1)) is not first, "a clock that was put back"


def test_figures_that_take_long_are_asked_for_less_often(tmp_path: Path) -> None:
    office, began_and_ended = SampleOffice(str(tmp_path)), iter((100.0, 103.0, 200.0, 200.1, 300.0, 300.1))
    summary = Summary(Counted(office), lambda: None, monotonic=lambda: next(began_and_ended))
    first = summary(office.engine.office, NOW)
    assert summary(office.engine.office, NOW + 3 * EVERY) is first
    second = summary(office.engine.office, NOW + 4 * EVERY)
    assert second is not first, "three seconds, and twenty times as much rest"
    assert summary(office.engine.office, NOW + 5 * EVERY) is not second


def test_a_day_without_visits_has_no_mean_and_not_zero(tmp_path: Path) -> None:
    made = Summary(Counted(office := SampleOffice(str(tmp_path))), lambda: None)(office.engine.office, NOW)
    assert (
        made is not None and made.n == 0 and made.mean_s is None and made.within == () and made.hall is None
    )


def test_until_today_is_read_nothing_is_said_of_it(tmp_path: Path) -> None:
    office, read = SampleOffice(str(tmp_path)), False
    summary = Summary(Counted(office), lambda: None, lambda: read)
    assert summary(office.engine.office, NOW) is None
    read = True
    assert summary(office.engine.office, NOW) is not None
