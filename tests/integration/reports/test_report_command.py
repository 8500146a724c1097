"""`motcua report` on real books: a period's files, scheduled ones made once and mailed, beside the engine."""

import json
import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import structlog
from aiosmtpd.controller import Controller
from fakes.fake_clock import FakeClock
from fakes.ready_database import ready_database
from fakes.running import ask, running
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
from typer.testing import CliRunner

from assets.files import office_path
from queue_server.cli import app
from queue_server.domain import commands as c
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.engine.writer import SingleWriter
from queue_server.office_file.load import load_office
from queue_server.reports.watch import Watch
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys
from tests.integration.predictor.test_past_figures import MORNING
from tests.integration.reports.test_report_mail import Box, Loopback


def serve(engine: SingleWriter, clock: FakeClock, wait_s: float, service: ServiceId) -> None:
    ask(engine, issue(service=service))
    clock.advance(timedelta(seconds=wait_s))
    for command in (
        call_next(),
        c.StartService(id=command_id(), by=OFFICER, counter=COUNTER),
        c.EndService(id=command_id(), by=OFFICER, counter=COUNTER),
    ):
        clock.advance(timedelta(seconds=7))
        assert ask(engine, command).refusal is None


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Three days at the end of November, told by the real rules; the books are closed again."""
    database, clock = ready_database(tmp_path), FakeClock(MORNING)
    with running(SqlJournal(database, Keys.open(tmp_path)), clock) as engine:
        for number in range(3):
            ask(engine, sign_on())
            ask(engine, open_counter())
            for wait_s, service in ((60.0 * (number + 1), CIVIL), (1500.0, LAND)):
                serve(engine, clock, wait_s, service)
            ask(engine, issue())
            clock.advance(MORNING + timedelta(days=number + 1) - clock.now())
            ask(engine, c.Tick(id=command_id(), by=c.SYSTEM))
    database.close()
    return tmp_path


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["report", *map(str, words)])
    return result.exit_code, result.output


def test_a_period_is_written_into_files(directory: Path) -> None:
    out = directory / "out"
    code, said = run("make", "2026-11", "--dir", directory, "--format", "json,csv", "--out", out)
    assert code == 0, said
    assert sorted(file.name for file in out.iterdir()) == ["bao-cao-2026-11.csv", "bao-cao-2026-11.json"]
    told = json.loads((out / "bao-cao-2026-11.json").read_text(encoding="utf-8"))
    assert told["figures"]["n"] == 6 and told["figures"]["abandoned"] == 3
    assert told["figures"]["mean_s"] == pytest.approx((60 + 120 + 180 + 3 * 1500) / 6 + 7)
    assert told["figures"]["legs_served"] == 6 and told["figures"]["open_hours"] > 0
    assert told["record"]["ended_by_system"] == 3 and told["record"]["opened_days"] == 4
    assert told["record"]["closed_by_turn"] == 3 and len(told["record"]["last_hash"]) == 64


def test_one_service_alone_and_a_service_that_is_not_there(directory: Path) -> None:
    where = ("--dir", directory, "--format", "json", "--out", directory)
    assert run("make", "2026-11", *where, "--service", LAND)[0] == 0
    told = json.loads((directory / "bao-cao-2026-11-land.json").read_text(encoding="utf-8"))
    assert told["figures"]["n"] == 3 and told["figures"]["mean_s"] == pytest.approx(1507)
    code, said = run("make", "2026-11", *where, "--service", "x")
    assert code == 2 and "civil" in said


def test_bad_words_on_the_command_line_end_with_a_sentence(directory: Path) -> None:
    for words in (("2026-13",), ("2026-11", "--format", "doc"), ("2026-11", "--language", "fr")):
        code, said = run("make", *words, "--dir", directory)
        assert code == 2 and len(said.strip().splitlines()) <= 2 and "Traceback" not in said


def scheduled(directory: Path, mail: str = "") -> None:
    """The sample commune's office file beside these books, with reports of every day."""
    text = office_path("commune").read_text("utf-8")
    text = text.replace("every = []", 'every = ["month"]', 1)
    text = text.replace('formats = ["pdf", "xlsx"]', 'formats = ["csv", "json"]', 1)
    place = 'edition = "public"               # bản công khai: không có tên công chức\n'
    assert place in text
    (directory / "office.toml").write_text(text.replace(place, place + mail), encoding="utf-8")


