"""The phone page as finished strings: where the ticket stands, how long still, what may be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain.eligibility import stranded
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.overdue import park_ends
from queue_server.domain.queue_view import counters_of, people_ahead
from queue_server.domain.ticket import ParkedBy, Ticket, Told
from queue_server.domain.ticket_table import TicketState
from queue_server.web.hall.format import HOUR_MIN, SOON_MIN, clock, either
from queue_server.web.ticket.words import say

BELIEVED_FOR = timedelta(minutes=5)
"""A prediction older than this is not shown."""
ON_THE_SAFE_SIDE = timedelta(minutes=2)
NEAR_AHEAD = 1
"""With so many people ahead, or none, it is soon, unless the forecast says otherwise."""
NEAR_MIN = 10
"""Who is told at least so many minutes more is not near, whoever is ahead."""

View = dict[str, object]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Minutes from `made_at` until the call; `told` None is "not known"."""

    told: Told | None
    made_at: datetime | None


def ticket_view(office: Office, ticket: Ticket, forecast: Forecast, language: str, now: datetime) -> View:
    """`kind` is `waiting`, `called` or `said`; `near` when it is soon; `can` what the citizen may do now."""
    config = office.config
    assert config is not None, "a ticket has an office"
    service = config.service(ticket.service)
    view: View = {
        "number": ticket.number,
        "service": service.name.in_(language) if service else "",
        "version": ticket.version,
        "near": False,
        "can": [],
        "then": _planned(config, ticket, language),
    }
    match ticket.state:
        case TicketState.WAITING:
            return view | _waiting(office, config, ticket, forecast, language, now)
        case TicketState.CALLED:
            return view | _called(config, ticket, language)
        case _:
            return view | {"kind": "said"} | _said(config, ticket, language, now)


def _waiting(
    office: Office, config: OfficeConfig, ticket: Ticket, forecast: Forecast, language: str, now: datetime
) -> View:
    ahead = people_ahead(office, ticket, now)
    made_at = forecast.made_at
    believed = made_at is not None and now - made_at <= BELIEVED_FOR
    told = forecast.told if believed else None
    figure, unit = _range(told, language)
    counters = counters_of(office, ticket)
    near = _near(office, ticket, ahead, told)
    minutes = int(config.rules.citizen_park_longest.total_seconds() // 60)
    return {
        "kind": "waiting",
        "near": near,
        "counters": say("counters", language, counters=either(counters, language)) if counters else "",
        "ahead": str(ahead),
        "ahead_unit": say("person" if ahead == 1 else "people", language),
        "wait": figure,
        "wait_unit": unit,
        "advice": _advice(config, told, made_at, near, language, now),
        "computed": say("computed", language, hour=clock(config.hours, made_at))
        if told is not None and made_at is not None
        else "",
        "later_hint": say("later_hint", language, minutes=minutes),
        "can": ["later", "cancel"],
    }


def _near(office: Office, ticket: Ticket, ahead: int, told: Told | None) -> bool:
    """Soon: by the forecast, or next in line at a counter that somebody works at."""
    if told is None:
        return ahead <= NEAR_AHEAD and ticket.service not in {key.target.service for key in stranded(office)}
    return told.high <= SOON_MIN or (ahead <= NEAR_AHEAD and told.low < NEAR_MIN)


def _range(told: Told | None, language: str) -> tuple[str, str]:
    if told is None:
        return say("unknown", language), ""
    if told.high < SOON_MIN:
        return say("soon", language), ""
    if told.low >= HOUR_MIN:
        return say("over_hour", language), ""
    figure = f"{told.low}" if told.low == told.high else f"{told.low}–{told.high}"
    return figure, say("minutes", language)


def _advice(
    config: OfficeConfig,
    told: Told | None,
    made_at: datetime | None,
    near: bool,
    language: str,
    now: datetime,
) -> list[str]:
    """Sentences, the most important first."""
    if told is None or made_at is None:
        return [say("stay" if near else "wait_in_hall", language)]
    there = made_at + timedelta(minutes=told.low) - ON_THE_SAFE_SIDE
    by = say("called_by", language, hour=clock(config.hours, made_at + timedelta(minutes=told.promise)))
    if near or there <= now + ON_THE_SAFE_SIDE:
        return [say("stay", language), by]
    return [say("be_there", language, hour=clock(config.hours, there)), by]


def _called(config: OfficeConfig, ticket: Ticket, language: str) -> View:
    counter = config.counter(ticket.counter) if ticket.counter else None
    called_at = ticket.leg.called_at
    return {
        "kind": "called",
        "near": True,
        "counter": say("counter", language, counter=counter.number if counter else "?"),
        "call_time": say(
            "call_time",
            language,
            times=ticket.leg.calls,
            hour=clock(config.hours, called_at) if called_at else "",
        ),
        "call": f"{ticket.leg.number}.{ticket.leg.calls}",
        **_hold(config, ticket, language),
    }


def _hold(config: OfficeConfig, ticket: Ticket, language: str) -> View:
    """Whether a called citizen may have their place held: once a visit."""
    if ticket.held_until is not None:
        return {"can": []}
    minutes = int(config.rules.citizen_hold.total_seconds() // 60)
    return {"hold": say("hold", language, minutes=minutes), "can": ["hold"]}


def _said(config: OfficeConfig, ticket: Ticket, language: str, now: datetime) -> View:
    """The states that are told in a title and a sentence."""
    hours, rules, desk = config.hours, config.rules, config.help_desk.in_(language)
    match ticket.state:
        case TicketState.SERVING:
            counter = config.counter(ticket.counter) if ticket.counter else None
            where = say("counter", language, counter=counter.number) if counter else ""
            return _words("serving", "serving_at", language) | {"where": where}
        case TicketState.PARKED if ticket.parked_by is ParkedBy.CITIZEN:
            limit = park_ends(rules, ticket, ticket.parked_at or now)
            key = "parked_until" if now < limit else "parked_long"
            text = say(key, language, hour=clock(hours, limit))
            return {"title": say("parked", language), "text": text, "can": ["back", "cancel"]}
        case TicketState.PARKED:
            return _words("set_aside", "set_aside_next", language) | {"can": ["cancel"]}
        case TicketState.AWAITING_RESULT:
            return _words("awaiting", "awaiting_next", language)
        case TicketState.NO_SHOW:
            missed = ticket.no_show_at or now
            until = missed + rules.come_back_within
            over = now > until or ticket.no_shows > rules.come_back_times
            title = say("no_show", language, hour=clock(hours, ticket.leg.called_at or missed))
            values = {"until": clock(hours, until), "desk": desk, "number": ticket.number}
            return {
                "title": title,
                "text": say("no_show_over" if over else "no_show_next", language, **values),
            }
        case TicketState.CANCELLED:
            return _words("cancelled", "cancelled_next", language)
        case TicketState.ABANDONED:
            return _words("abandoned", "abandoned_next", language)
        case _:
            return _words("served", "served_next", language) | {"feedback": config.feedback}


def _words(title: str, text: str, language: str) -> View:
    return {"title": say(title, language), "text": say(text, language)}


def _planned(config: OfficeConfig, ticket: Ticket, language: str) -> str:
    names = [s.name.in_(language) for id_ in ticket.planned if (s := config.service(id_)) is not None]
    return say("then", language, services=", ".join(names)) if names else ""
