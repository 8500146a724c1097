"""The reports' page in a real Chromium: judged by axe-core, no sideways scroll, files downloaded."""

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import openpyxl
import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from queue_server.domain.commands import Role
from queue_server.web.app import make_app
from queue_server.web.reports.router import reports_router
from tests.integration.reports.conftest import SampleBooks
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow
AXE = Path(__file__).parents[2] / "tools" / "axe" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def address(office: SampleOffice) -> Iterator[str]:
    app = make_app(office.deps, (reports_router(SampleBooks()),))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    app.state.streams.close()
    server.should_exit = True
    thread.join(30)
    listening.close()


def opened(chromium: Browser, office: SampleOffice, address: str, size: tuple[int, int]) -> Page:
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, base_url=address)
    context.add_cookies([{"name": "motcua", "value": office.sign_in(Role.SUPERVISOR), "url": address}])
    page = context.new_page()
    page.goto("/reports?period=2026-10&edition=inner")
    return page


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_and_the_page_does_not_scroll_sideways(
    chromium: Browser, office: SampleOffice, address: str, size: tuple[int, int]
) -> None:
    page = opened(chromium, office, address, size)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    assert [(one["id"], node["html"][:200]) for one in found for node in one["nodes"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size[0]
    page.context.close()


def test_a_period_is_chosen_and_its_workbook_downloaded(
    chromium: Browser, office: SampleOffice, address: str, tmp_path: Path
) -> None:
    page = opened(chromium, office, address, (1440, 900))
    page.click("text=Quý")
    page.wait_for_selector("h1:has-text('quý IV năm 2026')")
    page.select_option("select[name=of]", "service:dat-dai")
    page.click("button:has-text('Xem')")
    page.wait_for_selector("h1:has-text('quý IV năm 2026')")
    with page.expect_download() as download:
        page.click("text=XLSX")
    assert download.value.suggested_filename == "bao-cao-2026-Q4-dat-dai.xlsx"
    download.value.save_as(tmp_path / "report.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "report.xlsx")["Theo việc"].iter_rows(
        min_row=7, values_only=True
    )
    assert [row[0] for row in rows if row[0]] == ["C · Đất đai"]
    page.context.close()
