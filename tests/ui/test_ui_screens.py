"""Every screen, drawn for real and measured: nothing clipped, nothing overlapping, everything in reach."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from tests.ui.gallery import Job
from tests.ui.shots import PANELS, all_names, shot, shots, take

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2000)]


@pytest.fixture(scope="module", params=PANELS)
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp(request.param)
    width, height = PANELS[request.param]
    return take(Job(width, height, str(folder / "out"), shots(), save=False), folder)


@pytest.mark.parametrize("file", all_names())
def test_a_screen_fits_its_words_and_can_be_reached(drawn: dict[str, Any], file: str) -> None:
    assert drawn[file]["problems"] == []


def test_no_screen_is_blank_and_no_two_languages_look_alike(drawn: dict[str, Any]) -> None:
    assert all(figures["colours"] > 60 for figures in drawn.values())
    pairs = [(name, name.replace("-vi", "-en", 1)) for name in all_names() if "-vi" in name]
    assert all(drawn[vi]["digest"] != drawn[en]["digest"] for vi, en in pairs)


def test_every_aid_changes_what_is_seen(drawn: dict[str, Any]) -> None:
    looks = {drawn[f"services-vi{mark}"]["digest"] for mark in ("", "-contrast", "-large", "-low")}
    assert len(looks) == 4


@pytest.mark.parametrize("size", [(768, 1366), (1366, 768), (720, 1280)])
def test_smaller_panels_show_the_same_screens(size: tuple[int, int], tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("small")
    wanted = tuple(
        shot(name, language)
        for name in ("home", "services", "priority", "ticket", "printer-failed", "server-lost", "still-there")
        for language in ("vi", "en")
    )
    figures = take(Job(*size, str(folder / "out"), wanted, save=False), folder)
    assert {name: found["problems"] for name, found in figures.items() if found["problems"]} == {}


def test_a_screen_shows_nothing_of_the_screens_before_it(tmp_path_factory: Any) -> None:
    """What was hidden must not be painted: neither words nor the insides of boxes."""
    before = (
        shot("visit/out_of_hours", "vi", large=True),
        shot("visit/services", "en", contrast=True, large=True, low=True),
        shot("visit/server_lost", "vi"),
        shot("visit/still_there", "en"),
        shot("visit/keypad_not_found", "vi", large=True),
        shot("visit/result_opened", "vi"),
        shot("visit/result_long", "en", contrast=True),
        shot("visit/scan_unread", "vi", low=True),
    )
    last = tuple(
        shot(name, "vi") for name in ("visit/home", "visit/services", "visit/ticket", "visit/result_ready")
    )
    alone, after = tmp_path_factory.mktemp("alone"), tmp_path_factory.mktemp("after")
    fresh = take(Job(540, 960, str(alone / "out"), last[:1], save=False), alone)
    worn = take(Job(540, 960, str(after / "out"), (*before, *last[1:], *last[:1]), save=False), after)
    assert worn[last[0].file]["digest"] == fresh[last[0].file]["digest"]


def test_a_late_hours_note_takes_no_waiting_count_off_its_card(tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("late")
    wanted = (shot("visit/services_late", "vi"), shot("visit/services_late", "en", contrast=True))
    figures = take(Job(1080, 1920, str(folder / "out"), wanted, save=False), folder)
    vi, en = (figures[one.file]["words"] for one in wanted)
    assert vi.count("4 người đang chờ") == en.count("4 waiting") == 8
    assert any("Nộp sau 15:00" in words for words in vi)


def test_a_brands_logo_stands_in_its_slot_and_the_name_makes_room(tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("brand")
    blue = (0, 0, 255)
    Image.new("RGB", (300, 150), blue).save(folder / "logo.png")
    (folder / "brand.toml").write_text('[brand]\nlogo = "logo.png"\n', encoding="utf-8")
    wanted = (shot("visit/home", "vi"), shot("visit/home", "vi", contrast=True))
    take(Job(1080, 1920, str(folder / "out"), wanted, theme=str(folder / "brand.toml")), folder)
    for one in wanted:
        with Image.open(folder / "out" / f"{one.file}.png") as picture:
            found = [(x, y) for y in range(14, 176) for x in range(300) if picture.getpixel((x, y)) == blue]
        left, right = min(x for x, _ in found), max(x for x, _ in found)
        top, bottom = min(y for _, y in found), max(y for _, y in found)
        assert (left, right) == (56, 155), "100 px wide, at the margin"
        assert bottom - top == 49, "its shape is kept"


def test_a_measured_fault_is_reported(tmp_path_factory: Any) -> None:
    """The measure itself can fail: a word longer than any panel is found."""
    folder = tmp_path_factory.mktemp("fault")
    figures = take(Job(1080, 1920, str(folder / "out"), (shot("overlong", "vi"),), save=False), folder)
    (found,) = figures.values()
    assert any("too wide" in problem for problem in found["problems"])
