"""What an officer typed becomes a dossier or a list of what is wrong; codes follow the office's pattern."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.dossier_book import APPLICANT, BIRTH, FRIDAY, MARITAL, WILL, config, form
from hypothesis import given
from hypothesis import strategies as st

from queue_server.codes.given import code_of, period_of, problem_of
from queue_server.codes.normal import normalise
from queue_server.dossiers.book_reception import (
    Form,
    Reception,
    Wrong,
    catalogue,
    due_of,
    reception,
    tidy,
    unit_of,
    units,
)
from queue_server.dossiers.book_record import Applicant, Paper

CONFIG = config()


def received(made: Form, now: datetime = FRIDAY) -> Reception:
    found = reception(CONFIG, made, "lan", now)
    assert isinstance(found, Reception), found
    return found


def test_a_form_becomes_a_dossier_of_its_field_with_days_and_unit() -> None:
    made = received(form())
    assert (made.field, made.day, made.by) == ("Hộ tịch", date(2026, 11, 20), "lan")
    assert CONFIG.hours.local(made.due_at) == CONFIG.hours.local(FRIDAY).replace(
        day=25, hour=17, minute=0, second=0, microsecond=0
    )
    assert made.last_day == date(2026, 11, 25) and made.receiving_unit == CONFIG.name.vi
    assert made.deciding_unit == "Ủy ban nhân dân xã Thanh Bình"
    assert made.private.request == "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"


def test_what_people_type_is_tidied() -> None:
    typed = form(
        f"{MARITAL} · Thủ tục cấp",
        applicant=Applicant("  Nguyễn   Thị\tHương ", id_number="001 090.123 456", phone="(091) 234-5678"),
        papers=(Paper("  "), Paper(" Tờ  khai ", 1)),
    )
    a = tidy(typed).applicant
    assert (a.name, a.id_number, a.phone) == ("Nguyễn Thị Hương", "001090123456", "0912345678")
    assert tidy(typed).papers == (Paper("Tờ khai", 1),) and tidy(typed).procedure == MARITAL


def test_a_name_is_kept_composed() -> None:
    decomposed = "Nguyê\u0303n"
    assert received(form(applicant=Applicant(decomposed))).private.applicant.name == "Nguyễn"


def test_an_organisation_may_stand_alone() -> None:
    made = received(form(applicant=Applicant(organisation="Công ty A")))
    assert made.private.applicant.shown == "Công ty A"
    assert Applicant("Lan", "Công ty A").shown == "Công ty A (Lan)"


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (form("9.999999"), Wrong.PROCEDURE),
        (form(applicant=Applicant()), Wrong.NAME),
        (form(applicant=replace(APPLICANT, id_number="12")), Wrong.ID_NUMBER),
        (form(applicant=replace(APPLICANT, phone="99")), Wrong.PHONE),
        (form(applicant=replace(APPLICANT, email="x@y")), Wrong.EMAIL),
        (form(sets=0), Wrong.SETS),
        (form(papers=(Paper("A", -1),)), Wrong.PAPERS),
        (form(papers=(Paper("A"),) * 31), Wrong.PAPERS),
        (form(fee=-1), Wrong.FEE),
        (form(channel="fax"), Wrong.CHANNEL),
        (form(result_method="fax"), Wrong.METHOD),
        (form(result_method="post", applicant=Applicant("Lan")), Wrong.ADDRESS),
        (form(unit="Không có"), Wrong.UNIT),
        (form(request="x" * 301), Wrong.TOO_LONG),
        (form(WILL), Wrong.DUE_DAY),
        (form(WILL, due_day=date(2026, 11, 21)), Wrong.DUE_DAY),
    ],
)
def test_each_mistake_is_found_alone(made: Form, wrong: Wrong) -> None:
    assert reception(CONFIG, made, "lan", FRIDAY) == (wrong,)


def test_all_mistakes_are_told_at_once() -> None:
    found = reception(CONFIG, form("x", applicant=Applicant(), sets=0), "lan", FRIDAY)
    assert found == (Wrong.PROCEDURE, Wrong.NAME, Wrong.SETS)


def test_an_officers_day_counts_only_where_the_office_has_none() -> None:
    assert received(form(WILL, due_day=date(2026, 11, 24))).last_day == date(2026, 11, 24)
    assert received(form(BIRTH, due_day=date(2026, 12, 24))).last_day == date(2026, 11, 20)


def test_after_the_late_hour_it_counts_from_the_next_working_day() -> None:
    made = received(form(BIRTH), FRIDAY + timedelta(hours=6))
    assert CONFIG.hours.day_of(made.counts_from) == date(2026, 11, 23) == made.last_day


def test_the_catalogue_is_the_office_files_and_units_are_its_own() -> None:
    service, procedure = catalogue(CONFIG)[BIRTH]
    assert service.name.vi == "Hộ tịch" and due_of(CONFIG, service, procedure, FRIDAY) is not None
    assert unit_of(CONFIG, service, replace(procedure, unit="Tư pháp")) == "Tư pháp"
    assert unit_of(CONFIG, replace(service, agency=None), procedure) == "Bộ phận Hộ tịch"
    assert units(CONFIG)[:2] == ("Công an xã", "Phòng Kinh tế")
    assert len(set(units(CONFIG))) == len(units(CONFIG))


def test_nothing_of_a_person_shows_in_a_values_text() -> None:
    shown = repr(received(form())) + repr(form()) + repr(APPLICANT)
    assert not any(text in shown for text in ("Giang", "001090123456", "0912345678", "Thôn 3", "example.vn"))


@pytest.mark.parametrize(
    ("pattern", "number", "code"),
    [
        ("H99.16-{yymmdd}-{nnnn}", 7, "H99.16-261120-0007"),
        ("H99.16-{yymmdd}-{nnnn}", 12345, "H99.16-261120-12345"),
        ("TB/{yyyy}/{n}", 7, "TB/2026/7"),
        ("{yymm}.{nnnnnn}", 7, "2611.000007"),
    ],
)
def test_a_code_follows_the_offices_pattern(pattern: str, number: int, code: str) -> None:
    assert code_of(pattern, date(2026, 11, 20), number) == code and problem_of(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "period"),
    [("{yymmdd}-{n}", "2026-11-20"), ("{yyyymmdd}{n}", "2026-11-20"), ("{yymm}-{n}", "2026-11"),
     ("{yy}{n}", "2026"), ("{yyyy}{n}", "2026")],
)  # fmt: skip
def test_numbers_begin_again_with_what_the_pattern_can_tell_apart(pattern: str, period: str) -> None:
    assert period_of(pattern, date(2026, 11, 20)) == period


@pytest.mark.parametrize("pattern", ["{yymmdd}", "{n}", "{yymmdd}{n}{n}", "{day}{n}", "{yy}{nnnnnnn}", "x"])
def test_a_pattern_that_cannot_be_used_says_why(pattern: str) -> None:
    assert problem_of(pattern)


@given(
    st.dates(date(2026, 1, 1), date(2099, 12, 31)),
    st.dates(date(2026, 1, 1), date(2099, 12, 31)),
    st.integers(1, 99_999),
    st.integers(1, 99_999),
    st.sampled_from(["H99.16-{yymmdd}-{nnnn}", "X-{yyyymmdd}-{n}", "Y/{yyyy}/{nnn}", "Z-{yymm}-{nnnnnn}"]),
)
def test_two_dossiers_never_share_a_code(
    one: date, other: date, first: int, second: int, pattern: str
) -> None:
    same = (period_of(pattern, one), first) == (period_of(pattern, other), second)
    codes = code_of(pattern, one, first), code_of(pattern, other, second)
    assert (codes[0] == codes[1]) == same
    assert normalise(codes[0]) == codes[0]


@given(
    st.builds(
        Form,
        procedure=st.sampled_from([BIRTH, MARITAL, WILL, ""]) | st.text(max_size=20),
        applicant=st.builds(Applicant, *(st.text(max_size=20) for _ in range(6))),
        request=st.text(max_size=20),
        sets=st.integers(-2, 200),
        fee=st.none() | st.integers(-2, 10**12),
        unit=st.text(max_size=9),
        due_day=st.none() | st.dates(),
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_whatever_is_typed_there_is_a_dossier_or_a_reason(made: Form, now: datetime) -> None:
    found = reception(CONFIG, made, "lan", now)
    assert isinstance(found, Reception) or (found and all(isinstance(one, Wrong) for one in found))
    if isinstance(found, Reception):
        assert found.due_at > found.counts_from and found.private.applicant.shown
