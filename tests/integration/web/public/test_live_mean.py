"""A live mean is too low at a peak: the predicted mean of the hall stands beside it wherever one is shown."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.domain.ids import CounterId
from queue_server.domain.ticket import ParkedBy, Told
from queue_server.web.counter.gauge import gauge
from queue_server.web.counter.today import Today
from queue_server.web.counter.view import console
from tests.integration.web.public.measured import visit
from tests.integration.web.public.sample_config import NOW, TODAY, sample_config
from tests.integration.web.public.sample_office import SampleOffice

Ask = Callable[..., TestClient]


def panel(page: str, name: str) -> str:
    """The words of a panel of the manager's page."""
    inner = page.split(f'data-panel="{name}"', 1)[1].split("</section>", 1)[0]
    return " ".join(
        re.sub(r"<details.*?</details>|<[^>]*>", " ", inner.partition(">")[2], flags=re.S).split()
    )


@pytest.mark.parametrize("told", [Told(15, 24, 38, 31, "mc1"), None])
@pytest.mark.parametrize("path", ["/manager", "/manager/part"])
def test_the_managers_mean_of_today_never_stands_without_the_halls(
    ask: Ask, office: SampleOffice, path: str, told: Told | None
) -> None:
    office.figures.records = [visit(12.8, number=n) for n in range(6)]
    office.predictions.hall = told
    office.engine.issue()
    client = ask()
    client.cookies.set("motcua", office.sign_in(Role.MANAGER))
    page = client.get(path).text
    assert "12,8" in panel(page, "mean")
    beside = panel(page, "hall")
    assert "Dự báo cho 1 người đang ở sảnh" in beside
    assert ("24 phút ( 15–38 )" if told else "Chưa tính được") in beside
    assert (
        page.index('data-panel="mean"') < page.index('data-panel="hall"') < page.index('data-panel="hours"')
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Dự báo cho 1 người đang ở sảnh"), ("en", "Forecast for 1 person in the hall")],
)
def test_who_is_called_and_not_yet_served_is_one_of_those_the_forecast_is_for(
    ask: Ask, office: SampleOffice, language: str, said: str
) -> None:
    office.predictions.hall = Told(1, 1, 2, 2, "mc1")
    office.engine.open(2)
    office.engine.issue()
    office.engine.call(2)
    client = ask()
    client.cookies.set("motcua", office.sign_in(Role.MANAGER))
    assert said in panel(client.get("/manager", params={"lang": language}).text, "hall")


def test_who_is_parked_is_not(ask: Ask, office: SampleOffice) -> None:
    office.engine.open(2)
    office.engine.do(c.ParkTicket, ticket=office.engine.issue(), parked_by=ParkedBy.OFFICE, reason="-")
    assert gauge_of(office)["forecast"] is None
    client = ask()
    client.cookies.set("motcua", office.sign_in(Role.MANAGER))
    beside = panel(client.get("/manager").text, "hall")
    assert "Dự báo cho 0 người đang ở sảnh" in beside and "Không có người chờ" in beside


def gauge_of(office: SampleOffice) -> dict[str, object]:
    """The gauge on the console of counter 2."""
    shown = console(office.engine.office, CounterId("quay-2"), NOW, Today(), None, "vi")["gauge"]
    assert isinstance(shown, dict)
    return shown


@pytest.mark.parametrize("told", [Told(15, 24, 38, 31, "mc1"), None])
def test_neither_does_an_officers(told: Told | None) -> None:
    shown = gauge(sample_config(), TODAY, Today(mean_s=768.0, n=6), told, 1, "vi")
    assert shown["figure"] == "12,8"
    beside = shown["forecast"]
    assert isinstance(beside, dict) and "Dự báo cho 1 người đang ở sảnh:" in beside.values()
    assert any(("24" in said) if told else ("chưa" in said.lower()) for said in beside.values())
