"""The office's own authority, judged by openssl and by Python's own verifier."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.broker import authority as a

NOW = datetime.now(UTC)
NAMES = ("server.lan", "192.0.2.7", "localhost")


@pytest.fixture
def folder(tmp_path: Path) -> a.Folder:
    made = a.Folder(tmp_path / "tls")
    a.make_authority(made, "thanh-binh", NOW)
    return made


def openssl(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True)


def test_openssl_takes_the_certificate_by_the_authority_and_by_no_other(folder: a.Folder) -> None:
    web = a.make_server(folder, "web", NAMES, NOW)
    asked = ("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile")
    assert openssl(*asked, folder.authority.certificate, web.certificate).returncode == 0
    for name in ("server.lan", "localhost"):
        one = openssl(*asked, folder.authority.certificate, "-verify_hostname", name, web.certificate)
        assert one.returncode == 0, one.stderr
    other = openssl(*asked, folder.authority.certificate, "-verify_hostname", "evil.lan", web.certificate)
    assert other.returncode != 0
    stranger = a.Folder(folder.root.parent / "stranger")
    a.make_authority(stranger, "thanh-binh", NOW)
    assert openssl(*asked, stranger.authority.certificate, web.certificate).returncode != 0
    assert a.signed_by(web.certificate, folder.authority.certificate)
    assert not a.signed_by(web.certificate, stranger.authority.certificate)


def test_a_servers_certificate_signs_no_other(folder: a.Folder) -> None:
    web = a.make_server(folder, "web", NAMES, NOW)
    said = openssl("x509", "-in", web.certificate, "-noout", "-ext", "basicConstraints,keyUsage").stdout
    assert "CA:FALSE" in said and "Certificate Sign" not in said


def test_keys_are_their_owners_only(folder: a.Folder) -> None:
    web = a.make_server(folder, "web", NAMES, NOW)
    for key in (folder.authority.key, web.key):
        assert key.stat().st_mode & 0o777 == 0o600


def test_a_renewal_has_a_new_key_for_the_same_names(folder: a.Folder) -> None:
    before = a.show(a.make_server(folder, "web", NAMES, NOW).certificate)
    key = folder.pair("web").key.read_text()
    later = NOW + a.SERVER_FOR - timedelta(days=20)
    assert before.names == NAMES and before.due(later) and not before.due(NOW)
    after = a.show(a.make_server(folder, "web", before.names, later).certificate)
    assert after.names == before.names and not after.due(later)
    assert folder.pair("web").key.read_text() != key and a.fits(folder.pair("web"))


def test_no_certificate_outlives_its_authority(folder: a.Folder) -> None:
    late = NOW + a.AUTHORITY_FOR - timedelta(days=40)
    web = a.show(a.make_server(folder, "web", NAMES, late).certificate)
    assert web.until <= a.show(folder.authority.certificate).until
    with pytest.raises(a.NoAuthority, match="has ended"):
        a.make_server(folder, "web", NAMES, NOW + a.AUTHORITY_FOR)


def test_without_the_authoritys_key_the_sentence_says_what_to_do(folder: a.Folder) -> None:
    folder.authority.key.unlink()
    with pytest.raises(a.NoAuthority, match=r"bring ca\.key back"):
        a.make_server(folder, "web", NAMES, NOW)


def test_a_key_of_another_certificate_is_noticed(folder: a.Folder) -> None:
    web, broker = (a.make_server(folder, name, NAMES, NOW) for name in ("web", "broker"))
    assert not a.fits(a.Pair(web.certificate, broker.key))


@pytest.mark.parametrize("name", ["", "server lan", "a/b", "x" * 254, "\nevil"])
def test_what_is_no_name_is_refused(folder: a.Folder, name: str) -> None:
    with pytest.raises(a.BadName):
        a.make_server(folder, "web", (name,), NOW)
