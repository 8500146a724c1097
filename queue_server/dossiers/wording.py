"""PURE: timeliness and the dossier's way in a citizen's words."""

from dataclasses import dataclass

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status, When
from queue_server.dossiers.statuses import unknown
from queue_server.dossiers.timeliness import Standing, Timeliness

_REPEATED = Words("Tính là quá hạn: bổ sung hơn một lần", "Counts as late: supplemented more than once")


TONES = {
    Standing.EARLY: "green", Standing.ON_TIME: "green", Standing.LATE: "red", Standing.OVERDUE: "red",
    Standing.PAUSED: "gold",
}  # fmt: skip
"""The tint of a standing's chip; the others have none."""
METHODS = {
    "counter": Words("tại quầy", "at the counter"),
    "post": Words("qua bưu chính", "by post"),
    "online": Words("trực tuyến", "online"),
}
"""How a result is given."""


def timeliness_words(told: Timeliness) -> Words:
    """The chip beside the due date; empty when there is nothing to say."""
    days = told.days
    plural = "day" if days == 1 else "days"
    match told.standing:
        case Standing.EARLY:
            return Words(f"Trước hạn {days} ngày", f"{days} {plural} early")
        case Standing.ON_TIME:
            return Words("Đúng hạn", "On time")
        case Standing.LATE | Standing.OVERDUE:
            if told.repeated and not days:
                return _REPEATED
            if not days:
                return Words("Quá hạn", "Late")
            return Words(f"Quá hạn {days} ngày", f"{days} {plural} late")
        case Standing.RUNNING:
            if not days:
                return Words("Đến hạn hôm nay", "Due today")
            return Words(f"Còn {days} ngày", f"{days} {plural} left")
        case Standing.PAUSED:
            return Words("Tạm dừng tính hạn, chờ bổ sung", "Clock stopped until supplemented")
        case Standing.UNKNOWN:
            return Words("")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the way. `state` is done, here, to_come or stopped."""

    name: Words
    unit: str
    state: str
    when: When | None = None


_RECEIVED = Words("Tiếp nhận", "Received")
_WORK = Words("Đang xử lý", "In progress")
_ASKED = Words("Yêu cầu bổ sung", "More papers needed")
_READY = Words("Đã có kết quả", "Result ready")
_BACK = Words("Trả kết quả", "Result returned")
_ENDED = {Status.NOT_ACCEPTED: Words("Không được tiếp nhận", "Not accepted"),
          Status.STOPPED: Words("Dừng xử lý", "Stopped"),
          Status.WITHDRAWAL_ASKED: Words("Rút hồ sơ", "Withdrawal")}  # fmt: skip
_HERE = {Status.REGISTERED: 0, Status.ACCEPTED: 0, Status.RESULT_READY: 2, Status.RETURNED: 3}


def way(dossier: Dossier) -> tuple[Line, ...]:
    """The source's own steps, else receipt, work, result and return as far as the dates tell."""
    if dossier.steps:
        return tuple(
            Line(s.name, s.unit, "done" if s.ended else "here", s.ended or s.begun) for s in dossier.steps
        )
    status = dossier.status
    if status in _ENDED:
        first = Line(_RECEIVED, dossier.receiving_office, "done", dossier.received)
        return (first, Line(_ENDED[status], dossier.deciding_unit, "stopped", dossier.stopped))
    middle = _ASKED if status is Status.SUPPLEMENT_ASKED else _WORK
    if status is Status.OTHER and dossier.status_words:
        middle = unknown(dossier.status_words)
    asked = next((s.asked for s in dossier.supplements if s.supplied is None), None)
    lines = (
        (_RECEIVED, dossier.receiving_office, dossier.received),
        (middle, dossier.deciding_unit, asked if middle is _ASKED else dossier.forwarded),
        (_READY, "", dossier.done),
        (_BACK, dossier.public_place, dossier.returned),
    )
    here = _HERE.get(status, 1)
    finished = status is Status.RETURNED
    return tuple(
        Line(
            name,
            unit,
            "done" if place < here or finished else "here" if place == here else "to_come",
            when if place <= here else None,
        )
        for place, (name, unit, when) in enumerate(lines)
    )
