"""From the office and its past to what the adviser is asked: a day to come, or the day as it stands."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from queue_server.advise.day import MOST_DAYS, DayAsked
from queue_server.advise.people import BLOCK_S, Block, Habits
from queue_server.advise.values import TARGET_MINUTES, ExpectedBlock
from queue_server.advise.watch import DeskNow, NowAsked, Part, Waiting
from queue_server.domain.counter_table import BUSY, CounterState
from queue_server.domain.ids import CounterId, ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.visit_wait import leg_wait, visit_wait
from queue_server.simulate.setting import Setting, setting_of
from queue_server.waits.demand import DayCounts, block_of, forecast
from queue_server.waits.figures import Outcome, VisitRecord
from queue_server.waits.observed import Observed
from queue_server.waits.snapshot import ServiceTimes
from queue_server.waits.times import table

PAUSED_S = 600.0
"""A pause without an end is taken to last so long."""
MOST_VISITS = 400_000
"""Simulated visits that a day's least counters may cost; a large office is searched less finely."""
LATELY_DAYS = 7
MOST_SAMPLES = 200


@dataclass(slots=True)
class Known:
    """What past days taught."""

    counts: dict[date, dict[tuple[ServiceId, int], int]] = field(default_factory=dict)
    observed: Observed = field(default_factory=Observed)
    visits: int = 0
    second_legs: int = 0
    lately: deque[frozenset[CounterId]] = field(default_factory=lambda: deque(maxlen=LATELY_DAYS))
    """The counters that called, on each of the last open days."""

    def add(self, day: date, visits: Iterable[VisitRecord], config: OfficeConfig) -> None:
        """One past day, the oldest first."""
        listed = list(visits)
        if not listed:
            return
        self.counts[day] = counts_of(listed, config)
        self.observed.add(listed, config.hours)
        self.visits += len(listed)
        self.second_legs += sum(len(visit.legs) > 1 for visit in listed)
        self.lately.append(
            frozenset(leg.counter for v in listed for leg in v.legs if leg.counter is not None)
        )


def counts_of(visits: Iterable[VisitRecord], config: OfficeConfig) -> dict[tuple[ServiceId, int], int]:
    """(service, half hour) → tickets issued."""
    found: dict[tuple[ServiceId, int], int] = {}
    for visit in visits:
        key = (visit.service, block_of(visit.issued_at, config.hours))
        found[key] = found.get(key, 0) + 1
    return found


def day_asked(config: OfficeConfig, known: Known, today: DayCounts, day: date, now: datetime) -> DayAsked:
    """A day from today on; of today the half hours that are over are those that were counted."""
    setting = setting_of(config)
    past = {**known.counts, config.hours.day_of(now): today}
    blocks, expected = _blocks(config, past, day, now, whole=True)
    if day == config.hours.day_of(now):
        over = _seconds(config, day, now) // BLOCK_S * BLOCK_S
        _, usual = _blocks(config, known.counts, day, config.hours.midnight(day))
        blocks = (*_counted(config, today, over), *blocks)
        expected = (*(e for e in usual if e.start_s < over), *expected)
    visits = sum(block.mean for block in blocks)
    runs = 40
    return DayAsked(
        day,
        setting,
        spans_of(config, day),
        blocks,
        expected,
        habits_of(config, known),
        staffed_of(setting, known),
        target_of(config, day),
        runs,
        int(min(MOST_DAYS, max(MOST_VISITS / max(visits, 1.0), runs))),
    )


def now_asked(
    office: Office,
    config: OfficeConfig,
    known: Known,
    visits: Iterable[VisitRecord],
    now: datetime,
) -> NowAsked:
    """Today as it stands; `visits` are today's."""
    hours = config.hours
    day, setting = hours.day_of(now), setting_of(config)
    midnight = hours.midnight(day)
    listed = list(visits)
    target = target_of(config, day)
    blocks, _ = _blocks(config, {**known.counts, day: counts_of(listed, config)}, day, now)
    desks = _desks(office, setting, now, midnight)
    return NowAsked(
        day,
        (now - midnight).total_seconds(),
        setting,
        spans_of(config, day),
        blocks,
        habits_of(config, known),
        _waiting(office, setting, now, midnight),
        desks,
        tuple(sorted({*(desk.counter for desk in desks), *staffed_of(setting, known)})),
        _measured(listed, target),
        target,
        parts=tuple(
            Part(
                tuple(n for n, s in enumerate(config.services) if s.id in own),
                _measured([v for v in listed if v.service in own], target),
            )
            for own in agencies_of(config)
        ),
    )


def agencies_of(config: OfficeConfig) -> list[frozenset[ServiceId]]:
    """The services of each agency that has some of the office's and not all of them."""
    every = frozenset(s.id for s in config.services)
    own = (frozenset(s.id for s in config.services if s.agency == a.id) for a in config.agencies)
    return [services for services in own if services and services != every]


def _measured(visits: Iterable[VisitRecord], target: float) -> tuple[float, float, float]:
    """(visits called, sum of their waits in minutes, how many within the target)."""
    called = [v.wait_s / 60 for v in visits if v.wait_s is not None and _counts(v)]
    return float(len(called)), sum(called), float(sum(wait <= target for wait in called))


def _counts(visit: VisitRecord) -> bool:
    """Whether a visit's wait is as it will be in the mean: served, or in service for its last leg."""
    if visit.outcome is Outcome.SERVED:
        return True
    return visit.outcome is Outcome.OPEN and visit.legs[-1].first_called_at is not None


def _seconds(config: OfficeConfig, day: date, at: datetime) -> float:
    return (at - config.hours.midnight(day)).total_seconds()


