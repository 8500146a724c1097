"""Every packaged font and icon is there, is whole and covers what the product writes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from assets import files

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưy"
VIETNAMESE = {
    form
    for vowel in VOWELS
    for tone in TONES
    for form in (
        unicodedata.normalize("NFC", vowel + tone),
        unicodedata.normalize("NFC", vowel + tone).upper(),
    )
} | set("đĐ")
PUNCTUATION = set("–—“”‘’…·→≤≥%₫ ×−•/()[]{}:;,.!?@#&+=°©\u00a0")
LATIN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
FONTS = [(family, weight) for family, (_, weights) in files.FONT_FILES.items() for weight in weights]


@pytest.mark.parametrize(("family", "weight"), FONTS)
@pytest.mark.parametrize("suffix", [".ttf", ".woff2"])
def test_every_font_has_every_vietnamese_letter_digit_and_mark(family: str, weight: int, suffix: str) -> None:
    assert len(VIETNAMESE) == 12 * 6 * 2 + 2
    characters = TTFont(files.font_path(family, weight, suffix)).getBestCmap()
    missing = sorted(c for c in VIETNAMESE | LATIN | PUNCTUATION if ord(c) not in characters)
    assert missing == []


@pytest.mark.parametrize(("family", "weight"), FONTS)
def test_every_letter_draws_ink_unlike_the_missing_glyph(family: str, weight: int) -> None:
    font = ImageFont.truetype(str(files.font_path(family, weight)), 40)

    def drawn(character: str) -> bytes:
        image = Image.new("L", (80, 100))
        ImageDraw.Draw(image).text((10, 30), character, font=font, fill=255)
        return image.tobytes()

    missing, blank = drawn("\U0010ffff"), bytes(80 * 100)
    for character in sorted(VIETNAMESE | set("→≤–…")):
        assert drawn(character) not in (missing, blank), character


@pytest.mark.parametrize("weight", [400, 500, 600, 700, 800])
def test_text_typed_in_combining_marks_keeps_its_mark_positioning(weight: int) -> None:
    positioning = TTFont(files.font_path("Be Vietnam Pro", weight))["GPOS"].table
    assert {"kern", "mark"} <= {record.FeatureTag for record in positioning.FeatureList.FeatureRecord}


def test_inter_has_tabular_figures_for_tables_and_timers() -> None:
    for weight in (400, 600, 700):
        substitution = TTFont(files.font_path("Inter", weight))["GSUB"].table
        assert "tnum" in {record.FeatureTag for record in substitution.FeatureList.FeatureRecord}


def test_a_weight_that_is_not_shipped_gives_the_nearest() -> None:
    assert files.font_path("Be Vietnam Pro", 900).name == "be-vietnam-pro-800.ttf"
    assert files.font_path("Inter", 500).name == "inter-600.ttf"
    assert files.font_path("JetBrains Mono", 700).name == "jetbrains-mono-500.ttf"


def test_what_is_not_packaged_is_refused_by_name() -> None:
    with pytest.raises(files.MissingAsset, match="Comic"):
        files.font_path("Comic", 400)
    with pytest.raises(files.MissingAsset, match="unicorn"):
        files.icon_svg("unicorn")
    with pytest.raises(files.MissingAsset, match=r"nowhere\.wav"):
        files.sound_path("vi", "nowhere")


def test_fonts_and_icons_stay_small() -> None:
    def size(folder: str) -> int:
        return sum(path.stat().st_size for path in (files.ROOT / folder).rglob("*") if path.is_file())

    assert size("fonts") < 4_000_000
    assert size("icons") < 2_000_000


def test_every_icon_is_an_svg_that_takes_the_colour_of_its_text() -> None:
    assert len(files.icon_names()) >= 90
    for name in files.icon_names():
        svg = files.icon_svg(name).read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in svg and 'stroke="currentColor"' in svg
        assert not re.search(r"<script|<style|href=|\bon\w+=|style=", svg), name


def test_every_icon_has_a_white_png_with_ink_at_every_kiosk_size() -> None:
    for name in files.icon_names():
        for px in files.ICON_SIZES:
            image = Image.open(files.icon_png(name, px))
            assert image.size == (px, px) and image.mode == "RGBA", (name, px)
            red, green, blue, coverage = image.split()
            assert red.getextrema() == green.getextrema() == blue.getextrema() == (255, 255), (name, px)
            assert coverage.getextrema()[1] == 255, (name, px)
            assert 0.01 < sum(coverage.histogram()[128:]) / (px * px) < 0.5, (name, px)


def test_an_icon_is_never_given_smaller_than_asked_while_there_is_a_larger() -> None:
    assert files.icon_png("ticket", 46).parent.name == "46"
    assert files.icon_png("ticket", 92).parent.name == "96"
    assert files.icon_png("ticket", 20).parent.name == "46"
    assert files.icon_png("ticket", 999).parent.name == "216"


def test_the_licences_of_all_that_is_packaged_are_packaged() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in files.licences_dir().glob("*.txt")}
    for name in ("OFL-be-vietnam-pro.txt", "OFL-inter.txt", "OFL-jetbrains-mono.txt"):
        assert "SIL OPEN FONT LICENSE" in texts[name] and "Copyright" in texts[name]
    assert "ISC License" in texts["ISC-lucide.txt"] and "Cole Bemis" in texts["ISC-lucide.txt"]
