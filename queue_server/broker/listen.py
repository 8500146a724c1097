"""Where a broker listens, and the refusal to listen to the network in the clear."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path


class ListenNeedsTls(ValueError):
    """A broker that listens beyond this machine needs a certificate."""

    code = "listen_needs_tls"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"MQTT may not listen on {host} without TLS: "
            "give a certificate and its key, or listen on 127.0.0.1."
        )


@dataclass(frozen=True, slots=True)
class Tls:
    """PEM files: the certificate (with its chain) and its private key."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Listen:
    """Raises `ListenNeedsTls` for anything but loopback without `tls`."""

    host: str
    port: int
    tls: Tls | None = None

    def __post_init__(self) -> None:
        if self.tls is None and not is_loopback(self.host):
            raise ListenNeedsTls(self.host)

    @property
    def reached_at(self) -> str:
        """The host a program on this machine connects to."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach this host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
