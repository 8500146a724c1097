"""PURE: a serial scanner's bytes into texts: CR, LF or both end one; torn and endless ones are dropped."""

from dataclasses import dataclass, field, replace

from queue_server.codes.normal import text_of

LONGEST = 4096
"""Bytes; an ID card has some 400. What is longer is no code, and is dropped up to its end."""
SILENCE_S = 0.5
"""A scanner sends a code in one go: after so long a silence the beginning of one is torn."""
_ENDS = b"\r\n"


@dataclass(frozen=True, slots=True)
class Framer:
    """`feed` bytes as they come, with the time in seconds of one monotonic clock."""

    kept: bytes = field(default=b"", repr=False)
    heard_at: float = 0.0
    overlong: bool = False
    """The rest of what was too long is still to come."""

    def feed(self, data: bytes, now: float) -> tuple["Framer", tuple[str, ...]]:
        """The framer that remembers what is unfinished, and the texts that have come to their end."""
        fresh = self.aged(now)
        texts: list[str] = []
        kept, overlong = fresh.kept, fresh.overlong
        start = 0
        for at, byte in enumerate(data):
            if byte not in _ENDS:
                continue
            whole = kept + data[start:at]
            if whole and not overlong and len(whole) <= LONGEST:
                texts.append(text_of(whole))
            kept, overlong, start = b"", False, at + 1
        kept += data[start:]
        if len(kept) > LONGEST:
            kept, overlong = b"", True
        return Framer(kept, now if data else fresh.heard_at, overlong), tuple(texts)

    def aged(self, now: float) -> "Framer":
        """Without the beginning of a code whose rest never came."""
        if (self.kept or self.overlong) and now - self.heard_at > SILENCE_S:
            return replace(self, kept=b"", overlong=False)
        return self
