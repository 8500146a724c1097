"""The pages of the book, route by route: finding, registers, rights, audit."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fakes.dossier_book import FRIDAY, ID_NUMBER, NAME, PHONE
from fastapi.testclient import TestClient

from queue_server.domain.commands import STAFF, Role
from queue_server.dossiers.book_table import Kind
from tests.integration.dossiers_book.book_office import BookOffice
from tests.integration.dossiers_book.book_officer import SHEET, Officer

OFF, G, S, M, A = Role.OFFICER, Role.GREETER, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BookOffice]:
    made = BookOffice(tmp_path, frozen=True)
    yield made
    made.close()


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


def test_no_page_carries_a_name_in_a_url(office: BookOffice) -> None:
    lan = Officer(office)
    id_ = lan.entered()
    for path in ("/dossiers", f"/dossiers/{id_}", "/dossiers/registers/2026?field=Hộ tịch"):
        urls = re.findall(r'(?:href|action|src)="([^"]*)"', lan.get(path).text)
        assert not any(word in unescape(url) for url in urls for word in (NAME, ID_NUMBER, PHONE, "Giang"))
