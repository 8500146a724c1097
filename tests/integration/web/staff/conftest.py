"""An office for every test, and one real Chromium on the run's only Playwright."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.integration.web.staff.staff_office import StaffOffice


@pytest.fixture
def office() -> Iterator[StaffOffice]:
    made = StaffOffice()
    yield made
    made.close()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A second Playwright in one process cannot start, so the plugin's is shared."""
    expect.set_options(timeout=15_000)
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    yield browser
    browser.close()
