"""PURE: early, on time or late, by the rule of QĐ 766/QĐ-TTg §2.1, clause by clause.

1. On time when the end of the work is not after the due date.
2. The end is "Đã xử lý xong"; without it "Đã trả kết quả"; without both "Dừng xử lý" or "Từ chối".
3. The time that a supplement took is subtracted.
4. A single supplement that is still awaited stops the clock at the moment it was asked for.
5. More than one request to supplement counts as late.
6. Without an end, the end of the period looked at stands for it; of a dossier that has ended on a day its
   source does not tell, nothing is said.
7. Without a due date the legal maximum stands for it.

Days are calendar days of the office; times of day count only where every moment of a comparison has one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from queue_server.dossiers.dossier import Dossier, Status, SupplementRequest, When


class Standing(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"
    PAUSED = "paused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """`days` early, over or left. `in_time` is how it counts for the index, None without any limit.

    `repeated`: it counts as late because more than one supplement was asked for.
    """

    standing: Standing
    days: int = 0
    in_time: bool | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Moment:
    at: datetime
    exact: bool

    @classmethod
    def of(cls, when: When) -> "_Moment":
        return cls(datetime.combine(when.day, when.at or time()), when.at is not None)


def timeliness(dossier: Dossier, period_end: When, legal_due: When | None = None) -> Timeliness:
    """How a dossier stands at `period_end` (now, for a citizen); `legal_due` is used without a due date."""
    limit = dossier.due or legal_due
    end = end_of(dossier)
    repeated = len(dossier.supplements) > 1
    pending = _pending(dossier) if end is None else None
    over = end is not None or dossier.ended
    if limit is None or (over and end is None):
        return Timeliness(Standing.LATE if over else Standing.OVERDUE, 0, False, True) if repeated else _NONE
    stop = end or (pending.asked if pending else None) or period_end
    moment = _less_supplements(_Moment.of(stop), dossier.supplements)
    left = (limit.day - moment.at.date()).days
    late = left < 0 or _over(moment, limit)
    days = abs(left)
    if repeated:
        return Timeliness(Standing.LATE if end else Standing.OVERDUE, days if late else 0, False, True)
    if late:
        return Timeliness(Standing.LATE if end else Standing.OVERDUE, days, False)
    if end is not None:
        return Timeliness(Standing.EARLY if days else Standing.ON_TIME, days, True)
    return Timeliness(Standing.PAUSED if pending else Standing.RUNNING, days, True)


_NONE = Timeliness(Standing.UNKNOWN)


def end_of(dossier: Dossier) -> When | None:
    """The moment at which the work ended, None while it goes on."""
    return dossier.done or dossier.returned or dossier.stopped


def legal_due(received: When, days: int, is_working: Callable[[date], bool]) -> When | None:
    """The last day the law gives: `days` working days after the day of receipt; None without so many.

    `is_working` tells of a day whether the office works on it.
    """
    day = received.day
    for _ in range(20 * days + 60):
        if days == 0:
            return When(day)
        day += timedelta(days=1)
        days -= is_working(day)
    return None


def _pending(dossier: Dossier) -> SupplementRequest | None:
    """The one request that is awaited; a request without its day cannot stop a clock."""
    if len(dossier.supplements) != 1:
        return None
    (request,) = dossier.supplements
    awaited = request.supplied is None and request.asked is not None
    return request if awaited and dossier.status in (Status.SUPPLEMENT_ASKED, Status.OTHER) else None


def _less_supplements(end: _Moment, requests: Sequence[SupplementRequest]) -> _Moment:
    for request in requests:
        if request.asked is None or request.supplied is None:
            continue
        begun, ended = _Moment.of(request.asked), _Moment.of(request.supplied)
        took = min(ended.at, end.at) - begun.at
        if took > timedelta():
            exact = end.exact and begun.exact and ended.exact
            end = _Moment(end.at - (took if exact else timedelta(days=_days(took))), exact)
    return end


def _days(took: timedelta) -> int:
    return round(took / timedelta(days=1))


def _over(moment: _Moment, limit: When) -> bool:
    """Over on the day itself: only where both have a time."""
    return limit.at is not None and moment.exact and moment.at > datetime.combine(limit.day, limit.at)
