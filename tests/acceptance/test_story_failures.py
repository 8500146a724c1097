"""What goes wrong in a real office: the paper ends, the server is gone while an officer works."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.acceptance.kiosk_glass import (
    FIRST_SERVICE,
    HOME,
    ORDINARY,
    PRINTER_FAILED,
    PRIORITY,
    SERVICES,
    TAKE_NUMBER,
    TICKET,
    TRY_AGAIN,
    press,
)
from tests.acceptance.office_process import Asking, OfficeProcess, journal, running_office, until, verified
from tests.acceptance.reading import code_on, number_on_kiosk, number_on_slip, slip_of
from tests.acceptance.real_office import (
    PHONE,
    Browsers,
    browsers,
    first_sign_in,
    make_account,
    real_office,
    set_own_password,
    sign_in,
)
from tests.fakes.printer_mind import Mind
from tests.integration.web.staff.relay import Relay

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NUMBERS = [f"A{n:03}" for n in range(1, 10)]
OWN = "mot buoi sang dep troi"


@pytest.fixture(scope="module")
def people(playwright: Playwright) -> Iterator[Browsers]:
    with browsers(playwright) as made:
        yield made


def slips(office: OfficeProcess) -> list[dict[str, Any]]:
    """What the journal says of slips, in order."""
    return [event["data"] for event in journal(office) if event["type"] == "slip.outcome"]


def test_a_citizen_keeps_the_number_when_the_paper_has_run_out(tmp_path: Path, people: Browsers) -> None:
    with real_office(tmp_path, Mind(how="paper_out")) as office:
        press(office.glass, HOME, TAKE_NUMBER, SERVICES.on)
        press(office.glass, SERVICES, FIRST_SERVICE, PRIORITY.on)
        shown = press(office.glass, PRIORITY, ORDINARY, PRINTER_FAILED.on)
        assert number_on_kiosk(shown, NUMBERS) == "A001"
        assert office.printer.mind.slips == []

        phone = people.page(**PHONE)
        phone.goto(code_on(shown))
        expect(phone.locator(".number")).to_have_text("A001")
        expect(phone.locator(".facts")).to_contain_text("0 người")

        [failed] = until(lambda: slips(office.process), "the failed slip is in the journal")
        assert (failed["outcome"], failed["reason"]) == ("failed", "paper_out")
        faults = [e["data"] for e in journal(office.process) if e["type"] == "fault.reported"]
        assert [fault["fault"] for fault in faults] == ["printer_paper_out"]

        office.printer.mind.how = "well"
        again = press(office.glass, PRINTER_FAILED, TRY_AGAIN, TICKET.on)
        assert number_on_kiosk(again, NUMBERS) == "A001"
        until(office.printer.mind.cut.is_set, "the slip is cut")
        [data] = office.printer.mind.slips
        assert number_on_slip(slip_of(data), NUMBERS) == "A001"
        outcomes = until(lambda: found if len(found := slips(office.process)) == 2 else None, "two outcomes")
        assert [one["outcome"] for one in outcomes] == ["failed", "printed"]
        assert len({one["job"] for one in outcomes}) == 2
        issued = [e for e in journal(office.process) if e["type"] == "ticket.issued"]
        assert len(issued) == 1
        assert verified(office.process)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    with running_office(tmp_path_factory.mktemp("console")) as made:
        yield made


@pytest.fixture(scope="module")
def one_time(office: OfficeProcess, people: Browsers) -> dict[str, str]:
    """Two officers' names and the passwords the administrator hands them."""
    page = people.page()
    login, given = first_sign_in(office)
    sign_in(page, office.base, login, given)
    set_own_password(page, given, OWN)
    names = {"lan": "Trần Thị Lan", "minh": "Lê Văn Minh"}
    return {who: make_account(page, office.base, who, name, "officer") for who, name in names.items()}


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """A process that does not run for a while: the supervisor starts nobody again."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def open_console(page: Page, base: str, who: str, one_time: str, counter: str) -> Page:
    """An officer at a counter, open, with somebody to call."""
    sign_in(page, base, who, one_time)
    set_own_password(page, one_time, f"{OWN} {who}")
    page.goto(f"{base}/counter")
    page.locator(f'[data-counter="{counter}"]').click()
    expect(page.locator(".next-text")).to_have_text("Mở quầy")
    page.keyboard.press("F9")
    expect(page.locator(".next-text")).to_have_text("Gọi số tiếp theo")
    return page


def calls(office: OfficeProcess) -> list[str]:
    """The tickets that were called, in order."""
    return [event["data"]["ticket"] for event in journal(office) if event["type"] == "ticket.called"]


def take_numbers(office: OfficeProcess, count: int) -> list[str]:
    with closing(Asking(office)) as ask:
        replies = [ask("issue", services=["chung-thuc"]) for _ in range(count)]
    return [reply["issued"]["ticket"]["number"] for reply in replies]


def test_a_console_without_its_server_says_so_and_a_press_is_never_done_twice(
    office: OfficeProcess, people: Browsers, one_time: dict[str, str]
) -> None:
    """kill -9 of the server while the supervisor is held: nobody answers at that address."""
    first, *_, last = take_numbers(office, 3)
    before = len(calls(office))
    console = open_console(people.page(), office.base, "lan", one_time["lan"], "q2")
    expect(console.locator("#waiting-rows")).to_contain_text(last)
    with stopped(office.process.pid):
        office.kill_server()
        expect(console.locator("#stale")).to_be_visible()
        expect(console.locator("#waiting-rows")).to_contain_text(last)
        console.keyboard.press("Space")
        expect(console.locator("body.is-busy, #refusal:visible").first).to_be_visible()
    until(office.healthy, "the server is back")
    expect(console.locator("#stale")).to_be_hidden()
    until(lambda: called(console) or refused(console), "the press ended in a call or in a sentence")
    assert len(calls(office)) - before == (1 if called(console) else 0)
    if not called(console):
        console.keyboard.press("Space")
        expect(console.locator("#number")).to_have_text(first)
    assert len(calls(office)) == before + 1
    assert verified(office)


def called(console: Page) -> bool:
    return console.locator("#number").is_visible()


def refused(console: Page) -> bool:
    """A sentence stands under the buttons, and no answer is awaited any more."""
    said = console.locator("#refusal")
    return said.is_visible() and bool(said.inner_text().strip()) and not console.locator(".is-busy").count()


def test_a_press_on_a_silent_line_is_done_once_when_the_line_speaks_again(
    office: OfficeProcess, people: Browsers, one_time: dict[str, str]
) -> None:
    """A pulled cable: nothing is closed, nothing passes; then the cable is back."""
    *_, last = take_numbers(office, 3)
    before = len(calls(office))
    relay = Relay(office.http)
    try:
        base = f"http://127.0.0.1:{relay.port}"
        console = open_console(people.page(), base, "minh", one_time["minh"], "q3")
        expect(console.locator("#waiting-rows")).to_contain_text(last)
        relay.freeze()
        expect(console.locator("#stale")).to_be_visible()
        expect(console.locator("#stale")).to_contain_text("cách đây")
        expect(console.locator("#waiting-rows")).to_contain_text(last)
        console.keyboard.press("Space")
        console.keyboard.press("Space")
        relay.thaw()
        expect(console.locator("#stale")).to_be_hidden()
        expect(console.locator("#number")).to_be_visible()
    finally:
        relay.close()
    assert len(calls(office)) == before + 1
