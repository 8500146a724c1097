"""A whole office as real processes: `motcua up` on free ports, and an operator to ask it things."""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.listen import Listen
from queue_server.clock import new_id, secret
from queue_server.commands.shared import Operator
from queue_server.contract.topics import Topics
from queue_server.link.ports import Received
from queue_server.link.requests import NoReply
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.export import export_journal
from queue_server.storage.keys import PUBLIC_FILE
from queue_server.storage.verify import verify
from queue_server.up.accounts import broker_account
from tests.fakes.ports import free_port

ROOT = Path(__file__).parents[2]
COMMUNE = ROOT / "assets" / "offices" / "commune.toml"
DEADLINE_S = 120.0


def until(true: Callable[[], Any], what: str, within_s: float = DEADLINE_S, every_s: float = 0.05) -> Any:
    """What `true` returns once it is truthy; fails with `what` when it never is."""
    pause, end = threading.Event(), monotonic() + within_s
    while monotonic() < end:
        found = true()
        if found:
            return found
        pause.wait(every_s)
    raise AssertionError(f"not within {within_s:g} s: {what}")


def office_file(folder: Path, **replacements: str) -> Path:
    """The sample commune, open at any hour, with texts replaced."""
    text = COMMUNE.read_text("utf-8").replace("[hours]\n", "[hours]\nalways_open = true\n", 1)
    for old, new in replacements.items():
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "office-under-test.toml"
    path.write_text(text, "utf-8")
    return path


class OfficeProcess:
    """`motcua up` in `folder`; `stop` proves that nothing is left running."""

    def __init__(
        self,
        folder: Path,
        office: Path,
        *arguments: str,
        environment: dict[str, str] | None = None,
        http: int = 0,
    ) -> None:
        self.dir = folder / "office"
        self.http, self.mqtt = http or free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.http}"
        self.log = (folder / "up.log").open("w")
        self.log_path = folder / "up.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "queue_server.cli", "up", "--dir", str(self.dir), "--office", str(office),
             "--http", f"127.0.0.1:{self.http}", "--mqtt", f"127.0.0.1:{self.mqtt}", *arguments],
            cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip

    def wait_open(self) -> None:
        def opened() -> bool:
            assert self.process.poll() is None, self.log_path.read_text() + self.logs()
            return self.says_it_is_open()

        until(opened, f"the office is open: {self.log_path.read_text()}")

    def says_it_is_open(self) -> bool:
        return "is open" in self.log_path.read_text()

    def healthy(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"{self.base}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
        return False

    def logs(self) -> str:
        return "\n".join(
            f"== {p.name}\n{p.read_text(errors='replace')[-3000:]}" for p in self.dir.glob("logs/*.log")
        )

    def pids(self, marker: str = "") -> list[int]:
        """The live processes of this office (those that name its directory), by a part of their command."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if str(self.dir) in command and marker in command and int(entry.name) != os.getpid():
                    found.append(int(entry.name))
        return found

    def kill_server(self) -> None:
        """kill -9 of the queue server alone; the supervisor starts it again."""
        for pid in self.pids(" server "):
            os.kill(pid, signal.SIGKILL)

    def stop(self) -> float:
        """SIGTERM to the supervisor; seconds until it was gone. No process may be left."""
        began = monotonic()
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        took = monotonic() - began
        self.log.close()
        assert not self.pids(), f"left running: {self.pids()}"
        return took


@contextmanager
def running_office(folder: Path, office: Path | None = None, *arguments: str) -> Iterator[OfficeProcess]:
    """An open office; stopped at the end whatever happened."""
    made = OfficeProcess(folder, office or office_file(folder), *(arguments or ("--headless",)))
    try:
        made.wait_open()
        yield made
    finally:
        made.stop()


class ServerAlone(OfficeProcess):
    """Broker and queue server without a supervisor, so that `environment` reaches the server only."""

    def __init__(self, folder: Path, office: Path, environment: dict[str, str]) -> None:
        self.dir = folder / "office"
        directory = OfficeDir(self.dir)
        directory.prepare()
        config = load_office(office)
        accounts = [broker_account(a) for a in directory.device_accounts(config, secret)]
        self.http, self.mqtt = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.http}"
        self._broker = EmbeddedBroker(directory.broker, Listen("127.0.0.1", self.mqtt), config.id, accounts)
        self._broker.start()
        self.log_path = folder / "server.log"
        self.log = self.log_path.open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "queue_server.cli", "server",
             "--dir", str(self.dir), "--office", str(office),
             "--http", f"127.0.0.1:{self.http}", "--mqtt", f"127.0.0.1:{self.mqtt}"],
            cwd=ROOT, env={**os.environ, **environment},
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def says_it_is_open(self) -> bool:
        return (self.dir / "running.json").exists() and self.healthy()

    def stop(self) -> float:
        self._broker.stop()
        return super().stop()


@contextmanager
def running_server(
    folder: Path, environment: dict[str, str], office: Path | None = None
) -> Iterator[ServerAlone]:
    """An open office of two programs."""
    made = ServerAlone(folder, office or office_file(folder), environment)
    try:
        made.wait_open()
        yield made
    finally:
        made.stop()


class Asking:
    """An operator that counts on the office's reply, asking again under the same id."""

    def __init__(self, office: OfficeProcess) -> None:
        self._operator = Operator(office.dir)
        self._operator.link.start()

    def __call__(self, verb: str, **fields: Any) -> dict[str, Any]:
        return self._operator.ask(verb, fields, timedelta(seconds=30))

    @property
    def topics(self) -> Topics:
        return self._operator.topics

    def within(self, seconds: float, verb: str, **fields: Any) -> dict[str, Any] | None:
        """The reply, None when there was none in time."""
        try:
            return self._operator.ask(verb, {"id": new_id(), **fields}, timedelta(seconds=seconds))
        except NoReply:
            return None

    def open_counter(self, counter: str, officer: str) -> None:
        assert self("sign-on", counter=counter, officer=officer)["ok"]
        assert self("open", counter=counter)["ok"]

    def hear(self, handler: Callable[[Received], None]) -> None:
        """Give `handler` every state and event that a panel or an observer may read."""
        topics = self._operator.topics
        public = (topics.server_state, topics.office_state, topics.all_services, topics.all_counters)
        for filter_ in (*public, topics.all_boards, f"{topics.root}/event/#"):
            self._operator.link.subscribe(filter_, handler)

    def close(self) -> None:
        self._operator.link.stop(timedelta(seconds=0.5))


def journal(office: OfficeProcess) -> list[dict[str, Any]]:
    """Every event, exported while the office runs as the command line does it (the torture runs that)."""
    out = office.dir / "export.jsonl"
    with closing(Database(sqlite_url(office.dir))) as database:
        export_journal(database, out)
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def verified(office: OfficeProcess) -> bool:
    """What `motcua journal verify` finds."""
    public = (office.dir / "secrets" / PUBLIC_FILE).read_text().strip()
    with closing(Database(sqlite_url(office.dir))) as database:
        return verify(database, public) == []
