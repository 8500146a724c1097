"""A small office that is always open, and commands for it."""

from itertools import count

from queue_server.domain import commands as c
from queue_server.domain import ids
from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_devices import Zone
from queue_server.domain.office_services import Counter, NumberShape, Service
from queue_server.domain.words import Words

KIOSK = c.Actor(c.Role.DEVICE, "k1", "mqtt")
OFFICER = c.Actor(c.Role.OFFICER, "lan", "10.0.0.7")
CIVIL = ids.ServiceId("civil")
LAND = ids.ServiceId("land")
COUNTER = ids.CounterId("c1")
LAN = ids.OfficerId("lan")

_ids = count(1)


def fresh() -> str:
    """An id that no other call gives."""
    return f"id-{next(_ids)}"


def command_id() -> ids.CommandId:
    return ids.CommandId(fresh())


def config(quota: int | None = None) -> OfficeConfig:
    def service(id_: ids.ServiceId, letter: str, name: str) -> Service:
        return Service(
            id=id_,
            letter=letter,
            name=Words(name),
            example=Words(""),
            pictogram="document",
            shape=NumberShape(letter),
            group=ids.GroupId("all"),
            quota=quota,
        )

    return OfficeConfig(
        id=ids.OfficeId("ward"),
        name=Words("Phường Thử Nghiệm", "Test Ward"),
        short_name=Words("Thử Nghiệm"),
        hours=Hours("Asia/Ho_Chi_Minh", (), always_open=True),
        services=(service(CIVIL, "A", "Hộ tịch"), service(LAND, "B", "Đất đai")),
        counters=(Counter(COUNTER, 1, Words("Quầy 1"), (CIVIL, LAND), ids.ZoneId("hall")),),
        zones=(Zone(ids.ZoneId("hall"), Words("Sảnh")),),
    )


def configure(quota: int | None = None) -> c.ConfigureOffice:
    return c.ConfigureOffice(id=command_id(), by=c.SYSTEM, config=config(quota))


def issue(id_: str | None = None, service: ids.ServiceId = CIVIL) -> c.IssueTicket:
    return c.IssueTicket(
        id=ids.CommandId(id_ or fresh()), by=KIOSK, ticket=ids.TicketId(fresh()), services=(service,)
    )


def sign_on() -> c.SignOn:
    return c.SignOn(id=command_id(), by=OFFICER, counter=COUNTER, officer=LAN)


def open_counter() -> c.OpenCounter:
    return c.OpenCounter(id=command_id(), by=OFFICER, counter=COUNTER)


def call_next() -> c.CallNext:
    return c.CallNext(id=command_id(), by=OFFICER, counter=COUNTER)
