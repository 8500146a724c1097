"""What a round left behind, read from files alone: nothing of the product is imported here."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Line = dict[str, Any]


@dataclass
class Evidence:
    """`journal` is the export; `clients` the lines of every client's log; `panel` those of the one who
    looked all the time, `fresh` of one who came at the end; `verify` what `motcua journal verify` said
    ("" when the journal is whole)."""

    journal: list[Line]
    clients: list[Line]
    panel: list[Line] = field(default_factory=list)
    fresh: list[Line] = field(default_factory=list)
    slips: frozenset[str] = frozenset()
    verify: str = ""


def read(folder: Path, export: Path, verify: str) -> Evidence:
    """`folder` is the office's: `people/` and `office/slips/` in it."""
    logs = folder / "people"
    apart = {"panel": lines(logs / "panel.jsonl"), "fresh": lines(logs / "fresh.jsonl")}
    clients = [
        line for path in sorted(logs.glob("*.jsonl")) if path.stem not in apart for line in lines(path)
    ]
    slips = frozenset(path.stem for path in (folder / "office" / "slips").rglob("[!.]*.bin"))
    return Evidence(lines(export), clients, apart["panel"], apart["fresh"], slips, verify)


def lines(path: Path) -> list[Line]:
    """JSON Lines; what a kill tore off is left out."""
    found: list[Line] = []
    if path.exists():
        for raw in path.read_bytes().split(b"\n"):
            with suppress(ValueError):
                found.append(json.loads(raw))
    return found
