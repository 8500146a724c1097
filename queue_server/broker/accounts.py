"""Who may publish and read what on the broker: one account a device, as the contract says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from queue_server.contract.discovery import filter_of
from queue_server.contract.topics import Topics, check_level


class Role(StrEnum):
    """What kind of program or machine an account is for."""

    SERVER = "server"
    KIOSK = "kiosk"
    PRINTER_AGENT = "printer-agent"
    DISPLAY = "display"
    KEYPAD = "keypad"
    OBSERVER = "observer"


class WeakPassword(ValueError):
    """A broker password is 20 to 200 of A-Z a-z 0-9 _ -: make it from at least 15 random bytes."""

    code = "weak_broker_password"

    def __init__(self, user: str) -> None:
        super().__init__(f"The broker password of {user} is not usable. {WeakPassword.__doc__}")


class AccountTwice(ValueError):
    """Two broker accounts have the same name: give each device its own."""

    code = "broker_account_twice"

    def __init__(self, user: str) -> None:
        super().__init__(f"The broker account {user} is there twice: give each device its own.")


@dataclass(frozen=True, slots=True)
class BrokerAccount:
    """An account named after the one device or program that uses it.

    `password` is a random token, never one a person chose, so a plain copy in a 0600 file is enough for
    brokers that know no better. `devices` are the printers, scanners … an agent owns. `zones` narrow the
    boards that are read; none means all. Raises `BadLevel` or `WeakPassword`.
    """

    user: str
    role: Role
    password: str = field(repr=False)
    devices: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in (self.user, *self.devices, *self.zones):
            check_level(name)
        plain = self.password.isascii() and self.password.replace("-", "").replace("_", "").isalnum()
        if not plain or not 20 <= len(self.password) <= 200:
            raise WeakPassword(self.user)


@dataclass(frozen=True, slots=True)
class Access:
    """MQTT filters: what an account may publish below and what it may read."""

    publish: tuple[str, ...]
    read: tuple[str, ...]


def access_of(office: str, account: BrokerAccount) -> Access:
    """The whole right of one account; everything that is not listed is forbidden."""
    topics = Topics(office)
    own = (f"{topics.root}/request/{account.user}/#", f"{topics.root}/device/{account.user}/#")
    reply = (topics.reply(account.user),)
    public = _public(topics, account.zones)
    match account.role:
        case Role.SERVER:
            everything = (f"{topics.root}/#",)
            return Access((*everything, filter_of(topics)), everything)
        case Role.KIOSK:
            return Access(
                own, (*reply, topics.printer_job(account.user), topics.grant(account.user), *public)
            )
        case Role.PRINTER_AGENT:
            devices = tuple(device for device in account.devices if device != account.user)
            return Access(
                (*own, *(f"{topics.root}/device/{device}/#" for device in devices)),
                (
                    *reply,
                    *(topics.printer_job(device) for device in (account.user, *devices)),
                    *(topics.device_test(device) for device in (account.user, *devices)),
                    *public,
                ),
            )
        case Role.DISPLAY | Role.KEYPAD:
            return Access(own, (*reply, *public))
        case Role.OBSERVER:
            return Access((), (*public, filter_of(topics)))
        case _:
            assert_never(account.role)


def access(office: str, accounts: Iterable[BrokerAccount]) -> Mapping[str, Access]:
    """The rights of every account by its name. Raises `AccountTwice`."""
    rights: dict[str, Access] = {}
    for account in accounts:
        if account.user in rights:
            raise AccountTwice(account.user)
        rights[account.user] = access_of(office, account)
    return rights


def _public(topics: Topics, zones: tuple[str, ...]) -> tuple[str, ...]:
    boards = tuple(topics.board_state(zone) for zone in zones) or (topics.all_boards,)
    return (
        topics.server_state,
        topics.office_state,
        topics.figures_state,
        topics.all_services,
        topics.all_counters,
        *boards,
        f"{topics.root}/event/#",
    )
