"""The look is refused when it cannot be read, and says everything that is wrong at once."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

from assets.contrast import ratio
from assets.css import css_variables, font_faces
from assets.files import theme_path
from assets.theme import Theme, ThemeError, load_theme, rgb, rgba


def refused(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "theme.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ThemeError) as error:
        load_theme(file)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("front", "back", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#12161C", "#FFFFFF", 18.15),
        ("#FFFFFF", "#A8121A", 7.59),
        ("#858179", "#F5F3EF", 3.50),
        ("#F0B429", "#A8121A", 4.07),
        ("#FFD400", "#000000", 14.67),
        ("#59616D", "#F5F3EF", 5.65),
        ("#777777", "#777777", 1.0),
    ],
)
def test_contrast_is_the_published_ratio_whichever_colour_is_in_front(
    front: str, back: str, expected: float
) -> None:
    assert ratio(front, back) == pytest.approx(expected, abs=0.006)
    assert ratio(back, front) == ratio(front, back)


def test_the_packaged_theme_is_accepted_and_whole() -> None:
    theme = load_theme()
    assert theme.colour["red"] == "#A8121A"
    assert theme.high_contrast["accent"] == "#FFD400"
    assert theme.text("kiosk", "ticket_number").size == 320
    assert theme.text("slip", "number").weight == 800
    assert theme.brand.logo is None
    assert theme.slip_scale.factors[384] == 0.67
    assert theme.qr.slip_module_dots == {576: 6, 512: 5, 384: 4}
    assert theme.border["closed"].style == "dashed"
    assert theme.timeout_s["question"] == 45
    assert theme.ticket_letters == "ABCDEGHKLMNPRSTVX"


def test_a_theme_cannot_be_changed_by_who_reads_it() -> None:
    theme = load_theme()
    with pytest.raises(TypeError):
        theme.colour["red"] = "#000000"  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        theme.ticket_letters = "A"  # type: ignore[misc]


def test_every_text_colour_of_the_theme_is_in_a_checked_pair() -> None:
    table = tomllib.loads(theme_path().read_text(encoding="utf-8"))
    fronts = {pair.split(" on ")[0] for group in table["contrast"].values() for pair in group["pairs"]}
    shown = {
        "ink",
        "ink_2",
        "ink_3",
        "stale",
        "paper",
        "red",
        "red_deep",
        "gold",
        "gold_ink",
        "green",
        "blue",
    }
    assert shown | {"line_strong", "gauge_amber"} <= fronts


def test_grey_text_is_refused_with_every_pair_and_both_ratios(tmp_path: Path) -> None:
    problems = refused(tmp_path, '[colour]\nink_2 = "#8A8A8A"\n')
    pairs = {problem.split(": ")[1] for problem in problems}
    assert pairs == {"ink_2 on paper", "ink_2 on ground", "ink_2 on gold_tint", "ink_2 on muted"}
    on_paper = next(problem for problem in problems if "ink_2 on paper" in problem)
    assert "3.45 < 7.0" in on_paper
    assert "tương phản" in on_paper and "contrast" in on_paper


def test_staff_text_and_borders_have_their_own_minimum(tmp_path: Path) -> None:
    problems = refused(tmp_path, '[colour]\nink_3 = "#8A8A8A"\nline_strong = "#CCCCCC"\n')
    assert any("contrast.staff_text: ink_3 on paper" in p and "3.45 < 4.5" in p for p in problems)
    assert any("contrast.non_text: line_strong on paper" in p and "1.61 < 3.0" in p for p in problems)


def test_high_contrast_is_held_to_seven_too(tmp_path: Path) -> None:
    problems = refused(tmp_path, '[colour.high_contrast]\naccent = "#806A00"\n')
    assert any("high_contrast.accent on high_contrast.ground" in problem for problem in problems)


def test_all_mistakes_of_a_theme_are_told_at_once(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        '[brand]\noffice_name = " "\nlogo = "khong-co.png"\ngold_share = 2\nslogan = "x"\n'
        '[colour]\nink = "black"\nred = "#FF9999"\npink = "#FFC0CB"\nslip = "#000000"\n'
        "[touch]\nkiosk_min_px = 10\n",
    )
    keys = {problem.split(": ")[0] for problem in problems}
    assert {
        "brand.office_name",
        "brand.logo",
        "brand.gold_share",
        "brand.slogan",
        "colour.ink",
        "colour.pink",
        "colour.slip",
        "touch",
        "contrast.text",
    } <= keys
    assert not any("ink on paper" in problem for problem in problems), "no ratio of what is no colour"


def test_a_theme_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path) -> None:
    assert len(refused(tmp_path, "[brand\n")) == 1
    with pytest.raises(ThemeError, match="không đọc được tệp"):
        load_theme(tmp_path / "none.toml")


def test_an_office_theme_replaces_name_logo_and_some_colours_only(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    file = tmp_path / "theme.toml"
    file.write_text(
        '[brand]\noffice_short = "Một cửa phường Tân An"\nlogo = "logo.png"\n[colour]\nred = "#8c0f16"\n',
        encoding="utf-8",
    )
    theme = load_theme(file)
    assert theme.brand.office_short == "Một cửa phường Tân An"
    assert theme.brand.logo == tmp_path / "logo.png"
    assert theme.colour["red"] == "#8C0F16"
    assert theme.colour["ink"] == load_theme().colour["ink"]


def test_a_logo_that_no_panel_can_draw_is_refused_before_any_does(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    problems = refused(tmp_path, '[brand]\nlogo = "logo.svg"\n')
    assert len(problems) == 1 and "brand.logo" in problems[0] and "PNG" in problems[0]


def test_large_text_grows_every_kiosk_size_and_leaves_none_under_its_minimum() -> None:
    theme = load_theme()
    for name, style in theme.type.surfaces["kiosk"].items():
        large = theme.text("kiosk", name, large=True)
        assert large.size >= 36
        assert large.size >= style.size * 1.25
        assert large.weight == style.weight


def test_colours_come_in_the_forms_kivy_and_pillow_want() -> None:
    assert rgba("#FF0080", 0.5) == pytest.approx((1.0, 0.0, 0.50196, 0.5), abs=1e-4)
    assert rgb("#FF0080") == (255, 0, 128)
    with pytest.raises(ValueError, match="#RRGGBB"):
        rgb("red")


def declared(css: str) -> dict[str, str]:
    lines = [line.strip().rstrip(";") for line in css.splitlines() if line.strip().startswith("--")]
    return dict(line.split(": ", 1) for line in lines)


def test_the_style_sheet_has_every_colour_and_size_and_only_names_that_exist() -> None:
    theme: Theme = load_theme()
    root, high = css_variables(theme).split('[data-contrast="high"]')
    values = declared(root)
    for name, colour in theme.colour.items():
        assert values["--" + name.replace("_", "-")] == colour
    assert values["--kiosk-h1-size"] == "76px"
    assert values["--counter-display-number-weight"] == "800"
    assert values["--staff-space-gutter"] == "14px"
    assert values["--motion-press"] == "80ms"
    assert values["--border-closed-style"] == "dashed"
    assert all(value[4:-1] in values for value in values.values() if value.startswith("var("))
    overridden = declared(high)
    assert set(overridden) <= set(values)
    assert set(overridden.values()) == {"#000000", "#FFFFFF", "#FFD400"}


def test_font_faces_name_files_that_are_packaged() -> None:
    faces = font_faces("/assets/fonts")
    assert faces.count("@font-face") == 9
    assert '"/assets/fonts/be-vietnam-pro-800.woff2"' in faces
