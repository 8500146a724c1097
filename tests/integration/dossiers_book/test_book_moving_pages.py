"""The pages where a dossier moves: by buttons, once only, taken back, put right."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fakes.dossier_book import NAME

from queue_server.domain.commands import Role
from queue_server.dossiers.book_table import Kind, Stage
from tests.integration.dossiers_book.book_office import BookOffice
from tests.integration.dossiers_book.book_officer import SHEET, Officer

OFF, G, S, M, A = Role.OFFICER, Role.GREETER, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BookOffice]:
    made = BookOffice(tmp_path, frozen=True)
    yield made
    made.close()


def test_a_dossier_moves_through_its_life_by_buttons(office: BookOffice) -> None:
    lan = Officer(office)
    id_ = lan.entered(fee="8.000")
    for kind, fields, stage in (
        (Kind.FORWARDED, {"unit": "Công an xã"}, Stage.AT_UNIT),
        (Kind.SUPPLEMENT_ASKED, {"items": "Bản sao Giấy khai sinh\n\n02 ảnh"}, Stage.SUPPLEMENT),
        (Kind.SUPPLIED, {}, Stage.AT_UNIT),
        (Kind.CAME_BACK, {}, Stage.BACK),
        (Kind.RESULT_READY, {}, Stage.READY),
        (Kind.FEE_PAID, {}, Stage.READY),
        (Kind.RESULT_RETURNED, {}, Stage.RETURNED),
    ):
        answer = lan.move(id_, kind, **fields)
        assert answer.status_code == 303, answer.text
        assert lan.stage(id_) is stage
    page = unescape(lan.get(f"/dossiers/{id_}?done=moved").text)
    for text in (
        "Một cửa → Công an xã",
        "1/HDHS",
        "02 ảnh",
        "Đã ghi bước mới",
        "8.000 đ · đã thu",
        "không còn bước nào",
    ):
        assert text in page, text
    for form in ("receipt", "control", "guidance"):
        assert f'href="/dossiers/{id_}/{form}.pdf"' in page


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Kind.SUPPLIED, {}, "không còn ở bước đó"),
        (Kind.REFUSED, {"reason": " "}, "Chưa ghi lý do"),
        (Kind.SUPPLEMENT_ASKED, {"items": "\n"}, "mỗi loại một dòng"),
        (Kind.FORWARDED, {}, "Chưa chọn nơi"),
        (Kind.FEE_SET, {"amount": "tám nghìn"}, "Số tiền chưa đúng"),
        (Kind.RESULT_READY, {"expected": "7"}, "người khác"),
    ],
)
def test_why_a_movement_is_refused_is_said_and_nothing_moves(
    office: BookOffice, kind: Kind, fields: dict[str, str], words: str
) -> None:
    lan = Officer(office)
    id_ = lan.entered()
    answer = lan.move(id_, kind, **fields)
    assert answer.status_code == 409 and words in unescape(answer.text)
    assert lan.stage(id_) is Stage.AT_DESK


def test_a_movement_pressed_twice_is_made_once(office: BookOffice) -> None:
    lan = Officer(office)
    id_ = lan.entered()
    data = {"kind": "result_ready", "expected": "1", "request_id": "press-twice-01"}
    first, second = (lan.post(f"/dossiers/{id_}/move", data) for _ in range(2))
    assert first.status_code == second.status_code == 303
    kept = office.book.load(id_)
    assert kept is not None and len(kept.movements) == 2


@pytest.mark.parametrize("kind", ["received", "corrected", "undone", "burned", ""])
def test_what_is_no_movement_of_an_officer_is_not_made(office: BookOffice, kind: str) -> None:
    lan = Officer(office)
    id_ = lan.entered()
    data = {"kind": kind, "expected": "1", "request_id": "press-wrong-1", "reason": "thử"}
    assert lan.post(f"/dossiers/{id_}/move", data).status_code == 400


def test_a_unit_that_the_office_does_not_have_is_refused(office: BookOffice) -> None:
    lan = Officer(office)
    assert lan.move(lan.entered(), Kind.FORWARDED, unit="Ông Ba").status_code == 422


def test_a_supervisor_takes_the_last_movement_back_with_a_reason(office: BookOffice) -> None:
    lan, binh = Officer(office), Officer(office, S)
    id_ = lan.entered()
    lan.move(id_, Kind.REFUSED, reason="Thiếu giấy")
    data = {"expected": "2", "request_id": "press-undo-01"}
    assert binh.post(f"/dossiers/{id_}/undo", data).status_code == 409
    assert binh.post(f"/dossiers/{id_}/undo", {**data, "reason": "Bấm nhầm"}).status_code == 303
    page = unescape(binh.get(f"/dossiers/{id_}").text)
    assert lan.stage(id_) is Stage.AT_DESK and "đã huỷ" in page and "Bấm nhầm" in page


def test_a_supervisor_puts_the_sheet_right_and_the_numbers_stay(office: BookOffice) -> None:
    lan, binh = Officer(office), Officer(office, S)
    id_ = lan.entered()
    assert NAME in binh.get(f"/dossiers/{id_}/sheet").text
    data = {**SHEET, "name": "Nguyễn Thị Hường", "expected": "1", "request_id": binh.field("request_id")}
    assert binh.post(f"/dossiers/{id_}/sheet", data).status_code == 409
    assert binh.post(f"/dossiers/{id_}/sheet", {**data, "phone": "9", "reason": "Sai dấu"}).status_code == 422
    assert binh.post(f"/dossiers/{id_}/sheet", {**data, "reason": "Sai dấu"}).status_code == 303
    kept = office.book.load(id_)
    assert kept is not None and kept.private is not None
    assert (kept.private.applicant.name, kept.receipt.number) == ("Nguyễn Thị Hường", 1)
