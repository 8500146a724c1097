"""Starts the demo office, fills its hall through the contract, takes every screen into docs/screenshots."""

import re
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from queue_server.clock import SystemClock
from queue_server.demo_dossiers import codes
from queue_server.forms.signed_link import LinkKeys, signed_link
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.simulate.place import officer_id
from queue_server.storage.link_keys import link_keys
from tests.acceptance.kiosk_glass import (
    FIRST_SERVICE,
    HOME,
    ORDINARY,
    PRIORITY,
    SERVICES,
    TAKE_NUMBER,
    TICKET,
    Offscreen,
    Place,
    look_for,
    offscreen,
    press,
)
from tests.acceptance.office_process import COMMUNE, Asking, OfficeProcess, until
from tests.acceptance.real_office import Browsers, browsers, first_sign_in, set_own_password, sign_in
from tests.screenshots import figures
from tests.screenshots.album import FOLDER, Album
from tests.screenshots.forms import forms_on_paper

VIETNAMESE: Place = (0.14, 0.955)
ENGLISH: Place = (0.31, 0.955)
CONTRAST: Place = (0.68, 0.955)
LEFT_FREE = "q2"
"""The counter that the demo's officer takes in her browser."""
OF_THE_DEMO = "q3"
OTHERS = ("q1", "q4", "q5")
QUEUE = (
    *("ho-tich", "dat-dai", "chung-thuc", "cu-tru", "ho-tich", "chung-thuc", "dat-dai", "xay-dung", "cu-tru"),
    *("chung-thuc", "ho-tich", "chung-thuc", "bao-tro", "chung-thuc", "ho-kinh-doanh", "nhan-ket-qua"),
    *("chung-thuc", "cu-tru"),
)
PRIORITIES = {4: "cao-tuoi", 9: "mang-thai"}
"""Place in the queue → priority group."""
PASSWORD = "anh chup man hinh"
AFTERNOON = 14
"""In local time, so that a picture taken at night shows an office at work."""


class Shoot:
    """One running demo office with everything that looks at it."""

    def __init__(
        self, office: OfficeProcess, office_file: Path, ask: Asking, glass: Offscreen, people: Browsers
    ) -> None:
        self.office_file = office_file
        self.office, self.ask, self.glass, self.people = office, ask, glass, people
        self.album = Album()

    def page(self, path: str, width: int, height: int, role: str = "", scale: float = 1) -> Page:
        """A page of that size, signed in as the demo's person of a role."""
        context = self.people.chromium.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        page = context.new_page()
        page.goto(f"{self.office.base}/")
        if role:
            entered = page.evaluate(f"async () => (await fetch('/demo/enter/{role}', {{method: 'POST'}})).ok")
            assert entered, f"nobody to be {role}"
        page.goto(self.office.base + path)
        page.wait_for_load_state("load")
        return page

    def take(self, name: str, page: Page) -> None:
        """Once its fonts are there and it has stopped moving."""
        page.evaluate("() => document.fonts.ready")
        self.album.keep(name, settled(lambda: page.screenshot()))

    def kiosk(self, name: str) -> None:
        picture = settled(lambda: self.glass.picture().tobytes())
        self.album.keep(name, Image.frombytes("RGB", (1080, 1920), picture))


def settled(look: Callable[[], bytes]) -> bytes:
    """What is seen twice in a row, a quarter of a second apart; the last look when it never is."""
    pause, before = threading.Event(), look()
    for _ in range(12):
        pause.wait(0.25)
        now = look()
        if now == before:
            break
        before = now
    return before


def toggled(shoot: Shoot, place: Place) -> None:
    """Touch a button of the bar and wait until the greeting looks different."""
    before = greeting(shoot.glass.picture())

    def changed() -> bool:
        shoot.glass.touch(place)
        end = threading.Event()
        end.wait(1.5)
        return greeting(shoot.glass.picture()) != before

    until(changed, f"the kiosk answers at {place}")


def greeting(picture: Image.Image) -> bytes:
    return picture.crop((0, 200, 1080, 640)).tobytes()


def kiosk_screens(shoot: Shoot) -> None:
    look_for(shoot.glass, HOME)
    shoot.kiosk("kiosk-home")
    toggled(shoot, ENGLISH)
    shoot.kiosk("kiosk-home-en")
    toggled(shoot, VIETNAMESE)
    toggled(shoot, CONTRAST)
    shoot.kiosk("kiosk-contrast")
    toggled(shoot, CONTRAST)
    press(shoot.glass, HOME, TAKE_NUMBER, SERVICES.on)
    shoot.kiosk("kiosk-services")
    press(shoot.glass, SERVICES, FIRST_SERVICE, PRIORITY.on)
    shoot.kiosk("kiosk-priority")
    press(shoot.glass, PRIORITY, ORDINARY, TICKET.on)
    shoot.kiosk("kiosk-ticket")
    slips = OfficeDir(shoot.office.dir).slips
    newest = until(lambda: sorted(slips.glob("*.png"), key=lambda one: one.stat().st_mtime), "a slip")[-1]
    shoot.album.keep("slip", newest.read_bytes())


def people_come(ask: Asking) -> None:
    """The hall fills; four counters are at work."""
    for counter in OTHERS:
        ask.open_counter(counter, officer_id(int(counter.removeprefix("q"))))
    for place, service in enumerate(QUEUE):
        group = PRIORITIES.get(place)
        assert ask("issue", services=[service], priority_group=group, kiosk="kiosk-1")["ok"]
    for counter in OTHERS:
        assert ask("call-next", counter=counter)["ok"]
        assert ask("start", counter=counter)["ok"]


