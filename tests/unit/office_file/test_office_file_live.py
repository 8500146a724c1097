"""The office file from the web: checked, in force and on the disk, or nothing of it."""

from pathlib import Path

import pytest

from assets.files import office_path
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.office_file.live import LiveOfficeFile

TEXT = office_path("commune").read_text("utf-8")


class Office:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "office.toml"
        self.path.write_text(TEXT, "utf-8")
        self.path.chmod(0o640)
        self.in_force: list[OfficeConfig] = []
        self.refusal: Words | None = None
        self.file = LiveOfficeFile(self.path, self._put)

    def _put(self, config: OfficeConfig) -> Words | None:
        if self.refusal is None:
            self.in_force.append(config)
        return self.refusal


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_changed_text_is_in_force_and_written_for_the_same_readers(office: Office) -> None:
    changed = f"{TEXT}\n# đã sửa\n"
    assert office.file.apply(changed) == [] and len(office.in_force) == 1
    assert office.path.read_text("utf-8") == changed == office.file.text()
    assert office.path.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in office.path.parent.iterdir()] == ["office.toml"]


def test_a_text_with_mistakes_or_refused_by_the_office_leaves_everything(office: Office) -> None:
    assert office.file.apply("x = ") != []
    office.refusal = Words("Còn số đang chờ.", "Tickets are open.")
    assert office.file.apply(f"{TEXT}\n# đã sửa\n") == [office.refusal]
    assert office.path.read_text("utf-8") == TEXT and office.in_force == []
    assert [path.name for path in office.path.parent.iterdir()] == ["office.toml"]


def test_what_cannot_be_written_is_not_brought_into_force(office: Office) -> None:
    (office.path.parent / "office.new").mkdir()
    (said,) = office.file.apply(f"{TEXT}\n# đã sửa\n")
    assert "cannot be written" in (said.en or "") and "Chưa ghi được" in said.vi
    assert office.in_force == [] and office.path.read_text("utf-8") == TEXT


def test_weekdays_are_named_in_the_language_of_the_sentence(office: Office) -> None:
    twice = TEXT.replace("week.t2-t6", 'week.t2 = ["07:30-08:00"]\nweek.t2-t6', 1)
    assert twice != TEXT
    said = [words for words in office.file.check(twice) if "already" in (words.en or "")]
    assert said and "mon has its hours" in (said[0].en or "") and "t2 đã có giờ" in said[0].vi


MAIL = """
[reports.mail]
to = ["van-phong@tinh.gov.vn"]
sender = "mot-cua@xa.gov.vn"
server = "smtp.tinh.gov.vn:587"
user = "mot-cua"
password_file = "secrets/smtp.txt"
"""


def test_no_page_names_another_file_whose_words_are_sent_away(office: Office) -> None:
    named = TEXT + MAIL
    for said in (office.file.check(named), office.file.apply(named)):
        assert len(said) == 1
        assert "on the server itself" in (said[0].en or "") and "ngay trên máy chủ" in said[0].vi
    assert office.in_force == [] and office.path.read_text("utf-8") == TEXT
    office.path.write_text(named, "utf-8")
    assert office.file.check(named) == [] == office.file.apply(f"{named}\n# đã sửa\n")
    assert office.file.apply(TEXT) == [], "to name none any more is no danger"
