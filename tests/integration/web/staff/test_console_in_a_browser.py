"""A day at the console in a real browser: keyboard, dialogs, two clerks at once."""

import re
from threading import Barrier, Thread

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId
from queue_server.domain.ticket_table import TicketState
from tests.integration.web.staff.console_browser import THREE, browsing, console, sign_in
from tests.integration.web.staff.staff_office import StaffOffice, served

pytestmark = pytest.mark.slow


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
        expect(page.locator('button[data-counter="quay-3"]')).to_be_enabled()
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
        expect(page.locator("#refusal")).to_have_text("Mời bấm Bắt đầu (F3) trước.")


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
