"""Plays clips one after another; keeps time by the files' own length, so silence hangs nothing."""

from __future__ import annotations

import logging
import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from kivy.clock import Clock
from kivy.core.audio import SoundLoader

from assets.files import MissingAsset, sound_path
from queue_server.speech.phrases import Clip

log = logging.getLogger(__name__)
UNKNOWN_LENGTH_S = 1.0
KEEP_SOUNDS = 64


def clip_seconds(path: Path) -> float:
    """How long a WAV plays; 1 s when the file does not say."""
    try:
        with wave.open(str(path), "rb") as file:
            rate = file.getframerate()
            return file.getnframes() / rate if rate else UNKNOWN_LENGTH_S
    except (OSError, EOFError, wave.Error):
        return UNKNOWN_LENGTH_S


class KivySpeaker:
    """A kiosk.ports.Speaker. Any thread may call; playing happens on Kivy's."""

    def __init__(
        self,
        find: Callable[[str | None, str], Path] = sound_path,
        load: Callable[[str], Any] = SoundLoader.load,
    ) -> None:
        self._find, self._load = find, load
        self._turn = 0
        self._playing: Any = None
        self._sounds: dict[str, Any] = {}

    def say(self, clips: Sequence[Clip], ended: Callable[[], None]) -> None:
        """Begin a reading; `ended` once it comes to its own end, not when it is cut off."""
        wanted = tuple(clips)
        Clock.schedule_once(lambda _dt: self._begin(wanted, ended), 0)

    def hush(self) -> None:
        Clock.schedule_once(lambda _dt: self._cut(), 0)

    def beep(self, sound: Literal["fault", "beep_ok", "tick"]) -> None:
        """Over nothing: a reading is cut off."""
        self.say((Clip(sound, None),), lambda: None)

    def _cut(self) -> None:
        self._turn += 1
        if self._playing is not None:
            self._playing.stop()
            self._playing = None

    def _begin(self, clips: tuple[Clip, ...], ended: Callable[[], None]) -> None:
        self._cut()
        self._next(self._turn, clips, ended)

    def _next(self, turn: int, clips: tuple[Clip, ...], ended: Callable[[], None]) -> None:
        if turn != self._turn:
            return
        self._playing = None
        if not clips:
            ended()
            return
        clip, rest = clips[0], clips[1:]
        seconds = self._play(clip)
        Clock.schedule_once(lambda _dt: self._next(turn, rest, ended), seconds + clip.pause_s)

    def _play(self, clip: Clip) -> float:
        """Start one clip; how long it lasts in seconds, 0 for one that is not there."""
        try:
            path = self._find(clip.language, clip.key)
        except MissingAsset as missing:
            log.warning("clip missing: %s", missing)
            return 0.0
        sound = self._sound(str(path))
        if sound is not None:
            sound.stop()
            sound.play()
            self._playing = sound
        return clip_seconds(path)

    def _sound(self, path: str) -> Any:
        if path not in self._sounds:
            if len(self._sounds) >= KEEP_SOUNDS:
                gone = self._sounds.pop(next(iter(self._sounds)))
                if gone is not None:
                    gone.unload()
            self._sounds[path] = self._load(path)
        return self._sounds[path]
