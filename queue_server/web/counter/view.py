"""The console of one counter as a page shows it: finished strings, what is possible, since when."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import in_hall
from queue_server.domain.ticket import Ticket, Told
from queue_server.domain.ticket_table import TicketState
from queue_server.web.counter.buttons import actions, entering, extras, pause_button, primary
from queue_server.web.counter.gauge import gauge, late_after_s
from queue_server.web.counter.history import facts, steps
from queue_server.web.counter.today import Today, middle
from queue_server.web.counter.waiting import (
    LONGEST_LIST,
    awaiting,
    chip,
    missed,
    outage_hint,
    parked,
    row,
    waiting_for,
)
from queue_server.web.counter.words import STATES, UNDO, UNDONE
from queue_server.web.say import clock, counter_name, either, service_name


def console(
    office: Office, id_: CounterId, now: datetime, today: Today, hall: Told | None, language: str
) -> dict[str, object]:
    """The whole page's state; `{"gone": true}` when the office file has this counter no more."""
    config, counter = office.config, office.counters.get(id_)
    if config is None or counter is None:
        return {"gone": True}
    ticket = office.tickets.get(counter.ticket) if counter.ticket else None
    waiting = waiting_for(office, counter, now)
    return {
        "counter": _counter(office, config, counter, now, language),
        "ticket": _ticket(office, config, ticket, today, now, language) if ticket else None,
        "empty": _empty(counter, language),
        "primary": primary(office, counter, waiting[0] if waiting else None, language),
        "actions": actions(ticket, language),
        "extras": [*entering(config, ticket, language), *extras(ticket, language)],
        "book": bool(config.book.code),
        "pause": pause_button(counter, language),
        "undo": _undo(config, counter, now, language),
        "gauge": gauge(config, config.hours.day_of(now), today, hall, len(in_hall(office)), language),
        "waiting": {
            "title": either(
                language,
                f"Đang chờ {counter_name(office, id_, language).lower()}",
                f"Waiting for {counter_name(office, id_, language).lower()}",
            ),
            "count": either(language, f"{len(waiting)} người", f"{len(waiting)} waiting"),
            "rows": [row(office, t, language) for t in waiting[:LONGEST_LIST]],
            "late_s": late_after_s(config, config.hours.day_of(now)),
            "hint": outage_hint(office, waiting, now, language),
        },
        "parked": parked(office, language),
        "awaiting": awaiting(office, language),
        "missed": missed(office, now, language),
    }


def _counter(
    office: Office, config: OfficeConfig, counter: RunningCounter, now: datetime, language: str
) -> dict[str, object]:
    words, tone = STATES[counter.state]
    text = words.in_(language)
    if counter.state is CounterState.PAUSED:
        reason = next((w for w in config.rules.pause_reasons if w.vi == counter.pause_reason), None)
        text += f" · {reason.in_(language) if reason else counter.pause_reason}"
        if counter.paused_until is not None:
            text += either(language, " đến ", " until ") + clock(config.hours, counter.paused_until)
    services = ", ".join(service_name(office, s, language) for s in counter.services)
    return {
        "id": counter.id,
        "state": counter.state.value,
        "name": counter_name(office, counter.id, language),
        "services": services,
        "takes": list(counter.services),
        "chip": {"text": text, "tone": tone},
        "overdue": counter.paused_until is not None and counter.paused_until < now,
        "officer": counter.officer,
    }


def _ticket(
    office: Office, config: OfficeConfig, ticket: Ticket, today: Today, now: datetime, language: str
) -> dict[str, object]:
    service = config.service(ticket.service)
    range_s = today.usual.get(ticket.service)
    prior = service.expected_service if service else timedelta(minutes=10)
    serving = ticket.state is TicketState.SERVING
    since = (ticket.leg.started_at if serving else ticket.leg.called_at) or now
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service_id": ticket.service,
        "priority_group": ticket.priority_group,
        "phase": either(language, "Đang phục vụ", "Serving")
        if serving
        else either(language, "Đang mời", "Calling"),
        "tone": "" if serving else "blue",
        "service": service_name(office, ticket.service, language),
        "chip": chip(config, ticket, language),
        "timer": {
            "label": either(language, "Thời gian phục vụ", "Service time")
            if serving
            else either(language, "Đã gọi được", "Called for"),
            "since": since.isoformat(),
        },
        "usual": _usual(range_s, prior, language),
        "facts": facts(office, ticket, language),
        "steps": steps(office, ticket, middle(range_s, prior), now, language),
    }


def _usual(range_s: tuple[float, float] | None, prior: timedelta, language: str) -> str:
    if range_s is None:
        about = max(1, round(prior.total_seconds() / 60))
        return either(language, f"Thường khoảng {about} phút", f"Usually about {about} min")
    low, high = (max(1, round(s / 60)) for s in range_s)
    if low == high:
        return either(language, f"Thường khoảng {low} phút", f"Usually about {low} min")
    return either(language, f"Thường từ {low} đến {high} phút", f"Usually {low} to {high} min")


def _empty(counter: RunningCounter, language: str) -> Mapping[str, str]:
    """What stands in place of a number."""
    match counter.state:
        case CounterState.PAUSED:
            head, then = (
                ("Quầy tạm nghỉ", "Paused"),
                (
                    "Người đang chờ thấy quầy tạm nghỉ trên bảng. Bấm F9 để mở lại.",
                    "The displays say that this counter pauses. Press F9 to reopen.",
                ),
            )
        case CounterState.CLOSED:
            head, then = (
                ("Quầy chưa mở", "Not open yet"),
                (
                    "Bấm F9 để mở quầy và bắt đầu gọi số.",
                    "Press F9 to open and start calling.",
                ),
            )
        case CounterState.UNSTAFFED:
            head, then = (
                ("Không có ai ở quầy", "Nobody at this counter"),
                (
                    "Mời chọn quầy để làm việc.",
                    "Choose a counter to work at.",
                ),
            )
        case _:
            head, then = (
                ("Sẵn sàng gọi số", "Ready to call"),
                (
                    "Chưa có ai ở quầy. Bấm phím cách để gọi số tiếp theo.",
                    "Nobody is at the counter. Press Space to call the next number.",
                ),
            )
    return {"head": either(language, *head), "then": either(language, *then)}


def _undo(
    config: OfficeConfig, counter: RunningCounter, now: datetime, language: str
) -> dict[str, object] | None:
    point = counter.undo
    if point is None or now - point.at >= config.rules.undo_within:
        return None
    number = point.ticket_before.number
    text = UNDONE.get(point.act, UNDO).in_(language).format(number=number)
    return {
        "text": text,
        "until": (point.at + config.rules.undo_within).isoformat(),
        "within": config.rules.undo_within.total_seconds(),
    }
