"""PURE: what a report holds, in seconds and counts: asked for once, printed in every format alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig, Target
from queue_server.domain.words import Words
from queue_server.reports.measures import trend_of
from queue_server.reports.period import Period
from queue_server.reports.ports import Books, OnTime, Record
from queue_server.waits.figures import Figures
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Answer, Asked, DayRange, FiguresFor, Group

BUSIEST = 3
SPLIT = (
    Dimension.SERVICE,
    Dimension.GROUP,
    Dimension.AGENCY,
    Dimension.CLASS,
    Dimension.PRIORITY_GROUP,
    Dimension.CHANNEL,
    Dimension.HOUR,
    Dimension.WEEKDAY,
    Dimension.DAY,
    Dimension.COUNTER,
)
"""By what every report is split; by officer only in an inner edition."""


class Verdict(StrEnum):
    """A mean against its target; `established` when the whole interval of the mean lies on that side."""

    NO_DATA = "no_data"
    MET_ESTABLISHED = "met_established"
    MET = "met"
    MISSED = "missed"
    MISSED_ESTABLISHED = "missed_established"

    @property
    def met(self) -> bool:
        return self in (Verdict.MET, Verdict.MET_ESTABLISHED)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose visits: all (`services` None), or those that began with these services."""

    services: frozenset[ServiceId] | None = None
    name: Words | None = None
    """None is the office."""


@dataclass(frozen=True, slots=True)
class Compliance:
    """One target over the period: the mean's verdict, the share within it, days whose mean passed."""

    target: Target
    verdict: Verdict
    share: float | None
    days_met: int
    days: int
    """Days with a visit that was served."""


@dataclass(frozen=True)
class Report:
    """`split` holds the dimensions of SPLIT, and OFFICER when the edition is an inner one.

    `office`, `previous` and `last_year` are the figures of all visits together, of this period, the one
    before, and the same a year ago; a period from before the office's first day is None.
    """

    period: Period
    scope: Scope
    at: datetime
    config: OfficeConfig
    targets: tuple[float, ...]
    office: Group
    previous: Group | None
    last_year: Group | None
    trend_by: Dimension
    trend: tuple[Group, ...]
    split: Mapping[Dimension, tuple[Group, ...]]
    compliance: tuple[Compliance, ...]
    record: Record
    on_time: Mapping[str, OnTime] | None
    officers: Mapping[str, str] | None = None
    """Officer → name; None in a public edition."""
    not_yet: int = 0
    """Days of the period whose figures are still being made, and are not in it."""
    unfinished: bool = False
    """The period's last day is not over."""

    @property
    def public(self) -> bool:
        return self.officers is None

    @property
    def figures(self) -> Figures:
        return self.office.figures

    @property
    def on_time_all(self) -> OnTime | None:
        if self.on_time is None:
            return None
        whole = OnTime()
        for one in self.on_time.values():
            whole = whole.plus(one)
        return whole


@dataclass(frozen=True)
class Wanted:
    """What to report. `officers` names them in an inner edition; None makes a public one."""

    period: Period
    scope: Scope = field(default_factory=Scope)
    officers: Mapping[str, str] | None = None


def report(
    wanted: Wanted,
    config: OfficeConfig,
    figures: FiguresFor,
    books: Books,
    now: datetime,
    step: Callable[[], None] = lambda: None,
) -> Report:
    """Ask for everything; `step` is called after each of `steps(wanted)` questions."""
    days, services, first = wanted.period.days, wanted.scope.services, figures.first_day()
    inner = wanted.officers is not None and services is None

    def ask(by: Dimension, over: DayRange = days) -> Answer:
        answer = figures.figures_for(Asked(over, by, services))
        step()
        return answer

    def other(period: Period) -> Group | None:
        if first is None or period.days.last < first:
            step()
            return None
        return ask(Dimension.OFFICE, period.days).groups[0]

    whole = ask(Dimension.OFFICE)
    split = {by: ask(by).groups for by in (*SPLIT, *([Dimension.OFFICER] if inner else []))}
    trend_by = trend_of(days.days)
    trend = split[trend_by] if trend_by in split else ask(trend_by).groups
    targets = tuple(
        t
        for t in config.targets
        if (t.valid_from is None or t.valid_from <= days.last)
        and (t.valid_to is None or days.first <= t.valid_to)
    )
    made = Report(
        period=wanted.period,
        scope=wanted.scope,
        at=now,
        config=config,
        targets=tuple(sorted({t.minutes for t in targets}, reverse=True)),
        office=whole.groups[0],
        previous=other(wanted.period.before()),
        last_year=other(wanted.period.year_before()),
        trend_by=trend_by,
        trend=trend,
        split=split,
        compliance=tuple(_compliance(t, whole.groups[0].figures, split[Dimension.DAY]) for t in targets),
        record=books.record(days),
        on_time=books.on_time(days) if services is None else None,
        officers=wanted.officers if inner else None,
        not_yet=whole.not_yet,
        unfinished=config.hours.day_of(now) <= days.last,
    )
    step()
    return made


def steps(wanted: Wanted) -> int:
    """How often `report` calls `step`."""
    inner = wanted.officers is not None and wanted.scope.services is None
    trend_by = trend_of(wanted.period.days.days)
    return 1 + len(SPLIT) + inner + (trend_by not in SPLIT) + 2 + 1


def verdict(figures: Figures, minutes: float) -> Verdict:
    """The mean and its interval against a target."""
    if figures.mean_s is None:
        return Verdict.NO_DATA
    limit = minutes * 60
    if figures.mean_s <= limit:
        sure = figures.ci_high_s is not None and figures.ci_high_s <= limit
        return Verdict.MET_ESTABLISHED if sure else Verdict.MET
    sure = figures.ci_low_s is not None and figures.ci_low_s > limit
    return Verdict.MISSED_ESTABLISHED if sure else Verdict.MISSED


def busiest(hours: tuple[Group, ...]) -> list[Group]:
    """The hours of issue with the most visits, the busiest first."""
    return sorted((g for g in hours if came(g)), key=lambda g: (-came(g), g.key))[:BUSIEST]


def came(group: Group) -> int:
    """Visits of a group that are over, however they ended."""
    f = group.figures
    return f.n + f.abandoned + f.no_show + f.cancelled


def _compliance(target: Target, figures: Figures, days: tuple[Group, ...]) -> Compliance:
    served = [g for g in days if g.figures.mean_s is not None]
    return Compliance(
        target,
        verdict(figures, target.minutes),
        figures.share_within.get(target.minutes),
        sum(1 for g in served if g.figures.mean_s is not None and g.figures.mean_s <= target.minutes * 60),
        len(served),
    )
