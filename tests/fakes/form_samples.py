"""Dossiers whose forms tests print: an ordinary one, the longest there may be, and an almost empty one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from assets.files import office_path
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.book_record import (
    Applicant,
    BookRecord,
    FormNumber,
    Handover,
    Paper,
    RegisterPlace,
    Supplement,
)
from queue_server.dossiers.dossier import Status
from queue_server.dossiers.timeliness import Standing
from queue_server.forms.signed_link import LinkKeys, signed_link
from queue_server.office_file.load import load_office

PUBLIC = "https://motcua.thanhbinh.example.vn"
KEYS = LinkKeys("b", {"a": b"\x01" * 32, "b": b"\x02" * 32})
NAME = "Nguyễn Thị Hằng"
PHONE = "0912345678"
DESK = "Bộ phận TN&TKQ"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 by the office's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


ORDINARY = BookRecord(
    id="d1",
    code="H99.16-261117-0023",
    status=Status.SUPPLEMENT_ASKED,
    receipt=FormNumber(23, 2026, "TNHS"),
    control=FormNumber(21, 2026, "KSGQHS"),
    place=RegisterPlace("Hộ tịch", 2026, 1, 23),
    applicant=Applicant(
        NAME, "", "001090123456", PHONE, "Thôn 3, xã Thanh Bình", "hang.nguyen@example.vn"
    ),
    procedure_code="1.001193",
    procedure=Words("Đăng ký khai sinh", "Birth registration"),
    request="Đăng ký khai sinh cho con",
    papers=(
        Paper("Tờ khai đăng ký khai sinh", 1, 0),
        Paper("Giấy chứng sinh", 1, 1),
        Paper("Giấy chứng nhận kết hôn của cha mẹ", 0, 1),
    ),
    sets=1,
    legal_days=1,
    received_at=at(17, 9, 5),
    counts_from=at(17, 0),
    due_at=at(18, 16, 30),
    expected_at=at(18, 16, 30),
    channel="counter",
    result_method="counter",
    result_place="Bộ phận tiếp nhận và trả kết quả xã Thanh Bình",
    receiving_unit="UBND xã Thanh Bình",
    deciding_unit="UBND xã Thanh Bình",
    cooperating_unit="Công an xã Thanh Bình",
    receiver="Trần Văn Bình",
    supplements=(
        Supplement(
            FormNumber(7, 2026, "HDHS"),
            at(17, 14, 10),
            ("Bản chính Giấy chứng sinh do cơ sở y tế cấp", "Văn bản thoả thuận về họ của con"),
            "ông Trần Văn Bình",
            "0204 3 999 888",
            "Trần Văn Bình",
        ),
    ),
    handovers=(
        Handover(DESK, "Công chức tư pháp - hộ tịch", at(17, 9, 30), at(17, 9, 40), "Trần Văn Bình",
                 "Lê Thị Mai"),
        Handover("Công chức tư pháp - hộ tịch", DESK, at(18, 15, 0), at(18, 15, 5), "Lê Thị Mai",
                 "Trần Văn Bình", Standing.ON_TIME, "Đủ giấy tờ"),
    ),
    forwarded_at=at(17, 9, 30),
    back_at=at(18, 15, 5),
)  # fmt: skip

_LONG_PROCEDURE = (
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
    "chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn bằng quyền sử dụng đất; "
    "chuyển quyền sử dụng đất của vợ hoặc chồng thành của chung vợ và chồng"
)
_LONG_UNIT = (
    "Chi nhánh Văn phòng Đăng ký đất đai khu vực Yên Thế - Tân Yên - Việt Yên, Sở Nông nghiệp và Môi trường"
)

LONGEST = replace(
    ORDINARY,
    code="000.00.16.H05-261117-123456",
    receipt=FormNumber(12345, 2026, "TNHS"),
    control=FormNumber(12345, 2026, "KSGQHS"),
    place=RegisterPlace("Đất đai, tài sản gắn liền với đất, đo đạc và bản đồ", 2026, 12, 2345),
    applicant=Applicant(
        "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Quỳnh Như Ngọc Khuê",
        "Công ty Trách nhiệm hữu hạn Một thành viên Đầu tư, Sản xuất, Thương mại và Dịch vụ Xuất nhập khẩu "
        "Nông lâm sản Ẩm thực Miền Sơn Cước",
        "001090123456",
        "0204 3 999 888, 0912 345 678",
        "Số nhà 1234/56/78, ngõ 910, đường Nguyễn Thị Minh Khai kéo dài, tổ dân phố Đông Thượng Bắc, "
        "thôn Nhẫm Xứ Đoài, xã Thanh Bình, tỉnh Bắc Ninh",
        "phong.hanh.chinh.tong.hop.va.ho.so.dat.dai@cong-ty-nong-lam-san-mien-son-cuoc.example.vn",
    ),
    procedure=Words(_LONG_PROCEDURE, ""),
    request=_LONG_PROCEDURE,
    papers=tuple(
        Paper(f"Giấy tờ thứ {n}: {_LONG_PROCEDURE if n % 7 == 0 else 'bản vẽ, hợp đồng'}", n % 3, n % 4)
        for n in range(1, 41)
    ),
    sets=12,
    legal_days=30,
    result_method="post",
    result_place=f"Nhà riêng, qua dịch vụ bưu chính công ích: {_LONG_UNIT}",
    receiving_unit="Trung tâm Phục vụ hành chính công xã Thanh Bình, cơ sở 2, nhà văn hoá thôn Đông Thượng",
    deciding_unit=_LONG_UNIT,
    cooperating_unit=f"{_LONG_UNIT}; Phòng Kinh tế; Chi cục Thuế khu vực VI",
    supplements=(
        replace(
            ORDINARY.supplements[0],
            items=tuple(f"Nội dung {n}: {_LONG_PROCEDURE}" for n in range(1, 21)),
            contact=f"ông Trần Văn Bình, {_LONG_UNIT}",
        ),
    ),
    handovers=tuple(
        Handover(
            _LONG_UNIT if n % 2 else DESK, DESK if n % 2 else _LONG_UNIT, at(17, 9, n), at(17, 10, n),
            "Nguyễn Hoàng Bảo Trân Châu Anh", "Lê Thị Mai",
            Standing.LATE if n % 2 else None, "Hồ sơ kèm bản vẽ khổ lớn, giao nhận qua dịch vụ bưu chính",
        )
        for n in range(12)
    ),
    note="Rút hồ sơ theo đơn ngày 19/11/2026, đã trả lại toàn bộ giấy tờ",
    returned_at=at(19, 10),
)  # fmt: skip

EMPTY = replace(
    ORDINARY,
    applicant=Applicant(),
    procedure=Words(""),
    request="",
    papers=(),
    sets=0,
    legal_days=None,
    result_place="",
    receiving_unit="",
    deciding_unit="",
    cooperating_unit="",
    receiver="",
    supplements=(replace(ORDINARY.supplements[0], items=(), contact="", contact_phone="", guide=""),),
    handovers=(),
    forwarded_at=None,
    back_at=None,
)

RECORDS = {"ordinary": ORDINARY, "longest": LONGEST, "empty": EMPTY}


@lru_cache(maxsize=1)
def ward() -> OfficeConfig:
    """The packaged ward, with an address that phones can open."""
    return replace(load_office(office_path("commune")), public_url=PUBLIC)


def link_of(record: BookRecord) -> str:
    return signed_link(PUBLIC, ward().id, record.code, KEYS)


def register_of(lines: int, record: BookRecord = ORDINARY) -> list[BookRecord]:
    """That many lines, four hundred a volume."""
    return [
        replace(
            record,
            id=f"d{n}",
            code=f"H99.16-261117-{n:04d}",
            place=replace(record.place, book=1 + n // 400, line=1 + n % 400),
            returned_at=at(19, 8) if n % 2 else None,
        )
        for n in range(lines)
    ]
