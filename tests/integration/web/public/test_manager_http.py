"""The manager's page over HTTP: only for those who may see figures, in their language."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from queue_server.domain.commands import Role
from tests.integration.web.public.sample_office import SampleOffice

Ask = Callable[..., TestClient]
PAGE = {"accept": "text/html"}


def signed_in(ask: Ask, office: SampleOffice, role: Role) -> TestClient:
    client = ask()
    client.cookies.set("motcua", office.sign_in(role))
    return client


def test_nobody_sees_figures_without_signing_in(ask: Ask) -> None:
    client = ask()
    assert client.get("/manager", headers=PAGE).headers["location"].startswith("/sign-in")
    assert client.get("/manager/part").status_code == 401
    assert client.get("/manager/stream").status_code == 401


@pytest.mark.parametrize("role", [Role.OFFICER, Role.GREETER])
def test_counter_officers_and_greeters_do_not_see_figures(ask: Ask, office: SampleOffice, role: Role) -> None:
    assert signed_in(ask, office, role).get("/manager").status_code == 403


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_managers_see_an_empty_day_as_no_data(ask: Ask, office: SampleOffice, role: Role) -> None:
    page = signed_in(ask, office, role).get("/manager")
    assert page.status_code == 200
    assert "Chưa có số liệu" in page.text and "Không có người chờ" in page.text


def test_the_page_is_in_english_too(ask: Ask, office: SampleOffice) -> None:
    page = signed_in(ask, office, Role.MANAGER).get("/manager?lang=en").text
    assert "Mean wait today" in page and "No data" in page and "Chưa có" not in page


def test_every_figure_carries_its_definition(ask: Ask, office: SampleOffice) -> None:
    page = signed_in(ask, office, Role.MANAGER).get("/manager").text
    assert page.count('class="def"') >= 11
    assert "giờ nghỉ trưa có tính" in page


def test_no_inline_script_or_style(ask: Ask, office: SampleOffice) -> None:
    page = signed_in(ask, office, Role.MANAGER).get("/manager").text
    assert " style=" not in page and "<style" not in page and " onclick" not in page
