"""The sample offices are sound, and are the offices that the look and the facts describe."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from assets.files import office_path
from queue_server.domain.hours import Session
from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.office_file.load import check_office, load_office

SAMPLES = ("commune", "province")


def sample(name: str) -> OfficeConfig:
    return load_office(office_path(name))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_neither_mistake_nor_warning(name: str) -> None:
    path = office_path(name)
    config, problems = check_office(path.read_text(encoding="utf-8"), path.name, path.parent)
    assert problems == [] and config is not None


@pytest.mark.parametrize("name", SAMPLES)
def test_reading_a_sample_twice_gives_equal_offices(name: str) -> None:
    assert sample(name) == sample(name)


def test_the_ward_has_the_services_of_the_look() -> None:
    office = sample("commune")
    assert office.id == "thanh-binh"
    assert office.name.vi == "Trung tâm Phục vụ hành chính công xã Thanh Bình"
    assert [(s.letter, s.name.vi) for s in office.services] == [
        ("A", "Chứng thực"),
        ("B", "Hộ tịch"),
        ("C", "Đất đai"),
        ("D", "Cư trú"),
        ("E", "Hộ kinh doanh"),
        ("G", "Bảo trợ xã hội"),
        ("H", "Xây dựng"),
        ("K", "Nhận kết quả"),
    ]
    assert len(office.counters) == 5


def test_the_ward_has_true_procedure_codes() -> None:
    codes = {p.code: p.name.vi for s in sample("commune").services for p in s.procedures}
    assert codes["1.001193"] == "Thủ tục đăng ký khai sinh"
    assert codes["1.004222"] == "Đăng ký thường trú"
    assert len(codes) >= 25


def test_the_ward_is_open_in_the_morning_and_the_afternoon_of_working_days() -> None:
    hours = sample("commune").hours
    assert hours.sessions(date(2026, 11, 20)) == (
        Session(time(7, 30), time(11, 30)),
        Session(time(13, 0), time(17, 0)),
    )
    assert hours.sessions(date(2026, 11, 21)) == ()
    assert hours.sessions(date(2026, 2, 17)) == ()
    assert hours.sessions(date(2026, 8, 22)) == hours.sessions(date(2026, 8, 24))
    noon = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    assert not hours.is_open(noon) and hours.next_opening(noon) == noon + timedelta(hours=1)


def test_the_ward_says_what_filing_civil_status_after_three_means() -> None:
    service = sample("commune").service(ServiceId("ho-tich"))
    assert service is not None and service.note_after is not None
    assert service.note_after[0] == "15:00" and "ngày làm việc tiếp theo" in service.note_after[1].vi


def test_the_ward_has_the_targets_of_the_office_and_of_the_country() -> None:
    targets = sample("commune").targets
    assert [(t.minutes, t.scope) for t in targets] == [(20, "office"), (15, "national")]


def test_numbers_of_the_ward_begin_with_the_letter_of_the_service() -> None:
    assert sample("commune").services[0].shape.show(12) == "A012"


def test_the_province_is_a_centre_of_several_agencies_with_24_counters() -> None:
    office = sample("province")
    assert len(office.counters) == 24 and len(office.zones) == 3 and len(office.kiosks) == 3
    assert len({s.agency for s in office.services}) >= 10
    assert 16 <= len(office.services) <= 20
    assert any(s.quota for s in office.services)


def test_the_province_has_numbers_of_four_digits_too() -> None:
    shapes = [s.shape for s in sample("province").services]
    assert "1001" in {shape.show(1) for shape in shapes} and "A001" in {shape.show(1) for shape in shapes}


def test_the_province_has_summer_and_winter_hours_and_one_service_its_own() -> None:
    office = sample("province")
    summer, winter = date(2026, 7, 1), date(2026, 12, 1)
    assert office.hours.sessions(summer)[0].start == time(7, 0)
    assert office.hours.sessions(winter)[0].start == time(7, 30)
    own = [s for s in office.services if s.hours is not None]
    assert [s.id for s in own] == ["xuat-nhap-canh"]
    saturday = date(2026, 11, 21)
    assert office.hours.sessions(saturday) == () and office.hours_of(own[0]).sessions(saturday)


def test_a_file_for_a_demonstration_is_always_open(tmp_path: Path) -> None:
    text = (
        office_path("commune")
        .read_text(encoding="utf-8")
        .replace("[hours]", "[hours]\nalways_open = true", 1)
    )
    path = tmp_path / "demo.toml"
    path.write_text(text, encoding="utf-8")
    hours = load_office(path).hours
    assert hours.is_open(datetime(2026, 11, 22, 20, 0, tzinfo=UTC))


def test_texts_are_kept_composed_so_that_equal_words_are_equal(tmp_path: Path) -> None:
    import unicodedata

    text = office_path("commune").read_text(encoding="utf-8")
    path = tmp_path / "nfd.toml"
    path.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    assert load_office(path) == sample("commune")
