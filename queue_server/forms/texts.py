"""PURE: moments and numbers as Vietnamese forms write them; what is not known is left in dots."""

from collections.abc import Callable
from datetime import datetime

from queue_server.dossiers.timeliness import Standing

Local = Callable[[datetime], datetime]
"""An instant in the office's own time."""

STANDINGS = {
    Standing.EARLY: "Trước hạn",
    Standing.ON_TIME: "Đúng hạn",
    Standing.LATE: "Quá hạn",
    Standing.OVERDUE: "Quá hạn",
}
"""What the control slip's column may say; every other standing leaves it empty."""


def moment(at: datetime | None, local: Local) -> str:
    """`09 giờ 05 phút, ngày 20 tháng 11 năm 2026`, or the same in dots."""
    if at is None:
        return "….. giờ ….. phút, ngày ….. tháng ….. năm ….."
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, {_day(here)}"


def place_and_day(place: str, at: datetime | None, local: Local) -> str:
    """`Thanh Bình, ngày 20 tháng 11 năm 2026`, with dots for what is missing."""
    day = _day(local(at)) if at else "ngày ….. tháng ….. năm ….."
    return f"{place or '………………'}, {day}"


def short_day(at: datetime | None, local: Local) -> str:
    """`20/11/2026`, empty when there is none."""
    return f"{local(at):%d/%m/%Y}" if at else ""


def short_moment(at: datetime | None, local: Local) -> str:
    """`09:05 20/11/2026`, empty when there is none."""
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""


def count(number: int) -> str:
    """`02`: forms write numbers under ten with a nought, so that none is put before them; none is nothing."""
    return f"{number:02d}" if number > 0 else ""


def _day(here: datetime) -> str:
    return f"ngày {here:%d} tháng {here:%m} năm {here:%Y}"
