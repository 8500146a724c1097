"""Pictures in a file or folder in a camera's place: the same ones again and again, as a camera sees."""

import threading
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

FRAME_S = 0.1


class Pictures:
    """`kiosk.readers.ports.FrameSource`. What cannot be read as a picture is a torn frame."""

    def __init__(self, path: Path, frame_s: float = FRAME_S) -> None:
        self._path, self._frame_s = path, frame_s
        self._pause = threading.Event()

    def there(self) -> bool:
        return self._path.exists()

    def frames(self) -> Iterator[Image.Image | None]:
        while True:
            names = sorted(self._path.iterdir()) if self._path.is_dir() else [self._path]
            for name in names:
                yield _picture(name)
                self._pause.wait(self._frame_s)
            if not names:
                yield None
                self._pause.wait(self._frame_s)


def _picture(path: Path) -> Image.Image | None:
    """Raises OSError when the file is gone."""
    try:
        with Image.open(path) as file:
            return file.convert("L")
    except FileNotFoundError:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
