"""The demo's register: a dozen invented dossiers in every state, with days relative to today.

The second factor of all of them is FACTOR. `codes` lists them with what each one shows.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from queue_server.codes.masking import mask_name
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status, SupplementRequest, When
from queue_server.dossiers.factor import digests_of
from queue_server.dossiers.ports import RegisterBook

FACTOR = "1234"
"""The last four digits of everybody's phone in the demo."""
NAME = "demo"


@dataclass(frozen=True, slots=True)
class _Made:
    """Days are relative to today; `what` is what the dossier shows."""

    what: Words
    status: Status
    received: int
    due: int
    name: str
    done: int | None = None
    returned: int | None = None
    stopped: int | None = None
    asked: tuple[tuple[int, int | None, str], ...] = ()
    """(asked, supplied, reason)"""
    fee: int | None = None
    method: str = "counter"
    words: str = ""


_DOSSIERS = (
    _Made(
        Words("Đã có kết quả, trước hạn", "Result ready, early"),
        Status.RESULT_READY,
        -3,
        1,
        "Ngọc Thị Hương",
        done=0,
    ),
    _Made(
        Words("Đã có kết quả, đúng hạn", "Result ready, on time"),
        Status.RESULT_READY,
        -5,
        0,
        "Trần Văn Bách",
        done=0,
    ),
    _Made(Words("Đang xử lý, còn hạn", "In progress"), Status.IN_WORK, -1, 4, "Lê Thị Cúc"),
    _Made(Words("Đang xử lý, quá hạn", "In progress, overdue"), Status.IN_WORK, -12, -2, "Phạm Quốc Đạt"),
    _Made(Words("Được tiếp nhận hôm nay", "Accepted today"), Status.ACCEPTED, 0, 5, "Hoàng Thị Én"),
    _Made(
        Words("Yêu cầu bổ sung giấy tờ", "More papers needed"),
        Status.SUPPLEMENT_ASKED,
        -4,
        3,
        "Vũ Văn Phú",
        asked=((-2, None, "Bản sao Giấy chứng nhận quyền sử dụng đất; 02 ảnh 3x4 chụp trong 6 tháng."),),
    ),
    _Made(
        Words("Yêu cầu nộp lệ phí", "Fee to be paid"), Status.FEE_ASKED, -6, 2, "Đỗ Thị Giang", fee=500_000
    ),
    _Made(
        Words("Đã trả kết quả", "Result returned"),
        Status.RETURNED,
        -20,
        -10,
        "Bùi Văn Hải",
        done=-11,
        returned=-9,
    ),
    _Made(
        Words("Kết quả gửi qua bưu chính", "Result sent by post"),
        Status.RESULT_READY,
        -8,
        1,
        "Ngô Thị Khanh",
        done=-1,
        method="post",
    ),
    _Made(
        Words("Không được tiếp nhận", "Not accepted"), Status.NOT_ACCEPTED, -2, 5, "Dương Văn Lâm", stopped=-1
    ),
    _Made(Words("Dừng xử lý", "Stopped"), Status.STOPPED, -15, -3, "Lý Thị Mai", stopped=-4),
    _Made(
        Words("Công dân yêu cầu rút", "Withdrawal asked for"), Status.WITHDRAWAL_ASKED, -3, 4, "Đinh Văn Nam"
    ),
    _Made(Words("Mới đăng ký trực tuyến", "Registered online"), Status.REGISTERED, 0, 6, "Tạ Thị Oanh"),
    _Made(
        Words("Trạng thái của hệ thống khác", "A status of another system"),
        Status.OTHER,
        -3,
        2,
        "Mai Văn Phong",
        words="Chờ liên thông",
    ),
)


def codes(config: OfficeConfig, today: date) -> list[tuple[str, Words]]:
    """(code, what it shows) of every dossier of the demo on a day."""
    return [(_code(config, made, n, today), made.what) for n, made in enumerate(_DOSSIERS)]


def put(book: RegisterBook, config: OfficeConfig, key: bytes, now: datetime) -> int:
    """The demo's dossiers as a file of today's register; how many."""
    today = config.hours.day_of(now)
    rows = [
        (made, digests_of(key, made.code, (), (FACTOR,)))
        for made in (_dossier(config, one, n, today) for n, one in enumerate(_DOSSIERS))
    ]
    generation = book.begin(NAME, now)
    book.add(generation, rows)
    book.finish(generation, len(rows), 0, now)
    return len(rows)


def _code(config: OfficeConfig, made: _Made, number: int, today: date) -> str:
    agency = config.dossiers.example.partition("-")[0] or "H99.16"
    return f"{agency}-{today + timedelta(days=made.received):%y%m%d}-{number + 1:04d}"


def _dossier(config: OfficeConfig, made: _Made, number: int, today: date) -> Dossier:
    served = [(s, p) for s in config.services for p in s.procedures]
    service, procedure = served[(number * 5) % len(served)] if served else (None, None)

    def at(days: int | None, hour: int = 9) -> When | None:
        return None if days is None else When(today + timedelta(days=days), time(hour, 7 * (number % 8)))

    return Dossier(
        code=_code(config, made, number, today),
        status=made.status,
        status_words=made.words,
        procedure=procedure.name.vi if procedure else "Thủ tục thử",
        procedure_code=procedure.code if procedure else "",
        field=service.name.vi if service else "",
        applicant=mask_name(made.name),
        receiving_office=config.name.vi,
        deciding_unit=f"Bộ phận {service.name.vi}" if service else "",
        received=at(made.received),
        due=When(today + timedelta(days=made.due)),
        forwarded=at(made.received, 14) if made.status not in (Status.REGISTERED, Status.ACCEPTED) else None,
        done=at(made.done, 10),
        returned=at(made.returned, 15),
        stopped=at(made.stopped, 11),
        channel="online" if made.status is Status.REGISTERED else "counter",
        result_method=made.method,
        fee_due=made.fee,
        contact=config.dossiers.contact if made.asked or made.fee else "",
        supplements=tuple(SupplementRequest(why, at(asked), at(back)) for asked, back, why in made.asked),
    )
