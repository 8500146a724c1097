"""Who never finishes the head of a request, or makes it too long, is cut off by the pages' own server."""

import socket
from urllib.parse import urlsplit

import httpx
import pytest

from queue_server import page_server
from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_office import SampleOffice

DEADLINE_S = 60


def connection(url: str) -> socket.socket:
    parts = urlsplit(url)
    assert parts.hostname is not None and parts.port is not None
    return socket.create_connection((parts.hostname, parts.port), DEADLINE_S)


def is_cut_off(line: socket.socket) -> bool:
    """Waits until the server ends the connection without an answer."""
    try:
        return line.recv(1000) == b""
    except ConnectionError:
        return True


def test_a_head_without_end_is_cut_off_and_others_are_served(serve: Serve, office: SampleOffice) -> None:
    server = serve(office)
    with connection(server.url) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: ")
        with pytest.raises(ConnectionError):
            for _ in range(100_000):
                line.sendall(b"a" * 1000)
    assert httpx.get(f"{server.url}/healthz", timeout=DEADLINE_S).status_code == 200


def test_an_address_that_sends_heads_without_end_is_hung_up_on(serve: Serve, office: SampleOffice) -> None:
    server = serve(office, burst=2 * page_server.HEAD_COSTS - 1)
    for _ in range(2):
        with connection(server.url) as line, pytest.raises(ConnectionError):
            for _ in range(100_000):
                line.sendall(b"GET /healthz HTTP/1.1\r\nx-a: " + b"a" * 1000)
    with connection(server.url) as line:
        assert is_cut_off(line)
    office.clock.pass_(minutes=1)
    assert httpx.get(f"{server.url}/healthz", timeout=DEADLINE_S).status_code == 200


@pytest.mark.parametrize("said", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nhost: x\r\n"])
def test_who_does_not_finish_a_head_is_cut_off(
    serve: Serve, office: SampleOffice, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_server, "HEAD_WITHIN_S", 0.3)
    with connection(serve(office).url) as line:
        line.sendall(said)
        assert is_cut_off(line)


def test_a_second_request_that_does_not_come_to_its_end_is_cut_off_too(
    serve: Serve, office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_server, "HEAD_WITHIN_S", 0.3)
    with connection(serve(office).url) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /healthz HTTP/1.1\r\nho")
        assert is_cut_off(line)


def test_a_long_body_and_a_long_answer_are_no_heads(
    serve: Serve, office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_server, "HEAD_WITHIN_S", 0.3)
    with httpx.Client(base_url=serve(office).url, timeout=DEADLINE_S) as client:
        for _ in range(3):
            assert client.post("/healthz", content=b"x" * 60_000).status_code == 405
            assert client.get("/healthz").status_code == 200
