"""A device added in a form: on a real office file, with the file's own checks."""

from pathlib import Path

import pytest

from queue_server.office_file.load import load_office
from tests.integration.web.staff.staff_office import StaffOffice
from tests.integration.web.staff.test_administration import Administrator
from tests.integration.web.staff.test_items_form import commune

__all__ = ["commune"]

Commune = tuple[StaffOffice, Administrator, Path]
PRINTER = {
    "name_vi": "Máy in 3",
    "name_en": "Printer 3",
    "dots": "576",
    "agent": "agent",
    "fallback": "may-in-1",
}
DEVICES = [
    ("printers", {"sort": "printer", "id": "may-in-3", "url": "tcp://192.0.2.5:9100", **PRINTER}),
    ("kiosks", {"sort": "kiosk", "id": "kiosk-3", "name_vi": "K 3", "zone": "sanh", "printer": "may-in-1"}),
    ("displays", {"sort": "display", "id": "bang-3", "kind": "counter", "zone": "", "counter": "q2"}),
    ("leds", {"sort": "led", "id": "led-9", "counter": "q2", "url": "modbus:///dev/serial/by-id/a?baud=9600",
              "address": "7", "brightness": "60", "agent": "agent"}),
    ("keypads", {"sort": "keypad", "id": "phim-9", "counter": "q2", "url": "evdev:///dev/input/by-id/b",
                 "address": "1", "agent": "agent"}),
    ("speakers", {"sort": "speaker", "id": "loa-9", "name_vi": "Loa 9", "zone": "sanh", "url": "alsa:default",
                  "agent": "agent"}),
]  # fmt: skip


@pytest.mark.parametrize(("sort", "form"), DEVICES, ids=[sort for sort, _ in DEVICES])
def test_a_device_of_each_sort_is_written_into_the_file_and_in_force(
    commune: Commune, sort: str, form: dict[str, str]
) -> None:
    office, hung, path = commune
    assert 'href="/admin/devices/add"' in hung.get("/admin/devices")
    assert "Khởi động lại văn phòng" in hung.done("/admin/devices/add", **form)
    config = load_office(path)
    (made,) = (one for one in getattr(config, sort) if one.id == form["id"])
    assert office.now.config == config
    for key in form.keys() & {"url", "agent", "counter", "printer", "fallback"}:
        assert getattr(made, key) == form[key]
    assert hung.acts() == [("device.added", form["id"])]


def test_a_mistake_changes_nothing_and_keeps_what_was_typed(commune: Commune) -> None:
    _, hung, path = commune
    before = path.read_text("utf-8")
    form = {"sort": "printer", "id": "may-in-3", "url": "ftp://o-dau-do", **PRINTER}
    answer = hung.send("/admin/devices/add", **form)
    assert answer.status_code == 422
    assert 'value="ftp://o-dau-do"' in answer.text and "Chưa lưu được" in answer.text
    led = {"sort": "led", "id": "l", "counter": "q2", "url": "modbus:///dev/a", "address": "bảy"}
    assert "không phải là một số" in hung.send("/admin/devices/add", **led).text
    twice = {**form, "id": "may-in-1", "url": "tcp://192.0.2.5:9100"}
    assert hung.send("/admin/devices/add", **twice).status_code == 422
    assert hung.send("/admin/devices/add", **{**form, "sort": "server"}).status_code == 422
    assert path.read_text("utf-8") == before
