"""The sample office as its file would say it: five counters, eight services, a Friday at 09:42."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.ids import (
    AgencyId,
    CounterId,
    DeviceId,
    GroupId,
    KioskId,
    OfficeId,
    PriorityGroupId,
    ServiceId,
    ZoneId,
)
from queue_server.domain.office_config import OfficeConfig, Target
from queue_server.domain.office_devices import Display, Kiosk, Printer, Zone
from queue_server.domain.office_services import Counter, NumberShape, PriorityGroup, Service
from queue_server.domain.words import Words

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 42, 0, tzinfo=UTC)
"""Friday, 09:42 in the office."""


_SERVICES = (
    ("A", "chung-thuc", "Chứng thực", "Certification", "stamp"),
    ("B", "ho-tich", "Hộ tịch", "Civil status", "users"),
    ("C", "dat-dai", "Đất đai", "Land", "map"),
    ("D", "cu-tru", "Cư trú", "Residence", "house"),
    ("E", "ho-kinh-doanh", "Hộ kinh doanh", "Household business", "store"),
    ("G", "bao-tro", "Bảo trợ xã hội", "Social protection", "heart-handshake"),
    ("H", "xay-dung", "Xây dựng", "Construction", "hammer"),
    ("K", "ket-qua", "Nhận kết quả", "Collect results", "package-check"),
)
_COUNTERS = (
    (1, ("ho-tich", "bao-tro")),
    (2, ("chung-thuc",)),
    (3, ("chung-thuc", "ket-qua")),
    (4, ("dat-dai", "xay-dung", "ho-kinh-doanh")),
    (5, ("cu-tru",)),
)


def sample_config(**changes: object) -> OfficeConfig:
    """The commune of the pictures."""
    day = (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))
    hours = Hours("Asia/Ho_Chi_Minh", (Season("year", (1, 1), (12, 31), (day,) * 5 + ((), ())),))
    zone = ZoneId("sanh")
    config = OfficeConfig(
        id=OfficeId("thanh-binh"),
        name=Words("Trung tâm Phục vụ hành chính công xã Thanh Bình", "Thanh Binh Public Service Centre"),
        short_name=Words("Một cửa xã Thanh Bình", "Thanh Binh One-stop"),
        hours=hours,
        services=tuple(
            Service(
                ServiceId(id_),
                letter,
                Words(vi, en),
                Words("", ""),
                pictogram,
                NumberShape(letter),
                GroupId("chung"),
                AgencyId("xa"),
                note_after=(
                    "15:00",
                    Words("Hồ sơ hộ tịch nộp sau 15:00 được trả kết quả trong ngày làm việc tiếp theo."),
                )
                if letter == "B"
                else None,
            )
            for letter, id_, vi, en, pictogram in _SERVICES
        ),
        counters=tuple(
            Counter(
                CounterId(f"quay-{number}"),
                number,
                Words(f"Quầy {number}", f"Counter {number}"),
                tuple(map(ServiceId, services)),
                zone,
            )
            for number, services in _COUNTERS
        ),
        zones=(Zone(zone, Words("Sảnh chính", "Main hall")),),
        priority_groups=(
            PriorityGroup(PriorityGroupId("cao-tuoi"), Words("Người cao tuổi", "Elderly"), Words(""), "user"),
        ),
        kiosks=(Kiosk(KioskId("kiosk-1"), Words("Kiosk 1", "Kiosk 1"), zone),),
        printers=(Printer(DeviceId("may-in-1"), Words("Máy in kiosk 1", "Printer 1"), "simulated:"),),
        displays=(
            Display(DeviceId("tv-sanh"), "hall", zone),
            Display(DeviceId("tv-quay-3"), "counter", zone, CounterId("quay-3")),
        ),
        targets=(
            Target(20, Words("Đề án 20 phút", "20-minute plan")),
            Target(15, Words("Phấn đấu 15 phút", "15-minute goal")),
        ),
        public_url="https://motcua.example",
    )
    return replace(config, **changes)  # type: ignore[arg-type]
