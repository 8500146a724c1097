"""What a report says is what the manager's page and the figures for programs say, to the last digit."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from queue_server.domain.commands import Role
from tests.integration.reports.conftest import Client

DAYS = {"from": "2026-10-01", "to": "2026-10-31"}
SAME = (
    *("n", "mean_s", "ci_low_s", "ci_high_s", "p50_s", "p90_s", "p95_s", "share_within", "share_over_60"),
    *("abandoned", "no_show", "cancelled", "mean_open_s", "worst_case_mean_s", "walk_mean_s"),
    *("service_mean_s", "flags", "days"),
)


def document(client: Client, **more: str) -> dict[str, Any]:
    answer = client(Role.SUPERVISOR).get("/reports/file.json", params={"period": "2026-10", **more})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def figures(client: Client, by: str, **more: Any) -> list[dict[str, Any]]:
    answer = client(Role.SUPERVISOR).get("/api/v1/figures", params={**DAYS, "by": by, **more})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["groups"]
    return found


@pytest.mark.parametrize("by", ["service", "hour", "weekday", "day", "counter", "class", "channel", "group"])
def test_every_split_is_the_dashboards(client: Client, by: str) -> None:
    told, known = document(client)["by"][by], figures(client, by)
    assert [one["key"] for one in told] == [one["key"] for one in known] and told
    for mine, theirs in zip(told, known, strict=True):
        assert {key: mine[key] for key in SAME} == {key: theirs[key] for key in SAME}


def test_one_services_report_is_that_services_figures(client: Client) -> None:
    told = document(client, of="service:dat-dai")
    (known,) = figures(client, "office", service="dat-dai")
    assert {key: told["figures"][key] for key in SAME} == {key: known[key] for key in SAME}
    assert told["services"] == ["dat-dai"] and told["dossiers"] is None


def test_the_workbook_holds_the_same_numbers_as_numbers(client: Client) -> None:
    body = client(Role.SUPERVISOR).get("/reports/file.xlsx", params={"period": "2026-10"}).content
    book = openpyxl.load_workbook(io.BytesIO(body))
    sheet = book["Theo việc"]
    head = [cell.value for cell in sheet[6]]
    known = {one["name"]["vi"]: one for one in figures(client, "service")}
    rows = [row for row in sheet.iter_rows(min_row=7, values_only=True) if row[0]]
    assert len(rows) == len(known)
    for row in rows:
        named = dict(zip(head, row, strict=False))
        one = known[str(row[0]).partition(" · ")[2]]
        assert named["Lượt"] == one["n"] and named["Bỏ về"] == one["abandoned"]
        assert named["Trung bình"] == pytest.approx(one["mean_s"] / 60, rel=1e-14)
        assert named["P90"] == pytest.approx(one["p90_s"] / 60, rel=1e-14)
        shares = {share["minutes"]: share["share"] for share in one["share_within"]}
        assert named["≤ 20"] == pytest.approx(shares[20.0], rel=1e-14)


def test_the_workbook_has_charts_and_prints_on_a4(client: Client) -> None:
    body = client(Role.SUPERVISOR).get("/reports/file.xlsx", params={"period": "2026-10"}).content
    book = openpyxl.load_workbook(io.BytesIO(body))
    charted = {sheet.title for sheet in book if sheet._charts}
    assert charted == {"Theo thời gian", "Theo giờ lấy số", "Phân bố thời gian chờ"}
    for sheet in book:
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToHeight == 0, sheet.title
        formulas = [c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert formulas == []


def test_the_manager_reads_the_same_figure_on_both_pages(client: Client) -> None:
    """The hero's mean and its interval, as they are worded."""
    seen = client(Role.MANAGER)
    report = seen.get("/reports", params={"period": "2026-10"}).text
    board = seen.get("/manager", params=DAYS).text
    (known,) = figures(client, "office")
    for seconds in (known["mean_s"], known["ci_low_s"], known["ci_high_s"], known["mean_open_s"]):
        worded = f"{seconds / 60:.1f}".replace(".", ",")
        assert worded in report and worded in board


def test_the_csv_opens_in_a_spreadsheet_with_the_same_numbers(client: Client) -> None:
    body = client(Role.SUPERVISOR).get("/reports/file.csv", params={"period": "2026-10"}).content
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    begin = rows.index(["Theo việc"])
    head, known = rows[begin + 1], figures(client, "service")
    for row, one in zip(rows[begin + 2 :], known, strict=False):
        named = dict(zip(head, row, strict=True))
        assert named["Lượt"] == str(one["n"])
        assert float(named["Trung bình"].replace(",", ".")) == one["mean_s"] / 60


def test_the_office_figures_and_their_histogram_are_the_dashboards(client: Client) -> None:
    told = document(client)
    (known,) = figures(client, "office", histogram="true")
    assert {key: told["figures"][key] for key in SAME} == {key: known[key] for key in SAME}
    assert told["histogram"] == known["histogram"] and known["n"] > 100
