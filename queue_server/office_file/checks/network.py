"""PURE: addresses: where the office listens, where it is reached, its broker, its database, its printers."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from queue_server.contract.topics import BadLevel, check_level
from queue_server.office_file.problems import WARNING, KeyPath, Mistake
from queue_server.office_file.read import Draft
from queue_server.office_file.sections.office import ListeningSection

_ADDRESS = re.compile(r"(?P<host>\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+):(?P<port>\d{1,5})")
_PRINTER_URLS = (
    re.compile(r"tcp://(?P<host>\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+)(:(?P<port>\d{1,5}))?"),
    re.compile(r"usb://[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(/[A-Za-z0-9._-]+)?"),
    re.compile(r"serial:///dev/[A-Za-z0-9/._:+-]+(\?baud=\d{3,7})?"),
    re.compile(r"file:///\S+"),
    re.compile(r"cups://[A-Za-z0-9._-]+"),
    re.compile(r"simulated:[A-Za-z0-9._-]*"),
    re.compile(r"x-[a-z0-9-]+:\S*"),
)
_PRINTERS_VI = "tcp://địa-chỉ:9100, usb://04b8:0e15, serial:///dev/ttyUSB0, cups://tên, file:///…"
_PRINTERS_EN = "tcp://host:9100, usb://04b8:0e15, serial:///dev/ttyUSB0, cups://queue, file:///…"
_DATABASES = ("postgresql", "postgresql+psycopg", "sqlite")


def network_mistakes(draft: Draft) -> Iterator[Mistake]:
    if "listening" not in draft.broken:
        yield from _listening(draft.file.listening)
    if "office" not in draft.broken and draft.file.office.public_url:
        yield from _public_url(draft.file.office.public_url)
    if "server" not in draft.broken:
        yield from _broker(draft.file.server.broker_url)
        yield from _database(draft.file.server.database_url)


def host_and_port(address: str) -> tuple[str, int] | None:
    """The two halves of "127.0.0.1:8080", None when it is no such thing."""
    found = _ADDRESS.fullmatch(address)
    if not found or int(found["port"]) > 65535:
        return None
    return found["host"].strip("[]"), int(found["port"])


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(listening: ListeningSection) -> Iterator[Mistake]:
    secured = bool(listening.tls_certificate and listening.tls_key)
    for key, address in (("http", listening.http), ("mqtt", listening.mqtt)):
        path: KeyPath = ("listening", key)
        split = host_and_port(address)
        if split is None:
            yield Mistake(
                path,
                f'"{address}" không phải là địa chỉ:cổng.',
                f'"{address}" is no address:port.',
                'Viết như "127.0.0.1:8080".',
                'Write it as in "127.0.0.1:8080".',
            )
        elif not is_loopback(split[0]) and not secured:
            yield Mistake(
                path,
                f'"{address}" mở cho máy khác mà chưa có TLS.',
                f'"{address}" is open to other machines without TLS.',
                "Điền tls_certificate và tls_key, hoặc nghe ở 127.0.0.1.",
                "Fill in tls_certificate and tls_key, or listen on 127.0.0.1.",
            )
    if bool(listening.tls_certificate) != bool(listening.tls_key):
        missing = "tls_key" if listening.tls_certificate else "tls_certificate"
        yield Mistake(
            ("listening", missing),
            "TLS cần cả tls_certificate và tls_key.",
            "TLS needs both tls_certificate and tls_key.",
            f"Điền {missing}.",
            f"Fill in {missing}.",
        )
    web = host_and_port(listening.http)
    if web is not None and web == host_and_port(listening.mqtt) and web[1] != 0:
        yield Mistake(
            ("listening", "mqtt"),
            "http và mqtt dùng chung một cổng.",
            "http and mqtt share one port.",
            "Đổi một trong hai, như mqtt 1883.",
            "Change one of the two, such as mqtt 1883.",
        )


def _split(url: str) -> SplitResult | None:
    """The parts of a URL with a host; None when it has none or a port that cannot be."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.hostname and not re.search(r"\s", url) else None


