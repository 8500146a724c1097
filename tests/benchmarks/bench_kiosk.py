"""The kiosk's own speed: touch to changed pixels, cold start, frame time, memory over many visits."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).with_name("kiosk_probe.py")
VISITS = 2000


def measured(what: str, **options: Any) -> dict[str, Any]:
    """Run one probe in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, str(PROBE), what, json.dumps({"home": folder, **options})],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    if run.returncode:
        raise RuntimeError(f"probe {what} failed: {run.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def figures(rounds: int = 5) -> list[Figure]:
    """All figures of the kiosk; medians of `rounds` interleaved runs where one run can mislead."""
    touches = measured("touch")["ms"]
    starts, frames, empties = [], [], []
    for _ in range(rounds):
        starts.append(measured("start")["seconds"])
        empties.append(measured("empty")["ms"])
        frames.append(measured("frame")["ms"])
    memory = measured("memory", visits=VISITS)
    ratio = median(frames) / median(empties)
    return [
        Figure("kiosk: touch → changed pixels, p50", percentile(touches, 0.5), "ms", 100),
        Figure("kiosk: touch → changed pixels, p95", percentile(touches, 0.95), "ms", 150,
               detail=f"{len(touches)} touches"),
        Figure("kiosk: cold start to first frame", median(starts), "s", 2),
        Figure("kiosk: frame time against an empty window", ratio, "×", 1.5,
               detail=f"{median(frames):.1f} ms against {median(empties):.1f} ms"),
        Figure("kiosk: memory after the first 200 visits", memory["early"], "MB"),
        Figure(f"kiosk: growth from there to {VISITS} visits", memory["growth"], "MB", 8),
    ]  # fmt: skip


def main() -> None:
    for figure in figures():
        mark = {None: " ", True: "✓", False: "✗"}[figure.reached]
        wanted = f"  wanted ≤ {figure.wanted:g}" if figure.wanted is not None else ""
        detail = f"  ({figure.detail})" if figure.detail else ""
        print(f"{mark} {figure.name}: {figure.value:.2f} {figure.unit}{wanted}{detail}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    main()
