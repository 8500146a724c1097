"""The engine beside everything else that uses its database at the same time."""

import threading
from pathlib import Path

from argon2 import PasswordHasher
from fakes.fake_clock import START
from fakes.many_days import fill
from fakes.places import KEYS, SqlitePlace
from fakes.running import DEADLINE_S, ask, engine_over, running
from fakes.small_office import issue

from queue_server.clock import new_id, random_below, secret
from queue_server.domain.commands import Role
from queue_server.domain.events import TicketIssued
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.history import History
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys
from queue_server.storage.passwords import Hasher
from queue_server.storage.verify import verify

GOOD = "sông Hương buổi sáng"


def test_sixteen_clients_get_sixteen_times_twenty_different_numbers(sql_place: SqlitePlace) -> None:
    numbers: list[str] = []

    def client() -> None:
        for _ in range(20):
            (event,) = [e for e in ask(engine, issue()).events if isinstance(e, TicketIssued)]
            numbers.append(event.number)

    with running(sql_place.journal(), snapshot_every=20) as engine:
        threads = [threading.Thread(target=client) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        before = engine.office
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 321)]
    with running(sql_place.journal(), boot_id="boot-2") as engine:
        assert engine.office.tickets == before.tickets
        assert engine.office.queues == before.queues
    assert verify(sql_place.database, KEYS.public) == []


def test_people_sign_in_and_pages_are_read_while_tickets_are_issued(sql_place: SqlitePlace) -> None:
    stop, failures = threading.Event(), []
    with running(sql_place.journal()) as engine:
        cheap = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        accounts = SqlAccounts(
            sql_place.database, KEYS, new_id=new_id, secret=secret, below=random_below, hasher=cheap
        )
        accounts.create("lan", "Lan", Role.OFFICER, GOOD, START)
        history = History(sql_place.database)

        def issuing() -> None:
            while not stop.is_set():
                answer = ask(engine, issue())
                if answer.refusal is not None and answer.refusal.code != "numbers_exhausted":
                    failures.append(answer.refusal)

        thread = threading.Thread(target=issuing)
        thread.start()
        try:
            for _ in range(30):
                session = accounts.sign_in("lan", GOOD, "10.0.0.1", START)
                assert accounts.session(session.session_id, START) is not None
                accounts.sign_out(session.session_id)
                assert all(one.hash for day in history.days() for one in history.of_day(day))
        finally:
            stop.set()
            thread.join()
    assert failures == []


def test_a_start_after_many_days_replays_only_what_came_after_the_last_snapshot(tmp_path: Path) -> None:
    office = fill(tmp_path, 5000, new_id)
    journal = SqlJournal(Database(sqlite_url(tmp_path)), Keys.open(tmp_path))
    journal.open("boot-2")
    found, later = journal.load()
    assert (found, list(later)) == (office, [])
    journal.close()
    engine = engine_over(SqlJournal(Database(sqlite_url(tmp_path)), Keys.open(tmp_path)), boot_id="boot-3")
    answer = engine.start()
    assert answer.seq == office.seq + 1
    assert engine.office.tickets == office.tickets
    assert engine.drain(DEADLINE_S)
