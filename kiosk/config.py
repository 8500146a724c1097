"""The kiosk's settings, read from the command line: every mistake is one sentence that says what to do."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.readers.spec import BadReader, Spec, read_spec
from queue_server.contract.topics import BadLevel, check_level
from queue_server.link.ports import Address, Credentials


class BadConfig(ValueError):
    """A setting cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class KioskConfig:
    """One kiosk of one office. `size` is width and height in px."""

    broker: Address
    office: str
    kiosk: str
    credentials: Credentials | None = None
    agent_socket: Path | None = None
    state_dir: Path | None = None
    theme: Path | None = None
    size: tuple[int, int] = (1080, 1920)
    fullscreen: bool = False
    offscreen: bool = False
    frames_socket: Path | None = None
    readers: tuple[Spec, ...] = ()

    @property
    def client(self) -> str:
        """The broker account, which names the kiosk's topics."""
        return self.credentials.user if self.credentials else self.kiosk


def read_arguments(arguments: Sequence[str]) -> KioskConfig:
    """Raises BadConfig; argparse itself ends the program for unknown flags and --help."""
    parser = argparse.ArgumentParser(prog="motcua kiosk", description="The touch kiosk of one office.")
    parser.add_argument("--broker", required=True, metavar="HOST:PORT", help="Where the MQTT broker listens.")
    parser.add_argument("--user", metavar="NAME", help="The kiosk's broker account.")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="A file that holds its password.")
    parser.add_argument("--tls-ca", type=Path, metavar="FILE", help="CA certificate, for a broker with TLS.")
    parser.add_argument("--office", required=True, metavar="ID", help="The office's id in its office file.")
    parser.add_argument("--kiosk", required=True, metavar="ID", help="This kiosk's id in the office file.")
    parser.add_argument("--agent-socket", type=Path, metavar="PATH", help="This machine's device agent.")
    parser.add_argument("--state-dir", type=Path, metavar="DIR", help="A folder of the kiosk's own.")
    parser.add_argument("--theme", type=Path, metavar="FILE", help="A brand theme (TOML).")
    parser.add_argument("--size", default="1080x1920", metavar="WxH", help="Window size in px.")
    parser.add_argument("--fullscreen", action="store_true", help="Cover the whole screen.")
    parser.add_argument("--offscreen", action="store_true", help="Draw without a display.")
    parser.add_argument("--frames-socket", type=Path, metavar="PATH", help="Serve frames and take touches.")
    parser.add_argument(
        "--reader",
        action="append",
        default=[],
        metavar="READER",
        help="What reads codes: wedge, serial:///dev/serial/by-id/NAME?baud=9600, camera:///dev/video0.",
    )
    given = parser.parse_args(arguments)
    return KioskConfig(
        broker=_address(given.broker, given.tls_ca),
        office=_level(given.office, "--office"),
        kiosk=_level(given.kiosk, "--kiosk"),
        credentials=_credentials(given.user, given.password_file),
        agent_socket=given.agent_socket,
        state_dir=given.state_dir,
        theme=given.theme,
        size=_size(given.size),
        fullscreen=given.fullscreen,
        offscreen=given.offscreen,
        frames_socket=given.frames_socket,
        readers=_readers(given.reader),
    )


def _address(text: str, tls: Path | None) -> Address:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadConfig(f"--broker {text}: write HOST:PORT, such as 127.0.0.1:1883")
    if tls is not None and not tls.is_file():
        raise BadConfig(f"--tls-ca {tls}: there is no such file")
    return Address(host, int(port), tls)


def _level(text: str, flag: str) -> str:
    try:
        return check_level(text)
    except BadLevel as wrong:
        raise BadConfig(f"{flag}: {wrong}") from None


def _credentials(user: str | None, password_file: Path | None) -> Credentials | None:
    if user is None:
        if password_file is not None:
            raise BadConfig("--password-file needs --user")
        return None
    if password_file is None:
        raise BadConfig("--user needs --password-file")
    try:
        password = password_file.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise BadConfig(f"--password-file {password_file}: {problem.strerror}") from None
    if not password:
        raise BadConfig(f"--password-file {password_file}: the file is empty")
    return Credentials(_level(user, "--user"), password)


def _readers(given: Sequence[str]) -> tuple[Spec, ...]:
    try:
        return tuple(read_spec(text) for text in given)
    except BadReader as wrong:
        raise BadConfig(f"--reader {wrong}") from None


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not cross or not width.isdigit() or not height.isdigit() or min(int(width), int(height)) < 320:
        raise BadConfig(f"--size {text}: write WIDTHxHEIGHT in px, such as 1080x1920")
    return int(width), int(height)
