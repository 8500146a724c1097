"""The manager's page as finished strings: today live or any range of past days, against the targets. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from queue_server.advise import words
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import waiting_by_service
from queue_server.domain.ticket import Told
from queue_server.domain.words import Words
from queue_server.dossiers.notices import Notice
from queue_server.reports import measures
from queue_server.reports.wording import CHANNELS, CLASSES, WEEKDAYS
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Answer, Group
from queue_server.web.dossier_notices import in_words
from queue_server.web.hall.format import clock
from queue_server.web.manager import sheets, tiles
from queue_server.web.manager.advice import Advised, advice_view
from queue_server.web.manager.alerts import Alert, Devices, alerts
from queue_server.web.manager.chart import bars, columns, line
from queue_server.web.manager.counters import counter_rows
from queue_server.web.manager.now import hall_now
from queue_server.web.manager.period import Shown
from queue_server.web.manager.services import service_rows
from queue_server.web.manager.sheet import Sheet

NO_DATA = {"vi": "Chưa có số liệu", "en": "No data"}
Ask = Callable[[Dimension], Answer]
"""The figures of the days shown, of the services this reader sees, by a dimension."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader asked for, and where it comes from. `officers` is None where names are not theirs."""

    at: datetime
    shown: Shown
    ask: Ask
    targets: Sequence[float]
    newcomers: Mapping[ServiceId, Told | None] = field(default_factory=dict)
    hall: Told | None = None
    devices: Devices = field(default_factory=dict)
    seen: frozenset[ServiceId] = frozenset()
    officers: Mapping[str, str] | None = None
    advised: Advised | None = None
    notices: Sequence[Notice] = ()
    """About look-ups of dossiers."""


def trend_of(shown: Shown) -> Dimension | None:
    """By what a range is drawn over time; None for one day."""
    return None if shown.days.days == 1 else measures.trend_of(shown.days.days)


def board(office: Office, config: OfficeConfig, reading: Reading, language: str) -> dict[str, object]:
    """Everything on `/manager`; queues and counters as of `reading.at`, and only while today is shown."""
    live, at = reading.shown.live, reading.at
    answer = reading.ask(Dimension.OFFICE)
    whole = answer.groups[0]
    figures = whole.figures
    widest = max(reading.targets, default=None)
    unit = "min" if language == "en" else "phút"
    waiting = {s: n for s, n in waiting_by_service(office).items() if s in reading.seen} if live else {}
    made = board_sheets(config, reading, language)
    charts: dict[str, object] = {
        "hours": bars(made["hours"], reading.targets, unit, forecast=live and reading.hall is not None),
        "distribution": columns(made["distribution"], reading.targets, unit, measures.BIN_MIN),
        "queue": line(made["queue"], "people" if language == "en" else "người"),
    }
    if "trend" in made:
        charts["trend"] = bars(made["trend"], reading.targets, unit)
    return {
        "live": live,
        "as_of": clock(config.hours, at, seconds=True),
        "no_data": NO_DATA[language],
        "not_yet": answer.not_yet,
        "mean": tiles.mean(figures, reading.targets, language),
        "tiles": tiles.tiles(figures, widest, language),
        "hall": hall_now(office, config, reading.hall, reading.seen, language, at) if live else None,
        "charts": charts,
        "tables": {key: sheet.shown(language) for key, sheet in made.items()},
        "heads": {key: sheet.head for key, sheet in made.items()},
        "services": service_rows(
            config, reading.ask(Dimension.SERVICE), waiting, reading.newcomers, reading.seen, widest, language
        ),
        "counters": counter_rows(
            office, config, reading.ask(Dimension.COUNTER), waiting, reading.seen, live, language, at
        ),
        "alerts": _alerts(office, config, reading, language) if live else None,
        "advice": advice_view(config, reading.advised, language) if live and reading.advised else None,
        "times": tiles.times(whole, language),
        "told": tiles.told(made["told"], language),
        "quality": tiles.quality(figures, language),
        "target": tiles.number(widest, language) if widest is not None else "",
    }


def _alerts(office: Office, config: OfficeConfig, reading: Reading, language: str) -> list[dict[str, object]]:
    """What to look at, the foreseen miss of today's target first."""
    notices = in_words(reading.notices, config, language)
    found = alerts(office, config, reading.devices, reading.seen, language, reading.at, notices)
    foreseen = reading.advised.alert if reading.advised is not None else None
    if foreseen is not None:
        names = {str(service.id): service.name for service in config.services}
        act = words.proposal(foreseen.best, names).in_(language) if foreseen.best is not None else ""
        found.insert(0, Alert("target", "bad", "gauge", words.alert_title(foreseen).in_(language), act))
    return [asdict(alert) for alert in found]


