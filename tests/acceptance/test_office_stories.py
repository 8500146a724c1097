"""Stories of an office whose programs are killed, raced, restarted and kept past midnight."""

import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.broker.listen import Listen
from queue_server.broker.mosquitto import SALT_BYTES, mosquitto_files, write
from queue_server.clock import secret
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.up.accounts import broker_account
from tests.acceptance.office_process import (
    Asking,
    OfficeProcess,
    free_port,
    journal,
    office_file,
    running_office,
    running_server,
    until,
    verified,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    with running_office(tmp_path_factory.mktemp("stories")) as made:
        yield made


def test_two_clerks_pressing_next_at_once_never_get_the_same_citizen(office: OfficeProcess) -> None:
    with closing(Asking(office)) as one, closing(Asking(office)) as two:
        one.open_counter("q2", "lan")
        two.open_counter("q3", "minh")
        issued = [one("issue", services=["chung-thuc"])["issued"]["ticket"]["number"] for _ in range(40)]
        called: list[str] = []
        together = threading.Barrier(2)

        def clerk(asking: Asking, counter: str) -> list[str]:
            mine = []
            for _ in range(20):
                together.wait()
                mine.append(asking("call-next", counter=counter)["acted"]["ticket"]["number"])
                asking("start", counter=counter)
                asking("end", counter=counter)
            return mine

        with ThreadPoolExecutor(2) as clerks:
            for future in [clerks.submit(clerk, one, "q2"), clerks.submit(clerk, two, "q3")]:
                called += future.result()
        assert sorted(called) == sorted(issued)
    assert verified(office)


def test_kill_9_of_the_server_loses_nothing_and_numbers_nobody_twice(office: OfficeProcess) -> None:
    acknowledged: list[str] = []
    stop = threading.Event()

    def kiosk() -> None:
        with closing(Asking(office)) as asking:
            while not stop.is_set():
                reply = asking("issue", services=["chung-thuc"])
                if reply["ok"]:
                    acknowledged.append(reply["issued"]["ticket"]["number"])

    citizens = threading.Thread(target=kiosk)
    citizens.start()
    try:
        for _ in range(3):
            before = len(acknowledged)
            until(lambda seen=before: len(acknowledged) > seen + 20, "tickets are issued")  # type: ignore[misc]
            office.kill_server()
            until(office.healthy, "the server is back")
        before = len(acknowledged)
        until(lambda: len(acknowledged) > before + 5, "tickets are issued after the last kill")
    finally:
        stop.set()
        citizens.join(40)
    assert len(set(acknowledged)) == len(acknowledged)
    written = [e["data"]["number"] for e in journal(office) if e["type"] == "ticket.issued"]
    assert set(acknowledged) <= set(written)
    assert len(set(written)) == len(written)
    boots = [e for e in journal(office) if e["type"] == "engine.started"]
    assert len(boots) == 4
    assert verified(office)


MIDNIGHT = datetime(2026, 11, 20, 17, tzinfo=UTC)
"""In Hanoi; the programs live then, not the machine."""


def test_the_day_turns_at_the_offices_own_midnight(tmp_path: Path) -> None:
    """On a busy machine an office may not be open in time: then it starts longer before."""
    assert any(lives_through_midnight(tmp_path / str(ahead_s), ahead_s) for ahead_s in (14, 60, 180))


def lives_through_midnight(folder: Path, ahead_s: int) -> bool:
    """False when it was midnight already as the first ticket was issued."""
    folder.mkdir()
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    began = MIDNIGHT - timedelta(seconds=ahead_s)
    fake = {"LD_PRELOAD": str(library), "FAKETIME": f"@{began:%Y-%m-%d %H:%M:%S}", "TZ": "UTC"}
    fake |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"}
    with running_server(folder, fake) as office, closing(Asking(office)) as asking:
        first = asking("issue", services=["chung-thuc"])["issued"]["ticket"]
        asking.open_counter("q2", "lan")
        if [e["data"]["day"] for e in days_opened(office)] != ["2026-11-20"]:
            return False
        assert first["number"] == "A001"
        until(lambda: len(days_opened(office)) > 1, "a new day", every_s=0.5)
        assert [e["data"]["day"] for e in days_opened(office)] == ["2026-11-20", "2026-11-21"]
        again = asking("issue", services=["chung-thuc"])["issued"]["ticket"]
        assert again["number"] == "A001" and again["ticket"] != first["ticket"]
        events = journal(office)
        left = [e for e in events if e["type"] == "ticket.abandoned"]
        assert [e["data"]["ticket"] for e in left] == [first["ticket"]]
        turned = datetime.fromisoformat(days_opened(office)[1]["at"])
        assert MIDNIGHT <= turned < MIDNIGHT + timedelta(minutes=1)
        assert any(e["type"] == "counter.signed_off" for e in events)
        assert verified(office)
    return True


def days_opened(office: OfficeProcess) -> list[dict[str, Any]]:
    return [event for event in journal(office) if event["type"] == "day.opened"]


def test_a_server_told_to_stop_leaves_in_order(tmp_path: Path) -> None:
    with running_server(tmp_path, {}) as office, closing(Asking(office)) as asking:
        said: list[str] = []
        asking.hear(lambda received: said.append(received.payload.decode()))
        until(lambda: any('"state":"ready"' in one for one in said), "the server is heard")
        assert asking("issue", services=["chung-thuc"])["ok"]
        office.process.terminate()
        assert office.process.wait(30) == 0
        until(lambda: any('"state":"lost"' in one for one in said), "the server says goodbye")
        assert not (office.dir / "running.json").exists()
        assert not (office.dir / "office.db-wal").exists()


def test_mosquitto_restarted_in_the_middle_of_the_day(tmp_path: Path) -> None:
    port = free_port()
    broker_url = f'broker_url = "mqtt://127.0.0.1:{port}"'
    path = office_file(tmp_path, **{'broker_url = ""': broker_url})
    with Mosquitto(tmp_path, path, port) as broker, running_office(tmp_path, path) as office:
        with closing(Asking(office)) as asking:
            asking.open_counter("q2", "lan")
            assert asking("issue", services=["chung-thuc"])["ok"]
            broker.kill()
            until(lambda: not office.healthy(), "health says that the broker is away")
            broker.start()
            until(office.healthy, "the server is on the new broker")
            assert asking("issue", services=["chung-thuc"])["issued"]["ticket"]["number"] == "A002"
            assert asking("call-next", counter="q2")["acted"]["ticket"]["number"] == "A001"
        assert verified(office)


class Mosquitto:
    """Debian's mosquitto with the configuration that motcua writes for it."""

    def __init__(self, folder: Path, office: Path, port: int) -> None:
        directory = OfficeDir(folder / "office")
        directory.prepare()
        config = load_office(office)
        accounts = [broker_account(a) for a in directory.device_accounts(config, secret)]
        where = folder / "mosquitto"
        listen = Listen("127.0.0.1", port)
        files = mosquitto_files(
            where, listen, config.id, accounts, lambda: os.urandom(SALT_BYTES), run_as="root"
        )
        self._config, self._port = write(files, where), port
        self._program = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin") or "mosquitto"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._program, "-c", str(self._config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

        def answers() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self._port)) == 0

        until(answers, "mosquitto listens")

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def __enter__(self) -> "Mosquitto":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
