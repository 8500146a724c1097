"""PURE: scheduled reports: something to make when they are scheduled, an e-mail that can be sent safely."""

import re
from collections.abc import Iterator

from queue_server.office_file.problems import Mistake
from queue_server.office_file.read import Draft

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+|[^@\s,;<>\"]+@localhost")
_SERVER = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})")
_HERE = ("127.0.0.1", "localhost", "[::1]")


def report_mistakes(draft: Draft) -> Iterator[Mistake]:
    if "reports" in draft.broken:
        return
    section = draft.file.reports
    if section.every and not section.formats:
        yield Mistake(
            ("reports", "formats"),
            "Báo cáo được lập tự động nhưng không có định dạng nào.",
            "Reports are scheduled, but in no format.",
            'Viết formats = ["pdf", "xlsx"].',
            'Write formats = ["pdf", "xlsx"].',
        )
    mail = section.mail
    if not mail.to:
        return
    for address in (*mail.to, mail.sender):
        if not _ADDRESS.fullmatch(address):
            yield Mistake(
                ("reports", "mail", "sender" if address == mail.sender else "to"),
                f'"{address}" không phải là địa chỉ thư điện tử.',
                f'"{address}" is no e-mail address.',
                'Viết như "baocao@thanhbinh.gov.vn".',
                'Write as in "baocao@thanhbinh.gov.vn".',
            )
    found = _SERVER.fullmatch(mail.server)
    if found is None or not 0 < int(found[2]) < 65536:
        yield Mistake(
            ("reports", "mail", "server"),
            f'"{mail.server}" không phải là máy chủ thư.',
            f'"{mail.server}" is no mail server.',
            'Viết máy và cổng như "smtp.tinh.gov.vn:587".',
            'Write host and port as in "smtp.tinh.gov.vn:587".',
        )
    elif mail.security == "none" and found[1] not in _HERE:
        yield Mistake(
            ("reports", "mail", "security"),
            "Thư không mã hoá chỉ được gửi tới máy này.",
            "Mail without encryption may only go to this machine.",
            'Viết security = "starttls" hoặc "tls".',
            'Write security = "starttls" or "tls".',
        )
    if mail.user and not mail.password_file:
        yield Mistake(
            ("reports", "mail", "password_file"),
            "Có tên đăng nhập thư nhưng không có tệp mật khẩu.",
            "There is a mail user and no password file.",
            'Viết password_file = "secrets/smtp.txt" và đặt quyền 600 cho tệp đó.',
            'Write password_file = "secrets/smtp.txt", and give that file mode 600.',
        )
