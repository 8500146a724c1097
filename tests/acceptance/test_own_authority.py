"""An office with certificates of its own authority: who trusts it connects, who does not is told no."""

import json
import socket
import ssl
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.office_process import ROOT, Asking, OfficeProcess, free_port, office_file

pytestmark = pytest.mark.slow


def motcua(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "queue_server.cli", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def hello(trust: ssl.SSLContext, port: int) -> str:
    """A TLS handshake under the name localhost; the protocol that was agreed on."""
    with (
        socket.create_connection(("127.0.0.1", port), 5) as plain,
        trust.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        return str(secure.version())


def test_pages_and_broker_are_trusted_by_the_authority_and_refused_without(tmp_path: Path) -> None:
    directory = tmp_path / "office"
    directory.mkdir()
    directory.joinpath("office.toml").write_text(office_file(tmp_path).read_text("utf-8"), "utf-8")
    made = motcua("certs", "make", "--dir", directory, "--name", "motcua.xa.example")
    assert made.returncode == 0, made.stderr
    lines = [line.strip() for line in made.stdout.splitlines() if " = " in line]
    assert [line.split(" = ")[0] for line in lines] == ["tls_certificate", "tls_key", "tls_ca"]
    replacements = {f'{line.split(" = ")[0]} = ""': line for line in lines}
    port = free_port()
    path = office_file(tmp_path, **replacements)
    office = OfficeProcess(tmp_path, path, "--headless", "--mqtt", f"0.0.0.0:{port}")
    try:
        office.wait_open()
        trust = ssl.create_default_context(cafile=str(directory / "tls" / "ca.pem"))
        trust.verify_flags |= ssl.VERIFY_X509_STRICT
        with urllib.request.urlopen(f"https://localhost:{office.http}/healthz", context=trust) as answer:
            assert json.loads(answer.read())["ok"] is True
        assert hello(trust, port) in ("TLSv1.2", "TLSv1.3")
        stranger = ssl.create_default_context()
        for where in (office.http, port):
            with pytest.raises(ssl.SSLCertVerificationError):
                hello(stranger, where)
        with closing(Asking(office)) as asking:
            assert asking("issue", services=["chung-thuc"])["ok"]
        office.dir.joinpath("office.toml").write_text(path.read_text("utf-8"), "utf-8")
        said = motcua("doctor", "--dir", office.dir)
        assert "certificate" in said.stdout and "days left" in said.stdout, said.stdout
        assert said.returncode == 0, said.stdout
        (office.dir / "tls" / "web.key").chmod(0o644)
        said = motcua("doctor", "--dir", office.dir)
        assert said.returncode == 1 and "chmod 600" in said.stdout, said.stdout
    finally:
        office.stop()
    shown = motcua("certs", "show", "--dir", directory)
    assert shown.returncode == 0 and "motcua.xa.example" in shown.stdout
    before = (directory / "tls" / "web.pem").read_text()
    assert "Nothing is due" in motcua("certs", "renew", "--due", "--dir", directory).stdout
    assert motcua("certs", "renew", "--dir", directory).returncode == 0
    assert (directory / "tls" / "web.pem").read_text() != before
