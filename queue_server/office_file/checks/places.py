"""PURE: counters, kiosks and displays: where they stand, what they take and what they belong to."""

import re
from collections.abc import Iterator

from queue_server.office_file.checks.services import unknown
from queue_server.office_file.config.parts import ONLY_ZONE
from queue_server.office_file.problems import KeyPath, Mistake, did_you_mean
from queue_server.office_file.read import Draft
from queue_server.office_file.sections.devices import DisplayItem, KioskItem
from queue_server.office_file.sections.services import CounterItem

_READER = re.compile(r"wedge|(?:wedge|camera|pictures):///[^?#\s]+|serial:///[^?#\s]+(?:\?baud=\d{4,6})?")


def place_mistakes(draft: Draft) -> Iterator[Mistake]:
    numbers: dict[int, str] = {}
    for counter in draft.file.counter:
        at: KeyPath = ("counter", counter.at)
        yield from _zone(draft, counter, "counter")
        yield from _services(draft, counter, "counter")
        if counter.number in numbers:
            yield Mistake(
                (*at, "number"),
                f'Số quầy {counter.number} đã dùng cho quầy "{numbers[counter.number]}".',
                f'The number {counter.number} is taken by the counter "{numbers[counter.number]}".',
                "Mỗi quầy một số.",
                "Give every counter its own number.",
            )
        numbers.setdefault(counter.number, counter.id)
    for kiosk in draft.file.kiosk:
        yield from _zone(draft, kiosk, "kiosk")
        yield from _services(draft, kiosk, "kiosk")
        if kiosk.printer is not None:
            yield from unknown(draft, "printer", kiosk.printer, ("kiosk", kiosk.at, "printer"))
        yield from _readers(kiosk)
    for display in draft.file.display:
        yield from _display(draft, display)


def _zone(draft: Draft, item: CounterItem | KioskItem | DisplayItem, kind: str) -> Iterator[Mistake]:
    path: KeyPath = (kind, item.at, "zone")
    declared = draft.declared.get("zone", set())
    if item.zone is None:
        if len(declared) > 1:
            yield Mistake(
                path,
                f'"{item.id}" chưa ghi ở khu vực nào.',
                f'"{item.id}" does not say in which zone it stands.',
                *did_you_mean("", sorted(declared)),
            )
    elif declared or item.zone != ONLY_ZONE.id:
        yield from unknown(draft, "zone", item.zone, path)


def _services(draft: Draft, item: CounterItem | KioskItem, kind: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for number, id_ in enumerate(item.services):
        path: KeyPath = (kind, item.at, "services", number)
        yield from unknown(draft, "service", id_, path)
        if id_ in seen:
            yield Mistake(
                path,
                f'Việc "{id_}" có hai lần ở đây.',
                f'The service "{id_}" is here twice.',
                "Xoá một lần.",
                "Remove one of the two.",
            )
        seen.add(id_)


def _readers(kiosk: KioskItem) -> Iterator[Mistake]:
    for number, reader in enumerate(kiosk.readers):
        if not _READER.fullmatch(reader):
            yield Mistake(
                ("kiosk", kiosk.at, "readers", number),
                f'Máy đọc mã "{reader}" viết chưa đúng.',
                f'The reader "{reader}" is not understood.',
                "Viết wedge, serial:///dev/serial/by-id/TEN?baud=9600 hoặc camera:///dev/video0.",
                "Write wedge, serial:///dev/serial/by-id/NAME?baud=9600 or camera:///dev/video0.",
            )


def _display(draft: Draft, display: DisplayItem) -> Iterator[Mistake]:
    at: KeyPath = ("display", display.at)
    if display.kind == "hall":
        yield from _zone(draft, display, "display")
        if display.counter is not None:
            yield Mistake(
                (*at, "counter"),
                "Màn hình sảnh không thuộc quầy nào.",
                "A hall display belongs to no counter.",
                'Xoá khoá counter, hoặc đổi kind = "counter".',
                'Remove the key counter, or write kind = "counter".',
            )
        return
    if display.counter is None:
        yield Mistake(
            (*at, "counter"),
            "Bảng tại quầy chưa ghi thuộc quầy nào.",
            "A counter display does not say which counter it belongs to.",
            *did_you_mean("", sorted(draft.declared.get("counter", ()))),
        )
        return
    yield from unknown(draft, "counter", display.counter, (*at, "counter"))
    counter = next((c for c in draft.file.counter if c.id == display.counter), None)
    if display.zone is not None and counter is not None and counter.zone not in (None, display.zone):
        yield Mistake(
            (*at, "zone"),
            f'Quầy "{counter.id}" ở khu vực "{counter.zone}", không phải "{display.zone}".',
            f'The counter "{counter.id}" stands in the zone "{counter.zone}", not in "{display.zone}".',
            "Xoá khoá zone: bảng tại quầy theo khu vực của quầy.",
            "Remove the key zone: a counter display is where its counter is.",
        )
    elif display.zone is not None:
        yield from unknown(draft, "zone", display.zone, (*at, "zone"))
