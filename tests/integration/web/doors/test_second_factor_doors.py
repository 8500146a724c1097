"""The code after the password, in the real server's pages: nothing opens before it, each use is recorded."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from queue_server.domain.commands import Role
from queue_server.people.ports import Account
from queue_server.people.totp import STEP_S, code_at
from queue_server.storage.history import History
from tests.integration.web.doors.who_may import ANYBODY, WHO
from tests.integration.web.doors.whole_office import PASSWORD, WholeOffice, whole_office

GET_PAGES = [row.split(" ")[1] for row, who in WHO.items() if row.startswith("GET") and who != ANYBODY]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WholeOffice]:
    """One of its own, for these tests change accounts; its clock stands still, so that no code runs out."""
    with whole_office(tmp_path, '[staff]\nsecond_factor = ["administrator"]\n') as made:
        now = made.server.clock.now()
        monkeypatch.setattr(made.server.clock, "now", lambda: now)
        yield made


def account(office: WholeOffice, role: Role) -> Account:
    return next(one for one in office.server.accounts.all() if one.role is role)


def step(office: WholeOffice) -> int:
    return int(office.server.clock.now().timestamp()) // STEP_S


def sign_in(office: WholeOffice, role: Role) -> tuple[TestClient, Response]:
    client = office.client(html=True)
    login = account(office, role).login
    return client, client.post("/sign-in", data={"login": login, "password": PASSWORD})


def field(page: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, page.text
    return found[1]


def enrol(office: WholeOffice, role: Role) -> tuple[TestClient, bytes, list[str], int]:
    """A browser that has enrolled as a person does: page, app, first code. The last is that code's step."""
    client, _ = sign_in(office, role)
    page = client.get("/second-factor/enrol")
    app = office.server.accounts.secret(account(office, role).id)
    assert app is not None and 'src="data:image/svg+xml' in page.text
    here = step(office)
    form = {"csrf": field(page, "csrf"), "password": PASSWORD, "code": code_at(app, here)}
    answer = client.post("/second-factor/enrol", data=form)
    assert answer.status_code == 200, answer.text
    return client, app, re.findall(r"<li>([a-z0-9-]{29})</li>", answer.text), here


def recorded(office: WholeOffice) -> list[str]:
    """What stands in the audit trail of second factors."""
    events = [one.event for one in History(office.server.database).between(1)]
    whats = [str(getattr(event, "what", "")) for event in events]
    return [what.removeprefix("second_factor.") for what in whats if what.startswith("second_factor.")]


def test_a_role_that_needs_one_works_only_after_it_has_enrolled(office: WholeOffice) -> None:
    client, _ = sign_in(office, Role.ADMINISTRATOR)
    assert client.get("/admin").headers["location"] == "/second-factor/enrol"
    assert client.get("/admin", headers={"accept": "application/json"}).status_code == 403
    supervisor, _ = sign_in(office, Role.SUPERVISOR)
    assert supervisor.get("/admin").status_code == 200, "nobody asks this role"
    enrolled, _, codes, _ = enrol(office, Role.ADMINISTRATOR)
    assert len(codes) == 8
    assert enrolled.get("/admin").status_code == 200
    assert not any(code in enrolled.get("/second-factor/enrol").text for code in codes), "shown once"
    assert client.get("/admin").headers["location"].startswith("/sign-in"), "other sessions have ended"


def test_the_password_alone_opens_no_page_at_all(office: WholeOffice) -> None:
    enrol(office, Role.ADMINISTRATOR)
    client, answer = sign_in(office, Role.ADMINISTRATOR)
    assert answer.headers["location"] == "/second-factor"
    for path in GET_PAGES:
        where = re.sub(r"{[^}]*}", "x", path)
        if path != "/second-factor":
            status = client.get(where, headers={"accept": "application/json"}).status_code
            assert status == 401, f"{path}: {status}"
    assert client.get("/admin").headers["location"] == "/second-factor?next=/admin"


