"""A dossier's slip: nothing outside the paper, nothing over anything else, nothing left out, code read."""

from functools import cache
from itertools import combinations

import pytest
import zxingcpp
from fakes.slip_samples import DOSSIER_SAMPLES, GUIDANCE, RECEIPT, artist, drawn, in_language, print_job

from devices.receipts.dossier_words import dossier_words
from devices.receipts.page import Bar, Box, Code, Page, Text
from queue_server.contract.states import PrintJob
from queue_server.contract.values import DossierSlip, Slip

WIDTHS = (576, 512, 384)
EVERY = [(name, dots, language) for name in DOSSIER_SAMPLES for dots in WIDTHS for language in ("vi", "en")]
every_slip = pytest.mark.parametrize(("name", "dots", "language"), EVERY)


@cache
def page_of(name: str, dots: int, language: str) -> Page:
    return artist().page(in_language(DOSSIER_SAMPLES[name], language), dots)


def texts(page: Page) -> list[Text]:
    return [item for item in page.items if isinstance(item, Text)]


@every_slip
def test_nothing_of_a_dossiers_slip_is_outside_the_paper(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    paper = Box(0, 0, page.width, page.height)
    assert page.width == dots
    for item in page.items:
        assert paper.holds(item.kept_free if isinstance(item, Code) else item.box), item


@every_slip
def test_no_ink_of_a_dossiers_slip_meets_other_ink(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    solid = [i.kept_free if isinstance(i, Code) else i.box for i in page.items if not isinstance(i, Bar)]
    for one, other in combinations(solid, 2):
        assert not one.touches(other), (one, other)
    bars = [item.box for item in page.items if isinstance(item, Bar)]
    for text in texts(page):
        if text.white:
            assert any(bar.holds(text.box) for bar in bars), text
        else:
            assert not any(bar.touches(text.box) for bar in bars), text


@every_slip
def test_there_is_no_ink_outside_the_boxes_of_a_dossiers_slip(name: str, dots: int, language: str) -> None:
    page = page_of(name, dots, language)
    image = drawn(in_language(DOSSIER_SAMPLES[name], language), dots).convert("L")
    for item in page.items:
        image.paste(255, (item.box.x, item.box.y, item.box.right, item.box.bottom))
    assert image.point(lambda level: 255 - level).getbbox() is None


@every_slip
def test_every_word_of_a_dossiers_slip_is_on_the_paper(name: str, dots: int, language: str) -> None:
    words = dossier_words(in_language(DOSSIER_SAMPLES[name], language))
    on_paper = "".join(text.text for text in texts(page_of(name, dots, language)))
    squeezed = on_paper.replace(" ", "").replace("·", "")
    wanted = [words.office, words.office_second, words.title, words.title_second, words.form, words.number]
    wanted += [words.code, words.due_label, words.due, words.lines_title, *words.lines, words.sign]
    wanted += [part for fact in (*words.facts, *words.after) for part in (fact.label, fact.text)]
    wanted += [words.note, words.reprint, *words.footer]
    for text in wanted:
        assert text.replace(" ", "").replace("·", "") in squeezed, text
    assert "…" not in on_paper


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("name", ["receipt", "guidance", "longest-receipt"])
def test_the_signed_address_is_read_back_from_a_dossiers_slip(name: str, dots: int) -> None:
    [read] = zxingcpp.read_barcodes(drawn(DOSSIER_SAMPLES[name], dots).convert("L"))
    assert read.text == RECEIPT.qr


@every_slip
def test_no_letter_of_a_dossiers_slip_is_smaller_than_22_dots(name: str, dots: int, language: str) -> None:
    assert min(text.size for text in texts(page_of(name, dots, language))) >= 22


def test_a_receipt_tells_when_the_result_is_due_and_a_guidance_what_to_complete() -> None:
    receipt, guidance = dossier_words(RECEIPT), dossier_words(GUIDANCE)
    assert receipt.due == "16:30 18/11/2026" and receipt.lines_title == "Giấy tờ đã nộp"
    assert not guidance.due and guidance.lines_title == "Cần hoàn thiện những nội dung sau"
    assert dossier_words(in_language(GUIDANCE, "en")).title_second == "Phiếu hướng dẫn hoàn thiện hồ sơ"


def test_a_code_that_is_no_address_is_not_offered_to_phones() -> None:
    words = dossier_words(RECEIPT.model_copy(update={"qr": RECEIPT.code, "qr_is_page": False}))
    assert words.code_text == "Đưa mã vào ô quét của kiosk."


def test_a_print_job_carries_either_kind_of_slip_over_the_wire() -> None:
    for slip in (RECEIPT, GUIDANCE):
        job = PrintJob.model_validate_json(print_job(slip=slip).model_dump_json())
        assert isinstance(job.slip, DossierSlip) and job.slip == slip
    assert isinstance(PrintJob.model_validate_json(print_job().model_dump_json()).slip, Slip)
