"""The manager's page for any days in a real Chromium: charts drawn, read by keyboard, judged by axe-core."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from queue_server.domain.commands import Role
from queue_server.domain.ids import ServiceId
from queue_server.domain.ticket import Told
from tests.integration.web.public.conftest import Served
from tests.integration.web.public.measured import many_days
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow

AXE = Path(__file__).parents[3] / "tools" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
MONTH = "/manager?from=2026-10-20&to=2026-11-18"
BEHIND = "/manager/tickets?from=2026-11-19&to=2026-11-19&what=late"
Open = Callable[..., Page]
SEVEN_TABS = """() => {
  const tabs = document.querySelector('.top nav');
  while (tabs.children.length < 7) tabs.append(tabs.firstElementChild.cloneNode(true));
  document.querySelector('.me summary').prepend('Nguyễn Thị Hạnh · ');
}"""
"""What an administrator with a name of some length sees in the office's own head."""


@dataclass(frozen=True)
class Desk:
    """A supervisor's page of an office with forty days behind it; its errors."""

    office: SampleOffice
    page: Page
    errors: list[str]


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One office and one page for all tests: they look, and only the last one changes anything."""
    office = SampleOffice(str(tmp_path_factory.mktemp("office")))
    office.figures.records = many_days()
    office.predictions.hall = Told(14, 19, 27, 22)
    office.predictions.newcomers[ServiceId("dat-dai")] = Told(8, 12, 18, 15)
    office.engine.open(1, 2)
    office.engine.issue("cu-tru")
    server = Served(office)
    context = chromium.new_context(base_url=server.url)
    context.add_cookies([{"name": "motcua", "value": office.sign_in(Role.SUPERVISOR), "url": server.url}])
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield Desk(office, page, errors)
    context.close()
    server.stop()


@pytest.fixture
def opened(desk: Desk) -> Iterator[Open]:
    """Opens a page anew in a window of this size; an error in it fails the test."""

    def at(path: str, width: int = 1440, height: int = 900) -> Page:
        desk.page.set_viewport_size({"width": width, "height": height})
        desk.page.goto(path)
        desk.page.evaluate("() => document.fonts.ready")
        return desk.page

    desk.errors.clear()
    yield at
    assert desk.errors == []


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("path", ["/manager", MONTH, BEHIND])
def test_axe_finds_nothing(opened: Open, path: str, size: tuple[int, int]) -> None:
    page = opened(path, *size)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    said = [(one["id"], node["html"][:200], node["failureSummary"]) for one in found for node in one["nodes"]]
    assert said == []


def test_every_chart_is_drawn(opened: Open) -> None:
    page = opened(MONTH)
    page.wait_for_function("() => performance.getEntriesByType('measure').length === 4")
    names = page.evaluate("() => performance.getEntriesByType('measure').map((one) => one.name)")
    assert sorted(names) == ["chart bars", "chart bars", "chart columns", "chart line"]
    painted = page.evaluate(
        """() => [...document.querySelectorAll('.plot canvas')].map((canvas) => {
            const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(dots.buffer)).size;
        })"""
    )
    assert len(painted) == 4 and min(painted) > 20


def test_the_counters_are_above_the_fold_on_a_desk(opened: Open) -> None:
    box = opened("/manager").locator("[data-panel=counters] table").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 900


@pytest.mark.parametrize("width", [1440, 800, 390])
@pytest.mark.parametrize("path", [MONTH, BEHIND])
def test_no_page_is_wider_than_its_screen(opened: Open, path: str, width: int) -> None:
    assert opened(path, width, 844).evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1240, 1080, 910])
def test_nor_is_it_where_the_tabs_have_the_longer_english_names(opened: Open, width: int) -> None:
    try:
        page = opened("/manager?lang=en", width, 844)
        page.evaluate(SEVEN_TABS)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    finally:
        opened("/manager?lang=vi")


def test_a_chart_is_read_with_the_arrow_keys(opened: Open) -> None:
    page = opened(MONTH)
    page.wait_for_selector("[data-panel=distribution] canvas")
    page.focus("[data-panel=distribution] .plot")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-at=readout]:text('5–10 phút:')", state="attached")
    page.keyboard.press("End")
    said = page.text_content("[data-at=readout]")
    assert said is not None and said.startswith("Bỏ về: 30 lượt")


def test_days_are_chosen_and_walked_through(opened: Open) -> None:
    page = opened("/manager")
    page.fill("input[name=from]", "2026-11-16")
    page.fill("input[name=to]", "2026-11-17")
    page.press("input[name=to]", "Enter")
    page.wait_for_url("**/manager?from=2026-11-16&to=2026-11-17")
    assert "20 lượt" in page.inner_text("[data-panel=mean]")
    page.click("a[rel=prev]")
    page.wait_for_url("**/manager?from=2026-11-14&to=2026-11-15")
    page.click("nav[aria-label=Kỳ] >> text=Hôm nay")
    page.wait_for_url("**/manager")
    assert page.locator("[data-live]").count() == 1


def test_a_number_leads_to_its_visits(opened: Open) -> None:
    page = opened("/manager?from=2026-11-19&to=2026-11-19")
    page.click("[data-panel=abandoned] b a")
    page.wait_for_url("**what=abandoned**")
    assert "1 lượt" in page.inner_text("main") and page.locator("tbody tr").count() == 1


def test_a_live_page_keeps_its_charts_while_it_is_told_news(opened: Open, desk: Desk) -> None:
    page = opened("/manager")
    page.wait_for_selector("text=Dự báo cho 1 người")
    page.focus("[data-panel=hours] .plot")
    desk.office.engine.issue()
    page.wait_for_selector("text=Dự báo cho 2 người")
    page.wait_for_function("() => document.querySelectorAll('.plot canvas').length === 3")
