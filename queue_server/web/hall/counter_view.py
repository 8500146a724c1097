"""A counter's own display as finished strings: its number, its services, and the one thing to know now."""

from datetime import datetime

from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import ServiceClass
from queue_server.web.hall.format import until
from queue_server.web.hall.view import offset_min

_MOST_SERVICES = 2


def counter_view(office: Office, counter_id: CounterId, now: datetime) -> dict[str, object] | None:
    """What the display of a counter shows, None for an unknown counter.

    `mode` is `calling`, `priority`, `serving`, `idle`, `paused` or `closed`; `big` is the number or a large
    word; `call` changes with every call and recall.
    """
    config = office.config
    counter = config.counter(counter_id) if config is not None else None
    if config is None or counter is None:
        return None
    running = office.counters.get(counter_id)
    mode, big, status = _state(office, config, running, now)
    return {
        "version": office.seq,
        "ready": True,
        "offset_min": offset_min(config, now),
        "counter": f"Quầy {counter.number}",
        "services": _services(config, running.services if running is not None else counter.services),
        "mode": mode,
        "big": big,
        "status": status,
        "call": _call_key(office, running),
    }


def _state(
    office: Office, config: OfficeConfig, running: RunningCounter | None, now: datetime
) -> tuple[str, str, str]:
    state = running.state if running is not None else CounterState.UNSTAFFED
    ticket = office.tickets.get(running.ticket) if running is not None and running.ticket else None
    number = ticket.number if ticket is not None else ""
    match state:
        case CounterState.CALLING:
            if ticket is not None and ticket.service_class is ServiceClass.PRIORITY:
                return "priority", number, "Mời vào quầy · Ưu tiên"
            return "calling", number, "Mời vào quầy"
        case CounterState.SERVING:
            return "serving", number, "Đang phục vụ"
        case CounterState.IDLE:
            return "idle", "Sẵn sàng", "Mời chờ gọi số"
        case CounterState.PAUSED:
            back = running.paused_until if running is not None else None
            if back is not None and back > now:
                return "paused", "Tạm nghỉ", f"Phục vụ lại lúc {until(config.hours, now, back)}"
            return "paused", "Tạm nghỉ", "Mời theo dõi bảng gọi số"
        case CounterState.CLOSED | CounterState.UNSTAFFED:
            return "closed", "Quầy đóng", "Mời theo dõi bảng gọi số"


def _services(config: OfficeConfig, taken: tuple[str, ...]) -> list[str]:
    """Two lines at most: names, the second naming how many more there are."""
    names = [service.name.vi for service in config.services if service.id in taken]
    if len(names) <= _MOST_SERVICES:
        return names
    return [names[0], f"{names[1]} và {len(names) - _MOST_SERVICES} việc khác"]


def _call_key(office: Office, running: RunningCounter | None) -> str:
    """Changes with every call and recall, so that the display pulses once for each."""
    ticket = office.tickets.get(running.ticket) if running is not None and running.ticket else None
    if ticket is None or ticket.leg.called_at is None:
        return ""
    return f"{ticket.number} {ticket.leg.called_at.isoformat()}"
