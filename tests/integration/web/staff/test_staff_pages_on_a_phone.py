"""The staff's pages in a browser of any size and language: they fit it, and speak their own language."""

import pytest
from playwright.sync_api import Browser

from queue_server.domain.commands import Role
from tests.integration.web.staff.console_browser import browsing
from tests.integration.web.staff.staff_office import PASSWORD, StaffOffice, served

pytestmark = pytest.mark.slow

PAGES = (
    "/admin",
    "/admin/accounts",
    "/admin/services",
    "/admin/services/edit",
    "/admin/counters",
    "/admin/hours",
    "/admin/hours/edit",
    "/admin/notices",
    "/admin/displays",
    "/admin/devices",
    "/admin/office",
    "/admin/rights",
    "/counter",
    "/greeter",
)
HERE = """() => [...document.querySelectorAll('nav a[aria-current]')].map((one) => {
  const box = one.getBoundingClientRect();
  return box.left >= 0 && box.right <= innerWidth;
})"""


def test_every_page_fits_and_shows_where_one_is(chromium: Browser, office: StaffOffice) -> None:
    office.account(Role.ADMINISTRATOR, "quan-tri")
    office.office_file.kept = '[hours]\nweek.t2-t6 = ["07:30-11:30", "13:00-17:00"]\n'
    session = office.accounts.sign_in("quan-tri", PASSWORD, "test", office.clock.now()).session_id
    with served(office) as url, browsing(chromium, url, 390, 844) as page:
        page.context.add_cookies([{"name": "motcua", "value": session, "url": url}])
        wide, lost = {}, []
        for path in PAGES:
            page.goto(url + path)
            width = page.evaluate("() => document.documentElement.scrollWidth")
            if width > 390:
                wide[path] = width
            if not all(page.evaluate(HERE)):
                lost.append(path)
        assert (wide, lost) == ({}, [])
        page.goto(url + "/admin/services")
        names = page.locator(".service-row > div").evaluate_all("all => all.map((one) => one.offsetWidth)")
        assert names and min(names) > 150
        page.goto(url + "/admin/hours/edit")
        fields = page.locator(".hours-form .field input")
        assert min(fields.evaluate_all("all => all.map((one) => one.offsetWidth)")) > 250


@pytest.mark.parametrize(
    ("language", "empty", "malformed"),
    [
        ("vi", "Mời điền ô này.", "Chưa đúng dạng. 2 đến 32 ký tự: a-z, 0-9, dấu chấm, _ và -."),
        ("en", "Fill in this field.", "Not in the right form. 2 to 32 of a-z, 0-9, dot, _ and -."),
    ],
)
def test_a_field_says_what_it_lacks_in_the_pages_language(
    chromium: Browser, office: StaffOffice, language: str, empty: str, malformed: str
) -> None:
    office.account(Role.ADMINISTRATOR, "quan-tri")
    session = office.accounts.sign_in("quan-tri", PASSWORD, "test", office.clock.now()).session_id
    with served(office) as url, browsing(chromium, url) as page:
        page.context.add_cookies([{"name": "motcua", "value": session, "url": url}])
        page.goto(f"{url}/admin/accounts?lang={language}")
        field, create = page.locator("input[name=login]"), page.locator(".fields button")
        create.click()
        assert field.evaluate("(one) => one.validationMessage") == empty
        field.fill("Lãnh đạo")
        create.click()
        assert field.evaluate("(one) => one.validationMessage") == malformed
        field.fill("lanh.dao")
        page.locator("input[name=name]").first.fill("Nguyễn Thị Hạnh")
        create.click()
        page.locator(".password").wait_for()
