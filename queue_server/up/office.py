"""One office on one machine: broker, server, device agent, kiosk; addresses printed, everything stopped."""

import json
import os
import signal
import socket
import sys
import threading
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from time import monotonic

from assets.files import office_path
from queue_server.broker.accounts import BrokerAccount, Role
from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.errors import BrokerTrouble
from queue_server.broker.listen import Listen, ListenNeedsTls, Tls
from queue_server.clock import secret
from queue_server.domain.office_config import OfficeConfig
from queue_server.office_dir import (
    DeviceAccount,
    DirectoryTrouble,
    OfficeDir,
    base_url,
    local_trust,
    write_secret,
)
from queue_server.office_file.load import load_office
from queue_server.office_file.problems import OfficeFileError
from queue_server.storage.locks import FileLock
from queue_server.up.children import Child, Program, stop_all

READY_WITHIN_S = 30.0
STOP_WITHIN_S = 2.2
LOOK_AT_BROKER_EVERY_S = 1.0
SILENT_LOOKS = 3
"""A broker that is alive but does not answer this many looks in a row hangs."""

_ROLES = {
    "server": Role.SERVER,
    "kiosk": Role.KIOSK,
    "agent": Role.PRINTER_AGENT,
    "keypad": Role.KEYPAD,
    "display": Role.DISPLAY,
    "observer": Role.OBSERVER,
    "operator": Role.KEYPAD,
}
"""Kind of device account → rights on the broker. An operator publishes and reads like a keypad: its own
requests, its own replies and the public states; which verbs it may use is the server's to say."""


LOCAL_AGENT = "agent"
"""Printers of other agents belong to other machines, where `motcua devices` runs."""


class UpTrouble(Exception):
    """The office cannot be started; the message is the one line for the operator."""


@dataclass(frozen=True, slots=True)
class UpOptions:
    directory: Path
    office: Path | None
    http: tuple[str, int] | None
    mqtt: tuple[str, int] | None
    headless: bool
    demo: bool


def broker_account(account: DeviceAccount) -> BrokerAccount:
    return BrokerAccount(account.user, _ROLES[account.kind], account.password, account.devices)


def address(text: str, what: str) -> tuple[str, int]:
    """`HOST:PORT` of the office file. Raises UpTrouble with a sentence."""
    host, _, port = text.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise UpTrouble(f"{what} {text!r} is not HOST:PORT: write for example 127.0.0.1:8080.")
    return host.strip("[]") or "127.0.0.1", int(port)


