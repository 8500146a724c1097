"""The demo's page lists dossiers to try, so that a newcomer need not search for a code."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assets.files import office_path
from queue_server.demo_dossiers import FACTOR, codes
from queue_server.domain.commands import Role
from queue_server.office_file.load import load_office
from queue_server.web.demo.ports import DemoDossiers, DemoOfficer
from queue_server.web.demo.router import demo_router
from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow
LISTED = tuple(codes(load_office(office_path("commune")), date(2026, 11, 20)))


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Yêu cầu bổ sung giấy tờ"), ("en", "More papers needed")]
)
def test_codes_and_the_digits_that_open_them_are_on_the_page(
    chromium: Browser, serve: Serve, office: SampleOffice, tmp_path: Path, language: str, said: str
) -> None:
    office.deps = replace(office.deps, demo=True)
    session = office.sign_in(Role.SUPERVISOR)
    office.accounts.sign_in = lambda *_: office.accounts.sessions[session]  # type: ignore[attr-defined]
    shown = DemoDossiers(LISTED, FACTOR)
    server = serve(office, demo_router(None, {"supervisor": DemoOfficer("demo.binh", "x")}, lambda: shown))
    context = chromium.new_context(viewport={"width": 1600, "height": 1000}, base_url=server.url)
    page = context.new_page()
    page.goto(f"/demo?lang={language}")
    expect(page.locator(".dossiers li")).to_have_count(len(LISTED))
    expect(page.locator(".dossiers")).to_contain_text(FACTOR)
    expect(page.locator(".dossiers")).to_contain_text(said)
    expect(page.locator(".dossiers li").first).to_contain_text(LISTED[0][0])
    page.screenshot(path=tmp_path / "demo.png", full_page=True)
    context.close()


def test_an_office_without_dossiers_lists_none(chromium: Browser, serve: Serve, office: SampleOffice) -> None:
    office.deps = replace(office.deps, demo=True)
    server = serve(office, demo_router(None, {}))
    context = chromium.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/demo")
    expect(page.locator(".manager")).to_have_count(1)
    expect(page.locator(".dossiers")).to_have_count(0)
    context.close()
