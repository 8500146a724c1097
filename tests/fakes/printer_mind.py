"""What a receipt printer makes of bytes, whatever they came by: status, paper, a slip that came out."""

import threading
from dataclasses import dataclass, field

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
STATUS = {
    "well": WELL,
    "near_end": WELL | {4: 0x1E},
    "paper_out": WELL | {1: 0x1A, 2: 0x32, 4: 0x72},
    "cover_open": WELL | {1: 0x1A, 2: 0x16},
    "cutter": WELL | {1: 0x1A, 2: 0x52, 3: 0x1A},
    "offline": WELL | {1: 0x1A},
    "overheated": WELL | {1: 0x1A, 2: 0x52, 3: 0x52},
    "unrecoverable": WELL | {1: 0x1A, 2: 0x52, 3: 0x32},
}
"""How a printer is → its valid answers to DLE EOT 1 to 4."""


AUTOMATIC = {
    "well": b"\x10\x00\x00\x0f",
    "near_end": b"\x10\x00\x03\x0f",
    "paper_out": b"\x18\x00\x0c\x0f",
    "cover_open": b"\x38\x00\x00\x0f",
    "cutter": b"\x18\x08\x00\x0f",
    "offline": b"\x18\x00\x00\x0f",
    "overheated": b"\x18\x40\x00\x0f",
    "unrecoverable": b"\x18\x20\x00\x0f",
}
"""How a printer is → its automatic status (ASB)."""


@dataclass
class Mind:
    """What is inside the printer. `feed` takes bytes and returns what it answers."""

    how: str = "well"
    answers: bool = True
    answers_in_turn: bool = True
    offers_automatic: bool = False
    automatic: bool = False
    """Automatic status is on: the twin's `become` tells at once what has changed."""
    garbage: bytes | None = None
    """Said instead of every status byte."""
    ends_paper_after_rows: int | None = None
    """The roll ends in mid-slip: the rest is taken into the buffer, nothing behind it is worked off."""
    received: bytes = b""
    """Everything but questions."""
    slips: list[bytes] = field(default_factory=list)
    """The bytes of each slip that was cut."""
    held: bytes = b""
    cut: threading.Event = field(default_factory=threading.Event)
    _buffer: bytes = b""
    _slip: bytes = b""
    _rows: int = 0

    def feed(self, data: bytes) -> bytes:
        self._buffer += data
        said = b""
        while (size := self._size()) and size <= len(self._buffer):
            command, self._buffer = self._buffer[:size], self._buffer[size:]
            said += self._obey(command)
        return said

    def forget(self) -> None:
        """Switched off: half a slip in the buffer is gone."""
        self._buffer = self._slip = b""
        self._rows = 0

    def _size(self) -> int:
        """The length of the command at the start of the buffer; 0 while that is not known."""
        start = self._buffer
        if start[:3] == b"\x1dv0":
            if len(start) < 8:
                return 0
            return 8 + int.from_bytes(start[4:6], "little") * int.from_bytes(start[6:8], "little")
        for head, size in (
            (b"\x10\x04", 3),
            (b"\x10\x14\x08", 10),
            (b"\x1b@", 2),
            (b"\x1bd", 3),
            (b"\x1da", 3),
            (b"\x1dr", 3),
            (b"\x1dV", 3),
        ):
            if start.startswith(head):
                return size
        if len(start) >= 3:
            raise AssertionError(f"no command a printer knows: {start[:8]!r}")
        return 0

    def _obey(self, command: bytes) -> bytes:
        if command.startswith(b"\x10\x04"):
            if not self.answers:
                return b""
            return self.garbage if self.garbage is not None else bytes([STATUS[self.how][command[2]]])
        if command.startswith(b"\x1dr"):
            return self._in_turn()
        if command.startswith(b"\x10\x14"):
            self.forget()
            return b""
        if command == b"\x1b@":
            self.automatic = False
        if command.startswith(b"\x1da") and command[2]:
            self.automatic = self.offers_automatic
            return AUTOMATIC[self.how] if self.automatic else b""
        self._slip += command
        self.received += command
        if command.startswith(b"\x1dv0"):
            self._rows += int.from_bytes(command[6:8], "little")
        if self.ends_paper_after_rows is not None and self._rows >= self.ends_paper_after_rows:
            self.how = "paper_out"
        elif command.startswith(b"\x1dV"):
            self.slips.append(self._slip)
            self._slip, self._rows = b"", 0
            self.cut.set()
        return b""

    def _in_turn(self) -> bytes:
        if self.how == "paper_out" or self.how == "cover_open":
            return b""
        if not self.answers_in_turn:
            self.held += b"\x00"
            return b""
        return b"\x03" if self.how == "near_end" else b"\x00"
