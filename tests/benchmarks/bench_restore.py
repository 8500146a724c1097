"""A restore drill: a year's backup brought back, checked, and its office open again."""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.benchmarks.figures import Figure
from tests.benchmarks.office import BenchOffice
from tests.benchmarks.past import past_office

EVENTS = 1_000_000
"""A year of a busy commune: 250 days of 800 tickets with five events each."""
WITHIN_S = 60


def _motcua(*words: object) -> float:
    """Seconds the command took; a failure ends the measurement."""
    began = perf_counter()
    command = [sys.executable, "-m", "queue_server.cli", *map(str, words)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began


def _keys_in_their_place(past: Path) -> None:
    """The cached past has its keys beside the database; a backup takes them from `secrets`."""
    for name in ("signing.key", "signing.pub", "pages.key"):
        if (past / name).exists() and not (past / "secrets" / name).exists():
            shutil.copy(past / name, past / "secrets" / name)


def measure(
    folder: Path, rounds: int, seconds: float, say: Callable[[str], None], cache: Path
) -> list[Figure]:
    """Backup, restore into an empty directory, start until /healthz is 200, and the check of the journal."""
    past = past_office(cache, EVENTS, say)
    _keys_in_their_place(past)
    backups, restores, starts, checks = [], [], [], []
    for round_ in range(rounds):
        file, new = folder / f"year-{round_}.zip", folder / f"restored-{round_}"
        backups.append(_motcua("backup", file, "--dir", past))
        restores.append(_motcua("restore", file, "--dir", new))
        checks.append(_motcua("journal", "verify", "--dir", new))
        office = BenchOffice(new)
        try:
            office.start_broker()
            began = perf_counter()
            office.start_server(900)
            starts.append(perf_counter() - began)
        finally:
            office.stop()
        size = file.stat().st_size / 1e6
        file.unlink()
        shutil.rmtree(new)
        say(
            f"round {round_ + 1}/{rounds}: backup {backups[-1]:.1f} s ({size:.0f} MB), restore "
            f"{restores[-1]:.1f} s, start {starts[-1]:.1f} s, journal checked in {checks[-1]:.1f} s"
        )
    both = [a + b for a, b in zip(restores, starts, strict=True)]
    return [
        Figure("restore a year's backup", statistics.median(restores), "s", WITHIN_S),
        Figure("restore and open again", statistics.median(both), "s", WITHIN_S),
        Figure("backup of a year", statistics.median(backups), "s"),
        Figure("journal verify of a year", statistics.median(checks), "s"),
    ]
