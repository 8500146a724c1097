"""Every route of the staff's pages and of the OpenAPI document, asked for by schemathesis: never a 500."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings

from assets.files import office_path
from queue_server.domain.commands import Role
from queue_server.office_file.live import LiveOfficeFile
from queue_server.web.app import make_app
from queue_server.web.staff import STAFF_ROUTERS
from tests.integration.web.staff.staff_office import StaffOffice

ENDS_OWN_SESSION = ("/sign-out", "/password", "/admin/accounts/{id_}", "/stream")
"""Routes not asked here: they would end the session that asks, or stay open."""


def leaves(router: APIRouter) -> Iterator[APIRoute]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if isinstance(inner, APIRouter):
            yield from leaves(inner)
        elif isinstance(route, APIRoute):
            yield route


def whole_app(office: StaffOffice) -> FastAPI:
    """The pages' forms too are in its document; nobody is told to wait."""
    app = make_app(office.deps, STAFF_ROUTERS, burst=10**9)
    for route in leaves(app.router):
        route.include_in_schema = not any(part in route.path for part in ENDS_OWN_SESSION)
    return app


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffOffice]:
    made = StaffOffice()
    path = tmp_path_factory.mktemp("fuzz") / "office.toml"
    path.write_text(office_path("commune").read_text("utf-8"), "utf-8")
    made.deps = replace(made.deps, office_file=LiveOfficeFile(path, lambda _config: None))
    yield made
    made.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("who", ["nobody", "administrator", "officer"])
def test_no_route_falls_over_whatever_is_asked(who: str, office: StaffOffice) -> None:
    app = whole_app(office)
    headers: dict[str, str] = {"Accept": "text/html"}
    if who != "nobody":
        role = Role.ADMINISTRATOR if who == "administrator" else Role.OFFICER
        client = office.signed_in(office.account(role, who), app)
        headers["x-csrf-token"] = client.headers["x-csrf-token"]
        headers["cookie"] = f"motcua={client.cookies['motcua']}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_asgi("/openapi.json", app)
        asked = 0
        for operation in schema.get_all_operations():
            asked += _fuzz(operation.ok(), headers)
            assert office.engine.alive, operation.ok().label
    assert asked > 100
    assert office.engine.alive


def _fuzz(operation: Any, headers: dict[str, str]) -> int:
    asked = 0

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        if isinstance(case.body, dict):
            case.body["csrf"] = headers.get("x-csrf-token", "")
        answer = case.call(headers=headers, allow_redirects=False)
        assert answer.status_code < 500, (case.method, case.formatted_path, answer.status_code)

    ask()
    return asked


HOSTILE = (
    "/static/../../../../etc/passwd",
    "/static/..%2f..%2f..%2fetc%2fpasswd",
    "/static/%00",
    "/counter/%ff%fe",
    "/" + "a" * 20_000,
    "/sign-in?next=//evil.example&next=%0d%0aset-cookie:x",
    "/greeter/ticket?number=" + "9" * 10_000,
)


@pytest.mark.parametrize("path", HOSTILE, ids=[path[:24] for path in HOSTILE])
def test_a_hostile_address_is_refused_politely(path: str, office: StaffOffice) -> None:
    answer = office.client().get(path)
    assert answer.status_code < 500
    assert "root:" not in answer.text and "set-cookie: x" not in str(answer.headers).lower()


def test_an_office_file_without_bottom_is_answered_on_its_page(office: StaffOffice) -> None:
    client = office.signed_in(office.account(Role.ADMINISTRATOR, "quan-tri"), html=True)
    for text in ("a = " + "[" * 50_000, "a = " + "9" * 50_000, "a = " + "{a=" * 20_000):
        form, file = {"csrf": client.headers["x-csrf-token"]}, {"file": ("co-quan.toml", text.encode())}
        answer = client.post("/admin/office", data=form, files=file)
        assert answer.status_code < 500 and "lồng nhau quá sâu" in answer.text


def test_a_body_without_end_is_cut_off(office: StaffOffice) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(2000):
            yield b"x" * 65_536

    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = office.client().post("/sign-in", content=endless(), headers=kind)
    assert answer.status_code == 413
