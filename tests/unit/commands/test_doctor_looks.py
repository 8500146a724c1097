"""What doctor notices without an office that runs."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.broker import authority as a
from queue_server.commands.doctor_devices import logs, revoked
from queue_server.commands.doctor_doors import certificates, secrets_kept

NOW = datetime.now(UTC)


def made(root: Path, since: datetime = NOW) -> a.Folder:
    folder = a.Folder(root / "tls")
    a.make_authority(folder, "thanh-binh", since)
    for name in ("web", "broker"):
        a.make_server(folder, name, ("server.lan",), since)
    return folder


def said(root: Path) -> dict[str, tuple[bool | None, str]]:
    return {one.what: (one.ok, one.said) for one in certificates(root)}


def test_certificates_that_are_right_are_said_with_their_days(tmp_path: Path) -> None:
    made(tmp_path)
    assert said(tmp_path)["certificate web.pem"][0] is True
    assert "days left" in said(tmp_path)["authority"][1]


@pytest.mark.parametrize(
    ("days_ago", "ok", "words"),
    [(380, None, "16 days left"), (400, False, "ended on"), (0, True, "days left")],
)
def test_a_certificate_near_its_end_is_told_before_it_ends(
    tmp_path: Path, days_ago: int, ok: bool | None, words: str
) -> None:
    made(tmp_path, NOW - timedelta(days=days_ago))
    found = said(tmp_path)["certificate web.pem"]
    assert found[0] is ok and words in found[1]


def test_keys_that_do_not_fit_or_lie_open_are_told(tmp_path: Path) -> None:
    folder = made(tmp_path)
    folder.pair("web").key.write_bytes(folder.pair("broker").key.read_bytes())
    folder.pair("broker").key.chmod(0o640)
    assert said(tmp_path)["certificate web.pem"] == (False, f"{folder.pair('web').key} is not its key")
    assert "read by others" in said(tmp_path)["certificate broker.pem"][1]
    folder.pair("web").key.unlink()
    assert "is not there" in said(tmp_path)["certificate web.pem"][1]


def test_a_secret_that_others_can_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir(mode=0o700)
    key = tmp_path / "secrets" / "signing.key"
    key.write_text("x")
    key.chmod(0o600)
    (tmp_path / "secrets" / "signing.pub").write_text("public")
    assert [one.ok for one in secrets_kept(tmp_path)] == [True]
    key.chmod(0o644)
    assert [one.ok for one in secrets_kept(tmp_path)] == [False]
    key.chmod(0o600)
    (tmp_path / "office.db").touch(mode=0o644)
    (open_,) = secrets_kept(tmp_path)
    assert open_.ok is False and open_.mend == f"chmod -R go= {tmp_path / 'office.db'}"


def test_revoked_devices_and_endless_logs_are_worth_knowing(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    account = {"user": "kiosk-1", "kind": "kiosk", "password": "p", "devices": [], "counter": None}
    (tmp_path / "secrets" / "devices.json").write_text(json.dumps([account | {"revoked": True}]))
    assert [(one.ok, one.said) for one in revoked(tmp_path)] == [(None, "kiosk-1")]
    (tmp_path / "logs").mkdir()
    assert list(logs(tmp_path)) == []
    with (tmp_path / "logs" / "server.log").open("wb") as large:
        large.truncate(300_000_000)
    assert [one.said for one in logs(tmp_path)] == ["300 MB"]
