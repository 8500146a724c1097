"""An office of an older release comes up with today's program: nothing is lost, and the day goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.fake_clock import FakeClock

from queue_server.clock import new_id, random_below, secret
from queue_server.domain import commands as c
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId, ServiceId, TicketId
from queue_server.domain.office import Office
from queue_server.engine.batch import Behaviour
from queue_server.engine.ports import Recorded
from queue_server.engine.writer import SingleWriter
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.storage import tables as t
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.codec import instant_of
from queue_server.storage.database import Database, revision, sqlite_url
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import PUBLIC_FILE, Keys
from queue_server.storage.restore import restore
from queue_server.storage.verify import verify

RELEASES = sorted((Path(__file__).parents[2] / "releases").glob("*.zip"))
NAMES = ("signing.key", "pages.key", PUBLIC_FILE, "devices.json")


@pytest.fixture(params=RELEASES, ids=lambda path: path.stem)
def old_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[OfficeDir, Database]]:
    """As the older program left it, brought back by today's `restore`."""
    office = OfficeDir(tmp_path / "office")
    office.prepare()
    database = Database(sqlite_url(office.root))
    files = {"office.toml": office.office_file, **{name: office.secrets / name for name in NAMES}}
    restore(request.param, database, files)
    yield office, database
    database.close()


def events(database: Database) -> list[tuple[object, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(t.journal).order_by(t.journal.c.seq))]


def folded(office: Office, recorded: Iterable[Recorded]) -> Office:
    for one in recorded:
        office = evolve(office, one.event, at=one.at, seq=one.seq, command_id=one.command_id)
    return office


def test_an_older_offices_books_are_migrated_and_whole(old_office: tuple[OfficeDir, Database]) -> None:
    office, database = old_office
    with database.engine.connect() as connection:
        assert revision(connection) < t.HEAD, "made by an older release"
    before = events(database)
    assert len(before) > 500
    journal = SqlJournal(database, Keys.open(office.secrets))
    journal.open("after-the-update")
    with database.engine.connect() as connection:
        assert revision(connection) == t.HEAD
    assert events(database) == before
    assert verify(database, (office.secrets / PUBLIC_FILE).read_text().strip()) == []
    state = folded(*journal.load())
    assert state.seq == before[-1][0] and len(state.tickets) == 140
    assert state == folded(Office(), journal._events_after(0))
    journal.close()


def test_the_day_goes_on_where_the_older_program_stopped(old_office: tuple[OfficeDir, Database]) -> None:
    office, database = old_office
    config = load_office(office.office_file)
    config = replace(config, hours=replace(config.hours, always_open=True))
    last = events(database)[-1]
    keys = Keys.open(office.secrets)
    clock = FakeClock()
    clock.advance(instant_of(str(last[4])) - clock.now() + timedelta(minutes=1))
    engine = SingleWriter(
        SqlJournal(database, keys),
        clock,
        Behaviour(decide, evolve, lambda *_: ""),
        new_id=new_id,
        boot_id="after-the-update",
        on_failed=lambda failed: pytest.fail(str(failed)),
    )
    engine.start()
    try:
        configured = c.ConfigureOffice(id=CommandId("new-file"), by=c.SYSTEM, config=config)
        assert engine.submit(configured).result(30).refusal is None
        kiosk = c.Actor(c.Role.DEVICE, "kiosk-1", "mqtt")
        services = (ServiceId("chung-thuc"),)
        asked = c.IssueTicket(id=CommandId("first"), by=kiosk, ticket=TicketId("t-new"), services=services)
        answer = engine.submit(asked).result(30)
        assert answer.refusal is None, answer.refusal
        numbers = [one.number for one in engine.office.tickets.values()]
        assert len(numbers) == 141 and len(set(numbers)) == 141
    finally:
        engine.drain(30)
    assert events(database)[-1][0] > last[0]
    assert verify(database, (office.secrets / PUBLIC_FILE).read_text().strip()) == []
    accounts = SqlAccounts(database, keys, new_id=new_id, secret=secret, below=random_below)
    assert accounts.sign_in("lan", "sông Hương núi Ngự", "192.0.2.1", clock.now()).account.login == "lan"
    assert office.account("kiosk-1").password