def _public_url(url: str) -> Iterator[Mistake]:
    path: KeyPath = ("office", "public_url")
    parts = _split(url)
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or parts.query
        or parts.fragment
        or parts.username
    ):
        yield Mistake(
            path,
            f'"{url}" không phải là địa chỉ trang web.',
            f'"{url}" is no web address.',
            'Viết như "https://motcua.xa.gov.vn", không có ? và #.',
            'Write it as in "https://motcua.xa.gov.vn", without ? and #.',
        )
    elif parts.scheme == "http":
        yield Mistake(
            path,
            "Địa chỉ http không được mã hoá; điện thoại sẽ cảnh báo người dân.",
            "An http address is not encrypted; phones will warn citizens.",
            "Nên dùng địa chỉ https.",
            "Better use an https address.",
            WARNING,
        )


def _broker(url: str) -> Iterator[Mistake]:
    path: KeyPath = ("server", "broker_url")
    if not url:
        return
    parts = _split(url)
    if parts is None or parts.scheme not in ("mqtt", "mqtts") or parts.path not in ("", "/"):
        yield Mistake(
            path,
            f'"{url}" không phải là địa chỉ MQTT.',
            f'"{url}" is no address of an MQTT broker.',
            'Viết như "mqtt://127.0.0.1:1883", hoặc để trống.',
            'Write it as in "mqtt://127.0.0.1:1883", or leave it empty.',
        )
    elif parts.username or parts.password:
        yield _secret(path)


def _database(url: str) -> Iterator[Mistake]:
    path: KeyPath = ("server", "database_url")
    if not url:
        return
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in _DATABASES:
        yield Mistake(
            path,
            "Chỉ dùng được cơ sở dữ liệu SQLite hoặc PostgreSQL.",
            "Only SQLite and PostgreSQL databases can be used.",
            'Viết như "postgresql+psycopg://motcua@127.0.0.1/motcua", hoặc để trống.',
            'Write it as in "postgresql+psycopg://motcua@127.0.0.1/motcua", or leave it empty.',
        )
        return
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    if parts.password is not None or "password=" in parts.query:
        yield _secret(path)


def _secret(path: KeyPath) -> Mistake:
    return Mistake(
        path,
        "Không ghi mật khẩu trong tệp cơ quan: nội dung tệp được lưu vào nhật ký.",
        "The office file holds no password: what stands in it goes into the journal.",
        "Xoá mật khẩu ở đây; PostgreSQL đọc từ tệp PGPASSFILE hoặc biến PGPASSWORD.",
        "Remove it here; PostgreSQL takes it from PGPASSFILE or PGPASSWORD.",
    )


def printer_mistakes(draft: Draft) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for printer in draft.file.printer:
        path: KeyPath = ("printer", printer.at, "url")
        found = next((f for pattern in _PRINTER_URLS if (f := pattern.fullmatch(printer.url))), None)
        port = found.groupdict().get("port") if found else None
        if found is None or (port is not None and not 0 < int(port) <= 65535):
            yield Mistake(
                path,
                f'"{printer.url}" không phải là địa chỉ máy in.',
                f'"{printer.url}" is no address of a printer.',
                f"Dùng {_PRINTERS_VI} hoặc simulated:.",
                f"Use {_PRINTERS_EN} or simulated:.",
            )
        elif printer.url in seen and printer.url != "simulated:":
            yield Mistake(
                path,
                f'Máy in này đã khai báo với id "{seen[printer.url]}".',
                f'This printer is declared already as "{seen[printer.url]}".',
                "Dùng chung id đó, hoặc sửa địa chỉ.",
                "Use that id, or change the address.",
            )
        seen.setdefault(printer.url, printer.id)
        try:
            check_level(printer.agent)
        except BadLevel:
            yield Mistake(
                ("printer", printer.at, "agent"),
                f'Tên máy "{printer.agent}" có ký tự không dùng được.',
                f'The agent "{printer.agent}" has characters that cannot be used.',
                "Chỉ dùng chữ không dấu, số, dấu - và _.",
                "Use A-Z a-z 0-9 - _ only.",
            )
