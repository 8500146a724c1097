"""A day at an office, told by the real rules into a journal: commands at instants, events with positions."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from fakes.small_office import CIVIL, LAND, fresh

from queue_server.domain import commands as c
from queue_server.domain import ids
from queue_server.domain.decide import decide
from queue_server.domain.events import Event
from queue_server.domain.evolve import evolve
from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig, Target
from queue_server.domain.office_devices import Zone
from queue_server.domain.office_services import Counter, NumberShape, PriorityGroup, Service
from queue_server.domain.refusals import Refusal
from queue_server.domain.words import Words
from queue_server.engine.ports import Recorded

OPENING = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
"""A Friday, 07:30 in Hanoi."""
HALL = ids.ZoneId("hall")
C1, C2 = ids.CounterId("c1"), ids.CounterId("c2")
SENIOR = c.Actor(c.Role.SUPERVISOR, "chief")
ELDERLY = ids.PriorityGroupId("elderly")

_DAY = (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))
HOURS = Hours("Asia/Ho_Chi_Minh", (Season("all", (1, 1), (12, 31), (_DAY,) * 7),))


def office_config(**changes: Any) -> OfficeConfig:
    """Two services, two counters that take both, open 07:30–11:30 and 13:00–17:00 every day."""
    services = tuple(
        Service(id_, letter, Words(name), Words(""), "document", NumberShape(letter), ids.GroupId("all"))
        for id_, letter, name in ((CIVIL, "A", "Hộ tịch"), (LAND, "B", "Đất đai"))
    )
    return OfficeConfig(
        id=ids.OfficeId("ward"),
        name=Words("Phường Thử Nghiệm"),
        short_name=Words("Thử Nghiệm"),
        hours=changes.pop("hours", HOURS),
        services=services,
        counters=tuple(
            Counter(id_, n, Words(f"Quầy {n}"), (CIVIL, LAND), HALL) for n, id_ in ((1, C1), (2, C2))
        ),
        zones=(Zone(HALL, Words("Sảnh")),),
        priority_groups=(PriorityGroup(ELDERLY, Words("Người cao tuổi"), Words(""), "person"),),
        targets=(Target(20, Words("Mục tiêu")), Target(15, Words("Mốc"))),
        **changes,
    )


class OfficeDay:
    """`do` decides a command now; what it decided is in `journal`. A refusal changes nothing."""

    def __init__(self, config: OfficeConfig | None = None, at: datetime = OPENING, counters: int = 2) -> None:
        self.office, self.at = Office(), at
        self.journal: list[Recorded] = []
        self.do(c.ConfigureOffice, config=config or office_config())
        self.do(c.Tick)
        for number in range(1, counters + 1):
            self.do(c.SignOn, counter=f"c{number}", officer=f"o{number}")
            self.do(c.OpenCounter, counter=f"c{number}")

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def until(self, hour: int, minute: int = 0) -> None:
        """To this local time of the day."""
        local = self.at.astimezone(HOURS.midnight(OPENING.date()).tzinfo)
        self.at = local.replace(hour=hour, minute=minute, second=0).astimezone(UTC)

    def do(self, command: type[c.Command], by: c.Actor = SENIOR, **fields: Any) -> list[Event]:
        """The events, none when refused."""
        asked = command(id=ids.CommandId(fresh()), by=by, **fields)
        decided = decide(self.office, asked, self.at)
        if isinstance(decided, Refusal):
            return []
        for event in decided:
            seq = self.office.seq + 1
            self.office = evolve(self.office, event, at=self.at, seq=seq, command_id=asked.id)
            self.journal.append(
                Recorded(seq, fresh(), self.at, event, asked.id, by, "boot", self.at.timestamp(), "")
            )
        return decided

    def issue(self, service: ids.ServiceId = CIVIL, *more: ids.ServiceId, **fields: Any) -> ids.TicketId:
        ticket = ids.TicketId(fresh())
        assert self.do(c.IssueTicket, ticket=ticket, services=(service, *more), **fields)
        return ticket

    def serve(self, counter: ids.CounterId = C1, walk: float = 20, service: float = 300) -> None:
        """Calls the next, who walks, is served and goes."""
        assert self.do(c.CallNext, counter=counter)
        self.wait(walk)
        assert self.do(c.StartService, counter=counter)
        self.wait(service)
        assert self.do(c.EndService, counter=counter)

    def twin(self) -> "OfficeDay":
        """The same day so far, to be told on differently."""
        other = object.__new__(OfficeDay)
        other.office, other.at, other.journal = replace(self.office), self.at, list(self.journal)
        return other
