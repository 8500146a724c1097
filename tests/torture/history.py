"""The office told again from its journal, by a reader who knows only docs: who is where, and when."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

OFFICE = timedelta(hours=7)
"""What the office's clock is ahead of UTC."""
ENDED = frozenset({"served", "cancelled", "abandoned"})


@dataclass
class Ticket:
    number: str
    state: str = "waiting"
    counter: str | None = None
    queued: datetime | None = None
    called: datetime | None = None
    parked: datetime | None = None
    by_citizen: bool = False
    away: timedelta = timedelta()
    """Parks at the citizen's wish in the leg that runs."""


@dataclass
class Counter:
    state: str = "unstaffed"
    ticket: str | None = None


@dataclass
class History:
    """Built by `tell`. `shown[counter]` is (seq, state, number) after each change."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    counters: dict[str, Counter] = field(default_factory=dict)
    today: set[str] = field(default_factory=set)
    shown: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """Ticket → number, of every day."""
    aliases: dict[str, set[str]] = field(default_factory=dict)
    """Ticket → what else stands on a paper of it."""
    days: dict[str, set[str]] = field(default_factory=dict)
    """Local date → the numbers given on it."""
    outcomes: dict[str, list[str]] = field(default_factory=dict)
    """Job → what became of it."""
    waits: int = 0
    problems: list[str] = field(default_factory=list)

    def at_counter(self, counter: str, seq: int) -> tuple[str, str]:
        """State and number that a display of this version must show."""
        told = self.shown.get(counter, [])
        place = bisect_right(told, seq, key=lambda one: one[0])
        return told[place - 1][1:] if place else ("unstaffed", "")


def tell(journal: list[dict[str, Any]]) -> History:
    """Every event in order."""
    history, last, expected = History(), "", 1
    for row in journal:
        seq, at = row["seq"], row["at"]
        if seq != expected:
            history.problems.append(f"hole: row {expected} is missing before {seq}")
        if at < last:
            history.problems.append(f"time: row {seq} is earlier than the row before it")
        expected, last = seq + 1, max(at, last)
        _event(history, row["type"], row["data"], datetime.fromisoformat(at), seq)
        for id_, counter in history.counters.items():
            ticket = history.tickets.get(counter.ticket or "")
            now = (seq, counter.state, ticket.number if ticket else "")
            told = history.shown.setdefault(id_, [])
            if not told or told[-1][1:] != now[1:]:
                told.append(now)
    return history


def _event(h: History, kind: str, data: dict[str, Any], at: datetime, seq: int) -> None:
    def wrong(what: str, sentence: str) -> None:
        h.problems.append(f"{what}: row {seq} {kind}: {sentence}")

    if kind == "office.configured":
        for counter in data["config"]["counters"]:
            h.counters.setdefault(counter["id"], Counter())
        return
    if kind == "day.opened":
        h.tickets = {i: t for i, t in h.tickets.items() if t.state not in ENDED and t.state != "no_show"}
        h.today = set()
        return
    if kind.startswith("counter."):
        states = {
            "signed_on": "closed",
            "signed_off": "unstaffed",
            "opened": "idle",
            "paused": "paused",
            "closed": "closed",
        }
        if (state := states.get(kind.removeprefix("counter."))) is not None:
            h.counters[data["counter"]].state = state
        return
    if kind == "slip.outcome":
        h.outcomes.setdefault(data["job"], []).append(data["outcome"])
        if data["ticket"] not in h.numbers:
            wrong("slip", f"is of ticket {data['ticket']} that nobody issued")
        return
    if not kind.startswith("ticket."):
        return
    _ticket(h, kind.removeprefix("ticket."), data, at, wrong)


def _ticket(h: History, kind: str, data: dict[str, Any], at: datetime, wrong: Any) -> None:
    id_ = data["ticket"]
    if kind == "issued":
        if id_ in h.numbers:
            wrong("number", f"ticket {id_} is issued twice")
        _given(h, data, data["number"], wrong)
        h.numbers[id_] = data["number"]
        h.tickets[id_] = Ticket(data["number"], queued=datetime.fromisoformat(data["issued_at"]))
        return
    ticket = h.tickets.get(id_)
    if ticket is None:
        wrong("unknown", f"ticket {id_} was never issued, or its day is over")
        return
    match kind:
        case "called":
            _called(h, id_, ticket, data["counter"], at, wrong)
        case "recalled" | "started":
            if h.counters[data["counter"]].ticket != id_:
                wrong("counter", f"{ticket.number} is not at {data['counter']}")
            if kind == "started":
                ticket.state = "serving"
                h.counters[data["counter"]].state = "serving"
        case "ended":
            _leave(h, id_, ticket, "served" if data.get("next_service") is None else "waiting")
            if data.get("next_service") is not None:
                _queue(ticket, at)
        case "no_show" | "cancelled" | "abandoned":
            _leave(h, id_, ticket, kind)
        case "parked":
            _leave(h, id_, ticket, "parked")
            ticket.parked, ticket.by_citizen = at, data["parked_by"] == "citizen"
        case "unparked":
            if data["new_leg"]:
                _queue(ticket, datetime.fromisoformat(data["queued_at"]))
            else:
                _away(ticket, at)
            ticket.state, ticket.parked = "waiting", None
        case "came_back":
            ticket.state = "waiting"
        case "transferred":
            _leave(h, id_, ticket, "waiting")
            if data["new_leg"]:
                _queue(ticket, datetime.fromisoformat(data["queued_at"]) if data["queued_at"] else at)
            else:
                _away(ticket, at)
            ticket.parked = None
        case "result_awaited":
            _leave(h, id_, ticket, "awaiting_result")
        case "result_ready":
            ticket.state = "waiting"
            _queue(ticket, at)
        case "alias_given":
            _given(h, data, data["alias"], wrong)
            h.aliases.setdefault(id_, set()).add(data["alias"])
            ticket.number = data["alias"]
            if data["issued_at"] is not None and ticket.called is None:
                ticket.queued = datetime.fromisoformat(data["issued_at"])
        case "served_in_outage":
            _leave(h, id_, ticket, "served")
        case "carried_over" | "service_added" | "priority_changed":
            pass
        case _:
            wrong("unknown", "an event that this checker cannot tell")


def _given(h: History, data: dict[str, Any], number: str, wrong: Any) -> None:
    """A number is on one paper a day; one that came home after its day is of the day it was given."""
    at = data.get("issued_at")
    day = str((datetime.fromisoformat(at) + OFFICE).date()) if at else ""
    if data.get("late"):
        if number in h.days.get(day, set()):
            wrong("number", f"{number} is given twice on {day}")
    else:
        held = {t.number for t in h.tickets.values() if t.state not in ENDED}
        if number in h.today or number in held:
            wrong("number", f"{number} is given twice in a day")
        h.today.add(number)
    h.days.setdefault(day, set()).add(number)


def _called(h: History, id_: str, ticket: Ticket, where: str, at: datetime, wrong: Any) -> None:
    counter = h.counters[where]
    if ticket.counter is not None and ticket.counter != where:
        wrong("two counters", f"{ticket.number} is called to {where} while it is at {ticket.counter}")
    if counter.ticket is not None:
        wrong("two tickets", f"{where} calls {ticket.number} and has one already")
    if ticket.state != "waiting":
        wrong("state", f"{ticket.number} is called while it is {ticket.state}")
    ticket.state, ticket.counter = "called", where
    counter.state, counter.ticket = "calling", id_
    if ticket.called is None:
        h.waits += 1
        ticket.called = at
        if ticket.queued is None or at - ticket.queued - ticket.away < timedelta():
            wrong("wait", f"the wait of {ticket.number} cannot be derived")


def _leave(h: History, id_: str, ticket: Ticket, state: str) -> None:
    ticket.state = state
    for counter in h.counters.values():
        if counter.ticket == id_:
            counter.state, counter.ticket = "idle", None
    ticket.counter = None


def _queue(ticket: Ticket, at: datetime) -> None:
    ticket.queued, ticket.called, ticket.away = at, None, timedelta()


def _away(ticket: Ticket, at: datetime) -> None:
    if ticket.parked is not None and ticket.by_citizen and ticket.called is None:
        ticket.away += at - ticket.parked
