"""The pieces without a window: zones, one finger, four arrows, words into lines, boxes into pixels."""

from __future__ import annotations

from itertools import product

import pytest

from assets.theme import load_theme
from kiosk.ui import focus, ink
from kiosk.ui import typeset as typeset_module
from kiosk.ui.finger import LONGEST_S, Finger
from kiosk.ui.geometry import Box, Measures, grid, zones_for
from kiosk.ui.ink import draw
from kiosk.ui.skins import Skin, exact, nine_part, ring
from kiosk.ui.theme import ROLES, Look
from kiosk.ui.typeset import NBSP, runs_of, typeset

THEME = load_theme()
INK = (18, 22, 28)


@pytest.mark.parametrize(
    ("size", "low"), list(product([(1080, 1920), (1920, 1080), (768, 1366), (1280, 800)], [False, True]))
)
def test_zones_lie_inside_the_glass_and_never_on_each_other(size: tuple[int, int], low: bool) -> None:
    zones = zones_for(*size, Measures(), low)
    glass = Box(0, 0, *size)
    parts = (zones.band, zones.header, zones.reading, zones.touch, zones.bar)
    assert all(part.within(glass) and part.w > 0 and part.h > 0 for part in parts)
    assert not any(a.overlaps(b) for n, a in enumerate(parts) for b in parts[n + 1 :])


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_low_reach_puts_everything_touchable_into_the_lower_sixty_percent(size: tuple[int, int]) -> None:
    zones = zones_for(*size, Measures(), True)
    assert max(zones.touch.top, zones.bar.top) <= size[1] * 0.6 + 1


def test_cells_of_a_grid_fill_it_with_the_gap_between() -> None:
    cells = grid(Box(0, 0, 100, 100), 4, 2, 10)
    assert cells[0] == Box(0, 55, 45, 45)
    assert cells[3] == Box(55, 0, 45, 45)


class Glass:
    """One button from 0 to 10."""

    button = "button"

    def at(self, x: float, y: float) -> str | None:
        return self.button if 0 <= x <= 10 and 0 <= y <= 10 else None


def test_a_finger_presses_when_it_lifts_inside() -> None:
    finger, glass = Finger[str](), Glass()
    assert finger.down(1, 5, 5, glass.at, 0) == "button"
    assert finger.up(1, 6, 6, glass.at) == ("button", True)


def test_a_finger_that_slid_off_presses_nothing_even_after_sliding_back() -> None:
    finger, glass = Finger[str](), Glass()
    finger.down(1, 5, 5, glass.at, 0)
    assert finger.move(1, 50, 5, glass.at) == "button"
    assert finger.move(1, 5, 5, glass.at) is None
    assert finger.up(1, 5, 5, glass.at) == (None, False)


def test_a_second_finger_is_ignored_while_the_first_is_down() -> None:
    finger, glass = Finger[str](), Glass()
    finger.down(1, 5, 5, glass.at, 0)
    assert finger.down(2, 5, 5, glass.at, 0) is None
    assert finger.up(2, 5, 5, glass.at) == (None, False)
    assert finger.up(1, 5, 5, glass.at) == ("button", True)


def test_a_finger_whose_lifting_was_lost_keeps_the_next_off_for_a_moment_only() -> None:
    finger, glass = Finger[str](), Glass()
    finger.down(1, 5, 5, glass.at, 0)
    assert not finger.free(LONGEST_S - 0.1)
    assert finger.free(LONGEST_S)
    assert finger.down(2, 5, 5, glass.at, LONGEST_S) == "button"
    assert finger.up(1, 5, 5, glass.at) == (None, False), "it presses nothing, should it lift at last"
    assert finger.up(2, 5, 5, glass.at) == ("button", True)


def test_a_screen_that_changes_under_the_finger_is_not_pressed() -> None:
    finger, glass = Finger[str](), Glass()
    finger.down(1, 5, 5, glass.at, 0)
    assert finger.forget() == "button"
    assert finger.up(1, 5, 5, glass.at) == (None, False)


BOXES = {"hero": Box(0, 50, 100, 50), "left": Box(0, 0, 45, 40), "right": Box(55, 0, 45, 40)}
ORDER = ("hero", "left", "right")


def test_arrows_lead_to_the_nearest_press_in_their_direction() -> None:
    assert focus.moved(ORDER, BOXES, None, "down") == "hero"
    assert focus.moved(ORDER, BOXES, "left", "right") == "right"
    assert focus.moved(ORDER, BOXES, "right", "up") == "hero"


@pytest.mark.parametrize("arrow", ["right", "down"])
def test_one_arrow_alone_reaches_every_press(arrow: focus.Arrow) -> None:
    seen, now = set(), None
    for _ in range(12):
        now = focus.moved(ORDER, BOXES, now, arrow)
        seen.add(now)
    assert seen >= {"hero"} and now is not None


def test_words_are_broken_between_words_and_no_line_is_too_wide() -> None:
    kind = Look(THEME, 1080, 1920).type("body")
    text = "Thời gian chờ là dự báo: 8 trong 10 người được gọi trong khoảng ghi trên ô."
    setting = typeset(runs_of(text, 400, INK), kind, 500)
    assert len(setting.lines) > 1
    assert all(line.width <= 500 for line in setting.lines)
    words = " ".join(piece.run.text for line in setting.lines for piece in line.pieces)
    assert words.replace(NBSP, " ").split() == text.split()


