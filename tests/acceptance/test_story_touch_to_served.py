"""The main story: from a touch to a served citizen and a measured wait, every program and pixel real."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, Playwright, expect

from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.history import History
from queue_server.waits.figures import Figures
from queue_server.waits.measure import VisitBook
from queue_server.waits.tally import figures
from queue_server.web.hall.format import minutes
from tests.acceptance.kiosk_glass import (
    DONE,
    FIRST_SERVICE,
    HOME,
    ORDINARY,
    PRIORITY,
    SERVICES,
    TAKE_NUMBER,
    TICKET,
    press,
)
from tests.acceptance.office_process import OfficeProcess, journal, until, verified
from tests.acceptance.reading import Slip, code_on, number_on_kiosk, number_on_slip, slip_of
from tests.acceptance.real_office import (
    PHONE,
    Browsers,
    RealOffice,
    browsers,
    first_sign_in,
    make_account,
    real_office,
    set_own_password,
    sign_in,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NUMBERS = [f"{letter}{n:03}" for letter in "ABCDEGHK" for n in range(1, 10)]
OWN = "mot buoi sang dep troi"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RealOffice]:
    with real_office(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def people(playwright: Playwright) -> Iterator[Browsers]:
    with browsers(playwright) as made:
        yield made


def test_from_a_touch_to_a_served_citizen(office: RealOffice, people: Browsers) -> None:
    slip = a_citizen_touches_their_way_to_a_slip(office)
    phone = the_phone_opens_the_code_of_the_slip(office, people, slip)
    one_time = an_administrator_makes_an_account(office, people)
    hall = the_hall_display_hangs_there(office, people)
    console = an_officer_signs_in_and_opens_counter_2(office, people, one_time)

    console.keyboard.press("Space")
    the_hall_shows_and_says(hall, "A001", "2")
    expect(phone.locator("main")).to_contain_text("Đến lượt")
    expect(phone.locator(".counter")).to_contain_text("Quầy 2")
    serve(console)
    expect(phone.locator("main")).not_to_contain_text("Đến lượt")

    the_managers_page_says_what_the_journal_says(office, people)
    assert verified(office.process)
    assert people.elsewhere() == set()
    assert people.troubles == []


def a_citizen_touches_their_way_to_a_slip(office: RealOffice) -> Slip:
    """Real touches on a real window; the bytes that reached the printer, read by somebody else's parser."""
    press(office.glass, HOME, TAKE_NUMBER, SERVICES.on)
    press(office.glass, SERVICES, FIRST_SERVICE, PRIORITY.on)
    shown = press(office.glass, PRIORITY, ORDINARY, TICKET.on)
    until(office.printer.mind.cut.is_set, "the slip is cut")
    [data] = office.printer.mind.slips
    slip = slip_of(data)
    assert number_on_kiosk(shown, NUMBERS) == number_on_slip(slip, NUMBERS) == "A001"
    assert code_on(shown) == slip.page
    press(office.glass, TICKET, DONE, HOME.on)
    [outcome] = until(lambda: events(office, "slip.outcome"), "the slip's outcome is in the journal")
    assert outcome["data"]["outcome"] == "printed"
    return slip


def the_phone_opens_the_code_of_the_slip(office: RealOffice, people: Browsers, slip: Slip) -> Page:
    assert slip.page.startswith(f"{office.base}/t/")
    phone = people.page(**PHONE)
    phone.goto(slip.page)
    expect(phone.locator(".number")).to_have_text("A001")
    return phone


def an_administrator_makes_an_account(office: RealOffice, people: Browsers) -> str:
    """Signed in with the one-time password, which opens nothing until it is changed."""
    admin = people.page()
    login, one_time = first_sign_in(office.process)
    sign_in(admin, office.base, login, one_time)
    admin.goto(f"{office.base}/admin/accounts")
    set_own_password(admin, one_time, OWN)
    given = make_account(admin, office.base, "lan", "Trần Thị Lan", "officer")
    admin.context.close()
    return given


def the_hall_display_hangs_there(office: RealOffice, people: Browsers) -> Page:
    hall = people.page(1920, 1080)
    hall.goto(f"{office.base}/display/hall/sanh")
    expect(hall.locator("[data-at=number]")).to_have_text("Mời lấy số ở kiosk")
    return hall


def an_officer_signs_in_and_opens_counter_2(office: RealOffice, people: Browsers, one_time: str) -> Page:
    console = people.page()
    sign_in(console, office.base, "lan", one_time)
    set_own_password(console, one_time, OWN + " lan")
    console.goto(f"{office.base}/counter")
    console.locator('[data-counter="q2"]').click()
    expect(console.locator(".next-text")).to_have_text("Mở quầy")
    console.keyboard.press("F9")
    expect(console.locator(".next-text")).to_have_text("Gọi số tiếp theo")
    return console


def the_hall_shows_and_says(hall: Page, number: str, counter: str) -> None:
    """Number and counter in the big block; chime, digits and counter started on the audio clock."""
    expect(hall.locator("[data-at=number]")).to_have_text(number)
    expect(hall.locator("[data-at=counter]")).to_have_text(counter)
    hall.wait_for_function("() => window.clipsStarted >= 6")
    fetched = hall.evaluate(
        "() => performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
        ".filter((path) => path.startsWith('/static/sounds/'))"
    )
    assert any("/vi/" in path for path in fetched) and len(fetched) >= 5, fetched


def serve(console: Page) -> None:
    expect(console.locator("#number")).to_have_text("A001")
    console.keyboard.press("F3")
    expect(console.locator("#phase")).to_have_text("Đang phục vụ")
    console.keyboard.press("F4")
    expect(console.locator("#nobody")).to_be_visible()


def the_managers_page_says_what_the_journal_says(office: RealOffice, people: Browsers) -> None:
    """n is 1, and the mean is the wait that anybody computes from the exported journal, to the second."""
    waited = wait_by_hand(journal(office.process), "A001")
    figure = figures_of(office.process)
    assert figure.n == 1
    assert figure.mean_s == pytest.approx(waited.total_seconds(), abs=0.5)
    manager = people.page(1440, 900)
    login, _ = first_sign_in(office.process)
    sign_in(manager, office.base, login, OWN)
    manager.goto(f"{office.base}/manager")
    mean = manager.locator("[data-panel=mean]")
    expect(mean.locator(".hero-line b")).to_have_text(minutes(figure.mean_s, "vi"))
    expect(mean).to_contain_text(re.compile(r"\b1 lượt"))


def wait_by_hand(events: list[dict[str, Any]], number: str) -> timedelta:
    """First call minus issue, by the definition and nothing of ours."""
    [issued] = [e for e in events if e["type"] == "ticket.issued" and e["data"]["number"] == number]
    ticket = issued["data"]["ticket"]
    called = next(e for e in events if e["type"] == "ticket.called" and e["data"]["ticket"] == ticket)
    return datetime.fromisoformat(called["at"]) - datetime.fromisoformat(issued["data"]["issued_at"])


def figures_of(office: OfficeProcess) -> Figures:
    """What the module of definitions makes of the running office's journal."""
    book = VisitBook()
    with closing(Database(sqlite_url(office.dir))) as database:
        for recorded in History(database).between(1):
            book.hear(recorded)
    return figures(book.all(), [20.0, 15.0], np.random.default_rng(1))


def events(office: RealOffice, type_: str) -> list[dict[str, Any]]:
    return [event for event in journal(office.process) if event["type"] == type_]
