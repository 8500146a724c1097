"""Issue latency while somebody else floods broker or pages, beside the same clients in a calm office."""

import json
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from queue_server.link.ports import Address
from queue_server.up.accounts import AccountWatch
from tests.benchmarks.figures import Figure
from tests.benchmarks.office import KIOSKS, ROOT, BenchOffice, bench_office

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
LOOK_EVERY_S = 0.2
"""As `motcua up` looks whom it shall shut out."""
Say = Callable[[str], None]


def measure(folder: Path, rounds: int, seconds: float, say: Say) -> list[Figure]:
    """One flooder on an account of its own (or one address); right before each flood the same office in calm,
    for every run leaves thousands behind who wait, and the next is a little slower for it.

    Every flood has an account of its own: one that is shut out stays so for a minute.
    """
    pairs: dict[tuple[str, str], list[tuple[float, float]]] = {}
    flooders = (f"load-{n}" for n in range(CLIENTS, KIOSKS))
    with bench_office(folder) as office, _watched(office):
        body = {"services": [office.config.services[0].id]}
        for round_ in range(rounds):
            for flood in FLOODS:
                name = f"{flood[0]}-{flood[1]}-{round_}"
                office.settle()
                calm = office.load("issue", CLIENTS, seconds, f"calm-{name}", body)
                office.settle()
                with _flooding(office, *flood, seconds + 4, next(flooders)):
                    flooded = office.load("issue", CLIENTS, seconds, name, body)
                pairs.setdefault(flood, []).append((flooded["p99_ms"], calm["p99_ms"]))
                say(f"round {round_ + 1}/{rounds}, {flood[0]} {flood[1]}: p99 {flooded['p99_ms']:.1f} ms, "
                    f"calm {calm['p99_ms']:.1f} ms")  # fmt: skip
    figures = []
    for (what, how), measured in pairs.items():
        ratio = statistics.median(flooded / calm for flooded, calm in measured)
        p99, at_rest = (statistics.median(one) for one in zip(*measured, strict=True))
        detail = f"{p99:.1f} ms / {at_rest:.1f} ms"
        name = f"issue p99 under a flood / calm, {what} {how}"
        figures.append(Figure(name, ratio, "×", 2.0, at_most=True, detail=detail))
    return figures


@contextmanager
def _watched(office: BenchOffice) -> Iterator[None]:
    """With the part of the supervisor that shuts accounts out."""
    accounts = [a for a in office.dir.written_accounts() if not a.revoked]
    watch = AccountWatch(office.dir, office.config, Address("127.0.0.1", office.port), accounts)
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_EVERY_S):
            watch.look(office.broker, (), lambda _: None)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def _flooding(office: BenchOffice, what: str, how: str, seconds: float, user: str) -> Iterator[None]:
    plan = {
        "what": what, "how": how, "seconds": seconds, "root": office.topics.root,
        "port": office.port if what == "mqtt" else office.http,
        "user": user, "password": office.accounts[user],
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
