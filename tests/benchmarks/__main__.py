"""`make bench`: every figure beside what is wanted of it. Figures, not a test: it always ends with 0."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from tests.benchmarks import bench_display, bench_dossiers, bench_fanout, bench_issue, bench_start, report
from tests.benchmarks.figures import Figure

RESULTS = Path(__file__).parents[2] / "bench-results"
QUIET_LOAD = 1.0

Say = Callable[[str], None]
Bench = Callable[[Path, int, float, Say], list[Figure]]


def _issue(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    return bench_issue.measure(folder, rounds, seconds, 0, say)


def _issue_slow_disk(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    return bench_issue.measure(folder, rounds, seconds, 10, say)


def _start(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    return bench_start.measure(folder, rounds, seconds, say, RESULTS)


def _restore(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    from tests.benchmarks import bench_restore

    return bench_restore.measure(folder, rounds, seconds, say, RESULTS)


def _dossiers(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    return bench_dossiers.measure(folder, rounds, seconds, say, 1_000_000)


def _dossiers_xlsx(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    return bench_dossiers.measure(folder, rounds, seconds, say, 1_000_000, ("XLSX",))


def _dashboard(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    from tests.benchmarks import bench_dashboard  # only where a browser is

    return bench_dashboard.measure(folder, rounds, seconds, say, RESULTS)


def _predict(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    from tests.benchmarks import bench_predict

    return bench_predict.measure(folder, rounds, seconds, say)


def _flood(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    from tests.benchmarks import bench_flood

    return bench_flood.measure(folder, rounds, seconds, say)


def _kiosk(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    from tests.benchmarks import bench_kiosk  # only where the kiosk's libraries are

    return bench_kiosk.measure(rounds, say)


def _scan(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    from tests.benchmarks import bench_scan  # only where the kiosk's libraries are

    return bench_scan.measure(folder, rounds, seconds, say)


BENCHES: dict[str, Bench] = {
    "issue": _issue,
    "issue-slow-disk": _issue_slow_disk,
    "display": bench_display.measure,
    "fanout": bench_fanout.measure,
    "start": _start,
    "dossiers": _dossiers,
    "predict": _predict,
    "dashboard": _dashboard,
    "kiosk": _kiosk,
    "flood": _flood,
    "scan": _scan,
    "restore": _restore,
}
"""Name on the command line → what it measures."""
ONLY_ASKED_FOR: dict[str, Bench] = {"dossiers-xlsx": _dossiers_xlsx}
"""The same, left out unless it is named: it takes minutes and much memory."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    known = {**BENCHES, **ONLY_ASKED_FOR}
    every = f"of {', '.join(known)}; none means all but {', '.join(ONLY_ASKED_FOR)}"
    parser.add_argument("names", nargs="*", metavar="name", help=every)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved runs, of which the median counts")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a run")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in known]
    if unknown:
        parser.error(f"there is no bench {', '.join(unknown)}: choose of {', '.join(known)}")
    console = Console()
    load = os.getloadavg()[0]
    if load > QUIET_LOAD:
        console.print(
            f"[yellow]The machine is busy (load {load:.1f}): these figures will not be its best.[/]"
        )
    figures: dict[str, list[Figure]] = {}
    for name in chosen.names or BENCHES:
        with (
            console.status(name) as status,
            tempfile.TemporaryDirectory(prefix="motcua-bench-", ignore_cleanup_errors=True) as folder,
        ):

            def say(line: str, name: str = name) -> None:
                status.update(f"{name}: {line}")
                if not console.is_terminal:
                    console.print(f"{name}: {line}", highlight=False)

            try:
                figures[name] = known[name](Path(folder), chosen.rounds, chosen.seconds, say)
            except Exception:
                console.print(f"[red]{name} could not be measured:[/]")
                console.print_exception()
    report.print_table(figures, console)
    name = chosen.names[0] if len(chosen.names) == 1 else "some" if chosen.names else "all"
    path = RESULTS / f"{name}.json"
    options = {"rounds": chosen.rounds, "seconds": chosen.seconds, "load_before": load}
    report.write(path, figures, options)
    console.print(f"Written to {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}.")


if __name__ == "__main__":
    main(sys.argv[1:])