class OfficeUp:
    """`start`, then `wait` until a signal, then `stop`."""

    def __init__(self, options: UpOptions, say: Callable[[str], None]) -> None:
        self.options, self._say = options, say
        self.dir = OfficeDir(options.directory)
        self.children: list[Child] = []
        self.broker: EmbeddedBroker | None = None
        self._lock: FileLock | None = None
        self._end = threading.Event()
        self._told = False
        """Set by a signal handler, which must take no lock: an Event could deadlock there."""
        self.exit_code = 0

    def start(self) -> None:
        """Raises UpTrouble; whatever was started by then is stopped again."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._signalled)
        try:
            self._start()
        except (DirectoryTrouble, OfficeFileError, BrokerTrouble, ListenNeedsTls) as problem:
            self.stop()
            raise UpTrouble(str(problem)) from problem
        except BaseException:
            self.stop()
            raise

    def _signalled(self, *_: object) -> None:
        self._told = True

    def _start(self) -> None:
        self.dir.prepare()
        try:
            self._lock = FileLock(self.dir.root / "up.lock")
        except Exception as problem:
            raise UpTrouble(
                f"An office is running in {self.dir.root} already: stop it first, or choose another --dir."
            ) from problem
        office_file = self._office_file()
        config = load_office(office_file)
        http = self.options.http or address(config.listening.http, "listening.http")
        mqtt = self.options.mqtt or address(config.listening.mqtt, "listening.mqtt")
        self._check_http(config, http)
        accounts = {a.user: a for a in self.dir.device_accounts(config, secret)}
        if not config.broker_url:
            tls = None
            if config.listening.tls_certificate:
                tls = Tls(Path(config.listening.tls_certificate), Path(config.listening.tls_key))
            self.broker = EmbeddedBroker(
                self.dir.broker,
                Listen(mqtt[0], mqtt[1], tls if mqtt[0] not in ("127.0.0.1", "::1", "localhost") else None),
                config.id,
                [broker_account(a) for a in accounts.values()],
            )
            self.broker.start()
        broker = self._broker_address(config, mqtt)
        self._start_server(office_file, http, broker)
        self._wait_ready(config, http)
        self._start_agents(config, broker)
        self._start_kiosk(config, broker)
        self._print_addresses(config, http, broker)

    def _office_file(self) -> Path:
        if self.options.office is not None:
            return self.options.office
        if not self.dir.office_file.exists():
            self.dir.office_file.write_text(office_path("commune").read_text(encoding="utf-8"), "utf-8")
        return self.dir.office_file

    def _check_http(self, config: OfficeConfig, http: tuple[str, int]) -> None:
        Listen(http[0], http[1], _tls(config))
        family = socket.AF_INET6 if ":" in http[0] else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(http)
            except OSError as problem:
                raise UpTrouble(
                    f"HTTP cannot listen on {http[0]}:{http[1]} ({problem.strerror}): stop the program that "
                    f"holds it, or choose another with --http {http[0]}:PORT."
                ) from problem

    def _broker_address(self, config: OfficeConfig, mqtt: tuple[str, int]) -> tuple[str, int]:
        if config.broker_url:
            return address(config.broker_url.removeprefix("mqtt://"), "broker.url")
        assert self.broker is not None
        return self.broker.listen.reached_at, mqtt[1]

    def _child(
        self,
        name: str,
        module: str,
        *arguments: str,
        required: bool = True,
        final: frozenset[int] = frozenset(),
        environment: dict[str, str] | None = None,
    ) -> None:
        child = Child(
            Program(
                name,
                (sys.executable, "-m", module, *arguments),
                {**os.environ, **(environment or {})},
                self.dir.logs / f"{name}.log",
                final,
                required,
            ),
            self._ended_for_good,
        )
        self.children.append(child)
        child.start()

    def _ended_for_good(self, program: Program, code: int) -> None:
        if program.required:
            self.exit_code = code or 1
            self._end.set()

    def _start_server(self, office_file: Path, http: tuple[str, int], broker: tuple[str, int]) -> None:
        demo = ["--demo"] if self.options.demo else []
        self._child(
            "server",
            "queue_server.cli",
            "server",
            "--dir",
            str(self.dir.root),
            "--office",
            str(office_file),
            "--http",
            f"{http[0]}:{http[1]}",
            "--mqtt",
            f"{broker[0]}:{broker[1]}",
            *demo,
            final=frozenset({0, 2, 3}),
        )

    def _wait_ready(self, config: OfficeConfig, http: tuple[str, int]) -> None:
        until = monotonic() + READY_WITHIN_S
        url = f"{base_url(http, config.listening.tls_certificate)}/healthz"
        trust = local_trust(config.listening.tls_certificate)
        pause = threading.Event()
        while monotonic() < until:
            if self._told:
                return
            if self._end.is_set():
                raise UpTrouble(self._last_words("server"))
            with suppress(OSError), urllib.request.urlopen(url, timeout=1, context=trust) as answer:
                if answer.status == 200:
                    return
            pause.wait(0.05)
        raise UpTrouble(f"The server was not ready within {READY_WITHIN_S:g} s: {self._last_words('server')}")

    def _last_words(self, program: str) -> str:
        path = self.dir.logs / f"{program}.log"
        lines = path.read_text(errors="replace").strip().splitlines() if path.exists() else []
        plain = [line for line in lines if not line.startswith("{")]
        return (plain or lines or ["it ended without a word"])[-1]

    def _start_agents(self, config: OfficeConfig, broker: tuple[str, int]) -> None:
        agents: dict[str, list[dict[str, object]]] = {}
        for printer in config.printers:
            if printer.agent != LOCAL_AGENT:
                continue
            where = printer.url if printer.url != "simulated:" else f"sim:{self.dir.slips}"
            agents.setdefault(printer.agent, []).append(
                {"id": printer.id, "address": where, "dots": printer.dots}
            )
        for agent, printers in agents.items():
            account = self.dir.account(agent)
            path = self.dir.agent_state(agent) / "agent.json"
            write_secret(
                path,
                json.dumps(
                    {
                        "agent": agent,
                        "office": config.id,
                        "printers": printers,
                        "state_dir": str(self.dir.agent_state(agent)),
                        "socket": str(self.dir.socket(agent)),
                        "broker": {
                            "host": broker[0],
                            "port": broker[1],
                            "user": account.user,
                            "password": account.password,
                        },
                    }
                ),
            )
            self._child(f"agent-{agent}", "devices.agent.main", "--config", str(path), required=False)

    def _start_kiosk(self, config: OfficeConfig, broker: tuple[str, int]) -> None:
        """The first kiosk of the office file: a window where there is a display, offscreen for the demo."""
        display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        window = display and not self.options.headless
        if not config.kiosks or not (window or self.options.demo):
            if not display and config.kiosks:
                self._say("No display here: the kiosk window is not opened (see it with --demo).")
            return
        if find_spec("kivy") is None:
            self._say("The kiosk needs Kivy (Python 3.11 to 3.13): pip install 'motcua[kiosk]'.")
            return
        kiosk = config.kiosks[0]
        account = self.dir.account(kiosk.id)
        password = self.dir.kiosk_state(kiosk.id) / "password"
        write_secret(password, account.password)
        agent = next((p.agent for p in config.printers if p.id == kiosk.printer), "agent")
        arguments = [
            "--broker",
            f"{broker[0]}:{broker[1]}",
            "--user",
            account.user,
            "--password-file",
            str(password),
            "--office",
            config.id,
            "--kiosk",
            kiosk.id,
            "--agent-socket",
            str(self.dir.socket(agent)),
            "--state-dir",
            str(self.dir.kiosk_state(kiosk.id)),
        ]
        if not window:
            arguments += [
                "--offscreen",
                "--size",
                "1080x1920",
                "--frames-socket",
                str(self.dir.socket("frames")),
            ]
        self._child(f"kiosk-{kiosk.id}", "kiosk.main", *arguments, required=False)

    def _print_addresses(self, config: OfficeConfig, http: tuple[str, int], broker: tuple[str, int]) -> None:
        base = base_url(http, config.listening.tls_certificate)
        self._say(f"{config.short_name.vi} is open.")
        pages = [
            ("everything", "/"),
            ("console", "/counter"),
            ("reception", "/greeter"),
            ("manager", "/manager"),
            ("administration", "/admin"),
            ("health", "/healthz"),
        ]
        pages += [(f"hall display {z.id}", f"/display/hall/{z.id}") for z in config.zones]
        if self.options.demo:
            pages.insert(0, ("the whole office on one page", "/demo"))
        for name, path in pages:
            self._say(f"  {name:30} {base}{path}")
        self._say(f"  {'MQTT':30} {broker[0]}:{broker[1]}")
        self._say(f"  {'slips':30} {self.dir.slips}")
        self._first_sign_in()

    def _first_sign_in(self) -> None:
        path = self.dir.first_sign_in
        if not path.exists():
            return
        if sys.stdout.isatty():
            self._say(f"First sign-in (shown once): {path.read_text().strip()}")
            path.unlink()
        else:
            self._say(f"The administrator's one-time password is in {path} (only you can read it).")

    def wait(self) -> None:
        """Until SIGTERM, Ctrl-C, or the end of a program the office cannot do without."""
        looked, silent = monotonic(), 0
        while not self._told and not self._end.wait(0.2):
            if self.broker is None or monotonic() - looked < LOOK_AT_BROKER_EVERY_S:
                continue
            looked = monotonic()
            if self.broker.alive():
                silent = 0
                continue
            silent += 1
            if silent >= SILENT_LOOKS or not self.broker.runs():
                self._say("The broker does not answer; it is started again.")
                with suppress(BrokerTrouble):
                    self.broker.start()
                silent = 0

    def stop(self) -> None:
        """Everything, within three seconds; no process is left."""
        with ExitStack() as ending:
            if self._lock is not None:
                ending.callback(self._lock.release)
                ending.callback(self.dir.running.unlink, missing_ok=True)
            if self.broker is not None:
                ending.callback(self.broker.stop, timedelta(seconds=0.5))
            stop_all(self.children, STOP_WITHIN_S)


def _tls(config: OfficeConfig) -> Tls | None:
    if not config.listening.tls_certificate:
        return None
    return Tls(Path(config.listening.tls_certificate), Path(config.listening.tls_key))
