"""[hours] and the hours of one service: the week, seasons, holidays, make-up days."""

from pydantic import Field

from queue_server.office_file.sections.base import Day, DayOfYear, Days, Section, Week, Weekday


class SeasonItem(Section):
    name: str = Field(min_length=1)
    from_: DayOfYear = Field(alias="from")
    to: DayOfYear
    week: Week


class MakeUpDay(Section):
    day: Day
    follows: Weekday


class HoursSection(Section):
    always_open: bool = False
    week: Week = Field(default_factory=dict)
    season: list[SeasonItem] = Field(default_factory=list)
    holidays: list[Days] = Field(default_factory=list)
    make_up_days: list[MakeUpDay] = Field(default_factory=list)


class ServiceHours(Section):
    """A service's own timetable; holidays and make-up days stay the office's."""

    always_open: bool = False
    week: Week = Field(default_factory=dict)
    season: list[SeasonItem] = Field(default_factory=list)
