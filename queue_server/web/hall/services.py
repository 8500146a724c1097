"""What the hall says of each service: how many wait, how long for a newcomer, or until when it is closed."""

from collections.abc import Mapping
from datetime import datetime

from queue_server.domain.availability import why_not
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Service
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import Told
from queue_server.web.hall.format import range_minutes, until

_CLOSED = {
    Code.SERVICE_CLOSED: "Tạm ngừng",
    Code.OUT_OF_HOURS: "Hết giờ",
    Code.QUOTA_REACHED: "Hết số hôm nay",
    Code.NUMBERS_EXHAUSTED: "Hết số hôm nay",
}
_CLOSED_UNTIL = {Code.SERVICE_CLOSED: "Nghỉ đến", Code.OUT_OF_HOURS: "Mở lại"}


def closed_words(office: Office, config: OfficeConfig, service: Service, now: datetime) -> str:
    """Why no number can be taken now, in the few words of a table cell; "" when one can."""
    refusal = why_not(office, service, now)
    if refusal is None:
        return ""
    reopens = refusal.detail.get("reopens_at")
    if reopens and refusal.code in _CLOSED_UNTIL:
        return f"{_CLOSED_UNTIL[refusal.code]} {until(config.hours, now, datetime.fromisoformat(reopens))}"
    return _CLOSED.get(refusal.code, "Tạm ngừng")


def invitation(office: Office, config: OfficeConfig, now: datetime) -> str:
    """What the board says while nobody has been called: to take a number, or why none is given now."""
    codes = {
        refusal.code if refusal else None for refusal in (why_not(office, s, now) for s in config.services)
    }
    if None in codes:
        return "Mời lấy số ở kiosk"
    over = Code.OUT_OF_HOURS in codes and codes <= {Code.OUT_OF_HOURS, Code.SERVICE_CLOSED}
    return "Hết giờ lấy số" if over else "Tạm ngừng cấp số"


def service_rows(
    office: Office,
    config: OfficeConfig,
    waiting: Mapping[ServiceId, int],
    newcomers: Mapping[ServiceId, Told | None],
    now: datetime,
) -> list[dict[str, str | bool]]:
    """One row a service in the office file's order, as finished strings."""
    rows: list[dict[str, str | bool]] = []
    for service in config.services:
        people = waiting.get(service.id, 0)
        closed = closed_words(office, config, service, now)
        rows.append(
            {
                "letter": service.letter,
                "name": service.name.vi,
                "waiting": f"{people} người chờ" if people else "Chưa có người chờ",
                "wait": "" if closed else range_minutes(newcomers.get(service.id)),
                "closed": closed,
                "open": not closed,
            }
        )
    return rows