def calls(shoot: Shoot) -> None:
    """A citizen with a phone waits, the officer takes the free counter and calls."""
    number = shoot.ask("issue", services=["ho-tich"], kiosk="kiosk-1")["issued"]
    page = number["page"].removeprefix(shoot.office.base)
    phone = shoot.page(page, 390, 844, scale=2)
    expect(phone.locator(".facts")).to_be_visible()
    shoot.take("phone", phone)
    hall = shoot.page("/display/hall/sanh", 1920, 1080)
    display = shoot.page(f"/display/counter/{LEFT_FREE}", 1024, 600)
    console = shoot.page("/counter", 1366, 768, "officer")
    console.locator(f'[data-counter="{LEFT_FREE}"]').click()
    expect(console.locator(".next-text")).to_have_text("Mở quầy")
    console.keyboard.press("F9")
    expect(console.locator(".next-text")).to_have_text("Gọi số tiếp theo")
    console.keyboard.press("Space")
    expect(console.locator("#at-counter")).to_be_visible()
    called = console.locator("#number").inner_text()
    expect(hall.locator("[data-at=number]")).to_have_text(called)
    expect(display.locator("[data-at=big]")).to_have_text(called)
    shoot.take("hall", hall)
    shoot.take("counter-display", display)
    console.keyboard.press("F3")
    expect(console.locator("#phase")).to_have_text("Đang phục vụ")
    expect(console.locator("#undo")).to_be_hidden(timeout=30_000)
    shoot.take("console", console)
    shoot.ask("end", counter="q1")
    assert shoot.ask("call-ticket", counter="q1", ticket=number["ticket"]["ticket"])["ok"]
    expect(phone.locator(".called")).to_be_visible()
    shoot.take("phone-your-turn", phone)


def staff_pages(shoot: Shoot) -> None:
    shoot.take("sign-in", shoot.page("/sign-in", 1366, 768))
    manager = shoot.page("/manager", 1440, 900, "supervisor")
    expect(manager.locator("[data-panel=mean] .hero-line b")).to_be_visible()
    expect(manager.locator("[data-panel=queue] canvas")).to_be_attached()
    shoot.take("manager", manager)
    greeter = shoot.page("/greeter", 1366, 768, "greeter")
    expect(greeter.locator("#services button").first).to_be_visible()
    shoot.ask("help", kiosk="kiosk-1")
    expect(greeter.locator("#help-rows button").first).to_be_visible()
    shoot.take("greeter", greeter)
    admin = shoot.people.page(1366, 768)
    login, one_time = first_sign_in(shoot.office)
    sign_in(admin, shoot.office.base, login, one_time)
    set_own_password(admin, one_time, PASSWORD)
    admin.goto(f"{shoot.office.base}/admin/accounts")
    shoot.take("admin", admin)


def dossier_on_the_phone(shoot: Shoot) -> None:
    """What the QR of a receipt opens; the dossier is one of the demo's."""
    office, keys = load_office(shoot.office_file), link_keys(OfficeDir(shoot.office.dir).secrets)
    today = office.hours.day_of(SystemClock().now())
    code, _ = codes(office, today)[0]
    link = signed_link(shoot.office.base, office.id, code, LinkKeys(list(keys)[-1], keys))
    phone = shoot.page(link.removeprefix(shoot.office.base), 390, 844, scale=2)
    expect(phone.locator(".chip").first).to_be_visible()
    shoot.take("phone-dossier", phone)


def whole_demo(shoot: Shoot) -> None:
    """The page that shows everything as a laptop does, with its console at work."""
    demo = shoot.page("/demo", 1440, 900)
    expect(demo.locator("[data-at=kiosk]")).to_have_attribute("data-frame", re.compile("."))
    console = demo.frame_locator('iframe[data-src="/counter"]')
    console.locator(f'[data-counter="{OF_THE_DEMO}"]').click()
    for key, words in (("F9", "Mở quầy"), ("Space", "Gọi số tiếp theo"), ("", "Bắt đầu")):
        expect(console.locator(".next-text")).to_have_text(words)
        if key:
            console.locator("body").press(key)
    called = console.locator("#number").inner_text()
    hall = demo.frame_locator('iframe[data-src^="/display/hall"]')
    expect(hall.locator("[data-at=number]")).to_have_text(called)
    expect(demo.frame_locator('iframe[data-src="/manager"]').locator("[data-panel=mean]")).to_be_visible()
    demo.evaluate("() => document.fonts.ready")
    look_for(shoot.glass, HOME)
    shoot.album.keep("demo", settled(demo.screenshot))
    demo.context.close()


def in_the_afternoon(folder: Path) -> Path:
    """The commune's office file in a zone where it is between two and three: a day well under way."""
    ahead = (AFTERNOON - SystemClock().now().hour + 9) % 24 - 9
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    file = folder / "office.toml"
    file.write_text(COMMUNE.read_text("utf-8").replace("Asia/Ho_Chi_Minh", zone), "utf-8")
    return file


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="motcua-screens-") as temporary:
        folder = Path(temporary)
        office_file = in_the_afternoon(folder)
        office = OfficeProcess(folder, office_file, "--demo", "--headless")
        try:
            office.wait_open()
            with (
                closing(Asking(office)) as ask,
                offscreen(OfficeDir(office.dir).socket("frames")) as glass,
                sync_playwright() as playwright,
                browsers(playwright) as people,
            ):
                shoot = Shoot(office, office_file, ask, glass, people)
                people_come(ask)
                kiosk_screens(shoot)
                whole_demo(shoot)
                dossier_on_the_phone(shoot)
                calls(shoot)
                staff_pages(shoot)
        finally:
            office.stop()
    figures.main()
    forms_on_paper(Album(FOLDER / "forms"))


if __name__ == "__main__":
    main()
