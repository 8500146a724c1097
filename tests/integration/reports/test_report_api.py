"""Reports for programs: the document that people download, described in OpenAPI and answering as it says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth

from queue_server.domain.commands import Role
from queue_server.domain.ids import AgencyId, OfficerId
from queue_server.people.ports import Account, SignedIn
from queue_server.web.app import make_app
from queue_server.web.manager.router import router as manager
from queue_server.web.reports.router import reports_router
from tests.integration.reports.conftest import SampleBooks
from tests.integration.web.public.sample_config import NOW
from tests.integration.web.public.sample_office import SampleOffice

PROGRAM = {"authorization": "Bearer a token for programs"}
MONTH = "/api/v1/reports/2026-10"
Client = Callable[[Role], TestClient]


@pytest.fixture
def app(office: SampleOffice) -> FastAPI:
    return make_app(office.deps, (manager, reports_router(SampleBooks())), burst=100_000)


@pytest.fixture
def program(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False, headers=PROGRAM)


def without_time(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "made_at"}


@pytest.mark.parametrize("more", [{}, {"of": "service:dat-dai"}, {"lang": "en"}])
def test_a_program_gets_the_document_that_people_download(
    program: TestClient, client: Client, more: dict[str, str]
) -> None:
    answer = program.get(MONTH, params=more)
    person = client(Role.SUPERVISOR).get("/reports/file.json", params={"period": "2026-10", **more})
    assert answer.status_code == person.status_code == 200
    assert without_time(answer.json()) == without_time(person.json())
    assert answer.json()["figures"]["n"] > 0 and answer.json()["officers"] is None


def test_every_kind_of_period_is_answered_and_what_is_none_is_not_found(program: TestClient) -> None:
    for key in ("2026", "2026-Q4", "2026-11", "2026-W47", "2026-11-20", "2026-11-02..2026-11-20"):
        assert program.get(f"/api/v1/reports/{key}").json()["period"] == key
    for key in ("2026-13", "2026-W60", "2026-02-30", "2026-11-20..2026-11-02", "0000"):
        answer = program.get(f"/api/v1/reports/{key}")
        assert answer.status_code == 404 and answer.json()["words"]["vi"]
    assert program.get("/api/v1/reports/last-month").status_code == 422
    assert program.get(MONTH, params={"of": "service:none"}).status_code == 404


def test_at_the_ends_of_the_calendar_there_is_no_period(
    program: TestClient,
) -> None:
    for key in ("0001", "0001-01", "0001-01-01", "0001-W01", "9999", "9999-12", "9999-Q4", "9999-12-31"):
        assert program.get(f"/api/v1/reports/{key}").status_code == 404, key


def test_officers_are_named_to_who_may_see_them_only(
    app: FastAPI, office: SampleOffice, program: TestClient
) -> None:
    inner = {"edition": "inner"}
    assert program.get(MONTH, params=inner).status_code == 403
    for role, code in ((Role.SUPERVISOR, 200), (Role.MANAGER, 403)):
        answer = TestClient(app, cookies={"motcua": office.sign_in(role)}).get(MONTH, params=inner)
        assert answer.status_code == code
        assert code == 403 or (answer.json()["edition"], "officer" in answer.json()["by"]) == ("inner", True)


def test_a_manager_of_an_agency_gets_its_services_only(app: FastAPI, office: SampleOffice) -> None:
    account = Account(OfficerId("m"), "m", "M", Role.MANAGER, agency=AgencyId("thue"))
    office.accounts.sessions["of-agency"] = SignedIn(account, "of-agency", "csrf", NOW + timedelta(hours=1))
    client = TestClient(app, cookies={"motcua": "of-agency"})
    assert client.get(MONTH).json()["figures"]["n"] == 0
    assert client.get(MONTH, params={"of": "service:dat-dai"}).status_code == 403
    assert TestClient(app).get(MONTH).status_code == 401


@pytest.mark.slow
def test_the_openapi_document_and_the_reports_agree(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", app).include(path_regex="^/api/v1/reports")
    (operation,) = [found.ok() for found in schema.get_all_operations()]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=PROGRAM, excluded_checks=[ignored_auth])

    holds()
