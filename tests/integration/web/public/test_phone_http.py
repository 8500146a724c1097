"""The phone page over HTTP: who sees it, what may be done, how light it is, and where the token goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.domain.events import TicketParked
from queue_server.domain.ids import TicketId
from queue_server.domain.office_calling import Overnight
from queue_server.domain.ticket_table import TicketState
from tests.integration.web.public.sample_config import TODAY
from tests.integration.web.public.sample_office import SampleOffice

Ask = Callable[..., TestClient]
PAGE = {"accept": "text/html"}


@pytest.fixture
def ticket(office: SampleOffice) -> TicketId:
    office.engine.open(2)
    office.engine.issue("cu-tru")
    return office.engine.issue()


@pytest.fixture
def path(office: SampleOffice, ticket: TicketId) -> str:
    return f"/t/{office.accounts.page_token(ticket, TODAY)}"


@pytest.fixture
def phone(ask: Ask) -> TestClient:
    return ask()


def state(office: SampleOffice, ticket: TicketId) -> TicketState:
    return office.engine.office.tickets[ticket].state


def act(phone: TestClient, path: str, name: str, version: int = 1) -> int:
    return phone.post(f"{path}/{name}", data={"version": version}).status_code


def test_the_page_shows_the_number(phone: TestClient, path: str) -> None:
    page = phone.get(path)
    assert page.status_code == 200
    assert "A001" in page.text and "Chứng thực" in page.text


def test_an_unknown_token_gets_a_friendly_page(phone: TestClient) -> None:
    page = phone.get("/t/nothing-of-ours", headers=PAGE)
    assert page.status_code == 404
    assert "Không thấy số này" in page.text and "kiosk" in page.text


def test_the_next_day_the_token_opens_nothing(phone: TestClient, path: str, office: SampleOffice) -> None:
    office.clock.pass_(days=1)
    for there in (path, f"{path}/part", f"{path}/state", f"{path}/stream"):
        assert phone.get(there).status_code == 404
    assert act(phone, path, "cancel") == 404


def test_the_page_of_a_number_kept_overnight_opens_the_next_day(
    phone: TestClient, path: str, office: SampleOffice, ticket: TicketId
) -> None:
    config = office.engine.office.config
    assert config is not None
    keeps = replace(config, rules=replace(config.rules, overnight=Overnight.KEEP))
    office.engine.do(c.ConfigureOffice, config=keeps)
    office.engine.do(c.CloseDay)
    office.clock.pass_(days=1)
    office.engine.do(c.Tick)
    assert state(office, ticket) is TicketState.WAITING
    assert "A001" in phone.get(path).text
    act(phone, path, "cancel", office.engine.office.tickets[ticket].version)
    assert state(office, ticket) is TicketState.CANCELLED


def test_a_ticket_taken_in_english_opens_in_english(phone: TestClient, office: SampleOffice) -> None:
    ticket = office.engine.issue(language="en")
    token = office.accounts.page_token(ticket, TODAY)
    answer = phone.get(f"/t/{token}")
    assert answer.headers["location"] == f"/t/{token}?lang=en"
    assert "Ahead of you" in phone.get(answer.headers["location"]).text
    assert "Trước Ông/Bà" in phone.get(f"/t/{token}?lang=vi").text


def test_later_and_back_are_commands_of_the_citizen(
    phone: TestClient, path: str, office: SampleOffice, ticket: TicketId
) -> None:
    heard: list[tuple[object, object]] = []
    office.engine.subscribe(lambda _, recorded: heard.extend((r.event, r.by) for r in recorded))
    assert act(phone, path, "later", 1) == 200
    assert state(office, ticket) is TicketState.PARKED
    event, by = heard[0]
    assert isinstance(event, TicketParked) and event.parked_by == "citizen"
    assert by == c.Actor(Role.CITIZEN, ticket, "phone")
    office.clock.pass_(minutes=10)
    assert act(phone, path, "back", 2) == 200
    assert state(office, ticket) is TicketState.WAITING
    assert office.engine.office.tickets[ticket].leg.citizen_parked == timedelta(minutes=10)


def test_one_who_is_called_has_their_place_held_once(
    phone: TestClient, path: str, office: SampleOffice, ticket: TicketId
) -> None:
    assert act(phone, path, "hold", 1) == 409, "nobody has called yet"
    office.engine.call(2)
    version = office.engine.office.tickets[ticket].version
    assert "Giữ chỗ giúp tôi 5 phút" in phone.get(path).text
    assert act(phone, path, "hold", version) == 200
    assert state(office, ticket) is TicketState.PARKED
    assert "đang được giữ" in phone.get(path).text or "được giữ giúp" in phone.get(path).text
    assert act(phone, path, "back", version + 1) == 200
    office.engine.call(2)
    assert state(office, ticket) is TicketState.CALLED
    assert "Giữ chỗ giúp tôi" not in phone.get(path).text
    assert act(phone, path, "hold", version + 3) == 409


def test_the_same_tap_sent_twice_is_done_once(
    phone: TestClient, path: str, office: SampleOffice, ticket: TicketId
) -> None:
    assert act(phone, path, "later", 1) == 200
    seq = office.engine.office.seq
    act(phone, path, "later", 1)
    assert office.engine.office.seq == seq


def test_a_cancelled_number_stays_cancelled(
    phone: TestClient, path: str, office: SampleOffice, ticket: TicketId
) -> None:
    assert act(phone, path, "cancel") == 200
    assert state(office, ticket) is TicketState.CANCELLED
    assert act(phone, path, "back", 2) == 409
    assert "Số này đã huỷ" in phone.get(path).text


def test_a_called_ticket_cannot_be_cancelled_from_the_phone(
    phone: TestClient, path: str, office: SampleOffice, ticket: TicketId
) -> None:
    office.engine.call(2)
    assert act(phone, path, "cancel", 2) == 409
    assert state(office, ticket) is TicketState.CALLED


def test_another_act_is_not_found(phone: TestClient, path: str) -> None:
    assert act(phone, path, "call-me-first") == 404


def test_another_site_cannot_cancel(
    phone: TestClient, path: str, office: SampleOffice, ticket: TicketId
) -> None:
    answer = phone.post(f"{path}/cancel", data={"version": 1}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert state(office, ticket) is TicketState.WAITING


def test_the_token_goes_to_no_other_site(phone: TestClient, path: str) -> None:
    assert phone.get(path).headers["referrer-policy"] in ("no-referrer", "same-origin")


def test_the_page_is_kept_in_no_cache(phone: TestClient, path: str) -> None:
    assert phone.get(path).headers["cache-control"] == "no-store"


def test_the_state_holds_nothing_to_know_the_ticket_by(
    phone: TestClient, path: str, ticket: TicketId
) -> None:
    text = phone.get(f"{path}/state").text
    assert f'"{ticket}"' not in text and "token" not in text


def test_a_form_without_script_comes_back_to_the_page(phone: TestClient, path: str) -> None:
    answer = phone.post(f"{path}/later", data={"version": 1}, headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert "Tôi đã quay lại" in phone.get(path).text
