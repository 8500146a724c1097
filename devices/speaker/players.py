"""Loudspeakers: ALSA by the `aplay` command, a folder of files, and silence that takes its time."""

import os
import shutil
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path

from devices.health import UnitHealth
from devices.speaker.ports import PlayerDown

GRACE = 3.0
"""Seconds beyond its length after which a sound is given up: the card hangs."""
_NODES = Path("/dev/snd")


class AlsaPlayer:
    """`Player` over `aplay -D device`, one child process a sound: a hanging card hangs no thread of ours."""

    def __init__(
        self, device: str, *, aplay: Sequence[str] = ("aplay",), grace: float = GRACE, nodes: Path = _NODES
    ) -> None:
        """`device` is an ALSA name such as `default` or `plughw:1,0`; `nodes` is where sound cards show."""
        self._device, self._aplay, self._grace, self._nodes = device, tuple(aplay), grace, nodes
        self._child: subprocess.Popen[bytes] | None = None
        self._broken = ""

    def play(self, wav: bytes, seconds: float) -> None:
        try:
            self._child = subprocess.Popen(
                [*self._aplay, "-q", "-D", self._device, "-t", "wav", "-"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, "LC_ALL": "C"},
            )
            _, said = self._child.communicate(wav, timeout=seconds + self._grace)
        except subprocess.TimeoutExpired as error:
            self.close()
            self._broken = "the sound card takes nothing"
            raise PlayerDown(self._broken) from error
        except OSError as error:
            self._broken = str(error.strerror)
            raise PlayerDown(self._broken) from error
        code, self._child = self._child.returncode, None
        self._broken = ""
        if code != 0:
            self._broken = said.decode(errors="replace").strip().splitlines()[-1:][0] if said.strip() else ""
            self._broken = self._broken or f"aplay ended with {code}"
            raise PlayerDown(self._broken)

    def health(self) -> UnitHealth:
        facts = (("device", self._device),)
        if shutil.which(self._aplay[0]) is None:
            return UnitHealth(False, "player", "aplay is not installed: apt-get install alsa-utils", facts)
        if self._device not in ("null",) and not any(self._nodes.glob("pcm*p")):
            return UnitHealth(False, "unplugged", "this machine has no sound card", facts)
        return UnitHealth(True, "player" if self._broken else "", self._broken, facts)

    def close(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


class FolderPlayer:
    """`Player` into a folder, `000001.wav` and on. A file `fault` there makes it unwell."""

    def __init__(self, folder: Path, *, in_real_time: bool = False, keep: int = 50) -> None:
        """`in_real_time` takes as long as a loudspeaker would; the oldest beyond `keep` are deleted."""
        self._folder, self._keep = folder, keep
        self._closed = threading.Event()
        self._in_real_time = in_real_time

    def play(self, wav: bytes, seconds: float) -> None:
        if (self._folder / "fault").exists():
            raise PlayerDown("switched off by the fault file")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            heard = sorted(self._folder.glob("[0-9]*.wav"))
            number = int(heard[-1].stem) + 1 if heard else 1
            part = self._folder / f".{number}.wav"
            part.write_bytes(wav)
            part.replace(self._folder / f"{number:06d}.wav")
            for old in heard[: max(0, len(heard) + 1 - self._keep)]:
                old.unlink(missing_ok=True)
        except (OSError, ValueError) as error:
            raise PlayerDown(str(error)) from error
        if self._in_real_time and self._closed.wait(seconds):
            raise PlayerDown("closed while it played")

    def health(self) -> UnitHealth:
        if (self._folder / "fault").exists():
            return UnitHealth(False, "unplugged", "switched off by the fault file")
        return UnitHealth(True)

    def close(self) -> None:
        self._closed.set()
        self._closed = threading.Event()


class NullPlayer:
    """`Player` that is heard by nobody and takes as long as one that is."""

    def __init__(self) -> None:
        self._closed = threading.Event()

    def play(self, wav: bytes, seconds: float) -> None:
        if self._closed.wait(seconds):
            raise PlayerDown("closed while it played")

    def health(self) -> UnitHealth:
        return UnitHealth(True, facts=(("device", "null"),))

    def close(self) -> None:
        self._closed.set()
        self._closed = threading.Event()
