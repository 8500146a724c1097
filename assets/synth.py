"""Makes sounds: chime and signals from tones, speech levelled and trimmed, both written as WAV."""

from __future__ import annotations

import struct
import wave
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
SPEECH_DBFS = -20.0
SIGNAL_DBFS = -32.0
"""Kiosk signals stay 10 dB and more under the calls."""
PEAK = 0.89
TRIM = 0.006
MARGIN_S = 0.012
Samples = NDArray[np.float64]


def tone(hertz: float, seconds: float, decay_s: float) -> Samples:
    """A soft bell: the tone and two quiet overtones, struck in 5 ms and fading with `decay_s`."""
    at = np.arange(round(seconds * RATE)) / RATE
    body = sum(
        share * np.sin(2 * np.pi * hertz * partial * at) for partial, share in ((1, 1), (2, 0.3), (3, 0.1))
    )
    return np.asarray(body * np.minimum(1, at / 0.005) * np.exp(-at / decay_s), dtype=np.float64)


def bells(seconds: float, *strikes: tuple[float, float, float]) -> Samples:
    """Tones struck one after the other, each ringing to the end: (starts at s, hertz, decay s)."""
    body = rest(seconds)
    for start_s, hertz, decay_s in strikes:
        begin = round(start_s * RATE)
        body[begin:] += tone(hertz, seconds - start_s, decay_s)[: len(body) - begin]
    return fade(body, 0.01)


def rest(seconds: float) -> Samples:
    """Silence."""
    return np.zeros(round(seconds * RATE))


def signals() -> dict[str, Samples]:
    """The sounds that belong to no language: chime 0.6 s, key tick, rising beep, two low beeps."""
    return {
        "chime": level(bells(0.6, (0.0, 659.3, 0.2), (0.25, 523.3, 0.15)), SPEECH_DBFS),
        "tick": level(bells(0.025, (0.0, 1900, 0.006)), SIGNAL_DBFS),
        "beep_ok": level(bells(0.22, (0.0, 880, 0.03), (0.09, 1320, 0.06)), SIGNAL_DBFS),
        "fault": level(
            np.concatenate([bells(0.16, (0.0, 330, 0.12)), rest(0.08), bells(0.2, (0.0, 330, 0.12))]),
            SIGNAL_DBFS,
        ),
    }


def resample(samples: Samples, rate: int) -> Samples:
    """To RATE, by dropping or adding the highest frequencies."""
    length = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)
    wanted = length // 2 + 1
    kept = np.zeros(wanted, dtype=complex)
    kept[: min(wanted, len(spectrum))] = spectrum[:wanted]
    return np.asarray(np.fft.irfft(kept, length) * (length / len(samples)), dtype=np.float64)


def trim(samples: Samples) -> Samples:
    """Without the silence at both ends, but for 12 ms. Raises ValueError when all is silence."""
    loud = np.flatnonzero(np.abs(samples) > TRIM * max(1e-9, float(np.max(np.abs(samples), initial=0))))
    if not len(loud) or float(np.max(np.abs(samples))) < 1e-4:
        raise ValueError("nothing is heard")
    margin = round(MARGIN_S * RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def fade(samples: Samples, seconds: float = 0.006) -> Samples:
    """Both ends taken to zero, so that joined clips do not click."""
    count = min(round(seconds * RATE), len(samples) // 2)
    ramp = np.ones(len(samples))
    ramp[:count] = np.linspace(0, 1, count)
    ramp[len(samples) - count :] = np.linspace(1, 0, count)
    return samples * ramp


def level(samples: Samples, dbfs: float) -> Samples:
    """At this RMS loudness, peaks above 0.89 pressed down softly."""
    power = float(np.sqrt(np.mean(samples**2)))
    raised = samples * (10 ** (dbfs / 20) / power)
    return np.where(
        np.abs(raised) <= PEAK / 2,
        raised,
        np.sign(raised) * (PEAK / 2 + PEAK / 2 * np.tanh((np.abs(raised) - PEAK / 2) / (PEAK / 2))),
    )


def write_speech(path: Path, samples: Samples) -> None:
    """8-bit µ-law mono WAV at RATE (ITU-T G.711): half of 16-bit, and Chromium and Kivy's SDL play it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = mu_law(samples).tobytes()
    chunks = [
        (b"fmt ", struct.pack("<HHIIHHH", 7, 1, RATE, RATE, 1, 8, 0)),
        (b"fact", struct.pack("<I", len(body))),
        (b"data", body),
    ]
    packed = b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for name, content in chunks
    )
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(packed)) + b"WAVE" + packed)


def mu_law(samples: Samples) -> NDArray[np.uint8]:
    """Samples from -1 to 1 as G.711 µ-law bytes."""
    pcm = np.round(np.clip(samples, -1, 1) * 32767).astype(np.int64)
    size = np.minimum(np.abs(pcm), 32635) + 132
    exponent = np.floor(np.log2(size)).astype(np.int64) - 7
    mantissa = (size >> (exponent + 3)) & 0x0F
    sign = np.where(pcm < 0, 0x80, 0)
    return np.asarray(~(sign | (exponent << 4) | mantissa) & 0xFF, dtype=np.uint8)


def write_signal(path: Path, samples: Samples) -> None:
    """16-bit mono WAV at RATE."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pcm: NDArray[Any] = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.tobytes())
