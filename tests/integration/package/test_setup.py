"""The set-up script takes a fit Python, or says what is missing in a sentence, never in a traceback."""

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
    python(tmp_path / "python3", fit=False)
    return tmp_path


def python(path: Path, fit: bool = True, venv: bool = True) -> str:
    """Something that answers like a Python: fit for motcua or too new, with or without what makes a venv."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        '#!/bin/bash\n[ "$1" = --version ] && echo "Python 3.14.0"\n'
        f'case "$2" in *ensurepip*) exit {0 if venv else 1};; *) exit {0 if fit else 1};; esac\n'
    )
    path.chmod(0o755)
    return str(path)


def set_up(machine: Path, what: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", ".ci/setup", what],
        cwd=ROOT, env={"PATH": str(machine), "SYSTEM_BIN": str(machine / "distribution")},
        capture_output=True, text=True,
    )  # fmt: skip


def test_a_python_that_is_too_new_gets_a_clear_sentence(machine: Path) -> None:
    ran = set_up(machine, "run")
    assert ran.returncode == 1
    assert "3.11, 3.12 or 3.13" in ran.stderr and "Python 3.14.0" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_python_of_the_distribution_comes_before_the_first_of_the_path(machine: Path) -> None:
    python(machine / "python3.13")
    own = python(machine / "distribution" / "python3.11")
    assert set_up(machine, "python").stdout.strip() == own


def test_a_python_that_can_make_no_venv_is_only_taken_when_there_is_no_other(machine: Path) -> None:
    bare = python(machine / "distribution" / "python3.11", venv=False)
    assert set_up(machine, "python").stdout.strip() == bare
    python(machine / "python3.12")
    assert set_up(machine, "python").stdout.strip() == "python3.12"
