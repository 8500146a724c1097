"""The set-up script says what is missing in a sentence, never in a traceback."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A PATH with the few tools the script uses, and a Python that is too new."""
    for tool in ("bash", "dirname", "grep", "id", "dpkg-query", "cat"):
        found = shutil.which(tool)
        assert found is not None, tool
        (tmp_path / tool).symlink_to(found)
    python = tmp_path / "python3"
    python.write_text('#!/bin/bash\n[ "$1" = --version ] && echo "Python 3.14.0"\nexit 1\n')
    python.chmod(0o755)
    return tmp_path


def test_a_python_that_is_too_new_gets_a_clear_sentence(machine: Path) -> None:
    ran = subprocess.run(
        ["bash", ".ci/setup", "run"],
        cwd=ROOT, env={"PATH": str(machine)}, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "3.11, 3.12 or 3.13" in ran.stderr and "Python 3.14.0" in ran.stderr
    assert "Traceback" not in ran.stderr
