"""PURE: LED displays, keypads, speakers and spare printers: what they belong to and where they hang."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from queue_server.contract.topics import BadLevel, check_level
from queue_server.office_file.checks.services import unknown
from queue_server.office_file.config.parts import ONLY_ZONE
from queue_server.office_file.problems import WARNING, KeyPath, Mistake, did_you_mean
from queue_server.office_file.read import Draft
from queue_server.office_file.sections.devices import KeypadItem, LedItem, PrinterItem, SpeakerItem

_LINE = r"///dev/[A-Za-z0-9/._:+-]+(\?(baud=\d{3,7}|parity=[NEO])(&(baud=\d{3,7}|parity=[NEO]))*)?"
_HOST = r"//(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}"
_PLUG_IN = r"x-[a-z0-9-]+:\S*"


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the url of a kind of device looks like, and examples of it."""

    shape: re.Pattern[str]
    examples: str


ADDRESSES: dict[str, Addresses] = {
    "led": Addresses(
        re.compile(rf"(modbus|ascii):({_LINE}|{_HOST})|simulated:|{_PLUG_IN}"),
        "modbus:///dev/serial/by-id/…?baud=9600, ascii:///dev/serial/by-id/…, modbus://192.168.1.60:4001, "
        "simulated:",
    ),
    "keypad": Addresses(
        re.compile(
            rf"(keys|ascii):({_LINE}|{_HOST})|evdev:///dev/input/[A-Za-z0-9/._:+-]+|simulated:|{_PLUG_IN}"
        ),
        "evdev:///dev/input/by-id/…-event-kbd, keys:///dev/serial/by-id/…, ascii:///dev/serial/by-id/…, "
        "simulated:",
    ),
    "speaker": Addresses(
        re.compile(rf"alsa:[A-Za-z0-9_:,.=-]+|file:///\S+|null:|simulated:|{_PLUG_IN}"),
        "alsa:default, alsa:plughw:1,0, file:///…, simulated:",
    ),
}
MOST_ADDRESS = {"modbus": 247, "ascii": 99}
_UNSTEADY = re.compile(r"/dev/(ttyUSB|ttyACM|input/event)\d+")
_Owned = PrinterItem | LedItem | KeypadItem | SpeakerItem


def device_mistakes(draft: Draft) -> Iterator[Mistake]:
    file = draft.file
    for printer in file.printer:
        yield from _fallback(draft, printer)
    for led in file.led:
        yield from unknown(draft, "counter", led.counter, ("led", led.at, "counter"))
        yield from _placed("led", led)
        yield from _address(led, ("led", led.at, "address"))
    for keypad in file.keypad:
        yield from unknown(draft, "counter", keypad.counter, ("keypad", keypad.at, "counter"))
        yield from _placed("keypad", keypad)
    for speaker in file.speaker:
        yield from _zone(draft, speaker)
        yield from _placed("speaker", speaker)
    yield from _shared(draft)


def _fallback(draft: Draft, printer: PrinterItem) -> Iterator[Mistake]:
    """A spare printer is another one, of the same machine, and no ring of spares leads nowhere."""
    path: KeyPath = ("printer", printer.at, "fallback")
    if printer.fallback is None:
        return
    if printer.fallback == printer.id:
        yield Mistake(
            path,
            "Máy in không thể tự thay cho chính nó.",
            "A printer cannot stand in for itself.",
            *did_you_mean("", sorted(draft.declared.get("printer", set()) - {printer.id})),
        )
        return
    yield from unknown(draft, "printer", printer.fallback, path)
    spare = next((p for p in draft.file.printer if p.id == printer.fallback), None)
    if spare is not None and spare.agent != printer.agent:
        yield Mistake(
            path,
            f'Máy in "{spare.id}" cắm vào máy khác (agent "{spare.agent}").',
            f'The printer "{spare.id}" hangs on another machine (agent "{spare.agent}").',
            f'Chọn máy in có agent "{printer.agent}".',
            f'Choose a printer of the agent "{printer.agent}".',
        )


