"""A number pad that is a terminal never becomes its agent's own: unplugged, it would end the agent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
AGENT = """
import sys
from pathlib import Path
from devices.keypad.line_keys import EventKeys
keys = EventKeys(Path(sys.argv[1]))
keys.open()
try:
    open("/dev/tty").close()
except OSError:
    print("none")
else:
    print("taken")
"""


@pytest.mark.slow
def test_a_pad_does_not_become_the_terminal_of_a_service() -> None:
    """A service leads its session and has no terminal, as systemd starts it."""
    master, slave = os.openpty()
    try:
        ran = subprocess.run(
            [sys.executable, "-c", AGENT, os.ttyname(slave)],
            cwd=ROOT, start_new_session=True, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
    finally:
        os.close(master)
        os.close(slave)
    assert ran.stdout == "none\n"
