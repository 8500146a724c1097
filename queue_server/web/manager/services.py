"""The page's rows by service: measured, waiting now, foretold. Pure."""

from collections.abc import Mapping

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket import Told
from queue_server.waits.figures import Figures
from queue_server.waits.period import Answer
from queue_server.web.hall.format import decimal, minutes, percent, range_minutes
from queue_server.web.manager.sheets import p90_of

_NONE = Figures(0, None, None, None, None)


def service_rows(
    config: OfficeConfig,
    answer: Answer,
    waiting: Mapping[ServiceId, int],
    newcomers: Mapping[ServiceId, Told | None],
    seen: frozenset[ServiceId],
    target: float | None,
    language: str,
) -> list[dict[str, object]]:
    """One row a service that this reader sees, in the office file's order."""
    rows: list[dict[str, object]] = []
    known = answer.by_key
    for service in config.services:
        if service.id not in seen:
            continue
        figures = known[service.id].figures if service.id in known else _NONE
        over = figures.mean_s is not None and target is not None and figures.mean_s > target * 60
        rows.append(
            {
                "id": service.id,
                "letter": service.letter,
                "name": service.name.in_(language),
                "n": decimal(figures.n, language, 0),
                "mean": minutes(figures.mean_s, language),
                "over": over,
                "p90": minutes(p90_of(figures), language),
                "within": percent(figures.share_within.get(target) if target else None, language),
                "gone": decimal(figures.abandoned, language, 0),
                "missed": decimal(figures.no_show, language, 0),
                "waiting": waiting.get(service.id, 0),
                "forecast": range_minutes(newcomers.get(service.id), language),
            }
        )
    return rows
