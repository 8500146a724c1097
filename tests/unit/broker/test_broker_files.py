"""What is written for each broker."""

import json
from pathlib import Path

import pytest

from queue_server.broker.accounts import BrokerAccount, Role
from queue_server.broker.files import write_secret
from queue_server.broker.listen import Listen, ListenNeedsTls, Tls
from queue_server.broker.mosquitto import mosquitto_files, password_hash, write
from queue_server.broker.nats_config import nats_config, subjects

TOKEN = "a-long-random-token-0123"
KIOSK = BrokerAccount("k1", Role.KIOSK, TOKEN)
LOOPBACK = Listen("127.0.0.1", 1883)
TLS = Tls(Path("/c.pem"), Path("/k.pem"))


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("a/b", ["a.b"]),
        ("a/+/c", ["a.*.c"]),
        ("a/#", ["a", "a.>"]),
        ("#", [">"]),
        ("event/ticket.called", ["event.ticket//called"]),
    ],
)
def test_an_mqtt_filter_has_its_nats_subjects(filter, expected):
    assert subjects(filter) == expected


def test_nats_gets_accounts_for_mqtt_only_and_an_observer_who_may_publish_nothing():
    watcher = BrokerAccount("w", Role.OBSERVER, TOKEN)
    config = json.loads(nats_config(Path("/d"), LOOPBACK, "o", [KIOSK, watcher]))
    users = {user["user"]: user for user in config["authorization"]["users"]}
    assert {tuple(user["allowed_connection_types"]) for user in users.values()} == {("MQTT",)}
    assert users["w"]["permissions"]["publish"] == {"deny": [">"]}
    assert config["listen"].startswith("127.0.0.1:")


def test_nats_gets_the_certificate_when_there_is_one():
    config = json.loads(nats_config(Path("/d"), Listen("0.0.0.0", 8883, TLS), "o", [KIOSK]))
    assert config["mqtt"]["tls"] == {"cert_file": "/c.pem", "key_file": "/k.pem"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "kiosk.example"])
def test_nothing_but_loopback_listens_in_the_clear(host):
    with pytest.raises(ListenNeedsTls, match="give a certificate"):
        Listen(host, 1883)
    assert Listen(host, 8883, TLS).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_loopback_may_listen_in_the_clear(host):
    assert Listen(host, 1883).tls is None


def test_a_mosquitto_password_is_not_in_its_files_but_its_hash_is():
    files = mosquitto_files(Path("/d"), LOOPBACK, "o", [KIOSK], lambda: b"twelve bytes")
    assert TOKEN not in files.config + files.passwords + files.acl
    assert files.passwords == f"k1:{password_hash(TOKEN, b'twelve bytes')}\n"
    assert files.passwords.startswith("k1:$7$1000$dHdlbHZlIGJ5dGVz$")


def test_mosquitto_lets_nobody_in_without_an_account_and_writes_small_packets_at_once():
    config = mosquitto_files(Path("/d"), LOOPBACK, "o", [KIOSK], lambda: b"x" * 12).config.splitlines()
    assert {"allow_anonymous false", "set_tcp_nodelay true", "listener 1883 127.0.0.1"} <= set(config)
    assert not any(line.startswith("certfile") for line in config)


def test_mosquitto_gets_the_certificate_when_there_is_one():
    files = mosquitto_files(Path("/d"), Listen("0.0.0.0", 8883, TLS), "o", [KIOSK], lambda: b"x" * 12)
    assert "certfile /c.pem\nkeyfile /k.pem\n" in files.config


def test_all_files_are_for_their_owner_only(tmp_path):
    directory = tmp_path / "mosquitto"
    files = mosquitto_files(directory, LOOPBACK, "o", [KIOSK], lambda: b"x" * 12)
    assert write(files, directory).read_text() == files.config
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o600}
    assert len(list(directory.iterdir())) == 3


def test_a_secret_file_that_was_open_to_others_is_replaced_by_one_that_is_not(tmp_path):
    path = tmp_path / "secret"
    path.write_text("old")
    path.chmod(0o644)
    write_secret(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)
