"""One office on one machine: broker, server, device agent, kiosk; addresses printed, everything stopped."""

import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic

from assets.files import office_path
from queue_server.broker.accounts import WeakPassword
from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.errors import BrokerTrouble
from queue_server.broker.listen import Listen, ListenNeedsTls, Tls, is_loopback
from queue_server.clock import secret
from queue_server.demo import demo_devices
from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.ports import OfficeTaken
from queue_server.link.ports import Address
from queue_server.logs import turn_over
from queue_server.office_dir import DirectoryTrouble, OfficeDir
from queue_server.office_file.load import load_office
from queue_server.office_file.problems import OfficeFileError
from queue_server.storage.locks import FileLock
from queue_server.up.accounts import AccountWatch, broker_account
from queue_server.up.children import Child, Program, stop_all
from queue_server.up.programs import agent_program, has_display, kiosk_program, server_program, why_no_kiosk
from queue_server.web.own_pages import base_url, health

READY_WITHIN_S = 300.0
"""After an update the server may have to read the whole journal again: minutes for millions of events."""
SAY_AFTER_S = 10.0
FIRST_START = "Preparing a new office: its database, keys and pages. Only the first start takes this long."
LATER_START = "Still starting: the server reads the journal, which after an update can take some minutes."
STOP_WITHIN_S = 2.2
LOOK_AT_BROKER_EVERY_S = 1.0
SILENT_LOOKS = 3
"""A broker that is alive but does not answer this many looks in a row hangs."""

SYSTEM_CA = Path("/etc/ssl/certs/ca-certificates.crt")
"""Trusted for an outside broker over TLS when the office file names no authority."""


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
        self._accounts: AccountWatch
        self._lock: FileLock | None = None
        self._end = threading.Event()
        self._told = False
        """Set by a signal handler, which must take no lock: an Event could deadlock there."""
        self._new = False
        """No server has run in this directory before."""
        self.exit_code = 0

    def start(self) -> None:
        """Raises UpTrouble; whatever was started by then is stopped again."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._signalled)
        try:
            self._start()
        except (DirectoryTrouble, OfficeFileError, BrokerTrouble, ListenNeedsTls, WeakPassword) as problem:
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
        except OfficeTaken as problem:
            raise UpTrouble(
                f"An office is running in {self.dir.root} already: stop it first, or choose another --dir."
            ) from problem
        except OSError as problem:
            raise UpTrouble(
                f"{self.dir.root} cannot be used ({problem.strerror}): free space, or choose another --dir."
            ) from problem
        self._new = not self._log("server").exists()
        office_file = self._office_file()
        config = load_office(office_file)
        if self.options.demo:
            config = demo_devices(config)
        http = self.options.http or address(config.listening.http, "listening.http")
        mqtt = self.options.mqtt or address(config.listening.mqtt, "listening.mqtt")
        self._check_http(config, http)
        accounts = self.dir.device_accounts(config, secret)
        if not config.broker_url:
            listen = Listen(*mqtt, None if is_loopback(mqtt[0]) else _tls(config))
            brokers = [broker_account(a) for a in accounts]
            self.broker = EmbeddedBroker(self.dir.broker, listen, config.id, brokers)
            self.broker.start()
        broker = self._broker_address(config)
        self._accounts = AccountWatch(self.dir, config, broker, accounts)
        self._keep(server_program(self.dir, office_file, http, broker, self.options.demo))
        agent = agent_program(self.dir, config, broker)
        if agent is not None:
            self._keep(agent)
        self._start_kiosk(config, broker)
        self._wait_ready(config, http)
        if self._told:
            return
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

    def _broker_address(self, config: OfficeConfig) -> Address:
        """Where the office's own programs reach the broker, and whom they trust there."""
        ca = Path(config.listening.trusted) if config.listening.trusted else None
        if config.broker_url:
            scheme, _, where = config.broker_url.rpartition("://")
            return Address(*address(where, "broker.url"), (ca or SYSTEM_CA) if scheme == "mqtts" else None)
        assert self.broker is not None
        listen = self.broker.listen
        return Address(listen.reached_at, listen.port, ca if listen.tls is not None else None)

    def _keep(self, program: Program) -> None:
        child = Child(program, self._ended_for_good)
        self.children.append(child)
        child.start()

    def _ended_for_good(self, program: Program, code: int) -> None:
        if program.required:
            self.exit_code = code or 1
            self._end.set()

    def _wait_ready(self, config: OfficeConfig, http: tuple[str, int]) -> None:
        began = monotonic()
        until, said = began + READY_WITHIN_S, False
        certificate = config.listening.trusted
        base = base_url(http, certificate)
        pause = threading.Event()
        while monotonic() < until:
            if self._told:
                return
            if self._end.is_set():
                raise UpTrouble(self._last_words("server"))
            with suppress(OSError):
                status, _ = health(base, certificate, within_s=1)
                if status == 200:
                    return
            if not said and monotonic() - began > SAY_AFTER_S:
                self._say(FIRST_START if self._new else LATER_START)
                said = True
            pause.wait(0.05)
        raise UpTrouble(f"The server was not ready within {READY_WITHIN_S:g} s: {self._last_words('server')}")

    def _log(self, program: str) -> Path:
        return self.dir.logs / f"{program}.log"

    def _last_words(self, program: str) -> str:
        path = self._log(program)
        lines = path.read_text(errors="replace").strip().splitlines() if path.exists() else []
        plain = [line for line in lines if not line.startswith("{")]
        return (plain or lines or ["it ended without a word"])[-1]

    def _start_kiosk(self, config: OfficeConfig, broker: Address) -> None:
        window = has_display() and not self.options.headless
        why_not = why_no_kiosk(config, window, self.options.demo)
        if why_not is None and not self.dir.may_connect(config.kiosks[0].id):
            why_not = f"The account of {config.kiosks[0].id} is revoked: see motcua broker allow."
        if why_not is None:
            self._keep(kiosk_program(self.dir, config, broker, window))
        elif why_not:
            self._say(why_not)

    def _print_addresses(self, config: OfficeConfig, http: tuple[str, int], broker: Address) -> None:
        base = base_url(http, config.listening.trusted)
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
        lines = [f"  {name:30} {base}{path}" for name, path in pages]
        lines.append(f"  {'MQTT':30} {broker.host}:{broker.port}")
        lines.append(f"  {'slips':30} {self.dir.slips}")
        self._say("\n".join([*lines, f"{config.short_name.vi} is open."]))
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
            self._accounts.look(self.broker, self.children, self._say)
            if monotonic() - looked < LOOK_AT_BROKER_EVERY_S:
                continue
            looked = monotonic()
            for child in self.children:
                turn_over(child.program.log_file)
            if self.broker is None:
                continue
            if self.broker.alive():
                silent = 0
                continue
            silent += 1
            if silent >= SILENT_LOOKS or not self.broker.runs():
                self._say("The broker does not answer; it is started again.")
                with suppress(BrokerTrouble, OSError):  # tried again at the next looks
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
