"""A real office for figures: embedded broker and queue server as processes, 64 kiosks, echo services."""

import json
import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import Any

from assets.files import office_path
from queue_server.broker.accounts import BrokerAccount, Role
from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.listen import Listen
from queue_server.clock import secret
from queue_server.contract.topics import Topics
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.up.accounts import broker_account
from tests.fakes.ports import free_port

KIOSKS = 64
ROOT = Path(__file__).parents[2]


def office_text() -> str:
    """The sample commune, always open, numbers with six digits, 64 kiosks."""
    lines = []
    for line in office_path("commune").read_text("utf-8").splitlines():
        lines.append(line)
        if line.strip() == "[hours]":
            lines.append("always_open = true")
        if line.strip() == "[[service]]":
            lines.append("number = { digits = 6 }")
    text = "\n".join(lines)
    kiosks = [
        f'[[kiosk]]\nid = "load-{n}"\nname = "Tải {n}"\nzone = "{_zone(text)}"\n' for n in range(KIOSKS)
    ]
    return text + "\n\n" + "\n".join(kiosks)


def _zone(text: str) -> str:
    after = text.split("[[zone]]", 1)[1]
    return after.split('id = "', 1)[1].split('"', 1)[0]


def slow_fsync_library(folder: Path) -> Path:
    """Compiled with the machine's C compiler."""
    out = folder / "slow_fsync.so"
    source = Path(__file__).with_name("slow_fsync.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", out, source, "-ldl"], check=True)
    return out


def cpu_s(pid: int) -> float:
    """Processor seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int, what: str = "VmRSS") -> float:
    """A line of /proc/<pid>/status, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) / 1024


def as_installed(environment: Mapping[str, str]) -> dict[str, str]:
    """An installed program has its bytecode beside it; with a developer's setting each start compiles."""
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


class BenchOffice:
    """`fsync_ms` is added to every fsync of the server and the echo services."""

    def __init__(self, folder: Path, fsync_ms: int = 0, office: str | None = None) -> None:
        self.dir = OfficeDir(folder)
        self.dir.prepare()
        self.office_file = folder / "office.toml"
        self.office_file.write_text(office or office_text(), "utf-8")
        config = load_office(self.office_file)
        self.config, self.topics = config, Topics(config.id)
        self.port, self.http = free_port(), free_port()
        accounts = self.dir.device_accounts(config, secret)
        self.accounts = {a.user: a.password for a in accounts}
        echo = BrokerAccount("echo", Role.SERVER, secret())
        self.accounts["echo"] = echo.password
        self.broker = EmbeddedBroker(
            self.dir.broker, Listen("127.0.0.1", self.port), config.id,
            [*(broker_account(a) for a in accounts), echo],
        )  # fmt: skip
        self._environment = as_installed(os.environ)
        if fsync_ms:
            library = slow_fsync_library(folder)
            self._environment |= {"LD_PRELOAD": str(library), "SLOW_FSYNC_MS": str(fsync_ms)}
        self.processes: list[subprocess.Popen[str]] = []

    def start_broker(self) -> None:
        self.broker.start()

    def start_server(self, within_s: float = 30.0) -> subprocess.Popen[str]:
        """Returns once /healthz says that everything answers."""
        log = (self.dir.logs / "server.log").open("w")
        server = subprocess.Popen(
            [sys.executable, "-m", "queue_server.cli", "server", "--dir", str(self.dir.root),
             "--http", f"127.0.0.1:{self.http}", "--mqtt", f"127.0.0.1:{self.port}"],
            env=self._environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, text=True,
        )  # fmt: skip
        self.processes.append(server)
        pause = threading.Event()
        until = perf_counter() + within_s
        while perf_counter() < until:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.http}/healthz") as answer:
                if answer.status == 200:
                    return server
            assert server.poll() is None, (self.dir.logs / "server.log").read_text()[-2000:]
            pause.wait(0.01)
        tail = (self.dir.logs / "server.log").read_text()[-2000:]
        raise AssertionError(f"the server was not ready within {within_s:g} s: {tail}")

    def start_echo(self, kind: str) -> None:
        echo = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.echo", kind],
            env=self._environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert echo.stdin and echo.stdout
        plan = {"dir": str(self.dir.root), "port": self.port, "user": "echo",
                "password": self.accounts["echo"], "root": self.topics.root}  # fmt: skip
        echo.stdin.write(json.dumps(plan) + "\n")
        echo.stdin.flush()
        assert echo.stdout.readline() == "ready\n"
        self.processes.append(echo)

    def settle(self) -> None:
        """Wait until the server does next to nothing (snapshots, states of the last run), 10 s at most, so
        that what is measured next is not measured beside it."""
        pause = threading.Event()
        for _ in range(50):
            before = [cpu_s(process.pid) for process in self.processes]
            pause.wait(0.2)
            if all(cpu_s(p.pid) - b < 0.02 for p, b in zip(self.processes, before, strict=True)):
                return

    def load(
        self,
        verb: str,
        clients: int,
        seconds: float,
        run: str,
        body: dict[str, Any],
        requests: int | None = None,
    ) -> dict[str, Any]:
        """One run of the load process: for `seconds`, or `requests` of every client."""
        users = [f"load-{n}" for n in range(clients)]
        topic = f"device/{{user}}/{verb}" if verb.startswith("echo") else f"request/{{user}}/{verb}"
        plan = {"port": self.port, "root": self.topics.root, "topic": topic, "body": body, "run": run,
                "accounts": [(u, self.accounts[u]) for u in users], "seconds": seconds,
                "warm_up": 20 if requests is None else 0, "requests": requests}  # fmt: skip
        ran = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.load"],
            input=json.dumps(plan), capture_output=True, text=True, cwd=ROOT, check=True, timeout=120,
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(ran.stdout)
        return answer

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            if process.stdin:
                process.stdin.close()
            process.wait(10)
            if process.stdout:
                process.stdout.close()
        self.broker.stop()


@contextmanager
def bench_office(folder: Path, fsync_ms: int = 0, office: str | None = None) -> Iterator[BenchOffice]:
    made = BenchOffice(folder, fsync_ms, office)
    try:
        made.start_broker()
        made.start_server()
        yield made
    finally:
        made.stop()
