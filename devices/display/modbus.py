"""PURE: Modbus RTU. Holding registers: 0 mode, 1 brightness, 2 length, 3–6 text, 7 faults, 8 firmware.

Mode: 0 dark, 1 steady, 2 blinking, 3 test pattern. Brightness 0–100. Text: two ASCII characters a register,
the first in the high byte, padded with spaces. Faults: bit 0 a segment, bit 1 too hot. Firmware: major in
the high byte, minor in the low one. Registers 0–6 are written by function 16, 0–8 are read by function 3.
"""

import struct

from devices.display.framing import Answer
from devices.display.ports import WIDTH, Report, Shown

DARK, STEADY, BLINKING, TEST = range(4)
WRITTEN = 7
READ = 9
_WRITE_FUNCTION, _READ_FUNCTION, _EXCEPTION = 0x10, 0x03, 0x80
_EXCEPTIONS = {
    1: "illegal function",
    2: "illegal register",
    3: "illegal value",
    4: "device failure",
    6: "busy",
}


def crc(data: bytes) -> bytes:
    """CRC-16/MODBUS, low byte first."""
    rest = 0xFFFF
    for byte in data:
        rest ^= byte
        for _ in range(8):
            rest = (rest >> 1) ^ 0xA001 if rest & 1 else rest >> 1
    return struct.pack("<H", rest)


def registers(shown: Shown) -> tuple[int, ...]:
    """Registers 0 to 6."""
    mode = TEST if shown.test else DARK if not shown.text else BLINKING if shown.blink else STEADY
    text = shown.text.ljust(WIDTH).encode("ascii")
    return (mode, shown.brightness, len(shown.text), *struct.unpack(f">{WIDTH // 2}H", text))


def report_of(values: tuple[int, ...]) -> Report:
    """What registers 0 to 8 say; values that no display of ours was told are shown as unknown."""
    mode, brightness, length, *text, faults, firmware = values
    try:
        words = struct.pack(f">{WIDTH // 2}H", *text).decode("ascii")[:length]
        shown = Shown(words, mode == BLINKING, brightness, mode == TEST) if mode <= TEST else None
    except ValueError:
        shown = None
    fault = "display" if faults & 1 else "overheated" if faults & 2 else ""
    return Report(shown, fault, f"{firmware >> 8}.{firmware & 0xFF}")


class ModbusRtu:
    """`Framing`."""

    def tell(self, address: int, shown: Shown) -> bytes:
        values = registers(shown)
        head = struct.pack(">BBHHB", address, _WRITE_FUNCTION, 0, len(values), 2 * len(values))
        return _sealed(head + struct.pack(f">{len(values)}H", *values))

    def ask(self, address: int) -> bytes:
        return _sealed(struct.pack(">BBHH", address, _READ_FUNCTION, 0, READ))

    def answer(self, sent: bytes, arrived: bytes) -> Answer | None:
        if arrived.startswith(sent):
            arrived = arrived[len(sent) :]
        for start in range(len(arrived)):
            found = _answer_at(sent[0], sent[1], arrived[start:])
            if found is not None:
                return found
        return None


def _answer_at(address: int, function: int, frame: bytes) -> Answer | None:
    if len(frame) < 5 or frame[0] != address:
        return None
    if frame[1] == function | _EXCEPTION and _sound(frame, 5):
        return Answer(refusal=_EXCEPTIONS.get(frame[2], f"exception {frame[2]}"))
    if frame[1] != function:
        return None
    if function == _WRITE_FUNCTION:
        return Answer() if _sound(frame, 8) else None
    if frame[2] == 2 * READ and _sound(frame, 5 + 2 * READ):
        return Answer(report=report_of(struct.unpack(f">{READ}H", frame[3 : 3 + 2 * READ])))
    return None


def _sealed(frame: bytes) -> bytes:
    return frame + crc(frame)


def _sound(frame: bytes, size: int) -> bool:
    return len(frame) >= size and crc(frame[: size - 2]) == frame[size - 2 : size]
