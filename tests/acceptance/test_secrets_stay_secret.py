"""A running office keeps its secrets to itself: not in command lines, environments, logs or open files."""

import base64
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.acceptance.office_process import Asking, OfficeProcess, running_office, until

pytestmark = pytest.mark.slow

KEY_BYTES = 32
"""A key of the office's own is so many random bytes, which are no text."""


def secrets_of(office: OfficeProcess) -> dict[str, str]:
    """Where each secret lies → the secret: passwords of devices, keys, tokens, the first sign-in."""
    found: dict[str, str] = {}
    for path in (office.dir / "secrets").iterdir():
        raw = path.read_bytes()
        text = raw.decode("utf-8", "replace").strip()
        if path.suffix == ".pub":
            continue
        if len(raw) == KEY_BYTES:
            found[f"{path.name} in hex"] = raw.hex()
            found[f"{path.name} in base64"] = base64.b64encode(raw).decode().rstrip("=")
            continue
        if path.name == "devices.json":
            found |= {f"password of {one['user']}": one["password"] for one in json.loads(text)}
        elif path.name == "first-sign-in.txt":
            found[path.name] = text.split()[1]
        else:
            found |= {f"{path.name} {n}": part for n, part in enumerate(re.findall(r"\S{16,}", text))}
    return found


def told_by_processes(office: OfficeProcess) -> str:
    """Command lines and environments of every process of the machine that may be read."""
    told = []
    for entry in Path("/proc").glob("[0-9]*"):
        for part in ("cmdline", "environ"):
            if int(entry.name) != os.getpid():
                with suppress(OSError):
                    told.append((entry / part).read_bytes().decode("utf-8", "replace"))
    return "\0".join(told)


def written_outside_secrets(office: OfficeProcess) -> dict[Path, str]:
    """Every readable text that is not itself a place for secrets: logs, notes, the supervisor's output."""
    paths = [office.log_path, *office.dir.glob("logs/*"), *office.dir.glob("broker/*.log")]
    paths += [office.dir / "running.json", office.dir / "office.toml"]
    return {path: path.read_text("utf-8", "replace") for path in paths if path.is_file()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    with running_office(tmp_path_factory.mktemp("secrets")) as made:
        yield made


def test_no_secret_is_in_a_command_line_an_environment_or_a_log(office: OfficeProcess) -> None:
    with closing(Asking(office)) as asking:
        assert asking("issue", services=["chung-thuc"])["ok"]
        wrong = urllib.parse.urlencode({"login": "admin", "password": "mat-khau-sai-cua-toi"}).encode()
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{office.base}/sign-in", wrong, timeout=10)
        until(lambda: "/sign-in" in office.logs(), "the sign-in is logged")
        secrets = secrets_of(office)
        assert {"password of server", "password of kiosk-1", "first-sign-in.txt"} <= set(secrets)
        assert any(name.startswith("signing.key") for name in secrets)
        processes = told_by_processes(office)
        assert "queue_server.cli" in processes
        written = written_outside_secrets(office)
        assert any(path.suffix == ".log" for path in written)
        secrets["a wrong password"] = "mat-khau-sai-cua-toi"
        for name, value in secrets.items():
            assert value not in processes, f"{name} is in a command line or an environment"
            assert not [path for path, text in written.items() if value in text], name


def test_what_holds_secrets_is_its_owners_only(office: OfficeProcess) -> None:
    secrets = set(secrets_of(office).values())
    assert (office.dir / "secrets").stat().st_mode & 0o077 == 0
    holding = [
        path
        for path in office.dir.rglob("*")
        if path.is_file() and any(value.encode() in path.read_bytes() for value in secrets)
    ]
    assert any(path.name == "nats.conf" for path in holding)
    readable = [path for path in holding if path.stat().st_mode & 0o077]
    assert readable == []
