"""A citizen's words for every status, and the dossier's way."""

from dataclasses import replace

import pytest
from fakes.dossiers import day, dossier

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Status, Step, SupplementRequest
from queue_server.dossiers.statuses import CITIZEN, citizen, status_of
from queue_server.dossiers.timeliness import Standing, Timeliness
from queue_server.dossiers.wording import timeliness_words, way


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_chip_and_a_next_step_in_both_languages(status: Status) -> None:
    told = citizen(dossier(status=status))
    assert told.chip.vi and told.chip.en and told.next_step.vi and told.next_step.en
    assert told.tone in ("grey", "blue", "gold", "green", "red")
    assert "{" not in told.next_step.vi + told.next_step.en


def test_the_look_s_table_of_tones_and_tickets() -> None:
    assert {s: (c.tone, c.offer) for s, c in CITIZEN.items()} == {
        Status.OTHER: ("grey", ""),
        Status.REGISTERED: ("grey", ""),
        Status.ACCEPTED: ("blue", ""),
        Status.NOT_ACCEPTED: ("red", "ask"),
        Status.IN_WORK: ("blue", ""),
        Status.SUPPLEMENT_ASKED: ("gold", "supplement"),
        Status.FEE_ASKED: ("gold", "pay"),
        Status.WITHDRAWAL_ASKED: ("grey", ""),
        Status.STOPPED: ("red", "ask"),
        Status.RESULT_READY: ("green", "collect"),
        Status.RETURNED: ("grey", ""),
    }


def test_while_it_runs_the_next_step_names_the_due_day() -> None:
    assert citizen(dossier()).next_step == Words(
        "Chưa cần đến, hẹn trả 20/11/2026.", "No need to come yet, due 20/11/2026."
    )
    assert "giấy hẹn" in citizen(dossier(due=None)).next_step.vi


def test_a_citizen_whose_dossier_is_overdue_is_not_told_that_there_is_no_need_to_come() -> None:
    late = citizen(dossier(), overdue=True).next_step
    assert "quá ngày hẹn" in late.vi and "Past its due day" in late.en and "Chưa cần" not in late.vi
    ready = citizen(dossier(status=Status.RESULT_READY), overdue=True).next_step
    assert "giấy hẹn" in ready.vi


def test_a_result_sent_by_post_needs_no_ticket() -> None:
    told = citizen(dossier(status=Status.RESULT_READY, result_method="post"))
    assert told.offer == "" and "bưu chính" in told.next_step.vi


def test_an_unknown_status_shows_in_its_source_s_own_words() -> None:
    told = citizen(dossier(status=Status.OTHER, status_words="Chờ liên thông"))
    assert told.chip == Words("Chờ liên thông") and "Hướng dẫn" in told.next_step.vi


def test_an_unknown_status_that_is_only_a_number_is_told_as_one() -> None:
    assert citizen(dossier(status=Status.OTHER, status_words="27")).chip == Words(
        "Trạng thái khác (27)", "Other status (27)"
    )


def test_a_status_that_no_table_has_is_other_and_not_an_exception() -> None:
    assert Status(42) is Status.OTHER


def test_an_unknown_status_is_where_the_dossier_is_on_its_way() -> None:
    here = next(line for line in way(dossier(status=Status.OTHER, status_words="Chờ liên thông"))
                if line.state == "here")  # fmt: skip
    assert here.name == Words("Chờ liên thông")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("00010xyz", Status.OTHER),
        ("00010123", Status.OTHER),
        ("05", Status.SUPPLEMENT_ASKED),
        ("9", Status.RESULT_READY),
        ("10", Status.RETURNED),
        ("11", Status.OTHER),
        ("ĐÃ TRẢ KẾT QUẢ", Status.RETURNED),
        ("Đã xử lý xong", Status.RESULT_READY),
        ("Yêu cầu bổ sung giấy tờ", Status.SUPPLEMENT_ASKED),
        ("Dừng xử lý", Status.STOPPED),
        ("Chờ liên thông", Status.OTHER),
        ("²", Status.OTHER),
        ("", Status.OTHER),
    ],
)
def test_a_status_is_known_by_number_or_words(text: str, status: Status) -> None:
    assert status_of(text) is status


@pytest.mark.parametrize(
    ("told", "vi", "en"),
    [
        (Timeliness(Standing.EARLY, 1), "Trước hạn 1 ngày", "1 day early"),
        (Timeliness(Standing.ON_TIME), "Đúng hạn", "On time"),
        (Timeliness(Standing.OVERDUE, 2), "Quá hạn 2 ngày", "2 days late"),
        (Timeliness(Standing.LATE), "Quá hạn", "Late"),
        (Timeliness(Standing.RUNNING, 3), "Còn 3 ngày", "3 days left"),
        (Timeliness(Standing.RUNNING), "Đến hạn hôm nay", "Due today"),
        (Timeliness(Standing.UNKNOWN), "", ""),
    ],
)
def test_timeliness_in_words(told: Timeliness, vi: str, en: str) -> None:
    assert timeliness_words(told) == Words(vi, en)


def test_what_counts_as_late_for_its_supplements_says_so() -> None:
    assert "hơn một lần" in timeliness_words(Timeliness(Standing.LATE, 0, False, True)).vi


def test_the_way_of_a_ready_result() -> None:
    made = dossier(
        status=Status.RESULT_READY,
        forwarded=day(17),
        done=day(19),
        result_place="Quầy 3",
        result_method="counter",
    )
    lines = way(made)
    assert [(one.name.vi, one.state) for one in lines] == [
        ("Tiếp nhận", "done"),
        ("Đang xử lý", "done"),
        ("Đã có kết quả", "here"),
        ("Trả kết quả", "to_come"),
    ]
    assert [one.when for one in lines] == [day(17, "09:12"), day(17), day(19), None]
    assert lines[3].unit == "Quầy 3"


def test_the_way_stops_where_the_dossier_does() -> None:
    lines = way(dossier(status=Status.STOPPED, stopped=day(19)))
    assert [one.state for one in lines] == ["done", "stopped"]


def test_the_way_waits_at_a_supplement() -> None:
    asked = (SupplementRequest("x", day(18)),)
    lines = way(dossier(status=Status.SUPPLEMENT_ASKED, supplements=asked))
    assert (lines[1].name.vi, lines[1].state, lines[1].when) == ("Yêu cầu bổ sung", "here", day(18))


def test_a_source_s_own_steps_are_shown_as_they_are() -> None:
    steps = (Step(Words("Thẩm định"), "Phòng A", day(17), day(18)), Step(Words("Trình ký"), "Lãnh đạo"))
    lines = way(replace(dossier(), steps=steps))
    assert [(one.name.vi, one.state) for one in lines] == [("Thẩm định", "done"), ("Trình ký", "here")]


def test_everything_is_done_when_the_result_is_returned() -> None:
    assert {one.state for one in way(dossier(status=Status.RETURNED, returned=day(20)))} == {"done"}
