"""A citizen's visit and its side paths, asked for over HTTP as the pages do."""

from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response

from queue_server.domain import events as e
from queue_server.domain.commands import Role
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket_table import TicketState
from queue_server.engine.ports import Recorded
from tests.integration.web.staff.staff_office import StaffOffice

THREE = CounterId("quay-3")


class Officer:
    """One officer's browser: every act with a fresh request id."""

    ids = count(1)

    def __init__(
        self, office: StaffOffice, role: Role = Role.OFFICER, login: str = "", app: FastAPI | None = None
    ) -> None:
        self.office = office
        self.account = office.account(role, login)
        self.client = office.signed_in(self.account, app)

    def ask(self, verb: str, **body: object) -> Response:
        body = {"id": f"request-{next(self.ids):06d}", "counter": "quay-3"} | body
        answer: Response = self.client.post(f"/do/{verb}", json=body)
        return answer

    def do(self, verb: str, **body: object) -> Any:
        answer = self.ask(verb, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, verb: str, **body: object) -> str:
        answer = self.ask(verb, **body)
        assert answer.status_code in (409, 422), answer.text
        assert answer.json()["words"]["vi"] and answer.json()["words"]["en"]
        return str(answer.json()["code"])


@pytest.fixture
def lan(office: StaffOffice) -> Officer:
    officer = Officer(office, login="lan")
    officer.do("sign-on")
    officer.do("open")
    return officer


def state(office: StaffOffice, ticket: str) -> TicketState:
    return office.now.tickets[ticket].state  # type: ignore[index]


def test_a_visit_from_call_to_end(office: StaffOffice, lan: Officer) -> None:
    first, second = office.issue(), office.issue()
    lan.do("next")
    assert state(office, first) is TicketState.CALLED
    lan.do("recall", expected=first)
    lan.do("start", expected=first)
    lan.do("next", expected=first, end_current=True)
    assert (state(office, first), state(office, second)) == (TicketState.SERVED, TicketState.CALLED)
    lan.do("start")
    lan.do("end")
    lan.do("close")
    lan.do("sign-off")
    assert office.now.counters[THREE].state is CounterState.UNSTAFFED


def test_a_press_that_is_sent_again_is_done_once(office: StaffOffice, lan: Officer) -> None:
    office.issue(), office.issue()
    one = lan.do("next", id="the-same-press")
    two = lan.do("next", id="the-same-press")
    assert two == one | {"repeated": True}
    assert sum(t.state is TicketState.CALLED for t in office.now.tickets.values()) == 1


def test_two_accounts_with_the_same_request_id_do_not_share_an_answer(office: StaffOffice) -> None:
    app = office.app()
    one, two = Officer(office, login="mot", app=app), Officer(office, login="hai", app=app)
    one.do("sign-on", id="same-request", counter="quay-2")
    two.do("sign-on", id="same-request", counter="quay-3")
    assert set(office.now.officers.values()) == {CounterId("quay-2"), THREE}


def test_a_late_click_on_another_ticket_is_refused_clearly(office: StaffOffice, lan: Officer) -> None:
    first = office.issue()
    lan.do("next")
    lan.do("no-show")
    second = office.issue()
    lan.do("next")
    assert lan.refused("start", expected=first) == "not_your_ticket"
    assert state(office, second) is TicketState.CALLED


def test_one_officer_a_counter_and_one_counter_an_officer(office: StaffOffice, lan: Officer) -> None:
    other = Officer(office, login="binh")
    assert other.refused("sign-on") == "counter_taken"
    assert lan.refused("sign-on", counter="quay-2") == "officer_elsewhere"
    assert other.refused("next") == "not_your_counter"


def test_a_no_show_is_undone_and_comes_back(office: StaffOffice, lan: Officer) -> None:
    ticket = office.issue()
    lan.do("next")
    lan.do("no-show")
    lan.do("undo")
    assert state(office, ticket) is TicketState.CALLED
    lan.do("no-show")
    lan.do("come-back", ticket=ticket)
    assert state(office, ticket) is TicketState.WAITING


def test_parking_needs_a_reason_of_the_office_and_none_of_the_citizen(
    office: StaffOffice, lan: Officer
) -> None:
    ticket = office.issue()
    assert lan.refused("park", ticket=ticket) == "reason_needed"
    lan.do("park", ticket=ticket, parked_by="citizen")
    lan.do("unpark", ticket=ticket)
    assert state(office, ticket) is TicketState.WAITING


def test_a_transfer_to_a_counter_keeps_the_service(office: StaffOffice, lan: Officer) -> None:
    ticket = office.issue()
    lan.do("next")
    lan.do("transfer", ticket=ticket, to_counter="quay-2", reason="San bớt người chờ")
    target = office.now.tickets[ticket].leg.target
    assert (target.service, target.counter) == ("chung-thuc", "quay-2")


