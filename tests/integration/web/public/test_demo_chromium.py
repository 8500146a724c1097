"""The demo page in a real Chromium: the kiosk's pixels are shown and touched, slips and pages appear."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from queue_server.domain.commands import Role
from queue_server.web.demo.ports import DemoOfficer
from queue_server.web.demo.router import demo_router
from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow

RED, GREEN = (200, 0, 0), (0, 150, 0)
MIDDLE = """() => {
  const glass = document.querySelector("[data-at=kiosk]");
  return [...glass.getContext("2d").getImageData(glass.width / 2, glass.height / 2, 1, 1).data].slice(0, 3);
}"""


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (108, 192)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


class Kiosk:
    """A glass that is red until it is touched."""

    def __init__(self) -> None:
        self.touches: list[tuple[float, float]] = []

    def latest(self) -> bytes | None:
        return picture(GREEN if self.touches else RED)

    def touch(self, x: float, y: float) -> None:
        self.touches.append((x, y))


@pytest.fixture
def kiosk() -> Kiosk:
    return Kiosk()


@pytest.fixture
def demo(chromium: Browser, serve: Serve, office: SampleOffice, kiosk: Kiosk) -> Iterator[Page]:
    office.deps = replace(office.deps, demo=True)
    session = office.sign_in(Role.SUPERVISOR)
    office.accounts.sign_in = lambda *_: office.accounts.sessions[session]  # type: ignore[attr-defined]
    server = serve(office, demo_router(kiosk, {"supervisor": DemoOfficer("demo.binh", "secret")}))
    context = chromium.new_context(viewport={"width": 1600, "height": 1000}, base_url=server.url)
    page = context.new_page()
    page.goto("/demo")
    yield page
    context.close()


def test_a_touch_on_the_picture_is_a_touch_on_the_kiosk(demo: Page, kiosk: Kiosk) -> None:
    demo.wait_for_selector("canvas[data-frame]")
    assert demo.evaluate(MIDDLE) == list(RED)
    box = demo.locator("canvas").bounding_box()
    assert box is not None
    demo.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    demo.wait_for_function(f"() => ({MIDDLE})().join() === '{GREEN[0]},{GREEN[1]},{GREEN[2]}'")
    ((x, y),) = kiosk.touches
    assert (x, y) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.75, abs=0.01))


def test_a_slip_appears_as_it_prints(demo: Page, office: SampleOffice) -> None:
    demo.wait_for_selector("text=Chưa in phiếu nào.")
    slips = Path(office.deps.office_dir) / "slips"
    slips.mkdir()
    (slips / "A001.png").write_bytes(picture(RED, (576, 300)))
    demo.wait_for_function("() => document.querySelector('[data-at=slips] img')?.naturalWidth === 576")


def test_the_pages_are_live_inside_and_the_officer_is_signed_in(demo: Page, office: SampleOffice) -> None:
    demo.frame_locator("iframe[data-src='/manager']").locator("text=Dự báo cho 0 người").wait_for()
    hall = demo.frame_locator("iframe[data-src='/display/hall/sanh']")
    hall.locator("text=Chưa gọi số nào").wait_for()
    office.engine.open(2)
    office.engine.issue()
    demo.frame_locator("iframe[data-src='/manager']").locator("text=Dự báo cho 1 người").wait_for()
    office.engine.call(2)
    hall.locator("[data-at=number]:text-is('A001')").wait_for()
