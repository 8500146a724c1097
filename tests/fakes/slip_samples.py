"""Slips that tests draw: an ordinary one, and the longest that an office may ask for."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from PIL import Image

from assets.theme import load_theme
from devices.receipts.slips import SlipArtist
from queue_server.contract.states import PrintJob
from queue_server.contract.values import Bilingual, DossierSlip, Slip, Wait

AnySlipT = TypeVar("AnySlipT", Slip, DossierSlip)

NOW = datetime(2026, 11, 20, 2, 43, tzinfo=UTC)
PAGE = "https://motcua.thanhbinh.example.vn/t/AbCdEfGhIjKlMnOpQrStUv"

ORDINARY = Slip(
    office_name=Bilingual(
        vi="Trung tâm Phục vụ hành chính công xã Thanh Bình",
        en="Public Administration Service Centre, Thanh Binh Commune",
    ),
    number="A012",
    service=Bilingual(vi="Chứng thực bản sao, chữ ký", en="Certified copies, signatures"),
    counters=(2, 3),
    people_ahead=4,
    wait=Wait(low=12, median=15, high=18, promise=16),
    promise_at="09:59",
    issued_at=NOW,
    local_date="20/11/2026",
    local_time="09:43",
    qr=PAGE,
    qr_is_page=True,
    kiosk_name=Bilingual(vi="Kiosk 1", en="Kiosk 1"),
)

LONGEST = ORDINARY.model_copy(
    update={
        "number": "MWMW8888",
        "service": Bilingual(
            vi="Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường "
            "hợp chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn, Ẩm Ễnh Ộp",
            en="Registration of changes in land use rights and in the ownership of assets attached to land "
            "in cases of conversion, transfer, lease, sublease, inheritance, donation, capital",
        ),
        "counters": tuple(range(1, 49, 2)),
        "people_ahead": 1284,
        "wait": Wait(low=45, median=100, high=185, promise=150),
        "priority": Bilingual(
            vi="Người có công với cách mạng, thân nhân liệt sĩ", en="Persons of merit and families of martyrs"
        ),
        "note": Bilingual(
            vi="Nộp sau 15:00, kết quả trả ngày làm việc tiếp theo.",
            en="After 15:00, result next working day.",
        ),
        "kiosk_name": Bilingual(vi="Kiosk 12, cạnh cửa ra vào tầng 2", en="Kiosk 12, by the door, floor 2"),
        "reprint": True,
    }
)

BARE = Slip(
    office_name=Bilingual(vi="Một cửa"),
    number="1",
    service=Bilingual(vi="Đất"),
    issued_at=NOW,
    local_date="20/11/2026",
    local_time="09:43",
)

UNBROKEN = ORDINARY.model_copy(
    update={"service": Bilingual(vi="Ẩ" * 70, en="W" * 70), "kiosk_name": Bilingual(vi="ữ" * 60, en="g" * 60)}
)

SAMPLES = {"ordinary": ORDINARY, "longest": LONGEST, "bare": BARE, "unbroken": UNBROKEN}


@lru_cache(maxsize=1)
def artist() -> SlipArtist:
    """The packaged look, its fonts loaded once a run."""
    return SlipArtist(load_theme())


def in_language(slip: AnySlipT, language: str) -> AnySlipT:
    return slip.model_copy(update={"language": language})


def drawn(slip: Slip | DossierSlip = ORDINARY, dots: int = 576) -> Image.Image:
    return artist().image(slip, dots)


def print_job(
    job: str = "job-1", printer: str = "printer-1", slip: Slip | DossierSlip = ORDINARY, **fields: object
) -> PrintJob:
    """A job that expires a minute after NOW."""
    made = {"id": job, "ticket": f"t-{job}", "printer": printer, "slip": slip}
    return PrintJob.model_validate(made | {"expires_at": NOW + timedelta(minutes=1)} | fields)


RECEIPT = DossierSlip(
    kind="receipt",
    office_name=ORDINARY.office_name,
    title=Bilingual(
        vi="Giấy tiếp nhận hồ sơ và hẹn trả kết quả", en="Receipt of a file and appointment for its result"
    ),
    form="Mẫu số 03",
    form_number="23/TNHS",
    code="H99.16-261117-0023",
    procedure="Đăng ký khai sinh",
    applicant="N**** T** H***",
    received="09:05 17/11/2026",
    due="16:30 18/11/2026",
    legal_days=1,
    sets=1,
    lines=("Tờ khai đăng ký khai sinh (bản chính: 1)", "Giấy chứng sinh (bản chính: 1, bản sao: 1)"),
    result_place="Bộ phận tiếp nhận và trả kết quả xã Thanh Bình",
    register_place="1/23",
    contact="quầy Hướng dẫn",
    qr="https://motcua.thanhbinh.example.vn/h/H99.16-261117-0023?k=1.AbCdEfGhIjKlMnOp",
    qr_is_page=True,
    local_date="17/11/2026",
    local_time="09:06",
)
GUIDANCE = RECEIPT.model_copy(
    update={
        "kind": "guidance",
        "title": Bilingual(vi="Phiếu hướng dẫn hoàn thiện hồ sơ", en="Guidance on completing a file"),
        "form": "Mẫu số 01",
        "form_number": "7/HDHS",
        "lines": ("Bản chính Giấy chứng sinh do cơ sở y tế cấp", "Văn bản thoả thuận về họ của con"),
        "contact": "quầy Hướng dẫn, 0204 3 999 888",
    }
)
LONGEST_RECEIPT = RECEIPT.model_copy(
    update={
        "code": "000.00.16.H05-261117-123456",
        "form_number": "12345/TNHS",
        "procedure": LONGEST.service.vi,
        "applicant": "C*** T*** T** N* N***** P**** H**** Q**** N** N*** K***",
        "lines": tuple(f"Giấy {n}: {LONGEST.service.vi if n % 3 == 0 else 'bản vẽ'}" for n in range(1, 13)),
        "result_place": f"Nhà riêng, qua dịch vụ bưu chính công ích: {LONGEST.service.vi}",
        "reprint": True,
    }
)
BARE_GUIDANCE = DossierSlip(
    kind="guidance",
    office_name=Bilingual(vi="Một cửa"),
    title=Bilingual(vi="Phiếu hướng dẫn"),
    code="1",
    procedure="Đất",
    local_date="17/11/2026",
    local_time="09:06",
)
UNBROKEN_RECEIPT = RECEIPT.model_copy(
    update={"procedure": "Ẩ" * 70, "lines": ("ữ" * 60, "W" * 60), "result_place": "Ễ" * 50, "code": "W" * 64}
)

DOSSIER_SAMPLES = {
    "receipt": RECEIPT,
    "guidance": GUIDANCE,
    "longest-receipt": LONGEST_RECEIPT,
    "bare-guidance": BARE_GUIDANCE,
    "unbroken-receipt": UNBROKEN_RECEIPT,
}
