"""Advice as sentences, Vietnamese and English; times are local, minutes are the nearest whole ones."""

from collections.abc import Mapping
from datetime import date
from math import floor

from queue_server.advise.values import Alert, DayAdvice, Kind, Proposal, QuietSpell
from queue_server.domain.words import Words

_DAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Names = Mapping[str, Words]
"""Service id → its name."""


def clock(seconds: float) -> str:
    """Seconds after midnight as `09:30`."""
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes(value: float) -> str:
    return str(floor(value + 0.5))


def spells(quiet: tuple[QuietSpell, ...]) -> str:
    """`09:30–10:30, 15:00–16:00`, "" without any."""
    return ", ".join(f"{clock(spell.start_s)}–{clock(spell.end_s)}" for spell in quiet)


def come_then(quiet: tuple[QuietSpell, ...], day: date | None = None) -> Words | None:
    """`Nên đến: 09:30–10:30`, with the day where it is given; None where no hour is quieter than others."""
    if not quiet:
        return None
    when, vi, en = spells(quiet), "", ""
    if day is not None:
        vi, en = f" {_DAYS_VI[day.weekday()]} {day:%d/%m}", f" {_DAYS_EN[day.weekday()]} {day:%d/%m}"
    return Words(f"Nên đến: {when}{vi}", f"Best time to come: {when}{en}")


def alert_title(alert: Alert) -> Words:
    """What will come of today if nothing is done; of the reader's own services where it is about some."""
    vi, en = (" của các việc bạn phụ trách", " for your services") if alert.services else ("", "")
    mean, target = minutes(alert.mean.value), f"{alert.target_minutes:g}"
    low, high = minutes(alert.mean.low), minutes(alert.mean.high)
    return Words(
        f"Không mở thêm quầy, trung bình hôm nay{vi} sẽ là {mean} phút ({low}–{high}), mốc là {target}.",
        f"Unless a counter opens, today's mean{en} will be {mean} minutes ({low}–{high}); target {target}.",
    )


def proposal(found: Proposal, names: Names) -> Words:
    """The act: `Quầy 3 nhận thêm Chứng thực từ 09:10 đến 17:00`."""
    vi = ", ".join(names[s].vi for s in found.services if s in names)
    en = ", ".join(names[s].in_("en") for s in found.services if s in names)
    from_, to = clock(found.from_s), clock(found.to_s)
    if found.kind is Kind.LEARN:
        return Words(
            f"Quầy {found.number} nhận thêm {vi}, {from_}–{to}",
            f"Counter {found.number} also takes {en}, {from_}–{to}",
        )
    if found.counter:
        return Words(
            f"Mở quầy {found.number} ({vi}), {from_}–{to}",
            f"Open counter {found.number} ({en}), {from_}–{to}",
        )
    return Words(f"Thêm một quầy {vi}, {from_}–{to}", f"One more counter for {en}, {from_}–{to}")


def effect(found: Proposal) -> Words:
    """What it would change: `giảm 4,2 phút (3,1–5,4), còn 19 phút`."""
    less, least, most = -found.mean.value, -found.mean.high, -found.mean.low
    after = minutes(found.mean_after.value)
    vi = f"giảm {less:.1f} phút ({least:.1f}–{most:.1f})".replace(".", ",")
    return Words(
        f"{vi}, trung bình còn {after} phút",
        f"{less:.1f} minutes less ({least:.1f}–{most:.1f}), a mean of {after} minutes",
    )


def day_title(advice: DayAdvice) -> Words:
    """What the day will be like."""
    visits, kept = minutes(advice.visits), minutes(advice.kept * 100)
    if advice.mean is None:
        return Words("Chưa đủ số liệu để dự báo ngày này.", "Not enough data yet to foresee this day.")
    mean = minutes(advice.mean.value)
    low, high = minutes(advice.mean.low), minutes(advice.mean.high)
    return Words(
        f"Khoảng {visits} lượt, trung bình {mean} phút ({low}–{high}), khả năng giữ mốc {kept} %.",
        f"About {visits} visits, a mean of {mean} minutes ({low}–{high}), kept with {kept} %.",
    )
