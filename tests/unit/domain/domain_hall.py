"""A hall to test the rules in: decide, fold and remember, with a clock that only tests move."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.counter import RunningCounter
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.ids import (
    CommandId,
    CounterId,
    DeviceId,
    GroupId,
    KioskId,
    OfficeId,
    OfficerId,
    PriorityGroupId,
    ServiceId,
    TicketId,
    ZoneId,
)
from queue_server.domain.office import Office
from queue_server.domain.office_calling import Rules
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_devices import Kiosk, Printer, Zone
from queue_server.domain.office_services import Counter, NumberShape, PriorityGroup, Service
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import ParkedBy, Target, Ticket
from queue_server.domain.words import Words

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = date(2026, 11, 20)
MORNING, AFTERNOON = Session(time(7, 30), time(11, 30)), Session(time(13), time(17))
WORKING_WEEK = ((MORNING, AFTERNOON),) * 5 + ((), ())
SUPERVISOR = c.Actor(c.Role.SUPERVISOR, "chief")


def at(hour: int, minute: int = 0, second: int = 0, day: date = FRIDAY) -> datetime:
    """A local time of the office, as the UTC instant the server knows."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=LOCAL).astimezone(UTC)


def hours(**changes: Any) -> Hours:
    given: dict[str, Any] = {
        "zone": "Asia/Ho_Chi_Minh",
        "seasons": (Season("", (1, 1), (12, 31), WORKING_WEEK),),
    }
    return Hours(**(given | changes))


def service(id_: str, group: str = "g", **changes: Any) -> Service:
    made = Service(
        id=ServiceId(id_),
        letter=id_.upper(),
        name=Words(id_),
        example=Words(""),
        pictogram="stamp",
        shape=NumberShape(id_.upper()),
        group=GroupId(group),
    )
    return replace(made, **changes)


def counter(number: int, *services: str) -> Counter:
    ids = tuple(ServiceId(s) for s in services)
    return Counter(CounterId(f"q{number}"), number, Words(f"Quầy {number}"), ids, ZoneId("hall"))


def config(**changes: Any) -> OfficeConfig:
    """Services a and b of one group, c of another; q1 takes a and b, q2 takes b, q3 takes c."""
    given: dict[str, Any] = {
        "id": OfficeId("test"),
        "name": Words("Thử"),
        "short_name": Words("Thử"),
        "hours": hours(),
        "services": (service("a"), service("b"), service("c", "h")),
        "counters": (counter(1, "a", "b"), counter(2, "b"), counter(3, "c")),
        "zones": (Zone(ZoneId("hall"), Words("Sảnh")),),
        "groups": ((GroupId("g"), Words("G")), (GroupId("h"), Words("H"))),
        "priority_groups": (PriorityGroup(PriorityGroupId("elderly"), Words("Cao tuổi"), Words(""), "star"),),
        "kiosks": tuple(Kiosk(KioskId(k), Words(k), ZoneId("hall")) for k in ("k1", "k2")),
        "printers": (Printer(DeviceId("p1"), Words("p1"), "simulated:"),),
    }
    return OfficeConfig(**(given | changes))


def officer(name: str) -> c.Actor:
    return c.Actor(c.Role.OFFICER, name)


def citizen(ticket: str) -> c.Actor:
    return c.Actor(c.Role.CITIZEN, ticket)


@dataclass
class Hall:
    """An office, the instant it is, and the events so far as the journal has them."""

    office: Office = field(default_factory=Office)
    now: datetime = field(default_factory=lambda: at(9))
    journal: list[tuple[e.Event, datetime, int, CommandId]] = field(default_factory=list)
    made: int = 0

    def try_(self, kind: Callable[..., c.Command], **given: Any) -> list[e.Event] | Refusal:
        """Decide on a command; its events are folded."""
        self.made += 1
        command = kind(**({"id": CommandId(f"command-{self.made}"), "by": c.SYSTEM} | given))
        decision = decide(self.office, command, self.now)
        if isinstance(decision, Refusal):
            return decision
        for event in decision:
            seq = self.office.seq + 1
            self.office = evolve(self.office, event, at=self.now, seq=seq, command_id=command.id)
            self.journal.append((event, self.now, seq, command.id))
        return decision

    def do(self, kind: Callable[..., c.Command], **given: Any) -> list[e.Event]:
        decision = self.try_(kind, **given)
        assert not isinstance(decision, Refusal), decision
        return decision

    def refused(self, kind: Callable[..., c.Command], **given: Any) -> Code:
        """The code of the refusal; asserts that the office is the same as before."""
        before = self.office
        decision = self.try_(kind, **given)
        assert isinstance(decision, Refusal), decision
        assert self.office is before
        return decision.code

    def later(self, **delta: float) -> "Hall":
        self.now += timedelta(**delta)
        return self

    def issue(self, *services: str, **given: Any) -> TicketId:
        ticket = TicketId(f"t{self.made + 1}")
        self.do(
            c.IssueTicket, ticket=ticket, services=tuple(ServiceId(s) for s in services or ("a",)), **given
        )
        return ticket

    def staff(self, *counters: int, open_: bool = True) -> "Hall":
        """Officers o1, o2 … at counters q1, q2 …, open."""
        for number in counters or (1, 2, 3):
            self.do(c.SignOn, counter=q(number), officer=OfficerId(f"o{number}"))
            if open_:
                self.do(c.OpenCounter, counter=q(number))
        return self

    def next_at(self, number: int, **given: Any) -> TicketId:
        self.do(c.CallNext, counter=q(number), **given)
        ticket = self.office.counters[q(number)].ticket
        assert ticket is not None
        return ticket

    def called(self, number: int = 1, *services: str, **given: Any) -> TicketId:
        """A ticket that counter `number` has called."""
        ticket = self.issue(*services, **given)
        self.do(c.CallTicket, counter=q(number), ticket=ticket)
        return ticket

    def serving(self, number: int = 1, *services: str, **given: Any) -> TicketId:
        ticket = self.called(number, *services, **given)
        self.do(c.StartService, counter=q(number))
        return ticket

    def ticket(self, id_: TicketId) -> Ticket:
        return self.office.tickets[id_]

    def counter(self, number: int) -> RunningCounter:
        return self.office.counters[q(number)]

    def park(self, ticket: TicketId, by: ParkedBy = ParkedBy.OFFICE) -> None:
        self.do(c.ParkTicket, ticket=ticket, parked_by=by, reason="chờ giấy tờ")

    def transfer(self, ticket: TicketId, to: str, counter: int | None = None) -> list[e.Event]:
        return self.do(c.TransferTicket, ticket=ticket, to=target(to, counter))

    def replayed(self) -> Office:
        office = Office()
        for event, when, seq, command in self.journal:
            office = evolve(office, event, at=when, seq=seq, command_id=command)
        return office


def q(number: int) -> CounterId:
    return CounterId(f"q{number}")


def target(service_: str, counter_: int | None = None, officer_: str | None = None) -> Target:
    return Target(
        ServiceId(service_),
        q(counter_) if counter_ else None,
        OfficerId(officer_) if officer_ else None,
    )


def hall(**changes: Any) -> Hall:
    """A configured office at nine on a Friday morning, nobody there."""
    made = Hall()
    made.do(c.ConfigureOffice, config=config(**changes))
    made.do(c.Tick)
    return made


def rules(**changes: Any) -> Rules:
    return replace(Rules(), **changes)
