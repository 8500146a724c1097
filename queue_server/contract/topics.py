"""Every topic of an office, built and taken apart here and nowhere else."""

import re
from dataclasses import dataclass

VERSION = 1
"""A breaking change of the contract is a new number; adding a field is not breaking."""

_LEVEL = re.compile(r"[A-Za-z0-9_-]{1,64}")
_EVENT = re.compile(r"[a-z_]+(\.[a-z_]+)+")


class BadLevel(ValueError):
    """A topic level must be 1 to 64 of A-Z a-z 0-9 _ -, so that every broker carries it."""


def check_level(name: str) -> str:
    """`name` itself, if it can be one level of a topic; raises BadLevel."""
    if not _LEVEL.fullmatch(name):
        raise BadLevel(f"{name!r} cannot be a topic level: use 1 to 64 of A-Z a-z 0-9 _ -")
    return name


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one office."""

    office: str

    def __post_init__(self) -> None:
        check_level(self.office)

    @property
    def root(self) -> str:
        return f"motcua/{VERSION}/{self.office}"

    @property
    def server_state(self) -> str:
        return f"{self.root}/server/state"

    @property
    def office_state(self) -> str:
        return f"{self.root}/office/state"

    @property
    def figures_state(self) -> str:
        return f"{self.root}/figures/state"

    def service_state(self, service: str) -> str:
        return f"{self.root}/service/{check_level(service)}/state"

    def counter_state(self, counter: str) -> str:
        return f"{self.root}/counter/{check_level(counter)}/state"

    def board_state(self, zone: str) -> str:
        return f"{self.root}/board/{check_level(zone)}/state"

    def event(self, type_: str) -> str:
        """`event/ticket.called`: the type's dot stays in the level, as the contract has it."""
        if not _EVENT.fullmatch(type_):
            raise BadLevel(f"{type_!r} is no event type: use words of a-z and _ joined by dots")
        return f"{self.root}/event/{type_}"

    def request(self, client: str, verb: str) -> str:
        return f"{self.root}/request/{check_level(client)}/{check_level(verb)}"

    def reply(self, client: str) -> str:
        return f"{self.root}/reply/{check_level(client)}"

    def printer_job(self, device: str) -> str:
        return f"{self.root}/printer/{check_level(device)}/job"

    def device_state(self, device: str) -> str:
        return f"{self.root}/device/{check_level(device)}/state"

    def device_test(self, device: str) -> str:
        return f"{self.root}/test/{check_level(device)}"

    def grant(self, kiosk: str) -> str:
        return f"{self.root}/grant/{check_level(kiosk)}"

    @property
    def all_requests(self) -> str:
        return f"{self.root}/request/+/+"

    @property
    def all_devices(self) -> str:
        return f"{self.root}/device/+/state"

    @property
    def all_services(self) -> str:
        return f"{self.root}/service/+/state"

    @property
    def all_counters(self) -> str:
        return f"{self.root}/counter/+/state"

    @property
    def all_boards(self) -> str:
        return f"{self.root}/board/+/state"

    @property
    def all_events(self) -> str:
        return f"{self.root}/event/+"

    def client_and_verb(self, topic: str) -> tuple[str, str] | None:
        """(client, verb) of a request topic of this office, None for any other topic."""
        parts = topic.split("/")
        if len(parts) == 6 and parts[:3] == ["motcua", str(VERSION), self.office] and parts[3] == "request":
            return parts[4], parts[5]
        return None

    def device_of(self, topic: str) -> str | None:
        """The device of a `device/<device>/state` topic of this office, None for any other."""
        parts = topic.split("/")
        if len(parts) == 6 and parts[3] == "device" and parts[5] == "state":
            return parts[4]
        return None
