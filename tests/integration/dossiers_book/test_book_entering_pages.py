"""The pages where a dossier is entered: the day before it saves, mistakes, once only."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fakes.dossier_book import ID_NUMBER, NAME

from queue_server.domain.commands import Role
from tests.integration.dossiers_book.book_office import BIRTH, MARITAL, WILL, BookOffice
from tests.integration.dossiers_book.book_officer import SHEET, Officer

OFF, G, S, M, A = Role.OFFICER, Role.GREETER, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BookOffice]:
    made = BookOffice(tmp_path, frozen=True)
    yield made
    made.close()


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


def test_the_ticket_at_the_counter_brings_its_service_first(office: BookOffice) -> None:
    lan = Officer(office)
    ticket = office.issue("dat-dai")
    page = unescape(lan.get(f"/dossiers/new?ticket={ticket}").text)
    options = re.findall(r'<option value="(\d\.\d{6})', page)
    assert options[0].startswith("1.01") and office.now.tickets[ticket].number in page
    assert 'value="' + ticket in page
