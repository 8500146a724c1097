"""The page's tables as finished strings: per service, per counter, by hour, and what to doubt. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig, Words
from queue_server.domain.ticket import Told
from queue_server.waits.figures import Figures, VisitRecord
from queue_server.web.hall.format import minutes, percent, range_minutes
from queue_server.web.manager.chart import Hour
from queue_server.web.manager.definitions import FLAGS

Measure = Callable[[Sequence[VisitRecord]], Figures]
FEWEST_FOR_P90 = 5

_STATES: dict[CounterState, tuple[Words, str]] = {
    CounterState.UNSTAFFED: (Words("Không có người", "Unstaffed"), ""),
    CounterState.CLOSED: (Words("Chưa mở", "Not open"), ""),
    CounterState.IDLE: (Words("Sẵn sàng", "Ready"), "green"),
    CounterState.CALLING: (Words("Đang mời", "Calling"), "blue"),
    CounterState.SERVING: (Words("Đang phục vụ", "Serving"), ""),
    CounterState.PAUSED: (Words("Tạm nghỉ", "Paused"), "gold"),
}


def p90_of(figures: Figures) -> float | None:
    """P90 in seconds, None where too few visits carry it."""
    return figures.p90_s if figures.n >= FEWEST_FOR_P90 else None


def by_service(
    config: OfficeConfig,
    visits: Sequence[VisitRecord],
    measure: Measure,
    waiting: Mapping[ServiceId, int],
    newcomers: Mapping[ServiceId, Told | None],
    seen: frozenset[ServiceId],
    target: float | None,
    language: str,
) -> list[dict[str, object]]:
    """One row a service that this reader sees, in the office file's order."""
    rows: list[dict[str, object]] = []
    for service in config.services:
        if service.id not in seen:
            continue
        figures = measure([visit for visit in visits if visit.service == service.id])
        over = figures.mean_s is not None and target is not None and figures.mean_s > target * 60
        rows.append(
            {
                "letter": service.letter,
                "name": service.name.in_(language),
                "n": figures.n,
                "mean": minutes(figures.mean_s, language),
                "over": over,
                "p90": minutes(p90_of(figures), language),
                "within": percent(figures.share_within.get(target) if target else None, language),
                "gone": figures.abandoned,
                "missed": figures.no_show,
                "waiting": waiting.get(service.id, 0),
                "forecast": range_minutes(newcomers.get(service.id), language),
            }
        )
    return rows


def by_counter(
    office: Office,
    config: OfficeConfig,
    visits: Sequence[VisitRecord],
    waiting: Mapping[ServiceId, int],
    seen: frozenset[ServiceId],
    language: str,
    now: datetime,
) -> list[dict[str, object]]:
    """One row a counter that takes something this reader sees: state, ticket, legs done, mean service."""
    rows: list[dict[str, object]] = []
    for counter in config.counters:
        running = office.counters.get(counter.id)
        services = running.services if running is not None else counter.services
        if not set(services) & seen:
            continue
        state = running.state if running is not None else CounterState.UNSTAFFED
        words, tone = _STATES[state]
        text = words.in_(language)
        if state is CounterState.PAUSED and running is not None and running.changed_at is not None:
            since = int((now - running.changed_at).total_seconds() // 60)
            text = f"{text} {since} {'min' if language == 'en' else 'phút'}"
        ticket = office.tickets.get(running.ticket) if running is not None and running.ticket else None
        times = [
            leg.service_s
            for visit in visits
            for leg in visit.legs
            if leg.counter == counter.id and leg.service_s is not None and leg.ended_at is not None
        ]
        rows.append(
            {
                "number": counter.number,
                "services": ", ".join(s.name.in_(language) for s in config.services if s.id in services),
                "state": text,
                "tone": tone,
                "ticket": ticket.number if ticket is not None else "–",
                "waiting": sum(waiting.get(service, 0) for service in services),
                "done": len(times),
                "service": minutes(sum(times) / len(times) if times else None, language),
            }
        )
    return rows


def by_hour(
    config: OfficeConfig,
    visits: Sequence[VisitRecord],
    measure: Measure,
    forecast: Told | None,
    language: str,
    now: datetime,
) -> list[Hour]:
    """The day's hours from the first opening (or visit) until now, and the forecast last. Minutes."""
    hours = config.hours
    groups: dict[int, list[VisitRecord]] = {}
    for visit in visits:
        groups.setdefault(hours.local(visit.issued_at).hour, []).append(visit)
    open_hours = {
        hour
        for start, end in hours.spans(hours.day_of(now))
        for hour in range(hours.local(start).hour, hours.local(end).hour + (hours.local(end).minute > 0))
        if hour <= hours.local(now).hour
    }
    found = []
    for hour in sorted(open_hours | set(groups)):
        figures = measure(groups.get(hour, []))
        mean, p90 = figures.mean_s, p90_of(figures)
        label = f"{hour}h" if language == "vi" else f"{hour:02d}:00"
        found.append(
            Hour(
                label,
                mean / 60 if mean is not None else None,
                p90 / 60 if p90 is not None else None,
                figures.n,
            )
        )
    if forecast is not None:
        name = "Forecast" if language == "en" else "Dự báo"
        found.append(Hour(name, float(forecast.median), float(forecast.high), 0, forecast=True))
    return found


def quality(figures: Figures, language: str) -> list[dict[str, object]]:
    """The flags that occurred today, most frequent first."""
    counted = sorted(figures.flags.items(), key=lambda one: (-one[1], one[0]))
    return [
        {"name": FLAGS[flag].in_(language) if flag in FLAGS else flag, "n": count}
        for flag, count in counted
        if count
    ]
