"""An address that floods the pages is hung up on, and everybody else is served."""

import socket
from urllib.parse import urlsplit

import httpx

from tests.integration.web.public.conftest import Serve
from tests.integration.web.public.sample_office import SampleOffice

DEADLINE_S = 60
FLOODER, CITIZEN = "127.0.0.2", "127.0.0.3"


def answered(url: str, source: str) -> bool:
    """Whether a connection from this address is heard at all."""
    where = urlsplit(url)
    assert where.hostname is not None and where.port is not None
    with socket.create_connection((where.hostname, where.port), DEADLINE_S, (source, 0)) as line:
        try:
            line.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            return line.recv(1000).startswith(b"HTTP/1.1 ")
        except ConnectionError:
            return False


def test_who_goes_on_asking_is_hung_up_on_and_the_others_are_served(
    serve: Serve, office: SampleOffice
) -> None:
    url = serve(office, burst=20).url
    with httpx.Client(transport=httpx.HTTPTransport(local_address=FLOODER), timeout=DEADLINE_S) as flooder:
        heard = [flooder.get(f"{url}/healthz").status_code for _ in range(30)]
    assert heard == [200] * 20 + [429] * 10
    assert not answered(url, FLOODER)
    transport = httpx.HTTPTransport(local_address=CITIZEN)
    with httpx.Client(transport=transport, timeout=DEADLINE_S) as citizen:
        assert citizen.get(f"{url}/healthz").status_code == 200
