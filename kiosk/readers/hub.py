"""All readers of a kiosk as one: every text becomes Scanned, what is plugged in becomes ReadersChanged."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kiosk.readers.once import Once
from kiosk.readers.ports import Reader
from kiosk.readers.spec import Spec
from kiosk.readers.watched import WedgeScanner
from kiosk.session.actions import Action
from kiosk.session.heard import ReadersChanged, Scanned
from kiosk.session.state import Factor, Home, Keypad, NoAnswer, Result, Scan, Session
from kiosk.session.tracking import may_unlock

Dispatch = Callable[[Action], None]


class Readers:
    """Made before the session is there; `typed` takes what the window heard from a wedge scanner."""

    def __init__(self, readers: Sequence[Reader], monotonic: Callable[[], float]) -> None:
        self._readers, self._monotonic = tuple(readers), monotonic
        self._lock = threading.Lock()
        self._once = Once()
        self._there = [False] * len(self._readers)
        self._dispatch: Dispatch | None = None

    def start(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch
        for number, reader in enumerate(self._readers):
            reader.start(self.typed, partial(self._changed, number))

    def stop(self) -> None:
        self._dispatch = None
        for reader in self._readers:
            reader.stop()

    def follow(self, session: Session) -> None:
        """Whether a code is awaited in this session; cheap enough for every change."""
        wanted = awaited(session)
        for reader in self._readers:
            reader.want(wanted)

    def typed(self, text: str) -> None:
        """One whole text, from any reader; the same one held there counts once."""
        with self._lock:
            self._once, new = self._once.see(text, self._monotonic())
        if new and self._dispatch is not None:
            self._dispatch(Scanned(text))

    def _changed(self, number: int, there: bool) -> None:
        with self._lock:
            self._there[number] = there
            kinds = frozenset(
                reader.kind for reader, here in zip(self._readers, self._there, strict=True) if here
            )
        if self._dispatch is not None:
            self._dispatch(ReadersChanged(kinds))


def awaited(session: Session) -> bool:
    """Where a camera may look: only where somebody was asked to show something."""
    match session.place:
        case Scan() | NoAnswer() | Factor():
            return True
        case Result() as place:
            return may_unlock(place)
        case Home() | Keypad():
            return False
    return False


def build(specs: Sequence[Spec], monotonic: Callable[[], float]) -> Readers:
    """The readers that the settings name."""
    return Readers([_reader(spec, monotonic) for spec in specs], monotonic)


def _reader(spec: Spec, monotonic: Callable[[], float]) -> Reader:
    """What a kiosk does not have is not even loaded."""
    match spec.kind:
        case "serial":
            from kiosk.readers.serial_scanner import SerialScanner

            return SerialScanner(spec.path, spec.baud, monotonic)
        case "camera":
            from kiosk.readers.camera import CameraReader
            from kiosk.readers.v4l2 import V4l2Camera

            return CameraReader(V4l2Camera(Path(spec.path)), spec.path)
        case "pictures":
            from kiosk.readers.camera import CameraReader
            from kiosk.readers.pictures import Pictures

            return CameraReader(Pictures(Path(spec.path)), spec.path)
        case "wedge":
            return WedgeScanner(Path(spec.path) if spec.path else None)
