"""What time brings by itself: parked citizens return to the queue, and a tick otherwise does nothing."""

from datetime import timedelta

from domain_hall import Hall, citizen, config, officer

from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId, TicketId
from queue_server.domain.overdue import due
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import ParkedBy
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.visit_wait import leg_wait


def hall() -> Hall:
    made = Hall()
    made.do(c.ConfigureOffice, config=config())
    made.do(c.Tick)
    return made


def test_a_tick_of_a_quiet_office_does_nothing() -> None:
    office = hall()
    office.issue("a")
    assert not due(office.office, office.now)
    assert office.do(c.Tick) == []


def test_a_citizen_who_stays_away_longer_than_allowed_stands_in_the_queue_again() -> None:
    office = hall()
    ticket = office.issue("a")
    office.later(minutes=5).do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN, by=citizen(ticket))
    office.later(minutes=30)
    assert not due(office.office, office.now)
    assert office.do(c.Tick) == []
    office.later(seconds=1)
    assert due(office.office, office.now)
    office.do(c.Tick)
    assert office.office.tickets[ticket].state is TicketState.WAITING
    assert not due(office.office, office.now)


def test_the_pause_of_a_citizens_park_is_as_long_as_the_park() -> None:
    office = hall()
    ticket = office.issue("a")
    since = office.office.tickets[ticket].leg.since
    office.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN, by=citizen(ticket))
    office.later(minutes=40).do(c.Tick)
    after = office.office.tickets[ticket].leg
    assert since is not None and after.since is not None
    assert (after.since - since).total_seconds() == 40 * 60
    assert after.citizen_parked.total_seconds() == 40 * 60


def test_what_the_office_parked_waits_for_the_office() -> None:
    office = hall()
    ticket = office.issue("a")
    office.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.OFFICE, reason="chờ giấy tờ")
    office.later(hours=2).do(c.Tick)
    assert office.office.tickets[ticket].state is TicketState.PARKED


def called() -> tuple[Hall, TicketId]:
    office = hall().staff(1)
    first = office.issue("a")
    office.later(minutes=7).issue("a")
    office.do(c.CallNext, counter=CounterId("q1"), by=officer("o1"))
    assert office.office.tickets[first].state is TicketState.CALLED
    return office, first


def test_a_called_citizens_hold_ends_by_itself_and_they_are_called_next() -> None:
    office, ticket = called()
    since = office.ticket(ticket).leg.since
    office.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN, hold=True, by=citizen(ticket))
    assert office.office.counters[CounterId("q1")].ticket is None, "the counter may call the next"
    office.later(minutes=5)
    assert not due(office.office, office.now)
    office.later(seconds=1).do(c.Tick)
    back = office.ticket(ticket)
    assert back.state is TicketState.WAITING and back.leg.since == since
    assert leg_wait(back.leg, None, office.now) == timedelta(minutes=7), "the wait ended with the first call"
    office.do(c.CallNext, counter=CounterId("q1"), by=officer("o1"))
    assert office.ticket(ticket).state is TicketState.CALLED


def test_a_place_is_held_once_a_visit_and_only_for_one_who_was_called() -> None:
    office, ticket = called()
    hold = {"parked_by": ParkedBy.CITIZEN, "hold": True, "by": citizen(ticket), "ticket": ticket}
    office.do(c.ParkTicket, **hold)
    office.do(c.UnparkTicket, ticket=ticket, by=citizen(ticket))
    assert office.refused(c.ParkTicket, **hold) is Code.TICKET_STATE
    office.do(c.CallNext, counter=CounterId("q1"), by=officer("o1"))
    assert office.refused(c.ParkTicket, **hold) is Code.TOO_OFTEN
