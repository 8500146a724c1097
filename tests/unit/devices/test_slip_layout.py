"""A slip's layout: nothing outside the paper, nothing over anything else, nothing left out."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
import zxingcpp
from fakes.slip_samples import LONGEST, ORDINARY, PAGE, SAMPLES, artist, drawn, in_language
from PIL import Image

from assets.theme import load_theme
from devices.receipts.page import Bar, Box, Code, Logo, Page, Text
from devices.receipts.slips import SlipArtist
from devices.receipts.words import slip_words

WIDTHS = (576, 512, 384)
EVERY = [(name, dots, language) for name in SAMPLES for dots in WIDTHS for language in ("vi", "en")]
every_slip = pytest.mark.parametrize(("name", "dots", "language"), EVERY)


@cache
def page_of(name: str, dots: int, language: str) -> Page:
    return artist().page(in_language(SAMPLES[name], language), dots)


def texts(page: Page) -> list[Text]:
    return [item for item in page.items if isinstance(item, Text)]


def code(page: Page) -> Code:
    return next(item for item in page.items if isinstance(item, Code))


def dark(image: Image.Image, box: Box) -> Box | None:
    """The smallest box around what is black inside `box`, in the image's dots."""
    found = (
        image.convert("L")
        .crop((box.x, box.y, box.right, box.bottom))
        .point(lambda level: 255 - level)
        .getbbox()
    )
    return found and Box(box.x + found[0], box.y + found[1], found[2] - found[0], found[3] - found[1])


