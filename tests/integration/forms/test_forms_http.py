"""Printing over HTTP: who may, what the answers are called, what is said when there is nothing to print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
import structlog
from fakes.form_samples import KEYS, NAME, ORDINARY, PHONE, register_of
from fastapi.testclient import TestClient

from queue_server.contract.values import DossierSlip
from queue_server.domain.commands import STAFF, Role
from queue_server.domain.events import ActRecorded
from queue_server.dossiers.book_ports import BookFailed, RegisterBookName
from queue_server.dossiers.book_record import BookRecord
from queue_server.engine.ports import Recorded
from queue_server.paper.render import PaperFailed
from queue_server.web.app import make_app
from queue_server.web.forms.router import forms_router
from queue_server.web.staff import STAFF_ROUTERS
from tests.integration.web.staff.staff_office import StaffOffice

FORGOTTEN = replace(ORDINARY, id="old", forgotten=True)
BARE = replace(ORDINARY, id="bare", supplements=())
PAGE = {"accept": "text/html"}
PDFS = ("/dossiers/d1/receipt.pdf", "/dossiers/d1/guidance.pdf", "/dossiers/d1/control.pdf")
REGISTER = "/dossiers/register.pdf?field=H%E1%BB%99%20t%E1%BB%8Bch&year=2026"


class Book:
    """BookRecords in memory; `away` makes it fail."""

    def __init__(self) -> None:
        self.records = {one.id: one for one in (ORDINARY, FORGOTTEN, BARE)}
        self.away = False

    def record(self, id_: str) -> BookRecord | None:
        if self.away:
            raise BookFailed("away")
        return self.records.get(id_)

    def registers(self) -> Sequence[RegisterBookName]:
        return [RegisterBookName("Hộ tịch", 2026, 3)]

    def register(self, field: str, year: int) -> Sequence[BookRecord]:
        if self.away:
            raise BookFailed("away")
        return register_of(3) if (field, year) == ("Hộ tịch", 2026) else []


class Desk:
    """A SlipDesk that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, DossierSlip]] = []

    def ask(self, id_: str, printer: str, slip: DossierSlip) -> None:
        if id_ not in {known for known, _, _ in self.asked}:
            self.asked.append((id_, printer, slip))

    def outcome(self, id_: str) -> tuple[str, str] | None:
        return ("waiting", "") if id_ in {known for known, _, _ in self.asked} else None


class Press:
    """Stands for the renderer: keeps the HTML, fails when told to."""

    def __init__(self) -> None:
        self.html: list[str] = []
        self.broken = False

    def __call__(self, html: str, *, timeout_s: float) -> bytes:
        if self.broken:
            raise PaperFailed("The renderer ended with 1.")
        self.html.append(html)
        return b"%PDF-1.7 " + str(timeout_s).encode()


class Forms:
    def __init__(self) -> None:
        self.office, self._ids = StaffOffice(), 0
        self.book, self.desk, self.press = Book(), Desk(), Press()
        self.app = make_app(
            self.office.deps,
            (*STAFF_ROUTERS, forms_router(self.book, KEYS, self._new_id, self.desk, self.press)),
        )

    def _new_id(self) -> str:
        self._ids += 1
        return f"print-{self._ids:04d}"

    def as_(self, role: Role) -> TestClient:
        return self.office.signed_in(self.office.account(role), app=self.app)

    def slip(self, client: TestClient, of: str = "d1", **fields: str) -> dict[str, object]:
        form = {"csrf": client.headers["x-csrf-token"], "id": "press-0001", "what": "receipt"}
        answer = client.post(f"/dossiers/{of}/slip", data=form | {"printer": "may-in-1"} | fields)
        return {"status": answer.status_code, "page": answer, **(answer.json() if answer.content else {})}


@pytest.fixture
def forms() -> Iterator[Forms]:
    made = Forms()
    yield made
    made.office.close()


def test_the_forms_come_as_pdf_named_by_their_numbers(forms: Forms) -> None:
    officer = forms.as_(Role.OFFICER)
    names = []
    for path in (*PDFS, REGISTER):
        answer = officer.get(path)
        assert answer.status_code == 200 and answer.headers["content-type"] == "application/pdf"
        assert answer.headers["cache-control"] == "no-store"
        names += re.findall(r'inline; filename="(.+)"', answer.headers["content-disposition"])
    assert names == [
        "giay-tiep-nhan-23-TNHS.pdf",
        "phieu-huong-dan-7-HDHS.pdf",
        "phieu-kiem-soat-21-KSGQHS.pdf",
        "so-theo-doi-ho-so-2026.pdf",
    ]
    assert all(NAME in html for html in (forms.press.html[0], forms.press.html[1], forms.press.html[3]))
    assert "data:image/svg+xml" in forms.press.html[0]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_only_those_who_keep_dossiers_print_them(forms: Forms, role: Role) -> None:
    client = forms.as_(role)
    allowed = role in {Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR}
    for path in (*PDFS, REGISTER, "/dossier-slips/none"):
        assert (client.get(path).status_code == 200) is allowed, path
    assert (forms.slip(client)["status"] == 200) is allowed


