"""A report by e-mail: over STARTTLS or TLS, signed in with a password from a file only its owner can read."""

import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from queue_server.domain.office_config import MailRules
from queue_server.reports.formats import FORMATS
from queue_server.reports.heading import subject
from queue_server.reports.report import Report
from queue_server.reports.sentences import sentences

WITHIN_S = 30.0


class MailFailed(Exception):
    """The report was not sent; the message is a sentence for the operator, without the password."""


def message(
    report: Report, files: Mapping[str, bytes], rules: MailRules, language: str, now: datetime
) -> EmailMessage:
    """PURE: one e-mail to all; its id is the report's, so that one sent twice can be known as such."""
    made = EmailMessage()
    lines = subject(report, language)
    made["Subject"] = f"{lines[0]}: {lines[1]}"
    made["From"], made["To"] = rules.sender, ", ".join(rules.to)
    made["Date"] = format_datetime(now)
    domain = rules.sender.rpartition("@")[2]
    made["Message-ID"] = f"<report.{report.period.key}.{report.config.id}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    body = [*lines, "", *(f"- {sentence}" for sentence in sentences(report, language)), ""]
    made.set_content("\n".join(body))
    for name, content in files.items():
        main, _, sub = FORMATS[name.rpartition(".")[2]].media_type.partition(";")[0].partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made


def send(made: EmailMessage, rules: MailRules, directory: Path) -> None:
    """Blocks until the server has taken it. Raises MailFailed."""
    host, _, port = rules.server.rpartition(":")
    password = _password(rules, directory)
    try:
        context = ssl.create_default_context(cafile=rules.authority or None)
    except OSError as failed:
        raise MailFailed(
            f"The authority of the mail server, {rules.authority}, cannot be used: {failed}."
        ) from failed
    try:
        with _connected(rules, host.strip("[]"), int(port), context) as server:
            if rules.security == "starttls":
                server.starttls(context=context)
            if rules.user:
                server.login(rules.user, password)
            refused = server.send_message(made)
    except smtplib.SMTPAuthenticationError as failed:
        raise MailFailed(
            f"The mail server {rules.server} refused the user {rules.user}: put the right password into"
            f" {rules.password_file} ({failed.smtp_code})."
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise MailFailed(
            f"The mail server {rules.server} offers no STARTTLS or no sign-in: ask for another port."
        ) from None
    except (smtplib.SMTPException, OSError) as failed:
        why = type(failed).__name__ if isinstance(failed, smtplib.SMTPException) else str(failed)
        raise MailFailed(f"The mail server {rules.server} did not take the report: {why}.") from failed
    if refused:
        raise MailFailed(f"The mail server refused {len(refused)} of {len(rules.to)} recipients.")


def _connected(rules: MailRules, host: str, port: int, context: ssl.SSLContext) -> smtplib.SMTP:
    if rules.security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=WITHIN_S, context=context)
    return smtplib.SMTP(host, port, timeout=WITHIN_S)


def _password(rules: MailRules, directory: Path) -> str:
    if not rules.user:
        return ""
    file = directory / rules.password_file
    try:
        if file.stat().st_mode & 0o077:
            raise MailFailed(f"Others can read {rules.password_file}: run chmod 600 on it.")
        password = file.read_text(encoding="ascii").strip()
    except UnicodeDecodeError:
        raise MailFailed(
            f"The password in {rules.password_file} has letters that mail servers do not take: choose one of"
            " plain letters, digits and signs."
        ) from None
    except OSError as failed:
        raise MailFailed(f"{rules.password_file} cannot be read: {failed.strerror}.") from failed
    return password
