"""Which pictures are taken: every screen in both languages and themes, the aids, both ways up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from fakes.kiosk_screens import SCREENS as VISITS

from tests.ui.gallery import Job, Shot, write
from tests.ui.sample_views import OVERLAYS, SCREENS

ROOT = Path(__file__).resolve().parents[2]
PANELS = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
REFUSALS = ("refused_service_closed", "refused_storage_failed", "refused_forbidden")
"""One, two and three things of their own to do."""
ALIKE = tuple(name for name in VISITS if name.startswith("refused_") and name not in REFUSALS)
"""Refusals that share their layout with one of these."""
ALIKE += (
    "scan_id_card", "looking_ticket", "my_ticket_serving", "my_ticket_awaiting_result", "my_ticket_cancelled",
    "my_ticket_abandoned", "my_ticket_never_heard_of", "no_answer_no_ticket",
    "keypad_empty", "result_running", "result_fee", "result_strange",
    "result_closed", "no_answer_away", "no_answer_slowed", "no_answer_refused",
)  # fmt: skip
"""And answers of a shape that another one has."""


def shots() -> tuple[Shot, ...]:
    """Every screen × language × theme, and every screen with each mix of large text and low reach."""
    names = [*SCREENS, *OVERLAYS, *(f"visit/{name}" for name in VISITS if name not in ALIKE)]
    plain = [
        shot(name, language, contrast=contrast)
        for name, language, contrast in product(names, ("vi", "en"), (False, True))
    ]
    aided = [
        shot(name, language, contrast=large and low, large=large, low=low)
        for name, language, (large, low) in product(
            names, ("vi", "en"), ((True, False), (False, True), (True, True))
        )
        if not name.startswith("visit/") or (large and low)
    ]
    return (*plain, *aided)


def shot(name: str, language: str, *, contrast: bool = False, large: bool = False, low: bool = False) -> Shot:
    marks = "".join(f"-{word}" for word, on in (("contrast", contrast), ("large", large), ("low", low)) if on)
    return Shot(f"{name.replace('/', '-')}-{language}{marks}", name, language, contrast, large, low)


def take(job: Job, folder: Path) -> dict[str, Any]:
    """Run the gallery in its own process; its figures by file. Raises CalledProcessError with its words."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "job.json"
    write(job, path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.ui.gallery", str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    figures: dict[str, Any] = json.loads((Path(job.out) / "figures.json").read_text(encoding="utf-8"))
    return figures


@cache
def all_names() -> tuple[str, ...]:
    return tuple(one.file for one in shots())
