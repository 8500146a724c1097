"""A live mean is too low at a peak: the predicted mean of the hall stands beside it wherever one is shown."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from queue_server.domain.commands import Role
from queue_server.domain.ticket import Told
from queue_server.web.counter.gauge import gauge
from queue_server.web.counter.today import Today
from tests.integration.web.public.measured import visit
from tests.integration.web.public.sample_config import TODAY, sample_config
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
    assert "Dự báo cho 1 người đang chờ ở sảnh" in beside
    assert ("24 phút ( 15–38 )" if told else "Chưa tính được") in beside
    assert (
        page.index('data-panel="mean"') < page.index('data-panel="hall"') < page.index('data-panel="hours"')
    )


@pytest.mark.parametrize("told", [Told(15, 24, 38, 31, "mc1"), None])
def test_neither_does_an_officers(told: Told | None) -> None:
    shown = gauge(sample_config(), TODAY, Today(mean_s=768.0, n=6), told, 1, "vi")
    assert shown["figure"] == "12,8"
    beside = shown["forecast"]
    assert isinstance(beside, dict) and "Dự báo cho 1 người đang ở sảnh:" in beside.values()
    assert any(("24" in said) if told else ("chưa" in said.lower()) for said in beside.values())
