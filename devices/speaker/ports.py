"""What a driver of loudspeakers promises."""

from typing import Protocol

from devices.health import UnitHealth


class PlayerDown(Exception):
    """Nothing, or not all of it, was heard; the text says why for the log and the devices page."""


class Player(Protocol):
    """One loudspeaker. For one thread."""

    def play(self, wav: bytes, seconds: float) -> None:
        """Plays a whole WAV and returns when it has been heard to its end. Raises PlayerDown.

        Returns or raises within `seconds` and some, even when the sound card hangs.
        """

    def health(self) -> UnitHealth:
        """Whether something could be played now, without playing. Returns within a second."""

    def close(self) -> None:
        """Never raises. Ends what is playing."""
