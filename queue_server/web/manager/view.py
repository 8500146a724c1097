"""The manager's live page as finished strings: today against the targets, and the hall now. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import waiting_by_service, waiting_tickets
from queue_server.domain.ticket import Told
from queue_server.domain.visit_wait import visit_wait
from queue_server.waits.figures import Figures, VisitRecord
from queue_server.web.hall.format import clock, decimal, minutes, percent
from queue_server.web.manager.alerts import Devices, alerts
from queue_server.web.manager.chart import bars, gauge
from queue_server.web.manager.tables import Measure, by_counter, by_hour, by_service, p90_of, quality

NO_DATA = {"vi": "Chưa có số liệu", "en": "No data"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured and foretold for one reader, at `at`."""

    at: datetime
    visits: Sequence[VisitRecord]
    measure: Measure
    newcomers: Mapping[ServiceId, Told | None]
    hall: Told | None
    devices: Devices
    seen: frozenset[ServiceId]


def manager_view(office: Office, reading: Reading, language: str, now: datetime) -> dict[str, object]:
    """Everything on `/manager`; figures are as of `reading.at`, queues and counters as of `now`."""
    config = office.config
    assert config is not None, "the page is asked for a configured office"
    visits = [visit for visit in reading.visits if visit.service in reading.seen]
    figures = reading.measure(visits)
    targets = [target.minutes for target in config.targets if target.holds_on(config.hours.day_of(now))]
    widest = max(targets, default=None)
    waiting = {s: n for s, n in waiting_by_service(office).items() if s in reading.seen}
    hours = by_hour(config, visits, reading.measure, reading.hall, language, now)
    return {
        "as_of": clock(config.hours, reading.at, seconds=True),
        "no_data": NO_DATA[language],
        "mean": _mean(figures, targets, language),
        "tiles": _tiles(figures, widest, language),
        "hall": _hall(office, config, reading, waiting, language, now),
        "hours": [
            {
                "label": hour.label,
                "n": "–" if hour.forecast else hour.n,
                "mean": "–" if hour.mean is None else decimal(hour.mean, language),
                "p90": "–" if hour.p90 is None or hour.forecast else decimal(hour.p90, language),
            }
            for hour in hours
        ],
        "chart": bars(hours, targets),
        "services": by_service(
            config, visits, reading.measure, waiting, reading.newcomers, reading.seen, widest, language
        ),
        "counters": by_counter(office, config, visits, waiting, reading.seen, language, now),
        "alerts": [asdict(a) for a in alerts(office, config, reading.devices, reading.seen, language, now)],
        "quality": quality(figures, language),
        "target": _number(widest, language) if widest is not None else "",
    }


def _mean(figures: Figures, targets: Sequence[float], language: str) -> dict[str, object]:
    mean = figures.mean_s / 60 if figures.mean_s is not None else None
    interval = ""
    if figures.ci_low_s is not None and figures.ci_high_s is not None:
        interval = f"{minutes(figures.ci_low_s, language)}–{minutes(figures.ci_high_s, language)}"
    return {
        "n": figures.n,
        "value": minutes(figures.mean_s, language) if mean is not None else "",
        "open": minutes(figures.mean_open_s, language) if figures.mean_open_s is not None else "",
        "interval": interval,
        "gauge": gauge(mean, targets),
        "verdicts": [
            {"minutes": _number(target, language), "met": mean <= target}
            for target in sorted(set(targets), reverse=True)
            if mean is not None
        ],
    }


def _tiles(figures: Figures, target: float | None, language: str) -> list[dict[str, object]]:
    """Figures that always stand beside the mean. `value` "" is no data."""
    counted = figures.n + figures.abandoned
    everyone = counted + figures.no_show
    p90 = p90_of(figures)
    unit = "min" if language == "en" else "phút"
    over = p90 is not None and target is not None and p90 > target * 60
    within = figures.share_within.get(target) if target is not None else None
    of_all = f"of {counted} visits" if language == "en" else f"của {counted} lượt"
    return [
        _tile("p50", minutes(figures.p50_s, language), figures.p50_s, unit),
        _tile("p90", minutes(p90, language), p90, unit, over),
        _tile("within", percent(within, language), within, of_all)
        | {"target": _number(target, language) if target is not None else ""},
        _tile(
            "over_60",
            percent(figures.share_over_60, language, 1),
            figures.share_over_60,
            of_all,
            bool(figures.share_over_60),
        ),
        _tile(
            "abandoned", str(figures.abandoned), counted or None, _share(figures.abandoned, counted, language)
        ),
        _tile("no_show", str(figures.no_show), everyone or None, _share(figures.no_show, everyone, language)),
    ]


def _tile(key: str, value: str, there: object, unit: str, over: bool = False) -> dict[str, object]:
    return {"key": key, "value": value if there is not None else "", "unit": unit, "over": over}


def _share(part: int, whole: int, language: str) -> str:
    return percent(part / whole, language, 1) if whole else ""


def _hall(
    office: Office,
    config: OfficeConfig,
    reading: Reading,
    waiting: Mapping[ServiceId, int],
    language: str,
    now: datetime,
) -> dict[str, object]:
    """Who is in the hall now, who has waited longest, and what is foretold for them."""
    mine = [ticket for ticket in waiting_tickets(office) if ticket.service in reading.seen]
    longest = max(mine, key=lambda ticket: visit_wait(ticket, now), default=None)
    words: dict[str, object] = {"waiting": sum(waiting.values()), "longest": "", "who": "", "over": False}
    if longest is not None:
        wait = visit_wait(longest, now)
        service = config.service(longest.service)
        words["longest"] = str(int(wait.total_seconds() // 60))
        words["who"] = f"{longest.number} · {service.name.in_(language) if service else ''}"
        words["over"] = wait > config.calling.rescue_after
    told = reading.hall
    words["forecast"] = str(told.median) if told is not None else ""
    words["forecast_range"] = f"{told.low}–{told.high}" if told is not None else ""
    return words


def _number(value: float, language: str) -> str:
    return decimal(value, language, 0 if value == int(value) else 1)
