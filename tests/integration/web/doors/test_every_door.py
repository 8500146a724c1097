"""Every route of the real server, tried by everybody, with and without what it asks for."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from queue_server.domain.commands import STAFF, Role
from tests.integration.web.doors.who_may import ANYBODY, WHO, roles_of
from tests.integration.web.doors.whole_office import WholeOffice

ROUTES = [tuple(row.split(" ")) for row in WHO]
CLOSED = [row for row, who in WHO.items() if who != ANYBODY]
CHANGING = [row for row in WHO if row.startswith("POST") and "/sign-" not in row]
NEVER_ENDS = {row for row in WHO if row.endswith("/stream")}
ENDS_THE_SESSION = {"POST /sign-out", "POST /sign-in"}


def knock(client: TestClient, row: str, part: str = "x", **more: object) -> Response:
    """The route with `part` in every place of its path; a form with the client's own token."""
    method, path = row.split(" ")
    if method == "POST":
        more.setdefault("data", {"csrf": client.headers.get("x-csrf-token", "")})
    answer: Response = client.request(method, re.sub(r"{[^}]*}", part, path), **more)  # type: ignore[arg-type]
    return answer


def test_every_route_stands_in_the_table_and_every_row_is_a_route(doors: WholeOffice) -> None:
    there = {f"{method} {path}" for method, path in doors.routes()}
    assert there == set(WHO), "give a new page its row in who_may.py, and take an old one out"


def test_without_signing_in_only_open_doors_open(doors: WholeOffice) -> None:
    client = doors.client()
    assert {row: knock(client, row).status_code for row in CLOSED} == dict.fromkeys(CLOSED, 401)
    page = doors.client(html=True)
    for row in CLOSED:
        if row.startswith("GET") and row not in NEVER_ENDS:
            answer = knock(page, row)
            assert answer.status_code == 401 or answer.headers["location"].startswith("/sign-in?next="), row


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_role_opens_exactly_its_doors(doors: WholeOffice, role: Role) -> None:
    client = doors.client(role)
    for row in CLOSED:
        allowed = role in roles_of(WHO[row])
        if row in NEVER_ENDS and allowed:
            continue
        status = knock(client, row).status_code
        assert (status in (401, 403)) is not allowed, f"{role.value} {row}: {status}"
        assert status < 500, f"{role.value} {row}: {status}"


def test_a_session_that_is_over_opens_nothing(doors: WholeOffice) -> None:
    client = doors.client(Role.ADMINISTRATOR)
    assert knock(client, "GET /admin").status_code == 200
    doors.server.accounts.sign_out(client.cookies["motcua"])
    assert {knock(client, row).status_code for row in CLOSED if row.startswith("GET")} == {401}
    client.cookies["motcua"] = "A" * 22
    assert knock(client, "GET /admin").status_code == 401


def tokens() -> Iterator[tuple[str, dict[str, str]]]:
    yield "none", {}
    yield "empty", {"x-csrf-token": ""}
    yield "another session's", {"x-csrf-token": "B" * 43}


@pytest.mark.parametrize(("what", "headers"), [*tokens()])
def test_nothing_changes_without_the_sessions_own_token(
    doors: WholeOffice, what: str, headers: dict[str, str]
) -> None:
    client = doors.client(Role.ADMINISTRATOR)
    client.headers.pop("x-csrf-token")
    client.headers.update(headers)
    for row in CHANGING:
        if WHO[row] != ANYBODY:
            answer = knock(client, row, data=headers and {"csrf": headers["x-csrf-token"]})
            assert answer.status_code == 403, f"{row} with {what}: {answer.status_code}"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://office.example.evil.example"},
    ],
)
def test_nothing_changes_from_another_site_even_with_the_token(
    doors: WholeOffice, headers: dict[str, str]
) -> None:
    client = doors.client(Role.ADMINISTRATOR)
    for row in [*CHANGING, *ENDS_THE_SESSION]:
        assert knock(client, row, headers=headers).status_code == 403, row
    assert knock(client, "GET /admin").status_code == 200


def test_every_answer_tells_the_browser_what_it_may_do(doors: WholeOffice) -> None:
    client = doors.client(Role.ADMINISTRATOR, html=True)
    for row in WHO:
        if row in NEVER_ENDS | ENDS_THE_SESSION:
            continue
        headers = knock(client, row, headers={"origin": "http://office.example"}).headers
        assert "script-src 'self'" in headers["content-security-policy"], row
        assert "unsafe" not in headers["content-security-policy"], row
        assert headers["x-content-type-options"] == "nosniff", row
        assert headers["referrer-policy"] == "no-referrer", row
        assert "access-control-allow-origin" not in headers, row
        assert "server" not in headers and "x-powered-by" not in headers, row
        if "/static/" not in row:
            assert "no-store" in headers["cache-control"], row


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "MOTCUA"])
def test_no_route_takes_another_method(doors: WholeOffice, method: str) -> None:
    client = doors.client(Role.ADMINISTRATOR)
    for path in {path for _, path in ROUTES}:
        answer = client.request(method, re.sub(r"{[^}]*}", "x", path))
        assert answer.status_code in (403, 404, 405), f"{method} {path}: {answer.status_code}"


PATHS_OUT = [
    "..%2f..%2fsecrets%2fsigning.key",
    "../../../secrets/devices.json",
    "%2e%2e/%2e%2e/office.toml",
    "..%5c..%5coffice.toml",
    "%00",
    "x%0d%0aset-cookie:%20a=b",
    "%c0%ae%c0%ae%2foffice.toml",
    "x" * 5000,
    "{{7*7}}",
    "'%20OR%20'1'='1",
    "%ff%fe",
]


@pytest.mark.parametrize("part", PATHS_OUT)
def test_no_part_of_a_path_leads_out_or_breaks_anything(doors: WholeOffice, part: str) -> None:
    client = doors.client(Role.ADMINISTRATOR)
    secret = doors.server.dir.account("server").password
    for row in WHO:
        if "{" not in row or row in NEVER_ENDS:
            continue
        answer = knock(client, row, part)
        assert answer.status_code < 500, f"{row}: {answer.status_code}"
        assert (
            "set-cookie" not in answer.headers and secret not in answer.text and "[office]" not in answer.text
        )


def test_no_route_takes_a_body_that_is_too_large(doors: WholeOffice) -> None:
    client = doors.client(Role.ADMINISTRATOR)
    larger = {"POST /admin/office": 2_000_000}
    for row in WHO:
        if row.startswith("POST"):
            body = b"a=" + b"x" * larger.get(row, 65_536)
            assert knock(client, row, data=None, content=body).status_code == 413, row
