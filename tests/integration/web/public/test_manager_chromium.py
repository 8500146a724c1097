"""The manager's page in a real Chromium: live, by keyboard, with what is open kept open."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from queue_server.domain.commands import Role
from queue_server.domain.ids import CounterId, ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel, Told
from queue_server.waits.figures import LegRecord, Outcome, VisitRecord
from tests.integration.web.lost_answers import lose_the_first
from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_config import NOW, TODAY
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow


def visit(minutes: float) -> VisitRecord:
    at, wait, service = NOW - timedelta(minutes=70), minutes * 60, ServiceId("chung-thuc")
    leg = LegRecord(1, service, CounterId("quay-2"), None, at, at, at, at, wait, wait, 20.0, 300.0)
    ordinary, kiosk = ServiceClass.ORDINARY, Channel.KIOSK
    served = Outcome.SERVED
    return VisitRecord(
        TicketId("v"),
        "A001",
        TODAY,
        at,
        served,
        service,
        ordinary,
        None,
        kiosk,
        None,
        (leg,),
        wait,
        wait,
        wait,
    )


@pytest.fixture
def page_of(chromium: Browser, serve: Serve, office: SampleOffice) -> Iterator[Page]:
    url = serve(office).url
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=url)
    context.add_cookies([{"name": "motcua", "value": office.sign_in(Role.MANAGER), "url": url}])
    page = context.new_page()
    yield page
    context.close()


def test_a_new_ticket_is_counted_within_a_moment(page_of: Page, office: SampleOffice) -> None:
    office.figures.records = [visit(16.0), visit(17.4)]
    page_of.goto("/manager")
    assert "16,7" in page_of.inner_text("[data-panel=mean]")
    page_of.wait_for_selector("text=Dự báo cho 0 người")
    office.engine.issue()
    page_of.wait_for_selector("text=Dự báo cho 1 người")


def test_figures_that_did_not_come_are_asked_for_again(page_of: Page, office: SampleOffice) -> None:
    page_of.goto("/manager")
    page_of.wait_for_selector("text=Dự báo cho 0 người")
    office.engine.issue()
    page_of.wait_for_selector("text=Dự báo cho 1 người")
    lost = lose_the_first(page_of, "**/manager/part*")
    office.engine.issue()
    page_of.wait_for_selector("text=Dự báo cho 2 người")
    assert lost


def test_a_definition_opens_by_keyboard_stays_open_and_closes_with_escape(
    page_of: Page, office: SampleOffice
) -> None:
    page_of.goto("/manager")
    page_of.wait_for_selector("text=Dự báo cho 0 người")
    page_of.focus("[data-key=forecast] > summary")
    page_of.keyboard.press("Enter")
    page_of.wait_for_selector("[data-key=forecast][open] p")
    office.engine.issue()
    page_of.wait_for_selector("text=Dự báo cho 1 người")
    assert page_of.locator("[data-key=forecast][open]").count() == 1
    assert page_of.evaluate("() => document.activeElement.parentElement.dataset.key") == "forecast"
    page_of.keyboard.press("Escape")
    page_of.wait_for_selector("[data-key=forecast]:not([open])")


def test_only_one_definition_is_open(page_of: Page) -> None:
    page_of.goto("/manager")
    page_of.click("[data-key=p50] > summary")
    page_of.click("[data-key=no_show] > summary")
    page_of.wait_for_function("() => document.querySelectorAll('.def[open]').length === 1")
    assert page_of.locator("[data-key=no_show][open]").count() == 1


def test_a_new_alert_is_said_once(page_of: Page, office: SampleOffice) -> None:
    page_of.goto("/manager")
    page_of.wait_for_selector("text=Không có cảnh báo.")
    office.engine.issue("xay-dung")
    page_of.wait_for_selector("text=Không có quầy nào nhận Xây dựng")
    assert "Không có quầy nào nhận Xây dựng" in page_of.text_content("[data-at=news]")  # type: ignore[operator]


def test_the_chart_has_a_table_behind_it(page_of: Page, office: SampleOffice) -> None:
    office.figures.records = [visit(12.0)]
    office.predictions.hall = Told(14, 19, 27, 22)
    page_of.goto("/manager")
    page_of.click("text=Xem bảng số")
    rows = page_of.locator("[data-panel=hours] tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [
        ["7h", "0", "–", "–"],
        ["8h", "1", "12,0", "–"],
        ["9h", "0", "–", "–"],
        ["Dự", "báo", "–", "19,0", "–"],
    ]


def test_nothing_runs_out_of_the_page(page_of: Page, office: SampleOffice) -> None:
    office.figures.records = [visit(16.0), visit(47.4)] * 5
    office.predictions.hall = Told(14, 19, 27, 22)
    for width in (1440, 1366, 800, 390):
        page_of.set_viewport_size({"width": width, "height": 900})
        page_of.goto("/manager")
        page_of.evaluate("() => document.fonts.ready")
        assert page_of.evaluate("() => document.documentElement.scrollWidth") <= width
