"""Issue latency while somebody else floods broker or pages, beside the same clients in a calm office."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.office import ROOT, BenchOffice, bench_office

CLIENTS = 4
FLOODS = (
    ("mqtt", "garbage"),
    ("mqtt", "repeat"),
    ("mqtt", "unknown"),
    ("mqtt", "large"),
    ("http", "pages"),
    ("http", "large"),
    ("http", "slow"),
)
FLOODER = "kiosk-2"
Say = Callable[[str], None]


def measure(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    """One flooder on an account of its own (or one address), calm and flooded in turns."""
    calm: list[dict[str, Any]] = []
    flooded: dict[tuple[str, str], list[dict[str, Any]]] = {}
    with bench_office(folder) as office:
        body = {"services": [office.config.services[0].id]}
        for round_ in range(rounds):
            office.settle()
            calm.append(office.load("issue", CLIENTS, seconds, f"calm-{round_}", body))
            for flood in FLOODS:
                office.settle()
                with _flooding(office, *flood, seconds + 4):
                    name = f"{flood[0]}-{flood[1]}-{round_}"
                    result = office.load("issue", CLIENTS, seconds, name, body)
                flooded.setdefault(flood, []).append(result)
                say(f"round {round_ + 1}/{rounds}, {flood[0]} {flood[1]}: p99 {result['p99_ms']:.1f} ms, "
                    f"calm {calm[-1]['p99_ms']:.1f} ms")  # fmt: skip
    at_rest = statistics.median(r["p99_ms"] for r in calm)
    figures = []
    for (what, how), results in flooded.items():
        p99 = statistics.median(r["p99_ms"] for r in results)
        detail = f"{p99:.1f} ms / {at_rest:.1f} ms"
        name = f"issue p99 under a flood / calm, {what} {how}"
        figures.append(Figure(name, p99 / at_rest, "×", 2.0, at_most=True, detail=detail))
    return figures


@contextmanager
def _flooding(office: BenchOffice, what: str, how: str, seconds: float) -> Iterator[None]:
    plan = {
        "what": what, "how": how, "seconds": seconds, "root": office.topics.root,
        "port": office.port if what == "mqtt" else office.http,
        "user": FLOODER, "password": office.accounts[FLOODER],
    }  # fmt: skip
    flood = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.flood"], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert flood.stdin is not None
    flood.stdin.write(json.dumps(plan))
    flood.stdin.close()
    try:
        yield
    finally:
        flood.terminate()
        flood.wait(10)
