"""How far two colours stand apart: WCAG 2.2 relative luminance and contrast ratio."""

from __future__ import annotations

import re

HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def rgb(colour: str) -> tuple[int, int, int]:
    """`#RRGGBB` → (0–255, 0–255, 0–255). Raises ValueError on anything else."""
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour of the form #RRGGBB")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def rgba(colour: str, alpha: float = 1.0) -> tuple[float, float, float, float]:
    """`#RRGGBB` → four floats from 0 to 1, as Kivy wants them. Raises ValueError."""
    red, green, blue = rgb(colour)
    return red / 255, green / 255, blue / 255, alpha


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1 (white). Raises ValueError."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = rgb(colour)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def ratio(first: str, second: str) -> float:
    """Contrast from 1 (same) to 21 (black and white), whichever way round. Raises ValueError."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)
