"""After an outage the officer marks who was called aloud; nobody can shorten a mean with it."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain import commands as c
from queue_server.domain.commands import SYSTEM, Role
from queue_server.domain.ids import CounterId
from queue_server.domain.ticket_table import TicketState
from tests.integration.web.staff.console_browser import console
from tests.integration.web.staff.staff_office import StaffOffice, served

pytestmark = pytest.mark.slow


def test_a_number_called_aloud_in_an_outage_is_marked_on_the_console(
    chromium: Browser, office: StaffOffice, tmp_path: Path
) -> None:
    waited = office.issue()
    office.do(c.StartEngine, by=SYSTEM, boot_id="after-the-outage")
    with served(office) as url, console(chromium, office, url) as page:
        expect(page.locator("#outage-hint")).to_contain_text("Vừa có lúc mất kết nối")
        page.screenshot(path=str(tmp_path / "outage.png"))
        page.locator("#waiting-rows button", has_text="A001").click()
        page.locator("dialog button", has_text="Đã phục vụ khi mất kết nối").click()
        expect(page.locator("dialog")).to_contain_text("Không tính thời gian chờ của số này")
        page.locator("dialog button", has_text="Đúng, đã phục vụ").click()
        expect(page.locator("#refusal")).to_contain_text("A001: đã ghi là phục vụ khi mất kết nối")
        expect(page.locator("#waiting-rows")).to_contain_text("Chưa có ai chờ")
        expect(page.locator("#outage-hint")).to_be_hidden()
    assert office.now.tickets[waited].state is TicketState.SERVED


def test_a_number_that_waited_in_no_outage_is_not_offered_it_and_refused(
    chromium: Browser, office: StaffOffice
) -> None:
    with served(office) as url, console(chromium, office, url) as page:
        office.clock.advance(seconds=60)
        waiting = office.issue()
        page.locator("#waiting-rows button", has_text="A001").click()
        expect(page.locator("dialog")).to_contain_text("Huỷ số")
        expect(page.locator("dialog")).not_to_contain_text("mất kết nối")
        reply = page.evaluate(
            "t => window.motcua.post('/do/served-in-outage', {counter: 'quay-3', ticket: t})", waiting
        )
        assert (reply["ok"], reply["code"]) == (False, "no_outage")
    assert office.now.tickets[waiting].state is TicketState.WAITING


def test_the_hint_goes_after_half_an_hour(office: StaffOffice) -> None:
    from queue_server.web.counter.waiting import outage_hint, waiting_for

    office.sit(office.account(Role.OFFICER, "lan"), 3)
    office.issue()
    office.do(c.StartEngine, by=SYSTEM, boot_id="after-the-outage")
    waiting = waiting_for(office.now, office.now.counters[CounterId("quay-3")], office.clock.now())
    assert "outage" in outage_hint(office.now, waiting, office.clock.now(), "en")
    late = office.clock.now() + timedelta(minutes=31)
    assert outage_hint(office.now, waiting, late, "en") == ""
