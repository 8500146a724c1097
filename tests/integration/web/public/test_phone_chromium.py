"""The phone page in a real Chromium of a phone's size: light, live, and loud only when asked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from queue_server.domain import commands as c
from queue_server.domain.ids import TicketId
from queue_server.domain.ticket import Told
from queue_server.domain.ticket_table import TicketState
from tests.integration.web.lost_answers import lose_the_first
from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_config import TODAY
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow

MOST_BYTES = 30_000
PHONE = {"width": 390, "height": 844}
FEEL = """
window.felt = [];
navigator.vibrate = (pattern) => { window.felt.push(pattern); return true; };
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) {
  window.tones = (window.tones ?? 0) + 1;
  return start.call(this, at);
};
"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, summary")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 48)
  .map((one) => one.textContent)"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.add_init_script(FEEL)
    yield page
    context.close()


@pytest.fixture
def mine(office: SampleOffice) -> TicketId:
    """The third in the queue, with a forecast."""
    office.engine.open(2)
    office.engine.issue()
    office.engine.issue()
    ticket = office.engine.issue()
    office.predictions.tickets[ticket] = Told(12, 15, 18, 16)
    return ticket


def address(office: SampleOffice, ticket: TicketId) -> str:
    return f"/t/{office.accounts.page_token(ticket, TODAY)}"


def call_and_end(office: SampleOffice) -> None:
    office.engine.call(2)
    office.engine.at_counter(c.StartService, 2)
    office.engine.at_counter(c.EndService, 2)


def test_the_page_is_light(phone: Page, serve: Serve, office: SampleOffice, mine: TicketId) -> None:
    sizes: list[int] = []
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    session.send("Network.setBlockedURLs", {"urls": ["*.woff2"]})
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    phone.goto(serve(office).url + address(office, mine), wait_until="networkidle")
    assert len(sizes) >= 4, "page, two sheets, script"
    assert sum(sizes) < MOST_BYTES


def test_people_ahead_count_down_by_themselves(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.goto(serve(office).url + address(office, mine))
    phone.wait_for_selector("text=2 người")
    office.engine.call(2)
    phone.wait_for_selector("text=1 người")


def test_your_turn_turns_red_and_vibrates(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.goto(serve(office).url + address(office, mine))
    phone.click("[data-do=alert]")
    phone.wait_for_selector("text=Đã bật báo")
    tones = phone.evaluate("() => window.tones")
    call_and_end(office)
    call_and_end(office)
    office.engine.call(2)
    phone.wait_for_selector(".called")
    assert "Đến lượt Ông/Bà" in phone.inner_text("main")
    assert "Quầy 2" in phone.inner_text(".counter")
    phone.wait_for_function("() => window.felt.some((pattern) => pattern.length === 5)")
    phone.wait_for_function("before => window.tones > before", arg=tones)
    background = phone.evaluate("() => getComputedStyle(document.querySelector('.called')).backgroundColor")
    assert background == "rgb(168, 18, 26)"
    assert phone.evaluate(TOO_WIDE) is False
    phone.click("[data-do=coming]")
    phone.wait_for_selector("text=Cảm ơn, mời Ông/Bà đến quầy")


def test_without_the_tap_there_is_no_sound(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.goto(serve(office).url + address(office, mine))
    call_and_end(office)
    call_and_end(office)
    office.engine.call(2)
    phone.wait_for_selector(".called")
    phone.wait_for_function("() => window.felt.length > 0")
    assert phone.evaluate("() => window.tones ?? 0") == 0


def test_later_and_back_and_cancel_by_touch(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.goto(serve(office).url + address(office, mine))
    phone.tap("button:has-text('Tôi quay lại muộn hơn')")
    phone.tap("button:has-text('Tôi đã quay lại')")
    phone.wait_for_selector("button:has-text('Tôi quay lại muộn hơn')")
    assert phone.locator("button:has-text('Đồng ý huỷ')").is_hidden(), "a cancel asks first"
    phone.tap("summary:has-text('Huỷ số này')")
    phone.tap("button:has-text('Đồng ý huỷ số A003')")
    phone.wait_for_selector("text=Số này đã huỷ")
    assert office.engine.office.tickets[mine].state is TicketState.CANCELLED


def test_without_script_the_forms_work(
    serve: Serve, office: SampleOffice, mine: TicketId, chromium: Browser
) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(serve(office).url + address(office, mine))
    page.click("button:has-text('Tôi quay lại muộn hơn')")
    page.wait_for_selector("button:has-text('Tôi đã quay lại')")
    context.close()


def test_where_streams_do_not_pass_the_page_asks(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.route("**/stream*", lambda route: route.abort())
    phone.clock.install()
    phone.goto(serve(office).url + address(office, mine))
    phone.wait_for_selector("text=2 người")
    phone.clock.run_for(1_000)
    office.engine.call(2)
    phone.clock.run_for(25_000)
    phone.wait_for_selector("text=1 người")


def test_a_part_that_did_not_come_is_asked_for_again(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.goto(serve(office).url + address(office, mine))
    phone.wait_for_selector("text=2 người")
    lost = lose_the_first(phone, "**/part*")
    office.engine.call(2)
    phone.wait_for_selector("text=1 người")
    assert lost


def test_a_server_that_is_silent_is_not_asked_more_and_more(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.route("**/stream*", lambda route: route.abort())
    phone.clock.install()
    phone.goto(serve(office).url + address(office, mine))
    phone.wait_for_selector("text=2 người")
    asked: list[str] = []
    phone.route("**/state*", lambda route: asked.append(route.request.url))
    for _ in range(24):
        phone.clock.run_for(5_000)
    assert 1 <= len(asked) <= 8, "in two minutes"
    phone.unroute_all()


def test_a_phone_rings_no_longer_at_the_counter(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.clock.install()
    phone.goto(serve(office).url + address(office, mine))
    call_and_end(office)
    call_and_end(office)
    office.engine.call(2)
    phone.wait_for_selector(".called")
    phone.wait_for_function("() => window.felt.length > 0")
    office.engine.at_counter(c.StartService, 2)
    phone.wait_for_selector(".called", state="detached")
    felt = phone.evaluate("() => window.felt.length")
    phone.clock.run_for(20_000)
    assert phone.evaluate("() => window.felt.length") == felt


def test_a_lost_server_is_said(phone: Page, serve: Serve, office: SampleOffice, mine: TicketId) -> None:
    server = serve(office)
    phone.clock.install()
    phone.goto(server.url + address(office, mine))
    phone.wait_for_selector("text=2 người")
    server.stop()
    phone.clock.run_for(30_000)
    phone.wait_for_selector("text=Mất kết nối")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_fits_a_small_phone(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId, language: str
) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(f"{serve(office).url}{address(office, mine)}?lang={language}")
    phone.evaluate("() => document.fonts.ready")
    assert phone.evaluate(TOO_WIDE) is False
    assert phone.evaluate(SMALL_TARGETS) == []
    assert phone.get_attribute("html", "lang") == language


def test_switching_language_keeps_the_ticket(
    phone: Page, serve: Serve, office: SampleOffice, mine: TicketId
) -> None:
    phone.goto(serve(office).url + address(office, mine))
    phone.tap("text=English")
    phone.wait_for_selector("text=Ahead of you")
    assert phone.inner_text(".number") == "A003"
