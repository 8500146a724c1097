"""The days of a register, as offices write them."""

from datetime import UTC, date, datetime, time

import pytest
from fakes.dossiers import day
from hypothesis import given
from hypothesis import strategies as st

from queue_server.dossiers.dossier import When
from queue_server.dossiers.vn_dates import BadDate, when_in, when_of


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("17/11/2026", day(17)),
        ("17-11-26", day(17)),
        ("17.11.2026", day(17)),
        ("2026-11-17", day(17)),
        ("2026-11-17T09:15:00+07:00", day(17, "09:15")),
        ("9h15 ngày 17/11/2026", day(17, "09:15")),
        ("09 giờ 15 phút, ngày 17 tháng 11 năm 2026", day(17, "09:15")),
        ("lúc 8 giờ ngày 17/11/2026", day(17, "08:00")),
        ("17/11/2026 09:15:30", day(17, "09:15")),
        ("20261117091500", day(17, "09:15")),
        ("20261117", day(17)),
        ("Ngày 17 tháng 11 năm 2026", day(17)),
        ("  -  ", None),
        ("", None),
    ],
)
def test_days_are_read_as_they_are_written(text: str, when: When | None) -> None:
    assert when_in(text) == when


@pytest.mark.parametrize(
    "text", ["31/02/2026", "hôm nay", "17/11/2026 25:00", "17/11/2206", "17/11", "12345678"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        when_in(text)


def test_cells_of_a_workbook_are_days_too() -> None:
    assert when_of(datetime(2026, 11, 17, tzinfo=UTC)) == day(17)
    assert when_of(46343.5) == When(date(2026, 11, 17), time(12))
    assert when_of(20261117.0) == day(17) and when_of(None) is None
    with pytest.raises(BadDate):
        when_of(True)


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        when_in(text)
    except BadDate:
        return