def test_a_scheduled_report_is_made_once(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scheduled(directory)
    december(monkeypatch)
    code, said = run("due", "--dir", directory)
    assert code == 0 and "2026-11" in said, said
    made = directory / "reports" / "bao-cao-2026-11.json"
    first = made.read_bytes()
    code, said = run("due", "--dir", directory)
    assert (code, said.strip().splitlines()[-1]) == (0, "No report is due.")
    assert made.read_bytes() == first


def test_a_scheduled_report_is_mailed_once_the_server_takes_it(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    december(monkeypatch)
    box = Box()
    server: Controller = Loopback(box, hostname="127.0.0.1", port=0)
    server.start()
    port = server.port
    server.stop()
    mail = f"""
[reports.mail]
to = ["van-phong@tinh.gov.vn"]
sender = "mot-cua@xa.gov.vn"
server = "127.0.0.1:{port}"
security = "none"
"""
    scheduled(directory, mail)
    code, said = run("due", "--dir", directory)
    assert code == 1 and "did not take the report" in said
    assert (directory / "reports" / "bao-cao-2026-11.csv").exists()
    server = Loopback(box, hostname="127.0.0.1", port=0)
    server.start()
    try:
        scheduled(directory, mail.replace(f":{port}", f":{server.port}"))
        assert run("due", "--dir", directory)[0] == 0
        code, said = run("due", "--dir", directory)
        assert code == 0 and "No report is due." in said
    finally:
        server.stop()
    ((_to, sent, _encrypted),) = box.taken
    names = [part.get_filename() for part in sent.iter_attachments()]
    assert names == ["bao-cao-2026-11.csv", "bao-cao-2026-11.json"]


def test_the_running_server_starts_the_program_when_a_report_is_due_and_not_again_at_once(
    directory: Path,
) -> None:
    begun: list[tuple[Path, Path]] = []

    class Process:
        def poll(self) -> int:
            return 1

    def begin(root: Path, office: Path) -> Process:
        begun.append((root, office))
        return Process()

    scheduled(directory)

    class Engine:
        office = replace(Office(), config=load_office(directory / "office.toml"))

    clock = FakeClock(MORNING + timedelta(days=7))
    watch = Watch(Engine(), clock, directory, directory / "office.toml", MORNING.date, begin)  # type: ignore[arg-type]
    assert watch.look() and not watch.look()
    clock.advance(timedelta(minutes=11))
    assert watch.look()
    assert begun == [(directory, directory / "office.toml")] * 2


def test_a_locked_database_costs_one_look_not_all_that_follow(directory: Path) -> None:
    scheduled(directory)
    begun, looks = Event(), list[int]()

    class Engine:
        office = replace(Office(), config=load_office(directory / "office.toml"))

    def first_day() -> date:
        looks.append(1)
        if len(looks) == 1:
            raise sqlite3.OperationalError("database is locked")
        return MORNING.date()

    def begin(root: Path, office: Path) -> Any:
        begun.set()
        raise OSError(12, "Cannot allocate memory")

    clock = FakeClock(MORNING + timedelta(days=7))
    watch = Watch(Engine(), clock, directory, directory / "office.toml", first_day, begin, every_s=0.01)  # type: ignore[arg-type]
    with structlog.testing.capture_logs() as logs:
        watch.start()
        assert begun.wait(30)
        watch.stop()
    assert logs[0] == {"event": "reports_not_looked_at", "why": "OperationalError", "log_level": "error"}


def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's clock is a week after the last day."""
    monkeypatch.setattr("queue_server.clock.SystemClock", lambda: FakeClock(MORNING + timedelta(days=7)))
