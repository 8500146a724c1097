"""What `motcua doctor` says of this machine's devices, logs and revoked accounts."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from queue_server.commands.finding import Finding

_MANY_BYTES = 200_000_000


def devices(root: Path) -> Iterator[Finding]:
    """As `motcua devices list` tells it, when this machine's agent runs."""
    from queue_server.office_dir import OfficeDir
    from queue_server.up.programs import LOCAL_AGENT

    socket = OfficeDir(root).socket(LOCAL_AGENT)
    if not socket.exists():
        return
    command = [sys.executable, "-m", "devices.agent.tools", "--socket", str(socket), "list"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except subprocess.TimeoutExpired:
        yield Finding("devices", False, "the agent does not answer", "Start the office or its agent again.")
        return
    said = (asked.stdout or asked.stderr).strip().splitlines()
    if asked.returncode:
        yield Finding("devices", False, "; ".join(said), "See docs/devices.md; try motcua devices test ID.")
    else:
        yield Finding("devices", True, f"{len(said)} lines, none lost")


def logs(root: Path) -> Iterator[Finding]:
    """Whether the log files stay small."""
    files = list((root / "logs").glob("*"))
    size = sum(path.stat().st_size for path in files)
    if files and size > _MANY_BYTES:
        yield Finding(
            "logs", None, f"{size // 1_000_000} MB", f"Look into {root / 'logs'}: something repeats."
        )


def revoked(root: Path) -> Iterator[Finding]:
    """Devices that are shut out, so that nobody looks for a fault where there is none."""
    from queue_server.office_dir import DirectoryTrouble, OfficeDir

    try:
        users = [one.user for one in OfficeDir(root).written_accounts() if one.revoked]
    except DirectoryTrouble as problem:
        yield Finding("device accounts", False, str(problem))
        return
    if users:
        mend = "When they are found again: motcua broker allow NAME."
        yield Finding("revoked devices", None, ", ".join(users), mend)
