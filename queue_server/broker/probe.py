"""Does a broker take a client: one real CONNECT and its answer, in plain bytes."""

import socket
import ssl
from enum import Enum

from queue_server.broker.listen import Listen

_CLEAN, _PASSWORD, _USER = 0x02, 0x40, 0x80


class Answer(Enum):
    """What came back."""

    WELCOME = "welcome"
    REFUSED = "refused"
    SILENT = "silent"


def connect_packet(client_id: str, user: str, password: str, keepalive_seconds: int = 10) -> bytes:
    """An MQTT 3.1.1 CONNECT with a clean session."""
    body = _text("MQTT") + bytes([4, _CLEAN | _PASSWORD | _USER]) + keepalive_seconds.to_bytes(2, "big")
    body += _text(client_id) + _text(user) + _text(password)
    return b"\x10" + _length(len(body)) + body


def ask(listen: Listen, client_id: str, user: str, password: str, timeout_seconds: float = 1.0) -> Answer:
    """Connects, reads the CONNACK and leaves with DISCONNECT."""
    try:
        with (
            socket.create_connection((listen.reached_at, listen.port), timeout_seconds) as plain,
            _secured(plain, listen) as line,
        ):
            line.sendall(connect_packet(client_id, user, password))
            answer = line.recv(4)
            if len(answer) < 4 or answer[0] != 0x20:
                return Answer.SILENT
            if answer[3] != 0:
                return Answer.REFUSED
            line.sendall(b"\xe0\x00")
            return Answer.WELCOME
    except OSError:
        return Answer.SILENT


def _secured(plain: socket.socket, listen: Listen) -> socket.socket:
    if listen.tls is None:
        return plain
    # This asks our own child whether it answers; who it is, is for its clients to check.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(plain)


def _text(text: str) -> bytes:
    raw = text.encode()
    return len(raw).to_bytes(2, "big") + raw


def _length(size: int) -> bytes:
    out = bytearray()
    while True:
        size, low = divmod(size, 128)
        out.append(low | (0x80 if size else 0))
        if not size:
            return bytes(out)
