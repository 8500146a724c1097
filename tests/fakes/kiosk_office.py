"""A small office as the contract tells it, for tests of the kiosk."""

from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.codes.patterns import DEFAULT_PATTERNS
from queue_server.contract.replies import Issued, Standing, TicketView
from queue_server.contract.states import (
    CounterInfo,
    DossierInfo,
    KioskInfo,
    OfficeState,
    PriorityInfo,
    ServiceInfo,
    ServiceState,
)
from queue_server.contract.values import Bilingual, Slip, Wait

NOW = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)
"""09:42 at the office, a Friday."""

SERVICES = (
    ("chung-thuc", "A", "Chứng thực", "Certification", "Bản sao, chữ ký", "Copies, signatures", (2, 3)),
    ("ho-tich", "B", "Hộ tịch", "Civil status", "Khai sinh, kết hôn", "Births, marriages", (1,)),
    ("dat-dai", "C", "Đất đai", "Land", "Đăng ký, đính chính sổ", "Registration", (4,)),
    ("cu-tru", "D", "Cư trú", "Residence", "Thường trú, tạm trú", "Permanent, temporary", (5,)),
    ("ho-kinh-doanh", "E", "Hộ kinh doanh", "Household business", "Đăng ký, thay đổi", "Start, change", (4,)),
    ("bao-tro", "G", "Bảo trợ xã hội", "Social protection", "Trợ cấp", "Allowances", (5,)),
    ("xay-dung", "H", "Xây dựng", "Construction", "Giấy phép nhà ở", "House permits", (4,)),
    ("tra-ket-qua", "K", "Nhận kết quả", "Collect a result", "Đã có giấy hẹn", "With a receipt", (1,)),
    ("thue", "L", "Thuế", "Tax", "Thuế nhà đất", "House tax", (5,)),
)


def service(position: int) -> ServiceInfo:
    id_, letter, vi, en, example_vi, example_en, counters = SERVICES[position]
    note = None
    if id_ == "ho-tich":
        late = Bilingual(
            vi="nộp sau 15:00, kết quả trả ngày làm việc tiếp theo.",
            en="After 15:00, result next working day.",
        )
        note = ("15:00", late)
    return ServiceInfo(
        id=id_,
        letter=letter,
        name=Bilingual(vi=vi, en=en),
        example=Bilingual(vi=example_vi, en=example_en),
        pictogram="stamp",
        series=letter,
        digits=3,
        counters=counters,
        note_after=note,
    )


def office(services: int = 8, priority: bool = True, **changes: Any) -> OfficeState:
    groups = (
        PriorityInfo(
            id="elderly",
            name=Bilingual(vi="Người cao tuổi", en="Elderly"),
            hint=Bilingual(vi="Từ 75 tuổi trở lên", en="75 and older"),
            pictogram="person-standing",
        ),
        PriorityInfo(
            id="disability",
            name=Bilingual(vi="Người khuyết tật", en="Person with disability"),
            hint=Bilingual(vi="Nặng, đặc biệt nặng", en="Severe"),
            pictogram="accessibility",
        ),
    )
    told = OfficeState(
        version=1,
        at=NOW,
        office="thanh-binh",
        name=Bilingual(
            vi="Trung tâm Phục vụ hành chính công xã Thanh Bình", en="Thanh Binh Public Administration Centre"
        ),
        short_name=Bilingual(vi="Một cửa xã Thanh Bình", en="Thanh Binh One-stop Office"),
        zone="Asia/Ho_Chi_Minh",
        services=tuple(service(position) for position in range(services)),
        counters=tuple(
            CounterInfo(id=f"c{n}", number=n, name=Bilingual(vi=f"Quầy {n}"), zone="hall")
            for n in range(1, 6)
        ),
        priority_groups=groups if priority else (),
        kiosks=(
            KioskInfo(
                id="k1", name=Bilingual(vi="Kiosk 1, giữa sảnh", en="Kiosk 1, in the hall"), zone="hall"
            ),
            KioskInfo(
                id="k2",
                name=Bilingual(vi="Kiosk 2, cạnh cửa ra vào", en="Kiosk 2, at the entrance"),
                zone="hall",
            ),
        ),
        languages=("vi", "en"),
        call_languages=("vi", "en"),
        help_desk=Bilingual(vi="quầy Hướng dẫn", en="the help desk"),
        notice=Bilingual(vi=""),
        dossiers=DossierInfo(
            patterns=DEFAULT_PATTERNS, example="H99.16-261117-0023", letters=("H", "G", "D")
        ),
    )
    return told.model_copy(update=changes)


def state(position: int = 0, **changes: Any) -> ServiceState:
    told = ServiceState(
        version=1,
        at=NOW,
        service=SERVICES[position][0],
        open=True,
        waiting=4,
        people_ahead=4,
        next_number=f"{SERVICES[position][1]}012",
        wait=Wait(low=12, median=15, high=18, promise=17),
    )
    return told.model_copy(update=changes)


def closed(position: int, why: str, **changes: Any) -> ServiceState:
    return state(position, open=False, why_closed=why, **changes)


def issued(number: str, service_id: str, language: str, group: str | None, serial: int) -> Issued:
    """What the server answers; every ticket has its own number, id and job."""
    row = next(row for row in SERVICES if row[0] == service_id)
    slip = Slip(
        office_name=Bilingual(vi="Một cửa xã Thanh Bình", en="Thanh Binh One-stop Office"),
        number=number,
        service=Bilingual(vi=row[2], en=row[3]),
        counters=row[6],
        people_ahead=4,
        wait=Wait(low=12, median=15, high=18, promise=17),
        promise_at="09:59",
        issued_at=NOW,
        local_date="20/11/2026",
        local_time="09:43",
        qr=f"https://thanh-binh.example/t/{serial:022d}",
        qr_is_page=True,
        priority=Bilingual(vi="Người cao tuổi", en="Elderly") if group == "elderly" else None,
        language=language,
    )
    view = TicketView(
        ticket=f"ticket-{serial}", number=number, state="waiting", service=service_id, issued_at=NOW
    )
    return Issued(
        ticket=view,
        job=f"job-{serial}",
        slip=slip,
        people_ahead=4,
        wait=slip.wait,
        page=slip.qr,
    )


def standing(state_: str = "waiting", **changes: Any) -> Standing:
    """What the server answers about A012; in each state with what that state has."""
    view = TicketView(ticket="t1", number="A012", state=state_, service=SERVICES[0][0], issued_at=NOW)
    has: dict[str, dict[str, Any]] = {
        "waiting": {
            "counters": (2, 3),
            "people_ahead": 3,
            "wait": Wait(low=5, median=8, high=12, promise=11),
            "promise_at": "09:59",
        },
        "called": {"counters": (2,)},
        "serving": {"counters": (2,)},
        "no_show": {"come_back_until": "10:30"},
    }
    return Standing(ticket=view).model_copy(update={**has.get(state_, {}), **changes})


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)
