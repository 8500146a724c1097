"""Logs are read as they are; a row that makes no sense is left out and said, with its line and why."""

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from queue_server.evaluate.formats import NotReadable, clock, read


def written(path: Path, *lines: str) -> Path:
    text = "\n".join(lines) + "\n"
    if path.suffix == ".gz":
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write(text)
    else:
        path.write_text(text, encoding="utf-8")
    return path


def test_the_open_format_needs_only_four_columns(tmp_path: Path) -> None:
    file = written(tmp_path / "log.csv", "date,service,issued,called", "2026-03-02,Đất đai,08:00,08:10:30")
    log = read([file], calls=False).log()
    assert log.services == ("office / Đất đai",)
    assert (log.issued[0], log.wait[0]) == (8 * 3600, 630)
    assert log.day[0] == date(2026, 3, 2).toordinal()


def test_the_open_format_knows_offices_classes_counters_and_who_left(tmp_path: Path) -> None:
    file = written(
        tmp_path / "log.csv.gz",
        "office,date,service,number,class,issued,called,ended,left,counter",
        "A,2026-03-02,s,2,priority,100,160,400,,3",
        "A,2026-03-02,s,1,,100,,,190.5,",
    )
    log = read([file], calls=True).log()
    assert log.counters == ("A / 3",)
    assert log.rank.tolist() == [0, 2]
    assert log.out.tolist() == [190.5, 160]
    assert log.counter.tolist() == [-1, 0]
    np.testing.assert_equal(log.ended, [np.nan, 400])


def test_rows_come_in_the_order_of_issue_whatever_the_file_says(tmp_path: Path) -> None:
    rows = ["2026-03-03,s,09:00,09:01", "2026-03-02,s,10:00,10:01", "2026-03-02,s,09:00,09:01"]
    log = read([written(tmp_path / "l.csv", "date,service,issued,called", *rows)], calls=False).log()
    assert list(zip(log.day.tolist(), log.issued.tolist(), strict=True)) == sorted(
        zip(log.day.tolist(), log.issued.tolist(), strict=True)
    )


BAD = {
    "2026-13-02,s,08:00,08:10,ordinary": "date '2026-13-02' is not YYYY-MM-DD",
    "2026-03-02,,08:00,08:10,ordinary": "service is empty",
    "2026-03-02,s,8h,08:10,ordinary": "issued '8h' is not a number",
    "2026-03-02,s,08:61,08:10,ordinary": "issued '08:61' is not HH:MM:SS",
    "2026-03-02,s,08:10,08:00,ordinary": "called or left before it was issued",
    "2026-03-02,s,08:10,nan,ordinary": "called 'nan' is not a number",
    "2026-03-02,s,08:00,08:10,vip": "class 'vip' is none of ordinary, appointment, priority",
    "2026-03-02": "the row is too short",
}


@pytest.mark.parametrize(("row", "reason"), BAD.items())
def test_a_bad_row_is_left_out_with_its_line_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    good = "2026-03-02,s,08:00,08:10,ordinary"
    found = read(
        [written(tmp_path / "l.csv", "date,service,issued,called,class", good, row, good)], calls=False
    )
    assert len(found.visits) == 2
    assert [str(bad) for bad in found.bad] == [f"l.csv, line 3: {reason}"]


def test_a_file_without_the_columns_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="columns called, issued are missing"):
        read([written(tmp_path / "l.csv", "date,service", "2026-03-02,s")], calls=False)


def test_a_calls_log_must_say_who_served_until_when(tmp_path: Path) -> None:
    file = written(tmp_path / "l.csv", "date,service,issued,called", "2026-03-02,s,08:00,08:10")
    with pytest.raises(NotReadable, match="needs columns counter, ended too; or use --format tickets"):
        read([file], calls=True)


def test_what_is_no_text_and_what_is_not_there_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "l.csv.gz"
    broken.write_bytes(b"no gzip")
    with pytest.raises(NotReadable, match="cannot be read"):
        read([broken], calls=False)
    with pytest.raises(NotReadable, match="cannot be read"):
        read([tmp_path / "none.csv"], calls=False)


def test_ticket_logs_in_minutes_and_their_snapshots_are_read(tmp_path: Path) -> None:
    tickets = written(
        tmp_path / "t.csv",
        "office,queue,qname,date,k,issue,call,wait",
        "O,7,K,2020-01-02,1,484.00,490.50,6.50",
    )
    snapshots = written(
        tmp_path / "s.csv",
        "name,time,date,status,czasObslugi,lp,idGrupy,liczbaCzynnychStan,nazwaGrupy,literaGrupy,"
        "liczbaKlwKolejce,aktualnyNumer",
        "O,08:05,2020-01-02,1,12,1,7,3,K,K,0,K001",
        "elsewhere,08:05,2020-01-02,1,12,1,9,3,K,K,0,K001",
    )
    log = read([tickets, snapshots], calls=False).log()
    assert (log.issued[0], log.wait[0]) == (484 * 60, 390)
    (seen,) = log.shown.values()
    assert (seen.at.tolist(), seen.open.tolist(), seen.declared.tolist()) == ([8 * 3600 + 300], [3], [12])


def test_calls_of_the_bank_count_from_arrival_and_time_queued(tmp_path: Path) -> None:
    file = written(
        tmp_path / "b.csv",
        "date,type,priority,arrive_s,queued_s,start_s,end_s,service_s,outcome,agent",
        "1999-03-01,PS,2,1000,17,1017,1071,54,AGENT,A1",
        "1999-03-01,PS,0,2000,40,,,,HANG,",
        "1999-03-01,PS,0,3000,5,0,0,0,AGENT,NO_SERVER",
        "1999-03-01,PS,0,3000,5,0,0,0,LOST,A1",
    )
    found = read([file], calls=True)
    log = found.log()
    np.testing.assert_equal(log.wait, [17, np.nan, 5])
    np.testing.assert_equal(log.ended, [1071, np.nan, np.nan])
    assert log.out.tolist() == [1017, 2040, 3005]
    assert log.credit.tolist() == [90, 0, 0]
    assert [bad.line for bad in found.bad] == [5]


def test_times_are_clock_times_or_seconds() -> None:
    assert [clock(text, "issued") for text in ("08:30", "08:30:15", "08:30:15.5", "90")] == [
        30600,
        30615,
        30615.5,
        90,
    ]