def _counted(config: OfficeConfig, today: DayCounts, before_s: float) -> tuple[Block, ...]:
    """What came in the half hours that are over."""
    place = {service.id: n for n, service in enumerate(config.services)}
    return tuple(
        Block(block * BLOCK_S, place[service], float(count))
        for (service, block), count in sorted(today.items(), key=lambda one: (one[0][1], one[0][0]))
        if service in place and block * BLOCK_S < before_s
    )


def _blocks(
    config: OfficeConfig, past: Mapping[date, DayCounts], day: date, now: datetime, whole: bool = False
) -> tuple[tuple[Block, ...], tuple[ExpectedBlock, ...]]:
    """What is still to come from `now` on; `whole` counts what came in this half hour as if it were."""
    place = {service.id: n for n, service in enumerate(config.services)}
    midnight = config.hours.midnight(day)
    found = [f for f in forecast(past, config.hours, day, now) if f.service in place]
    starts = [(f.start - midnight).total_seconds() for f in found]
    return (
        tuple(
            Block(at, place[f.service], mean, f.dispersion)
            for at, f in zip(starts, found, strict=True)
            if (mean := f.mean if whole else f.mean - f.so_far) > 0
        ),
        tuple(
            ExpectedBlock(at, f.service, f.mean, f.low, f.high) for at, f in zip(starts, found, strict=True)
        ),
    )


def spans_of(config: OfficeConfig, day: date) -> tuple[tuple[float, float], ...]:
    """The sessions of a day in seconds after its midnight."""
    midnight = config.hours.midnight(day)
    return tuple(
        ((start - midnight).total_seconds(), (end - midnight).total_seconds())
        for start, end in config.hours.spans(day)
    )


def target_of(config: OfficeConfig, day: date) -> float:
    """The widest target that holds on the day, as on the manager's page."""
    return max((t.minutes for t in config.targets if t.holds_on(day)), default=TARGET_MINUTES)


def staffed_of(setting: Setting, known: Known) -> tuple[int, ...]:
    """The counters that called on at least half of the last open days; all of them before any."""
    if not known.lately:
        return tuple(range(len(setting.counters)))
    half = len(known.lately) / 2
    return tuple(
        n
        for n, counter in enumerate(setting.counters)
        if sum(CounterId(counter.id) in day for day in known.lately) >= half
    )


def habits_of(config: OfficeConfig, known: Known) -> Habits:
    """Times shrunk towards the group's and the office file's, as the estimator's are."""
    observed = known.observed
    tables = []
    for service in config.services:
        expected = service.expected_service.total_seconds()
        group = [
            seconds * expected / max(other.expected_service.total_seconds(), 1.0)
            for other in config.services
            if other.group == service.group and other.id != service.id
            for seconds in list(observed.taken_s.get(other.id, ()))[-MOST_SAMPLES:]
        ]
        own = tuple(observed.taken_s.get(service.id, ()))[-MOST_SAMPLES:]
        tables.append(table(ServiceTimes(service.id, expected, own, tuple(group[-MOST_SAMPLES:]))))
    classes: Counter[ServiceClass] = Counter()
    for (_, service_class, _), many in observed.arrivals.items():
        classes[service_class] += many
    total = sum(classes.values())
    return Habits(
        tuple(tables),
        tuple(observed.no_show(service.id) for service in config.services),
        observed.no_show_hold_s(),
        {c: classes[c] / total for c in ServiceClass if classes[c]}
        if total
        else {ServiceClass.ORDINARY: 1.0},
        known.second_legs / known.visits if known.visits else 0.0,
    )


def _waiting(office: Office, setting: Setting, now: datetime, midnight: datetime) -> tuple[Waiting, ...]:
    place = {service.id: n for n, service in enumerate(setting.services)}
    now_s = (now - midnight).total_seconds()
    found = []
    for key, waiting in office.queues.items():
        if key.target.service not in place:
            continue
        for id_ in waiting:
            ticket = office.tickets[id_]
            spent = leg_wait(ticket.leg, ticket.appointment_at, now)
            mine = spent.total_seconds() if spent is not None else 0.0
            slot = (ticket.appointment_at - midnight).total_seconds() if ticket.appointment_at else None
            found.append(
                Waiting(
                    place[key.target.service],
                    key.service_class,
                    now_s - mine,
                    max(visit_wait(ticket, now).total_seconds() - mine, 0.0),
                    slot if slot is not None and slot > now_s else None,
                )
            )
    return tuple(found)


def _desks(office: Office, setting: Setting, now: datetime, midnight: datetime) -> tuple[DeskNow, ...]:
    """Signed-on counters that call, or will again."""
    place = {service.id: n for n, service in enumerate(setting.services)}
    now_s, found = (now - midnight).total_seconds(), []
    for n, furnished in enumerate(setting.counters):
        counter = office.counters[CounterId(furnished.id)]
        works = (
            counter.state is CounterState.IDLE
            or counter.state in BUSY
            or counter.state is CounterState.PAUSED
        )
        if not works:
            continue
        back = None
        if counter.state is CounterState.PAUSED:
            until = counter.paused_until
            back = max((until - midnight).total_seconds(), now_s) if until is not None else now_s + PAUSED_S
        ticket = office.tickets.get(counter.ticket) if counter.ticket else None
        called = ticket.leg.called_at if ticket else None
        found.append(
            DeskNow(
                n,
                tuple(place[s] for s in counter.services if s in place),
                place.get(ticket.service) if ticket and called else None,
                (called - midnight).total_seconds() if called else now_s,
                back,
                counter.ordinary_since_priority,
            )
        )
    return tuple(found)
