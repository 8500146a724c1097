"""An office file changed in place: what was asked for changes, everything else stays to the letter."""

from datetime import date, time

import pytest

from assets.files import office_path
from queue_server.domain.hours import Session
from queue_server.office_file.edit import NotEditable, has_seasons, holidays_in, with_hours
from queue_server.office_file.load import check_office

COMMUNE = office_path("commune").read_text("utf-8")
WEEK = {day: ["08:00-12:00", "13:30-17:30"] for day in range(5)} | {5: ["08:00-11:30"], 6: []}


def test_the_new_week_and_holidays_are_in_force_after_a_check() -> None:
    text = with_hours(COMMUNE, WEEK, ["01/01/2027", "05/02/2027 - 09/02/2027"])
    config, problems = check_office(text, "office.toml")
    assert config is not None, problems
    saturday = date(2026, 11, 21)
    assert config.hours.sessions(saturday) == (Session(time(8), time(11, 30)),)
    assert config.hours.sessions(date(2026, 11, 20))[1] == Session(time(13, 30), time(17, 30))
    assert config.hours.sessions(date(2027, 2, 8)) == ()
    assert config.hours.sessions(date(2026, 9, 1)) != ()


def test_everything_else_stays_to_the_letter() -> None:
    text = with_hours(COMMUNE, WEEK, holidays_in(COMMUNE))
    before, after = COMMUNE.splitlines(), text.splitlines()
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    assert len(gone) == 1 and "week.t2-t6" in gone[0]
    assert len(new) == 1 and new[0].startswith("week = {")
    assert sum(line.count("#") for line in after) >= sum(line.count("#") for line in before) - 1


def test_a_mistake_is_found_by_the_same_check_as_the_file() -> None:
    text = with_hours(COMMUNE, {0: ["12:00-11:00"]}, ["31/02/2027"])
    config, problems = check_office(text, "office.toml")
    assert config is None
    assert len(problems) >= 2


def test_seasons_have_no_form() -> None:
    assert not has_seasons(COMMUNE)
    assert has_seasons(office_path("province").read_text("utf-8"))


@pytest.mark.parametrize("text", ["", "[office]\n", "[hours\n"])
def test_what_is_no_office_file_is_refused(text: str) -> None:
    with pytest.raises(NotEditable):
        with_hours(text, WEEK, [])
