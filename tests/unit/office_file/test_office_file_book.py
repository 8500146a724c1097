"""The office file's [book]: the sample, what is left out, and every mistake with its key."""

import pytest

from assets.files import office_path
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import BookRules
from queue_server.office_file.load import check_office, load_office
from queue_server.office_file.problems import Problem

WARD = office_path("commune")
CODE = 'code = "H99.16-{yymmdd}-{nnnn}"'


def changed(old: str, new: str) -> tuple[OfficeConfig | None, list[Problem]]:
    text = WARD.read_text("utf-8")
    assert old in text
    return check_office(text.replace(old, new, 1), "xa.toml", WARD.parent)


def test_the_ward_enters_dossiers_with_its_own_codes_days_and_papers() -> None:
    config = load_office(WARD)
    assert config.book.code == "H99.16-{yymmdd}-{nnnn}" and config.book.late_after == "15:00"
    assert (config.book.receipt, config.book.guidance, config.book.control) == ("TNHS", "HDHS", "KSGQHS")
    births = next(p for s in config.services for p in s.procedures if p.code == "1.001193")
    assert births.legal_days == 0 and births.papers[0] == "Tờ khai đăng ký khai sinh"


def test_an_office_without_the_section_enters_no_dossiers() -> None:
    assert load_office(office_path("province")).book == BookRules()


def test_the_late_hour_may_be_left_out() -> None:
    config, problems = changed('late_after = "15:00"', 'late_after = ""')
    assert config is not None and config.book.late_after == "" and not problems


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (CODE, 'code = "H99.16-{yymmdd}"', "book.code"),
        (CODE, 'code = "H99.16-{nnnn}"', "book.code"),
        (CODE, 'code = "H99.16-{yymmdd}-{nnnn}-{nn}"', "book.code"),
        (CODE, 'code = "H99.16-{day}-{nnnn}"', "book.code"),
        (CODE, 'code = ""', "book.code"),
        ('late_after = "15:00"', 'late_after = "3 giờ"', "book.late_after"),
        ("lines_per_book = 500", "lines_per_book = 0", "book.lines_per_book"),
    ],
)
def test_a_mistake_stops_the_office_and_says_where_and_what_to_do(old: str, new: str, key: str) -> None:
    config, (problem,) = changed(old, new)
    assert config is None and problem.key == key and problem.vi and problem.en


def test_a_code_that_no_kiosk_would_read_is_warned_of() -> None:
    config, (problem,) = changed(CODE, 'code = "TB/{yyyy}/{n}"')
    assert config is not None and (problem.severity, problem.key) == ("warning", "book.code")
