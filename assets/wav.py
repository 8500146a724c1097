"""Reads a WAV file as far as needed to know how long and how loud it is."""

from __future__ import annotations

import array
import math
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

EXTENSIBLE = 0xFFFE
SILENCE_DBFS = -120.0


class NotWav(ValueError):
    """The file is no WAV, or its samples are of an unknown kind."""


@dataclass(frozen=True)
class Sound:
    """Samples from -1 to 1, channels interleaved, and their rate in Hz."""

    samples: array.array[float]
    rate: int
    channels: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.channels / self.rate

    @property
    def rms_dbfs(self) -> float:
        """Loudness over the whole length; -120 for silence or no samples."""
        if not self.samples:
            return SILENCE_DBFS
        power = sum(sample * sample for sample in self.samples) / len(self.samples)
        return max(SILENCE_DBFS, 10 * math.log10(power)) if power > 0 else SILENCE_DBFS


def read_wav(path: Path) -> Sound:
    """Decodes PCM of 8, 16, 24 or 32 bits, 32-bit float and 8-bit µ-law. Raises NotWav, OSError."""
    data = path.read_bytes()
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise NotWav(f"{path.name} is not a WAV file")
    form: tuple[int, int, int, int] | None = None
    offset = 12
    while offset + 8 <= len(data):
        name, size = data[offset : offset + 4], struct.unpack_from("<I", data, offset + 4)[0]
        body = data[offset + 8 : offset + 8 + size]
        if name == b"fmt " and len(body) >= 16:
            tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
            if tag == EXTENSIBLE and len(body) >= 26:
                tag = struct.unpack_from("<H", body, 24)[0]
            form = (tag, channels, rate, bits)
        elif name == b"data" and form is not None:
            tag, channels, rate, bits = form
            if channels and rate:
                return Sound(_decoded(body, tag, bits, path.name), rate, channels)
        offset += 8 + size + size % 2
    raise NotWav(f"{path.name} has no samples")


def _decoded(body: bytes, tag: int, bits: int, name: str) -> array.array[float]:
    width = bits // 8
    body = body[: len(body) // width * width] if width else b""
    match (tag, bits):
        case (1, 8):
            return array.array("d", ((byte - 128) / 128 for byte in body))
        case (1, 16):
            return _scaled(array.array("h", body), 1 << 15)
        case (1, 24):
            frames = range(0, len(body), 3)
            whole = (int.from_bytes(body[at : at + 3], "little", signed=True) for at in frames)
            return array.array("d", (sample / (1 << 23) for sample in whole))
        case (7, 8):
            return array.array("d", (MU_LAW[byte] for byte in body))
        case (1, 32):
            return _scaled(array.array("i", body), 1 << 31)
        case (3, 32):
            return _scaled(array.array("f", body), 1)
    raise NotWav(f"{name} has samples of a kind that cannot be read (format {tag}, {bits} bits)")


def _mu_law(byte: int) -> float:
    """One G.711 µ-law byte as a sample from -1 to 1."""
    code = ~byte & 0xFF
    size = (((code & 0x0F) << 3) + 132 << (code >> 4 & 7)) - 132
    return (-size if code & 0x80 else size) / (1 << 15)


MU_LAW = tuple(_mu_law(byte) for byte in range(256))


def _scaled(samples: array.array[int] | array.array[float], full: int) -> array.array[float]:
    if sys.byteorder == "big":
        samples.byteswap()
    return array.array("d", (sample / full for sample in samples))
