"""Every page of the book, route by route: entering once, moving, finding, registers, rights, audit."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fakes.dossier_book import FRIDAY, ID_NUMBER, NAME, PHONE
from fastapi.testclient import TestClient
from httpx import Response

from queue_server.domain.commands import STAFF, Role
from queue_server.dossiers.book_movements import fold
from queue_server.dossiers.book_table import Kind, Stage
from tests.integration.dossiers_book.book_office import BIRTH, MARITAL, WILL, BookOffice

OFF, G, S, M, A = Role.OFFICER, Role.GREETER, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR
SHEET = {
    "name": NAME,
    "id_number": "001 090 123 456",
    "phone": PHONE,
    "address": "Thôn 3",
    "paper_name": ["Tờ khai", "", "Căn cước"],
    "paper_originals": ["1", "", ""],
    "paper_copies": ["", "", "2"],
    "sets": "1",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BookOffice]:
    made = BookOffice(tmp_path, frozen=True)
    yield made
    made.close()


class Officer:
    """Somebody at the pages: forms are filled from what the page before them says."""

    def __init__(self, office: BookOffice, role: Role = OFF) -> None:
        self.office = office
        self.client, self.account = office.officer(role)
        self.csrf = self.client.headers["x-csrf-token"]
        self.client.headers["x-csrf-token"] = ""
        self.page: Response | None = None

    def get(self, path: str) -> Response:
        self.page = self.client.get(path)
        return self.page

    def field(self, name: str, form: str = "") -> str:
        assert self.page is not None
        text = self.page.text
        if form:
            text = text[text.index(f'value="{form}"') - 400 :]
        found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', text)
        assert found, name
        return unescape(found[1])

    def post(self, path: str, data: dict[str, Any], csrf: str | None = None) -> Response:
        self.page = self.client.post(path, data={"csrf": self.csrf if csrf is None else csrf, **data})
        return self.page

    def enter(self, procedure: str = MARITAL, **fields: Any) -> Response:
        """The form filled, the due day read, and saved."""
        self.get("/dossiers/new")
        data = {**SHEET, "procedure": procedure, "request_id": self.field("request_id"), **fields}
        answer = self.post("/dossiers", data)
        if answer.status_code == 200:
            answer = self.post("/dossiers", {**data, "due_shown": self.field("due_shown")})
        return answer

    def entered(self, procedure: str = MARITAL, **fields: Any) -> str:
        answer = self.enter(procedure, **fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].removeprefix("/dossiers/").partition("?")[0]

    def move(self, id_: str, kind: Kind, **fields: Any) -> Response:
        self.get(f"/dossiers/{id_}")
        expected = re.search(r'name="expected" value="(\d+)"', self.page.text if self.page else "")
        data = {
            "kind": kind.value,
            "expected": expected[1] if expected else "1",
            "request_id": self.office._new_press(),
            **fields,
        }
        return self.post(f"/dossiers/{id_}/move", data)

    def stage(self, id_: str) -> Stage:
        kept = self.office.book.load(id_)
        assert kept is not None
        return fold(kept.movements).stage


def test_the_form_lists_the_catalogue_and_says_the_day_before_it_saves(office: BookOffice) -> None:
    lan = Officer(office)
    assert "1.004873 · " in unescape(lan.get("/dossiers/new").text)
    data = {**SHEET, "procedure": MARITAL, "request_id": lan.field("request_id")}
    told = lan.post("/dossiers", data)
    assert told.status_code == 200 and "17:00 25/11/2026" in told.text
    assert office.book.latest(5) == []
    saved = lan.post("/dossiers", {**data, "due_shown": lan.field("due_shown")})
    assert saved.status_code == 303
    (kept,) = office.book.latest(5)
    assert kept.private is not None and kept.private.applicant.id_number == ID_NUMBER
    assert [(p.name, p.originals, p.copies) for p in kept.private.papers] == [
        ("Tờ khai", 1, 0),
        ("Căn cước", 0, 2),
    ]


def test_what_a_procedure_fills_in_is_told_with_the_due_day(office: BookOffice) -> None:
    found = Officer(office).client.get(f"/dossiers/about?procedure={BIRTH}").json()
    assert found["papers"] == ["Tờ khai", "Căn cước"] and found["days"] == 0
    assert found["due"]["text"] == "17:00 20/11/2026" and found["due"]["late"] == ""
    assert Officer(office, S).client.get("/dossiers/about?procedure=9.999999").status_code == 404


def test_a_day_that_the_officer_chose_is_told_when_it_is_possible(office: BookOffice) -> None:
    lan = Officer(office)
    for day, text in (("2026-11-24", "17:00 24/11/2026"), ("2026-11-21", ""), ("hôm nay", ""), ("", "")):
        found = lan.client.get(f"/dossiers/about?procedure={WILL}&due_day={day}").json()
        assert found["days"] is None and found["due"]["text"] == text


def test_after_the_late_hour_the_page_says_that_it_counts_from_the_next_day(office: BookOffice) -> None:
    office.clock.advance(hours=6)
    found = Officer(office).client.get(f"/dossiers/about?procedure={BIRTH}").json()
    assert found["due"]["text"] == "17:00 23/11/2026" and "23/11/2026" in found["due"]["late"]


def test_a_double_press_registers_once(office: BookOffice) -> None:
    office.clock.advance(hours=5, minutes=15)
    lan = Officer(office)
    lan.get("/dossiers/new")
    data = {**SHEET, "procedure": MARITAL, "request_id": lan.field("request_id")}
    data["due_shown"] = lan.client.get(f"/dossiers/about?procedure={MARITAL}").json()["due"]["key"]
    first, second = lan.post("/dossiers", data), lan.post("/dossiers", data)
    office.clock.advance(minutes=10)
    third = lan.post("/dossiers", data)
    assert {first.headers["location"], second.headers["location"], third.headers["location"]} == {
        first.headers["location"]
    }
    assert len(office.book.latest(5)) == 1


def test_a_day_that_changed_while_the_form_was_open_is_told_again(office: BookOffice) -> None:
    office.clock.advance(hours=5, minutes=15)
    lan = Officer(office)
    lan.get("/dossiers/new")
    key = lan.client.get(f"/dossiers/about?procedure={BIRTH}").json()["due"]["key"]
    data = {**SHEET, "procedure": BIRTH, "request_id": lan.field("request_id"), "due_shown": key}
    office.clock.advance(minutes=10)
    told = lan.post("/dossiers", data)
    assert told.status_code == 200 and "17:00 23/11/2026" in told.text and office.book.latest(5) == []


def test_a_procedure_without_days_asks_for_the_day(office: BookOffice) -> None:
    lan = Officer(office)
    assert lan.enter(WILL).status_code == 422
    assert lan.enter(WILL, due_day="2026-11-21").status_code == 422, "a Saturday"
    kept = office.book.load(lan.entered(WILL, due_day="2026-11-24"))
    assert kept is not None and office.clock.now() < kept.due_at


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"procedure": "khai sinh"}, "Chọn thủ tục"),
        ({"name": ""}, "họ tên"),
        ({"id_number": "12345"}, "12 chữ số"),
        ({"phone": "12"}, "điện thoại"),
        ({"email": "ai@"}, "Thư điện tử"),
        ({"sets": "không"}, "Số bộ"),
        ({"paper_copies": ["100", "", ""]}, "99 bản"),
        ({"fee": "miễn phí"}, "Phí"),
        ({"result_method": "post", "address": ""}, "cần địa chỉ"),
        ({"result_method": "pigeon"}, "cách nhận"),
        ({"unit": "Bộ phận không có"}, "bộ phận giải quyết"),
        ({"request": "x" * 301}, "quá dài"),
    ],
)
def test_every_mistake_is_named_and_what_was_typed_stays(
    office: BookOffice, fields: dict[str, Any], words: str
) -> None:
    lan = Officer(office)
    answer = lan.enter(**{"procedure": MARITAL, "due_shown": "", **fields})
    assert answer.status_code == 422 and words.casefold() in answer.text.casefold()
    assert office.book.latest(5) == [] and ("name" in fields or NAME in answer.text)


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


@pytest.mark.parametrize(
    "typed",
    [
        "H99.16-261120-0001",
        " h99.16-261120-0001 ",
        "https://x.vn/?ma=H99.16-261120-0001",
        "1/TNHS",
        "1",
        "1/TNHS/2026",
    ],
)
def test_a_dossier_is_found_by_code_by_a_scan_and_by_the_receipts_number(
    office: BookOffice, typed: str
) -> None:
    lan = Officer(office)
    id_ = lan.entered()
    found = lan.post("/dossiers/search", {"code": typed})
    assert (found.status_code, found.headers["location"]) == (303, f"/dossiers/{id_}")


@pytest.mark.parametrize("typed", ["H99.16-261120-0009", "2/TNHS", "1/TNHS/2025", "", NAME, "%00", "'; --"])
def test_what_is_not_in_the_book_is_said_so(office: BookOffice, typed: str) -> None:
    lan = Officer(office)
    lan.entered()
    answer = lan.post("/dossiers/search", {"code": typed})
    assert answer.status_code == 404 and "không có hồ sơ này" in unescape(answer.text)


def test_a_register_shows_its_fourteen_columns_in_order(office: BookOffice) -> None:
    lan = Officer(office)
    for _ in range(4):
        lan.entered()
    assert "Hộ tịch" in unescape(lan.get("/dossiers/registers").text)
    page = unescape(lan.get("/dossiers/registers/2026?field=Hộ tịch").text)
    assert "Ngày" not in page[:0] and page.count("Quyển số") == 2
    assert all(f">{n}</td>" in page for n in range(1, 15))
    assert page.index("H99.16-261120-0001") < page.index("H99.16-261120-0004")
    assert lan.get("/dossiers/registers/2025?field=Hộ tịch").status_code == 404
    assert lan.get("/dossiers/registers/năm?field=Hộ tịch").status_code == 422


GET = ("/dossiers", "/dossiers/new", "/dossiers/about?procedure=1.001193", "/dossiers/registers",
       "/dossiers/registers/2026?field=Hộ tịch", "/dossiers/{id}")  # fmt: skip
POST = ("/dossiers", "/dossiers/search", "/dossiers/{id}/move")
CORRECTIONS = ("/dossiers/{id}/undo", "/dossiers/{id}/sheet")


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_role_opens_exactly_its_pages(office: BookOffice, role: Role) -> None:
    id_ = Officer(office, A if role is not A else S).entered()
    who = Officer(office, role)
    may, corrects = role in (OFF, S, A), role in (S, A)
    for path in GET:
        assert (who.get(path.format(id=id_)).status_code == 403) == (not may), path
    assert (who.get(f"/dossiers/{id_}/sheet").status_code == 403) == (not corrects)
    for path in POST:
        assert (who.post(path.format(id=id_), {}).status_code == 403) == (not may), path
    for path in CORRECTIONS:
        assert (who.post(path.format(id=id_), {}).status_code == 403) == (not corrects), path


def test_a_form_without_the_sessions_token_does_nothing(office: BookOffice) -> None:
    binh = Officer(office, S)
    id_ = binh.entered()
    for path in (*POST, *CORRECTIONS):
        assert binh.post(path.format(id=id_), {"request_id": "press-forged-1"}, csrf="x").status_code == 403
    kept = office.book.load(id_)
    assert kept is not None and len(kept.movements) == 1


def test_nobody_who_is_not_signed_in_sees_anything(office: BookOffice) -> None:
    id_ = Officer(office).entered()
    client: TestClient = office.client()
    for path in (*GET, "/dossiers/{id}/sheet"):
        answer = client.get(path.format(id=id_))
        assert answer.status_code == 401 and NAME not in answer.text


def test_every_act_is_in_the_audit_trail_with_opaque_ids_only(office: BookOffice) -> None:
    lan, binh = Officer(office), Officer(office, S)
    id_ = lan.entered()
    lan.move(id_, Kind.FORWARDED, unit="Công an xã")
    binh.post(f"/dossiers/{id_}/undo", {"expected": "2", "request_id": "press-undo-02", "reason": NAME})
    lan.get("/dossiers/registers/2026?field=Hộ tịch")
    for what in ("dossier.received", "dossier.opened", "dossier.forwarded", "dossier.undone"):
        assert (what, id_) in office.recorded, what
    assert ("dossier.register_opened", "2026") in office.recorded
    assert NAME not in str(office.recorded) and "H99.16" not in str(office.recorded)


def test_an_unknown_dossier_is_not_there(office: BookOffice) -> None:
    binh = Officer(office, S)
    press = {"request_id": "press-none-01", "kind": "result_ready", "reason": "x", **SHEET}
    assert binh.get("/dossiers/dnone").status_code == 404
    for path in ("/dossiers/dnone/move", "/dossiers/dnone/undo", "/dossiers/dnone/sheet"):
        assert binh.post(path, press).status_code == 404, path


@pytest.mark.parametrize("request_id", ["", "short", "with space 12", "x" * 65])
def test_a_press_without_a_good_id_is_refused(office: BookOffice, request_id: str) -> None:
    lan = Officer(office)
    assert lan.post("/dossiers", {**SHEET, "request_id": request_id}).status_code == 400


def test_a_book_that_cannot_be_written_says_so_and_loses_nothing(office: BookOffice) -> None:
    lan = Officer(office)
    office.database.close()
    office.database.path.rename(office.database.path.with_suffix(".gone"))
    office.database.path.mkdir()
    assert lan.get("/dossiers").status_code == 503


def test_an_office_without_a_book_says_how_to_begin_one(tmp_path: Path) -> None:
    office = BookOffice(tmp_path, code="", frozen=True)
    lan = Officer(office)
    for path in ("/dossiers", "/dossiers/new"):
        assert "[book]" in lan.get(path).text
    assert lan.post("/dossiers", {**SHEET, "request_id": "press-off-001"}).status_code == 404
    office.close()


def test_a_forgotten_dossier_shows_its_numbers_and_no_name(office: BookOffice) -> None:
    lan, binh = Officer(office), Officer(office, S)
    id_ = lan.entered()
    office.book.forget(FRIDAY.date().replace(year=2030))
    page = unescape(lan.get(f"/dossiers/{id_}").text)
    assert "Đã hết thời hạn lưu" in page and NAME not in page and "1/TNHS" in page
    assert binh.get(f"/dossiers/{id_}/sheet").status_code == 404
    assert "(đã xoá theo thời hạn lưu)" in unescape(lan.get("/dossiers/registers/2026?field=Hộ tịch").text)


def test_the_pages_are_there_in_english(office: BookOffice) -> None:
    lan = Officer(office)
    id_ = lan.entered()
    for path in ("/dossiers", "/dossiers/new", f"/dossiers/{id_}", "/dossiers/registers"):
        text = unescape(lan.get(f"{path}?lang=en").text)
        assert not re.search(r">\s*(Tiếp nhận|Hẹn trả|Bước tiếp theo|Lĩnh vực)\s*<", text), path


def test_the_ticket_at_the_counter_brings_its_service_first(office: BookOffice) -> None:
    lan = Officer(office)
    ticket = office.issue("dat-dai")
    page = unescape(lan.get(f"/dossiers/new?ticket={ticket}").text)
    options = re.findall(r'<option value="(\d\.\d{6})', page)
    assert options[0].startswith("1.01") and office.now.tickets[ticket].number in page
    assert 'value="' + ticket in page


def test_no_page_carries_a_name_in_a_url(office: BookOffice) -> None:
    lan = Officer(office)
    id_ = lan.entered()
    for path in ("/dossiers", f"/dossiers/{id_}", "/dossiers/registers/2026?field=Hộ tịch"):
        urls = re.findall(r'(?:href|action|src)="([^"]*)"', lan.get(path).text)
        assert not any(word in unescape(url) for url in urls for word in (NAME, ID_NUMBER, PHONE, "Giang"))
