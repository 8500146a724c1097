"""The embedded broker as a process: starting, being in the way, ending, and listening with TLS."""

import datetime
import os
import signal
import socket
import ssl
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from queue_server.broker.accounts import AccountTwice
from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.errors import BrokerWontReload, BrokerWontStart, PortInUse
from queue_server.broker.listen import Listen, Tls
from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, Credentials, LinkState
from queue_server.link.requests import Requester
from tests.integration.link.link_offices import ACCOUNTS, ROOT, Inbox, free_port

pytestmark = pytest.mark.slow


def test_a_port_in_use_is_said_in_one_sentence(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        broker = EmbeddedBroker(tmp_path / "b", Listen("127.0.0.1", port), "ward-7", ACCOUNTS)
        with pytest.raises(PortInUse, match=f"Port {port} on 127.0.0.1 is already in use: stop the program"):
            broker.start()
    assert broker.pid is None
    assert not broker.alive()


def test_its_secrets_are_for_its_owner_only(nats, tmp_path):
    assert (tmp_path / "broker" / "nats.conf").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "broker").stat().st_mode & 0o777 == 0o700


def test_nothing_but_loopback_is_open_and_the_nats_port_takes_no_account(nats):
    assert nats.broker.pid is not None
    listening = [c.laddr for c in psutil.Process(nats.broker.pid).net_connections() if c.status == "LISTEN"]
    assert {address.ip for address in listening} == {"127.0.0.1"}
    (plain,) = (address.port for address in listening if address.port != nats.listen.port)
    with socket.create_connection(("127.0.0.1", plain), 5) as line:
        stream = line.makefile("rwb")
        assert stream.readline().startswith(b"INFO")
        stream.write(
            b'CONNECT {"user":"server","pass":"token-of-server-0123456789","verbose":false}\r\nPING\r\n'
        )
        stream.flush()
        assert b"Authorization Violation" in stream.readline()


def test_after_stop_no_process_is_left_and_a_second_stop_does_no_harm(nats):
    pid = nats.broker.pid
    assert nats.broker.alive()
    nats.broker.stop()
    nats.broker.stop()
    assert not nats.broker.alive()
    assert not psutil.pid_exists(pid)


def test_a_broker_left_by_a_killed_program_is_ended_by_the_next_start(nats, tmp_path):
    left = nats.broker.pid
    successor = EmbeddedBroker(tmp_path / "broker", nats.listen, "ward-7", ACCOUNTS)
    successor.start()
    try:
        assert successor.alive()
        assert successor.pid != left
    finally:
        successor.stop()


def test_a_broker_killed_outright_is_noticed_and_starts_again_with_its_retained_state(nats, joined):
    server = nats.link("server")
    box = joined(server)
    server.publish(f"{ROOT}/grant/kiosk-1", b"A901-A949", retain=True)
    assert joined(nats.link("kiosk-1"), "grant/kiosk-1").wait_for(f"{ROOT}/grant/kiosk-1")
    os.kill(nats.broker.pid, signal.SIGKILL)
    box.wait_state(LinkState.OFFLINE)
    assert not nats.broker.alive()
    nats.broker.start()
    late = joined(nats.link("kiosk-1"), "grant/kiosk-1")
    assert late.wait_for(f"{ROOT}/grant/kiosk-1").payload == b"A901-A949"


def test_a_reload_that_is_wrong_changes_nothing(nats, joined):
    with pytest.raises(AccountTwice):
        nats.broker.reload((*ACCOUNTS, ACCOUNTS[1]))
    joined(nats.link("kiosk-1"))
    nats.broker.stop()
    with pytest.raises(BrokerWontReload, match="it does not run"):
        nats.broker.reload(ACCOUNTS)


def test_a_store_that_cannot_be_written_is_said(tmp_path):
    directory = tmp_path / "b"
    directory.mkdir()
    (directory / "store").write_text("a file where the store should be")
    broker = EmbeddedBroker(directory, Listen("127.0.0.1", free_port()), "ward-7", ACCOUNTS)
    with pytest.raises(BrokerWontStart, match=r"The broker does not start: .*store.*nats\.log"):
        broker.start()


