"""The section [reports]: what is scheduled can be made, what is mailed can be sent safely."""

import json

import pytest

from assets.files import office_path
from queue_server.domain.office_config import MailRules, OfficeConfig, ReportRules
from queue_server.office_file.load import check_office, load_office
from queue_server.storage.codec import from_json, to_json

WARD = office_path("commune")
NOTHING = "every = []   "
MAIL = """
[reports.mail]
to = ["van-phong@tinh.gov.vn"]
sender = "mot-cua@xa.gov.vn"
server = "smtp.tinh.gov.vn:587"
"""
PLACE = 'edition = "public"               # bản công khai: không có tên công chức\n'


def changed(old: str, new: str) -> tuple[OfficeConfig | None, list[str]]:
    text = WARD.read_text("utf-8")
    assert old in text
    config, problems = check_office(text.replace(old, new, 1), "xa.toml", WARD.parent)
    return config, [problem.key for problem in problems]


def test_the_ward_names_its_signature_block_and_makes_no_report_by_itself() -> None:
    reports = load_office(WARD).reports
    assert (reports.authority, reports.post, reports.every) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", ())
    assert reports.edition == "public" and reports.mail == MailRules()


def test_an_office_of_an_old_journal_makes_no_report_by_itself() -> None:
    old = json.loads(to_json(load_office(WARD)))
    del old["reports"]
    assert from_json(OfficeConfig, json.dumps(old)).reports == ReportRules()


def test_reports_of_a_month_and_a_quarter_are_sent() -> None:
    text = 'every = ["month", "quarter", "month"]'
    config, problems = changed(NOTHING, text)
    assert not problems and config is not None and config.reports.every == ("month", "quarter")
    config, problems = changed(PLACE, PLACE + MAIL)
    assert not problems and config is not None
    assert config.reports.mail.to == ("van-phong@tinh.gov.vn",)
    assert config.reports.mail.security == "starttls"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (NOTHING, 'every = ["fortnight"]', "reports.every"),
        ('formats = ["pdf", "xlsx"]', 'formats = ["doc"]', "reports.formats"),
        ('edition = "public"  ', 'edition = "secret"  ', "reports.edition"),
        ("van-phong@tinh.gov.vn", "van phong", "reports.mail.to"),
        ("mot-cua@xa.gov.vn", "", "reports.mail.sender"),
        ("smtp.tinh.gov.vn:587", "smtp.tinh.gov.vn", "reports.mail.server"),
        ("smtp.tinh.gov.vn:587", "smtp.tinh.gov.vn:99999", "reports.mail.server"),
        ('gov.vn:587"', 'gov.vn:587"\nsecurity = "none"', "reports.mail.security"),
        ('gov.vn:587"', 'gov.vn:587"\nuser = "mot-cua"', "reports.mail.password_file"),
    ],
)
def test_a_mistake_is_named_with_its_key(old: str, new: str, key: str) -> None:
    text = WARD.read_text("utf-8").replace(PLACE, PLACE + MAIL, 1)
    assert old in text
    _config, problems = check_office(text.replace(old, new, 1), "xa.toml", WARD.parent)
    assert any(problem.key.startswith(key) for problem in problems), [p.key for p in problems]


def test_what_is_scheduled_has_a_format() -> None:
    text = WARD.read_text("utf-8").replace(NOTHING, 'every = ["day"]', 1)
    text = text.replace('formats = ["pdf", "xlsx"]', "formats = []", 1)
    _config, problems = check_office(text, "xa.toml", WARD.parent)
    assert [problem.key for problem in problems] == ["reports.formats"]


def test_mail_to_this_machine_may_go_without_encryption() -> None:
    mail = MAIL.replace("smtp.tinh.gov.vn:587", "127.0.0.1:25") + 'security = "none"\n'
    config, problems = changed(PLACE, PLACE + mail)
    assert not problems and config is not None and config.reports.mail.security == "none"
