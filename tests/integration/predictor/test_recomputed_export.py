"""The published mean is recomputed by an independent script from what `motcua journal export` writes."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fakes.fake_clock import FakeClock
from fakes.running import Heard, ask, running
from fakes.small_office import COUNTER, LAND, OFFICER, call_next, command_id, issue, open_counter, sign_on

from queue_server.domain import commands as c
from queue_server.domain.ticket import ParkedBy, Target
from queue_server.engine.writer import SingleWriter
from queue_server.predictor.figures import LiveFigures
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.export import export_journal
from queue_server.storage.history import History
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys

SCRIPT = Path(__file__).parents[2] / "unit" / "waits" / "recompute_waits.py"


def at_counter(command: type[c.OfCounter], **fields: Any) -> c.Command:
    return command(id=command_id(), by=OFFICER, counter=COUNTER, **fields)


def of_ticket(command: type[c.OfTicket], ticket: c.IssueTicket, **fields: Any) -> c.Command:
    return command(id=command_id(), by=OFFICER, ticket=ticket.ticket, **fields)


def tell_a_morning(engine: SingleWriter, clock: FakeClock) -> None:
    """A visit served, one undone and transferred, one parked at the citizen's wish, one missed, one left."""
    first, second, third, fourth = issue(), issue(), issue(), issue()
    steps: list[tuple[float, c.Command]] = [
        (0, sign_on()),
        (0, open_counter()),
        (5, first),
        (30.25, second),
        (10, third),
        (200, call_next()),
        (3, at_counter(c.Undo)),
        (60.5, call_next()),
        (20, at_counter(c.Recall)),
        (15, at_counter(c.StartService)),
        (0, of_ticket(c.ParkTicket, third, parked_by=ParkedBy.CITIZEN)),
        (400, at_counter(c.CallNext, end_current=True)),
        (30, of_ticket(c.TransferTicket, second, to=Target(LAND))),
        (300, of_ticket(c.UnparkTicket, third)),
        (1, call_next()),
        (10, at_counter(c.StartService)),
        (100.125, at_counter(c.EndService)),
        (5, call_next()),
        (9, at_counter(c.StartService)),
        (50, at_counter(c.EndService)),
        (1, fourth),
        (60, call_next()),
        (80, at_counter(c.NoShow)),
        (1, issue()),
    ]
    for seconds, command in steps:
        clock.advance(timedelta(seconds=seconds))
        assert ask(engine, command).refusal is None, command


def test_the_mean_of_an_exported_journal_is_the_one_the_office_shows(tmp_path: Path) -> None:
    database, clock = Database(sqlite_url(tmp_path)), FakeClock()
    database.migrate()
    with running(SqlJournal(database, Keys.open(tmp_path)), clock) as engine:
        figures = LiveFigures(engine, History(database).of_day)
        figures.start()
        heard = Heard()
        engine.subscribe(heard)
        tell_a_morning(engine, clock)
        last = ask(engine, c.ReportFault(id=command_id(), by=c.SYSTEM, device="d", fault="f")).seq
        heard.until(lambda news: any(one.seq >= last for one in news))
        today = figures.visits(date(2026, 11, 20))
        shown = figures.figures(today)
        again = LiveFigures(engine, History(database).of_day)
        again.start()
        assert again.visits(date(2026, 11, 20)) == today
        for one in (figures, again):
            one.stop()
        export_journal(database, tmp_path / "journal.jsonl", "jsonl")
    database.close()
    command = [sys.executable, "-I", str(SCRIPT), str(tmp_path / "journal.jsonl")]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert found["n"] == shown.n == 3
    assert shown.mean_s is not None and abs(found["mean"] - shown.mean_s) < 1e-3
    assert (shown.no_show, len(today)) == (1, 5)
