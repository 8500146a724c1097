"""What the console says of devices: its own display and keypad, and printers; nothing when all is well."""

from dataclasses import replace

from queue_server.domain.ids import DeviceId
from queue_server.domain.office_devices import Keypad, Led, Speaker
from queue_server.domain.words import Words
from queue_server.web.counter.device_note import LED_LOST, PAD_LOST, device_note
from queue_server.web.hall.calls import Call
from queue_server.web.hall.view import call_view
from tests.integration.web.public.sample_config import NOW, sample_config

CONFIG = sample_config()
MINE, OTHER = CONFIG.counters[0], CONFIG.counters[1]
WITH_DEVICES = replace(
    CONFIG,
    leds=(Led(DeviceId("led-1"), MINE.id, "simulated:"), Led(DeviceId("led-2"), OTHER.id, "simulated:")),
    keypads=(Keypad(DeviceId("pad-1"), MINE.id, "simulated:"),),
)


def note(language: str = "vi", **states: dict[str, object]) -> str:
    told = {id_.replace("_", "-"): state for id_, state in states.items()}
    return device_note(WITH_DEVICES, told, MINE.id, language)


def test_nothing_is_said_while_all_is_well_or_unknown() -> None:
    assert note() == ""
    assert note(led_1={"state": "ready"}, may_in_1={"state": "ready", "health": {"paper": "ok"}}) == ""


def test_the_counters_own_display_and_keypad_are_told_and_not_another_counters() -> None:
    assert note(led_1={"state": "lost"}, pad_1={"state": "lost"}) == f"{LED_LOST.vi} {PAD_LOST.vi}"
    assert note(led_2={"state": "lost"}) == ""


def test_a_printers_trouble_is_told_with_its_name_the_worst_first() -> None:
    printer = CONFIG.printers[0]
    told = note(may_in_1={"state": "degraded", "health": {"paper": "out", "cover": "open"}})
    assert told == f"{printer.name.vi} hết giấy: thay cuộn mới."
    assert note("en", may_in_1={"state": "lost", "health": {}}) == f"{printer.name.en} is lost."


def test_where_a_loudspeaker_says_the_calls_the_displays_say_nothing() -> None:
    call = Call("c-1", "A012", MINE, NOW, 0, True, "vi", False)
    assert call_view(call, CONFIG, NOW)["clips"]
    loud = replace(CONFIG, speakers=(Speaker(DeviceId("loa-1"), Words("Loa"), MINE.zone, "null:"),))
    assert call_view(call, loud, NOW)["clips"] == []
