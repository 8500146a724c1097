"""The theme as a style sheet: custom properties and the packaged web fonts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assets.files import FONT_FILES
from assets.theme import Theme


def css_variables(theme: Theme) -> str:
    """Every token as a custom property, in px and ms; high contrast under `[data-contrast="high"]`.

    `--ink`, `--kiosk-h1-size`, `--kiosk-h1-weight`, `--staff-space-gutter`, `--phone-radius-card`,
    `--border-closed-width`, `--motion-press`, `--hc-accent`: hyphens where the theme has underscores.
    """
    root = "\n".join(f"  --{name}: {value};" for name, value in _properties(theme))
    high = "\n".join(f"  --{name}: {value};" for name, value in _high_contrast(theme.high_contrast))
    return f':root {{\n{root}\n}}\n[data-contrast="high"] {{\n{high}\n}}\n'


def font_faces(base_url: str) -> str:
    """`@font-face` rules for every packaged WOFF2 under `base_url` (no trailing slash)."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: normal; '
        f'font-display: swap; src: url("{base_url}/{stem}-{weight}.woff2") format("woff2"); }}\n'
        for family, (stem, weights) in FONT_FILES.items()
        for weight in weights
    )


def _properties(theme: Theme) -> Iterator[tuple[str, str]]:
    for name, colour in theme.colour.items():
        yield _name(name), colour
    yield "on-primary", theme.colour["paper"]
    for name, colour in theme.high_contrast.items():
        yield _name("hc", name), colour
    face = theme.type
    yield "font", f'"{face.family}", sans-serif'
    yield "font-figures", f'"{face.family_figures}", sans-serif'
    yield "font-code", f'"{face.family_code}", monospace'
    yield "heading-line-height", str(face.heading_line_height)
    yield "body-line-height", str(face.body_line_height)
    yield "number-line-height", str(face.number_line_height)
    for surface, styles in face.surfaces.items():
        for name, style in styles.items():
            yield _name(surface, name, "size"), f"{style.size}px"
            yield _name(surface, name, "weight"), str(style.weight)
    for kind, surfaces in (("space", theme.space), ("radius", theme.radius)):
        for surface, lengths in surfaces.items():
            for name, length in lengths.items():
                yield _name(surface, kind, name), f"{length}px"
    for surface, height in theme.band.items():
        yield _name(surface, "band"), f"{height}px"
    for surface, height in theme.logo_slot.items():
        yield _name("logo", "slot", surface), f"{height}px"
    yield "band-gold-share", f"{theme.brand.gold_share * 100:g}%"
    for name, border in theme.border.items():
        yield _name("border", name, "width"), f"{border.width}px"
        yield _name("border", name, "style"), border.style
        yield _name("border", name, "colour"), f"var(--{_name(border.colour)})"
    for name, length in theme.touch.items():
        if name.endswith("_px"):
            yield _name("touch", name.removesuffix("_px")), f"{length}px"
    for name, length in theme.motion_ms.items():
        yield _name("motion", name), f"{length}ms"


def _high_contrast(colours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The page's own names, told to mean black, white and the accent only."""
    black, white, accent = colours["ground"], colours["text"], colours["accent"]
    for name in ("paper", "ground", "muted", "red-tint", "gold-tint", "green-tint", "blue-tint"):
        yield name, black
    for name in ("ink", "ink-2", "ink-3", "stale", "gold-ink", "red-deep", "green", "blue"):
        yield name, white
    for name in ("line", "line-strong"):
        yield name, colours["border"]
    for name in ("red", "gold", "gauge-amber"):
        yield name, accent
    yield "on-primary", colours["on_accent"]


def _name(*parts: str) -> str:
    return "-".join(part.replace("_", "-") for part in parts)
