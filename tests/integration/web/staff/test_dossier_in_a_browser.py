"""The dossier on the console in a real Chromium: there when the ticket is called, worked by keys."""

from pathlib import Path

import pytest
from fakes.dossiers import CODE, NAME, dossier
from playwright.sync_api import Browser, Page, expect

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Role
from queue_server.domain.ids import CounterId
from queue_server.dossiers.dossier import Status
from queue_server.dossiers.notices import GUESSING, LOCKED
from tests.integration.web.lost_answers import lose_the_first
from tests.integration.web.staff.console_browser import browsing, sign_in
from tests.integration.web.staff.dossier_office import BEHIND, WithDossiers
from tests.integration.web.staff.staff_office import StaffOffice, served

pytestmark = pytest.mark.slow
OTHER = "H99.16-261118-0005"


@pytest.fixture
def dossiers(office: StaffOffice) -> WithDossiers:
    made = WithDossiers(office, dossier(**BEHIND), dossier(code=OTHER, status=Status.RESULT_READY))
    office.sit(made.account, 3)
    return made


def overflowing(page: Page) -> list[str]:
    """What stands out of the panel or of its own box, in the console's panel and line."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#dossier, #dossier *, #dossier-line *")]
        .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
        .map((e) => e.outerHTML.slice(0, 120))"""
    )


def test_a_dossier_that_did_not_come_with_the_call_comes_a_moment_later(
    chromium: Browser, office: StaffOffice, dossiers: WithDossiers
) -> None:
    dossiers.tickets.codes[office.issue()] = CODE
    with served(office) as url, browsing(chromium, url) as page:
        sign_in(page, url, "lan")
        expect(page.locator(".next-text")).to_have_text("Gọi số tiếp theo")
        lost = lose_the_first(page, "**/counter/*/dossier")
        page.keyboard.press("Space")
        expect(page.locator("#dossier-code")).to_have_text(CODE, timeout=30_000)
        page.unroute_all(behavior="wait")
    assert lost


def test_the_dossier_appears_with_the_call_and_is_worked_by_keys(
    chromium: Browser, office: StaffOffice, dossiers: WithDossiers, tmp_path: Path
) -> None:
    about, plain = office.issue(), office.issue()
    dossiers.tickets.codes[about] = CODE
    for _ in range(3):
        dossiers.tries.count(CODE, office.clock.now())
    for _ in range(4):
        office.issue()
    with served(office) as url, browsing(chromium, url) as page:
        sign_in(page, url, "lan")
        expect(page.locator(".next-text")).to_have_text("Gọi số tiếp theo")
        expect(page.locator("#dossier")).to_be_hidden()
        page.keyboard.press("Space")
        panel = page.locator("#dossier")
        expect(panel).to_contain_text("Yêu cầu bổ sung giấy tờ")
        expect(panel).to_contain_text("Bản sao Giấy khai sinh của con")
        expect(panel).to_contain_text("N**** T** H**** G****")
        expect(panel).to_contain_text("500.000 đ")
        expect(page.locator("#dossier-code")).to_have_text(CODE)
        assert overflowing(page) == []
        page.screenshot(path=tmp_path / "dossier.png")
        page.keyboard.press("u")
        expect(panel).not_to_contain_text("Đã khoá")
        page.keyboard.press("n")
        expect(panel).to_contain_text(NAME)
        page.screenshot(path=tmp_path / "dossier-name.png")
        page.keyboard.press("F7")
        expect(page.locator("#dialog-title")).to_have_text("Hồ sơ của số A001")
        page.keyboard.type(OTHER.lower())
        page.screenshot(path=tmp_path / "dossier-ask.png")
        page.keyboard.press("Enter")
        expect(page.locator("#dossier-code")).to_have_text(OTHER)
        expect(panel).to_contain_text("Đã có kết quả")
        expect(panel).not_to_contain_text(NAME)
        page.keyboard.press("F3")
        expect(page.locator("#phase")).to_have_text("Đang phục vụ")
        page.keyboard.press("Space")
        expect(page.locator("#number")).to_have_text(office.now.tickets[plain].number)
        expect(panel).to_be_hidden()
        expect(page.locator("#dossier-code")).to_have_text("chưa có")
        page.screenshot(path=tmp_path / "without.png")
    assert [one.act for one in dossiers.tickets.openings] == ["unlock", "name", "lookup"]


def test_a_dossier_that_changes_is_seen_without_a_reload(
    chromium: Browser, office: StaffOffice, dossiers: WithDossiers
) -> None:
    about = office.issue()
    with served(office) as url, browsing(chromium, url) as page:
        sign_in(page, url, "lan")
        expect(page.get_by_text("A001").first).to_be_visible()  # the queue is there
        page.keyboard.press("Space")
        expect(page.locator("#dossier-code")).to_have_text("chưa có")
        dossiers.tickets.codes[about] = OTHER
        dossiers.desk.changed()
        office.issue()
        expect(page.locator("#dossier")).to_contain_text("Đã có kết quả")


def test_nothing_is_clipped_on_any_screen(
    chromium: Browser, office: StaffOffice, dossiers: WithDossiers, tmp_path: Path
) -> None:
    dossiers.tickets.codes[office.issue()] = CODE
    for _ in range(3):
        dossiers.tries.count(CODE, office.clock.now())
    by = Actor(Role.OFFICER, dossiers.account.id, "test")
    office.do(c.CallNext, by, counter=CounterId("quay-3"))
    with served(office) as url, browsing(chromium, url) as page:
        sign_in(page, url, "lan", "en")
        for width, height in ((1920, 1080), (1280, 720), (820, 1180), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.reload()
            panel = page.locator("#dossier")
            expect(panel).to_contain_text("To be supplied")
            expect(panel).to_contain_text("Show name")
            assert overflowing(page) == []
            page.screenshot(path=tmp_path / f"dossier-{width}.png", full_page=True)


def test_guessing_is_told_on_the_console_until_it_is_read_and_at_the_reception_desk(
    chromium: Browser, office: StaffOffice, dossiers: WithDossiers, tmp_path: Path
) -> None:
    dossiers.desk.notices.add(GUESSING, "kiosk-1", office.clock.now())
    with served(office) as url, browsing(chromium, url) as page:
        sign_in(page, url, "lan")
        notice = page.locator("#notice")
        expect(notice).to_contain_text("có người dò mã hồ sơ")
        page.screenshot(path=tmp_path / "notice.png")
        notice.locator("button").click()
        expect(notice).to_be_hidden()
        dossiers.desk.notices.add(LOCKED, "kiosk-1", office.clock.now())
        office.issue()
        expect(notice).to_contain_text("bị khoá vì nhập sai ba lần")
        page.goto(url + "/greeter")
        expect(page.locator("#stranded")).to_contain_text("có người dò mã hồ sơ")
        expect(page.locator("#stranded")).to_contain_text("bị khoá")
        page.screenshot(path=tmp_path / "greeter.png")
