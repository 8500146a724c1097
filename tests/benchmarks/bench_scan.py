"""From a code on the scanner's line to the answer's pixels, with 1,000,000 dossiers in the real server."""

import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter

from queue_server.clock import SystemClock
from queue_server.dossiers.register_import import RegisterImport
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.dossiers import SqlRegister
from queue_server.storage.keys import dossier_key
from tests.benchmarks.bench_dossiers import ROWS, _code, _csv
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.office import ROOT, BenchOffice, office_text

SCANS = 200
KIOSK = "kiosk-1"
Say = Callable[[str], None]


def measure(folder: Path, _rounds: int, _seconds: float, say: Say, rows: int = ROWS) -> list[Figure]:
    """Every scan another code; the server is `motcua server` with only the limits of look-ups lifted."""
    text = office_text().replace("retention_days = 730", "retention_days = 3650")
    office = BenchOffice(folder / "office", office=text)
    say(f"importing {rows:,} dossiers")
    register = _csv(folder / "so.csv", rows)
    database = Database(sqlite_url(office.dir.root))
    database.migrate()
    RegisterImport(SqlRegister(database), dossier_key(office.dir.secrets)).run(register, SystemClock().now)
    database.close()
    register.unlink()
    office.start_broker()
    try:
        server = _unlimited(office)
        office.settle()
        say(f"{SCANS} scans")
        ms, stages = _scan(office, folder, [_code(number * 7919 % rows) for number in range(SCANS)])
        server.terminate()
        server.wait(20)
    finally:
        office.stop()
    heard, told = (median(stage[n] for stage in stages) for n in (0, 1))
    parts = f"of it {heard:.0f} ms line, {told:.0f} ms office"
    detail = f"{len(ms)} scans of {rows:,} dossiers, serial line to pixels, offscreen; {parts}; limits lifted"
    return [
        Figure("kiosk: scan → answer, p50", median(ms), "ms", None, detail=detail),
        Figure("kiosk: scan → answer, p99", percentile(ms, 0.99), "ms", 150, detail=f"most {max(ms):.0f} ms"),
    ]


def _unlimited(office: BenchOffice) -> "subprocess.Popen[str]":
    log = (office.dir.logs / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.unlimited_server", "server", "--dir", str(office.dir.root),
         "--http", f"127.0.0.1:{office.http}", "--mqtt", f"127.0.0.1:{office.port}"],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, text=True,
    )  # fmt: skip
    office.processes.append(server)
    pause, until = threading.Event(), perf_counter() + 60
    while perf_counter() < until:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{office.http}/healthz") as answer:
            if answer.status == 200:
                return server
        assert server.poll() is None, (office.dir.logs / "server.log").read_text()[-2000:]
        pause.wait(0.05)
    raise AssertionError((office.dir.logs / "server.log").read_text()[-2000:])


def _scan(office: BenchOffice, folder: Path, codes: list[str]) -> tuple[list[float], list[list[float]]]:
    password = folder / "kiosk.password"
    password.write_text(office.accounts[KIOSK], "utf-8")
    arguments = ["--broker", f"127.0.0.1:{office.port}", "--user", KIOSK, "--password-file", str(password),
                 "--office", office.config.id, "--kiosk", KIOSK]  # fmt: skip
    plan = folder / "plan.json"
    plan.write_text(json.dumps({"arguments": arguments, "home": str(folder), "codes": codes}), "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.scan_probe", str(plan)],
        cwd=ROOT, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    if run.returncode:
        raise RuntimeError(run.stderr[-3000:])
    answer = json.loads(run.stdout.splitlines()[-1])
    ms: list[float] = answer["ms"]
    if len(ms) < len(codes):
        raise RuntimeError(f"only {len(ms)} of {len(codes)} scans were answered: {run.stderr[-2000:]}")
    return ms, answer["stages"]


def main() -> None:
    import tempfile

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        for figure in measure(Path(folder), 1, 1.0, print, rows):
            print(f"{figure.name}: {figure.value:.1f} {figure.unit} ({figure.detail})")


if __name__ == "__main__":
    main()
