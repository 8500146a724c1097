"""Carries out a round's plan against an office; everything it broke for a time it mends itself."""

import json
import random
import subprocess
import sys
import threading
from collections import Counter
from time import monotonic

from queue_server.contract.topics import Topics
from tests.torture.person import Person
from tests.torture.plan import Fault
from tests.torture.programs import ROOT, Programs
from tests.torture.shuffle import Dice


class Adversary:
    """`faults` counts by kind what was done."""

    def __init__(self, programs: Programs, chance: random.Random) -> None:
        self._p, self._chance = programs, chance
        self.faults: Counter[str] = Counter()
        self.sectors = 0
        self.dice = Dice(random.Random(chance.random()))
        self._later: list[tuple[float, str, str]] = []
        self._wrong: Counter[str] = Counter()
        self._stepped = False
        self._floods: list[subprocess.Popen[str]] = []
        base = f"http://127.0.0.1:{programs.http}"
        self._person = Person(base, programs.dir.first_sign_in)
        self._confirming: threading.Thread | None = None

    def play(self, plan: tuple[Fault, ...], lasts_s: float) -> None:
        """Takes `lasts_s` seconds and a little; afterwards everything is mended, maybe not yet well."""
        began, pause = monotonic(), threading.Event()
        due = list(plan)
        while (now := monotonic() - began) < lasts_s or due:
            while due and due[0].at <= now:
                self._do(due.pop(0), now)
            for one in [one for one in self._later if one[0] <= now]:
                self._later.remove(one)
                self._mend(one[1], one[2])
            self._p.revive()
            pause.wait(0.05)
        for _, kind, what in self._later:
            self._mend(kind, what)
        self._later.clear()
        for flood in self._floods:
            flood.wait(20)
        self._floods.clear()

    def settle(self) -> None:
        """The office is well and believes its clock."""
        if self._confirming is not None:
            self._confirming.join(30)
        self._person.confirm_clock()

    def _do(self, fault: Fault, now: float) -> None:
        p = self._p
        if fault.kind == "clock" and not p.clock:
            return
        self.faults[fault.kind] += 1
        match fault.kind:
            case "kill_server":
                p.kill("server")
                p.start_server("kill -9")
                self._confirm_later()
            case "kill_broker":
                well = p.well()
                p.kill("broker")
                p.restart_broker("kill -9", well)
            case "kill_agent":
                p.kill("agent")
                p.start_agent()
            case "kill_kiosks" | "kill_glass" | "kill_officers":
                role = fault.kind.removeprefix("kill_")
                p.kill(role)
                p.start_people(role)
            case "power_cut":
                self.sectors += p.cut_power(self._chance)
                p.restart_broker("power cut")
                p.start_server("power cut")
                p.start_agent()
                self._confirm_later()
            case "tear":
                p.cables.tear(p.cable(fault.what))
            case "silence":
                name, way = fault.what.split("/")
                p.cables.silence(p.cable(name), way != "back", way != "there")
                self._until(now + fault.amount, "silence", name)
            case "shuffle":
                p.cables.shuffle(p.cable(fault.what), self.dice)
                self._until(now + fault.amount, "shuffle", fault.what)
            case "full_disk":
                p.disk.set(full=True)
                self._until(now + fault.amount, "disk", "")
            case "slow_disk":
                p.disk.set(slow_ms=int(fault.what))
                self._until(now + fault.amount, "disk", "")
            case "clock":
                self._stepped = True
                p.disk.set_clock(int(fault.amount))
            case "flood_mqtt" | "flood_http":
                self._flood(fault)
                self._until(now + fault.amount, "flood", "")

    def _until(self, when: float, kind: str, what: str) -> None:
        self._p.troubled.set()
        self._wrong[kind + what] += 1
        self._later.append((when, kind, what))

    def _mend(self, kind: str, what: str) -> None:
        self._wrong[kind + what] -= 1
        if self._wrong[kind + what] == 0:
            if kind == "silence":
                self._p.cables.silence(self._p.cable(what), False, False)
            elif kind == "shuffle":
                self._p.cables.shuffle(self._p.cable(what), None)
            elif kind == "disk":
                self._p.disk.set()
        if not any(self._wrong.values()):
            self._p.troubled.clear()

    def _flood(self, fault: Fault) -> None:
        p = self._p
        plan = {
            "what": fault.kind.removeprefix("flood_"), "how": fault.what, "seconds": fault.amount,
            "port": p.port if fault.kind == "flood_mqtt" else p.http,
            "root": Topics(p.config.id).root, "user": "flood", "password": p.passwords["flood"],
        }  # fmt: skip
        flood = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.flood"], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert flood.stdin is not None
        flood.stdin.write(json.dumps(plan))
        flood.stdin.close()
        self._floods.append(flood)

    def _confirm_later(self) -> None:
        """A start after a step back of the clock needs a person; somebody looks when the pages answer."""
        if not self._stepped:
            return

        def look() -> None:
            if self._p.wait_answer():
                self._person.confirm_clock()

        self._confirming = threading.Thread(target=look, daemon=True)
        self._confirming.start()
