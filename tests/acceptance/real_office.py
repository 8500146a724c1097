"""An office with a kiosk window on a real display and a network printer, and browsers that look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.acceptance.kiosk_glass import SIZE, RealWindow
from tests.acceptance.office_process import OfficeProcess, free_port, office_file, until
from tests.fakes.printer_mind import Mind
from tests.fakes.printer_twin import TcpTwin
from tests.ui.running_kiosk import a_display

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
PATIENCE_MS = 60_000
PHONE = {"width": 390, "height": 844}
HEARD = """
window.clipsStarted = 0;
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...when) {
  window.clipsStarted += 1;
  return start.apply(this, when);
};
"""


@dataclass
class Browsers:
    """One Chromium; each person has a context of their own. `asked` is every address any page asked for."""

    chromium: Browser
    asked: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def page(self, width: int = 1366, height: int = 768) -> Page:
        """A page of a person who is not signed in."""
        context: BrowserContext = self.chromium.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(HEARD)
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        return page

    def elsewhere(self) -> set[str]:
        """The hosts other than this machine that a page wanted something from."""
        hosts = {urlsplit(url).hostname for url in self.asked if url.startswith(("http", "ws"))}
        return {host for host in hosts if host and host != "127.0.0.1"}


@contextmanager
def browsers(playwright: Playwright) -> Iterator[Browsers]:
    """A real Chromium of a Playwright; a process runs only one."""
    expect.set_options(timeout=PATIENCE_MS)
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    try:
        yield Browsers(chromium)
    finally:
        chromium.close()


@dataclass(frozen=True)
class RealOffice:
    """`printer` is the kiosk's own; slips arrive in `printer.mind.slips`."""

    process: OfficeProcess
    glass: RealWindow
    printer: TcpTwin

    @property
    def base(self) -> str:
        return self.process.base


@contextmanager
def real_office(folder: Path, mind: Mind | None = None) -> Iterator[RealOffice]:
    """Open, with the kiosk's window on an Xvfb of its own."""
    http, printer = free_port(), TcpTwin(mind)
    path = office_file(folder, **{'public_url = ""': f'public_url = "http://127.0.0.1:{http}"'})
    with_printer(path, printer.port)
    try:
        with a_display(*SIZE) as display:
            process = OfficeProcess(folder, path, environment={"DISPLAY": display}, http=http)
            try:
                process.wait_open()
                yield RealOffice(process, RealWindow(display), printer)
            finally:
                process.stop()
    finally:
        printer.stop()


def with_printer(office: Path, port: int) -> None:
    """The first kiosk's printer listens at `port`."""
    text = office.read_text("utf-8")
    assert 'url = "simulated:"' in text
    office.write_text(text.replace('url = "simulated:"', f'url = "tcp://127.0.0.1:{port}"', 1), "utf-8")


def sign_in(page: Page, base: str, login: str, password: str) -> None:
    """At the sign-in page, as a person does."""
    page.goto(f"{base}/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def set_own_password(page: Page, old: str, new: str) -> None:
    """On the page to which a one-time password leads."""
    page.wait_for_url("**/password")
    page.fill("[name=old]", old)
    page.fill("[name=new]", new)
    page.fill("[name=again]", new)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/password" not in url)


def first_sign_in(office: OfficeProcess) -> tuple[str, str]:
    """The administrator's name and one-time password, from the file only its owner reads."""
    path = office.dir / "secrets" / "first-sign-in.txt"
    until(path.exists, "the one-time password")
    login, password = path.read_text().split()
    return login, password


def make_account(page: Page, base: str, login: str, name: str, role: str) -> str:
    """By the administrator signed in on `page`; the new account's one-time password."""
    page.goto(f"{base}/admin/accounts")
    form = page.locator('form[action="/admin/accounts"]')
    form.locator("[name=login]").fill(login)
    form.locator("[name=name]").fill(name)
    form.locator("[name=role]").select_option(role)
    form.locator("button").click()
    told = page.locator(".told .password")
    expect(told).not_to_be_empty()
    return told.inner_text().strip()
