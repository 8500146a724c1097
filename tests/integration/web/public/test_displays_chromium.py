"""The displays in a real Chromium: they fill the panel, tell when they are old, and pair by code."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, TimeoutError

from queue_server.domain import commands as c
from queue_server.domain.ids import OfficerId, PriorityGroupId, ServiceId
from queue_server.domain.office_services import NumberShape
from queue_server.domain.words import Words
from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_config import NOW, sample_config
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow

SPILLS = """() => [...document.querySelectorAll("h1,h2,p,b,span,small,time,li")]
  .filter((one) => one.checkVisibility() && one.textContent.trim())
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 || (() => {
    const box = one.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1;
  })())
  .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture
def tv(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    yield page
    page.close()


def shows(tv: Page, name: str, words: str) -> None:
    """Wait until a part of the display says exactly this."""
    tv.wait_for_function(
        "([name, words]) => document.querySelector(`[data-at=${name}]`).innerText.trim() === words",
        arg=[name, words],
    )


def nothing_spills(tv: Page) -> None:
    """No text is wider than its box or outside the panel, once the fonts are there."""
    tv.evaluate("() => document.fonts.ready")
    try:
        tv.wait_for_function(f"() => ({SPILLS})().length === 0", timeout=30_000)
    except TimeoutError:
        assert tv.evaluate(SPILLS) == []


def busy(office: SampleOffice) -> None:
    office.engine.open(1, 2, 3, 4, 5)
    for service in ("chung-thuc", "ho-tich", "cu-tru", "dat-dai", "ket-qua"):
        office.engine.issue(service)
    for number in (1, 2, 4, 5):
        office.engine.call(number)
        office.clock.pass_(minutes=1)
        office.engine.at_counter(c.StartService, number)
    office.engine.call(3)
    office.engine.do(
        c.CloseService,
        service=ServiceId("xay-dung"),
        reason=Words("Công chức đi thực địa"),
        until=NOW + timedelta(hours=4),
    )


def test_the_hall_shows_who_is_called_and_who_was(tv: Page, serve: Serve, office: SampleOffice) -> None:
    busy(office)
    tv.goto(f"{serve(office).url}/display/hall/sanh")
    shows(tv, "number", "K001")
    shows(tv, "counter", "3")
    shows(tv, "calling", "Mời công dân có số")
    shows(tv, "clock", "09:46")
    shows(tv, "date", "Thứ Sáu, 20/11/2026")
    assert tv.locator("[data-at=recent] li").count() == 4
    assert tv.evaluate("() => document.body.classList.contains('calling')")


def test_once_the_citizen_has_come_nothing_is_red(
    tv: Page, serve: Serve, office: SampleOffice, recordings: None
) -> None:
    busy(office)
    tv.goto(f"{serve(office).url}/display/hall/sanh")
    shows(tv, "calling", "Mời công dân có số")
    office.clock.pass_(seconds=40)
    office.engine.at_counter(c.StartService, 3)
    tv.wait_for_function("() => !document.body.classList.contains('calling')", timeout=60_000)
    shows(tv, "calling", "Số gọi gần nhất, lúc 09:46")


def test_nothing_is_clipped_on_any_panel(tv: Page, serve: Serve, office: SampleOffice) -> None:
    busy(office)
    url = serve(office).url
    for width, height in ((1920, 1080), (1366, 768), (1280, 1024), (3840, 2160), (1080, 1920)):
        tv.set_viewport_size({"width": width, "height": height})
        tv.goto(f"{url}/display/hall/sanh")
        shows(tv, "number", "K001")
        nothing_spills(tv)


def test_a_long_number_shrinks_to_its_place(tv: Page, serve: Serve, tmp_path: object) -> None:
    config = sample_config()
    long = replace(config.services[0], shape=NumberShape("MA", 4))
    office = SampleOffice(str(tmp_path), config=replace(config, services=(long, *config.services[1:])))
    office.engine.open(2)
    office.engine.issue()
    office.engine.call(2)
    url = serve(office).url
    tv.goto(f"{url}/display/hall/sanh")
    shows(tv, "number", "MA0001")
    nothing_spills(tv)
    tv.set_viewport_size({"width": 1024, "height": 600})
    tv.goto(f"{url}/display/counter/quay-2")
    shows(tv, "big", "MA0001")
    nothing_spills(tv)


def test_more_than_eight_services_take_turns(tv: Page, serve: Serve, tmp_path: object) -> None:
    config = sample_config()
    more = tuple(
        replace(config.services[0], id=ServiceId(f"them-{letter}"), letter=letter, shape=NumberShape(letter))
        for letter in "LMN"
    )
    office = SampleOffice(str(tmp_path), config=replace(config, services=(*config.services, *more)))
    tv.clock.install()
    tv.goto(f"{serve(office).url}/display/hall/sanh")
    tv.wait_for_function("() => document.querySelectorAll('[data-at=services] li').length === 8")
    tv.clock.run_for(12_500)
    letters = tv.locator("[data-at=services] .letter").all_inner_texts()
    assert letters == ["L", "M", "N"]


def test_a_hall_that_lost_its_server_says_since_when_and_calls_nobody(
    tv: Page, serve: Serve, office: SampleOffice
) -> None:
    busy(office)
    server = serve(office)
    tv.clock.install()
    tv.goto(f"{server.url}/display/hall/sanh")
    shows(tv, "number", "K001")
    server.stop()
    tv.clock.run_for(12_000)
    assert tv.locator("[data-at=strip]").is_hidden(), "not yet: twenty seconds"
    tv.clock.run_for(12_000)
    shows(tv, "lost-since", "Bảng mất kết nối từ 09:46.")
    shows(tv, "calling", "Số gọi gần nhất, lúc 09:46")
    assert tv.locator("[data-at=services] .wait").all_inner_texts() == ["—"] * 6 + ["Nghỉ đến 13:42", "—"]
    block = tv.evaluate("() => getComputedStyle(document.querySelector('[data-at=block]')).backgroundColor")
    assert block == "rgb(74, 79, 87)"
    nothing_spills(tv)
    tv.clock.run_for(120_000)
    shows(tv, "clock", "09:48")


def test_a_tv_is_paired_by_its_code_and_sent_back_when_revoked(
    tv: Page, serve: Serve, office: SampleOffice
) -> None:
    url = serve(office).url
    tv.set_extra_http_headers({"x-forwarded-for": "192.168.1.30"})
    tv.goto(f"{url}/display/hall/sanh")
    assert tv.url == f"{url}/display"
    code = tv.inner_text("[data-at=code]")
    nothing_spills(tv)
    office.accounts.confirm_pairing(code, "tv-quay-3", OfficerId("admin"), NOW)
    tv.wait_for_url(f"{url}/display/counter/quay-3")
    shows(tv, "big", "Quầy đóng")
    office.accounts.revoke_pairing(f"secret-{code}")
    tv.wait_for_url(f"{url}/display", timeout=60_000)
    assert tv.inner_text("[data-at=code]") != code


def test_a_counters_display_goes_through_its_states(tv: Page, serve: Serve, office: SampleOffice) -> None:
    tv.set_viewport_size({"width": 1024, "height": 600})
    tv.goto(f"{serve(office).url}/display/counter/quay-3")
    shows(tv, "big", "Quầy đóng")
    office.engine.open(3)
    shows(tv, "big", "Sẵn sàng")
    office.engine.issue()
    office.engine.issue(priority_group=PriorityGroupId("cao-tuoi"))
    office.clock.pass_(minutes=1)
    for status in ("Mời vào quầy · Ưu tiên", "Mời vào quầy"):
        office.engine.call(3)
        shows(tv, "status", status)
        nothing_spills(tv)
        office.engine.at_counter(c.StartService, 3)
        shows(tv, "status", "Đang phục vụ")
        office.engine.at_counter(c.EndService, 3)
    office.engine.at_counter(c.PauseCounter, 3, reason="Họp", until=NOW + timedelta(minutes=18))
    shows(tv, "status", "Phục vụ lại lúc 10:00")
    shows(tv, "big", "Tạm nghỉ")
    nothing_spills(tv)


def test_a_counter_display_without_its_server_is_gold(tv: Page, serve: Serve, office: SampleOffice) -> None:
    office.engine.open(3)
    office.engine.issue()
    office.engine.call(3)
    server = serve(office)
    tv.set_viewport_size({"width": 1024, "height": 600})
    tv.clock.install()
    tv.goto(f"{server.url}/display/counter/quay-3")
    shows(tv, "big", "A001")
    server.stop()
    tv.clock.run_for(25_000)
    shows(tv, "status", "Mất kết nối · mời nghe gọi số")
    strip = tv.evaluate("() => getComputedStyle(document.querySelector('[data-at=strip]')).backgroundColor")
    assert strip == "rgb(240, 180, 41)"
    nothing_spills(tv)
