"""The kiosk's own speed: touch to changed pixels, cold start, frame time, memory over many visits."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).with_name("kiosk_probe.py")
VISITS = 2000


def probed(what: str, **options: Any) -> dict[str, Any]:
    """Run one probe in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, str(PROBE), what, json.dumps({"home": folder, **options})],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )
    if run.returncode:
        raise RuntimeError(f"probe {what} failed: {run.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def measure(rounds: int = 5, say: Callable[[str], None] = lambda _line: None) -> list[Figure]:
    """All figures of the kiosk; medians of `rounds` interleaved runs."""
    touches: list[float] = []
    starts, frames, empties = [], [], []
    for n in range(rounds):
        starts.append(probed("start")["seconds"])
        empties.append(probed("empty"))
        frames.append(probed("frame"))
        touches += probed("touch", rounds=3)["ms"]
        say(f"round {n + 1}/{rounds}: start {starts[-1]:.2f} s, frame {frames[-1]['ms']:.1f} ms")
    memory = probed("memory", visits=VISITS)
    full, bare = median(frame["ms"] for frame in frames), median(frame["ms"] for frame in empties)
    drawing = median(frame["drawing_cpu_ms"] for frame in frames)
    return [
        Figure("kiosk: touch → changed pixels, p50", percentile(touches, 0.5), "ms", 100),
        Figure("kiosk: touch → changed pixels, p95", percentile(touches, 0.95), "ms", 150,
               detail=f"{len(touches)} touches"),
        Figure("kiosk: cold start to first frame", median(starts), "s", 2),
        Figure("kiosk: frame time against an empty window", full / bare, "×", 1.5,
               detail=f"frame to frame {full:.1f} ms against {bare:.1f} ms, loop at 60/s"),
        Figure("kiosk: drawing the fullest screen alone", drawing, "ms CPU", None,
               detail="software rasteriser, all cores"),
        Figure("kiosk: memory after 200 visits", memory["early"], "MB", 300),
        Figure(f"kiosk: growth from 400 to {VISITS} visits", memory["growth"], "MB", 10),
    ]  # fmt: skip


def main() -> None:
    for figure in measure(say=print):
        mark = {None: " ", True: "✓", False: "✗"}[figure.reached]
        wanted = f"  wanted ≤ {figure.wanted:g}" if figure.wanted is not None else ""
        detail = f"  ({figure.detail})" if figure.detail else ""
        print(f"{mark} {figure.name}: {figure.value:.2f} {figure.unit}{wanted}{detail}")


if __name__ == "__main__":
    main()
