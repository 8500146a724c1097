"""The socket that paho reads and writes in small pieces and the system in large ones."""

import socket
from collections.abc import Iterator

import pytest

from queue_server.link.pieces import LargePieces


@pytest.fixture
def pair() -> Iterator[tuple[LargePieces, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.settimeout(5)
    yield LargePieces(ours), theirs
    ours.close()
    theirs.close()


def test_single_bytes_are_read_without_asking_the_system_again(pair) -> None:
    wire, broker = pair
    broker.sendall(b"abcdef")
    assert wire.recv(1) == b"a"
    assert wire.pending() == 5
    assert wire.recv(2) + wire.recv(100) == b"bcdef"
    assert wire.pending() == 0


def test_nothing_to_read_is_said_as_a_socket_says_it(pair) -> None:
    wire, broker = pair
    with pytest.raises(BlockingIOError):
        wire.recv(1)
    broker.close()
    assert wire.recv(1) == b""


def test_what_is_sent_waits_for_the_flush_and_goes_in_order(pair) -> None:
    wire, broker = pair
    broker.setblocking(False)
    assert wire.send(b"one,") == 4
    wire.send(b"two")
    with pytest.raises(BlockingIOError):
        broker.recv(10)
    wire.flush()
    assert broker.recv(10) == b"one,two"
    assert not wire.unsent


def test_a_slow_reader_loses_nothing_and_sees_no_byte_twice(pair) -> None:
    wire, broker = pair
    sent = bytearray()
    while True:
        packet = b"%08d" % len(sent) * 500
        try:
            wire.send(packet)
        except BlockingIOError:
            break
        sent += packet
        wire.flush()
    assert wire.unsent
    got = bytearray()
    while len(got) < len(sent):
        got += broker.recv(100_000)
        wire.flush()
    assert got == sent
    assert not wire.unsent


def test_closing_sends_what_was_left(pair) -> None:
    wire, broker = pair
    wire.send(b"goodbye")
    wire.close()
    assert broker.recv(10) == b"goodbye"
    assert broker.recv(10) == b""
