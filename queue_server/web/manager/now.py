"""The hall at this moment: how many are there, who has waited longest, what is foretold for them. Pure."""

from datetime import datetime

from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import in_hall, waiting_tickets
from queue_server.domain.ticket import Told
from queue_server.domain.visit_wait import visit_wait

MOST_LONGEST = 5


def hall_now(
    office: Office,
    config: OfficeConfig,
    told: Told | None,
    seen: frozenset[ServiceId],
    language: str,
    now: datetime,
) -> dict[str, object]:
    """Tickets by number only; those who have waited longest first. The forecast is for all in the hall."""
    mine = [ticket for ticket in waiting_tickets(office) if ticket.service in seen]
    mine.sort(key=lambda ticket: visit_wait(ticket, now), reverse=True)
    longest = []
    for ticket in mine[:MOST_LONGEST]:
        wait, service = visit_wait(ticket, now), config.service(ticket.service)
        longest.append(
            {
                "number": ticket.number,
                "minutes": str(int(wait.total_seconds() // 60)),
                "service": service.name.in_(language) if service else "",
                "over": wait > config.calling.rescue_after,
            }
        )
    return {
        "there": len(in_hall(office)),
        "longest": longest,
        "forecast": str(told.median) if told is not None else "",
        "forecast_range": f"{told.low}–{told.high}" if told is not None else "",
    }
