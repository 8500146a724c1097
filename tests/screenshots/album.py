"""Where pictures go: palette PNGs, so that the whole folder stays small."""

import io
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
COLOURS = 128


class Album:
    """A folder of pictures; `keep` replaces the one of the same name."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, picture: Image.Image | bytes) -> None:
        if isinstance(picture, bytes):
            picture = Image.open(io.BytesIO(picture))
        if picture.mode != "1":
            picture = picture.convert("RGB").quantize(
                COLOURS, Image.Quantize.FASTOCTREE, kmeans=1, dither=Image.Dither.NONE
            )
        path = self._folder / f"{name}.png"
        picture.save(path, optimize=True)
        print(f"{path.name:24} {picture.width:5} x {picture.height:<5} {path.stat().st_size // 1000:4} kB")
