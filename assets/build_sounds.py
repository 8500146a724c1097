"""Renders every phrase with espeak-ng, so that a running office needs no synthesiser.

    python -m assets.build_sounds [--out DIR] [--only-missing] [--phrases FILE]

The packaged clips are made without arguments. An office renders its own words with `--phrases
<office>/phrases.toml --out <office>/sounds`; a person's recording in that folder replaces any clip.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from rich.progress import track

from assets.files import phrases_path, sounds_dir
from assets.phrases import PhrasesError, read_phrases, voiced
from assets.synth import (
    SPEECH_DBFS,
    Samples,
    fade,
    level,
    resample,
    signals,
    trim,
    write_signal,
    write_speech,
)

VOICES: dict[str, tuple[str, ...]] = {
    "vi": ("-v", "vi", "-s", "150", "-p", "45"),
    "en": ("-v", "en", "-s", "150", "-p", "45"),
}
MARKS = "rendered.json"
"""What each clip was rendered from, and what came out."""


Marks = Mapping[str, Sequence[str]]
"""Clip → (mark of the words, mark of the file that was written)."""


def content(path: Path) -> str:
    """Changes when the file changes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def mark(text: str, language: str) -> str:
    """Changes when the words or the voice change."""
    return hashlib.sha256("\0".join((text, *VOICES[language])).encode()).hexdigest()[:16]


def speak(text: str, language: str) -> Samples:
    """The words as levelled, trimmed samples. Raises CalledProcessError, ValueError when nothing is heard."""
    command = ["espeak-ng", *VOICES[language], "-z", "--stdout", "--", text]
    heard = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(heard)) as file:
        rate = file.getframerate()
        pcm = heard[heard.index(b"data") + 8 :]
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2").astype(np.float64) / 32768
    return level(fade(trim(resample(samples, rate))), SPEECH_DBFS)


def main() -> int:
    parser = argparse.ArgumentParser(description="Render every phrase to a clip.")
    parser.add_argument("--out", type=Path, default=sounds_dir(), help="where the clips go")
    parser.add_argument("--phrases", type=Path, default=phrases_path(), help="the phrases to render")
    parser.add_argument("--only-missing", action="store_true", help="only new and changed words")
    options = parser.parse_args()
    if shutil.which("espeak-ng") is None:
        print(
            "Thiếu espeak-ng: apt install espeak-ng · espeak-ng is missing: apt install espeak-ng",
            file=sys.stderr,
        )
        return 1
    try:
        return render(options.phrases, options.out, options.only_missing)
    except PhrasesError as error:
        print(error, file=sys.stderr)
        return 1


def render(phrases_file: Path, out: Path, only_missing: bool) -> int:
    """Makes the clips of a phrases file below `out`, with the signals for the packaged file. Returns 0.

    A WAV this program did not write is a person's recording and stays. Raises PhrasesError.
    """
    phrases = read_phrases(phrases_file)
    marks_file = out / MARKS
    known: Marks = json.loads(marks_file.read_text()) if marks_file.is_file() else {}
    wanted = {
        f"{language}/{key}": (voiced(phrase, language), language)
        for key, phrase in phrases.items()
        for language in VOICES
    }
    recorded = {name for name in wanted if recorded_by_a_person(out, name, known)}
    todo = [
        name
        for name, (text, language) in wanted.items()
        if name not in recorded
        and not (only_missing and file_of(out, name).is_file() and known[name][0] == mark(text, language))
    ]
    for name in known.keys() - wanted.keys():
        if not recorded_by_a_person(out, name, known):
            file_of(out, name).unlink(missing_ok=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        spoken = pool.map(lambda name: speak(*wanted[name]), todo)
        for name, samples in track(zip(todo, spoken, strict=True), total=len(todo), description="Clips"):
            write_speech(file_of(out, name), samples)
    if phrases_file == phrases_path():
        for key, samples in signals().items():
            write_signal(file_of(out, f"common/{key}"), samples)
    marks = {name: (mark(*wanted[name]), content(file_of(out, name))) for name in wanted.keys() - recorded}
    marks_file.parent.mkdir(parents=True, exist_ok=True)
    marks_file.write_text(json.dumps(marks, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(todo)} clips rendered, {len(recorded)} recordings kept, {len(wanted)} in all")
    return 0


def file_of(out: Path, name: str) -> Path:
    """`vi/digit.7` → its file below `out`."""
    return out / f"{name}.wav"


def recorded_by_a_person(out: Path, name: str, known: Marks) -> bool:
    """Whether there is a WAV of that name which is not the one this program wrote."""
    path = file_of(out, name)
    return path.is_file() and (name not in known or known[name][1] != content(path))


if __name__ == "__main__":
    sys.exit(main())
