"""Days at random, for properties: acts that may or may not be allowed, one after another."""

from datetime import timedelta
from typing import NamedTuple

import numpy as np
from fakes.office_day import C1, C2, ELDERLY, OPENING, OfficeDay
from fakes.small_office import CIVIL, LAND
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Role
from queue_server.domain.ids import TicketId
from queue_server.domain.ticket import ParkedBy, Target


class Act(NamedTuple):
    """`which` chooses a ticket or counter; `after_s` passes first."""

    what: str
    which: int
    after_s: float


COUNTER_ACTS: dict[str, type[c.OfCounter]] = {
    "call": c.CallNext,
    "recall": c.Recall,
    "start": c.StartService,
    "end": c.EndService,
    "no_show": c.NoShow,
    "await": c.AwaitResult,
    "undo": c.Undo,
}
TICKET_ACTS = ("come_back", "park", "office_park", "unpark", "transfer", "add", "ready", "cancel", "leave")
PLAIN = ("issue", "issue", "issue_two", "issue_elderly", "issue_slot", "close")
COMMON = ("call", "start", "end", "end_and_call") * 4
WHATS = [*PLAIN, *PLAIN, *COMMON, *COUNTER_ACTS, *TICKET_ACTS]


def random_acts(seed: int, size: int) -> list[Act]:
    """The same acts for the same seed; a longer list begins with the shorter one."""
    rng = np.random.default_rng(seed)
    return [
        Act(WHATS[rng.integers(len(WHATS))], int(rng.integers(6)), _gap(rng.random(), rng.exponential(120)))
        for _ in range(size)
    ]


def _gap(kind: float, seconds: float) -> float:
    return 0.0 if kind < 0.2 else 3.0 if kind < 0.4 else round(seconds, 3)


DAYS = st.builds(random_acts, st.integers(0, 2**32), st.integers(1, 120))


def play(day: OfficeDay, act: Act) -> bool:
    """Whether the rules let it happen."""
    day.wait(act.after_s)
    counter = (C1, C2)[act.which % 2]
    tickets = sorted(day.office.tickets.values(), key=lambda t: (t.issued_at, t.number))
    ticket = tickets[act.which % len(tickets)].id if tickets else TicketId("none")
    do = day.do
    match act.what:
        case "issue":
            day.issue((CIVIL, LAND)[act.which % 2])
            return True
        case "issue_two":
            day.issue(CIVIL, LAND)
            return True
        case "issue_elderly":
            day.issue(LAND, priority_group=ELDERLY)
            return True
        case "issue_slot":
            day.issue(CIVIL, appointment_at=day.at + timedelta(minutes=10 * act.which))
            return True
        case "close":
            return act.which == 5 and day.at - OPENING > timedelta(hours=3) and bool(do(c.CloseDay))
        case "end_and_call":
            return bool(do(c.CallNext, counter=counter, end_current=True))
        case "come_back":
            return bool(do(c.ComeBack, ticket=ticket))
        case "park":
            return bool(do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN))
        case "office_park":
            return bool(do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.OFFICE, reason="x"))
        case "unpark":
            return bool(do(c.UnparkTicket, ticket=ticket))
        case "transfer":
            to = Target((CIVIL, LAND)[act.which % 2], counter if act.which > 3 else None)
            return bool(do(c.TransferTicket, ticket=ticket, to=to))
        case "add":
            return bool(do(c.AddService, ticket=ticket, service=(CIVIL, LAND)[act.which % 2]))
        case "ready":
            return bool(do(c.ResultReady, ticket=ticket))
        case "cancel":
            return bool(do(c.CancelTicket, ticket=ticket))
        case "leave":
            return bool(do(c.CancelTicket, Actor(Role.CITIZEN, ticket), ticket=ticket))
        case other:
            return bool(do(COUNTER_ACTS[other], counter=counter))
