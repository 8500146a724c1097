"""A camera that looks for codes while one is awaited; its frames are decoded in memory and dropped."""

import logging
import threading
from collections.abc import Callable

import zxingcpp
from PIL import Image

from kiosk.readers.ports import FrameSource, Kind, Read, There
from queue_server.codes.normal import text_of

_log = logging.getLogger(__name__)

LOOK_AGAIN_S = 2.0
"""How often a camera that is not there, or not wanted, is looked for."""
FORMATS = zxingcpp.BarcodeFormats(
    (
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Aztec,
    )
)


def codes_in(picture: Image.Image) -> list[str]:
    """The texts of all codes in a grey picture; an unreadable picture has none."""
    try:
        found = zxingcpp.read_barcodes(picture, formats=FORMATS)
    except (ValueError, TypeError, RuntimeError):
        return []
    return [text_of(code.bytes) for code in found if code.valid and code.bytes]


class CameraReader:
    """`kiosk.readers.ports.Reader` over any source of frames."""

    kind: Kind = "camera"

    def __init__(
        self,
        source: FrameSource,
        name: str,
        decode: Callable[[Image.Image], list[str]] = codes_in,
        look_again_s: float = LOOK_AGAIN_S,
    ) -> None:
        self._source, self._name, self._decode = source, name, decode
        self._look_again_s = look_again_s
        self._over, self._changed = threading.Event(), threading.Event()
        self._wanted = False
        self._thread: threading.Thread | None = None

    def start(self, read: Read, there: There) -> None:
        self._thread = threading.Thread(
            target=self._run, args=(read, there), name="kiosk-camera", daemon=True
        )
        self._thread.start()

    def want(self, wanted: bool) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._changed.set()

    def stop(self) -> None:
        self._over.set()
        self._changed.set()
        if self._thread is not None:
            self._thread.join(1.0)

    def _run(self, read: Read, there: There) -> None:
        was: bool | None = None
        while not self._over.is_set():
            here = self._source.there()
            if here != was:
                _log.info("camera %s: %s", self._name, "there" if here else "not there")
                there(here)
                was = here
            if here and self._wanted and not self._look(read):
                there(False)
                was = False
            self._changed.wait(self._look_again_s)
            self._changed.clear()

    def _look(self, read: Read) -> bool:
        """Until nobody wants it any more; whether the camera was still there."""
        try:
            for picture in self._source.frames():
                if self._over.is_set() or not self._wanted:
                    return True
                for text in self._decode(picture) if picture is not None else ():
                    read(text)
        except Exception as problem:  # OSError, or whatever the driver's library calls it
            _log.warning("camera %s: gone (%s)", self._name, type(problem).__name__)
            return False
        return True
