"""What makes a theme unusable: keys out of place, things that are no colour, pairs too close to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.contrast import HEX, ratio

REPLACEABLE = ("brand", "colour")
BRAND_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "office_name": str,
    "office_short": str,
    "logo": str,
    "gold_share": (int, float),
}
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
"""How the pictures begin that panel, slip and page can all draw: PNG, JPEG, GIF, WebP. No SVG."""


@dataclass(frozen=True)
class ThemeProblem:
    """One reason a theme is refused, in both languages, with what to change."""

    key: str
    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.key}: {self.vi} · {self.en}"


class ThemeError(ValueError):
    """The theme is refused; `problems` holds every reason, not only the first."""

    def __init__(self, problems: tuple[ThemeProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def misplaced(default: Mapping[str, Any], override: Mapping[str, Any]) -> Iterator[ThemeProblem]:
    """Keys a theme file may not hold, or whose shape is wrong."""
    for table, content in override.items():
        if table not in REPLACEABLE or not isinstance(content, dict):
            yield ThemeProblem(
                table,
                "tệp giao diện chỉ có [brand] và [colour]; xoá mục này",
                "only [brand] and [colour]; remove",
            )
            continue
        yield from _unknown(table, default[table], content)


def _unknown(prefix: str, known: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[ThemeProblem]:
    for key, value in given.items():
        name = f"{prefix}.{key}"
        if key not in known:
            there = ", ".join(known)
            yield ThemeProblem(name, f"không có khoá này; có: {there}", f"no such key; there are: {there}")
        elif isinstance(known[key], dict):
            if isinstance(value, dict):
                yield from _unknown(name, known[key], value)
            else:
                yield ThemeProblem(name, "phải là một bảng", "must be a table")


def lay_over(base: dict[str, Any], override: Mapping[str, Any]) -> None:
    """Takes over what has a place and the right shape; the rest was already reported."""
    for table in REPLACEABLE:
        given = override.get(table)
        if not isinstance(given, dict):
            continue
        for key, value in given.items():
            own = base[table].get(key)
            if isinstance(own, dict) and isinstance(value, dict):
                own.update({name: inner for name, inner in value.items() if name in own})
            elif own is not None and not isinstance(own, dict):
                base[table][key] = value


def brand_problems(brand: Mapping[str, Any], folder: Path) -> Iterator[ThemeProblem]:
    for key, kind in BRAND_KEYS.items():
        if not isinstance(brand[key], kind) or isinstance(brand[key], bool):
            yield ThemeProblem(f"brand.{key}", "sai kiểu giá trị", "wrong kind of value")
            continue
        if key in ("office_name", "office_short") and not brand[key].strip():
            yield ThemeProblem(f"brand.{key}", "không được để trống", "must not be empty")
        if key == "gold_share" and not 0 <= brand[key] <= 1:
            yield ThemeProblem(f"brand.{key}", "phải từ 0 đến 1", "must be between 0 and 1")
        if key == "logo" and brand[key] and not (folder / brand[key]).is_file():
            yield ThemeProblem(
                f"brand.{key}",
                f"không thấy tệp {brand[key]} cạnh tệp giao diện",
                "no such file beside the theme file",
            )
        elif key == "logo" and brand[key] and not _is_picture(folder / brand[key]):
            yield ThemeProblem(
                f"brand.{key}",
                f"{brand[key]} không phải là ảnh đọc được; lưu lại thành tệp PNG",
                "not a picture that can be read; save it as a PNG file",
            )


def _is_picture(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(8).startswith(PICTURES)
    except OSError:
        return False


def _flat(colours: Mapping[str, Any]) -> dict[str, Any]:
    """`{"ink": …, "high_contrast": {"text": …}}` → `{"ink": …, "high_contrast.text": …}`."""
    flat: dict[str, Any] = {}
    for name, value in colours.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": colour for inner, colour in value.items()}
        else:
            flat[name] = value
    return flat


def colour_problems(colours: Mapping[str, Any]) -> Iterator[ThemeProblem]:
    for name, value in _flat(colours).items():
        if not (isinstance(value, str) and HEX.fullmatch(value)):
            yield ThemeProblem(
                f"colour.{name}", f"{value!r} không phải màu dạng #RRGGBB", "not a colour of the form #RRGGBB"
            )


def contrast_problems(table: Mapping[str, Any], unusable: set[str]) -> Iterator[ThemeProblem]:
    colours = _flat(table["colour"])
    for group, content in table["contrast"].items():
        minimum = float(content["minimum"])
        for pair in content["pairs"]:
            front, back = pair.split(" on ")
            if {f"colour.{front}", f"colour.{back}"} & unusable:
                continue
            measured = ratio(colours[front], colours[back])
            if measured < minimum:
                figures = f"{measured:.2f} < {minimum:.1f}"
                yield ThemeProblem(
                    f"contrast.{group}: {pair}",
                    f"tương phản {figures}; chọn màu đậm hoặc nhạt hơn cho {front} hoặc {back}",
                    f"contrast {figures}; move {front} and {back} further apart",
                )
