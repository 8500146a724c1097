"""The tickets behind a number: one day's visits as a table, or a range's days to choose from. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.reports.wording import FLAGS
from queue_server.waits.figures import Outcome, VisitRecord
from queue_server.waits.groups import Dimension, keys_of
from queue_server.waits.quality import came_true
from queue_server.waits.tally import LONG_S
from queue_server.web.manager.sheet import Column, Sheet
from queue_server.web.manager.sheets import in_minutes

ON_A_PAGE = 200
BY: tuple[Dimension, ...] = (
    *(Dimension.SERVICE, Dimension.COUNTER, Dimension.CLASS, Dimension.PRIORITY_GROUP),
    *(Dimension.CHANNEL, Dimension.HOUR, Dimension.OFFICER),
)
_OUTCOMES: dict[Outcome, Words] = {
    Outcome.SERVED: Words("Đã phục vụ", "Served"),
    Outcome.NO_SHOW: Words("Vắng mặt", "No-show"),
    Outcome.ABANDONED: Words("Bỏ về", "Left"),
    Outcome.CANCELLED: Words("Đã huỷ", "Cancelled"),
    Outcome.OPEN: Words("Chưa xong", "Not over"),
    Outcome.UNMEASURED: Words("Không đo được", "Not measured"),
}


@dataclass(frozen=True, slots=True)
class What:
    """Which visits a number counts."""

    name: Words
    counted: Callable[[VisitRecord, float], bool]
    """Visit and widest target in seconds."""


def _served(visit: VisitRecord) -> bool:
    return visit.outcome is Outcome.SERVED and visit.wait_s is not None


WHATS: dict[str, What] = {
    "all": What(Words("Tất cả các lượt", "All visits"), lambda v, _: True),
    "served": What(Words("Lượt nằm trong trung bình", "Visits in the mean"), lambda v, _: _served(v)),
    "within": What(
        Words("Chờ không quá mốc", "Within target"), lambda v, t: _served(v) and (v.wait_s or 0.0) <= t
    ),
    "late": What(
        Words("Không đạt mốc", "Misses"),
        lambda v, t: (_served(v) and (v.wait_s or 0.0) > t) or v.outcome is Outcome.ABANDONED,
    ),
    "over_60": What(
        Words("Chờ trên 60 phút", "Over 60 minutes"),
        lambda v, _: (
            (_served(v) and (v.wait_s or 0.0) > LONG_S)
            or (v.outcome is Outcome.ABANDONED and (v.waited_s or 0.0) > LONG_S)
        ),
    ),
    "abandoned": What(Words("Bỏ về", "Left"), lambda v, _: v.outcome is Outcome.ABANDONED),
    "no_show": What(Words("Vắng mặt khi gọi", "No-show"), lambda v, _: v.outcome is Outcome.NO_SHOW),
    "cancelled": What(Words("Đã huỷ", "Cancelled"), lambda v, _: v.outcome is Outcome.CANCELLED),
    "told": What(Words("Đã báo thời gian chờ", "Told a wait"), lambda v, _: came_true(v) is not None),
    **{
        f"flag-{flag}": What(words, lambda v, _, flag=flag: flag in v.flags)  # type: ignore[misc]
        for flag, words in FLAGS.items()
    },
}


def chosen(
    visits: Sequence[VisitRecord],
    what: str,
    by: Dimension | None,
    key: str,
    target_s: float,
    config: OfficeConfig,
) -> list[VisitRecord]:
    """Those that a number counts, the longest wait first."""
    counted = WHATS[what].counted
    found = [
        visit
        for visit in visits
        if counted(visit, target_s) and (by is None or key in keys_of(visit, by, config.hours, config))
    ]
    return sorted(found, key=lambda v: (-(_wait(v) if _wait(v) is not None else -1.0), v.issued_at))  # type: ignore[operator]


def _wait(visit: VisitRecord) -> float | None:
    return visit.waited_s if visit.outcome is Outcome.ABANDONED else visit.wait_s


def ticket_sheet(visits: Sequence[VisitRecord], config: OfficeConfig, language: str) -> Sheet:
    """One row a visit; times are the office's own, waits in minutes. No officer stands here."""
    services = {s.id: s.name.in_(language) for s in config.services}
    counters = {c.id: str(c.number) for c in config.counters}
    rows = []
    for visit in visits:
        first, last = visit.legs[0], visit.legs[-1]
        walks = [leg.walk_s for leg in visit.legs if leg.walk_s is not None]
        times = [leg.service_s for leg in visit.legs if leg.service_s is not None]
        called = first.first_called_at
        rows.append(
            (
                visit.number,
                services.get(visit.service, visit.service),
                f"{config.hours.local(visit.issued_at):%H:%M:%S}",
                f"{config.hours.local(called):%H:%M:%S}" if called else None,
                counters.get(last.counter, str(last.counter)) if last.counter else None,
                in_minutes(_wait(visit)),
                in_minutes(sum(walks)) if walks else None,
                in_minutes(sum(times)) if times else None,
                f"{visit.told[0]}–{visit.told[2]}" if visit.told else None,
                _OUTCOMES[visit.outcome].in_(language),
                ", ".join(FLAGS[flag].in_(language) for flag in sorted(visit.flags) if flag in FLAGS),
            )
        )
    columns = (
        Column(Words("Số", "Ticket").in_(language)),
        Column(Words("Việc", "Service").in_(language)),
        Column(Words("Lấy số lúc", "Issued").in_(language)),
        Column(Words("Gọi lần đầu", "First call").in_(language)),
        Column(Words("Quầy", "Counter").in_(language)),
        Column(Words("Chờ (phút)", "Wait (min)").in_(language), 1),
        Column(Words("Đi tới quầy", "Walk").in_(language), 1),
        Column(Words("Phục vụ", "Service time").in_(language), 1),
        Column(Words("Đã báo (phút)", "Told (min)").in_(language)),
        Column(Words("Kết thúc", "Outcome").in_(language)),
        Column(Words("Cần nhìn lại", "Look again").in_(language)),
    )
    return Sheet("tickets", Words("Các lượt", "Visits").in_(language), columns, tuple(rows))
