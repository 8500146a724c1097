"""A real browser at the console: signed in, waiting for what the page shows."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from queue_server.domain.commands import Role
from queue_server.domain.ids import CounterId
from tests.integration.web.staff.staff_office import PASSWORD, StaffOffice

THREE = CounterId("quay-3")


@contextmanager
def browsing(chromium: Browser, url: str, width: int = 1366, height: int = 768) -> Iterator[Page]:
    """A fresh browser; any error in the page's scripts, or a refused resource, fails the test."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(60_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda m: troubles.append(m.text) if "Content Security" in m.text or "Refused" in m.text else None,
    )
    try:
        yield page
    finally:
        context.close()
    assert troubles == []


def sign_in(page: Page, url: str, login: str, language: str = "vi") -> None:
    page.goto(f"{url}/sign-in?lang={language}")
    page.locator("[name=login]").focus()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


@contextmanager
def console(
    chromium: Browser, office: StaffOffice, url: str, clock: bool = False, **size: int
) -> Iterator[Page]:
    """Officer Lan at counter 3, open; with `clock` the page's time can be moved."""
    if office.now.counters[THREE].officer is None:
        office.sit(office.account(Role.OFFICER, "lan"), 3)
    session = office.accounts.sign_in("lan", PASSWORD, "test", office.clock.now()).session_id
    with browsing(chromium, url, **size) as page:
        if clock:
            page.clock.install()
        page.context.add_cookies([{"name": "motcua", "value": session, "url": url}])
        page.goto(url + "/counter")
        expect(page.locator("#where")).to_contain_text("Quầy 3")
        connecting = re.compile("Đang nối|Connecting")
        expect(page.locator(".next-text"), "no key counts before that").not_to_have_text(connecting)
        yield page


def until(page: Page, true: Callable[[], bool], within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "did not come true in time"
        page.wait_for_timeout(20)
