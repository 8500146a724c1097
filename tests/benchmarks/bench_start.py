"""A start beside a million old events, the whole office's stop, and the server's memory."""

import os
import shutil
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.acceptance.office_process import running_office
from tests.benchmarks.figures import Figure
from tests.benchmarks.office import KIOSKS, ROOT, BenchOffice, memory_mb
from tests.benchmarks.past import past_office

EVENTS = 1_000_000
DAY_TICKETS = 5_000
REPLAY_WITHIN_S = 900.0


def _start(office: BenchOffice, within_s: float = 30.0) -> float:
    """Seconds from the process' start until /healthz says 200."""
    began = perf_counter()
    office.start_server(within_s)
    return perf_counter() - began


def _stop(office: BenchOffice, how: signal.Signals = signal.SIGTERM) -> None:
    server = office.processes.pop()
    server.send_signal(how)
    server.wait(15)


def _read_by_this_version(past: Path, say: Callable[[str], None]) -> None:
    """One start of the kept past itself: after an update of the state's shape the server reads the whole
    journal again (minutes), once in the life of an office and not in every round. The figures of past days
    are made too, or a process of the server's own would begin to beside what is measured."""
    office = BenchOffice(past)
    try:
        office.start_broker()
        say(f"first start of this version on the past: {_start(office, REPLAY_WITHIN_S):.1f} s")
        _stop(office)
    finally:
        office.stop()
    rebuild = [sys.executable, "-m", "queue_server.cli", "waits", "rebuild", "--stale", "--dir", str(past)]
    subprocess.run(rebuild, cwd=ROOT, check=True, capture_output=True)


def measure(
    folder: Path,
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
    cache: Path,
    events: int = EVENTS,
) -> list[Figure]:
    """Starts after a clean stop and after kill -9 (with the day's events to replay), then the memory.

    Every round has a copy of the same past, so that no round starts on what the one before has left.
    """
    past = past_office(cache, events, say)
    _read_by_this_version(past, say)
    new = BenchOffice(folder)
    clean, killed, empty = [], [], []
    try:
        new.start_broker()
        for round_ in range(rounds):
            copy = shutil.copytree(past, folder / f"past-{round_}")
            os.sync()  # so that the copy is not written to the disk beside the starts
            old = BenchOffice(copy)
            try:
                old.start_broker()
                first = _start(old, REPLAY_WITHIN_S)
                _stop(old)
                empty.append(_start(new))
                _stop(new)
                clean.append(_start(old))
                service = old.config.services[round_ % len(old.config.services)].id
                run = f"s{round_}-{old.http}"
                old.load("issue", KIOSKS, 0, run, {"services": [service]}, requests=4480 // KIOSKS)
                _stop(old, signal.SIGKILL)
                killed.append(_start(old))
                _stop(old)
            finally:
                old.stop()
                shutil.rmtree(copy)
            say(
                f"round {round_ + 1}/{rounds}: {clean[-1]:.2f} s, after kill -9 {killed[-1]:.2f} s "
                f"(a new office {empty[-1]:.2f} s; first start of this past {first:.1f} s)"
            )
        return [
            Figure(f"start with {events:,} old events", statistics.median(clean), "s", 2),
            Figure("start after kill -9, 4,480 events to replay", statistics.median(killed), "s", 2),
            Figure("start of a new office", statistics.median(empty), "s"),
            _whole_office(folder, rounds),
            *_memory(new),
        ]
    finally:
        new.stop()


def _whole_office(folder: Path, rounds: int) -> Figure:
    """`motcua up` with broker, server and agent, asked to stop."""
    took = []
    for round_ in range(rounds):
        (where := folder / f"up-{round_}").mkdir()
        with running_office(where) as office:
            took.append(office.stop())
    return Figure("stop of the whole office by SIGTERM", statistics.median(took), "s", 3)


def _memory(office: BenchOffice) -> list[Figure]:
    _start(office)
    pid = office.processes[-1].pid
    office.settle()
    idle = memory_mb(pid)
    services = office.config.services
    for n, service in enumerate(services):
        requests = DAY_TICKETS // (KIOSKS * len(services)) + 1
        got = office.load("issue", KIOSKS, 0, f"m{n}", {"services": [service.id]}, requests=requests)
        assert got["refused"] == 0, got
    office.settle()
    busy, peak = memory_mb(pid), memory_mb(pid, "VmHWM")
    return [
        Figure("memory, idle", idle, "MB", 150),
        Figure(
            f"memory after {DAY_TICKETS:,} tickets in a day", busy, "MB", 150, detail=f"peak {peak:.0f} MB"
        ),
    ]
