"""What the journal on disk gives back: days, visits, tokens, snapshots, plain SQL, also after kill -9."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from fakes.places import KEYS, SqlitePlace
from fakes.running import DEADLINE_S, ask, engine_over, running
from fakes.small_office import (
    CIVIL,
    COUNTER,
    LAND,
    OFFICER,
    call_next,
    command_id,
    issue,
    open_counter,
    sign_on,
)
from fakes.story import Story
from integration.storage.test_journal_tampered import change

from queue_server.domain import commands as c
from queue_server.domain.events import DayOpened, TicketIssued
from queue_server.domain.ids import TicketId
from queue_server.storage import tables as t
from queue_server.storage.history import History
from queue_server.storage.keys import digest
from queue_server.storage.verify import verify


def test_past_days_are_read_by_day_and_by_ticket(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, tickets = two_days
    history = History(place.database)
    assert history.days() == [date(2026, 11, 20), date(2026, 11, 21)]
    first, second = (list(history.of_day(day)) for day in history.days())
    issued = [
        [one.event.ticket for one in day if isinstance(one.event, TicketIssued)] for day in (first, second)
    ]
    assert issued == [tickets[:2], tickets[2:]]
    assert [type(day[0].event) for day in (first, second)] == [DayOpened, DayOpened]
    assert first[-1].seq + 1 == second[0].seq
    assert list(history.of_day(date(2030, 1, 1))) == []
    assert {one.event.ticket for one in history.of_ticket(tickets[0], date(2026, 11, 20))} == {tickets[0]}  # type: ignore[attr-defined]


def test_visits_and_legs_follow_the_journal(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, tickets = two_days
    with place.database.engine.connect() as connection:
        visits = {row.ticket: row for row in connection.execute(sa.select(t.visits))}
        legs = {row.ticket: row for row in connection.execute(sa.select(t.legs))}
        flags = connection.execute(sa.select(t.visit_flags)).all()
    assert [visits[ticket].number for ticket in tickets] == ["A001", "A002", "A001"]
    assert [visits[ticket].day for ticket in tickets] == ["2026-11-20", "2026-11-20", "2026-11-21"]
    assert visits[tickets[0]].state == "no_show"
    assert visits[tickets[1]].state == "abandoned"
    assert visits[tickets[2]].state == "waiting"
    assert legs[tickets[0]].counter == COUNTER
    assert legs[tickets[0]].first_called_at is not None
    assert legs[tickets[1]].first_called_at is None
    assert (tickets[0], "ended_by_turn") in [tuple(row) for row in flags]


def test_every_ticket_has_its_page_token_with_its_commit(
    two_days: tuple[SqlitePlace, list[TicketId]],
) -> None:
    place, tickets = two_days
    with place.database.engine.connect() as connection:
        rows = {
            row.ticket: (bytes(row.token), row.day) for row in connection.execute(sa.select(t.page_tokens))
        }
    assert rows[tickets[0]] == (digest(KEYS.page_token(tickets[0])), "2026-11-20")
    assert set(rows) == set(tickets)


def test_the_journal_is_readable_with_plain_sql(tmp_path: Path) -> None:
    place = SqlitePlace(tmp_path)
    with running(place.journal()) as engine:
        ask(engine, issue())
        with sqlite3.connect(tmp_path / "office.db") as plain:
            rows = plain.execute(
                "SELECT data ->> 'number' FROM journal WHERE type = 'ticket.issued'"
            ).fetchall()
    assert rows == [("A001",)]
    place.close()


def test_a_snapshot_of_another_shape_is_not_read_but_replayed(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    journal.append(story.begin() + story.tell(issue()), story.office)
    journal.save_snapshot(story.office)
    for values in ({"shape": "of long ago"}, {"data": b"broken"}):
        change(sql_place, sa.update(t.snapshots).values(values))
        office, later = journal.load()
        assert office.seq == 0
        assert len(list(later)) == story.office.seq


def test_a_snapshot_that_another_history_made_is_not_used(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    journal.append(story.begin() + story.tell(issue()), story.office)
    journal.save_snapshot(story.office)
    change(sql_place, sa.update(t.snapshots).values(hash="0" * 64))
    assert journal.load()[0].seq == 0


def test_an_undone_transfer_leaves_no_second_leg_behind(sql_place: SqlitePlace) -> None:
    with running(sql_place.journal()) as engine:
        command = issue()
        for one in (command, sign_on(), open_counter(), call_next()):
            assert ask(engine, one).refusal is None
        undo = c.Undo(id=command_id(), by=OFFICER, counter=COUNTER)
        assert ask(engine, undo).refusal is None
        with sql_place.database.engine.connect() as connection:
            legs = connection.execute(sa.select(t.legs).where(t.legs.c.ticket == command.ticket)).all()
            flags = [tuple(row) for row in connection.execute(sa.select(t.visit_flags))]
    assert [leg.first_called_at for leg in legs] == [None]
    assert (command.ticket, "undone") in flags


def test_an_undone_end_of_one_and_call_of_the_next_leaves_no_trace_of_either(sql_place: SqlitePlace) -> None:
    def undo() -> c.Undo:
        return c.Undo(id=command_id(), by=OFFICER, counter=COUNTER)

    with running(sql_place.journal()) as engine:
        first, second = replace(issue(), services=(CIVIL, LAND)), issue()
        serving = c.StartService(id=command_id(), by=OFFICER, counter=COUNTER)
        for one in (first, second, sign_on(), open_counter(), call_next(), serving):
            assert ask(engine, one).refusal is None
        assert ask(engine, replace(call_next(), end_current=True)).refusal is None
        assert ask(engine, undo()).refusal is None
        with sql_place.database.engine.connect() as connection:
            legs = connection.execute(sa.select(t.legs).where(t.legs.c.ticket == first.ticket)).all()
            states = {row.ticket: row.state for row in connection.execute(sa.select(t.visits))}
    assert [(leg.number, leg.ended_at) for leg in legs] == [(1, None)]
    assert states == {first.ticket: "serving", second.ticket: "waiting"}


_ISSUER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from fakes.places import SqlitePlace
from fakes.running import ask, engine_over
from fakes.small_office import configure, issue
from queue_server.clock import new_id
engine = engine_over(SqlitePlace(Path(sys.argv[1])).journal())
engine.start()
ask(engine, configure())
while True:
    answer = ask(engine, issue(new_id()))
    print(answer.command_id, answer.events[-1].number, flush=True)
"""


def test_after_kill_9_every_answered_ticket_is_there_and_no_number_comes_twice(tmp_path: Path) -> None:
    tests = str(Path(__file__).parents[2])
    answered: dict[str, str] = {}
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", _ISSUER, str(tmp_path), tests],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        ) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(40)]
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.readlines()
        for line in lines:
            if line.endswith("\n"):
                command, number = line.split()
                assert number not in answered.values()
                answered[command] = number
    place = SqlitePlace(tmp_path)
    engine = engine_over(place.journal(), boot_id="boot-3")
    engine.start()
    kept = [ticket.number for ticket in engine.office.tickets.values()]
    assert set(answered.values()) <= set(kept)
    assert len(kept) == len(set(kept))
    for command, number in list(answered.items())[:3]:
        again = ask(engine, issue(command))
        assert again.repeated
        assert json.loads(f'"{number}"') == again.events[-1].number  # type: ignore[attr-defined]
    assert engine.drain(DEADLINE_S)
    assert verify(place.database, KEYS.public) == []
    place.close()
