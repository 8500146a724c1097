"""What `--demo` adds: an office open at any hour, and officers with passwords made anew at each start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from queue_server.domain.commands import Role
from queue_server.domain.ids import DeviceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_devices import Keypad, Led
from queue_server.domain.words import Words
from queue_server.people.ports import Accounts
from queue_server.simulate.place import officer_id
from queue_server.web.demo.ports import DemoOfficer

OFFICERS: tuple[tuple[str, str, Role], ...] = (
    ("demo.lan", "Trần Thị Lan", Role.OFFICER),
    ("demo.minh", "Lê Văn Minh", Role.OFFICER),
    ("demo.hoa", "Phạm Thị Hoa", Role.GREETER),
    ("demo.binh", "Nguyễn Văn Bình", Role.SUPERVISOR),
)
"""Invented people: sign-in name, name, role."""


@dataclass(frozen=True, slots=True)
class DemoAccess:
    """Role's name → the demo sign-in that the page /demo uses."""

    officers: Mapping[str, DemoOfficer]


def demo_access(accounts: Accounts, secret: Callable[[], str], now: datetime) -> DemoAccess:
    """Make the demo accounts, or give those that are there a new password."""
    known = {account.login: account for account in accounts.all()}
    officers: dict[str, DemoOfficer] = {}
    for login, name, role in OFFICERS:
        password = secret()
        if login in known:
            accounts.set_password(known[login].id, password, now, must_change=False)
        else:
            accounts.create(login, name, role, password, now, must_change=False)
        officers.setdefault(role.value, DemoOfficer(login, password))
    return DemoAccess(officers)


def for_demo(config: OfficeConfig, http: tuple[str, int]) -> OfficeConfig:
    """The office as a demo: open at any hour, phone pages reachable at the address it listens on."""
    host, port = http
    return replace(
        demo_devices(config),
        hours=replace(config.hours, always_open=True),
        services=tuple(replace(s, hours=None, quota=None) for s in config.services),
        dossiers=replace(config.dossiers, sources=config.dossiers.sources or ("register",)),
        public_url=config.public_url or f"http://{host}:{port}",
    )


def played_officers(config: OfficeConfig) -> dict[str, Words]:
    """The officers that the simulator plays, who have no account: their id → what the pages call them."""
    return {
        officer_id(n): Words(f"Cán bộ quầy {counter.number}", f"Officer of counter {counter.number}")
        for n, counter in enumerate(config.counters, 1)
    }


def demo_devices(config: OfficeConfig) -> OfficeConfig:
    """With a simulated LED display at every counter and a keypad at the first, unless it has its own."""
    if config.leds or config.keypads or not config.counters:
        return config
    leds = tuple(
        Led(DeviceId(f"demo-led-{counter.id}"[:64]), counter.id, "simulated:", address)
        for address, counter in enumerate(config.counters, 1)
    )
    pad = Keypad(DeviceId("demo-keypad"), config.counters[0].id, "simulated:")
    return replace(config, leds=leds, keypads=(pad,))
