"""Who may do what, by the contract."""

import pytest

from queue_server.broker.accounts import (
    AccountTwice,
    BrokerAccount,
    Role,
    WeakPassword,
    access,
    access_of,
)
from queue_server.contract.topics import BadLevel

ROOT = "motcua/1/ward-7"
TOKEN = "a-long-random-token-0123"


def of(role: Role, **more: tuple[str, ...]):
    return access_of("ward-7", BrokerAccount("me", role, TOKEN, **more))


def test_the_server_may_do_all_below_its_office_and_nothing_beside_it():
    assert of(Role.SERVER).read == (f"{ROOT}/#",)
    office = ROOT.split("/")[2]
    assert of(Role.SERVER).publish == (f"{ROOT}/#", f"homeassistant/sensor/motcua-{office}/#")


@pytest.mark.parametrize("role", [Role.KIOSK, Role.DISPLAY, Role.KEYPAD, Role.PRINTER_AGENT])
def test_a_device_publishes_only_as_itself(role):
    assert of(role).publish == (f"{ROOT}/request/me/#", f"{ROOT}/device/me/#")


def test_an_agent_also_speaks_for_each_of_its_devices_and_reads_their_jobs():
    right = of(Role.PRINTER_AGENT, devices=("p1", "p2"))
    assert right.publish[2:] == (f"{ROOT}/device/p1/#", f"{ROOT}/device/p2/#")
    assert {f"{ROOT}/printer/{device}/job" for device in ("me", "p1", "p2")} <= set(right.read)


def test_only_a_kiosk_reads_a_grant_and_only_its_own():
    readers = {role for role in Role if any("/grant/" in filter for filter in of(role).read)}
    assert readers == {Role.KIOSK}
    assert f"{ROOT}/grant/me" in of(Role.KIOSK).read


def test_an_observer_publishes_nothing_and_reads_no_reply():
    assert of(Role.OBSERVER).publish == ()
    assert not any("/reply/" in filter for filter in of(Role.OBSERVER).read)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SERVER])
def test_nobody_but_the_server_reads_requests_or_others_devices(role):
    assert not any(
        f"{ROOT}/{private}/" in filter for filter in of(role).read for private in ("request", "device")
    )


def test_zones_narrow_the_boards():
    boards = {filter for filter in of(Role.DISPLAY, zones=("hall",)).read if "/board/" in filter}
    assert boards == {f"{ROOT}/board/hall/state"}
    assert f"{ROOT}/board/+/state" in of(Role.DISPLAY).read


@pytest.mark.parametrize("name", ["", "a b", "a.b", "a/b", "+", "#", "*", ">", "máy", "a" * 65, "a\n", '"'])
def test_a_name_that_some_broker_would_read_otherwise_is_refused(name):
    with pytest.raises(BadLevel):
        BrokerAccount(name, Role.KIOSK, TOKEN)
    with pytest.raises(BadLevel):
        BrokerAccount("agent", Role.PRINTER_AGENT, TOKEN, devices=(name,))


@pytest.mark.parametrize(
    "password", ["", "short", "$2a$" + "x" * 30, "a" * 19, "a" * 201, "with:colon-0123456789", "đ" * 24]
)
def test_a_password_that_is_guessable_or_means_something_to_a_broker_is_refused(password):
    with pytest.raises(WeakPassword):
        BrokerAccount("me", Role.KIOSK, password)


def test_a_password_never_shows():
    assert TOKEN not in repr(BrokerAccount("me", Role.KIOSK, TOKEN))


def test_one_name_is_one_account():
    with pytest.raises(AccountTwice, match="me"):
        access("ward-7", [BrokerAccount("me", Role.KIOSK, TOKEN), BrokerAccount("me", Role.DISPLAY, TOKEN)])
