"""PURE: how a reader is named in settings: `wedge`, `serial:///dev/…?baud=9600`, `camera:///dev/…`."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

BAUD = 9600
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)


class BadReader(ValueError):
    """A reader's name cannot be understood; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Spec:
    """`path` is empty for a wedge of which nobody can tell whether it is plugged in."""

    kind: Literal["wedge", "serial", "camera", "pictures"]
    path: str = ""
    baud: int = BAUD


def read_spec(text: str) -> Spec:
    """Raises BadReader."""
    if text == "wedge":
        return Spec("wedge")
    parts = urlsplit(text)
    if parts.netloc or not parts.path.startswith("/") or parts.path == "/":
        raise BadReader(
            f"{text}: write wedge, serial:///dev/serial/by-id/NAME?baud=9600 or camera:///dev/video0"
        )
    match parts.scheme:
        case "serial":
            return Spec("serial", parts.path, _baud(text, parts.query))
        case "wedge" | "camera" | "pictures" as kind if not parts.query:
            return Spec(kind, parts.path)
    raise BadReader(f"{text}: a reader is wedge, serial, camera or pictures, such as camera:///dev/video0")


def _baud(text: str, query: str) -> int:
    given = parse_qs(query, keep_blank_values=True)
    values = given.pop("baud", [str(BAUD)])
    if given or len(values) != 1 or values[0] not in {str(baud) for baud in BAUDS}:
        raise BadReader(f"{text}: after ? only baud={'|'.join(map(str, BAUDS))} may stand")
    return int(values[0])
