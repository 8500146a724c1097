"""The files for Debian's mosquitto 2: configuration, passwords and access list."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path

from queue_server.broker.accounts import BrokerAccount, access
from queue_server.broker.files import write_secret
from queue_server.broker.listen import Listen
from queue_server.broker.nats_config import MAX_PAYLOAD_BYTES

SALT_BYTES = 12
ITERATIONS = 1000
"""Passwords are random tokens: this only has to make a stolen file useless, not a guess slow."""

CONFIG, PASSWORDS, ACL = "motcua.conf", "motcua.passwd", "motcua.acl"


@dataclass(frozen=True, slots=True)
class MosquittoFiles:
    """Three texts; `config` names the other two where `write` puts them."""

    config: str
    passwords: str
    acl: str


def mosquitto_files(
    directory: Path,
    listen: Listen,
    office: str,
    accounts: Iterable[BrokerAccount],
    salt: Callable[[], bytes],
    run_as: str = "mosquitto",
) -> MosquittoFiles:
    """`directory` is where the files and the store will be; `salt` gives `SALT_BYTES` fresh random bytes."""
    accounts = list(accounts)
    rights = access(office, accounts)
    passwords = "".join(f"{account.user}:{password_hash(account.password, salt())}\n" for account in accounts)
    acl = "# Written by motcua. What is not listed is forbidden.\n"
    for user, right in rights.items():
        acl += f"\nuser {user}\n"
        acl += "".join(f"topic write {filter}\n" for filter in right.publish)
        acl += "".join(f"topic read {filter}\n" for filter in right.read)
    return MosquittoFiles(_config(directory, listen, run_as), passwords, acl)


def password_hash(password: str, salt: bytes, iterations: int = ITERATIONS) -> str:
    """mosquitto's `$7$`: PBKDF2 with SHA-512, 64 bytes."""
    digest = pbkdf2_hmac("sha512", password.encode(), salt, iterations)
    return f"$7${iterations}${b64encode(salt).decode()}${b64encode(digest).decode()}"


def write(files: MosquittoFiles, directory: Path) -> Path:
    """Writes all three with mode 0600 and returns the configuration's path. mosquitto takes changed
    passwords and rights on SIGHUP; a revoked client is disconnected then."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(directory / PASSWORDS, files.passwords)
    write_secret(directory / ACL, files.acl)
    write_secret(directory / CONFIG, files.config)
    return directory / CONFIG


def _config(directory: Path, listen: Listen, run_as: str) -> str:
    lines = [
        "# Written by motcua: one listener, accounts only, everything else forbidden.",
        f"user {run_as}",
        "per_listener_settings false",
        f"listener {listen.port} {listen.host}",
        "allow_anonymous false",
        f"password_file {directory / PASSWORDS}",
        f"acl_file {directory / ACL}",
        "# Small packets leave at once: without this a round trip takes 40 ms.",
        "set_tcp_nodelay true",
        f"max_packet_size {MAX_PAYLOAD_BYTES}",
        "max_inflight_messages 0",
        "max_queued_messages 5000",
        "# Retained state survives a power cut but for the last seconds; the server sends it again anyway.",
        "persistence true",
        f"persistence_location {directory}/",
        "autosave_interval 5",
        "sys_interval 0",
        "log_type error",
        "log_type warning",
        "log_type notice",
        "connection_messages false",
    ]
    if listen.tls is not None:
        lines += [f"certfile {listen.tls.certificate}", f"keyfile {listen.tls.key}"]
    return "\n".join(lines) + "\n"
