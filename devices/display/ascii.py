"""PURE: the ASCII frame: STX, two digits of address, a letter, its data, ETX, two hex digits of check, CR.

The check is the XOR of every byte from the address to ETX. Letters of ours: `W` (mode S, B, O or T for
steady, blinking, off, test; three digits of brightness; eight characters of text) and `R` (report). A display
answers `A` (taken), `N` and a digit (refused: 1 check, 2 command, 3 data), or to `R` with `S`: mode,
brightness, text, two hex digits of faults (bit 0 a segment, bit 1 too hot), three characters of firmware.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from devices.display.framing import Answer
from devices.display.ports import WIDTH, Report, Shown

STX, ETX, CR = b"\x02", b"\x03", b"\r"
LONGEST = 40
_REFUSALS = {"1": "wrong check", "2": "unknown command", "3": "wrong data"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame whose check is right."""

    address: int
    letter: str
    data: str = ""


def encode(frame: Frame) -> bytes:
    body = f"{frame.address:02d}{frame.letter}{frame.data}".encode("ascii") + ETX
    return STX + body + f"{check(body):02X}".encode() + CR


def check(body: bytes) -> int:
    """XOR of all bytes, ETX included."""
    found = 0
    for byte in body:
        found ^= byte
    return found


def decode(arrived: bytes) -> Iterator[Frame]:
    """Every whole and sound frame in what arrived; noise and wrong checks are passed over."""
    for piece in arrived.split(STX)[1:]:
        body, etx, tail = piece.partition(ETX)
        if not etx or len(tail) < 3 or tail[2:3] != CR or len(body) > LONGEST:
            continue
        try:
            right = int(tail[:2], 16) == check(body + ETX)
            text = body.decode("ascii")
            if right and len(text) >= 3:
                yield Frame(int(text[:2]), text[2], text[3:])
        except ValueError:
            continue


def mode_of(shown: Shown) -> str:
    return "T" if shown.test else "O" if not shown.text else "B" if shown.blink else "S"


def written(shown: Shown) -> str:
    """The data of `W`, and the beginning of `S`."""
    return f"{mode_of(shown)}{shown.brightness:03d}{shown.text.ljust(WIDTH)}"


class AsciiFrames:
    """`Framing`."""

    def tell(self, address: int, shown: Shown) -> bytes:
        return encode(Frame(address, "W", written(shown)))

    def ask(self, address: int) -> bytes:
        return encode(Frame(address, "R"))

    def answer(self, sent: bytes, arrived: bytes) -> Answer | None:
        asked = int(sent[1:3])
        for frame in decode(arrived):
            if frame.address != asked:
                continue
            if frame.letter == "N":
                return Answer(refusal=_REFUSALS.get(frame.data, "refused"))
            if frame.letter == "A" and sent[3:4] == b"W":
                return Answer()
            if frame.letter == "S" and sent[3:4] == b"R" and (found := _report(frame.data)) is not None:
                return Answer(report=found)
        return None


def _report(data: str) -> Report | None:
    try:
        mode, brightness, text = data[0], int(data[1:4]), data[4 : 4 + WIDTH]
        faults, firmware = int(data[4 + WIDTH : 6 + WIDTH], 16), data[6 + WIDTH : 9 + WIDTH].strip()
        shown = Shown(text.rstrip(), mode == "B", brightness, mode == "T")
    except (ValueError, IndexError):
        return None
    return Report(shown, "display" if faults & 1 else "overheated" if faults & 2 else "", firmware)
