"""The advice panel as strings: what today will come to, the act that helps most, counters by half hour."""

from dataclasses import dataclass, replace

from queue_server.advise import words
from queue_server.advise.values import Alert, DayAdvice, Kind, Proposal
from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.web.hall.format import percent
from queue_server.web.manager.sheet import Column, Sheet


@dataclass(frozen=True, slots=True)
class Advised:
    """What there is to say; `may_apply` is whether this reader may change a counter's services."""

    day: DayAdvice | None
    alert: Alert | None
    may_apply: bool
    part: bool = False
    """Of some services only: nothing is said of the whole office's day."""


def of_services(advised: Advised, config: OfficeConfig, seen: frozenset[ServiceId]) -> Advised:
    """What concerns these services and no others: their acts, and their pools' counters by half hour.

    The day's mean and its hours to come are the whole office's and left out; so is an alert that is not
    about these services, and of theirs every act that also concerns others.
    """
    day, alert = advised.day, advised.alert
    if alert is not None:
        mine = frozenset(alert.services) == seen
        acts = tuple(act for act in alert.acts if seen.issuperset(map(ServiceId, act.services)))
        alert = replace(alert, acts=acts) if mine else None
    if day is None:
        return replace(advised, alert=alert, part=True)
    strangers = {s.group for s in config.services if s.id not in seen}
    pools = {str(s.group) for s in config.services if s.id in seen and s.group not in strangers}
    own = frozenset(map(str, seen))
    of_mine = replace(
        day,
        mean=None,
        expected=tuple(block for block in day.expected if block.service in own),
        staffing=tuple(block for block in day.staffing if block.pool in pools),
        proposals=tuple(act for act in day.proposals if own.issuperset(act.services)),
        quiet=(),
    )
    return replace(advised, day=of_mine, alert=alert, part=True)


def advice_view(config: OfficeConfig, advised: Advised, language: str) -> dict[str, object]:
    """`bad` when today will miss its target; `acts` the most helpful first; "" as title: nothing known."""
    day, alert = advised.day, advised.alert
    title = (
        words.alert_title(alert) if alert is not None else words.day_title(day) if day is not None else None
    )
    if advised.part and alert is None and day is not None:
        title = Words("Gợi ý cho các việc bạn phụ trách.", "Advice for the services you are in charge of.")
    acts = alert.acts if alert is not None else day.proposals if day is not None else ()
    quiet = words.come_then(day.quiet) if day is not None else None
    sheet = staffing_sheet(config, day, language) if day is not None else None
    return {
        "bad": alert is not None,
        "day": f"{day.day:%d/%m/%Y}" if day is not None and alert is None else "",
        "title": title.in_(language) if title is not None else "",
        "acts": [_act(config, act, advised.may_apply, language) for act in acts[:2]],
        "quiet": quiet.in_(language) if quiet is not None else "",
        "head": sheet.columns if sheet is not None else (),
        "rows": sheet.shown(language) if sheet is not None and sheet.rows else [],
    }


def _act(config: OfficeConfig, act: Proposal, may_apply: bool, language: str) -> dict[str, object]:
    names = {str(service.id): service.name for service in config.services}
    one_press = may_apply and act.kind is Kind.LEARN and bool(act.counter) and len(act.services) == 1
    return {
        "what": words.proposal(act, names).in_(language),
        "effect": words.effect(act).in_(language),
        "counter": act.counter if one_press else "",
        "service": act.services[0] if one_press else "",
    }


def staffing_sheet(config: OfficeConfig, day: DayAdvice, language: str) -> Sheet:
    """The least counters of each group that keep the target, by half hour."""
    groups = {str(id_): name.in_(language) for id_, name in config.groups}
    columns = (
        Column(Words("Từ", "From").in_(language)),
        Column(Words("Nhóm quầy", "Counters of").in_(language)),
        Column(Words("Cần ít nhất", "At least").in_(language), 0),
        Column(Words("Thường có", "Usually").in_(language), 0),
        Column(Words("Khả năng giữ mốc", "Keeps the target").in_(language)),
    )
    rows = tuple(
        (
            words.clock(block.start_s),
            groups.get(block.pool, block.pool),
            block.least,
            block.furnished,
            percent(block.kept, language) if block.enough else Words("chưa đủ", "not enough").in_(language),
        )
        for block in day.staffing
    )
    return Sheet("staffing", Words("Bố trí quầy", "Staffing").in_(language), columns, rows)
