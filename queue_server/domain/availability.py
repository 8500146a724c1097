"""May a newcomer take a number for a service now, and if not, why and when again."""

from datetime import datetime, timedelta

from queue_server.domain.checks import configured
from queue_server.domain.hours import Hours
from queue_server.domain.numbering import next_ordinal
from queue_server.domain.office import Office
from queue_server.domain.office_services import Service
from queue_server.domain.refusals import Code, Refusal


def why_not(office: Office, service: Service, now: datetime) -> Refusal | None:
    """None when the service gives numbers; else the refusal, with `reopens_at` (ISO) where it is known."""
    closure = office.closures.get(service.id)
    if closure is not None and (closure.until is None or now < closure.until):
        detail = {"service": service.id, "reason_vi": closure.reason.vi, "reason_en": closure.reason.en}
        if closure.until is not None:
            detail["reopens_at"] = closure.until.isoformat()
        return Refusal(Code.SERVICE_CLOSED, "The service is closed for now.", detail)
    if not _gives_numbers(office, service, now):
        return _out_of_hours(office, configured(office).hours_of(service), service, now)
    if service.quota is not None and office.issued_today.get(service.id, 0) >= service.quota:
        return Refusal(
            Code.QUOTA_REACHED,
            "Today's numbers for this service are all given out.",
            {"service": service.id, "quota": str(service.quota)},
        )
    if next_ordinal(office, service.shape) is None:
        return Refusal(
            Code.NUMBERS_EXHAUSTED, "The number series has no number left today.", {"service": service.id}
        )
    return None


def _gives_numbers(office: Office, service: Service, now: datetime) -> bool:
    config = configured(office)
    hours = config.hours_of(service)
    if office.day_closed:
        return False
    if hours.always_open:
        return True
    spans = list(hours.spans(hours.day_of(now)))
    if not spans or now >= spans[-1][1] - service.last_ticket_before_close:
        return False
    early = config.rules.tickets_before_opening
    return any(start - early <= now < end for start, end in spans)


def last_numbers_at(office: Office, service: Service, now: datetime) -> datetime | None:
    """When a service stops giving numbers on the day of `now`, None when it never closes or not today."""
    hours = configured(office).hours_of(service)
    if hours.always_open:
        return None
    closes = hours.closes_at(now)
    return closes - service.last_ticket_before_close if closes else None


def _out_of_hours(office: Office, hours: Hours, service: Service, now: datetime) -> Refusal:
    """A day that a person has closed does not open again: the next opening is then another day's."""
    detail: dict[str, str] = {"service": service.id}
    after = now + timedelta(seconds=1)
    if office.day_closed and office.day is not None:
        after = hours.midnight(office.day + timedelta(days=1)) - timedelta(microseconds=1)
    opens = hours.next_opening(after)
    if opens is not None:
        detail["reopens_at"] = opens.isoformat()
    return Refusal(Code.OUT_OF_HOURS, "No numbers are given at this hour.", detail)
