"""Child processes: started, watched, started again with back-off, and all of them stopped in time."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import structlog

log = structlog.get_logger("up")

FIRST_RETRY_S = 0.2
LONGEST_RETRY_S = 5.0
WELL_AFTER_S = 10.0
"""A child that has run this long starts its back-off anew."""


_DIE_WITH_US = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()
"""A child ends when its supervisor is killed outright, so that the next start finds its ports free."""


@dataclass(frozen=True, slots=True)
class Program:
    """One program to keep running. `final` exit codes are not tried again."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log_file: Path
    final: frozenset[int] = field(default_factory=frozenset)
    required: bool = True
    """Whether the office stops when this program ends for good."""


class Child:
    """Keeps one program running on a thread of its own."""

    def __init__(self, program: Program, on_final: Callable[[Program, int], None]) -> None:
        self.program = program
        self._on_final = on_final
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._again = False
        self._kept = True
        """False once the thread has obeyed `ask_to_stop`."""
        self._thread = self._new_thread()
        self.starts = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        self._thread.start()

    def _new_thread(self) -> threading.Thread:
        return threading.Thread(target=self._keep, name=f"child-{self.program.name}", daemon=True)

    def _goes_on(self) -> bool:
        with self._lock:
            self._kept = not self._stopping.is_set()
            return self._kept

    def _keep(self) -> None:
        retry = FIRST_RETRY_S
        while self._goes_on():
            began = monotonic()
            code = self._run_once()
            if not self._goes_on():
                return
            if self._again:
                self._again, retry = False, FIRST_RETRY_S
                continue
            if code in self.program.final:
                self._on_final(self.program, code)
                return
            retry = FIRST_RETRY_S if monotonic() - began > WELL_AFTER_S else min(retry * 2, LONGEST_RETRY_S)
            log.warning("child_ended", program=self.program.name, code=code, again_in_s=retry)
            self._stopping.wait(retry)

    def _run_once(self) -> int | None:
        """Its exit code; None when it could not even be started: a full disk, no memory."""
        try:
            return self._run()
        except OSError as problem:
            log.warning("child_not_started", program=self.program.name, why=problem.strerror)
            return None

    def _run(self) -> int:
        self.program.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self.program.log_file.open("ab") as out:
            with self._lock:
                if self._stopping.is_set():
                    return 0
                self.starts += 1
                self._process = subprocess.Popen(
                    [*_DIE_WITH_US, *self.program.command],
                    env=self.program.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
            return self._process.wait()

    def start_again(self) -> None:
        """End the program and start it anew at once, whatever its exit code, after `ask_to_stop` too. Returns
        at once. What has ended for good stays away."""
        with self._lock:
            runs = self._process is not None and self._process.poll() is None
            self._again = self._again or runs or (self._kept and self._stopping.is_set())
            self._stopping.clear()
            if not self._kept:
                self._kept = True
                self._thread = self._new_thread()
                self._thread.start()
            elif runs and self._process is not None:
                self._process.terminate()

    def ask_to_stop(self) -> None:
        """SIGTERM; returns at once."""
        with self._lock:
            self._stopping.set()
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()

    def wait_stopped(self, until: float) -> None:
        """Wait until `until` (monotonic seconds), then kill."""
        if not self._thread.is_alive():
            return
        self._thread.join(max(0.0, until - monotonic()))
        if self._thread.is_alive() and self._process is not None:
            log.error("child_killed", program=self.program.name)
            self._process.kill()
            self._thread.join(1)


def stop_all(children: Sequence[Child], within_s: float) -> None:
    """Ask all, then wait for all; whoever does not obey in time is killed."""
    until = monotonic() + within_s
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_stopped(until)
