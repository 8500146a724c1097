"""The port for lines to a device: network, USB, serial, file."""

from typing import Literal, Protocol


class LineDown(Exception):
    """The line does not carry: `offline` when it is broken, `timeout` when the printer takes nothing."""

    def __init__(self, reason: Literal["offline", "timeout"], detail: str) -> None:
        super().__init__(detail)
        self.reason: Literal["offline", "timeout"] = reason


class Line(Protocol):
    """Bytes to a device and perhaps back. Every method may raise LineDown, and none waits for ever."""

    @property
    def two_way(self) -> bool:
        """Whether a device on this line could answer."""

    def open(self) -> None:
        """Opens, again if it was open."""

    def write(self, data: bytes) -> None:
        """Hands over all of `data`. After LineDown at least its last byte was not handed over."""

    def read(self, within: float) -> bytes:
        """What has arrived, waiting up to `within` seconds for the first byte; b"" when nothing came."""

    def close(self) -> None:
        """Never raises."""