def test_the_apps_code_lets_in_once_under_a_new_session(office: WholeOffice) -> None:
    _, app, _, used = enrol(office, Role.ADMINISTRATOR)
    client, _ = sign_in(office, Role.ADMINISTRATOR)
    page = client.get("/second-factor?next=/admin/accounts")
    half = client.cookies["motcua"]
    form = {"csrf": field(page, "csrf"), "next": field(page, "next"), "code": code_at(app, used + 1)}
    forged = client.post("/second-factor", data={**form, "csrf": "x"})
    assert forged.status_code == 403
    replayed = client.post("/second-factor", data={**form, "code": code_at(app, used)})
    assert (replayed.status_code, "đã dùng" in replayed.text) == (401, True)
    answer = client.post("/second-factor", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/accounts")
    assert client.cookies["motcua"] != half
    assert client.get("/admin/accounts").status_code == 200
    second, _ = sign_in(office, Role.ADMINISTRATOR)
    form["csrf"] = field(second.get("/second-factor"), "csrf")
    assert second.post("/second-factor", data=form).status_code == 401, "the same code again"
    assert recorded(office) == ["enrolled", "replayed", "replayed"]


def test_a_recovery_code_lets_in_and_is_used_up(office: WholeOffice) -> None:
    _, _, codes, _ = enrol(office, Role.ADMINISTRATOR)
    for status in (303, 401):
        client, _ = sign_in(office, Role.ADMINISTRATOR)
        csrf = field(client.get("/second-factor"), "csrf")
        answer = client.post("/second-factor", data={"csrf": csrf, "code": codes[0]})
        assert answer.status_code == status
    assert recorded(office) == ["enrolled", "recovery_used", "refused"]


def test_guessing_is_stopped_and_recorded(office: WholeOffice) -> None:
    enrol(office, Role.ADMINISTRATOR)
    client, _ = sign_in(office, Role.ADMINISTRATOR)
    csrf = field(client.get("/second-factor"), "csrf")
    pages = [client.post("/second-factor", data={"csrf": csrf, "code": "không"}).text for _ in range(6)]
    assert "Mời chờ 15 phút" in pages[-1]
    assert recorded(office)[-2:] == ["refused", "locked"]


def test_an_administrator_takes_it_off_for_another_and_not_for_oneself(office: WholeOffice) -> None:
    client, _, _, _ = enrol(office, Role.ADMINISTRATOR)
    enrol(office, Role.MANAGER)
    manager, admin = account(office, Role.MANAGER), account(office, Role.ADMINISTRATOR)
    csrf = field(client.get("/admin/accounts"), "csrf")
    assert client.post(f"/admin/accounts/{admin.id}/second-factor", data={"csrf": csrf}).status_code == 409
    assert client.post(f"/admin/accounts/{manager.id}/second-factor", data={"csrf": csrf}).status_code == 303
    _, answer = sign_in(office, Role.MANAGER)
    assert answer.headers["location"] == "/manager"
    assert recorded(office)[-1] == "reset"


def test_one_changes_phones_with_password_and_code(office: WholeOffice) -> None:
    client, _, codes, _ = enrol(office, Role.MANAGER)
    csrf = field(client.get("/second-factor/enrol"), "csrf")
    wrong = {"csrf": csrf, "password": "không phải", "code": codes[0]}
    assert client.post("/second-factor/remove", data=wrong).status_code == 422
    answer = client.post("/second-factor/remove", data={**wrong, "password": PASSWORD})
    assert answer.headers["location"] == "/sign-in?next=/second-factor/enrol"
    assert client.get("/manager").headers["location"].startswith("/sign-in"), "signed out"
    assert recorded(office) == ["enrolled", "recovery_used", "removed"]
    again, _ = sign_in(office, Role.MANAGER)
    assert 'src="data:image/svg+xml' in again.get("/second-factor/enrol").text


def test_both_languages_say_what_to_do(office: WholeOffice) -> None:
    enrol(office, Role.ADMINISTRATOR)
    client, _ = sign_in(office, Role.ADMINISTRATOR)
    csrf = field(client.get("/second-factor"), "csrf")
    answer = client.post("/second-factor?lang=en", data={"csrf": csrf, "code": "x"})
    assert "Enter the one your app shows now, or a recovery code." in answer.text
