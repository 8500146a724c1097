"""PURE: a report's results as sentences, for the printed page and for the e-mail that carries it."""

from queue_server.reports import cells as c
from queue_server.reports.cells import Cell, said
from queue_server.reports.measures import per_open_hour
from queue_server.reports.names import name_of
from queue_server.reports.report import Report, busiest, came
from queue_server.reports.table_summary import VERDICTS
from queue_server.waits.groups import Dimension


def sentences(report: Report, language: str) -> list[str]:
    """The legal line first; one sentence where there is no data."""
    f, en = report.figures, language == "en"

    def _(vi: str, en_: str) -> str:
        return en_ if en else vi

    def say(cell: Cell) -> str:
        return said(cell, language)

    if not f.n and not f.abandoned and not f.no_show:
        return [_("Kỳ này chưa có lượt giao dịch nào.", "There were no visits in this period.")]
    found = []
    if f.mean_s is not None:
        interval = ""
        if f.ci_low_s is not None:
            low, high = say(c.minutes(f.ci_low_s)), say(c.minutes(f.ci_high_s))
            interval = _(f" (khoảng tin cậy 95 %: {low}–{high})", f" (95% interval {low}–{high})")
        mean, n = say(c.minutes(f.mean_s)), say(c.count(f.n))
        found.append(
            _(
                f"Thời gian chờ trung bình mỗi lượt giao dịch: {mean} phút{interval}, trên {n} lượt đã"
                " phục vụ.",
                f"Mean wait per visit: {mean} minutes{interval}, over {n} {_many(f.n, 'visit')} served.",
            )
        )
    for one in report.compliance:
        verdict = VERDICTS[one.verdict].in_(language).lower()
        share = say(c.share(one.share))
        found.append(
            _(
                f"Mốc {one.target.minutes:g} phút ({one.target.name.vi}): {verdict}; {share} lượt chờ trong"
                f" mốc; {one.days_met} trên {one.days} ngày có trung bình đạt mốc.",
                f"Target of {one.target.minutes:g} minutes ({one.target.name.in_('en')}): {verdict};"
                f" {share} of visits within it; {one.days_met} of {one.days} {_many(one.days, 'day')} met"
                " it.",
            )
        )
    over, counted = say(c.share(f.share_over_60)), f.n + f.abandoned
    left, missed = say(c.part(f.abandoned, counted)), say(c.part(f.no_show, counted + f.no_show))
    found.append(
        _(
            f"Chờ trên 60 phút: {over}. Bỏ về: {f.abandoned} lượt ({left}). Vắng mặt khi gọi: {f.no_show}"
            f" lượt ({missed}).",
            f"Over 60 minutes: {over}. Left: {f.abandoned} ({left}). No-show: {f.no_show} ({missed}).",
        )
    )
    hours = [
        f"{name_of(report, g.key, 'hours', _)} ({say(c.count(came(g)))} {_('lượt', _many(came(g), 'visit'))})"
        for g in busiest(report.split[Dimension.HOUR])
    ]
    if hours:
        found.append(_(f"Giờ đông nhất: {', '.join(hours)}.", f"Busiest hours: {', '.join(hours)}."))
    speed = per_open_hour(report.office)
    if speed is not None:
        shown = say(c.hours(speed))
        found.append(
            _(
                f"Mỗi giờ mở quầy phục vụ {shown} chặng.",
                f"An open counter served {shown} legs an hour.",
            )
        )
    whole = report.on_time_all
    if whole is not None and whole.share is not None:
        shown, ended = say(c.share(whole.share)), say(c.count(whole.judged))
        found.append(
            _(
                f"Hồ sơ giải quyết trước và đúng hạn: {shown} trên {ended} hồ sơ xong trong kỳ.",
                f"Dossiers early or on time: {shown} of {ended} that ended in the period.",
            )
        )
    found += _doubts(report, language)
    return found


def _doubts(report: Report, language: str) -> list[str]:
    """What a reader must know before believing the rest."""
    found = []
    if report.unfinished:
        found.append(
            "The period is not over: figures up to now."
            if language == "en"
            else "Kỳ chưa kết thúc: số liệu tính đến lúc lập báo cáo."
        )
    if report.not_yet:
        found.append(
            f"Still being made and not in the figures: {report.not_yet} {_many(report.not_yet, 'day')}."
            if language == "en"
            else f"Còn {report.not_yet} ngày đang được tính, chưa nằm trong số liệu."
        )
    return found


def _many(n: int, one: str) -> str:
    """The English word for so many."""
    return one if n == 1 else f"{one}s"
