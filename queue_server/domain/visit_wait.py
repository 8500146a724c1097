"""The wait of a leg and of a visit, defined once (waiting-time page, "Measured")."""

from datetime import datetime, timedelta

from queue_server.domain.ticket import Leg, ParkedBy, Ticket


def leg_wait(leg: Leg, appointment_at: datetime | None, now: datetime | None = None) -> timedelta | None:
    """First call − max(entry, appointment slot) − parks asked for by the citizen; never negative.

    While uncalled it runs until `now`, at the longest until the leg ended; without `now` it is None then.
    A slot counts for the first leg only.
    """
    end = leg.first_called_at or now
    if leg.first_called_at is None and now is not None and leg.ended_at is not None:
        end = min(now, leg.ended_at)
    if end is None or leg.queued_at is None:
        return None
    entry = leg.queued_at
    if leg.number == 1 and appointment_at is not None:
        entry = max(entry, appointment_at)
    return max(end - entry - leg.citizen_parked, timedelta())


def pause_of(ticket: Ticket, now: datetime) -> timedelta:
    """How much of the citizen's park that lasts until `now` falls into a wait that runs.

    Before the appointment's slot no wait runs, so a park pauses nothing there.
    """
    if ticket.parked_at is None or ticket.parked_by is not ParkedBy.CITIZEN:
        return timedelta()
    runs_from = ticket.parked_at
    if ticket.leg.number == 1 and ticket.appointment_at is not None:
        runs_from = max(runs_from, ticket.appointment_at)
    return max(now - runs_from, timedelta())


def visit_wait(ticket: Ticket, now: datetime) -> timedelta:
    """The wait accrued so far: the sum over the legs, an uncalled one counted until `now`.

    A park at the citizen's wish that still lasts stops the count.
    """
    total = timedelta()
    if ticket.parked_by is ParkedBy.CITIZEN and ticket.parked_at is not None:
        now = min(now, ticket.parked_at)
    for leg in ticket.legs:
        total += leg_wait(leg, ticket.appointment_at, now) or timedelta()
    return total