def test_a_figure_stays_with_its_unit_and_ho_tich_stays_whole() -> None:
    assert "18" + NBSP + "phút" in runs_of("khoảng 12–18 phút", 400, INK)[0].text
    assert "hộ" + NBSP + "tịch" in runs_of("quầy hộ tịch", 400, INK)[0].text


def test_starred_words_are_strong() -> None:
    plain, strong, rest = runs_of("Đang chờ **14 người** nữa", 400, INK)
    assert (plain.weight, strong.weight, rest.weight) == (400, 700, 400)


def test_decomposed_vietnamese_is_drawn_as_composed() -> None:
    assert runs_of("Hộ".replace("ộ", "o\u0323\u0302"), 400, INK)[0].text == "Hộ"


@pytest.mark.parametrize("style", ["h1", "body", "card_title", "minimum"])
def test_stacked_marks_and_descenders_are_never_cut(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all the room in the world, Vietnamese's tallest and lowest letters take no more ink."""
    kind = Look(THEME, 1080, 1920).type(style)
    setting = typeset(runs_of("ẨỄỘẴẶỰ gjpqyộựậ", kind.weight, INK), kind, 2000)
    drawn = draw(setting, setting.width)
    monkeypatch.setattr(ink, "OVERHANG_EM", 1.0)
    roomy = draw(setting, setting.width)
    assert drawn.image.size == roomy.image.size
    assert drawn.image.tobytes() == roomy.image.tobytes()


def test_text_of_one_colour_is_grey_to_be_tinted_and_of_two_is_coloured() -> None:
    kind = Look(THEME, 1080, 1920).type("body")
    plain = draw(typeset(runs_of("Đang chờ", 400, INK), kind, 500), 500)
    mixed = draw(typeset(runs_of("Đang **chờ**", 400, INK, strong_colour=(200, 0, 0)), kind, 500), 500)
    assert (plain.image.mode, plain.tint) == ("LA", INK)
    assert (mixed.image.mode, mixed.tint) == ("RGBA", None)
    assert {colour[:3] for _, colour in mixed.image.getcolors(9999) or []} == {INK, (200, 0, 0)}


def test_a_fifth_character_makes_the_number_smaller_not_two_lines() -> None:
    kind = Look(THEME, 1080, 1920).type("ticket_number")
    setting = typeset(runs_of("A1012", 800, INK), kind, 860, shrink_to=36)
    assert len(setting.lines) == 1
    assert setting.width <= 860
    assert setting.size < kind.size


def test_digits_in_cells_do_not_move_when_they_change() -> None:
    kind = Look(THEME, 1080, 1920).type("h2")
    widths = {typeset(runs_of(text, 700, INK), kind, 400, cells=True).width for text in ("11", "08", "47")}
    assert len(widths) == 1


def test_nothing_is_smaller_than_its_minimum() -> None:
    for style in THEME.type.surfaces["kiosk"]:
        assert Look(THEME, 1080, 1920).type(style).size >= 28
        assert Look(THEME, 1080, 1920, large=True).type(style).size >= 36


def test_every_role_has_a_colour_in_both_themes() -> None:
    for role, contrast in product(ROLES, (False, True)):
        red, green, blue = Look(THEME, 1080, 1920, contrast=contrast).rgb(role)
        assert all(0 <= channel <= 255 for channel in (red, green, blue))


def test_a_box_has_smooth_corners_a_border_and_its_fill() -> None:
    part = nine_part(Skin((255, 255, 255), 20, (10, 20, 30), 4))
    image = part.image
    middle = (image.width // 2, image.height // 2)
    assert image.getpixel((0, 0))[3] == 0
    assert image.getpixel((image.width // 2, 1))[:3] == (10, 20, 30)
    assert image.getpixel(middle) == (255, 255, 255, 255)
    alphas = {image.getpixel((x, 2))[3] for x in range(part.fixed[0])}
    assert len(alphas) > 3


def test_a_closed_box_is_dashed_all_around() -> None:
    image = exact(Skin((236, 234, 229), 20, (133, 129, 121), 3, dashed=True), 300, 160).image
    top = [image.getpixel((x, 1))[:3] for x in range(40, 260)]
    assert {(133, 129, 121), (236, 234, 229)} <= set(top)
    with pytest.raises(ValueError, match="stretch"):
        nine_part(Skin(None, 20, (1, 2, 3), 3, dashed=True))


def test_a_ring_shows_the_share_that_is_left() -> None:
    def painted(share: float) -> int:
        image = ring(80, 8, share, (0, 0, 0), (255, 255, 255), 0)
        return sum(image.getchannel("A").histogram()[1:])

    assert painted(0) == 0 < painted(0.25) < painted(0.75) < painted(1.0)


def test_a_private_text_is_remembered_apart_and_forgotten_whole() -> None:
    kind = Look(THEME, 1080, 1920).type("body")
    name = runs_of("N*** T** H****", 400, INK, plain=True)
    assert "".join(run.text for run in name) == "N*** T** H****", "stars of a masked name stay"
    typeset_module.forget()
    shared = typeset_module._shared.cache_info().currsize
    widths = typeset_module.text_width.cache_info().currsize
    assert typeset(name, kind, 500, private=True).width > 0
    assert typeset_module._shared.cache_info().currsize == shared
    assert typeset_module.text_width.cache_info().currsize == widths
    typeset_module.forget()
    assert typeset_module._private.cache_info().currsize == 0
    assert typeset_module._private_width.cache_info().currsize == 0
