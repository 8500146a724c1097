"""Signing in and out, passwords, and forged requests."""

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from queue_server.domain.commands import Role
from tests.integration.web.staff.staff_office import PASSWORD, StaffOffice


def enter(client: TestClient, login: str, password: str, **more: str) -> Response:
    answer: Response = client.post("/sign-in", data={"login": login, "password": password, **more})
    return answer


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.OFFICER, "/counter"),
        (Role.GREETER, "/greeter"),
        (Role.SUPERVISOR, "/manager"),
        (Role.MANAGER, "/manager"),
        (Role.ADMINISTRATOR, "/admin"),
    ],
)
def test_each_role_lands_on_its_own_page(office: StaffOffice, role: Role, home: str) -> None:
    answer = enter(office.client(), office.account(role).login, PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, home)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(office: StaffOffice) -> None:
    cookie = enter(office.client(), office.account(Role.OFFICER).login, PASSWORD).headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/"))


def test_a_page_asks_to_sign_in_and_comes_back(office: StaffOffice) -> None:
    account = office.account(Role.OFFICER)
    client = office.client(html=True)
    first = client.get("/counter")
    assert first.headers["location"] == "/sign-in?next=/counter"
    assert 'name="next" value="/counter"' in client.get(first.headers["location"]).text
    assert enter(client, account.login, PASSWORD, next="/greeter").headers["location"] == "/greeter"
    assert enter(client, account.login, PASSWORD, next="//evil.example").headers["location"] == "/counter"


def test_scripts_without_a_session_get_401_with_words(office: StaffOffice) -> None:
    answer = office.client().post("/do/next", json={"id": "12345678"})
    assert answer.status_code == 401 and answer.json()["code"] == "signed_out"


def test_wrong_name_and_wrong_password_are_told_alike(office: StaffOffice) -> None:
    office.account(Role.OFFICER, "lan")
    client = office.client(html=True)
    wrong, unknown = enter(client, "lan", "không đúng"), enter(client, "ai-do", PASSWORD)
    assert wrong.status_code == unknown.status_code == 401
    assert "chưa đúng" in wrong.text
    assert wrong.text.replace('value="lan"', "") == unknown.text.replace('value="ai-do"', "")


def test_too_many_tries_say_how_long_to_wait(office: StaffOffice) -> None:
    office.account(Role.OFFICER, "lan")
    client = office.client(html=True)
    for _ in range(3):
        enter(client, "lan", "sai")
    answer = enter(client, "lan", PASSWORD)
    assert answer.status_code == 429
    assert "Mời chờ 5 phút" in answer.text


def test_a_one_time_password_must_be_changed_first(office: StaffOffice) -> None:
    account = office.account(Role.OFFICER, must_change=True)
    client = office.client(html=True)
    assert enter(client, account.login, PASSWORD).headers["location"] == "/password"
    assert client.get("/counter").headers["location"] == "/password"
    csrf = f"csrf-of-{client.cookies['motcua']}"
    form = {"csrf": csrf, "old": PASSWORD, "new": "mat-khau-moi-1", "again": "mat-khau-moi-2"}
    assert "không giống nhau" in client.post("/password", data=form).text
    form["again"] = form["new"] = "ngắn"
    assert "ít nhất 10 ký tự" in client.post("/password", data=form).text
    form["again"] = form["new"] = PASSWORD
    assert "khác mật khẩu cũ" in client.post("/password", data=form).text
    form["again"] = form["new"] = "mat-khau-moi-1"
    assert "Mật khẩu cũ chưa đúng" in client.post("/password", data=form | {"old": "sai"}).text
    done = client.post("/password", data=form)
    assert (done.status_code, done.headers["location"]) == (303, "/counter")
    assert client.get("/counter").status_code == 200


def test_changing_the_password_ends_every_other_session(office: StaffOffice) -> None:
    account, app = office.account(Role.OFFICER), office.app()
    elsewhere, here = office.signed_in(account, app), office.signed_in(account, app)
    form = {"old": PASSWORD, "new": "mat-khau-moi-1", "again": "mat-khau-moi-1"}
    here.post("/password", data=form | {"csrf": here.headers["x-csrf-token"]})
    assert elsewhere.get("/counter").status_code == 401
    assert here.get("/counter").status_code == 200


def test_signing_out_ends_the_session(office: StaffOffice) -> None:
    client = office.signed_in(office.account(Role.OFFICER))
    cookie = client.cookies["motcua"]
    assert client.post("/sign-out").json() == {"ok": True}
    client.cookies.set("motcua", cookie)
    assert client.get("/counter").status_code == 401


def test_an_idle_session_is_locked_after_fifteen_minutes(office: StaffOffice) -> None:
    client = office.signed_in(office.account(Role.OFFICER))
    office.clock.advance(seconds=890)
    assert client.get("/counter").status_code == 200
    office.clock.advance(seconds=901)
    assert client.get("/counter").status_code == 401


@pytest.mark.parametrize("token", ["", "csrf-of-session-2", None])
def test_a_forged_act_is_refused(office: StaffOffice, token: str | None) -> None:
    account = office.account(Role.OFFICER)
    client = office.signed_in(account)
    del client.headers["x-csrf-token"]
    headers = {} if token is None else {"x-csrf-token": token}
    answer = client.post("/do/sign-on", json={"id": "12345678", "counter": "quay-3"}, headers=headers)
    assert answer.status_code == 403
    assert account.id not in office.now.officers


@pytest.mark.parametrize(
    "path",
    ["/admin/notices", "/admin/accounts", "/admin/services/dat-dai/close", "/admin/counters/quay-3/free",
     "/admin/displays", "/admin/displays/revoke", "/admin/hours/close-day", "/password", "/sign-out"],
)  # fmt: skip
def test_a_forged_form_is_refused(path: str) -> None:
    office = StaffOffice(frozen=True)  # nothing happens of itself while the clock stands
    client = office.signed_in(office.account(Role.ADMINISTRATOR))
    del client.headers["x-csrf-token"]
    seq = office.now.seq
    form = {"vi": "x", "reason_vi": "x", "login": "abc", "name": "x", "role": "officer", "sure": "1"}
    assert client.post(path, data=form).status_code == 403
    assert office.now.seq == seq
    office.close()


def test_a_disabled_account_is_out_at_once(office: StaffOffice) -> None:
    account = office.account(Role.OFFICER)
    client = office.signed_in(account)
    office.accounts.update(account.id, disabled=True)
    assert client.get("/counter").status_code == 401
