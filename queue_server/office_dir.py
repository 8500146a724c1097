"""An office's directory: what lies where, and the broker accounts of its devices, made at the first start."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from queue_server.domain.office_config import OfficeConfig
from queue_server.link.ports import Address
from queue_server.web.own_pages import base_url

SERVER = "server"
OPERATOR = "operator"
"""The account of `motcua do` and `motcua simulate`."""
OBSERVER = "observer"
"""Reads the public states and events: dashboards and bridges."""
_LONGEST_SOCKET_PATH = 90


class DirectoryTrouble(Exception):
    """The directory cannot be used; the message is the sentence for the operator."""


@dataclass(frozen=True, slots=True)
class DeviceAccount:
    """One program or device on the broker. `kind` is a key of the contract's MAY_ASK, or `server`."""

    user: str
    kind: str
    password: str = field(repr=False)
    devices: tuple[str, ...] = ()
    counter: str | None = None
    revoked: bool = False
    """A lost or stolen device: no broker lets it in until `allow_again`."""


@dataclass(frozen=True, slots=True)
class Running:
    """Where a running server is reached: host and port of its pages and of its broker."""

    http: tuple[str, int]
    mqtt: tuple[str, int]
    office: str
    pid: int
    certificate: str = ""
    """What to trust when asking the pages over TLS (PEM file), empty without TLS."""
    broker_ca: str = ""
    """What to trust when the broker speaks TLS, empty without."""

    @property
    def broker(self) -> Address:
        return Address(*self.mqtt, Path(self.broker_ca) if self.broker_ca else None)

    @property
    def base(self) -> str:
        return base_url(self.http, self.certificate)


