"""PURE: from bytes to presses: plain characters, ASCII frames, and the kernel's input events."""

import struct
from dataclasses import dataclass
from typing import Protocol

from devices.display.ascii import CR, LONGEST, STX, Frame, decode, encode
from devices.keypad.ports import Key, Press

PLAIN: dict[str, Key] = {
    **{digit: Key(digit) for digit in "0123456789"},
    "\r": Key.NEXT, "\n": Key.NEXT, "+": Key.NEXT, "N": Key.NEXT,
    "*": Key.RECALL, "R": Key.RECALL,
    "-": Key.NO_SHOW, "X": Key.NO_SHOW,
    "/": Key.CALL, "#": Key.CALL, "C": Key.CALL,
    ".": Key.CLEAR, "\x08": Key.CLEAR, "\x7f": Key.CLEAR, "D": Key.CLEAR,
}  # fmt: skip
"""What a character of a plain keypad means."""
_LINUX_KEYS: dict[int, Key] = {
    82: Key.ZERO, 79: Key.ONE, 80: Key.TWO, 81: Key.THREE, 75: Key.FOUR, 76: Key.FIVE, 77: Key.SIX,
    71: Key.SEVEN, 72: Key.EIGHT, 73: Key.NINE,
    11: Key.ZERO, 2: Key.ONE, 3: Key.TWO, 4: Key.THREE, 5: Key.FOUR, 6: Key.FIVE, 7: Key.SIX, 8: Key.SEVEN,
    9: Key.EIGHT, 10: Key.NINE,
    96: Key.NEXT, 28: Key.NEXT, 78: Key.RECALL, 55: Key.RECALL, 74: Key.NO_SHOW, 12: Key.NO_SHOW,
    98: Key.CALL, 83: Key.CLEAR, 14: Key.CLEAR,
}  # fmt: skip
"""Key codes of linux/input-event-codes.h: both rows of digits, Enter, + and *, -, /, Del and Backspace."""
EVENT = struct.Struct("llHHi")
"""struct input_event of a 64-bit kernel: two longs of time, type, code, value."""
_KEY_EVENT, _DOWN = 1, 1


@dataclass(frozen=True, slots=True)
class Decoded:
    """Presses, what is to be answered to the keypads, and the bytes that belong to what comes next."""

    presses: tuple[Press, ...] = ()
    answer: bytes = b""
    rest: bytes = b""


class Decoding(Protocol):
    """One way in which keypads say what was pressed. Keeps nothing between calls but what it gives back."""

    def decode(self, arrived: bytes) -> Decoded:
        """`arrived` begins with the last call's `rest`."""


class PlainKeys:
    """`Decoding`: one keypad, one character a key; what is no key is passed over. CR LF is one Next."""

    def decode(self, arrived: bytes) -> Decoded:
        text = arrived.replace(b"\r\n", b"\r").decode("ascii", errors="replace").upper()
        return Decoded(tuple(Press(1, PLAIN[char]) for char in text if char in PLAIN))


class FramedKeys:
    """`Decoding`: many keypads on one line. A press is the frame `K`, the key, a digit that counts.

    A keypad says its frame again until it is answered with `A`: the digit tells that from a second press.
    """

    def decode(self, arrived: bytes) -> Decoded:
        whole, rest = _whole_frames(arrived)
        presses: list[Press] = []
        answer = b""
        for frame in decode(whole):
            if frame.letter != "K" or len(frame.data) != 2 or frame.data[0] not in set(Key):
                continue
            presses.append(Press(frame.address, Key(frame.data[0]), frame.data[1]))
            answer += encode(Frame(frame.address, "A"))
        return Decoded(tuple(presses), answer, rest)


class InputEvents:
    """`Decoding`: a USB number pad as the kernel shows it; a release or a held key is no press."""

    def decode(self, arrived: bytes) -> Decoded:
        size = len(arrived) - len(arrived) % EVENT.size
        presses = [
            Press(1, _LINUX_KEYS[code])
            for _, _, kind, code, value in EVENT.iter_unpack(arrived[:size])
            if (kind, value) == (_KEY_EVENT, _DOWN) and code in _LINUX_KEYS
        ]
        return Decoded(tuple(presses), rest=arrived[size:])


def _whole_frames(arrived: bytes) -> tuple[bytes, bytes]:
    """Everything up to the last carriage return, and the beginning of a frame after it."""
    whole, end, rest = arrived.rpartition(CR)
    start = rest.rfind(STX)
    return whole + end, rest[start:][: LONGEST + 5] if start >= 0 else b""
