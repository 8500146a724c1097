"""The page's rows by counter: what it does now, what it has done, how its time went. Pure."""

from collections.abc import Mapping
from datetime import datetime

from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.waits.period import Answer, Group
from queue_server.waits.work import OPEN
from queue_server.web.hall.format import decimal, minutes, percent

_STATES: dict[CounterState, tuple[Words, str]] = {
    CounterState.UNSTAFFED: (Words("Không có người", "Unstaffed"), ""),
    CounterState.CLOSED: (Words("Chưa mở", "Not open"), ""),
    CounterState.IDLE: (Words("Sẵn sàng", "Ready"), "green"),
    CounterState.CALLING: (Words("Đang mời", "Calling"), "blue"),
    CounterState.SERVING: (Words("Đang phục vụ", "Serving"), ""),
    CounterState.PAUSED: (Words("Tạm nghỉ", "Paused"), "gold"),
}


def counter_rows(
    office: Office,
    config: OfficeConfig,
    answer: Answer,
    waiting: Mapping[ServiceId, int],
    seen: frozenset[ServiceId],
    live: bool,
    language: str,
    now: datetime,
) -> list[dict[str, object]]:
    """One row a counter that takes something this reader sees, those no longer furnished last."""
    known = answer.by_key
    rows = []
    for counter in config.counters:
        running = office.counters.get(counter.id)
        services = running.services if running is not None and live else counter.services
        if not set(services) & seen:
            continue
        state = running.state if running is not None else CounterState.UNSTAFFED
        words, tone = _STATES[state]
        text = words.in_(language)
        if state is CounterState.PAUSED and running is not None and running.changed_at is not None:
            since = int((now - running.changed_at).total_seconds() // 60)
            text = f"{text} {since} {'min' if language == 'en' else 'phút'}"
        ticket = office.tickets.get(running.ticket) if running is not None and running.ticket else None
        rows.append(
            {
                "id": counter.id,
                "number": str(counter.number),
                "services": ", ".join(s.name.in_(language) for s in config.services if s.id in services),
                "state": text,
                "tone": tone,
                "ticket": ticket.number if ticket is not None else "–",
                "waiting": sum(waiting.get(service, 0) for service in services),
            }
            | _done(known.get(counter.id), language)
        )
    furnished = {counter.id for counter in config.counters}
    for key, group in known.items():
        if key not in furnished and not live:
            rows.append({"id": key, "number": key, "services": "", **_done(group, language)})
    return rows


def _done(group: Group | None, language: str) -> dict[str, object]:
    if group is None:
        return {"done": "0", "walk": "–", "service": "–", "busy": "–", "paused": "–"}
    work = group.total.work
    open_us = sum(work.get(state.value, 0) for state in OPEN)
    busy = 1 - work.get("idle", 0) / open_us if open_us else None
    return {
        "done": decimal(group.total.service_n, language, 0),
        "walk": minutes(group.figures.walk_mean_s, language),
        "service": minutes(group.figures.service_mean_s, language),
        "busy": percent(busy, language),
        "paused": decimal(work.get("paused", 0) / 6e7, language, 0) if work else "–",
    }
