"""The register: 1,000,000 rows imported from CSV and XLSX, then looked up at the desk."""

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import structlog
import xlsxwriter
from fakes.dossiers import HEADER, KEY, FakeTries

from assets.files import office_path
from queue_server.clock import SystemClock
from queue_server.contract.requests import DossierLookup
from queue_server.domain.office import Office
from queue_server.dossiers.guard import Guard, Limits
from queue_server.dossiers.lookup import Lookup
from queue_server.dossiers.register_import import RegisterImport
from queue_server.dossiers.sources import Sources
from queue_server.mqtt.dossier_desk import LookupDesk
from queue_server.office_file.load import load_office
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.dossiers import SqlRegister
from tests.benchmarks.figures import Figure, percentile

ROWS = 1_000_000
A_DAY = 1200
LOOKS = 5000
_NAMES = ("Nguyễn Thị Hương", "Trần Văn Bách", "Lê Thị Cúc", "Phạm Quốc Đạt", "Hoàng Thị Én", "Vũ Văn Phú")
_PROCEDURES = ("Thủ tục đăng ký khai sinh", "Thủ tục đăng ký kết hôn", "Đăng ký biến động đất đai")
_FREE = Limits(per_client=10**9, per_code=10**9, misses=10**9, neighbours=10**9)

Say = Callable[[str], None]


def measure(
    folder: Path, _rounds: int, _seconds: float, say: Say, rows: int = ROWS, kinds: Sequence[str] = ("CSV",)
) -> list[Figure]:
    """Seconds of each import, and the desk's own part of a look-up; one run each, for they are long.

    XLSX is written and read for minutes and holds a sheet of 1.2 GB in memory: only when it is asked for.
    """
    figures = []
    for name, write, wanted in (("CSV", _csv, 90.0), ("XLSX", _xlsx, 150.0)):
        if name not in kinds:
            continue
        say(f"writing {rows:,} rows of {name}")
        path = write(folder / f"so.{name.lower()}", rows)
        place = folder / name
        place.mkdir()
        database = Database(sqlite_url(place))
        database.migrate()
        say(f"importing {name}")
        began, began_cpu = perf_counter(), process_time()
        report = RegisterImport(SqlRegister(database), KEY).run(path, SystemClock().now)
        took = perf_counter() - began
        assert (report.good, report.bad) == (rows, 0)
        cpu, memory = process_time() - began_cpu, getrusage(RUSAGE_SELF).ru_maxrss / 1024**2
        needed = f"{cpu:.0f} s of one core, {memory:.1f} GB at the most"
        figures.append(Figure(f"import of {rows:,} dossiers, {name}", took, "s", wanted, detail=needed))
        path.unlink()
        if name == "CSV":
            say("looking up")
            figures.append(_look_up(database, rows))
        database.close()
    return figures


def _look_up(database: Database, rows: int) -> Figure:
    config = load_office(office_path("commune"))
    lookup = Lookup(
        Sources({"register": SqlRegister(database)}), FakeTries(), Guard(_FREE), KEY, lambda _: None
    )
    office = replace(Office(), config=config)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    desk = LookupDesk(lookup, lambda: office, SystemClock())
    desk.start()
    took = []
    for number in range(LOOKS):
        request = DossierLookup(id=f"r{number}", code=_code(number * 7919 % rows))
        answer: Future[bytes] = Future()
        began = perf_counter()
        desk.ask("k1", request, answer.set_result)
        found = answer.result(10)
        took.append(1000 * (perf_counter() - began))
        assert b'"found"' in found
    desk.stop()
    structlog.reset_defaults()
    median = percentile(took, 0.5)
    return Figure(
        "look-up, server's part, p99", percentile(took, 0.99), "ms", 10, detail=f"median {median:.2f} ms"
    )


def _day(number: int) -> date:
    return date(2024, 1, 1) + timedelta(days=number // A_DAY)


def _code(number: int) -> str:
    return f"H99.16-{_day(number):%y%m%d}-{number % A_DAY + 1:04d}"


def _rows(count: int) -> Iterator[list[Any]]:
    yield list(HEADER)
    for number in range(count):
        first = _day(number)
        received, due, done, returned = (f"{first + timedelta(days=d):%d/%m/%Y}" for d in (0, 5, 4, 5))
        yield [
            number + 1, _code(number), _PROCEDURES[number % 3], 1, f"{_NAMES[number % 6]} {number % 97}",
            f"Xã Thanh Bình, 09{number % 10**8:08d}", "Tư pháp - Hộ tịch", received, due, received,
            done if number % 3 else "", returned if number % 5 else "", "", "",
        ]  # fmt: skip


def _csv(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(rows))
    return path


def _xlsx(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(_rows(rows)):
            sheet.write_row(number, 0, row)
    return path
