"""MQTT packets on their way to the broker, said twice, late, and in another order, by a throw of dice."""

import random
from dataclasses import dataclass, field

PUBLISH = 3
AGAIN, LATER = 0.35, 0.25
"""How many messages are said again, and how many are overtaken by those after them."""
LATE_S = 2.0
"""The longest time after which a message is said again."""


@dataclass
class Frames:
    """Bytes of a connection, cut into whole packets."""

    _kept: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> list[bytes]:
        """The packets that are whole now, in their order."""
        self._kept += data
        found = []
        while (end := _end_of(self._kept)) is not None:
            found.append(bytes(self._kept[:end]))
            del self._kept[:end]
        return found


def _end_of(data: bytearray) -> int | None:
    """Where the first packet ends, None while it is not whole."""
    length = 0
    for at in range(1, min(len(data), 5)):
        length |= (data[at] & 0x7F) << 7 * (at - 1)
        if not data[at] & 0x80:
            end = at + 1 + length
            return end if len(data) >= end else None
    return None


@dataclass
class Dice:
    """What becomes of packets: (seconds from now, packet). `done` counts what was changed."""

    chance: random.Random
    done: int = 0

    def throw(self, packets: list[bytes]) -> list[tuple[float, bytes]]:
        sent: list[tuple[float, bytes]] = []
        for packet in packets:
            if packet[0] >> 4 != PUBLISH:
                sent.append((0.0, packet))
                continue
            late = self.chance.uniform(0.02, 0.3) if self.chance.random() < LATER else 0.0
            sent.append((late, packet))
            again = self.chance.random() < AGAIN
            if again:
                sent.append((self.chance.uniform(0.0, LATE_S), packet))
            self.done += again + (late > 0)
        return sent
