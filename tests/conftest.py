"""One Playwright, Chromium and event loop for the whole run, Hypothesis without a stop-watch, plain logs."""

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import nullcontext, suppress
from typing import Any

import pytest
import structlog
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, settings
from playwright._impl import _api_classes as inside
from playwright.sync_api import Browser, Playwright, expect
from starlette.testclient import TestClient

settings.register_profile("motcua", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("motcua")

LOGS = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(),
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
]

gc.disable()
"""Until all tests are found: what is made while looking for them stays."""

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
CLOSED_WITHIN_S = 20.0


def _bounded(close: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Now and then a busy Chromium never says that a page is closed; its own end takes the page along."""

    async def closed(*it: Any, **how: Any) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(close(*it, **how), CLOSED_WITHIN_S)

    return closed


for _kind in (inside.Page, inside.BrowserContext, inside.Browser):
    setattr(_kind, "close", _bounded(_kind.close))  # noqa: B010


@pytest.hookimpl(hookwrapper=True)
def pytest_collection() -> Iterator[None]:
    """The garbage collector would go through thousands of growing tables again and again."""
    yield
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, headless, allowed to speak. A second Playwright in a process cannot start."""
    expect.set_options(timeout=60_000)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(autouse=True, scope="session")
def _one_event_loop() -> Iterator[None]:
    """For every TestClient: a thread and a loop for each request would cost more than the request."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "_portal_factory", lambda client: nullcontext(client.portal or portal))
        yield
        portal.call(portal.stop, True)


@pytest.fixture(autouse=True, scope="session")
def _as_urgent_as_the_others() -> Iterator[None]:
    """A command that steps back for the server, run inside a test, would slow all tests after it for good."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "nice", lambda by: by)
        yield


@pytest.fixture(autouse=True)
def _plain_logs() -> None:
    """Drawn in colour with every local variable, the tracebacks that some tests provoke take seconds each."""
    structlog.configure(processors=LOGS)
