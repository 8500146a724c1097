"""Figures over HTTP: any days on the page, their files, the visits behind them, and JSON for programs."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth

from queue_server.domain.commands import Role
from queue_server.domain.ids import AgencyId, OfficerId
from queue_server.people.ports import Account, SignedIn
from queue_server.waits.groups import Dimension
from queue_server.waits.tally import figures
from queue_server.web.app import make_app
from tests.integration.web.public.conftest import ROUTERS
from tests.integration.web.public.measured import many_days, visit
from tests.integration.web.public.sample_config import NOW, TODAY
from tests.integration.web.public.sample_office import SampleOffice

Ask = Callable[..., TestClient]
MONTH = "from=2026-11-01&to=2026-11-20"
PROGRAM = {"authorization": "Bearer a token for programs"}


@pytest.fixture
def told(office: SampleOffice) -> SampleOffice:
    office.figures.records = many_days()
    return office


def signed_in(ask: Ask, office: SampleOffice, role: Role = Role.MANAGER) -> TestClient:
    client = ask()
    client.cookies.set("motcua", office.sign_in(role))
    return client


def test_a_month_is_shown_over_its_visits(ask: Ask, told: SampleOffice) -> None:
    page = signed_in(ask, told).get(f"/manager?{MONTH}").text
    assert "200 lượt" in page and "01/11/2026–20/11/2026" in page
    assert 'data-panel="trend"' in page and 'data-panel="alerts"' not in page and "data-live" not in page


@pytest.mark.parametrize("query", ["from=x", "day=2026-02-30", "from=2026-11-02&to=x", "to=9999-12-31"])
def test_what_is_no_period_is_an_error_in_words(ask: Ask, told: SampleOffice, query: str) -> None:
    answer = signed_in(ask, told).get(f"/manager?{query}", headers={"accept": "text/html"})
    if query == "to=9999-12-31":
        assert answer.status_code in (200, 422)
    else:
        assert answer.status_code == 422 and "Mời kiểm tra" in answer.text


def test_officers_are_seen_by_supervisors_only(ask: Ask, told: SampleOffice) -> None:
    assert 'data-panel="officers"' in signed_in(ask, told, Role.SUPERVISOR).get("/manager").text
    client = signed_in(ask, told, Role.MANAGER)
    assert 'data-panel="officers"' not in client.get("/manager").text
    assert client.get(f"/manager/csv/officers?{MONTH}").status_code == 404
    assert client.get("/manager/tickets?by=officer&key=demo-officer").status_code == 403
    assert client.get(f"/api/v1/figures?{MONTH}&by=officer").status_code == 403


@pytest.mark.parametrize(
    "name", ["hours", "trend", "distribution", "queue", "services", "counters", "classes", "told", "weekdays"]
)
def test_every_table_is_a_file(ask: Ask, told: SampleOffice, name: str) -> None:
    answer = signed_in(ask, told).get(f"/manager/csv/{name}?{MONTH}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="{name}-20261101-20261120.csv"' in answer.headers["content-disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.content.startswith(b"\xef\xbb\xbf") and len(lines) > 1
    assert all(line.count(";") == lines[0].count(";") for line in lines)


def test_no_other_file_is_there(ask: Ask, told: SampleOffice) -> None:
    assert signed_in(ask, told).get("/manager/csv/accounts").status_code == 404


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("all", 12),
        ("served", 10),
        ("abandoned", 1),
        ("no_show", 1),
        ("flag-out_of_turn", 1),
        ("cancelled", 0),
        ("within", 3),
        ("late", 8),
        ("over_60", 1),
    ],
)
def test_the_visits_behind_a_number_are_as_many_as_it_says(
    ask: Ask, told: SampleOffice, what: str, count: int
) -> None:
    page = signed_in(ask, told).get(f"/manager/tickets?from=2026-11-20&to=2026-11-20&what={what}").text
    assert f"{count} lượt" in page
    assert page.count('<th scope="row">') == count


def test_behind_a_service_stand_its_visits_the_longest_first(ask: Ask, told: SampleOffice) -> None:
    query = "from=2026-11-20&to=2026-11-20&what=served&by=service&key=dat-dai"
    client = signed_in(ask, told)
    rows = client.get(f"/manager/tickets.csv?{query}").content.decode("utf-8-sig").splitlines()[1:]
    waits = [float(row.split(";")[5].replace(",", ".")) for row in rows]
    assert len(rows) == 2 and waits == sorted(waits, reverse=True)
    assert all(";Đất đai;" in row for row in rows)
    assert "Đất đai" in client.get(f"/manager/tickets?{query}").text


def test_behind_a_range_stand_its_days(ask: Ask, told: SampleOffice) -> None:
    client = signed_in(ask, told)
    page = client.get(f"/manager/tickets?{MONTH}&what=over_60&by=hour&key=08").text
    assert page.count("<li>") == 20
    assert "from=2026-11-19&amp;to=2026-11-19&amp;what=over_60&amp;by=hour&amp;key=08" in page
    assert client.get(f"/manager/tickets.csv?{MONTH}").status_code == 422


def test_no_more_of_a_day_stands_on_a_page_than_can_be_read(ask: Ask, office: SampleOffice) -> None:
    office.figures.records = [visit(5.0, number=n) for n in range(450)]
    client = signed_in(ask, office)
    query = "/manager/tickets?from=2026-11-20&to=2026-11-20&what=all"
    pages = [client.get(f"{query}&page={n}").text.count('<th scope="row">') for n in (1, 2, 3, 4)]
    assert pages == [200, 200, 50, 0]


def test_programs_get_the_figures_of_the_visits(ask: Ask, told: SampleOffice) -> None:
    answer = ask().get(f"/api/v1/figures?{MONTH}&by=service&histogram=true", headers=PROGRAM).json()
    assert (answer["from"], answer["to"], answer["not_yet"]) == ("2026-11-01", "2026-11-20", 0)
    first = TODAY.replace(day=1)
    for group in answer["groups"]:
        mine = [v for v in told.figures.records if v.service == group["key"] and v.day >= first]
        found = figures(mine, [20, 15], np.random.default_rng(20))
        assert (group["n"], group["mean_s"], group["p90_s"]) == (found.n, found.mean_s, found.p90_s)
        assert {one["minutes"]: one["share"] for one in group["share_within"]} == found.share_within
        assert sum(count for _, count in group["histogram"]) == found.n
    assert [group["name"]["en"] for group in answer["groups"]][:2] == ["Certification", "Residence"]


def test_the_order_of_the_two_days_does_not_matter(ask: Ask, told: SampleOffice) -> None:
    here, there = (
        ask().get(f"/api/v1/figures?from={a}&to={b}", headers=PROGRAM).json()
        for a, b in (("2026-11-10", "2026-11-20"), ("2026-11-20", "2026-11-10"))
    )
    assert here == there and here["groups"][0]["n"] == 110


def test_without_a_right_there_are_no_figures(ask: Ask, told: SampleOffice) -> None:
    question = f"/api/v1/figures?{MONTH}"
    assert ask().get(question).status_code == 401
    assert ask().get(question, headers={"authorization": "Bearer wrong"}).status_code == 401
    assert signed_in(ask, told, Role.OFFICER).get(question).status_code == 403
    assert signed_in(ask, told).get(question).status_code == 200
    body = ask().get(question).json()
    assert body["code"] == "signed_out" and body["words"]["vi"] and body["words"]["en"]


def test_a_manager_of_an_agency_gets_its_services_only(ask: Ask, told: SampleOffice) -> None:
    account = Account(OfficerId("m"), "m", "M", Role.MANAGER, agency=AgencyId("thue"))
    told.accounts.sessions["of-agency"] = SignedIn(account, "of-agency", "csrf", NOW + timedelta(hours=1))
    client = ask()
    client.cookies.set("motcua", "of-agency")
    assert client.get(f"/api/v1/figures?{MONTH}").json()["groups"][0]["n"] == 0
    assert client.get(f"/api/v1/figures?{MONTH}&by=service&service=dat-dai").json()["groups"] == []
    assert "Chưa có số liệu" in client.get(f"/manager?{MONTH}").text


def test_every_dimension_is_answered(ask: Ask, told: SampleOffice) -> None:
    for by in set(Dimension) - {Dimension.OFFICER}:
        answer = ask().get(f"/api/v1/figures?{MONTH}&by={by.value}", headers=PROGRAM)
        assert answer.status_code == 200, by


@pytest.mark.slow
def test_the_openapi_document_and_the_answers_agree(told: SampleOffice) -> None:
    app = make_app(told.deps, ROUTERS, burst=100_000)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app).include(path="/api/v1/figures")

    (operation,) = [found.ok() for found in schema.get_all_operations()]

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=PROGRAM, excluded_checks=[ignored_auth])

    holds()
