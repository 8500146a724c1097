"""What the kiosk asks of a reader: texts as they are on the paper, and whether it is there."""

from collections.abc import Callable, Iterator
from typing import Literal, Protocol

from PIL import Image

Kind = Literal["scanner", "camera"]
Read = Callable[[str], None]
"""Takes one whole text; may be called from any thread, never raises."""
There = Callable[[bool], None]
"""Told whenever the reader is there or gone; may be called from any thread."""


class Reader(Protocol):
    """One device. It never raises: a device that is missing is told as gone and looked for again."""

    @property
    def kind(self) -> Kind: ...

    def start(self, read: Read, there: There) -> None:
        """Begins and returns."""

    def want(self, wanted: bool) -> None:
        """Whether a code is awaited now; a camera looks only then."""

    def stop(self) -> None:
        """Ends within a second or so."""


class FrameSource(Protocol):
    """A camera, or pictures in its place. Frames live in memory only."""

    def there(self) -> bool:
        """Whether it can be opened, as far as one can tell without opening it."""

    def frames(self) -> Iterator[Image.Image | None]:
        """Opens it and gives grey pictures; None for a torn or blank one. Raises OSError when it is gone.

        Closing the iterator lets go of the device.
        """