def certificate(directory: Path) -> Tls:
    """A self-signed one for 127.0.0.1."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "office")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    tls = Tls(directory / "cert.pem", directory / "key.pem")
    tls.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    tls.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return tls


def test_with_tls_a_link_that_trusts_the_certificate_enters_and_one_that_does_not_stays_out(tmp_path):
    tls = certificate(tmp_path)
    broker = EmbeddedBroker(tmp_path / "b", Listen("127.0.0.1", free_port(), tls), "ward-7", ACCOUNTS)
    broker.start()
    credentials = Credentials("kiosk-1", ACCOUNTS[1].password)
    trusting = PahoLink(Address("127.0.0.1", broker.listen.port, tls.certificate), "kiosk-1-a", credentials)
    wary = PahoLink(
        Address("127.0.0.1", broker.listen.port, Path(ssl.get_default_verify_paths().openssl_cafile)),
        "kiosk-1-b",
        credentials,
    )
    plain = PahoLink(Address("127.0.0.1", broker.listen.port), "kiosk-1-c", credentials)
    boxes = {link: Inbox() for link in (trusting, wary, plain)}
    try:
        for link, box in boxes.items():
            link.on_state(box.became)
            link.start()
        boxes[trusting].wait_state(LinkState.ONLINE)
        boxes[wary].wait_state(LinkState.OFFLINE)
        boxes[plain].wait_state(LinkState.OFFLINE)
        assert LinkState.ONLINE not in boxes[wary].states + boxes[plain].states
    finally:
        for link in boxes:
            link.stop()
        broker.stop()


def test_a_broker_that_hangs_is_noticed_by_silence_and_taken_again_when_it_wakes(nats):
    link = PahoLink(
        Address("127.0.0.1", nats.listen.port),
        "kiosk-1-a",
        Credentials("kiosk-1", ACCOUNTS[1].password),
        keepalive=timedelta(seconds=1),
    )
    box = Inbox()
    link.on_state(box.became)
    link.start()
    box.wait_state(LinkState.ONLINE)
    os.kill(nats.broker.pid, signal.SIGSTOP)
    try:
        box.wait_state(LinkState.OFFLINE)
        assert not nats.broker.alive()
    finally:
        os.kill(nats.broker.pid, signal.SIGCONT)
    box.wait_state(LinkState.ONLINE, 2)
    link.stop()


def test_what_paho_raises_ends_one_connection_and_not_the_link(nats, joined, monkeypatch):
    import paho.mqtt.client as mqtt

    link = nats.link("server")
    box = joined(link, "request/#")
    real, broken = mqtt.Client.loop_read, [True]

    def loop_read(self: mqtt.Client, max_packets: int = 1) -> mqtt.MQTTErrorCode:
        if broken and broken.pop():
            raise RuntimeError("paho's own mistake")
        return real(self, max_packets)

    monkeypatch.setattr(mqtt.Client, "loop_read", loop_read)
    link.publish(f"{ROOT}/request/x/y", b"this wakes the loop")
    box.wait_state(LinkState.ONLINE, 2)
    link.publish(f"{ROOT}/request/x/y", b"and it still works")
    box.wait_for(f"{ROOT}/request/x/y", b"and it still works")


def test_no_round_trip_waits_for_a_fuller_packet(nats, joined, capsys):
    """40 ms is what a missing TCP_NODELAY costs each one; the printed figure is the one to watch."""
    server, kiosk = nats.link("server"), nats.link("kiosk-1")
    server.subscribe(f"{ROOT}/request/#", lambda m: server.publish(f"{ROOT}/reply/kiosk-1", m.payload), qos=0)
    joined(server)
    requester = Requester(kiosk, f"{ROOT}/reply/kiosk-1", lambda payload: payload.decode())
    joined(kiosk)
    took = []
    for number in range(300):
        began = perf_counter()
        requester.ask(f"{ROOT}/request/kiosk-1/echo", b"%d" % number, str(number), timedelta(seconds=30))
        took.append(perf_counter() - began)
    with capsys.disabled():
        print(f"\nrequest to reply over the embedded broker: p50 {median(took) * 1000:.2f} ms")
    assert min(took) < 0.02
