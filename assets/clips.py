"""Finds the recording of a phrase: an office's own if it dropped one in, else the packaged one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assets.files import MissingAsset, sounds_dir
from assets.wav import NotWav, read_wav

SUFFIXES = (".wav", ".ogg", ".mp3")
COMMON = "common"
LONGEST = 100
"""Characters of a key: no file system takes names without end."""
NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
AUDIBLE_DBFS = -45.0
SHORTEST_COMPRESSED_BYTES = 1024
MEDIA_TYPES = {".wav": "audio/wav", ".ogg": "audio/ogg", ".mp3": "audio/mpeg"}


@dataclass(frozen=True)
class ClipStore:
    """Recordings by language and phrase key. `override_dir` is the office's `sounds` folder, or None.

    An office's recording is `<override_dir>/<language>/<key>.wav`, `.ogg` or `.mp3`; the chime and the
    kiosk's sounds, which have no language, are in `common`.
    """

    override_dir: Path | None = None

    def resolve(self, language: str | None, key: str) -> Path:
        """The file to play. Raises MissingAsset; no key can name a file outside the two folders."""
        folder = language or COMMON
        if not all(NAME.fullmatch(one) and len(one) <= LONGEST for one in (folder, key)):
            raise MissingAsset("no such clip")
        for root in (self.override_dir, sounds_dir()):
            for suffix in SUFFIXES if root is not None else ():
                assert root is not None
                path = root / folder / f"{key}{suffix}"
                if path.is_file():
                    return path
        raise MissingAsset(f"no clip {folder}/{key}")

    def audible(self, language: str | None, key: str) -> bool:
        """Whether there is a clip that is heard: a WAV louder than -45 dBFS over its length.

        OGG and MP3 are not decoded: their header and a length of 1 kB are all that is checked.
        """
        try:
            path = self.resolve(language, key)
            if path.suffix == ".wav":
                return read_wav(path).rms_dbfs > AUDIBLE_DBFS
            return _looks_compressed(path)
        except (MissingAsset, NotWav, OSError):
            return False


def media_type(path: Path) -> str:
    """The media type a browser wants for a clip's file."""
    return MEDIA_TYPES[path.suffix]


def _looks_compressed(path: Path) -> bool:
    data = path.read_bytes()
    ogg = data[:4] == b"OggS"
    mp3 = data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0)
    return (ogg or mp3) and len(data) >= SHORTEST_COMPRESSED_BYTES
