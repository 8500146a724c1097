"""The reception desk: issuing, help, and looking a number up."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.domain.ids import KioskId, PriorityGroupId, ServiceId
from queue_server.domain.ticket import ParkedBy, Told
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.words import Words
from queue_server.web.greeter.view import STATES, desk, wait_range
from tests.integration.web.staff.staff_office import StaffOffice


@pytest.fixture
def greeter(office: StaffOffice) -> TestClient:
    return office.signed_in(office.account(Role.GREETER))


def test_a_greeter_issues_for_a_citizen_with_priority(office: StaffOffice, greeter: TestClient) -> None:
    body = {
        "id": "desk-request-1",
        "service": "ho-tich",
        "priority_group": "cao-tuoi",
        "people": 3,
        "printer": "may-in-1",
    }
    answer = greeter.post("/do/issue", json=body).json()
    assert answer["ok"] and answer["number"] == "B001" and answer["printing"] is True
    ticket = office.now.tickets[answer["ticket"]]
    assert (ticket.channel, ticket.people, ticket.priority_group) == ("greeter", 3, "cao-tuoi")


def test_a_printer_that_is_gone_does_not_cost_the_number(office: StaffOffice, greeter: TestClient) -> None:
    body = {"id": "desk-request-2", "service": "ho-tich", "printer": "khong-co"}
    answer = greeter.post("/do/issue", json=body).json()
    assert answer["ok"] and answer["number"] == "B001" and answer["printing"] is False


def test_a_closed_service_is_refused_with_what_to_do(office: StaffOffice, greeter: TestClient) -> None:
    office.do(c.CloseService, c.SYSTEM, service=ServiceId("ho-tich"), reason=Words("Công chức đi thực địa"))
    answer = greeter.post("/do/issue", json={"id": "desk-request-3", "service": "ho-tich"})
    assert answer.status_code == 409
    assert "phụ trách" in answer.json()["words"]["vi"]


def test_a_call_for_help_is_shown_and_answered(office: StaffOffice, greeter: TestClient) -> None:
    office.do(c.AskForHelp, kiosk=KioskId("kiosk-1"))
    shown: Any = desk(office.now, office.clock.now(), lambda service: None, "vi")
    assert [(h["kiosk"], h["name"]) for h in shown["help"]] == [("kiosk-1", "Kiosk 1")]
    assert greeter.post("/do/answer-help", json={"id": "help-request-1", "kiosk": "kiosk-1"}).json()["ok"]
    assert not office.now.help_asked
    again = greeter.post("/do/answer-help", json={"id": "help-request-2", "kiosk": "kiosk-1"})
    assert again.json()["code"] == "already_done"


def look(client: TestClient, number: str, language: str = "vi") -> Any:
    return client.get("/greeter/ticket", params={"number": number, "lang": language}).json()


def test_a_number_is_looked_up_as_it_was_typed(office: StaffOffice, greeter: TestClient) -> None:
    office.issue()
    office.issue(priority_group=PriorityGroupId("cao-tuoi"))
    card = look(greeter, " a 001")["card"]
    assert (card["number"], card["state"], card["service"]) == ("A001", "Đang chờ", "Chứng thực")
    assert "Lấy số lúc 09:42" in card["lines"] and "Quầy 2 hoặc 3" in card["lines"]
    assert {a["verb"] for a in card["acts"]} == {"priority", "transfer", "cancel", "print"}
    assert "Ưu tiên: Người cao tuổi" in look(greeter, "A002")["card"]["lines"]
    assert look(greeter, "A001", "en")["card"]["state"] == "Waiting"


def test_an_unknown_number_says_what_to_do(office: StaffOffice, greeter: TestClient) -> None:
    answer = greeter.get("/greeter/ticket", params={"number": "Z999"})
    assert answer.status_code == 409 and "trên phiếu" in answer.json()["words"]["vi"]


def test_what_is_offered_follows_the_tickets_state(office: StaffOffice, greeter: TestClient) -> None:
    ticket = office.issue()
    office.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN)
    assert "unpark" in {a["verb"] for a in look(greeter, "A001")["card"]["acts"]}
    office.do(c.CancelTicket, ticket=ticket)
    assert look(greeter, "A001")["card"]["acts"] == []


def test_services_say_why_they_are_closed_and_until_when(office: StaffOffice) -> None:
    until = office.clock.now() + timedelta(hours=2)
    reason = Words("Công chức đi thực địa", "Officer on site visit")
    office.do(c.CloseService, c.SYSTEM, service=ServiceId("dat-dai"), reason=reason, until=until)
    for language, words in (
        ("vi", "Tạm ngừng đến 11:42 · Công chức đi thực địa"),
        ("en", "Closed until 11:42 · Officer on site visit"),
    ):
        shown: Any = desk(office.now, office.clock.now(), lambda service: None, language)
        assert {s["id"]: s["why"] for s in shown["services"]}["dat-dai"] == words
        assert {s["id"]: s["why"] for s in shown["services"]}["ho-tich"] == ""


def test_a_wait_is_a_range_and_never_zero() -> None:
    assert wait_range(Told(12, 15, 18, 17), "vi") == "khoảng 12–18\u00a0phút"
    assert wait_range(Told(0, 1, 2, 2), "vi") == "Sắp đến lượt"
    assert wait_range(Told(62, 70, 90, 80), "en") == "over 1 hour"
    assert wait_range(Told(60, 65, 75, 70), "en") == "over 1 hour"
    assert wait_range(None, "vi") == "Chưa tính được"


def test_every_state_of_a_ticket_has_words() -> None:

    assert set(STATES) == set(TicketState)
    assert all(words.vi and words.en for words, _ in STATES.values())


def test_people_whom_no_counter_may_call_are_told_of_at_once(office: StaffOffice) -> None:
    office.sit(office.account(Role.OFFICER, "lan"), 3)
    office.issue("dat-dai"), office.issue("dat-dai"), office.issue("chung-thuc")
    shown: Any = desk(office.now, office.clock.now(), lambda service: None, "vi")
    assert shown["stranded"] == ["Đất đai: 2 người chờ mà chưa có quầy nào nhận. Báo phụ trách mở quầy."]
