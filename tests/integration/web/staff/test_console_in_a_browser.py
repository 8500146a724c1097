"""The console in a real Chromium: keyboard only, double presses, lost connections, nothing clipped."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, Route, expect

from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId, PriorityGroupId
from queue_server.domain.ticket_table import TicketState
from queue_server.waits.figures import Figures
from tests.integration.web.staff.relay import Relay
from tests.integration.web.staff.staff_office import PASSWORD, StaffOffice, served

pytestmark = pytest.mark.slow
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
        yield page


def until(page: Page, true: Callable[[], bool], within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "did not come true in time"
        page.wait_for_timeout(20)


def test_a_day_is_worked_with_the_keyboard_alone(chromium: Browser, office: StaffOffice) -> None:
    office.account(Role.OFFICER, "lan")
    first, second = office.issue(), office.issue()
    tickets = office.now.tickets
    with served(office) as url, browsing(chromium, url) as page:
        sign_in(page, url, "lan")
        page.locator('[data-counter="quay-3"]').focus()
        page.keyboard.press("Enter")
        expect(page.locator(".next-text")).to_have_text("Mở quầy")
        page.keyboard.press("F9")
        expect(page.locator(".next-text")).to_have_text("Gọi số tiếp theo")
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text(tickets[first].number)
        page.keyboard.press("F2")
        expect(page.locator("#facts")).to_contain_text("gọi 2 lần")
        page.keyboard.press("F3")
        expect(page.locator("#phase")).to_have_text("Đang phục vụ")
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text(tickets[second].number)
        page.keyboard.press("F5")
        expect(page.locator("#nobody")).to_be_visible()
        page.keyboard.press("z")
        expect(page.locator("#at-counter")).to_be_visible()
        expect(page.locator("#number")).to_have_text(tickets[second].number)
        page.keyboard.press("F3")
        expect(page.locator("#phase")).to_have_text("Đang phục vụ")
        page.keyboard.press("F6")
        expect(page.locator("dialog")).to_contain_text("Chờ bổ sung giấy tờ")
        page.keyboard.press("2")
        expect(page.locator("#parked")).to_contain_text("A002 · chờ bổ sung giấy tờ")
        page.keyboard.press("F9")
        expect(page.locator("dialog")).to_contain_text("Nghỉ giải lao")
        page.keyboard.press("1")
        expect(page.locator("dialog")).to_contain_text("15 phút")
        page.keyboard.press("3")
        expect(page.locator("#chip")).to_contain_text("Tạm nghỉ · Nghỉ giải lao đến")
        page.keyboard.press("F9")
        expect(page.locator("#chip")).to_have_text("Đang mở")
        page.keyboard.press("m")
        expect(page.locator("dialog")).to_contain_text("Rời quầy")
        page.keyboard.press("4")
        page.wait_for_url("**/counter")
        expect(page.locator('[data-counter="quay-3"]')).to_be_enabled()
    assert office.now.tickets[first].state is TicketState.SERVED
    assert office.now.counters[THREE].state is CounterState.UNSTAFFED


def test_a_transfer_asks_where_to_and_why(chromium: Browser, office: StaffOffice) -> None:
    ticket = office.issue()
    with served(office) as url, console(chromium, office, url) as page:
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text("A001")
        for key, asked in (("F8", "Chuyển đến đâu?"), ("1", "Chuyển sang việc nào?"), ("2", "Lý do chuyển")):
            page.keyboard.press(key)
            expect(page.locator("#dialog-title")).to_have_text(asked)
        page.keyboard.press("2")
        expect(page.locator("#nobody")).to_be_visible()
    assert office.now.tickets[ticket].service == "ho-tich"


def test_a_double_click_calls_one_citizen(chromium: Browser, office: StaffOffice) -> None:
    for _ in range(5):
        office.issue()
    with served(office) as url, console(chromium, office, url) as page:
        page.wait_for_timeout(800)
        page.locator("#primary").click(click_count=2, delay=30)
        expect(page.locator("#number")).to_have_text("A001")
        expect(page.locator("body")).not_to_have_class(re.compile("is-busy"))
        expect(page.locator("#phase")).to_have_text("Đang mời")
        page.keyboard.press("F3")
        expect(page.locator("#phase")).to_have_text("Đang phục vụ")
        page.wait_for_timeout(800)
        page.locator("#primary").dblclick()
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text("A002")
        expect(page.locator("body")).not_to_have_class(re.compile("is-busy"))
        expect(page.locator("#phase")).to_have_text("Đang mời")
    states = [t.state for t in office.now.tickets.values()]
    assert states.count(TicketState.CALLED) == 1 and states.count(TicketState.SERVED) == 1


def test_two_clerks_pressing_next_together_get_two_citizens(chromium: Browser, office: StaffOffice) -> None:
    app = office.app()
    clients = []
    for number, login in ((2, "binh"), (3, "lan")):
        account = office.account(Role.OFFICER, login)
        office.sit(account, number)
        clients.append((number, office.signed_in(account, app)))
    for round_ in range(10):
        office.issue(), office.issue()
        together = Barrier(2)

        def press(
            number: int, client: TestClient, round_: int = round_, together: Barrier = together
        ) -> None:
            together.wait(30)
            body = {"id": f"press-{number}-{round_:04d}", "counter": f"quay-{number}"}
            assert client.post("/do/next", json=body).status_code == 200

        threads = [Thread(target=press, args=one) for one in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        called = [office.now.counters[CounterId(f"quay-{n}")].ticket for n, _ in clients]
        assert None not in called and len(set(called)) == 2
        for number, _ in clients:
            office.do(c.NoShow, c.SYSTEM, counter=CounterId(f"quay-{number}"))


def test_space_in_a_field_calls_nobody(chromium: Browser, office: StaffOffice) -> None:
    office.issue()
    with served(office) as url, console(chromium, office, url) as page:
        page.keyboard.press("m")
        expect(page.locator("dialog")).to_be_visible()
        page.keyboard.press("1")
        expect(page.locator("dialog [name=people]")).to_be_visible()
        page.locator("dialog [name=people]").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
    assert office.now.counters[THREE].ticket is None


def test_a_number_is_issued_at_the_counter(chromium: Browser, office: StaffOffice) -> None:
    with served(office) as url, console(chromium, office, url) as page:
        page.keyboard.press("m")
        expect(page.locator("dialog")).to_be_visible()
        page.keyboard.press("1")
        page.locator("dialog [name=service]").select_option("ket-qua")
        page.locator("dialog .primary").click()
        expect(page.locator("#refusal")).to_have_text("Đã cấp số K001.")
        expect(page.locator("#waiting-rows")).to_contain_text("K001")


def test_a_refusal_is_a_sentence_under_the_buttons(chromium: Browser, office: StaffOffice) -> None:
    office.issue()
    with served(office) as url, console(chromium, office, url) as page:
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text("A001")
        page.evaluate("window.motcua.post = null")
        page.keyboard.press("F4")
        expect(page.locator("#refusal")).to_have_text("Bắt đầu trước đã")


def test_a_silent_connection_is_shown_within_five_seconds_with_the_last_queue(
    chromium: Browser, office: StaffOffice
) -> None:
    office.issue()
    with served(office) as url:
        relay = Relay(int(url.rsplit(":", 1)[1]))
        try:
            with console(chromium, office, f"http://127.0.0.1:{relay.port}", clock=True) as page:
                expect(page.locator("#waiting-rows")).to_contain_text("A001")
                relay.freeze()
                page.clock.run_for(5_000)
                assert page.locator("#stale").is_visible(), "five seconds of the page's own time"
                page.clock.resume()
                expect(page.locator("#stale")).to_contain_text("cách đây")
                expect(page.locator("#waiting-rows")).to_contain_text("A001")
                page.keyboard.press("Space")
                relay.thaw()
                expect(page.locator("#stale")).to_be_hidden()
                expect(page.locator("#number")).to_have_text("A001")
        finally:
            relay.close()
    states = [t.state for t in office.now.tickets.values()]
    assert states == [TicketState.CALLED]


def test_a_server_that_is_gone_is_shown_and_an_act_is_refused_clearly(
    chromium: Browser, office: StaffOffice
) -> None:
    office.issue()
    serving = served(office)
    url = serving.__enter__()
    with console(chromium, office, url) as page:
        expect(page.locator("#waiting-rows")).to_contain_text("A001")
        serving.__exit__(None, None, None)
        expect(page.locator("#stale")).to_be_visible()
        reply = page.evaluate("window.motcua.post('/do/next', {counter: 'quay-3'}, 500)")
        assert reply["ok"] is False and reply["code"] == "no_answer"
        assert "chưa rõ" in reply["words"]["vi"] and reply["words"]["en"]
    assert office.now.counters[THREE].ticket is None


def test_an_answer_that_is_lost_is_asked_for_again_and_the_act_done_once(
    chromium: Browser, office: StaffOffice
) -> None:
    for _ in range(3):
        office.issue()
    with served(office) as url, console(chromium, office, url) as page:
        lost: list[str | None] = []

        def lose_the_first_answer(route: Route) -> None:
            answer = route.fetch()
            if not lost:
                lost.append(route.request.post_data)
                route.abort()
            else:
                lost.append(route.request.post_data)
                route.fulfill(response=answer)

        page.route("**/do/next", lose_the_first_answer)
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text("A001")
        until(page, lambda: len(lost) == 2)
        assert lost[0] == lost[1]
        page.unroute_all(behavior="wait")
    assert sum(t.state is TicketState.CALLED for t in office.now.tickets.values()) == 1


def test_a_session_that_ended_leads_back_to_signing_in(chromium: Browser, office: StaffOffice) -> None:
    with served(office) as url, console(chromium, office, url) as page:
        for session in list(office.accounts.sessions):
            office.accounts.sign_out(session)
        page.keyboard.press("F9")
        page.wait_for_url("**/sign-in?next=%2Fcounter")


def test_the_page_locks_after_fifteen_idle_minutes_and_the_counter_stays(
    chromium: Browser, office: StaffOffice
) -> None:
    office.sit(office.account(Role.OFFICER, "lan"), 3)
    with served(office) as url, browsing(chromium, url) as page:
        page.clock.install()
        sign_in(page, url, "lan")
        expect(page.locator("#where")).to_contain_text("Quầy 3")
        page.clock.fast_forward(890_000)
        expect(page.locator("#where")).to_be_visible()
        page.clock.fast_forward(20_000)
        page.wait_for_url("**/sign-in?locked=1*")
        expect(page.locator("main")).to_contain_text("Trang đã khoá")
    assert office.now.counters[THREE].officer is not None


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


def test_the_waiting_list_is_live_and_a_row_offers_what_can_be_done(
    chromium: Browser, office: StaffOffice
) -> None:
    with served(office) as url, console(chromium, office, url) as page:
        expect(page.locator("#waiting-rows")).to_contain_text("Chưa có ai chờ")
        office.issue(), office.issue()
        page.locator("#waiting-rows button", has_text="A002").click()
        expect(page.locator("dialog")).to_contain_text("Gọi A002 ngay, ngoài thứ tự")
        page.keyboard.press("1")
        expect(page.locator("#number")).to_have_text("A002")
        expect(page.locator("#waiting-count")).to_have_text("1 người")


def test_undo_counts_down_and_goes_away(chromium: Browser, office: StaffOffice) -> None:
    office.issue()
    with served(office) as url, console(chromium, office, url) as page:
        page.keyboard.press("Space")
        expect(page.locator("#undo")).to_contain_text("Hoàn tác gọi A001")
        expect(page.locator(".undo-left")).to_have_text("8 s")
        office.clock.advance(seconds=9)
        expect(page.locator("#undo")).to_be_hidden()
