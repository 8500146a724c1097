"""The console on small screens: nothing clipped, nothing sideways."""

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.ids import PriorityGroupId
from queue_server.waits.figures import Figures
from tests.integration.web.staff.console_browser import console
from tests.integration.web.staff.staff_office import StaffOffice, served

pytestmark = pytest.mark.slow


FITS = """() => {
  const clipped = [];
  const looked = '.now, .now *, .next *, .action, .action *, .top *, .gauge *, .undo';
  for (const e of document.querySelectorAll(looked)) {
    const box = e.getBoundingClientRect();
    if (!box.width || e.closest('svg')) continue;
    if (box.right > innerWidth + 1) clipped.push('right: ' + e.className + ' ' + e.textContent.slice(0, 40));
    if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
      clipped.push('wide: ' + e.className + ' ' + e.textContent.slice(0, 40));
    if (e.scrollHeight > e.clientHeight + 2 && getComputedStyle(e).overflowY !== 'visible')
      clipped.push('tall: ' + e.className + ' ' + e.scrollHeight + '>' + e.clientHeight);
  }
  if (document.documentElement.scrollWidth > innerWidth) clipped.push('page is wider than the window');
  return clipped;
}"""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_clipped_at_1366_by_768(chromium: Browser, office: StaffOffice, language: str) -> None:
    office.figures.told = Figures(118, 16.7 * 60, 800.0, 2000.0, 2400.0)
    for _ in range(14):
        office.issue(priority_group=PriorityGroupId("cao-tuoi"))
    with served(office) as url, console(chromium, office, url) as page:
        page.goto(f"{url}/counter?lang={language}")
        expect(page.locator("#waiting-rows tr")).to_have_count(14)
        assert page.evaluate(FITS) == []
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text("A001")
        assert page.evaluate(FITS) == []
        page.keyboard.press("F4")
        expect(page.locator("#refusal")).to_be_visible()
        assert page.evaluate(FITS) == []
        page.keyboard.press("F3")
        expect(page.locator("#steps .here")).to_contain_text("Bắt đầu" if language == "vi" else "Started")
        assert page.evaluate(FITS) == []
        assert page.evaluate("document.documentElement.scrollHeight") <= 768


def test_a_narrow_window_scrolls_down_and_never_sideways(chromium: Browser, office: StaffOffice) -> None:
    office.issue()
    with served(office) as url, console(chromium, office, url, width=390, height=900) as page:
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text("A001")
        for width in (390, 800, 1100):
            page.set_viewport_size({"width": width, "height": 900})
            page.reload()
            expect(page.locator("#number")).to_have_text("A001")
            assert [c for c in page.evaluate(FITS) if not c.startswith("tall")] == []