def test_a_transfer_to_an_officer_and_to_a_service(office: StaffOffice, lan: Officer) -> None:
    ticket, other = office.issue(), Officer(office, login="binh")
    other.do("sign-on", counter="quay-2")
    lan.do("transfer", ticket=ticket, to_officer=other.account.id, reason="x")
    assert office.now.tickets[ticket].leg.target.officer == other.account.id
    lan.do("transfer", ticket=ticket, service="ho-tich", reason="x")
    assert office.now.tickets[ticket].leg.target.service == "ho-tich"


def test_a_result_is_awaited_made_ready_and_collected(office: StaffOffice, lan: Officer) -> None:
    ticket = office.issue()
    lan.do("next")
    lan.do("start")
    lan.do("await-result")
    assert state(office, ticket) is TicketState.AWAITING_RESULT
    lan.do("result-ready", ticket=ticket)
    assert state(office, ticket) is TicketState.WAITING


def test_a_service_is_added_and_the_priority_changed_with_a_reason(office: StaffOffice, lan: Officer) -> None:
    ticket = office.issue()
    lan.do("add-service", ticket=ticket, service="ho-tich")
    assert lan.refused("priority", ticket=ticket, priority_group="cao-tuoi") == "reason_needed"
    lan.do("priority", ticket=ticket, priority_group="cao-tuoi", reason="Đã xem giấy tờ ưu tiên")
    kept = office.now.tickets[ticket]
    assert kept.planned == ("ho-tich",) and kept.service_class is ServiceClass.PRIORITY


def test_this_one_is_called_out_of_turn(office: StaffOffice, lan: Officer) -> None:
    office.issue()
    second = office.issue()
    lan.do("call", ticket=second)
    assert office.now.counters[THREE].ticket == second


def test_a_pause_has_a_reason_and_an_end(office: StaffOffice, lan: Officer) -> None:
    assert lan.refused("pause") == "reason_needed"
    lan.do("pause", reason="Nghỉ giải lao", minutes=10)
    counter = office.now.counters[THREE]
    assert counter.state is CounterState.PAUSED and counter.paused_until is not None
    lan.do("open")


def test_the_counters_services_change_while_running(office: StaffOffice, lan: Officer) -> None:
    lan.do("counter-services", services=["dat-dai", "chung-thuc"])
    assert office.now.counters[THREE].services == ("chung-thuc", "dat-dai")
    assert lan.refused("counter-services", services=[]) == "bad_request"


def test_a_number_is_issued_at_the_counter_and_printed(office: StaffOffice, lan: Officer) -> None:
    body = {"service": "chung-thuc", "people": 2, "dossiers": 3, "printer": "may-in-1", "language": "en"}
    answer = lan.do("issue", id="issue-at-counter", **body)
    assert answer["number"] == "A001" and answer["printing"] is True
    again = lan.do("issue", id="issue-at-counter", **body)
    assert (again["number"], again["ticket"]) == ("A001", answer["ticket"])
    assert len(office.now.tickets) == 1 and len(office.now.jobs) == 1
    ticket = office.now.tickets[answer["ticket"]]
    assert (ticket.people, ticket.dossiers, ticket.channel, ticket.language) == (2, 3, "counter", "en")


def test_a_slip_is_printed_again_on_a_known_printer(office: StaffOffice, lan: Officer) -> None:
    ticket = office.issue()
    lan.do("print", ticket=ticket, printer="may-in-1")
    assert [j.printer for j in office.now.jobs.values()] == ["may-in-1"]
    assert lan.refused("print", ticket=ticket, printer="none") == "bad_request"


def test_a_citizen_cancels_at_the_counter(office: StaffOffice, lan: Officer) -> None:
    ticket = office.issue()
    lan.do("cancel", ticket=ticket, reason="Công dân xin huỷ")
    assert state(office, ticket) is TicketState.CANCELLED


def test_a_supervisor_frees_a_counter_that_was_left(office: StaffOffice, lan: Officer) -> None:
    Officer(office, Role.SUPERVISOR, "phu-trach").do("sign-off")
    assert office.now.officers.get(lan.account.id) is None


@pytest.mark.parametrize("id_", ["short", "x" * 65, "with space", "../../etc", "čaj-12345"])
def test_a_request_id_has_a_form(office: StaffOffice, lan: Officer, id_: str) -> None:
    office.issue()
    assert lan.ask("next", id=id_).status_code == 422
    assert office.now.counters[THREE].ticket is None


def test_unknown_fields_are_refused(office: StaffOffice, lan: Officer) -> None:
    answer = lan.ask("next", counterr="quay-3")
    assert answer.status_code == 422 and answer.json()["words"]["vi"]


def test_the_journal_knows_who_asked_and_from_where(office: StaffOffice, lan: Officer) -> None:
    heard: list[Recorded] = []
    stop = office.engine.subscribe(lambda office_, recorded: heard.extend(recorded))
    office.issue()
    lan.do("next")
    office.close()
    stop()
    called = next(r for r in heard if isinstance(r.event, e.TicketCalled))
    assert (called.by.role, called.by.id, called.by.where) == (Role.OFFICER, lan.account.id, "testclient")
    assert "Lan" not in str(called)
