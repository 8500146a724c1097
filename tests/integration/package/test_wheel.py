"""The installed wheel finds everything it needs, and each machine's extra is only what that machine needs."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked as an installer would, away from the checkout."""
    where = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(where)
    return where


def run(installed: Path, code: str) -> str:
    """What `code` prints when it finds only the installed packages and their dependencies."""
    block = f"import sys; sys.path[:] = [p for p in sys.path if p not in ('', {str(ROOT)!r})]; "
    ran = subprocess.run(
        [sys.executable, "-c", block + f"sys.path.insert(0, {str(installed)!r}); " + code],
        cwd=installed.parent, env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.slow
def test_the_installed_wheel_finds_its_assets(installed: Path) -> None:
    said = run(
        installed,
        "import assets.files, queue_server.main, pathlib; "
        "from queue_server.office_file.load import load_office; from assets.theme import load_theme; "
        "from assets.clips import ClipStore; load_theme(None); "
        "print(load_office(assets.files.office_path('commune')).id, load_office("
        "assets.files.office_path('province')).id, ClipStore().resolve('vi', 'digit.7').stat().st_size > 0, "
        "assets.files.__file__)",
    )
    assert said.startswith("thanh-binh an-binh True") and str(installed) in said


@pytest.mark.slow
def test_the_wheel_holds_pages_migrations_and_notices_but_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "queue_server/web/hall/templates/hall.html",
        "queue_server/web/counter/static/console.js",
        "queue_server/storage/migrations/env.py",
        "kiosk/ui/screens/home.kv",
        "assets/offices/province.toml",
    ):
        assert needed in names
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


SERVER_ONLY = ("sqlalchemy", "fastapi", "uvicorn", "argon2", "alembic", "numpy")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "without"),
    [
        ("queue_server.cli", (*SERVER_ONLY, "kivy", "escpos", "serial")),
        ("devices.agent.main", (*SERVER_ONLY, "kivy")),
        ("kiosk.main", (*SERVER_ONLY, "escpos", "serial")),
    ],
)
def test_a_program_starts_without_what_other_machines_need(
    installed: Path, program: str, without: tuple[str, ...]
) -> None:
    hide = "; ".join(f"sys.modules[{name!r}] = None" for name in without)
    assert run(installed, f"{hide}; import {program}; print('there')") == "there\n"


def test_no_extra_drags_in_another_machines_libraries() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {name: " ".join(needs).lower() for name, needs in project["optional-dependencies"].items()}
    assert "kivy" not in extras["server"] and "escpos" not in extras["server"]
    assert "kivy" not in extras["devices"] and "fastapi" not in extras["devices"]
    assert "escpos" not in extras["kiosk"] and "fastapi" not in extras["kiosk"]
    assert not any(name in " ".join(project["dependencies"]) for name in ("kivy", "fastapi", "escpos"))