def test_nobody_prints_without_signing_in_or_with_a_forged_form(forms: Forms) -> None:
    stranger = TestClient(forms.app)
    assert {stranger.get(path).status_code for path in (*PDFS, REGISTER)} == {401}
    officer = forms.as_(Role.OFFICER)
    assert forms.slip(officer, csrf="forged")["status"] == 403
    assert forms.desk.asked == []


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/dossiers/none/receipt.pdf", 404, "Không có hồ sơ này"),
        ("/dossiers/old/receipt.pdf", 410, "Hồ sơ đã hết thời gian lưu"),
        ("/dossiers/bare/guidance.pdf", 404, "Hồ sơ này chưa có yêu cầu hoàn thiện"),
        ("/dossiers/d1/guidance.pdf?n=2", 404, "Hồ sơ này chưa có yêu cầu hoàn thiện"),
        ("/dossiers/register.pdf?field=x&year=2026", 404, "Không có sổ của lĩnh vực và năm này"),
    ],
)
def test_what_cannot_be_printed_is_said_with_what_to_do(
    forms: Forms, path: str, status: int, said: str
) -> None:
    officer = forms.as_(Role.OFFICER)
    page, script = officer.get(path, headers=PAGE), officer.get(path)
    assert (page.status_code, script.status_code) == (status, status)
    assert said in page.text and said in script.json()["words"]["vi"]
    assert forms.press.html == []


def test_a_broken_renderer_and_a_book_away_are_told_apart(forms: Forms) -> None:
    officer = forms.as_(Role.OFFICER)
    forms.press.broken = True
    broken = officer.get(PDFS[0], headers=PAGE)
    assert broken.status_code == 500 and "Chưa tạo được tệp in" in broken.text
    forms.book.away = True
    for path in (PDFS[0], REGISTER):
        away = officer.get(path, headers=PAGE)
        assert away.status_code == 503 and "Chưa đọc được sổ hồ sơ" in away.text


def test_a_slip_is_asked_for_once_and_its_outcome_can_be_followed(forms: Forms) -> None:
    officer = forms.as_(Role.OFFICER)
    first, again = forms.slip(officer), forms.slip(officer)
    assert first["job"] == again["job"] and len(forms.desk.asked) == 1
    job, printer, slip = forms.desk.asked[0]
    assert (job, printer, slip.kind) == (first["job"], "may-in-1", "receipt")
    assert NAME not in slip.model_dump_json() and PHONE not in slip.model_dump_json()
    followed = officer.get(f"/dossier-slips/{job}").json()
    assert followed["outcome"] == "waiting" and followed["words"]["vi"] == "Đang in…"
    unknown = officer.get("/dossier-slips/j-of-before").json()
    assert unknown["outcome"] == "unknown" and "khởi động lại" in unknown["words"]["vi"]
    other = forms.slip(officer, id="press-0002", what="guidance", language="en")
    assert other["job"] != job and forms.desk.asked[1][2].language == "en"


def test_a_printer_that_is_not_there_is_refused_before_anything_is_sent(forms: Forms) -> None:
    refused = forms.slip(forms.as_(Role.OFFICER), printer="may-in-9")
    assert refused["status"] == 404 and forms.desk.asked == []


def test_from_a_page_one_comes_back_to_the_dossier(forms: Forms) -> None:
    officer = forms.as_(Role.OFFICER)
    officer.headers["accept"] = "text/html"
    form = {
        "csrf": officer.headers["x-csrf-token"],
        "id": "press-0001",
        "what": "receipt",
        "printer": "may-in-1",
    }
    answer = officer.post("/dossiers/d1/slip", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/dossiers/d1?slip={forms.desk.asked[0][0]}"


def test_every_print_stands_in_the_audit_trail_by_opaque_ids(forms: Forms) -> None:
    noted: list[tuple[str, str]] = []

    def heard(_office: object, recorded: Sequence[Recorded]) -> None:
        noted.extend((r.event.what, r.event.subject) for r in recorded if isinstance(r.event, ActRecorded))

    forms.office.engine.subscribe(heard)
    officer = forms.as_(Role.OFFICER)
    for path in (*PDFS, REGISTER):
        officer.get(path)
    forms.slip(officer)
    forms.office.close()
    assert [(what, subject) for what, subject in noted if what.endswith("_printed")] == [
        ("dossier.receipt_printed", "d1"),
        ("dossier.guidance_printed", "d1"),
        ("dossier.control_printed", "d1"),
        ("dossier.register_printed", "2026"),
        ("dossier.receipt_slip_printed", "d1"),
    ]


def test_logs_say_which_form_and_never_whose(forms: Forms) -> None:
    officer = forms.as_(Role.OFFICER)
    with structlog.testing.capture_logs() as logs:
        for path in (*PDFS, REGISTER):
            officer.get(path)
        forms.slip(officer)
    said = repr(logs)
    assert "form_printed" in said and "'of': 'd1'" in said and "slip_sent" in said
    for secret in (NAME, PHONE, ORDINARY.code, "001090123456", "Hộ tịch"):
        assert secret not in said
