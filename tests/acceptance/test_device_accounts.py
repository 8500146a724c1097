"""A lost device is shut out and a password changed while the office runs, and nobody else notices."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, Credentials, LinkState
from queue_server.office_dir import OfficeDir
from tests.acceptance.office_process import ROOT, Asking, OfficeProcess, running_office, until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    with running_office(tmp_path_factory.mktemp("accounts")) as made:
        yield made


def broker(office: OfficeProcess, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "queue_server.cli", "broker", *words, "--dir", str(office.dir)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def kiosk(office: OfficeProcess, password: str) -> PahoLink:
    link = PahoLink(Address("127.0.0.1", office.mqtt), "lost-kiosk", Credentials("kiosk-1", password))
    link.start()
    return link


def password_of(office: OfficeProcess, user: str) -> str:
    written = OfficeDir(office.dir).written_accounts()
    return next(a.password for a in written if a.user == user)


def connected(link: PahoLink) -> bool:
    """Whether the broker still takes this client."""
    return link.state is LinkState.ONLINE


def test_a_revoked_kiosk_is_cut_off_at_once_and_let_in_again_with_a_new_password(
    office: OfficeProcess,
) -> None:
    with closing(Asking(office)) as asking:
        old = password_of(office, "kiosk-1")
        thief = kiosk(office, old)
        try:
            until(lambda: connected(thief), "the kiosk is connected")
            said = broker(office, "revoke", "kiosk-1")
            assert said.returncode == 0 and old not in said.stdout
            until(lambda: not connected(thief), "the revoked kiosk is cut off")
            assert asking("issue", services=["chung-thuc"])["ok"]
            assert "kiosk-1                  kiosk      revoked" in broker(office, "accounts").stdout
            assert broker(office, "rotate", "kiosk-1").returncode == 1
            assert broker(office, "allow", "kiosk-1").returncode == 0
            new = password_of(office, "kiosk-1")
            assert new != old
            found = kiosk(office, new)
            until(lambda: connected(found), "the found kiosk is back")
            assert not connected(thief)
            found.stop()
        finally:
            thief.stop()


def test_a_kiosk_that_floods_the_broker_is_shut_out_and_the_next_citizen_has_a_number(
    office: OfficeProcess,
) -> None:
    with closing(Asking(office)) as asking:
        link = kiosk(office, password_of(office, "kiosk-1"))
        try:
            until(lambda: connected(link), "the kiosk is connected")
            topic = f"{asking.topics.root}/request/kiosk-1/issue"

            def flooded() -> bool:
                for _ in range(3_000):
                    link.publish(topic, b"\xff{", qos=0)
                return not connected(link)

            until(flooded, "the flooding kiosk is cut off")
            assert asking("issue", services=["chung-thuc"])["ok"]
            assert "kiosk-1 floods the broker" in office.log_path.read_text()
        finally:
            link.stop()


def test_the_servers_own_password_changes_under_way(office: OfficeProcess) -> None:
    assert broker(office, "revoke", "server").returncode == 1
    old = password_of(office, "server")
    assert broker(office, "rotate", "server").returncode == 0
    assert broker(office, "rotate", "agent").returncode == 0
    new = password_of(office, "agent")
    told = office.dir / "agents" / "agent" / "agent.json"
    until(lambda: json.loads(told.read_text())["broker"]["password"] == new, "the agent is told")
    until(lambda: re.search("in force: .*server", office.log_path.read_text()), "the server is told")
    until(office.healthy, "the server is back")
    intruder = PahoLink(Address("127.0.0.1", office.mqtt), "intruder", Credentials("server", old))
    intruder.start()
    with closing(Asking(office)) as asking:
        assert asking("issue", services=["chung-thuc"])["ok"]
    assert intruder.state is not LinkState.ONLINE
    intruder.stop()
    assert broker(office, "rotate", "nobody").returncode == 1
