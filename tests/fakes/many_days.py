"""Fills a journal with many past days by the real rules, for measuring starts and reports."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from fakes.fake_clock import START, FakeClock
from fakes.small_office import KIOSK, command_id, config

from queue_server.domain.commands import SYSTEM, Command, ConfigureOffice, IssueTicket, Tick
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.batch import Batch, Behaviour, decide_batch
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys

A_DAY = 1200
"""Tickets a day; each is issued and abandoned at midnight, so a day makes about twice as many events."""


def fill(
    directory: Path,
    events: int,
    new_id: Callable[[], str],
    told: Callable[[int], None] = lambda _seq: None,
    office_config: OfficeConfig | None = None,
    start: datetime = START,
) -> Office:
    """Write at least `events` events into a new office in `directory`; the state it ends with, kept.

    About 5,000 events a second; `told` hears of the position once a day. `office_config` must be always
    open and have numbers enough; without one it is the small office. `start` is the first day's instant.
    """
    journal = SqlJournal(Database(sqlite_url(directory)), Keys.open(directory))
    journal.open("past")
    clock, office, behaviour = FakeClock(start), Office(), Behaviour(decide, evolve)
    settings = office_config or config()
    services = [service.id for service in settings.services[:2]]

    def tell(*commands: Command) -> None:
        nonlocal office
        batch = Batch(office)
        decide_batch(batch, commands, {}, behaviour, clock.now, clock.monotonic, new_id, "past")
        assert not batch.errors, batch.errors
        journal.append(batch.appends, batch.office)
        office = batch.office

    def ticket(number: int) -> IssueTicket:
        service = services[number % len(services)]
        return IssueTicket(id=CommandId(new_id()), by=KIOSK, ticket=TicketId(new_id()), services=(service,))

    tell(ConfigureOffice(id=command_id(), by=SYSTEM, config=settings))
    while office.seq < events:
        for _ in range(A_DAY // 300):
            clock.advance(timedelta(minutes=1))
            tell(*[ticket(n) for n in range(300)])
        clock.advance(timedelta(days=1))
        tell(Tick(id=CommandId(new_id()), by=SYSTEM))
        told(office.seq)
    journal.save_snapshot(office)
    journal.close()
    return office
