"""Issue latency and rate over MQTT, beside an echo service that also commits; interleaved, medians."""

import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.office import bench_office

CLIENTS = (1, 16, 64)


def measure(
    folder: Path, rounds: int, seconds: float, fsync_ms: int, say: Callable[[str], None]
) -> list[Figure]:
    """Figures at `fsync_ms` added to every fsync. Each round is a morning of its own: nobody calls here, and
    what the rounds before would leave in the hall, tens of thousands, no office has."""
    echo = "echo-group" if fsync_ms else "echo-single"
    got: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for round_ in range(rounds):
        with bench_office(folder / f"round-{round_}", fsync_ms) as office:
            office.start_echo("group" if fsync_ms else "single")
            services = [s.id for s in office.config.services]
            for clients in CLIENTS:
                body = {"services": [services[CLIENTS.index(clients)]]}
                for verb in (echo, "issue"):
                    run = f"r{fsync_ms}-{round_}-{clients}-{verb}"
                    office.settle()
                    result = office.load(verb, clients, seconds, run, body)
                    assert result["refused"] == 0, result
                    got.setdefault((verb, clients), []).append(result)
                    say(f"+{fsync_ms} ms, round {round_ + 1}/{rounds}, {clients} clients, {verb}: "
                        f"p50 {result['p50_ms']:.2f} ms, {result['per_second']:.0f}/s")  # fmt: skip

    def median(verb: str, clients: int, what: str) -> float:
        return float(statistics.median(r[what] for r in got[(verb, clients)]))

    figures = []
    label = f"+{fsync_ms} ms fsync"
    p50 = median("issue", 1, "p50_ms") / median(echo, 1, "p50_ms")
    p99 = median("issue", 1, "p99_ms") / median(echo, 1, "p99_ms")
    wanted50, wanted99 = (2.5, 3.0) if not fsync_ms else (None, None)
    detail = f"{median('issue', 1, 'p50_ms'):.2f} ms / {median(echo, 1, 'p50_ms'):.2f} ms"
    figures.append(Figure(f"issue p50 / floor, {label}", p50, "×", wanted50, at_most=True, detail=detail))
    detail = f"{median('issue', 1, 'p99_ms'):.2f} ms / {median(echo, 1, 'p99_ms'):.2f} ms"
    figures.append(Figure(f"issue p99 / floor, {label}", p99, "×", wanted99, at_most=True, detail=detail))
    for clients in CLIENTS:
        ours, theirs = median("issue", clients, "per_second"), median(echo, clients, "per_second")
        wanted = {(0, 64): 0.3, (10, 64): 0.6}.get((fsync_ms, clients))
        figures.append(
            Figure(
                f"issues/s ÷ {echo}, {clients} clients, {label}",
                ours / theirs,
                "×",
                wanted,
                at_most=False,
                detail=f"{ours:.0f}/s beside {theirs:.0f}/s",
            )
        )
    if not fsync_ms:
        figures.append(
            Figure("issues/s at 64 clients", median("issue", 64, "per_second"), "/s", 1500, at_most=False)
        )
    return figures
