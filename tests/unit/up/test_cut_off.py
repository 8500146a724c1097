"""Whom the server asks to shut out stays out for its time, and comes in again by itself."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from assets.files import office_path
from queue_server.broker.accounts import BrokerAccount
from queue_server.broker.errors import BrokerWontReload
from queue_server.link.ports import Address
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.up import accounts as watched
from queue_server.up.accounts import AGAIN_AFTER_S, AccountWatch
from queue_server.up.cut_off import SHUT_OUT_S, CutOff


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Broker:
    """Who is let in as of the last reload."""

    def __init__(self) -> None:
        self.reloads: list[set[str]] = []
        self.refuses = False

    def reload(self, accounts: Iterable[BrokerAccount], timeout: timedelta = timedelta()) -> None:
        if self.refuses:
            raise BrokerWontReload("not now", Path("nats.log"))
        self.reloads.append({account.user for account in accounts})


def office_dir(tmp_path: Path) -> OfficeDir:
    made = OfficeDir(tmp_path / "office")
    made.prepare()
    return made


def test_a_wish_is_taken_once_and_ends_by_itself(tmp_path: Path) -> None:
    office, clock = office_dir(tmp_path), Clock()
    cut_off = CutOff(office.cut_off_folder, clock)
    assert not cut_off.look()
    office.ask_to_cut_off("kiosk-1")
    assert cut_off.look() and cut_off.users == {"kiosk-1"}
    assert not cut_off.look()
    clock.now += SHUT_OUT_S - 1
    assert not cut_off.look() and cut_off.users == {"kiosk-1"}
    clock.now += 2
    assert cut_off.look() and cut_off.users == frozenset()


def test_who_floods_again_stays_out_longer(tmp_path: Path) -> None:
    office, clock = office_dir(tmp_path), Clock()
    cut_off = CutOff(office.cut_off_folder, clock)
    office.ask_to_cut_off("kiosk-1")
    cut_off.look()
    clock.now += SHUT_OUT_S - 1
    office.ask_to_cut_off("kiosk-1")
    assert not cut_off.look()
    clock.now += 2
    assert not cut_off.look() and cut_off.users == {"kiosk-1"}


def test_a_wish_from_before_the_start_is_forgotten(tmp_path: Path) -> None:
    office = office_dir(tmp_path)
    office.ask_to_cut_off("kiosk-1")
    cut_off = CutOff(office.cut_off_folder, Clock())
    assert not cut_off.look() and cut_off.users == frozenset()


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[AccountWatch, OfficeDir, Clock]:
    clock = Clock()
    monkeypatch.setattr(watched, "CutOff", lambda folder: CutOff(folder, clock))
    config = load_office(office_path("commune"))
    office, numbers = office_dir(tmp_path), iter(range(10_000, 20_000))
    accounts = office.device_accounts(config, lambda: f"a-password-of-{next(numbers):010}")
    return AccountWatch(office, config, Address("127.0.0.1", 1), accounts), office, clock


def test_the_broker_loses_the_flooder_and_gets_it_back(
    watch: tuple[AccountWatch, OfficeDir, Clock],
) -> None:
    (look, office, clock), broker, said = watch, Broker(), list[str]()
    office.ask_to_cut_off("kiosk-1")
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    clock.now += SHUT_OUT_S + 1
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    everybody = {a.user for a in office.written_accounts()}
    assert broker.reloads == [everybody - {"kiosk-1"}, everybody]
    assert said == ["kiosk-1 floods the broker: it is shut out for 60 seconds."]


def test_a_broker_that_does_not_listen_is_told_the_next_time(
    watch: tuple[AccountWatch, OfficeDir, Clock],
) -> None:
    (look, office, _), broker, said = watch, Broker(), list[str]()
    office.ask_to_cut_off("kiosk-1")
    broker.refuses = True
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    broker.refuses = False
    office.ask_to_cut_off("kiosk-2")
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    assert {"kiosk-1", "kiosk-2"}.isdisjoint(broker.reloads[0])
    assert "not now" in said[0]


def test_a_broker_that_was_away_is_told_again_by_itself_and_says_so_once(
    watch: tuple[AccountWatch, OfficeDir, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    (look, office, _), broker, said = watch, Broker(), list[str]()
    later = Clock()
    monkeypatch.setattr(watched, "monotonic", later)
    office.revoke("kiosk-1", lambda: "a-password-of-9999999999")
    broker.refuses = True
    for _ in range(3):
        look.look(broker, (), said.append)  # type: ignore[arg-type]
        later.now += AGAIN_AFTER_S
    assert len(said) == 1 and "not now" in said[0]
    broker.refuses = False
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    assert "kiosk-1" not in broker.reloads[0] and "kiosk-1" in said[1]
    later.now += AGAIN_AFTER_S
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    assert len(broker.reloads) == 1


@pytest.mark.parametrize(
    "written",
    ["{", "[1]", '[{"user": "kiosk-1"}]', '[{"user": "k", "kind": "x", "password": "y", "devices": []}]'],
)
def test_a_file_of_accounts_with_a_slip_of_the_pen_leaves_the_office_open(
    watch: tuple[AccountWatch, OfficeDir, Clock], written: str
) -> None:
    (look, office, _), broker, said = watch, Broker(), list[str]()
    office.accounts_file.write_text(written)
    look.look(broker, (), said.append)  # type: ignore[arg-type]
    assert broker.reloads == [] and "stay as they were" in said[0]
