"""A browser has six connections to a server: pages nobody looks at leave theirs to the others."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from queue_server.domain.commands import Role
from tests.integration.web.staff.console_browser import until
from tests.integration.web.staff.staff_office import PASSWORD, StaffOffice, served

pytestmark = pytest.mark.slow

WATCHED = """
const Real = window.EventSource;
window.streams = [];
window.EventSource = class extends Real { constructor(url) { super(url); window.streams.push(this); } };
Object.defineProperty(document, "hidden", { get: () => window.outOfSight === true });
const later = window.setTimeout;
window.setTimeout = (act, ms, ...more) => later(act, ms === 10000 ? 50 : ms, ...more);
"""
"""Ten seconds out of sight are over in a twentieth of one."""
OPEN = "() => streams.filter((s) => s.readyState !== EventSource.CLOSED).length"
SIGHT = "(h) => { window.outOfSight = h; document.dispatchEvent(new Event('visibilitychange')); }"
TEN_SECONDS = "() => new Promise((over) => setTimeout(over, 10000))"


def signed_in(chromium: Browser, url: str) -> BrowserContext:
    context = chromium.new_context(base_url=url)
    context.set_default_timeout(60_000)
    context.add_init_script(WATCHED)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("input[name=login]", "lan")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda where: "sign-in" not in where)
    page.close()
    return context


def sight(page: Page, hidden: bool) -> None:
    page.evaluate(SIGHT, hidden)


def test_a_console_out_of_sight_rests_and_knows_everything_when_it_is_seen_again(
    chromium: Browser, office: StaffOffice
) -> None:
    office.sit(office.account(Role.OFFICER, "lan"), 3)
    with served(office) as url:
        context = signed_in(chromium, url)
        page = context.new_page()
        page.goto("/counter")
        expect(page.locator("#where")).to_contain_text("Quầy 3")
        until(page, lambda: page.evaluate(OPEN) == 1)
        sight(page, hidden=True)
        until(page, lambda: page.evaluate(OPEN) == 0)
        office.issue()
        expect(page.locator("#stale")).to_be_hidden()
        sight(page, hidden=False)
        expect(page.locator("#waiting-rows")).to_contain_text("A001")
        expect(page.locator("#stale")).to_be_hidden()
        assert page.evaluate(OPEN) == 1
        context.close()


def test_a_glance_at_another_tab_ends_nothing(chromium: Browser, office: StaffOffice) -> None:
    office.sit(office.account(Role.OFFICER, "lan"), 3)
    with served(office) as url:
        context = signed_in(chromium, url)
        page = context.new_page()
        page.goto("/counter")
        until(page, lambda: page.evaluate(OPEN) == 1)
        page.evaluate(f"() => {{ const sight = {SIGHT}; sight(true); sight(false); }}")
        page.evaluate(TEN_SECONDS)
        assert page.evaluate("() => streams.length") == 1
        context.close()


def test_the_reception_desk_counts_calls_for_help_in_its_title_even_out_of_sight(
    chromium: Browser, office: StaffOffice
) -> None:
    office.account(Role.GREETER, "lan")
    with served(office) as url:
        context = signed_in(chromium, url)
        page = context.new_page()
        page.goto("/greeter")
        until(page, lambda: page.evaluate(OPEN) == 1)
        sight(page, hidden=True)
        page.evaluate(TEN_SECONDS)
        assert page.evaluate(OPEN) == 1
        context.close()


def test_eight_tabs_of_one_browser_all_open(chromium: Browser, office: StaffOffice) -> None:
    office.sit(office.account(Role.OFFICER, "lan"), 3)
    with served(office) as url:
        context = signed_in(chromium, url)
        for _ in range(8):
            page = context.new_page()
            page.goto("/counter")
            expect(page.locator("#where")).to_contain_text("Quầy 3")
            until(page, lambda page=page: page.evaluate(OPEN) == 1)  # type: ignore[misc]
            sight(page, hidden=True)
            until(page, lambda page=page: page.evaluate(OPEN) == 0)  # type: ignore[misc]
        context.close()