def board_sheets(config: OfficeConfig, reading: Reading, language: str) -> dict[str, Sheet]:
    """Every table of the page, by the name it is downloaded under."""
    shown, ask, targets = reading.shown, reading.ask, reading.targets
    whole = ask(Dimension.OFFICE).groups[0]
    by_hour = ask(Dimension.HOUR).by_key
    known = sheets.hours_shown(config, shown.days, reading.at if shown.live else None, by_hour)
    hours = sheets.chart_sheet(
        "hours",
        Words("Chờ trung bình theo giờ lấy số", "Mean wait by hour of issue"),
        Words("Giờ", "Hour"),
        [(sheets.hour_name(hour, language), by_hour.get(hour)) for hour in known],
        language,
    )
    services = {str(s.id): s.name.in_(language) for s in config.services}
    found = {
        "hours": sheets.with_forecast(hours, reading.hall if shown.live else None, language),
        "distribution": sheets.distribution(whole, language),
        "queue": sheets.queue(whole, config.hours, language),
        "services": _groups(
            "services", Words("Theo việc", "By service"), ask(Dimension.SERVICE), services, targets, language
        ),
        "counters": sheets.work_sheet(
            "counters",
            Words("Theo quầy", "By counter"),
            Words("Quầy", "Counter"),
            _named(ask(Dimension.COUNTER), {str(c.id): c.name.in_(language) for c in config.counters}),
            language,
        ),
        "classes": _classes(config, ask, targets, language),
        "told": sheets.told_sheet(
            [
                (Words("Cả văn phòng", "Whole office").in_(language), whole),
                *_named(ask(Dimension.SERVICE), services),
            ],
            language,
        ),
    }
    trend = trend_of(shown)
    if trend is not None:
        found["trend"] = sheets.chart_sheet(
            "trend",
            Words("Chờ trung bình theo thời gian", "Mean wait over time"),
            Words("Kỳ", "Period"),
            [(period_name(group.key, trend, language), group) for group in ask(trend).groups],
            language,
        )
        found["weekdays"] = _groups(
            "weekdays",
            Words("Theo thứ trong tuần", "By weekday"),
            ask(Dimension.WEEKDAY),
            {str(n): name.in_(language) for n, name in enumerate(WEEKDAYS)},
            targets,
            language,
        )
    if reading.officers is not None:
        found["officers"] = sheets.work_sheet(
            "officers",
            Words("Theo công chức", "By officer"),
            Words("Công chức", "Officer"),
            _named(ask(Dimension.OFFICER), reading.officers),
            language,
        )
    return found


def _named(answer: Answer, names: Mapping[str, str]) -> list[tuple[str, Group]]:
    return [(names.get(group.key, group.key), group) for group in answer.groups]


def _groups(
    key: str,
    title: Words,
    answer: Answer,
    names: Mapping[str, str],
    targets: Sequence[float],
    language: str,
) -> Sheet:
    return sheets.group_sheet(key, title, title, _named(answer, names), targets, language)


def _classes(config: OfficeConfig, ask: Ask, targets: Sequence[float], language: str) -> Sheet:
    """Priority classes, the groups of people within them, and where tickets were taken."""
    people = {str(p.id): p.name.in_(language) for p in config.priority_groups}
    rows = [
        *_named(ask(Dimension.CLASS), {key: name.in_(language) for key, name in CLASSES.items()}),
        *((f"· {name}", group) for name, group in _named(ask(Dimension.PRIORITY_GROUP), people)),
        *_named(ask(Dimension.CHANNEL), {key: name.in_(language) for key, name in CHANNELS.items()}),
    ]
    title = Words("Theo đối tượng và nơi lấy số", "By class and place of issue")
    return sheets.group_sheet("classes", title, Words("Nhóm", "Group"), rows, targets, language)


def period_name(key: str, by: Dimension, language: str) -> str:
    """ "20/11", "T47" / "W47", "11/2026", "Quý 4/2026" """
    year, _, rest = key.partition("-")
    match by:
        case Dimension.DAY:
            return f"{key[8:10]}/{key[5:7]}"
        case Dimension.WEEK:
            return f"{'W' if language == 'en' else 'T'}{rest[1:]}/{year[2:]}"
        case Dimension.MONTH:
            return f"{rest}/{year[2:]}"
        case Dimension.QUARTER:
            return f"{rest}/{year[2:]}" if language == "en" else f"Quý {rest[1:]}/{year[2:]}"
        case _:
            return key
