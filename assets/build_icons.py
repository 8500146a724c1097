"""Renders the SVG icons to white-on-transparent PNGs for the kiosk, which tints them.

    python -m assets.build_icons [--browser PATH]

One page a size holds every icon in a grid; Chromium draws it and the cells are cut out. Run it after an SVG
is added.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from assets.files import ICON_SIZES, ROOT, icon_names, icon_svg

COLUMNS = 16
ALPHA_STEP = 17
"""16 levels of coverage: not to be told from 256 on an outline icon, and files less than half as big."""


def sheet(page: Page, names: tuple[str, ...], px: int) -> Image.Image:
    """Every icon at `px`, in a grid of COLUMNS, as coverage (mode L)."""
    rows = -(-len(names) // COLUMNS)
    cells = "".join(f"<div>{icon_svg(name).read_text(encoding='utf-8')}</div>" for name in names)
    page.set_viewport_size({"width": COLUMNS * px, "height": rows * px})
    page.set_content(
        "<style>*{margin:0;padding:0}"
        f"body{{display:grid;grid-template-columns:repeat({COLUMNS},{px}px);grid-auto-rows:{px}px;color:#fff}}"
        f"svg{{width:{px}px;height:{px}px;display:block}}</style>{cells}"
    )
    shot = Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
    return shot.getchannel("A").point([round(level / ALPHA_STEP) * ALPHA_STEP for level in range(256)])


def main(browser: Path) -> None:
    names = icon_names()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        for px in ICON_SIZES:
            coverage = sheet(page, names, px)
            folder = ROOT / "icons" / "png" / str(px)
            folder.mkdir(parents=True, exist_ok=True)
            for stale in set(folder.glob("*.png")) - {folder / f"{name}.png" for name in names}:
                stale.unlink()
            for index, name in enumerate(names):
                left, top = index % COLUMNS * px, index // COLUMNS * px
                white = Image.new("L", (px, px), 255)
                cell = coverage.crop((left, top, left + px, top + px))
                Image.merge("RGBA", (white, white, white, cell)).save(folder / f"{name}.png", optimize=True)
        chromium.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", type=Path, default=Path("/usr/bin/chromium"))
    main(parser.parse_args().browser)
