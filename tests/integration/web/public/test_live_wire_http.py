"""A live stream over a real connection: whole messages to whoever reads; nobody waits for who does not."""

import json
import socket
from collections.abc import Iterator
from threading import Event
from time import monotonic
from typing import Any

import httpx
import pytest

from queue_server.domain import commands as c
from queue_server.domain.words import Words
from queue_server.web import live, live_page
from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_office import SampleOffice

PATH = "/display/hall/sanh/stream"


def states(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.startswith("data: ") and "state" in (message := json.loads(line[6:])):
            yield message["state"]


def test_every_change_arrives_whole_and_in_order(office: SampleOffice, serve: Serve) -> None:
    with httpx.stream("GET", serve(office).url + PATH, timeout=30) as stream:
        told = states(stream.iter_lines())
        next(told)
        for n in range(30):
            notice = f"thông báo {n} " + "dài " * 50 * n
            office.engine.do(c.PostNotice, words=Words(notice))
            while next(told)["footer"][0] != notice:
                pass


def test_a_reader_that_stops_holds_nobody_up_and_is_dropped(
    office: SampleOffice, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_EVERY", 0.05)
    served = serve(office)
    streams = served.app.state.streams
    with socket.socket() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.connect(("127.0.0.1", int(served.url.rsplit(":", 1)[1])))
        stuck.sendall(f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert b"200 OK" in stuck.recv(1024)
        with httpx.stream("GET", served.url + PATH, timeout=30) as stream:
            told = states(stream.iter_lines())
            next(told)
            for n in range(60):
                notice = f"{n} " + "dài " * 30_000
                office.engine.do(c.PostNotice, words=Words(notice))
                while next(told)["footer"][0] != notice:
                    pass
            assert streams.open == 2
        monkeypatch.setattr(live_page, "SEND_WITHIN", 0.2)
        until = monotonic() + 30
        while streams.open:
            assert monotonic() < until
            Event().wait(0.02)
