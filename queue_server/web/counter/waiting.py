"""The lists beside the ticket: who waits for this counter, who is parked, away or awaiting a result."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from queue_server.domain.calling import Head, choose, index
from queue_server.domain.counter import RunningCounter
from queue_server.domain.eligibility import Takes, covered_services, heads, takes
from queue_server.domain.ids import ServiceId
from queue_server.domain.merge import in_outage
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Ticket
from queue_server.domain.ticket_table import TicketState
from queue_server.web.counter.words import CLASSES
from queue_server.web.say import clock, either, service_name, whole_minutes

HINT_FOR = timedelta(minutes=30)
LONGEST_LIST = 60
"""Rows shown; the count beside the title is of all."""


def waiting_for(office: Office, counter: RunningCounter, now: datetime) -> list[Ticket]:
    """Every ticket this counter may call, the next by the policy first, then as strongly as it wants them."""
    config = office.config
    if config is None:
        return []
    covered = covered_services(office)
    expected = {s.id: s.expected_service.total_seconds() for s in config.services}
    found = [
        office.tickets[id_]
        for key, waiting in office.queues.items()
        if takes(office, counter, key, covered) is not Takes.NO
        for id_ in waiting
    ]
    found.sort(key=lambda t: t.number)
    found.sort(key=lambda t: index(config.calling, _head(t, expected, now)), reverse=True)
    head = choose(
        config.calling, [h for h, _ in heads(office, counter, now)], counter.ordinary_since_priority
    )
    if head is not None:
        found.sort(key=lambda t: t.id != head.ticket)
    return found


def _head(ticket: Ticket, expected: Mapping[ServiceId, float], now: datetime) -> Head:
    since = ticket.leg.since or ticket.issued_at
    waited = (now - since).total_seconds()
    return Head(ticket.id, ticket.service_class, waited, expected.get(ticket.service, 600.0), ticket.number)


def chip(config: OfficeConfig, ticket: Ticket, language: str) -> dict[str, str] | None:
    """ "Ưu tiên" or "Hẹn 09:45", None for an ordinary ticket."""
    if ticket.service_class is ServiceClass.ORDINARY:
        return None
    words, tone = CLASSES[ticket.service_class]
    text = words.in_(language)
    if ticket.service_class is ServiceClass.APPOINTMENT and ticket.appointment_at is not None:
        text = f"{text} {clock(config.hours, ticket.appointment_at)}"
    return {"text": text, "tone": tone}


def row(office: Office, ticket: Ticket, language: str) -> dict[str, object]:
    """One waiting ticket; the page counts the time from `since`."""
    config = office.config
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": service_name(office, ticket.service, language),
        "chip": chip(config, ticket, language) if config else None,
        "since": (ticket.leg.since or ticket.issued_at).isoformat(),
        "bound": bool(ticket.leg.target.counter or ticket.leg.target.officer),
        "outage": in_outage(office, ticket),
    }


def outage_hint(office: Office, found: list[Ticket], now: datetime, language: str) -> str:
    """After an outage: how to note who was called aloud meanwhile. Empty when there is nothing to note."""
    ended = office.outage_until
    if ended is None or now - ended > HINT_FOR or not any(in_outage(office, t) for t in found):
        return ""
    return either(
        language,
        "Vừa có lúc mất kết nối. Số nào đã gọi miệng và phục vụ rồi: chạm vào số đó để đánh dấu.",
        "There was an outage. Touch a number that was called aloud and served, and mark it.",
    )


def preview(office: Office, ticket: Ticket, language: str) -> str:
    """ "A008 · Ưu tiên, người cao tuổi"; the page adds the time waited."""
    config = office.config
    text = ticket.number
    label = chip(config, ticket, language) if config else None
    if config is None or label is None:
        return text
    group = next((g for g in config.priority_groups if g.id == ticket.priority_group), None)
    if group is None:
        return f"{text} · {label['text']}"
    name = group.name.in_(language)
    return f"{text} · {label['text']}, {name[:1].lower()}{name[1:]}"


def parked(office: Office, language: str) -> list[dict[str, object]]:
    """Parked tickets, longest first; `since` is when they were parked."""
    found = sorted(
        (t for t in office.tickets.values() if t.state is TicketState.PARKED),
        key=lambda t: (t.parked_at or t.issued_at, t.number),
    )
    return [
        {
            "id": t.id,
            "number": t.number,
            "reason": _lower(t.parked_reason)
            or either(language, "công dân xin quay lại sau", "the citizen comes back later"),
            "since": (t.parked_at or t.issued_at).isoformat(),
        }
        for t in found
    ]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def awaiting(office: Office, language: str) -> list[dict[str, object]]:
    """Tickets whose result is being made ("giải quyết ngay")."""
    found = sorted(
        (t for t in office.tickets.values() if t.state is TicketState.AWAITING_RESULT),
        key=lambda t: (t.awaiting_since or t.issued_at, t.number),
    )
    return [
        {
            "id": t.id,
            "number": t.number,
            "reason": service_name(office, t.service, language),
            "since": (t.awaiting_since or t.issued_at).isoformat(),
        }
        for t in found
    ]


def missed(office: Office, now: datetime, language: str) -> list[dict[str, object]]:
    """No-shows who may still come back by the office's rule, newest first."""
    config = office.config
    if config is None:
        return []
    rules = config.rules
    found = sorted(
        (
            t
            for t in office.tickets.values()
            if t.state is TicketState.NO_SHOW
            and t.no_shows <= rules.come_back_times
            and now - (t.no_show_at or now) <= rules.come_back_within
        ),
        key=lambda t: t.no_show_at or t.issued_at,
        reverse=True,
    )
    return [
        {
            "id": t.id,
            "number": t.number,
            "reason": service_name(office, t.service, language),
            "since": (t.no_show_at or t.issued_at).isoformat(),
            "until": clock(config.hours, (t.no_show_at or now) + rules.come_back_within),
        }
        for t in found
    ]


def waited(ticket: Ticket, now: datetime, language: str) -> str:
    """How long a ticket has waited, in whole minutes."""
    since = ticket.leg.since or ticket.issued_at
    return whole_minutes(max(now - since, timedelta()), language)
