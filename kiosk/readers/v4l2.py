"""A camera of the machine (V4L2): grey frames of a size at which a receipt's code can be read."""

import io
from collections.abc import Iterator
from pathlib import Path

from linuxpy.video.device import Device, PixelFormat, VideoCapture  # type: ignore[import-untyped]
from PIL import Image, UnidentifiedImageError

SIZE = (1280, 720)
FORMATS = ("MJPG", "YUYV", "GREY")


class V4l2Camera:
    """`kiosk.readers.ports.FrameSource`. Name it by its `/dev/v4l/by-id/…`, which stays the same."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def there(self) -> bool:
        return self._path.exists()

    def frames(self) -> Iterator[Image.Image | None]:
        """The device is held while somebody takes frames, and let go of at once after."""
        with Device(str(self._path)) as device:
            capture = VideoCapture(device)
            for name in FORMATS:
                try:
                    capture.set_format(*SIZE, name)
                    break
                except (OSError, ValueError, KeyError):
                    continue
            with capture:
                for frame in capture:
                    yield grey(bytes(frame.data), frame.width, frame.height, frame.pixel_format)


def grey(data: bytes, width: int, height: int, format_: PixelFormat) -> Image.Image | None:
    """A frame's brightness as a picture; None for a torn one or a format nobody reads here."""
    try:
        match format_:
            case PixelFormat.MJPEG | PixelFormat.JPEG:
                with Image.open(io.BytesIO(data)) as picture:
                    return picture.convert("L")
            case PixelFormat.YUYV:
                return Image.frombytes("L", (width, height), data[: 2 * width * height : 2])
            case PixelFormat.GREY | PixelFormat.NV12 | PixelFormat.YUV420:
                return Image.frombytes("L", (width, height), data[: width * height])
    except (ValueError, OSError, SyntaxError, UnidentifiedImageError):
        return None
    return None
