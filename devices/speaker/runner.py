"""One thread for one loudspeaker: announcements in a queue, never two at once, none cut short."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from assets.files import MissingAsset
from assets.wav import NotWav
from devices.health import NOT_SEEN, UnitHealth
from devices.speaker.mixing import Mixer
from devices.speaker.ports import Player, PlayerDown
from queue_server.speech.phrases import Clip

_log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
TRIES = 2
"""A sound that was not heard is played once more."""
Changed = Callable[[str, UnitHealth], None]
Done = Callable[[str], None]
"""Called with "" when it was heard to its end, else with why not."""


@dataclass(frozen=True)
class Sound:
    """Something to be said: `name` for the log. Not worth saying after `until` (monotonic seconds)."""

    name: str
    clips: tuple[Clip, ...]
    until: float
    done: Done = lambda why: None


class Announcements:
    """What waits to be said; kept when the speaker's runner is restarted."""

    def __init__(self) -> None:
        self.waiting: queue.SimpleQueue[Sound] = queue.SimpleQueue()

    def say(self, sound: Sound) -> None:
        """Returns at once."""
        self.waiting.put(sound)


class Speaker:
    """A runner (`devices.agent.supervisor`)."""

    kind = "speaker"

    def __init__(
        self,
        device: str,
        player: Player,
        announcements: Announcements,
        mixer: Callable[[], Mixer],
        changed: Changed,
        monotonic: Callable[[], float],
        look_every: float = LOOK_EVERY,
    ) -> None:
        self.name = device
        self._player, self._announcements, self._mixer = player, announcements, mixer
        self._changed, self._monotonic, self._look_every = changed, monotonic, look_every
        self._health = NOT_SEEN
        self._said = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"speaker-{device}", daemon=True)
        self.beat = monotonic()

    @property
    def devices(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self, wait: timedelta) -> None:
        """Ends after the sound in hand, or cuts it when that takes longer than `wait`."""
        self._stopping.set()
        self._thread.join(wait.total_seconds())
        if self._thread.is_alive():
            self._player.close()

    def give_up(self) -> None:
        """The thread hangs: nothing it still does is told."""
        self._stopping.set()
        self._changed = lambda device, health: None

    def _run(self) -> None:
        mixer = self._mixer()
        self._look()
        while not self._stopping.is_set():
            self.beat = self._monotonic()
            try:
                sound = self._announcements.waiting.get(timeout=self._look_every)
            except queue.Empty:
                self._look()
                continue
            if self._stopping.is_set():
                self._announcements.waiting.put(sound)
                break
            self._say(sound, mixer)
            self._look()
        self._player.close()

    def _say(self, sound: Sound, mixer: Mixer) -> None:
        if self._monotonic() > sound.until:
            _log.info("speaker=%s too late to be said: %s", self.name, sound.name)
            sound.done("too late")
            return
        try:
            mixed = mixer.mix(sound.clips)
        except (MissingAsset, NotWav, OSError) as error:
            _log.warning("speaker=%s cannot be said: %s: %s", self.name, sound.name, error)
            sound.done("no clip")
            return
        why = ""
        for _ in range(TRIES):
            self.beat = self._monotonic() + mixed.seconds
            try:
                self._player.play(mixed.wav, mixed.seconds)
            except PlayerDown as down:
                why = str(down)
                _log.warning("speaker=%s was not heard: %s: %s", self.name, sound.name, why)
                if self._stopping.is_set():
                    break
            else:
                why = ""
                self._said += 1
                break
        sound.done(why)

    def _look(self) -> None:
        try:
            seen = self._player.health()
        except Exception:
            _log.exception("the driver failed in a way nobody foresaw: speaker=%s", self.name)
            seen = UnitHealth(False, "player", "the driver failed")
        said = UnitHealth(seen.reachable, seen.fault, seen.detail, (*seen.facts, ("said", str(self._said))))
        if said != self._health:
            self._health = said
            _log.info("device=%s state=%s %s", self.name, said.state, said.words())
            self._changed(self.name, said)
