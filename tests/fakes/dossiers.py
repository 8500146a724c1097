"""Invented dossiers, a source in memory, and files of a register as offices write them."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status, When
from queue_server.dossiers.factor import digests_of
from queue_server.dossiers.ports import Found, SourceUnavailable

KEY = b"k" * 32
CODE = "H99.16-261117-0023"
NOW = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)
AS_OF = datetime(2026, 11, 20, 2, 12, tzinfo=UTC)
PHONE, ID_NUMBER, NAME = "0912345678", "001090123456", "Nguyễn Thị Hương Giang"

HEADER = (
    "TT", "Mã hồ sơ", "Tên TTHC", "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết", "Ngày nhận hồ sơ", "Ngày hẹn trả kết quả",
    "Ngày chuyển hồ sơ đến cơ quan giải quyết", "Ngày nhận kết quả từ cơ quan giải quyết",
    "Trả kết quả: ngày, tháng, năm", "Ký nhận", "Ghi chú",
)  # fmt: skip


def day(number: int, at: str = "") -> When:
    """A day of November 2026."""
    return When(date(2026, 11, number), time.fromisoformat(at) if at else None)


def dossier(**changes: Any) -> Dossier:
    made = Dossier(
        code=CODE,
        status=Status.IN_WORK,
        procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
        procedure_code="1.004873",
        applicant="N**** T** H**** G****",
        receiving_office="Bộ phận Một cửa",
        deciding_unit="Tư pháp - Hộ tịch",
        received=day(17, "09:12"),
        due=day(20),
    )
    return replace(made, **changes)


class FakeSource:
    """A DossierSource in memory; `away` makes it unavailable."""

    def __init__(self, *dossiers: Dossier, phones: Sequence[str] = (PHONE,), ids: Sequence[str] = ()) -> None:
        self._found = {d.code: Found(d, AS_OF, digests_of(KEY, d.code, ids, phones)) for d in dossiers}
        self.away = False
        self.asked: list[str] = []

    @property
    def name(self) -> Words:
        return Words("Sổ thử", "Test register")

    def find(self, code: str) -> Found | None:
        self.asked.append(code)
        if self.away:
            raise SourceUnavailable("away")
        return self._found.get(code)


class FakeTries:
    """Tries in memory."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def wrong(self, code: str, now: datetime) -> int:
        return self.counts.get(code, 0)

    def count(self, code: str, now: datetime) -> int:
        self.counts[code] = self.counts.get(code, 0) + 1
        return self.counts[code]

    def forget(self, code: str) -> None:
        self.counts.pop(code, None)


def form_row(number: int, code: str = "", **cells: Any) -> list[Any]:
    """A row of the seed's form; `cells` by place from 1: c9="20/11/2026"."""
    row: list[Any] = [
        number, code or f"H99.16-261117-{number:04d}", "Thủ tục đăng ký khai sinh", 1, NAME,
        f"Xã Thanh Bình, {PHONE}", "Tư pháp - Hộ tịch", "17/11/2026", "20/11/2026", "", "", "", "", "",
    ]  # fmt: skip
    for place, value in cells.items():
        row[int(place[1:]) - 1] = value
    return row


def write_csv(
    path: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path
