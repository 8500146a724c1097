"""Where the packaged things are: fonts, icons, sounds, brand themes, sample offices and translations."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent

FONT_FILES: dict[str, tuple[str, tuple[int, ...]]] = {
    "Be Vietnam Pro": ("be-vietnam-pro", (400, 500, 600, 700, 800)),
    "Inter": ("inter", (400, 600, 700)),
    "JetBrains Mono": ("jetbrains-mono", (500,)),
}
"""Family → (file stem, weights that are shipped)."""

ICON_SIZES: tuple[int, ...] = (46, 60, 78, 96, 108, 120, 156, 192, 216)
"""Widths in px of the white PNG icons: the kiosk's sizes and their doubles (96 serves for 92)."""


class MissingAsset(LookupError):
    """Something was asked for that is not packaged; the message says what there is instead."""


def font_path(family: str, weight: int, suffix: str = ".ttf") -> Path:
    """The file of a family at a weight, `.ttf` for kiosk and slips, `.woff2` for the web.

    A weight that is not shipped gives the nearest one that is (the heavier of two equally near).
    Raises MissingAsset for an unknown family or suffix.
    """
    try:
        stem, weights = FONT_FILES[family]
    except KeyError:
        raise MissingAsset(f"no font {family!r}; there are {', '.join(FONT_FILES)}") from None
    nearest = min(weights, key=lambda shipped: (abs(shipped - weight), -shipped))
    return _existing(ROOT / "fonts" / f"{stem}-{nearest}{suffix}")


def icon_names() -> tuple[str, ...]:
    """Every packaged icon, in alphabetical order."""
    return tuple(sorted(path.stem for path in (ROOT / "icons" / "svg").glob("*.svg")))


def icon_svg(name: str) -> Path:
    """The icon as SVG drawn in `currentColor` on a 24-unit grid. Raises MissingAsset."""
    return _existing(ROOT / "icons" / "svg" / f"{name}.svg")


def icon_png(name: str, px: int) -> Path:
    """The icon in white on transparent, at the smallest shipped size that is at least `px` wide.

    Beyond the largest size the largest is given. Raises MissingAsset.
    """
    size = next((shipped for shipped in ICON_SIZES if shipped >= px), ICON_SIZES[-1])
    return _existing(ROOT / "icons" / "png" / str(size) / f"{name}.png")


def sound_path(language: str | None, key: str) -> Path:
    """The packaged clip of a phrase key in a language; no language for chime, tick and beeps.

    Raises MissingAsset.
    """
    return _existing(sounds_dir() / (language or "common") / f"{key}.wav")


def sounds_dir() -> Path:
    """The folder of the packaged clips: `vi/`, `en/`, `common/`."""
    return ROOT / "sounds"


def phrases_path() -> Path:
    """The catalogue of everything that is spoken: phrase key → text in Vietnamese and English."""
    return ROOT / "sounds" / "phrases.toml"


def theme_path(name: str = "default") -> Path:
    """A packaged brand theme. Raises MissingAsset."""
    return _existing(ROOT / "brand" / f"{name}.toml")


def office_path(name: str) -> Path:
    """A packaged sample office (`commune`, `province`). Raises MissingAsset."""
    return _existing(ROOT / "offices" / f"{name}.toml")


def contract_dir() -> Path:
    """The folder of golden samples of the MQTT contract."""
    return ROOT / "contract"


def licences_dir() -> Path:
    """The licence texts of everything packaged here that others made."""
    return ROOT / "licences"


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise MissingAsset(f"{path.relative_to(ROOT)} is not packaged")
    return path
