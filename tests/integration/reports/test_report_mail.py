"""Reports by e-mail, taken by a real SMTP server: STARTTLS, a password from a file, attachments whole."""

import email
import email.policy
import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from queue_server.domain.office_config import MailRules
from queue_server.reports.mail import MailFailed, message, send
from queue_server.reports.report import Report
from tests.integration.reports.test_report_editions import made as report_of
from tests.integration.web.public.sample_config import NOW
from tests.integration.web.public.sample_office import SampleOffice

PASSWORD = "a password of the office"


class Box:
    """What the server took."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage, bool]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        told = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(told, EmailMessage)
        self.taken.append((envelope.rcpt_tos, told, session.ssl is not None))
        return "250 taken"


class Loopback(Controller):
    """On a port that was free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def certificate(folder: Path) -> ssl.SSLContext:
    """For 127.0.0.1, its own authority, in `smtp.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "smtp.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "smtp.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "smtp.pem", folder / "smtp.key")
    return context


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and data.password.decode() == PASSWORD
    return AuthResult(success=good, handled=False)


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box, tmp_path: Path) -> Iterator[MailRules]:
    """Takes mail over STARTTLS from who knows the password, and nothing else."""
    running = Loopback(
        box,
        hostname="127.0.0.1",
        port=0,
        tls_context=certificate(tmp_path),
        require_starttls=True,
        auth_required=True,
        authenticator=knows,
        auth_require_tls=True,
    )
    running.start()
    secret = tmp_path / "smtp.txt"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    secret.chmod(0o600)
    yield MailRules(
        ("van-phong@tinh.gov.vn", "vp2@tinh.gov.vn"),
        "mot-cua@xa.gov.vn",
        f"127.0.0.1:{running.port}",
        user="mot-cua",
        password_file="smtp.txt",
        authority=str(tmp_path / "smtp.pem"),
    )
    running.stop()


@pytest.fixture
def told(office: SampleOffice) -> Report:
    return report_of(office)


FILES = {"bao-cao-2026-10.csv": "\ufefftên;số".encode(), "bao-cao-2026-10.pdf": b"%PDF-1.7 \x00\xff body"}


def changed(rules: MailRules, **changes: Any) -> MailRules:
    return replace(rules, **changes)


def test_a_report_goes_out_encrypted_with_its_files_whole(
    server: MailRules, box: Box, told: Report, tmp_path: Path
) -> None:
    send(message(told, FILES, server, "vi", NOW), server, tmp_path)
    ((recipients, mail, encrypted),) = box.taken
    assert recipients == list(server.to) and encrypted
    assert "tháng 10 năm 2026" in mail["Subject"] and mail["From"] == "mot-cua@xa.gov.vn"
    body = mail.get_body()
    assert isinstance(body, EmailMessage) and "Thời gian chờ trung bình mỗi lượt" in body.get_content()
    parts = {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}
    assert parts == FILES
    assert PASSWORD not in str(mail)


def test_the_same_report_sent_twice_has_one_id(server: MailRules, told: Report) -> None:
    first, again = (message(told, {}, server, "vi", at) for at in (NOW, NOW + timedelta(hours=1)))
    assert first["Message-ID"] == again["Message-ID"]


def test_a_wrong_password_is_said_with_the_file_to_mend(
    server: MailRules, box: Box, told: Report, tmp_path: Path
) -> None:
    (tmp_path / "smtp.txt").write_text("wrong")
    with pytest.raises(MailFailed, match=r"smtp\.txt") as failed:
        send(message(told, {}, server, "vi", NOW), server, tmp_path)
    assert "wrong" not in str(failed.value) and box.taken == []


def test_a_password_that_others_can_read_is_not_used(
    server: MailRules, box: Box, told: Report, tmp_path: Path
) -> None:
    (tmp_path / "smtp.txt").chmod(0o644)
    with pytest.raises(MailFailed, match="chmod 600"):
        send(message(told, {}, server, "vi", NOW), server, tmp_path)
    assert box.taken == []


def test_a_server_that_nobody_vouches_for_gets_nothing(
    server: MailRules, box: Box, told: Report, tmp_path: Path
) -> None:
    rules = changed(server, authority="")
    with pytest.raises(MailFailed, match="did not take"):
        send(message(told, {}, rules, "vi", NOW), rules, tmp_path)
    assert box.taken == []


def test_a_server_without_starttls_gets_nothing(box: Box, told: Report, tmp_path: Path) -> None:
    plain = Loopback(box, hostname="127.0.0.1", port=0)
    plain.start()
    try:
        rules = MailRules(("a@b.vn",), "c@d.vn", f"127.0.0.1:{plain.port}")
        with pytest.raises(MailFailed, match="STARTTLS"):
            send(message(told, {}, rules, "vi", NOW), rules, tmp_path)
        assert box.taken == []
        here = changed(rules, security="none")
        send(message(told, {}, here, "vi", NOW), here, tmp_path)
        assert [taken[2] for taken in box.taken] == [False]
    finally:
        plain.stop()


def test_a_server_that_is_away_is_said_so(told: Report, tmp_path: Path) -> None:
    rules = MailRules(("a@b.vn",), "c@d.vn", "127.0.0.1:1")
    with pytest.raises(MailFailed, match="did not take the report"):
        send(message(told, {}, rules, "vi", NOW), rules, tmp_path)


def test_an_authority_that_is_not_there_and_a_password_of_other_letters_are_said(
    server: MailRules, told: Report, tmp_path: Path
) -> None:
    rules = changed(server, authority=str(tmp_path / "not-there.pem"))
    with pytest.raises(MailFailed, match=r"not-there\.pem, cannot be used"):
        send(message(told, {}, rules, "vi", NOW), rules, tmp_path)
    (tmp_path / "smtp.txt").write_text("mật khẩu", encoding="utf-8")
    with pytest.raises(MailFailed, match="plain letters"):
        send(message(told, {}, server, "vi", NOW), server, tmp_path)
