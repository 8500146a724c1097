"""Which days the manager's page shows, and its tables as files."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.waits.period import DayRange
from queue_server.web.manager.period import BadPeriod, bar, kind_of, shown, step, title
from queue_server.web.manager.sheet import Column, Sheet, csv_bytes

TODAY = date(2026, 11, 20)


def range_of(first: str, last: str) -> DayRange:
    return DayRange(date.fromisoformat(first), date.fromisoformat(last))


def test_without_days_it_is_today_live() -> None:
    assert shown("", "", "", TODAY).live
    assert shown("2026-11-20", "2026-11-20", "", TODAY).live
    assert not shown("", "", "2026-11-19", TODAY).live
    assert shown("2026-11-01", "", "", TODAY).days == range_of("2026-11-01", "2026-11-20")
    assert shown("", "2026-11-01", "", TODAY).days == range_of("2026-11-01", "2026-11-01")


def test_ends_typed_the_wrong_way_round_are_the_same_range() -> None:
    assert shown("2026-11-20", "2026-11-18", "", TODAY).days == range_of("2026-11-18", "2026-11-20")


@pytest.mark.parametrize(
    ("first", "last"),
    [("nonsense", ""), ("", "nonsense"), ("0001-01-01", "9999-12-31"), ("9999-12-31", "")],
)
def test_what_is_no_period_is_refused(first: str, last: str) -> None:
    with pytest.raises(BadPeriod):
        shown(first, last, "", TODAY)


@pytest.mark.parametrize(
    ("days", "kind", "before", "after", "words"),
    [
        (("2026-11-20",) * 2, "day", ("2026-11-19",) * 2, ("2026-11-21",) * 2, "Thứ Sáu, 20/11/2026"),
        (
            ("2026-11-16", "2026-11-22"),
            "week",
            ("2026-11-09", "2026-11-15"),
            ("2026-11-23", "2026-11-29"),
            "16/11/2026–22/11/2026",
        ),
        (
            ("2026-03-01", "2026-03-31"),
            "month",
            ("2026-02-01", "2026-02-28"),
            ("2026-04-01", "2026-04-30"),
            "Tháng 03/2026",
        ),
        (
            ("2026-01-01", "2026-12-31"),
            "year",
            ("2025-01-01", "2025-12-31"),
            ("2027-01-01", "2027-12-31"),
            "Năm 2026",
        ),
        (
            ("2026-11-03", "2026-11-12"),
            "range",
            ("2026-10-24", "2026-11-02"),
            ("2026-11-13", "2026-11-22"),
            "03/11/2026–12/11/2026",
        ),
    ],
)
def test_each_kind_of_period_has_its_neighbours(
    days: tuple[str, str], kind: str, before: tuple[str, str], after: tuple[str, str], words: str
) -> None:
    at = range_of(*days)
    assert (kind_of(at), title(at, "vi")) == (kind, words)
    assert (step(at, -1), step(at, 1)) == (range_of(*before), range_of(*after))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 500))
def test_neighbours_touch_and_do_not_overlap(first: date, length: int) -> None:
    at = DayRange(first, first + timedelta(days=length))
    assert step(at, -1).last + timedelta(days=1) == at.first
    assert step(at, 1).first - timedelta(days=1) == at.last


def test_one_preset_at_most_is_the_one_shown() -> None:
    for at in (
        shown("", "", "", TODAY),
        shown("", "", "2026-11-18", TODAY),
        shown("2026-11-16", "", "", TODAY),
    ):
        presets = bar(at, TODAY, "vi")["presets"]
        assert isinstance(presets, list)
        assert sum(preset["here"] for preset in presets) <= 1 + (not at.live)
    live = bar(shown("", "", "", TODAY), TODAY, "vi")["presets"]
    assert [preset["key"] for preset in live if preset["here"]] == ["live"]  # type: ignore[attr-defined]


def test_there_is_nothing_after_today() -> None:
    found = bar(shown("", "", "", TODAY), date(2020, 1, 2), "vi")
    assert (found["after"], found["title"]) == ("", "Thứ Sáu, 20/11/2026")
    presets = found["presets"]
    assert isinstance(presets, list)
    assert presets[-1]["to"] == "/manager?from=2020-01-02&to=2026-11-20"
    assert bar(shown("", "", "2026-11-18", TODAY), None, "en")["after"]


SHEET = Sheet(
    "x",
    "X",
    (Column("Việc"), Column("Lượt", 0), Column("Phần", 1, True)),
    (("=HYPERLINK(1)", 1234, 0.25), ("-1+2", None, None), ("Hộ tịch; đất", 2, 1 / 3)),
)


def test_a_text_that_looks_like_a_formula_is_harmless_in_the_file() -> None:
    body = csv_bytes([SHEET], "vi")
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.decode("utf-8-sig").split("\r\n")[:4] == [
        "Việc;Lượt;Phần",
        "'=HYPERLINK(1);1234;0,25",
        "'-1+2;;",
        '"Hộ tịch; đất";2;0,3333333333333333',
    ]


def test_the_english_file_has_commas_and_points() -> None:
    assert csv_bytes([SHEET], "en").decode("utf-8-sig").split("\r\n")[1] == "'=HYPERLINK(1),1234,0.25"


def test_the_page_rounds_and_says_nothing_for_no_data() -> None:
    assert [[cell["text"] for cell in row] for row in SHEET.shown("vi")][:2] == [
        ["=HYPERLINK(1)", "1.234", "25,0 %"],
        ["-1+2", "–", "–"],
    ]
