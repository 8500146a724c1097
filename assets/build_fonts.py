"""Makes the packaged fonts from the upstream TTFs: one TTF and one WOFF2 a weight, Latin and Vietnamese only.

    python -m assets.build_fonts DIR

DIR holds the upstream static TTFs anywhere below it, named `<Family without spaces>_<weight><style>.ttf`
(`BeVietnamPro_700Bold.ttf`). Be Vietnam Pro has no arrows, so those few glyphs are taken from Inter at the
same weight; both fonts are OFL without a reserved name.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.misc.transform import Identity  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from assets.files import FONT_FILES, ROOT

RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x300, 0x304),
    (0x306, 0x30C),
    (0x31B, 0x31B),
    (0x323, 0x323),
    (0x1E80, 0x1EF9),
    (0x2000, 0x206F),
)
SINGLES = "₫€№™←↑→↓−∕≈≠≤≥✓"
FEATURES = ("ccmp", "locl", "kern", "mark", "mkmk", "liga", "case", "tnum", "zero")
BORROWED = "←↑→↓№✓"


def wanted() -> set[int]:
    """Every code point the product may show."""
    return {point for first, last in RANGES for point in range(first, last + 1)} | {ord(c) for c in SINGLES}


def cut(source: Path) -> TTFont:
    """The upstream font reduced to the wanted code points, keeping kerning and mark positioning."""
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    return font


def borrow(into: TTFont, lender: TTFont, characters: str) -> None:
    """Adds the characters `into` lacks, scaled from `lender`'s em to its own."""
    own, other = into.getBestCmap(), lender.getBestCmap()
    scale = into["head"].unitsPerEm / lender["head"].unitsPerEm
    outlines = lender.getGlyphSet()
    for character in characters:
        point = ord(character)
        if point in own or point not in other:
            continue
        recording = DecomposingRecordingPen(outlines)
        outlines[other[point]].draw(recording)
        drawing = TTGlyphPen(None)
        recording.replay(TransformPen(drawing, Identity.scale(scale)))
        glyph: Any = drawing.glyph()
        name = f"uni{point:04X}"
        into.setGlyphOrder([*into.getGlyphOrder(), name])
        into["glyf"].glyphs[name] = glyph
        glyph.recalcBounds(into["glyf"])
        width = round(lender["hmtx"][other[point]][0] * scale)
        into["hmtx"].metrics[name] = (width, getattr(glyph, "xMin", 0))
        for table in into["cmap"].tables:
            if table.isUnicode():
                table.cmap[point] = name


def upstream(folder: Path, family: str, weight: int) -> Path:
    """The upstream file of a family at a weight. Raises FileNotFoundError."""
    pattern = f"{family.replace(' ', '')}_{weight}*.ttf"
    found = [path for path in sorted(folder.rglob(pattern)) if "Italic" not in path.name]
    if not found:
        raise FileNotFoundError(f"no {pattern} below the folder")
    return found[0]


def main(folder: Path) -> None:
    target = ROOT / "fonts"
    target.mkdir(exist_ok=True)
    for family, (stem, weights) in FONT_FILES.items():
        for weight in weights:
            font = cut(upstream(folder, family, weight))
            if family == "Be Vietnam Pro":
                borrow(font, TTFont(upstream(folder, "Inter", weight)), BORROWED)
            font.flavor = None
            font.save(target / f"{stem}-{weight}.ttf")
            font.flavor = "woff2"
            font.save(target / f"{stem}-{weight}.woff2")
            print(f"{stem}-{weight}: {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
