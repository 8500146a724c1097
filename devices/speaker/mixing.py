"""Clips and silences as one WAV, so that an announcement is one sound and cannot come apart."""

import array
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assets.clips import ClipStore
from assets.wav import read_wav
from queue_server.speech.phrases import Clip

RATE = 16_000
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_TAIL_S = 0.15
"""Silence at the end: sound cards that stop early cut it, and not the last word."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """A mono 16-bit WAV of `RATE`, and how long it sounds."""

    wav: bytes = field(repr=False)
    seconds: float


class Mixer:
    """For one thread. An office's own recordings are used when they are WAV; else the packaged voice."""

    def __init__(self, sounds: Path | None = None) -> None:
        """`sounds` is the office's folder of recordings, `<language>/<key>.wav`."""
        self._own, self._packaged = ClipStore(sounds), ClipStore()
        self._decoded: dict[Path, array.array[int]] = {}

    def mix(self, clips: Sequence[Clip]) -> Mixed:
        """Raises MissingAsset for a phrase nobody has recorded, NotWav and OSError for a broken file."""
        samples = array.array("h")
        for clip in clips:
            samples.extend(self._samples(clip))
            samples.extend(_silence(clip.pause_s))
        samples.extend(_silence(_TAIL_S))
        data = samples.tobytes()
        header = _HEADER.pack(
            b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16, b"data", len(data)
        )
        return Mixed(header + data, len(samples) / RATE)

    def _samples(self, clip: Clip) -> "array.array[int]":
        path = self._own.resolve(clip.language, clip.key)
        if path.suffix != ".wav":
            path = self._packaged.resolve(clip.language, clip.key)
        if path not in self._decoded:
            self._decoded[path] = _decoded(path)
        return self._decoded[path]


def _silence(seconds: float) -> "array.array[int]":
    return array.array("h", bytes(2 * round(seconds * RATE)))


def _decoded(path: Path) -> "array.array[int]":
    """Mono samples at `RATE`; another rate is met by the nearest sample, which is enough for speech."""
    sound = read_wav(path)
    mono = sound.samples[:: sound.channels]
    count = round(len(mono) * RATE / sound.rate)
    return array.array(
        "h",
        (
            round(max(-1.0, min(1.0, mono[min(len(mono) - 1, n * sound.rate // RATE)])) * 32767)
            for n in range(count)
        ),
    )
