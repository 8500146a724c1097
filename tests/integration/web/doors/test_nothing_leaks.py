"""What the pages log and how they refuse: nothing forged, nothing personal, nothing told by time or words."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog
from argon2 import PasswordHasher

from queue_server import logs
from queue_server.clock import new_id, random_below, secret
from queue_server.domain.commands import Role
from queue_server.people.ports import BadSignIn
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.passwords import Hasher
from tests.integration.web.doors.whole_office import NAMES, PASSWORD, WholeOffice

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
FORGED = '{"event": "forged", "level": "info"}'


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What `motcua server` would write on standard error."""
    out = io.StringIO()
    structlog.configure(
        processors=logs.PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    yield out
    structlog.reset_defaults()


def test_nobody_writes_a_line_of_his_own_into_the_log(doors: WholeOffice, logged: io.StringIO) -> None:
    client = doors.client()
    client.get(f"/t/x%0a{FORGED}?q=%0a{FORGED}", headers={"user-agent": f"x {FORGED}", "referer": FORGED})
    client.get(f"/{FORGED}%0d%0a{FORGED}")
    client.post("/sign-in", data={"login": f"lan\n{FORGED}", "password": f"\n{FORGED}"})
    lines = [line for line in logged.getvalue().splitlines() if line]
    assert lines
    for line in lines:
        assert json.loads(line)["event"] != "forged"


def test_the_log_knows_neither_password_nor_session_nor_name(doors: WholeOffice, logged: io.StringIO) -> None:
    client = doors.client(html=True)
    entered = client.post("/sign-in", data={"login": "officer-1", "password": PASSWORD})
    assert entered.status_code == 303
    session = entered.cookies["motcua"]
    client.get("/counter")
    client.get(f"/t/{'k' * 22}")
    client.post("/sign-in", data={"login": "079123456789", "password": "Trần Thị Lan 0901234567"})
    assert '"route"' in logged.getvalue()
    unsaid = (session, PASSWORD, "k" * 22, NAMES[Role.OFFICER], "079123456789", "0901234567", "officer-1")
    assert [one for one in unsaid if one in logged.getvalue()] == []


class CountingHasher(Hasher):
    """Argon2 that notes what it was asked to compare."""

    def __init__(self) -> None:
        super().__init__(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.compared: list[str | None] = []

    def verify(self, hash_: str | None, password: str) -> bool:
        self.compared.append(hash_)
        return super().verify(hash_, password)


def test_a_refused_sign_in_is_the_same_work_whoever_is_asked_for(
    doors: WholeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = CountingHasher()
    accounts = SqlAccounts(
        doors.server.database,
        doors.server.keys,
        new_id=new_id,
        secret=secret,
        below=random_below,
        hasher=hasher,
    )
    gone = accounts.create("da-nghi", "Lê Văn Nghỉ", Role.OFFICER, PASSWORD, NOW, must_change=False)
    accounts.update(gone.id, disabled=True)
    argon2 = hasher._argon2
    work: list[str] = []
    real = type(argon2).verify

    def noted(self: PasswordHasher, hash_: str, password: str) -> bool:
        work.append(hash_[: hash_.rindex("$")].rsplit("$", 1)[0])
        return bool(real(self, hash_, password))

    monkeypatch.setattr(type(argon2), "verify", noted)
    said = set()
    for login, password in (("greeter-1", "sai"), ("khong-co-ai", PASSWORD), ("da-nghi", PASSWORD)):
        with pytest.raises(BadSignIn) as refused:
            accounts.sign_in(login, password, "198.51.100.9", NOW)
        said.add(str(refused.value))
    assert len(hasher.compared) == 3 and hasher.compared[1] is None
    assert len(work) == 3 and len(set(work)) == 1, "one hash each, with the same cost"
    assert len(said) == 1


def test_the_devices_page_says_whether_a_time_server_keeps_the_clock(doors: WholeOffice) -> None:
    client = doors.client(Role.SUPERVISOR, html=True)
    assert "Đồng hồ máy chủ:" in client.get("/admin/devices").text
