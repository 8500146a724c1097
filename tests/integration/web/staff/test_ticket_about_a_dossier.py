"""Reception issues a ticket about a dossier: its code is looked up by the rules of every counter."""

from concurrent.futures import Future
from typing import Any

import pytest
from fakes.dossiers import CODE, ID_NUMBER, dossier
from fastapi.testclient import TestClient

from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.dossiers.dossier import Status
from queue_server.engine.ports import Answer
from tests.integration.web.staff.dossier_office import WithDossiers
from tests.integration.web.staff.staff_office import StaffOffice


@pytest.fixture
def dossiers(office: StaffOffice) -> WithDossiers:
    return WithDossiers(office, dossier(status=Status.RESULT_READY))


@pytest.fixture
def about(office: StaffOffice, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Ticket → the dossier that the engine was told it is about."""
    told: dict[str, str] = {}
    submit = office.engine.submit

    def noted(command: c.Command) -> Future[Answer]:
        if isinstance(command, c.IssueTicket) and command.dossier:
            told[command.ticket] = command.dossier
        return submit(command)

    monkeypatch.setattr(office.engine, "submit", noted)
    return told


@pytest.fixture
def greeter(office: StaffOffice, dossiers: WithDossiers) -> TestClient:
    return office.signed_in(office.account(Role.GREETER))


def issue(client: TestClient, code: str, number: int = 1) -> Any:
    body = {"id": f"desk-request-{number}", "service": "ho-tich", "dossier": code}
    return client.post("/do/issue", json=body)


@pytest.mark.parametrize("typed", [CODE, "h99162611170023", f"https://dvc.example/?ma_ho_so={CODE}"])
def test_a_ticket_is_about_the_dossier_whose_code_was_typed_or_scanned(
    about: dict[str, str], dossiers: WithDossiers, greeter: TestClient, typed: str
) -> None:
    answer = issue(greeter, typed).json()
    assert answer["ok"] and answer["about"]["vi"] == f"{CODE} · Đã có kết quả"
    assert about[answer["ticket"]] == CODE
    (noted,) = dossiers.tickets.openings
    assert (noted.act, noted.code, noted.ticket) == ("lookup", CODE, answer["ticket"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("H99.16-261117-9999", "So lại với giấy hẹn"),
        (ID_NUMBER, "không phải mã hồ sơ"),
        (f"{ID_NUMBER}|012345678|Nguyễn Thị A|01011990|Nữ|Xã Thanh Bình|01012022", "không phải mã hồ sơ"),
        ("xin chào", "không phải mã hồ sơ"),
    ],
)
def test_a_code_that_is_none_or_nobody_has_costs_no_number(
    office: StaffOffice, about: dict[str, str], greeter: TestClient, typed: str, words: str
) -> None:
    answer = issue(greeter, typed)
    assert answer.status_code == 409 and answer.json()["code"] == "dossier_unknown"
    assert words in answer.json()["words"]["vi"] and answer.json()["words"]["en"]
    assert not office.now.tickets and not about


def test_while_a_source_is_away_the_code_goes_with_the_ticket(
    about: dict[str, str], dossiers: WithDossiers, greeter: TestClient
) -> None:
    dossiers.source.away = True
    answer = issue(greeter, CODE).json()
    assert answer["ok"] and "khi gọi số" in answer["about"]["vi"]
    assert about[answer["ticket"]] == CODE


def test_a_ticket_without_a_code_is_about_none(about: dict[str, str], greeter: TestClient) -> None:
    answer = issue(greeter, "  ").json()
    assert answer["ok"] and "about" not in answer and not about


def test_the_form_asks_for_a_code_only_where_dossiers_are_looked_up(greeter: TestClient) -> None:
    assert 'name="dossier"' in greeter.get("/greeter").text
