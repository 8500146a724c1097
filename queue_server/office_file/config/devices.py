"""PURE: the devices of the hall: kiosks, printers, displays, keypads, loudspeakers."""

from queue_server.domain import ids
from queue_server.domain.office_devices import Display, Keypad, Kiosk, Led, Printer, Speaker
from queue_server.office_file.config.parts import words, zone_of
from queue_server.office_file.sections.devices import (
    DisplayItem,
    KeypadItem,
    KioskItem,
    LedItem,
    PrinterItem,
    SpeakerItem,
)
from queue_server.office_file.sections.whole import OfficeFile


def build_kiosk(file: OfficeFile, kiosk: KioskItem) -> Kiosk:
    return Kiosk(
        ids.KioskId(kiosk.id),
        words(kiosk.name),
        zone_of(file, kiosk.zone),
        ids.DeviceId(kiosk.printer) if kiosk.printer else None,
        tuple(ids.ServiceId(s) for s in kiosk.services),
        tuple(kiosk.readers),
    )


def build_display(file: OfficeFile, display: DisplayItem) -> Display:
    at = next((c for c in file.counter if c.id == display.counter), None)
    zone = display.zone or (at.zone if at else None)
    return Display(
        ids.DeviceId(display.id),
        display.kind,
        zone_of(file, zone),
        ids.CounterId(display.counter) if display.counter else None,
    )


def build_printer(printer: PrinterItem) -> Printer:
    return Printer(
        ids.DeviceId(printer.id),
        words(printer.name),
        printer.url,
        printer.dots,
        printer.agent,
        ids.DeviceId(printer.fallback) if printer.fallback else None,
    )


def build_led(led: LedItem) -> Led:
    return Led(
        ids.DeviceId(led.id), ids.CounterId(led.counter), led.url, led.address, led.brightness, led.agent
    )


def build_keypad(keypad: KeypadItem) -> Keypad:
    return Keypad(
        ids.DeviceId(keypad.id), ids.CounterId(keypad.counter), keypad.url, keypad.address, keypad.agent
    )


def build_speaker(file: OfficeFile, speaker: SpeakerItem) -> Speaker:
    return Speaker(
        ids.DeviceId(speaker.id),
        words(speaker.name),
        zone_of(file, speaker.zone),
        speaker.url,
        speaker.agent,
    )
