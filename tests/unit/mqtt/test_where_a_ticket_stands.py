"""`ticket-lookup`: who holds a slip learns where the ticket stands, and nobody learns anything else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fakes.mqtt_office import MqttOffice

from queue_server.contract.replies import Standing
from queue_server.domain.ids import TicketId
from queue_server.domain.ticket import Told
from queue_server.mqtt.standing import TicketDesk
from queue_server.predictor.book import Predicted, PredictionBook


@pytest.fixture
def office() -> Iterator[MqttOffice]:
    made = MqttOffice()
    yield made
    made.close()


def issue(office: MqttOffice, id_: str) -> str:
    issued = office.ask("k1", "issue", id=id_, services=["civil"]).issued
    assert issued is not None
    return issued.ticket.ticket


def look(office: MqttOffice, id_: str, **asked: str) -> Standing:
    reply = office.ask("k2", "ticket-lookup", id=id_, **asked)
    assert reply.ok and reply.standing is not None
    return reply.standing


def serve(office: MqttOffice, *verbs: str) -> None:
    office.ask("operator", "sign-on", id="on", counter="c1", officer="lan")
    office.ask("operator", "open", id="open", counter="c1")
    for verb in verbs:
        assert office.ask("operator", verb, id=verb, counter="c1").ok


def test_a_waiting_ticket_is_told_its_place_and_its_counters(office: MqttOffice) -> None:
    issue(office, "a")
    mine = issue(office, "b")
    office.ask("operator", "sign-on", id="on", counter="c1", officer="lan")
    office.ask("operator", "open", id="open", counter="c1")
    standing = look(office, "look", ticket=mine)
    assert (standing.ticket.number, standing.ticket.state) == ("A002", "waiting")
    assert (standing.people_ahead, standing.counters) == (1, (1,))
    assert standing.wait is None and standing.promise_at == ""


def test_a_called_ticket_is_told_its_counter_and_no_officer(office: MqttOffice) -> None:
    mine = issue(office, "a")
    serve(office, "call-next")
    standing = look(office, "look", ticket=mine)
    assert (standing.ticket.state, standing.counters) == ("called", (1,))
    assert standing.people_ahead is None
    assert standing.ticket.officer is None


def test_a_missed_ticket_is_told_until_when_it_may_come_back(office: MqttOffice) -> None:
    mine = issue(office, "a")
    serve(office, "call-next", "no-show")
    assert ":" in look(office, "soon", ticket=mine).come_back_until
    office.clock.advance(timedelta(hours=3))
    assert look(office, "late", ticket=mine).come_back_until == ""


def test_a_served_ticket_is_told_that_it_is(office: MqttOffice) -> None:
    mine = issue(office, "a")
    serve(office, "call-next", "start", "end")
    assert look(office, "look", ticket=mine).ticket.state == "served"


def test_a_page_of_today_finds_its_ticket(office: MqttOffice) -> None:
    mine = issue(office, "a")
    office.tokens["0123456789abcdefghijkl"] = TicketId(mine)
    assert look(office, "look", token="0123456789abcdefghijkl").ticket.ticket == mine


@pytest.mark.parametrize("asked", [{}, {"ticket": "nobodys"}, {"token": "nobodys"}])
def test_what_is_nobodys_is_unknown(office: MqttOffice, asked: dict[str, str]) -> None:
    issue(office, "a")
    reply = office.ask("k1", "ticket-lookup", id="look", **asked)
    assert reply.refusal is not None and reply.refusal.code == "ticket_unknown"


def test_asking_changes_and_journals_nothing(office: MqttOffice) -> None:
    mine = issue(office, "a")
    before = office.engine.office
    look(office, "look", ticket=mine)
    assert office.engine.office is before


def test_a_keypad_may_not_ask(office: MqttOffice) -> None:
    reply = office.ask("keypad1", "ticket-lookup", id="look", ticket=issue(office, "a"))
    assert reply.refusal is not None and reply.refusal.code == "forbidden"


def test_the_forecast_is_the_phone_pages_own(office: MqttOffice) -> None:
    mine = TicketId(issue(office, "a"))
    book = PredictionBook(office.clock)
    book.put(Predicted(office.clock.now(), tickets={mine: Told(4, 6, 9, 8)}))
    desk = TicketDesk(book, lambda *_: mine)
    from queue_server.contract.requests import TicketLookup

    reply = desk.answer(office.engine.office, TicketLookup(id="q", token="t"), office.clock.now())
    assert reply.standing is not None and reply.standing.wait is not None
    assert (reply.standing.wait.low, reply.standing.wait.high) == (4, 9)
    assert reply.standing.promise_at
