"""The manager's figures as finished strings: the mean, what stands beside it, times, doubts. Pure."""

from collections.abc import Sequence

from queue_server.reports import measures
from queue_server.reports.wording import FLAGS
from queue_server.waits.figures import Figures
from queue_server.waits.period import Group
from queue_server.web.hall.format import decimal, minutes, percent
from queue_server.web.manager.chart import gauge
from queue_server.web.manager.sheet import Sheet
from queue_server.web.manager.sheets import in_minutes, p90_of


def mean(figures: Figures, targets: Sequence[float], language: str) -> dict[str, object]:
    """The mean with its interval, as text and on the gauge, and whether each target is met. "" is no data."""
    value = in_minutes(figures.mean_s)
    low, high = in_minutes(figures.ci_low_s), in_minutes(figures.ci_high_s)
    return {
        "n": decimal(figures.n, language, 0),
        "value": minutes(figures.mean_s, language) if value is not None else "",
        "open": minutes(figures.mean_open_s, language) if figures.mean_open_s is not None else "",
        "worst": minutes(figures.worst_case_mean_s, language)
        if figures.worst_case_mean_s is not None
        else "",
        "interval": f"{decimal(low, language)}–{decimal(high, language)}"
        if low is not None and high is not None
        else "",
        "gauge": gauge(value, targets, low, high),
        "verdicts": [
            {"minutes": number(target, language), "met": value <= target}
            for target in sorted(set(targets), reverse=True)
            if value is not None
        ],
    }


def tiles(figures: Figures, target: float | None, language: str) -> list[dict[str, object]]:
    """Figures that always stand beside the mean. `value` "" is no data."""
    counted = figures.n + figures.abandoned
    everyone = counted + figures.no_show
    p90 = p90_of(figures)
    unit = "min" if language == "en" else "phút"
    over = p90 is not None and target is not None and p90 > target * 60
    within = figures.share_within.get(target) if target is not None else None
    said = decimal(counted, language, 0)
    of_all = f"of {said} {'visit' if counted == 1 else 'visits'}" if language == "en" else f"của {said} lượt"
    return [
        _tile("p50", minutes(figures.p50_s, language), figures.p50_s, unit),
        _tile("p90", minutes(p90, language), p90, unit, over),
        _tile("within", percent(within, language), within, of_all)
        | {"target": number(target, language) if target is not None else ""},
        _tile(
            "over_60",
            percent(figures.share_over_60, language, 1),
            figures.share_over_60,
            of_all,
            bool(figures.share_over_60),
        ),
        _tile(
            "abandoned",
            decimal(figures.abandoned, language, 0),
            counted or None,
            _share(figures.abandoned, counted, language),
        ),
        _tile(
            "no_show",
            decimal(figures.no_show, language, 0),
            everyone or None,
            _share(figures.no_show, everyone, language),
        ),
    ]


def _tile(key: str, value: str, there: object, unit: str, over: bool = False) -> dict[str, object]:
    return {"key": key, "value": value if there is not None else "", "unit": unit, "over": over}


def _share(part: int, whole: int, language: str) -> str:
    return percent(part / whole, language, 1) if whole else ""


def times(whole: Group, language: str) -> list[dict[str, object]]:
    """Walk, service, idle and paused time of the whole office."""
    idle, paused = (measures.hours_in(whole, state) for state in ("idle", "paused"))
    opened = measures.open_hours(whole)
    unit = "min" if language == "en" else "phút"
    hours = "h" if language == "en" else "giờ"
    return [
        {"key": "walk", "value": minutes(whole.figures.walk_mean_s, language), "unit": unit},
        {"key": "service", "value": minutes(whole.figures.service_mean_s, language), "unit": unit},
        {
            "key": "idle",
            "value": decimal(idle, language) if idle is not None else "–",
            "unit": f"{hours} · {percent(idle / opened if idle is not None and opened else None, language)}",
        },
        {
            "key": "paused",
            "value": decimal(paused, language) if paused is not None else "–",
            "unit": hours,
        },
    ]


def told(sheet: Sheet, language: str) -> list[dict[str, object]]:
    """The office's own row as name and value."""
    (first, *_) = sheet.shown(language)
    return [
        {"name": column.name, "value": cell["text"]}
        for column, cell in zip(sheet.columns[1:], first[1:], strict=True)
    ]


def quality(figures: Figures, language: str) -> list[dict[str, object]]:
    """The flags that occurred, most frequent first."""
    counted = sorted(figures.flags.items(), key=lambda one: (-one[1], one[0]))
    return [
        {"key": flag, "name": FLAGS[flag].in_(language) if flag in FLAGS else flag, "n": count}
        for flag, count in counted
        if count
    ]


def number(value: float, language: str) -> str:
    return decimal(value, language, 0 if value == int(value) else 1)
