"""The console when its line, its server or its session fails: said at once, nothing done twice."""

import pytest
from playwright.sync_api import Browser, Route, expect

from queue_server.domain.commands import Role
from queue_server.domain.ticket_table import TicketState
from tests.integration.web.staff.console_browser import THREE, browsing, console, sign_in, until
from tests.integration.web.staff.relay import Relay
from tests.integration.web.staff.staff_office import StaffOffice, served

pytestmark = pytest.mark.slow


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


def test_a_connection_that_stays_silent_for_good_is_given_up_for_a_new_one(
    chromium: Browser, office: StaffOffice
) -> None:
    with served(office) as url:
        relay = Relay(int(url.rsplit(":", 1)[1]))
        try:
            with console(chromium, office, f"http://127.0.0.1:{relay.port}", clock=True) as page:
                relay.freeze()
                before = relay.taken
                page.clock.run_for(9_000)
                until(page, lambda: relay.taken > before)
                page.clock.resume()
                relay.forget()
                expect(page.locator("#stale")).to_be_hidden(timeout=60_000)
                office.issue()
                expect(page.locator("#waiting-rows")).to_contain_text("A001")
        finally:
            relay.close()


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


def test_an_act_pressed_again_after_its_answer_never_came_is_done_once(
    chromium: Browser, office: StaffOffice
) -> None:
    issue = "window.motcua.post('/do/issue', {counter: 'quay-3', service: 'chung-thuc'}, 300)"
    with served(office) as url, console(chromium, office, url) as page:

        def lose_every_answer(route: Route) -> None:
            route.fetch()
            route.abort()

        page.route("**/do/issue", lose_every_answer)
        assert page.evaluate(issue)["code"] == "no_answer"
        page.unroute_all(behavior="wait")
        assert [page.evaluate(issue)["number"] for _ in range(2)] == ["A001", "A002"]
    assert len(office.now.tickets) == 2


def test_a_press_that_needs_what_does_not_come_says_so(chromium: Browser, office: StaffOffice) -> None:
    with served(office) as url, console(chromium, office, url) as page:
        page.route("**/counter/options", lambda route: route.abort())
        page.keyboard.press("m")
        expect(page.locator("#refusal")).to_contain_text("chưa có gì được ghi")
        page.unroute_all(behavior="wait")
        page.keyboard.press("m")
        expect(page.locator("#dialog-title")).to_have_text("Việc khác ở quầy")
    office.account(Role.GREETER, "mai")
    with served(office) as url, browsing(chromium, url) as page:
        sign_in(page, url, "mai")
        page.route("**/greeter/ticket*", lambda route: route.abort())
        page.fill("#look input[name=number]", "A001")
        page.keyboard.press("Enter")
        expect(page.locator("#card")).to_contain_text("chưa có gì được ghi")
        page.unroute_all(behavior="wait")


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