@dataclass(frozen=True, slots=True)
class OfficeDir:
    """`root` is the directory given with --dir."""

    root: Path

    @property
    def office_file(self) -> Path:
        return self.root / "office.toml"

    @property
    def broker(self) -> Path:
        return self.root / "broker"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def slips(self) -> Path:
        return self.root / "slips"

    @property
    def sounds(self) -> Path:
        """Recordings dropped here replace the packaged voice, phrase by phrase."""
        return self.root / "sounds"

    @property
    def first_sign_in(self) -> Path:
        """The administrator's one-time password, 0600, until it has been shown."""
        return self.secrets / "first-sign-in.txt"

    @property
    def running(self) -> Path:
        """What the running server noted of itself (`Running`), for `motcua do`, `simulate` and `doctor`."""
        return self.root / "running.json"

    def note_running(self, running: "Running") -> None:
        write_secret(self.running, json.dumps(asdict(running)))

    def noted_running(self) -> "Running":
        """Raises DirectoryTrouble when no server of this directory runs."""
        try:
            noted = json.loads(self.running.read_text())
            noted["http"], noted["mqtt"] = tuple(noted["http"]), tuple(noted["mqtt"])
            return Running(**noted)
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise DirectoryTrouble(
                f"No office is running in {self.root}: start it with motcua up --dir {self.root}."
            ) from problem

    def agent_state(self, agent: str) -> Path:
        return self.root / "agents" / agent

    def kiosk_state(self, kiosk: str) -> Path:
        return self.root / "kiosks" / kiosk

    def socket(self, name: str) -> Path:
        """A local socket's path; outside the directory when that is too deep for one."""
        inside = self.root / "run" / f"{name}.sock"
        if len(str(inside)) <= _LONGEST_SOCKET_PATH:
            return inside
        mark = hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"motcua-{os.getuid()}-{mark}" / f"{name}.sock"

    def prepare(self) -> None:
        """Make the directories. Raises DirectoryTrouble when it is no directory, unwritable or full."""
        try:
            for part in (self.root, self.secrets, self.logs, self.slips, self.socket("x").parent):
                part.mkdir(parents=True, exist_ok=True)
            self.secrets.chmod(0o700)
            self.socket("x").parent.chmod(0o700)
            probe = self.root / ".writable"
            with probe.open("wb") as file:
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())
            probe.unlink()
        except FileExistsError as problem:
            raise DirectoryTrouble(
                f"{self.root} is a file, not a directory: choose another --dir."
            ) from problem
        except PermissionError as problem:
            raise DirectoryTrouble(
                f"{self.root} cannot be written: give this user the right, or choose another --dir."
            ) from problem
        except OSError as problem:
            raise DirectoryTrouble(
                f"{self.root} cannot be used ({problem.strerror}): free some space, or choose another --dir."
            ) from problem
        free = shutil.disk_usage(self.root).free
        if free < 50_000_000:
            raise DirectoryTrouble(
                f"Only {free // 1_000_000} MB are free where {self.root} lies: free at least 50 MB."
            )

    @property
    def accounts_file(self) -> Path:
        """Every device account with its password, 0600. What is changed here, `motcua up` puts in force."""
        return self.secrets / "devices.json"

    def device_accounts(self, config: OfficeConfig, secret: Callable[[], str]) -> tuple[DeviceAccount, ...]:
        """The broker accounts this office file needs, without revoked ones; passwords are kept from start to
        start (0600). Raises DirectoryTrouble."""
        known = {a.user: a for a in self.written_accounts()}
        wanted = []
        for user, kind, devices, counter in _wanted(config):
            before = known.get(user)
            password = (before.password if before else "") or secret()
            revoked = before is not None and before.revoked
            wanted.append(DeviceAccount(user, kind, password, devices, counter, revoked))
        self._write_accounts(wanted)
        return tuple(a for a in wanted if not a.revoked)

    def written_accounts(self) -> tuple[DeviceAccount, ...]:
        """The accounts as last written, revoked ones too; none before the first start.
        Raises DirectoryTrouble when the file cannot be read, or is not as it was written."""
        file = self.accounts_file
        try:
            written = json.loads(file.read_text("utf-8"))
            return tuple(DeviceAccount(**{**a, "devices": tuple(a["devices"])}) for a in written)
        except FileNotFoundError:
            return ()
        except OSError as problem:
            raise DirectoryTrouble(
                f"{file} cannot be read ({problem.strerror}): run this as the user whose office it is."
            ) from problem
        except (ValueError, KeyError, TypeError) as problem:
            raise DirectoryTrouble(
                f"{file} is damaged ({type(problem).__name__}): put it back from a backup, or remove it and "
                "give every device its new password."
            ) from problem

    def account(self, user: str) -> DeviceAccount:
        """One account as written at the last start. Raises DirectoryTrouble when there is none, or when it is
        revoked."""
        found = self._written(user)
        if found.revoked:
            raise DirectoryTrouble(
                f"The account {user} is revoked: give it back with motcua broker allow {user}."
            )
        return found

    def may_connect(self, user: str) -> bool:
        """Whether there is an account that is not revoked."""
        return any(a.user == user and not a.revoked for a in self.written_accounts())

    @property
    def cut_off_folder(self) -> Path:
        """A file for each account that `motcua up` shall shut out of the broker for a while."""
        return self.root / "run" / "cut-off"

    def ask_to_cut_off(self, user: str) -> None:
        """`user` is an account that is known. Raises OSError."""
        self.cut_off_folder.mkdir(parents=True, exist_ok=True)
        (self.cut_off_folder / user).touch()

    def rotate(self, user: str, secret: Callable[[], str]) -> DeviceAccount:
        """A new password. Raises DirectoryTrouble."""
        self.account(user)
        return self._changed(user, secret(), revoked=False)

    def revoke(self, user: str, secret: Callable[[], str]) -> DeviceAccount:
        """Shut out, its password forgotten. Raises DirectoryTrouble, also for the server's own account."""
        found = self._written(user)
        if found.kind in (SERVER, OPERATOR):
            raise DirectoryTrouble(
                f"The office cannot do without {user}: give it a new password (motcua broker rotate)."
            )
        return self._changed(user, secret(), revoked=True)

    def allow_again(self, user: str, secret: Callable[[], str]) -> DeviceAccount:
        """Lets a revoked account in, with a new password. Raises DirectoryTrouble."""
        self._written(user)
        return self._changed(user, secret(), revoked=False)

    def _changed(self, user: str, password: str, *, revoked: bool) -> DeviceAccount:
        changed = replace(self._written(user), password=password, revoked=revoked)
        self._write_accounts([changed if a.user == user else a for a in self.written_accounts()])
        return changed

    def _written(self, user: str) -> DeviceAccount:
        written = self.written_accounts()
        if not written:
            raise DirectoryTrouble(f"{self.root} holds no office yet: start it once with motcua up.")
        for account in written:
            if account.user == user:
                return account
        raise DirectoryTrouble(f"The office in {self.root} has no device account {user}.")

    def _write_accounts(self, accounts: Iterable[DeviceAccount]) -> None:
        write_secret(self.accounts_file, json.dumps([asdict(a) for a in accounts], indent=1))


def _wanted(config: OfficeConfig) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    """(user, kind, the devices of an agent, the counter of a keypad)."""
    agents: dict[str, list[str]] = {}
    owned = [(p.agent, p.id) for p in config.printers]
    owned += [(led.agent, led.id) for led in config.leds]
    owned += [(k.agent, k.id) for k in config.keypads]
    owned += [(s.agent, s.id) for s in config.speakers]
    for agent, device in owned:
        agents.setdefault(agent, []).append(device)
    return [
        (SERVER, "server", (), None),
        (OPERATOR, "operator", (), None),
        (OBSERVER, "observer", (), None),
        *((k.id, "kiosk", (), None) for k in config.kiosks),
        *((agent, "agent", tuple(devices), None) for agent, devices in agents.items()),
        *((d.id, "display", (), None) for d in config.displays),
        *((k.id, "keypad", (), k.counter) for k in config.keypads),
    ]


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
