"""One Playwright and one Chromium for the whole run: a second one in a process cannot start."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, headless, allowed to speak."""
    expect.set_options(timeout=15_000)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()
