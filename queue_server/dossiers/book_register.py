"""PURE: the register book (Sổ theo dõi hồ sơ): its 14 columns, a row from a dossier, a table to export."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from queue_server.domain.hours import Hours
from queue_server.dossiers.book_record import BookRecord

COLUMNS: tuple[str, ...] = (
    "TT",
    "Mã hồ sơ",
    "Tên TTHC",
    "Số lượng hồ sơ (bộ)",
    "Tên cá nhân, tổ chức",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Chuyển hồ sơ đến cơ quan giải quyết",
    "Nhận kết quả từ cơ quan giải quyết",
    "Trả kết quả: ngày, tháng, năm",
    "Trả kết quả: ký nhận",
    "Ghi chú",
)
"""As the seed form has them, in its order."""

FORGOTTEN = "(đã xoá theo thời hạn lưu)"
_ENDS = {"post": "Trả qua bưu chính", "online": "Trả trực tuyến", "counter": ""}


def row_of(record: BookRecord, hours: Hours) -> tuple[str, ...]:
    """A dossier as the texts of the 14 columns; dates are local, dd/mm/yyyy."""

    def day(at: datetime | None) -> str:
        return f"{hours.local(at):%d/%m/%Y}" if at else ""

    applicant = record.applicant
    return (
        str(record.place.line),
        record.code,
        record.procedure.vi,
        str(record.sets),
        FORGOTTEN if record.forgotten else applicant.shown,
        ", ".join(text for text in (applicant.address, applicant.phone) if text),
        record.deciding_unit,
        day(record.received_at),
        day(record.due_at),
        day(record.forwarded_at),
        day(record.back_at),
        day(record.returned_at),
        "",
        "; ".join(_notes(record, day)),
    )


def table(records: Iterable[BookRecord], hours: Hours) -> Iterator[tuple[str, ...]]:
    """The header and a row a dossier, no cell of which a spreadsheet takes for a formula."""
    yield COLUMNS
    for record in records:
        yield tuple(harmless(cell) for cell in row_of(record, hours))


def harmless(cell: str) -> str:
    """A text that a spreadsheet shows as it is: one that begins like a formula gets an apostrophe."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _notes(record: BookRecord, day: Callable[[datetime | None], str]) -> Iterator[str]:
    for one in record.supplements:
        back = f", nộp {day(one.supplied_at)}" if one.supplied_at else ""
        yield f"Bổ sung {one.number} ngày {day(one.asked_at)}{back}"
    if record.stopped_at:
        reason = f": {record.stop_reason}" if record.stop_reason else ""
        yield f"Dừng ngày {day(record.stopped_at)}{reason}"
    if record.returned_at and _ENDS[record.result_method]:
        yield _ENDS[record.result_method]
    if record.note:
        yield record.note