def _placed(kind: str, item: LedItem | KeypadItem | SpeakerItem) -> Iterator[Mistake]:
    """The url is one of its kind, its port keeps its name, and the agent's name can be sent."""
    path: KeyPath = (kind, item.at, "url")
    known = ADDRESSES[kind]
    if not known.shape.fullmatch(item.url):
        yield Mistake(
            path,
            f'"{item.url}" không phải là địa chỉ của thiết bị này.',
            f'"{item.url}" is no address of such a device.',
            f"Dùng {known.examples}.",
            f"Use {known.examples}.",
        )
    elif _UNSTEADY.search(item.url):
        yield Mistake(
            path,
            "Tên cổng này có thể đổi sau khi cắm lại.",
            "This port's name may change when it is plugged in again.",
            "Dùng tên trong /dev/serial/by-id hoặc /dev/input/by-id.",
            "Use the name in /dev/serial/by-id or /dev/input/by-id.",
            WARNING,
        )
    try:
        check_level(item.agent)
    except BadLevel:
        yield Mistake(
            (kind, item.at, "agent"),
            f'Tên máy "{item.agent}" có ký tự không dùng được.',
            f'The agent "{item.agent}" has characters that cannot be used.',
            "Chỉ dùng chữ không dấu, số, dấu - và _.",
            "Use A-Z a-z 0-9 - _ only.",
        )


def _address(led: LedItem, path: KeyPath) -> Iterator[Mistake]:
    most = MOST_ADDRESS.get(led.url.partition(":")[0], 247)
    if led.address > most:
        yield Mistake(
            path,
            f"Địa chỉ {led.address} không có trên đường dây này: nhiều nhất {most}.",
            f"This bus has no address {led.address}: {most} at the most.",
            "Đặt lại địa chỉ trên bảng và ở đây.",
            "Set another address on the display and here.",
        )


def _zone(draft: Draft, speaker: SpeakerItem) -> Iterator[Mistake]:
    path: KeyPath = ("speaker", speaker.at, "zone")
    declared = draft.declared.get("zone", set())
    if speaker.zone is None:
        if len(declared) > 1:
            yield Mistake(
                path,
                f'"{speaker.id}" chưa ghi ở khu vực nào.',
                f'"{speaker.id}" does not say in which zone it stands.',
                *did_you_mean("", sorted(declared)),
            )
    elif declared or speaker.zone != ONLY_ZONE.id:
        yield from unknown(draft, "zone", speaker.zone, path)


def _shared(draft: Draft) -> Iterator[Mistake]:
    """A port of a machine has one use; on a bus of displays or keypads every address is there once."""
    file = draft.file
    ports: dict[tuple[str, str], tuple[str, str, str]] = {}
    taken: set[tuple[str, str, int]] = set()
    owned: list[tuple[str, _Owned]] = [
        *(("printer", p) for p in file.printer),
        *(("led", led) for led in file.led),
        *(("keypad", k) for k in file.keypad),
        *(("speaker", s) for s in file.speaker),
    ]
    for kind, item in owned:
        if item.url.startswith(("simulated:", "null:")):
            continue
        port = re.sub(r"^[a-z0-9-]+:(//)?", "", item.url).partition("?")[0]
        first = ports.setdefault((item.agent, port), (kind, item.url, item.id))
        bus = kind in ("led", "keypad") and not item.url.startswith("evdev:")
        if first[2] != item.id and (kind, item.url) != first[:2] and kind != "printer":
            yield Mistake(
                (kind, item.at, "url"),
                f'Cổng này đã dùng cho "{first[2]}" với địa chỉ "{first[1]}".',
                f'This port is used by "{first[2]}" as "{first[1]}" already.',
                "Mỗi cổng một loại thiết bị và một cách viết.",
                "One kind of device and one way of writing it for every port.",
            )
        elif first[2] != item.id and not bus and kind != "printer":
            yield Mistake(
                (kind, item.at, "url"),
                f'Thiết bị này đã khai báo với id "{first[2]}".',
                f'This device is declared already as "{first[2]}".',
                "Dùng chung id đó, hoặc sửa địa chỉ.",
                "Use that id, or change the address.",
            )
        elif bus and isinstance(item, LedItem | KeypadItem):
            place = (item.agent, port, item.address)
            if place in taken:
                yield Mistake(
                    (kind, item.at, "address"),
                    f"Địa chỉ {item.address} trên cổng này đã có thiết bị khác.",
                    f"The address {item.address} of this port is taken already.",
                    "Đặt cho mỗi thiết bị một địa chỉ.",
                    "Give every device its own address.",
                )
            taken.add(place)
