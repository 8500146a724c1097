"""LED displays, keypads, speakers and spare printers in the office file, and what can be wrong with them."""

from textwrap import dedent

import pytest

from queue_server.office_file.load import check_office
from queue_server.office_file.problems import ERROR, Problem

SOUND = dedent("""\
    [office]
    id = "thu"
    name = { vi = "Cơ quan thử", en = "Test office" }
    [hours]
    week.t2-t6 = ["07:30-11:30", "13:00-17:00"]
    [[service]]
    id = "mot"
    letter = "A"
    name = { vi = "Một", en = "One" }
    [[counter]]
    id = "q1"
    number = 1
    name = { vi = "Quầy một", en = "Counter one" }
    services = ["mot"]
    [[printer]]
    id = "p1"
    name = "Máy in 1"
    url = "tcp://10.0.0.5:9100"
    fallback = "p2"
    [[printer]]
    id = "p2"
    name = "Máy in 2"
    url = "usb://04b8:0e15"
    fallback = "p1"
    [devices]
    alert_after_minutes = 5
    """)
LED = '[[led]]\nid = "l1"\ncounter = "q1"\nurl = "modbus:///dev/serial/by-id/led?baud=9600"\naddress = 3\n'
PAD = '[[keypad]]\nid = "k1"\ncounter = "q1"\nurl = "evdev:///dev/input/by-id/pad-event-kbd"\n'
VOICE = '[[speaker]]\nid = "s1"\nname = "Loa"\nurl = "alsa:plughw:1,0"\n'
ALL = SOUND + LED + PAD + VOICE


def problems_of(text: str) -> list[Problem]:
    return check_office(text, "thu.toml", None)[1]


def changed(old: str, new: str) -> str:
    assert ALL.count(old) == 1, old
    return ALL.replace(old, new)


def test_the_devices_of_a_sound_file_are_read() -> None:
    config, problems = check_office(ALL, "thu.toml")
    assert config is not None and problems == []
    assert (config.leds[0].address, config.leds[0].brightness, config.leds[0].counter) == (3, 80, "q1")
    assert config.keypads[0].counter == "q1"
    assert (config.speakers[0].zone, config.speakers[0].url) == ("sanh", "alsa:plughw:1,0")
    assert [p.fallback for p in config.printers] == ["p2", "p1"]
    assert config.devices.alert_after.total_seconds() == 300


WRONG = {
    "a LED display at an unknown counter": (LED.replace("q1", "q9"), "led[1].counter", "q1"),
    "a keypad at an unknown counter": (PAD.replace("q1", "q9"), "keypad[1].counter", "q1"),
    "a speaker in an unknown zone": (VOICE + 'zone = "tang-2"\n', "speaker[1].zone", "khai báo"),
    "a LED display's odd address": (LED.replace("modbus:", "modbs:"), "led[1].url", "modbus://"),
    "a keypad's odd address": (PAD.replace("evdev", "event"), "keypad[1].url", "evdev://"),
    "a speaker's odd address": (VOICE.replace("alsa:", "pulse:"), "speaker[1].url", "alsa:default"),
    "a bus address that ASCII has not": (
        LED.replace("modbus:", "ascii:").replace("= 3", "= 120"),
        "led[1].address",
        "Đặt lại",
    ),
    "a bus address that is taken": (LED + LED.replace("l1", "l2"), "led[2].address", "mỗi thiết bị"),
    "two ways of writing one bus": (
        LED + LED.replace("l1", "l2").replace("9600", "19200").replace("= 3", "= 4"),
        "led[2].url",
        "Mỗi cổng",
    ),
    "a keypad on the displays' port": (
        LED + PAD.replace("evdev:///dev/input/by-id/pad-event-kbd", "keys:///dev/serial/by-id/led"),
        "keypad[1].url",
        "Mỗi cổng",
    ),
    "an evdev keypad that is declared twice": (PAD + PAD.replace("k1", "k2"), "keypad[2].url", "Dùng chung"),
    "a speaker that is declared twice": (VOICE + VOICE.replace("s1", "s2"), "speaker[2].url", "Dùng chung"),
    "an id that a printer has": (LED.replace("l1", "p1"), "led[1].id", "id khác"),
    "a bad agent": (VOICE + 'agent = "máy 2"\n', "speaker[1].agent", "không dấu"),
}


@pytest.mark.parametrize("case", sorted(WRONG))
def test_a_wrong_device_is_said_with_its_key_and_what_to_do(case: str) -> None:
    text, where, word = WRONG[case]
    (found,) = problems_of(SOUND + text)
    assert (found.severity, found.key) == (ERROR, where)
    assert word in found.suggestion_vi + found.suggestion_en


def test_a_port_whose_name_may_change_is_a_warning() -> None:
    (found,) = problems_of(SOUND + LED.replace("/dev/serial/by-id/led", "/dev/ttyUSB0"))
    assert found.severity != ERROR and "by-id" in found.suggestion_vi


@pytest.mark.parametrize(
    ("spare", "word"), [("p1", "p2"), ("p9", "p2")], ids=["the printer itself", "an unknown one"]
)
def test_a_spare_printer_is_another_one(spare: str, word: str) -> None:
    (found,) = problems_of(changed('fallback = "p2"', f'fallback = "{spare}"'))
    assert found.key == "printer[1].fallback" and word in found.suggestion_vi


def test_a_spare_printer_hangs_on_the_same_machine() -> None:
    found = problems_of(changed('name = "Máy in 2"', 'name = "Máy in 2"\nagent = "may-2"'))
    assert {p.key for p in found} == {"printer[1].fallback", "printer[2].fallback"}


def test_a_plug_ins_address_is_taken_as_it_is() -> None:
    assert (
        problems_of(SOUND + LED.replace("modbus:///dev/serial/by-id/led?baud=9600", "x-acme://bus/7")) == []
    )
