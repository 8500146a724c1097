"""Every word on a slip, from the ticket's data: the citizen's language first."""

from dataclasses import dataclass
from datetime import date

from queue_server.contract.values import Bilingual, Slip, Wait

_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SOON_MINUTES = 3
_LONG_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """A label over a figure with its unit; a fact in words has no unit."""

    label: str
    figure: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Finished strings; an empty one is not on the slip. `*_second` is the other language, lighter."""

    office: str
    office_second: str
    reprint: str
    over_number: str
    number: str
    counter: str
    counter_second: str
    service: str
    service_second: str
    priority: str
    priority_second: str
    priority_hint: str
    ahead: Fact
    wait: Fact
    promise: str
    code_title: str
    code_text: str
    note: str
    footer: tuple[str, ...]


def slip_words(slip: Slip) -> Words:
    """The words of a slip in Vietnamese, or in English first where its language is `en`."""
    return _english(slip) if slip.language == "en" else _vietnamese(slip)


def _vietnamese(slip: Slip) -> Words:
    act = "Lấy số lúc" if slip.reprint else "In lúc"
    return Words(
        office=slip.office_name.vi.upper(),
        office_second="",
        reprint="IN LẠI" if slip.reprint else "",
        over_number="SỐ THỨ TỰ",
        number=slip.number,
        counter=_counter_vi(slip.counters),
        counter_second="",
        service=slip.service.vi,
        service_second="",
        priority=f"Ưu tiên: {slip.priority.vi}" if slip.priority else "",
        priority_second="",
        priority_hint="Công chức xem giấy tờ khi Ông/Bà đến quầy." if slip.priority else "",
        ahead=_ahead_vi(slip),
        wait=_wait_vi(slip.wait),
        promise=f"Dự kiến được gọi trước {slip.promise_at}" if slip.promise_at else "",
        code_title="Xem lượt trên điện thoại" if slip.qr_is_page else "Mã của phiếu này",
        code_text=(
            "Quét mã, không cần cài ứng dụng. Vắng mặt khi được gọi, xin báo quầy Hướng dẫn."
            if slip.qr_is_page
            else "Đưa mã vào ô quét của kiosk để xem lượt. Vắng mặt khi được gọi, xin báo quầy Hướng dẫn."
        ),
        note=slip.note.vi if slip.note else "",
        footer=(
            _dots(f"{act} {slip.local_time}, {_day(slip, _WEEKDAYS_VI)}", slip.kiosk_name.vi),
            "Số chỉ có giá trị trong ngày",
            "Valid today only · Please wait to be called",
        ),
    )


def _english(slip: Slip) -> Words:
    act = "Ticket taken" if slip.reprint else "Printed"
    return Words(
        office=_en(slip.office_name).upper(),
        office_second=_second(slip.office_name),
        reprint="REPRINT · IN LẠI" if slip.reprint else "",
        over_number="YOUR NUMBER · SỐ THỨ TỰ",
        number=slip.number,
        counter=_counter_en(slip.counters),
        counter_second=_counter_vi(slip.counters),
        service=_en(slip.service),
        service_second=_second(slip.service),
        priority=f"Priority: {_en(slip.priority)}" if slip.priority else "",
        priority_second=f"Ưu tiên: {slip.priority.vi}" if slip.priority and slip.priority.en else "",
        priority_hint="Papers are checked at the counter." if slip.priority else "",
        ahead=_ahead_en(slip),
        wait=_wait_en(slip.wait),
        promise=f"Likely called before {slip.promise_at}" if slip.promise_at else "",
        code_title="Follow on your phone" if slip.qr_is_page else "Code of this ticket",
        code_text=(
            "Scan the code, no app needed. If you miss your call, please tell the help desk."
            if slip.qr_is_page
            else "Hold the code under the kiosk's scanner to see your turn. "
            "If you miss your call, please tell the help desk."
        ),
        note=_en(slip.note) if slip.note else "",
        footer=(
            _dots(f"{act} {slip.local_time}, {_day(slip, _WEEKDAYS_EN)}", _en(slip.kiosk_name)),
            "Valid today only · Please wait to be called",
            "Số chỉ có giá trị trong ngày",
        ),
    )


def _en(text: Bilingual) -> str:
    return text.en or text.vi


def _second(text: Bilingual) -> str:
    return text.vi if text.en and text.en != text.vi else ""


def _dots(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _listed(counters: tuple[int, ...], last: str) -> str:
    """`1–5, 11 hoặc 12`: three or more neighbours become a range."""
    named: list[str] = []
    for run in _runs(sorted(set(counters))):
        named += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(counter) for counter in run]
    *most, final = named
    return f"{', '.join(most)} {last} {final}" if most else final


def _runs(counters: list[int]) -> list[list[int]]:
    """Neighbouring numbers together."""
    runs: list[list[int]] = []
    for counter in counters:
        if runs and counter == runs[-1][-1] + 1:
            runs[-1].append(counter)
        else:
            runs.append([counter])
    return runs


def _counter_vi(counters: tuple[int, ...]) -> str:
    return f"Quầy {_listed(counters, 'hoặc')}" if counters else "Mời xem bảng gọi số"


def _counter_en(counters: tuple[int, ...]) -> str:
    return f"Counter {_listed(counters, 'or')}" if counters else "Please watch the display"


def _range(wait: Wait) -> str:
    return f"{wait.low}–{wait.high}" if wait.high > wait.low else str(wait.high)


def _ahead_vi(slip: Slip) -> Fact:
    if slip.offline:
        return Fact("Trước Ông/Bà", "Chưa tính được")
    return Fact("Trước Ông/Bà", str(slip.people_ahead), "người")


def _ahead_en(slip: Slip) -> Fact:
    if slip.offline:
        return Fact("Ahead of you", "Not known yet")
    return Fact("Ahead of you", str(slip.people_ahead), "person" if slip.people_ahead == 1 else "people")


def _wait_vi(wait: Wait | None) -> Fact:
    if wait is None:
        return Fact("Thời gian chờ", "Chưa tính được")
    if wait.high < _SOON_MINUTES:
        return Fact("Thời gian chờ", "Sắp đến lượt")
    if wait.low >= _LONG_MINUTES:
        return Fact("Thời gian chờ", "hơn 1 giờ")
    return Fact("Chờ khoảng", _range(wait), "phút")


def _wait_en(wait: Wait | None) -> Fact:
    if wait is None:
        return Fact("Expected wait", "Not known yet")
    if wait.high < _SOON_MINUTES:
        return Fact("Expected wait", "Soon")
    if wait.low >= _LONG_MINUTES:
        return Fact("Expected wait", "over 1 hour")
    return Fact("Wait about", _range(wait), "min")


def _day(slip: Slip, weekdays: tuple[str, ...]) -> str:
    """`thứ Sáu 20/11/2026`; a date of another shape is printed as it came, without a weekday."""
    parts = slip.local_date.split("/")
    try:
        day, month, year = (int(part) for part in parts)
        return f"{weekdays[date(year, month, day).weekday()]} {slip.local_date}"
    except ValueError:
        return slip.local_date
