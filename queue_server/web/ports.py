"""What the pages need: the engine, words and figures of the day, predictions, accounts. Wired in main."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from queue_server.advise.values import Alert, DayAdvice, QuietSpell
from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket import Told
from queue_server.domain.words import Words
from queue_server.dossiers.officers import OfficerDesk
from queue_server.engine.ports import Clock, Engine
from queue_server.people.ports import Accounts, SecondFactors
from queue_server.waits.figures import Figures, VisitRecord
from queue_server.waits.period import FiguresFor
from queue_server.waits.quality import DayQuality


class Predictions(Protocol):
    """The latest predictions, made in their own process; None is "not known"."""

    def newcomer(self, service: ServiceId) -> Told | None: ...

    def ticket(self, ticket: TicketId) -> Told | None:
        """Minutes from `made_at` until the call of a waiting ticket."""
        ...

    def hall_mean(self) -> Told | None:
        """The predicted mean wait of everyone who is in the hall now (whole visit wait, minutes)."""
        ...

    def made_at(self) -> datetime | None: ...


class DayFigures(Protocol):
    """Visits and figures by waits/measure, from the journal."""

    def visits(self, day: date) -> Sequence[VisitRecord]: ...

    def figures(self, visits: Sequence[VisitRecord]) -> Figures: ...

    def quality(self, day: date) -> DayQuality:
        """How good the predictions told on a local day were: error, bias, coverage, promises kept."""
        ...


class Advice(Protocol):
    """What the office could do better, made in its own process; empty until there is enough to go by.

    Words for a reader are in advise/words: `day_title`, `proposal` with `effect`, `alert_title`, `come_then`.
    """

    def day(self) -> DayAdvice | None:
        """Today's, or the next open day's once today is over."""
        ...

    def week(self) -> Sequence[DayAdvice]:
        """That day and the open days after it, in order of date."""
        ...

    def alert(self, of: frozenset[ServiceId] | None = None) -> Alert | None:
        """Today's target will be missed: the latest word of it, None while it will be kept. Of the whole
        office, or of the services of one agency."""
        ...

    def best_time(self) -> tuple[date, tuple[QuietSpell, ...]] | None:
        """When to come: the next day with a quiet hour that is not yet over, and those hours."""
        ...


class OfficeFile(Protocol):
    """The office's TOML file: the same checks as the command line's, every mistake with its line."""

    def text(self) -> str: ...

    def check(self, text: str) -> Sequence[Words]:
        """Every mistake as a sentence with its line; empty when the text may be applied."""
        ...

    def apply(self, text: str) -> Sequence[Words]:
        """Check, write the file and reload the office; the mistakes (nothing changed) or nothing."""
        ...


class DeviceEvent(Protocol):
    """A device has become `state`; `lasted` is how long it was unwell before."""

    @property
    def at(self) -> datetime: ...
    @property
    def device(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def health(self) -> Mapping[str, str]: ...
    @property
    def lasted(self) -> timedelta | None: ...


class DeviceEvents(Protocol):
    """What happened to the office's devices since the server started."""

    def events(self) -> Sequence[DeviceEvent]:
        """The latest first."""
        ...

    def watch(self, watcher: Callable[[], None]) -> None:
        """Called after each change that a page shows, on whatever thread; must not block."""
        ...


@dataclass(frozen=True)
class WebDeps:
    """Everything a router factory gets: `router(deps) -> APIRouter`."""

    engine: Engine
    clock: Clock
    accounts: Accounts
    predictions: Predictions
    figures: DayFigures
    office_dir: str
    second_factors: SecondFactors | None = None
    """None where nobody can have one."""
    figures_for: FiguresFor | None = None
    """Figures of any range of days."""
    figures_token: str = ""
    """What a program shows to read figures over HTTP; empty: only people who are signed in may."""
    demo: bool = False
    played_officers: Callable[[OfficeConfig], Mapping[str, Words]] | None = None
    """Officers without an account and what they are called: those that a demo plays."""
    boot_id: str = ""
    """Another at each start of the server."""
    css: str = ""
    """The brand theme as CSS custom properties."""
    logo: Path | None = None
    """The brand theme's picture for the headers; None when it has none."""
    device_states: Mapping[str, Mapping[str, object]] | None = None
    """Latest `device/<device>/state` payloads, by device id; `since` and `alerted` with them."""
    devices: "DeviceEvents | None" = None
    test_device: Callable[[str], str] | None = None
    """Asks a device to show that it works; the id of the test."""
    health: Callable[[], dict[str, bool]] | None = None
    """What `/healthz` reports: part by name → does it answer."""
    server_clock: Callable[[], tuple[bool, float] | None] | None = None
    """Whether a time service keeps this machine's clock, and by how many seconds it may be off."""
    dossiers: OfficerDesk | None = None
    """What officers see of dossiers at their counters; None where there are none."""
    advice: Advice | None = None
    """None where nothing is advised."""
    office_file: OfficeFile | None = None
    """None where the office file cannot be changed from the web."""
