"""A provincial system's JSON, read: field names of the two known systems and own ones, statuses, odd data."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from fakes.dossiers import CODE, ID_NUMBER, NAME, PHONE
from hypothesis import given
from hypothesis import strategies as st

from queue_server.dossiers.dossier import Status, SupplementRequest, When
from queue_server.dossiers.provincial_answer import BadAnswer, Told, pick, told_of
from queue_server.dossiers.provincial_maps import MAPS, map_of

DVCQG, OPENCPS = MAPS["dvcqg"], MAPS["opencps"]
RECORD: dict[str, Any] = {
    "MaHoSo": CODE,
    "MaTTHC": "1.004873",
    "TenTTHC": "Cấp Giấy xác nhận\ttình trạng hôn nhân",
    "TenLinhVuc": "Hộ tịch",
    "ChuHoSo": NAME,
    "SoDienThoai": PHONE,
    "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": ID_NUMBER}],
    "NgayTiepNhan": "20261117091200",
    "NgayHenTra": "20/11/2026",
    "NgayTra": "",
    "TrangThaiHoSo": "5",
    "DonViXuLy": "Tư pháp - Hộ tịch",
    "KenhThucHien": 2,
    "HinhThuc": "1",
    "DanhSachHoSoBoSung": [
        {"NoiDungBoSung": "Bản sao Giấy khai sinh", "NgayBoSung": "20261118", "NgayTiepNhanBoSung": None}
    ],
}


def local(moment: datetime) -> datetime:
    return moment.astimezone(timezone(timedelta(hours=7)))


def told(data: Any, answer_map: Any = DVCQG) -> Told:
    found = told_of(data, CODE, answer_map, local)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "data",
    [RECORD, {"result": [RECORD]}, {"error_code": "0", "result": RECORD}, [RECORD], {"data": [RECORD]}],
)
def test_the_national_exchange_s_fields_wherever_they_stand(data: Any) -> None:
    found = told(data)
    made = found.dossier
    assert (made.status, made.procedure) == (Status.SUPPLEMENT_ASKED, "Cấp Giấy xác nhận tình trạng hôn nhân")
    assert (made.procedure_code, made.field, made.deciding_unit) == (
        "1.004873",
        "Hộ tịch",
        "Tư pháp - Hộ tịch",
    )
    assert made.received == When(date(2026, 11, 17), time(9, 12)) and made.due == When(date(2026, 11, 20))
    assert (made.channel, made.result_method, made.returned) == ("online", "post", None)
    asked = SupplementRequest("Bản sao Giấy khai sinh", When(date(2026, 11, 18)))
    assert made.supplements == (asked,)
    assert made.applicant == "N**** T** H**** G****" and NAME not in repr(found)
    assert (found.name, found.ids, found.phones) == (NAME, (ID_NUMBER,), (PHONE,))


def test_opencps_s_fields_and_statuses() -> None:
    data = {
        "dossierNo": CODE.lower(),
        "dossierStatus": "releasing",
        "dossierStatusText": "Đã có kết quả",
        "serviceName": "Khai sinh",
        "applicantName": NAME,
        "receiveDate": 1_794_881_520_000,
        "dueDate": "2026-11-20T10:00:00Z",
    }
    made = told(data, OPENCPS).dossier
    assert made.status is Status.RESULT_READY and made.due == When(date(2026, 11, 20), time(17, 0))
    assert made.received is not None and made.received.day.year == 2026


def test_an_own_map_over_a_built_in_one() -> None:
    own = map_of(
        "own",
        {"code": "ho_so.ma", "status": "tt", "steps": "ho_so.buoc", "step_name": "ten"},
        {"CHỜ LT": 4},
        "d",
    )
    made = told({"d": {"ho_so": {"ma": CODE, "buoc": [{"ten": "Trình ký"}]}, "tt": "Chờ LT"}}, own).dossier
    assert made.status is Status.IN_WORK and [one.name.vi for one in made.steps] == ["Trình ký"]
    less = map_of("dvcqg", {"due": "", "applicant": "ThongTinKhac.Ten"}, {}, None)
    changed = told({**RECORD, "ThongTinKhac": {"Ten": "Lê An"}}, less)
    assert changed.dossier.due is None and changed.name == "Lê An"


@pytest.mark.parametrize(
    ("status", "words", "wanted", "shown"),
    [
        (9, "", Status.RESULT_READY, ""),
        ("10", "", Status.RETURNED, ""),
        ("Đã trả kết quả", "", Status.RETURNED, ""),
        ("12", "Chờ liên thông", Status.OTHER, "Chờ liên thông"),
        ("Chờ liên thông", "", Status.OTHER, "Chờ liên thông"),
        ("77", "Đang xử lý", Status.IN_WORK, "Đang xử lý"),
        (None, "", Status.OTHER, ""),
        (True, "", Status.OTHER, ""),
    ],
)
def test_a_status_by_number_by_words_or_as_the_system_says_it(
    status: Any, words: str, wanted: Status, shown: str
) -> None:
    made = told({**RECORD, "TrangThaiHoSo": status, "TenTrangThai": words}).dossier
    assert (made.status, made.status_words) == (wanted, shown)


@pytest.mark.parametrize("data", [{}, [], {"result": []}, {"result": None, "error_code": 0}, {"data": {}}])
def test_a_system_that_has_none_says_so(data: Any) -> None:
    assert told_of(data, CODE, DVCQG, local) is None


@pytest.mark.parametrize(
    "data",
    [7, "MaHoSo", None, {"result": [{**RECORD, "MaHoSo": "H99.16-261117-0024"}]}, {"error_code": "-1"}],
)
def test_what_is_no_answer_to_the_question_is_refused_without_telling_it(data: Any) -> None:
    with pytest.raises(BadAnswer) as refused:
        told_of(data, CODE, DVCQG, local)
    assert "0024" not in str(refused.value)


def test_one_of_many_is_found_by_its_code() -> None:
    others = [{**RECORD, "MaHoSo": f"H99.16-261117-{n:04d}", "TenTTHC": str(n)} for n in range(20)]
    assert told({"result": [*others, RECORD]}).dossier.code == CODE


def test_texts_are_clean_and_short_and_objects_are_no_text() -> None:
    odd = {
        **RECORD,
        "TenTTHC": "a\u202eb\x00\n" + "ế" * 9000,
        "DonViXuLy": {"x": 1},
        "TenLinhVuc": ["Đất đai"],
    }
    made = told(odd).dossier
    assert made.procedure.startswith("ab ế") and len(made.procedure) == 2000
    assert made.deciding_unit == "" and made.field == "Đất đai"


@pytest.mark.parametrize(
    "value", ["hôm qua", -1, 10**30, 1e308, float("nan"), [], {}, "0001-01-01T00:00:00Z", True]
)
def test_a_day_that_is_none_leaves_the_field_out(value: Any) -> None:
    assert told({**RECORD, "NgayHenTra": value}).dossier.due is None


def test_an_instant_is_told_in_the_office_s_time() -> None:
    at = datetime(2026, 11, 19, 18, 30, tzinfo=UTC)
    made = told({**RECORD, "NgayHenTra": at.isoformat()}).dossier
    assert made.due == When(date(2026, 11, 20), time(1, 30))


def test_places_go_through_lists() -> None:
    assert pick({"a": [{"b": 1}, {"c": 2}, {"b": [3, None]}]}, "a.b") == [1, 3]
    assert pick({"a": 1}, "a.b.c") == []


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*RECORD, "result", "NoiDungBoSung"]), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(ANY_JSON, st.dictionaries(st.sampled_from(sorted(RECORD)), ANY_JSON))
def test_nothing_that_comes_breaks_it(data: Any, fields: dict[str, Any]) -> None:
    for one in (data, {**RECORD, **fields, "MaHoSo": CODE}):
        try:
            found = told_of(one, CODE, DVCQG, local)
        except BadAnswer:
            continue
        assert found is None or found.dossier.code == CODE
