"""The programs of one tortured office: started, killed, started again, and how long they took to be well."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.errors import BrokerTrouble
from queue_server.broker.listen import Listen
from queue_server.clock import secret
from queue_server.contract.topics import Topics
from queue_server.link.ports import Address
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.up.accounts import broker_account
from queue_server.up.programs import agent_program, server_program
from tests.benchmarks.office import as_installed, cpu_s
from tests.fakes.ports import free_port
from tests.torture.disk import WATCHED, Disk
from tests.torture.proxy import Cables

ROOT = Path(__file__).parents[2]
PEOPLE = ("kiosks", "glass", "officers")
"""Those who do something, each a process that can be killed."""
KIOSKS = 3
GLASS = 2
"""Real kiosks, beside the scripted ones that say everything twice and out of order."""
OPEN_WITHIN_S = 40.0


@dataclass(frozen=True, slots=True)
class Recovery:
    """Seconds from a program's start to the whole office being well; `alone` when nothing else was wrong.

    `cpu_s` are the processor seconds the server used by then: what a busy machine does not stretch.
    """

    program: str
    seconds: float
    alone: bool
    after: str
    cpu_s: float | None = None


def office_text() -> str:
    """The sample commune, always open, numbers of five digits, a few kiosks and one that floods."""
    lines = []
    for line in (ROOT / "assets" / "offices" / "commune.toml").read_text("utf-8").splitlines():
        lines.append(line)
        if line.strip() == "[hours]":
            lines.append("always_open = true")
        if line.strip() == "[[service]]":
            lines.append("number = { digits = 5 }")
    names = [f"hall-{n}" for n in range(KIOSKS)] + [f"glass-{n}" for n in range(GLASS)] + ["flood"]
    return "\n".join(lines) + "".join(
        f'\n\n[[kiosk]]\nid = "{n}"\nname = "{n}"\nzone = "sanh"\n' for n in names
    )


class Programs:
    """Broker, server and agent with cables between, and the people as processes."""

    def __init__(self, folder: Path, library: Path, cables: Cables, clock: bool) -> None:
        """With `clock` the server's clock can be moved."""
        self.folder, self.cables, self.clock = folder, cables, clock
        self.dir = OfficeDir(folder / "office")
        self.dir.prepare()
        self.logs = folder / "people"
        self.logs.mkdir(exist_ok=True)
        self.dir.office_file.write_text(office_text(), "utf-8")
        self.config = load_office(self.dir.office_file)
        self.accounts = self.dir.device_accounts(self.config, secret)
        self.passwords = {a.user: a.password for a in self.accounts}
        port, self.http = free_port(), free_port()
        self.port = port
        self.broker = EmbeddedBroker(
            self.dir.broker,
            Listen("127.0.0.1", port),
            self.config.id,
            [broker_account(a) for a in self.accounts],
        )
        self.ports = {
            name: cables.add(f"{folder.name}-{name}", port)
            for name in ("server", "kiosks", "glass", "officers", "agent")
        }
        root = self.dir.root
        self.disk = Disk(library, folder / "disk", root, tuple(root / name for name in WATCHED))
        agent_files = (self.dir.agent_state("agent") / "outcomes.jsonl",)
        self.agent_disk = Disk(library, folder / "agent-disk", root, agent_files)
        self.quiet = folder / "quiet"
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.kills: dict[str, int] = {}
        self.recoveries: list[Recovery] = []
        self.troubled = threading.Event()
        """Set while something other than a kill is wrong, so that a recovery is not counted as alone."""
        self._lock = threading.RLock()
        self._watchers: list[threading.Thread] = []

    def cable(self, name: str) -> str:
        return f"{self.folder.name}-{name}"

    def start(self) -> None:
        self.broker.start()
        self.start_server("start")
        self.start_agent()

    def start_server(self, after: str) -> None:
        self.disk.remember()
        address = Address("127.0.0.1", self.ports["server"])
        program = server_program(self.dir, self.dir.office_file, ("127.0.0.1", self.http), address, False)
        began = monotonic()
        process = self._spawn(
            "server", program.command, {**program.environment, **self.disk.environment(self.clock)}
        )
        self._watch("server", began, after, process)

    def start_agent(self) -> None:
        self.agent_disk.remember()
        program = agent_program(self.dir, self.config, Address("127.0.0.1", self.ports["agent"]))
        assert program is not None
        environment = {**program.environment, **self.agent_disk.environment(clock=False)}
        self._spawn("agent", program.command, environment)

    def start_people(self, role: str) -> None:
        cable = role if role in ("officers", "glass") else "kiosks"
        plan = {
            "port": self.ports[cable], "accounts": self.passwords, "root": Topics(self.config.id).root,
            "logs": str(self.logs), "quiet": str(self.quiet), "socket": str(self.dir.socket("agent")),
            "services": [s.id for s in self.config.services],
            "counters": [c.id for c in self.config.counters],
            "kiosks": [f"hall-{n}" for n in range(KIOSKS)], "glass": [f"glass-{n}" for n in range(GLASS)],
            "office": self.config.id, "state": str(self.folder / "kiosks"),
            "printer": self.config.printers[0].id,
        }  # fmt: skip
        path = self.folder / f"{role}.plan.json"
        path.write_text(json.dumps(plan))
        path.chmod(0o600)
        module = "tests.torture.glass" if role == "glass" else "tests.torture.people"
        self._spawn(role, [sys.executable, "-m", module, role, str(path)], dict(os.environ))

    def _spawn(self, name: str, command: Any, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as out, self._lock:
            process = subprocess.Popen(
                command, env=as_installed(environment), cwd=ROOT, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip
            self.children[name] = process
        return process

    def kill(self, name: str) -> None:
        """kill -9, reaped; no word to anybody."""
        with self._lock:
            self.kills[name] = self.kills.get(name, 0) + 1
            if name == "broker":
                if self.broker.pid is not None:
                    with suppress(ProcessLookupError):
                        os.kill(self.broker.pid, signal.SIGKILL)
                return
            child = self.children.get(name)
            if child is None:
                return
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def restart_broker(self, after: str, others_well: bool = False) -> None:
        """How long it takes is noted only when everything else was well before."""
        began = monotonic()
        self.broker.stop()
        for _ in range(3):
            try:
                self.broker.start()
                break
            except BrokerTrouble:
                continue
        if others_well:
            self._watch("broker", began, after, None)

    def cut_power(self, chance: random.Random) -> int:
        """The machine of server, broker and agent loses power; what was not synced may be gone."""
        for name in ("server", "broker", "agent"):
            self.kill(name)
        return self.disk.cut_power(chance) + self.agent_disk.cut_power(chance)

    def well(self) -> bool:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{self.http}/healthz", timeout=1) as answer,
        ):
            return bool(answer.status == 200)
        return False

    def _watch(self, name: str, began: float, after: str, process: "subprocess.Popen[bytes] | None") -> None:
        alone = not self.troubled.is_set()
        kills = sum(self.kills.values())

        def watch() -> None:
            pause = threading.Event()
            while monotonic() - began < OPEN_WITHIN_S:
                if process is not None and process.poll() is not None:
                    return
                if self.well():
                    took = monotonic() - began
                    calm = alone and not self.troubled.is_set() and sum(self.kills.values()) == kills
                    used = cpu_s(process.pid) if process is not None else None
                    self.recoveries.append(Recovery(name, took, calm, after, used))
                    return
                pause.wait(0.03)

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        self._watchers.append(thread)

    def revive(self) -> list[str]:
        """Start whatever has ended by itself; which ones."""
        found = []
        with self._lock:
            for name in ("server", "agent", *PEOPLE, "panel"):
                child = self.children.get(name)
                if child is None or child.poll() is None or (name in PEOPLE and child.returncode == 0):
                    continue
                found.append(name)
                if name == "server":
                    self.start_server("ended by itself")
                elif name == "agent":
                    self.start_agent()
                else:
                    self.start_people(name)
        return found

    def wait_answer(self, within_s: float = 15.0) -> bool:
        """Until the pages answer; starts nothing."""
        pause, end = threading.Event(), monotonic() + within_s
        while monotonic() < end:
            if self.well():
                return True
            pause.wait(0.1)
        return False

    def wait_well(self, within_s: float = OPEN_WITHIN_S) -> bool:
        pause, end = threading.Event(), monotonic() + within_s
        while monotonic() < end:
            self.revive()
            if not self.broker.runs():
                self.restart_broker("found dead")
            if self.well():
                return True
            pause.wait(0.05)
        return False

    def stop(self) -> None:
        for name in (*PEOPLE, "panel", "agent", "server"):
            child = self.children.pop(name, None)
            if child is not None and child.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGTERM)
                try:
                    child.wait(8)
                except subprocess.TimeoutExpired:
                    os.killpg(child.pid, signal.SIGKILL)
                    child.wait()
        self.broker.stop()
        for watcher in self._watchers:
            watcher.join(1)

    def figures(self) -> dict[str, Any]:
        return {"kills": self.kills, "recoveries": [asdict(r) for r in self.recoveries]}
