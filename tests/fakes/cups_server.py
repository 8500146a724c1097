"""Debian's own cupsd, private to a test: its files in a folder of its own, on loopback only."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path
from time import monotonic

FILES = """
ServerRoot {root}
ServerBin /usr/lib/cups
DataDir /usr/share/cups
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/spool/tmp
Printcap {root}/printcap
AccessLog {root}/access
ErrorLog {root}/error
PageLog {root}/page
Sandboxing Relaxed
"""
CONF = """
LogLevel info
Listen 127.0.0.1:{port}
Listen {root}/sock
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""


class Cups:
    """`start`ed and `stop`ped by the test; `queue` makes a raw queue to a port."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="cups-"))
        self.root.chmod(0o755)
        for part in ("spool/tmp", "cache", "state"):
            (self.root / part).mkdir(parents=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (self.root / "cups-files.conf").write_text(FILES.format(root=self.root))
        (self.root / "cupsd.conf").write_text(CONF.format(root=self.root, port=port))
        self.server = str(self.root / "sock")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        files = ["-c", str(self.root / "cupsd.conf"), "-s", str(self.root / "cups-files.conf")]
        self._process = subprocess.Popen(["/usr/sbin/cupsd", "-f", *files])
        self._until(lambda: self._run("lpstat", "-r").stdout.strip() == b"scheduler is running")

    def queue(self, name: str, port: int) -> None:
        """Raw, to a printer on a loopback port by CUPS' own socket backend."""
        uri = f"socket://127.0.0.1:{port}/?waiteof=false"
        made = self._run("/usr/sbin/lpadmin", "-p", name, "-v", uri, "-E")
        assert made.returncode == 0, made.stderr

    def disable(self, name: str) -> None:
        assert self._run("/usr/sbin/cupsdisable", name).returncode == 0

    def enable(self, name: str) -> None:
        assert self._run("/usr/sbin/cupsenable", name).returncode == 0

    def jobs(self) -> str:
        """Completed jobs, with their names where CUPS tells them."""
        return self._run("lpstat", "-W", "completed", "-o").stdout.decode()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        where = {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C"}
        return subprocess.run(command, capture_output=True, env=where, timeout=20, check=False)

    def _until(self, condition: object, seconds: float = 30) -> None:
        deadline, pause = monotonic() + seconds, threading.Event()
        while not condition():  # type: ignore[operator]
            log = self.root / "error"
            assert monotonic() < deadline, log.read_text() if log.exists() else "cupsd did not start"
            pause.wait(0.05)
