"""Who may read which edition; no officer in a public one; nothing that a spreadsheet would run."""

import io
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfReader

from queue_server.domain.commands import Role
from queue_server.domain.words import Words
from queue_server.reports.csv_file import csv_file
from queue_server.reports.method import method
from queue_server.reports.pdf_file import page
from queue_server.reports.period import parse
from queue_server.reports.report import Report, Wanted, report
from queue_server.reports.xlsx_file import xlsx_file
from tests.integration.reports.conftest import Client, SampleBooks
from tests.integration.web.public.measured import visit
from tests.integration.web.public.sample_config import NOW, TODAY
from tests.integration.web.public.sample_office import SampleOffice

PERIOD = {"period": "2026-10"}
OFFICER = "Trần Thị Kín"


def made(office: SampleOffice, name: str | None = None, **config: object) -> Report:
    ranges, known = office.deps.figures_for, office.engine.office.config
    assert ranges is not None and known is not None
    officers = {"demo-officer": name} if name else None
    wanted = Wanted(parse("2026-10"), officers=officers)
    return report(wanted, replace(known, **config), ranges, SampleBooks(), NOW)  # type: ignore[arg-type]


def everything_in(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_a_public_edition_names_no_officer_in_any_format(client: Client) -> None:
    seen = client(Role.SUPERVISOR)
    for kind in ("csv", "json", "xlsx"):
        public = seen.get(f"/reports/file.{kind}", params=PERIOD).content
        inner = seen.get(f"/reports/file.{kind}", params={**PERIOD, "edition": "inner"}).content
        said = everything_in if kind == "xlsx" else lambda body: body.decode()
        assert "demo-officer" not in said(public) and "Theo công chức" not in said(public), kind
        assert ("Theo công chức" if kind != "json" else '"officers": {') in said(inner), kind


def test_the_printed_public_edition_names_no_officer_and_the_inner_one_does(office: SampleOffice) -> None:
    assert OFFICER in page(made(office, OFFICER), "vi")
    public = page(made(office), "vi")
    assert "Theo công chức" not in public and "demo-officer" not in public
    assert "Bản công khai: không có tên công chức." in public


@pytest.mark.parametrize("role", [Role.OFFICER, Role.GREETER])
def test_who_may_not_see_figures_reads_no_report(client: Client, role: Role) -> None:
    assert client(role).get("/reports").status_code == 403
    assert client(role).get("/reports/file.csv", params=PERIOD).status_code == 403


def test_a_manager_reads_public_editions_only(client: Client) -> None:
    manager = client(Role.MANAGER)
    assert manager.get("/reports", params=PERIOD).status_code == 200
    assert manager.get("/reports", params={**PERIOD, "edition": "inner"}).status_code == 403
    assert manager.get("/reports/file.xlsx", params={**PERIOD, "edition": "inner"}).status_code == 403


@pytest.mark.parametrize("address", ["/reports?period=2026-13", "/reports/file.csv?period=x"])
def test_what_is_no_period_is_refused_politely(client: Client, address: str) -> None:
    assert client(Role.MANAGER).get(address).status_code == 422


def test_an_unknown_format_or_scope_is_not_there(client: Client) -> None:
    assert client(Role.MANAGER).get("/reports/file.doc", params=PERIOD).status_code == 404
    assert client(Role.MANAGER).get("/reports", params={"of": "service:x"}).status_code == 404


def test_a_service_named_like_a_formula_is_text_in_every_sheet(office: SampleOffice) -> None:
    config = office.engine.office.config
    assert config is not None
    services = tuple(replace(s, letter="=", name=Words('=HYPERLINK("x")')) for s in config.services)
    told = made(office, services=services)
    lines = csv_file(told, "vi").decode("utf-8-sig").splitlines()
    assert any(line.startswith(("'= · =HYPER", "\"'= · =HYPER")) for line in lines)
    assert not any(line.startswith(("=", '"=', "+", '"+', "@")) for line in lines)
    assert "<f>" not in everything_in(xlsx_file(told, "vi"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_whole_in_both_languages(client: Client, language: str) -> None:
    page_ = client(Role.SUPERVISOR).get("/reports", params={**PERIOD, "lang": language}).text
    wanted = "95% confidence interval" if language == "en" else "Khoảng tin cậy 95 %"
    assert wanted in page_ and ("Trung bình" in page_) == (language == "vi")
    assert " style=" not in page_ and "<style" not in page_


def test_a_period_without_visits_says_so_and_is_still_a_report(client: Client) -> None:
    seen = client(Role.SUPERVISOR)
    assert "Chưa có số liệu" in seen.get("/reports", params={"period": "2025-01"}).text
    for kind in ("csv", "json", "xlsx"):
        assert seen.get(f"/reports/file.{kind}", params={"period": "2025-01"}).status_code == 200


@pytest.mark.slow
def test_the_pdf_has_the_official_layout_and_real_text(client: Client) -> None:
    answer = client(Role.MANAGER).get("/reports/file.pdf", params=PERIOD)
    assert answer.status_code == 200 and "bao-cao-2026-10.pdf" in answer.headers["content-disposition"]
    pages = PdfReader(io.BytesIO(answer.content)).pages
    box = pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 297)
    first = " ".join(pages[0].extract_text().split())
    for said in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO", "Số:"):
        assert said in first, said
    assert "Khoảng tin cậy" in first or "khoảng tin cậy" in first
    whole = " ".join(page_.extract_text() for page_ in pages)
    assert "41207 đến 58934" in " ".join(whole.split()) and "Quyết định 766/QĐ-TTg" in " ".join(whole.split())


def test_the_method_says_as_much_in_both_languages(office: SampleOffice) -> None:
    vietnamese, english = (method(made(office), language) for language in ("vi", "en"))
    assert len(vietnamese) == len(english)
    assert all(any("766/QĐ-TTg" in text for _, text in said) for said in (vietnamese, english))


def test_a_day_with_one_visit_speaks_of_one_and_a_counter_is_named_by_its_number(
    client: Client, office: SampleOffice
) -> None:
    office.figures.records = [visit(12.8, days_ago=1)]
    page = client(Role.MANAGER).get("/reports", params={"period": f"{TODAY:%Y-%m}", "lang": "en"}).text
    assert "1 day with visits" in page and "· 1 visit<" in page
    config = office.deps.engine.office.config
    assert config is not None
    counter = next(one for one in config.counters if one.id == "quay-2")
    assert f"{counter.number} · {counter.name.in_('en')}" in page
