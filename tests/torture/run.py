"""A run of rounds: an office for a few of them, the adversary, the quiet, the judge, the books of the run."""

import json
import random
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from tests.torture import evidence
from tests.torture.adversary import Adversary
from tests.torture.checker import check
from tests.torture.disk import build
from tests.torture.plan import FAULTS, LASTS_S, plan
from tests.torture.programs import PEOPLE, ROOT, Programs
from tests.torture.proxy import Cables

AN_OFFICE = 5
"""Rounds that one office lives through; then a new one, so that its books stay short."""
QUIET_WITHIN_S = 60.0
BUSY_AFTER_S = 1.5
"""After the mending people go on a little, so that what came back is seen to work."""


@dataclass
class Books:
    """What a run has come to; `next` is the round to go on with."""

    seed: int
    next: int = 0
    rounds: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    kills: dict[str, int] = field(default_factory=dict)
    recoveries: list[dict[str, Any]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    events: int = 0
    acts: int = 0
    slips: int = 0
    seen: int = 0
    papers: int = 0
    sectors: int = 0
    mixed: int = 0
    states: int = 0

    def save(self, path: Path) -> None:
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(self.__dict__, indent=1))
        beside.replace(path)


def opened(state: Path, seed: int) -> Books:
    path = state / "books.json"
    return Books(**json.loads(path.read_text())) if path.exists() else Books(seed)


def run(
    state: Path,
    books: Books,
    rounds: int,
    say: Callable[[str], None],
    faults: int = FAULTS,
    lasts_s: float = LASTS_S,
) -> Books:
    """`rounds` more rounds; the books are written after each. A round with violations keeps its office."""
    state.mkdir(parents=True, exist_ok=True)
    library, cables, last = build(state), Cables(), books.next + rounds
    try:
        while books.next < last:
            until = min(last, (books.next // AN_OFFICE + 1) * AN_OFFICE)
            _office(state, books, until, library, cables, say, faults, lasts_s)
    finally:
        cables.close()
    return books


def _office(
    state: Path,
    books: Books,
    until: int,
    library: Path,
    cables: Cables,
    say: Callable[[str], None],
    faults: int,
    lasts_s: float,
) -> None:
    folder = state / f"office-{books.next}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    programs = Programs(folder, library, cables, clock=books.next // AN_OFFICE % 2 == 1)
    bad = False
    try:
        programs.start()
        if not programs.wait_well():
            raise RuntimeError(f"the office did not start: {(folder / 'server.log').read_text()[-2000:]}")
        adversary = Adversary(programs, random.Random(f"{books.seed}/{books.next}/dice"))
        while books.next < until and not bad:
            bad = _round(books, programs, adversary, say, faults, lasts_s)
            books.save(state / "books.json")
    finally:
        programs.stop()
        if not bad:
            shutil.rmtree(folder, ignore_errors=True)


def _round(
    books: Books,
    programs: Programs,
    adversary: Adversary,
    say: Callable[[str], None],
    faults: int,
    lasts_s: float,
) -> bool:
    number, began = books.next, monotonic()
    programs.quiet.unlink(missing_ok=True)
    for log in programs.logs.glob("fresh.jsonl"):
        log.unlink()
    adversary.faults.clear()
    kept = len(programs.recoveries)
    programs.kills.clear()
    for role in ("panel", *PEOPLE):
        programs.start_people(role)
    adversary.play(plan(books.seed, number, faults, lasts_s), lasts_s)
    problems = _quiet(programs, adversary)
    found = evidence.read(programs.folder, *_books_of(programs))
    problems += check(found)
    _count(books, programs, adversary, found, kept, problems)
    books.next, books.rounds = number + 1, books.rounds + 1
    took = monotonic() - began
    kills = sum(programs.kills.values())
    say(
        f"round {number}: {kills} kills, {len(found.journal)} events, {len(problems)} violations, "
        f"{took:.0f} s"
    )
    for problem in problems:
        say(f"  {problem}")
    if problems:
        (programs.folder / "violations.txt").write_text("\n".join(problems))
        say(
            f"  again: python -m tests.torture --seed {books.seed} --from {number} --rounds 1; "
            f"kept {programs.folder}"
        )
    return bool(problems)


def _quiet(programs: Programs, adversary: Adversary) -> list[str]:
    """Everything mended; everybody finishes what they asked for; the one who looks at the end looks."""
    programs.cables.heal()
    programs.disk.set()
    programs.agent_disk.set()
    problems = (
        [] if programs.wait_well() else ["recovery: the office is not well after everything was mended"]
    )
    adversary.settle()
    pause = threading.Event()
    pause.wait(BUSY_AFTER_S)
    programs.quiet.touch()
    end = monotonic() + QUIET_WITHIN_S
    while monotonic() < end:
        programs.revive()
        if all(programs.children[name].poll() == 0 for name in PEOPLE):
            break
        pause.wait(0.05)
    else:
        problems.append("unanswered: somebody still waits for an answer after a minute of quiet")
    pause.wait(2.5)
    programs.start_people("fresh")
    pause.wait(1.5)
    for name in ("fresh", "panel"):
        programs.children[name].terminate()
        with suppress(subprocess.TimeoutExpired):
            programs.children[name].wait(5)
    return problems


def _books_of(programs: Programs) -> tuple[Path, str]:
    """The exported journal, and what the product's own check says against it."""
    out = programs.folder / "export.jsonl"
    root = str(programs.dir.root)
    with ThreadPoolExecutor(2) as pool:  # each spends its time in starting
        exported = pool.submit(_motcua, "journal", "export", str(out), "--dir", root)
        ran = pool.submit(_motcua, "journal", "verify", "--dir", root).result()
        exported.result()
    return out, "" if ran.returncode == 0 else (ran.stdout + ran.stderr)[-400:]


def _motcua(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "queue_server.cli", *arguments], cwd=ROOT, capture_output=True, text=True
    )


def _is_paper(row: evidence.Line) -> bool:
    """Whether a number that a kiosk gave by itself came home here."""
    own = row["type"] == "ticket.issued" and row["data"]["channel"] == "offline"
    return own or row["type"] == "ticket.alias_given"


def _count(
    books: Books,
    programs: Programs,
    adversary: Adversary,
    found: evidence.Evidence,
    kept: int,
    problems: list[str],
) -> None:
    books.faults = dict(Counter(books.faults) + adversary.faults)
    books.kills = dict(Counter(books.kills) + Counter(programs.kills))
    books.recoveries += programs.figures()["recoveries"][kept:]
    books.violations += [f"round {books.next}: {problem}" for problem in problems]
    books.events += len(found.journal)
    books.acts += sum(line["do"] == "reply" and line["reply"]["ok"] for line in found.clients)
    books.slips += len(found.slips)
    books.seen += sum(line["do"] == "seen" for line in found.clients)
    books.papers += sum(_is_paper(row) for row in found.journal)
    books.states += len(found.panel)
    books.sectors = books.sectors + adversary.sectors
    books.mixed += adversary.dice.done
    adversary.sectors = adversary.dice.done = 0
