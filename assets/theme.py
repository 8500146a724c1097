"""The brand theme: colours, type, spaces and times of every surface, checked before anyone uses it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assets.contrast import rgb as rgb
from assets.contrast import rgba as rgba
from assets.files import theme_path
from assets.theme_checks import ThemeError as ThemeError
from assets.theme_checks import ThemeProblem as ThemeProblem
from assets.theme_checks import brand_problems, colour_problems, contrast_problems, lay_over, misplaced


@dataclass(frozen=True)
class Brand:
    """Whose office it is. `logo` is an existing file, or None: no slot is drawn."""

    office_name: str
    office_short: str
    logo: Path | None
    gold_share: float


@dataclass(frozen=True)
class TextStyle:
    """Size in the surface's unit (px, or dots on a slip) and weight (400–800)."""

    size: int
    weight: int


@dataclass(frozen=True)
class Typeface:
    """Families, line heights, the width of a digit's cell in em, and the named styles of each surface."""

    family: str
    family_figures: str
    family_code: str
    heading_line_height: float
    body_line_height: float
    number_line_height: float
    surfaces: Mapping[str, Mapping[str, TextStyle]]


@dataclass(frozen=True)
class LargeText:
    """What "Chữ lớn" does: every size times `factor`, none under `minimum` px, the lines in `drop` gone."""

    factor: float
    minimum: int
    drop: tuple[str, ...]


@dataclass(frozen=True)
class Border:
    """Width in px, colours by name, style as in CSS."""

    width: int
    colour: str
    style: str = "solid"
    fill: str | None = None


@dataclass(frozen=True)
class SlipScale:
    """Factor on slip sizes for each printing width in dots, and the smallest size in dots."""

    factors: Mapping[int, float]
    minimum: int


@dataclass(frozen=True)
class Qr:
    """How codes are drawn; dots a module by printing width in dots."""

    slip_module_dots: Mapping[int, int]
    quiet_zone_modules: int


@dataclass(frozen=True)
class Theme:
    """All a surface needs to look right: colours `#RRGGBB` by name, lengths in px, times in their unit."""

    brand: Brand
    colour: Mapping[str, str]
    high_contrast: Mapping[str, str]
    type: Typeface
    large_text: LargeText
    slip_scale: SlipScale
    band: Mapping[str, int]
    logo_slot: Mapping[str, int]
    space: Mapping[str, Mapping[str, int]]
    radius: Mapping[str, Mapping[str, int]]
    border: Mapping[str, Border]
    touch: Mapping[str, int]
    motion_ms: Mapping[str, int]
    timeout_s: Mapping[str, int]
    ticket_letters: str
    qr: Qr
    icon: Mapping[str, int]

    def text(self, surface: str, name: str, large: bool = False) -> TextStyle:
        """A named style of a surface; with `large`, as "Chữ lớn" shows it. Raises KeyError."""
        style = self.type.surfaces[surface][name]
        if not large:
            return style
        return TextStyle(
            max(self.large_text.minimum, ceil(style.size * self.large_text.factor)), style.weight
        )


def load_theme(path: Path | None = None) -> Theme:
    """The packaged look, with [brand] and [colour] of the theme file at `path` laid over it.

    Raises ThemeError with every problem of the file, among them each pair of colours too close to read.
    """
    default = tomllib.loads(theme_path().read_text(encoding="utf-8"))
    folder = theme_path().parent
    problems: list[ThemeProblem] = []
    if path is not None:
        folder = path.parent
        try:
            override = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            reason = error.strerror or "unreadable"
            raise ThemeError(
                (ThemeProblem(path.name, f"không đọc được tệp ({reason})", "cannot read the file"),)
            ) from error
        except ValueError as error:
            raise ThemeError(
                (ThemeProblem(path.name, f"tệp TOML sai cú pháp ({error})", "not valid TOML"),)
            ) from error
        problems += misplaced(default, override)
        lay_over(default, override)
    problems += brand_problems(default["brand"], folder)
    bad_colours = list(colour_problems(default["colour"]))
    problems += bad_colours
    problems += contrast_problems(default, {problem.key for problem in bad_colours})
    if problems:
        raise ThemeError(tuple(problems))
    return _theme(default, folder)


def _frozen(table: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(dict(table))


def _surfaces(table: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return _frozen({name: _frozen(content) for name, content in table.items() if isinstance(content, dict)})


def _theme(table: Mapping[str, Any], folder: Path) -> Theme:
    brand, colour, letters, qr = table["brand"], table["colour"], table["type"], table["qr"]
    plain = {name: value.upper() for name, value in colour.items() if isinstance(value, str)}
    styles = {
        surface: _frozen({name: TextStyle(*style) for name, style in content.items()})
        for surface, content in letters.items()
        if isinstance(content, dict)
    }
    faces = {name: value for name, value in letters.items() if not isinstance(value, dict)}
    scale = table["slip_scale"]
    return Theme(
        brand=Brand(
            office_name=brand["office_name"],
            office_short=brand["office_short"],
            logo=folder / brand["logo"] if brand["logo"] else None,
            gold_share=float(brand["gold_share"]),
        ),
        colour=_frozen(plain),
        high_contrast=_frozen(colour["high_contrast"]),
        type=Typeface(**faces, surfaces=_frozen(styles)),
        large_text=LargeText(**{**table["large_text"], "drop": tuple(table["large_text"]["drop"])}),
        slip_scale=SlipScale(
            _frozen({int(width): factor for width, factor in scale.items() if width != "minimum"}),
            scale["minimum"],
        ),
        band=_frozen(table["band"]),
        logo_slot=_frozen(table["logo_slot"]),
        space=_surfaces(table["space"]),
        radius=_surfaces(table["radius"]),
        border=_frozen(
            {name: Border(**{"style": "solid", "fill": None, **b}) for name, b in table["border"].items()}
        ),
        touch=_frozen(table["touch"]),
        motion_ms=_frozen(table["motion_ms"]),
        timeout_s=_frozen(table["timeout_s"]),
        ticket_letters=table["ticket"]["letters"],
        qr=Qr(
            _frozen({int(width): dots for width, dots in qr["slip_module_dots"].items()}),
            qr["quiet_zone_modules"],
        ),
        icon=_frozen(table["icon"]),
    )
