"""An office that listens beyond its machine: TLS and accounts, or not at all."""

import datetime as dt
import ipaddress
import json
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.acceptance.office_process import (
    ROOT,
    Asking,
    OfficeProcess,
    free_port,
    office_file,
    running_office,
)

pytestmark = pytest.mark.slow


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for a name that is not the loopback's, as an office on a LAN has."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "motcua.xa.example")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("motcua.xa.example"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "office.crt", folder / "office.key"
    cert_path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return cert_path, key_path


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    """Its pages over TLS."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = certificate(folder)
    replacements = {
        'tls_certificate = ""': f'tls_certificate = "{cert}"',
        'tls_key = ""': f'tls_key = "{key}"',
    }
    with running_office(folder, office_file(folder, **replacements)) as made:
        yield made


def test_pages_over_tls_open_and_say_so(office: OfficeProcess) -> None:
    secure, cert = f"https://127.0.0.1:{office.http}", office.dir.parent / "office.crt"
    assert f"{secure}/counter" in office.log_path.read_text()
    trust = ssl.create_default_context(cafile=str(cert))
    with urllib.request.urlopen(f"{secure}/healthz", context=trust) as answer:
        assert json.loads(answer.read())["ok"] is True
        assert "max-age" in answer.headers["strict-transport-security"]
    with pytest.raises(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{office.http}/healthz", timeout=3)
    said = subprocess.run(
        [sys.executable, "-m", "queue_server.cli", "doctor", "--dir", str(office.dir)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout
    assert f"{secure} answers" in said.stdout


def test_a_broker_beyond_loopback_speaks_tls_only_and_everybody_here_finds_it(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    replacements = {
        'tls_certificate = ""': f'tls_certificate = "{cert}"',
        'tls_key = ""': f'tls_key = "{key}"',
    }
    port = free_port()
    path = office_file(tmp_path, **replacements)
    office = OfficeProcess(tmp_path, path, "--headless", "--mqtt", f"0.0.0.0:{port}")
    try:
        office.wait_open()
        with closing(Asking(office)) as asking:
            assert asking("issue", services=["chung-thuc"])["issued"]["ticket"]["number"] == "A001"
        with socket.create_connection(("127.0.0.1", port)) as plain:
            plain.sendall(b"\x10\x10\x00\x04MQTT\x04\x02\x00\x3c\x00\x04abcd")
            plain.settimeout(30)
            assert b"\x20\x02\x00\x00" not in plain.recv(64)
    finally:
        office.stop()


def test_a_forgotten_password_is_reset_on_the_machine_itself(office: OfficeProcess) -> None:
    login, password = (office.dir / "secrets" / "first-sign-in.txt").read_text().split()

    def account(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "queue_server.cli", "account", *words, "--dir", str(office.dir)],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip

    assert login in account("list").stdout
    made = account("reset", login).stdout.split()
    assert made[0] == login and made[1] != password and len(made[1]) >= 16
    assert account("reset", "nobody").returncode == 1
    assert made[1] not in office.logs()