@every_slip
def test_nothing_is_outside_the_page(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    paper = Box(0, 0, page.width, page.height)
    assert page.width == dots
    for item in page.items:
        assert paper.holds(item.kept_free if isinstance(item, Code) else item.box), item


@every_slip
def test_no_ink_meets_other_ink(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    solid = [
        item.kept_free if isinstance(item, Code) else item.box
        for item in page.items
        if not isinstance(item, Bar)
    ]
    for one, other in combinations(solid, 2):
        assert not one.touches(other), (one, other)


@every_slip
def test_a_text_is_either_free_of_bars_or_white_on_one(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    bars = [item.box for item in page.items if isinstance(item, Bar)]
    for text in texts(page):
        if text.white:
            assert any(bar.holds(text.box) for bar in bars), text
        else:
            assert not any(bar.touches(text.box) for bar in bars), text
    if SAMPLES[name].qr:
        assert not any(bar.touches(code(page).kept_free) for bar in bars)


@every_slip
def test_every_text_has_ink_that_fills_its_box(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    image = drawn(in_language(SAMPLES[name], language), dots)
    for text in texts(page):
        area = image.crop((text.box.x, text.box.y, text.box.right, text.box.bottom)).convert("L")
        inked = area if text.white else area.point(lambda level: 255 - level)
        found = inked.getbbox()
        assert found is not None, text
        assert found[2] - found[0] >= text.box.width - 3, text
        assert found[3] - found[1] >= text.box.height - 3, text


@every_slip
def test_there_is_no_ink_outside_the_boxes(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    image = drawn(in_language(SAMPLES[name], language), dots).convert("L")
    for item in page.items:
        image.paste(255, (item.box.x, item.box.y, item.box.right, item.box.bottom))
    assert image.point(lambda level: 255 - level).getbbox() is None


@every_slip
def test_nothing_is_left_out_and_nothing_is_cut(name: str, dots: int, language: str) -> None:
    slip = in_language(SAMPLES[name], language)
    words = slip_words(slip)
    on_paper = "".join(text.text for text in texts(page_of(name, dots, language)))
    squeezed = on_paper.replace(" ", "").replace("·", "")
    wanted = [
        words.office,
        words.office_second,
        words.number,
        words.counter,
        words.counter_second,
        words.service,
    ]
    wanted += [
        words.service_second,
        words.priority,
        words.priority_second,
        words.priority_hint,
        words.promise,
    ]
    wanted += [
        words.note,
        words.reprint,
        words.ahead.label,
        words.ahead.figure,
        words.wait.label,
        *words.footer,
    ]
    wanted += [words.code_title, words.code_text] if slip.qr else []
    for text in wanted:
        assert text.replace(" ", "").replace("·", "") in squeezed, text
    assert "…" not in on_paper


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("name", ["ordinary", "longest", "unbroken"])
def test_the_code_is_read_back_from_the_paper(name: str, dots: int) -> None:
    [read] = zxingcpp.read_barcodes(drawn(SAMPLES[name], dots).convert("L"))
    assert read.text == PAGE


@pytest.mark.parametrize(("dots", "module"), [(576, 6), (512, 5), (384, 4)])
def test_the_code_is_drawn_in_whole_dots_with_four_white_modules_around_it(dots: int, module: int) -> None:
    found = code(page_of("ordinary", dots, "vi"))
    assert (found.module_dots, found.quiet) == (module, 4 * module)
    assert found.box.width == found.box.height == len(found.modules) * module
    assert dark(drawn(ORDINARY, dots), found.kept_free) == found.box


def test_a_code_too_wide_for_words_beside_it_stands_above_them() -> None:
    page = artist().page(ORDINARY.model_copy(update={"qr": "https://office.example.vn/t/" + "x" * 260}), 384)
    below = [text for text in texts(page) if text.text.startswith("Xem lượt")]
    assert below and below[0].box.y >= code(page).kept_free.bottom


def test_a_code_that_fits_no_paper_is_left_out_and_the_slip_is_still_printed() -> None:
    page = artist().page(ORDINARY.model_copy(update={"qr": "ẩ" * 400}), 384)
    assert not [item for item in page.items if isinstance(item, Code)]
    assert any(text.text == "A012" for text in texts(page))


@pytest.mark.parametrize("dots", WIDTHS)
def test_the_number_is_by_far_the_largest(dots: int) -> None:
    heights = {text.text: text.box.height for text in texts(page_of("ordinary", dots, "vi"))}
    number = heights.pop("A012")
    assert number > 2.5 * max(heights.values())


def test_at_576_dots_the_sizes_are_the_themes() -> None:
    sizes = {text.text: (text.size, text.weight) for text in texts(page_of("ordinary", 576, "vi"))}
    assert sizes["A012"] == (212, 800)
    assert sizes["Quầy 2 hoặc 3"] == (50, 700)
    assert sizes["Chứng thực bản sao, chữ ký"] == (34, 700)
    assert sizes["12–18"] == (46, 700)


@every_slip
def test_no_letter_is_smaller_than_22_dots(name: str, dots: int, language: str) -> None:
    assert min(text.size for text in texts(page_of(name, dots, language)) if text.text != "MWMW8888") >= 22


def test_a_name_of_up_to_three_lines_keeps_its_size() -> None:
    slip = ORDINARY.model_copy(
        update={
            "service": ORDINARY.service.model_copy(
                update={"vi": "Đăng ký khai sinh kết hợp nhận cha, mẹ, con"}
            )
        }
    )
    sizes = [text.size for text in texts(artist().page(slip, 384)) if "khai sinh" in text.text]
    assert sizes == [23]


@pytest.mark.parametrize("dots", WIDTHS)
def test_stacked_marks_are_drawn_whole(dots: int) -> None:
    letters = "Ẩ Ẫ Ậ Ẳ Ẵ Ặ Ể Ễ Ệ Ổ Ỗ Ộ Ở Ỡ Ợ Ử Ữ Ự Ỷ Ỹ Ỵ Đ ẩ ẫ ậ ẳ ẵ ặ ể ễ ệ ổ ỗ ộ ở ỡ ợ ử ữ ự ỷ ỹ ỵ đ"
    slip = ORDINARY.model_copy(update={"service": ORDINARY.service.model_copy(update={"vi": letters})})
    page = artist().page(slip, dots)
    image = drawn(slip, dots)
    lines = [
        text for text in texts(page) if set(text.text.split()) <= set(letters.split()) and text.text != "A012"
    ]
    assert "".join(line.text for line in lines).replace(" ", "") == letters.replace(" ", "")
    for line in lines:
        around = Box(line.box.x - 2, line.box.y - 2, line.box.width + 4, line.box.height + 4)
        found = dark(image, around)
        assert found is not None and line.box.holds(found), line


def test_only_the_office_and_the_heading_are_in_capitals() -> None:
    shouted = {
        text.text
        for text in texts(page_of("ordinary", 576, "vi"))
        if len(text.text) > 4 and text.text.isupper() and any(letter.isalpha() for letter in text.text)
    }
    assert shouted == {"TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "XÃ THANH BÌNH", "SỐ THỨ TỰ"}


def test_a_reprint_says_so_in_white_on_black() -> None:
    [mark] = [text for text in texts(page_of("longest", 576, "vi")) if text.text == "IN LẠI"]
    assert mark.white
    assert not [text for text in texts(page_of("ordinary", 576, "vi")) if text.text == "IN LẠI"]


def test_the_same_slip_gives_the_same_dots() -> None:
    again = SlipArtist(load_theme())
    assert again.image(LONGEST, 512).tobytes() == drawn(LONGEST, 512).tobytes()


def test_a_width_that_no_slip_is_designed_for_is_refused() -> None:
    with pytest.raises(ValueError, match="there are 576, 512, 384"):
        artist().page(ORDINARY, 400)


def test_a_logo_stands_over_the_office_and_only_when_there_is_one(tmp_path: object) -> None:
    assert not [item for item in page_of("ordinary", 576, "vi").items if isinstance(item, Logo)]
    theme = load_theme()
    logo = Image.new("RGBA", (300, 150), (0, 0, 0, 0))
    logo.paste((20, 20, 20, 255), (20, 20, 280, 130))
    path = __import__("pathlib").Path(str(tmp_path)) / "logo.png"
    logo.save(path)
    with_logo = SlipArtist(replace(theme, brand=replace(theme.brand, logo=path)))
    page, image = with_logo.page(ORDINARY, 576), with_logo.image(ORDINARY, 576)
    [slot] = [item.box for item in page.items if isinstance(item, Logo)]
    assert (slot.width, slot.height) == (192, 96)
    assert slot.bottom <= min(text.box.y for text in texts(page))
    found = dark(image, slot)
    assert found is not None and abs(found.width - 166) <= 2


@pytest.mark.parametrize("dots", WIDTHS)
def test_the_two_facts_stand_on_the_same_lines(dots: int) -> None:
    found = {text.text: text.baseline for text in texts(page_of("ordinary", dots, "vi"))}
    assert found["Trước Ông/Bà"] == found["Chờ khoảng"]
    assert found["4"] == found["người"] == found["12–18"] == found["phút"]


def test_facts_too_wide_for_two_columns_stand_below_each_other() -> None:
    found = {text.text: text.box for text in texts(page_of("longest", 384, "vi"))}
    assert found["1284"].bottom < found["45–185"].y
    assert found["1284"].x == found["45–185"].x
