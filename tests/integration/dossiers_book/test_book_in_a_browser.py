"""The book in a real Chromium: from the served ticket into the book, by keyboard, pressed once."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.dossier_book import NAME
from playwright.sync_api import Browser, Page, expect

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Role
from tests.integration.dossiers_book.book_office import BookOffice
from tests.integration.web.staff.console_browser import browsing, sign_in
from tests.integration.web.staff.staff_office import served

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("MOTCUA_SHOTS", "")
"""A folder for pictures, for whoever wants to look."""


def fits(page: Page) -> None:
    """Nothing runs out of the page sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px too wide"


def shot(page: Page, name: str) -> None:
    fits(page)
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BookOffice]:
    made = BookOffice(tmp_path)
    yield made
    made.close()


def serving(office: BookOffice) -> None:
    """Officer Lan serves a citizen of civil status."""
    lan = office.account(Role.OFFICER, "lan")
    by, config = Actor(Role.OFFICER, lan.id, "test"), office.now.config
    assert config is not None
    counter = next(one.id for one in config.counters if "ho-tich" in one.services)
    office.do(c.SignOn, by, counter=counter, officer=lan.id)
    office.do(c.OpenCounter, by, counter=counter)
    office.issue("ho-tich")
    office.do(c.CallNext, by, counter=counter)
    office.do(c.StartService, by, counter=counter)


def typed(page: Page, *keys: str) -> None:
    """Text typed, or a key pressed: `<Tab>`."""
    for key in keys:
        if key.startswith("<"):
            page.keyboard.press(key.strip("<>"))
        else:
            page.keyboard.type(key)


def test_from_the_served_ticket_to_the_book_by_keyboard_alone(office: BookOffice, chromium: Browser) -> None:
    serving(office)
    with served(office) as url, browsing(chromium, url, 1440, 900) as page:
        sign_in(page, url, "lan")
        button = page.get_by_role("button", name="Tiếp nhận hồ sơ")
        expect(button).to_be_visible()
        shot(page, "console")
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/dossiers/new?ticket=*")
        expect(page.locator("#procedure")).to_be_focused()
        typed(page, "tinh trang hon nhan")
        expect(page.locator("#procedure-found li")).to_have_count(1)
        shot(page, "typeahead")
        typed(page, "<Enter>")
        expect(page.locator("#procedure")).to_have_value(re.compile("^1.004873 · "))
        expect(page.locator("#due-text")).to_contain_text("17:00 25/11/2026")
        expect(page.locator('[name="paper_name"]').first).to_have_value("Tờ khai")
        page.locator('[name="name"]').focus()
        typed(page, NAME, "<Tab>", "<Tab>", "001090123456", "<Tab>", "0912345678", "<Tab>", "Thôn 3")
        shot(page, "new")
        page.locator("#save").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/dossiers/d*?done=received")
        expect(page.locator("h1")).to_have_text("H99.16-261120-0001")
        expect(page.locator(".banner.good")).to_contain_text("hai liên")
        shot(page, "received")
        assert len(office.book.latest(9)) == 1


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_a_press_that_comes_twice_is_one_dossier_and_its_life_fits_every_screen(
    office: BookOffice, chromium: Browser, width: int
) -> None:
    office.account(Role.SUPERVISOR, "binh", name="Nguyễn Văn Bình")
    height = 900 if width == 1440 else 768
    with served(office) as url, browsing(chromium, url, width, height) as page:
        sign_in(page, url, "binh")
        page.goto(url + "/dossiers/new")
        shot(page, f"new-empty-{width}")
        page.fill("#procedure", "1.001193")
        page.locator("#procedure-found li").first.click()
        page.fill('[name="name"]', NAME)
        page.fill('[name="fee"]', "8.000")
        expect(page.locator("#due-shown")).not_to_have_value("")
        page.locator("#save").dblclick()
        page.wait_for_url("**/dossiers/d*?done=received")
        page.locator("summary", has_text="Chuyển hồ sơ").wait_for()
        page.get_by_role("button", name="Ghi vào sổ").first.click()
        page.wait_for_url("**?done=moved")
        page.locator("summary", has_text="Yêu cầu bổ sung").click()
        page.fill('[name="items"]', "Bản sao Giấy chứng sinh\nẢnh 3x4")
        shot(page, f"supplement-{width}")
        page.locator("form", has=page.locator('[name="items"]')).get_by_role("button").last.click()
        expect(page.locator(".chip.gold").first).to_have_text("Chờ bổ sung")
        expect(page.get_by_role("link", name="Phiếu hướng dẫn 1/HDHS")).to_be_visible()
        shot(page, f"dossier-{width}")
        page.goto(url + "/dossiers")
        shot(page, f"list-{width}")
        page.goto(url + "/dossiers/registers/2026?field=Hộ tịch")
        shot(page, f"register-{width}")
        page.goto(url + f"/dossiers/{office.book.latest(1)[0].id}/sheet")
        shot(page, f"sheet-{width}")
        page.goto(url + f"/dossiers/{office.book.latest(1)[0].id}?lang=en")
        shot(page, f"english-{width}")
        assert len(office.book.latest(9)) == 1


def test_mistakes_are_shown_beside_the_form_with_what_was_typed(
    office: BookOffice, chromium: Browser
) -> None:
    office.account(Role.OFFICER, "lan")
    with served(office) as url, browsing(chromium, url, 1024, 768) as page:
        sign_in(page, url, "lan")
        page.goto(url + "/dossiers/new")
        page.fill("#procedure", "2.001019")
        expect(page.locator("#due-own")).to_be_visible()
        page.fill('[name="organisation"]', "Công ty TNHH Thanh Bình")
        page.fill('[name="phone"]', "12")
        page.locator("#save").click()
        expect(page.locator(".banner.bad")).to_contain_text("Chọn ngày hẹn trả")
        shot(page, "mistakes")
        expect(page.locator('[name="organisation"]')).to_have_value("Công ty TNHH Thanh Bình")
        page.fill('[name="phone"]', "0912345678")
        page.fill('[name="due_day"]', "2026-11-24")
        page.locator('[name="due_day"]').blur()
        expect(page.locator("#due-text")).to_have_text("17:00 24/11/2026")
        page.locator("#save").click()
        page.wait_for_url("**/dossiers/d*?done=received")
