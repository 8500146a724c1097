"""The framing port: bytes of one protocol, PURE; and the bus that carries any framing over any line."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices.display.ports import NoAnswer, Refused, Report, Shown
from devices.line import Line

ANSWER_WITHIN = 0.25
"""Seconds. A display answers within some milliseconds; a missing one should not hold up the others."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `refusal` says why it was not taken; `report` is there after a question."""

    refusal: str = ""
    report: Report | None = None


class Framing(Protocol):
    """One protocol. Knows nothing of lines, time or threads."""

    def tell(self, address: int, shown: Shown) -> bytes:
        """The frame that makes the display show this."""

    def ask(self, address: int) -> bytes:
        """The frame that asks how the display is."""

    def answer(self, sent: bytes, arrived: bytes) -> Answer | None:
        """The answer to `sent` in what has arrived since; None while it is not whole.

        Noise before it, an echo of `sent`, frames of other addresses and wrong checks are passed over.
        """


class FramedBus:
    """`Displays` by a framing over a line."""

    def __init__(
        self,
        line: Line,
        framing: Framing,
        monotonic: Callable[[], float],
        *,
        answer_within: float = ANSWER_WITHIN,
        silence: float = 0.004,
    ) -> None:
        """`silence`, in seconds, is kept before each frame: RTU frames are told apart by it."""
        self._line, self._framing, self._monotonic = line, framing, monotonic
        self._answer_within, self._silence = answer_within, silence
        self._pause = threading.Event()

    def open(self) -> None:
        self._line.open()

    def show(self, address: int, shown: Shown) -> None:
        self._exchange(self._framing.tell(address, shown))

    def ask(self, address: int) -> Report:
        report = self._exchange(self._framing.ask(address)).report
        if report is None:
            raise Refused("an answer without a report")
        return report

    def close(self) -> None:
        self._line.close()

    def _exchange(self, frame: bytes) -> Answer:
        """One question, one answer. Raises NoAnswer, Refused, LineDown."""
        self._pause.wait(self._silence)
        while self._line.read(0):
            pass
        self._line.write(frame)
        arrived = b""
        until = self._monotonic() + self._answer_within
        while (left := until - self._monotonic()) > 0:
            arrived += self._line.read(left)
            found = self._framing.answer(frame, arrived)
            if found is not None:
                if found.refusal:
                    raise Refused(found.refusal)
                return found
        raise NoAnswer(f"{len(arrived)} bytes came, no answer" if arrived else "nothing came")
