"""What the console shows in each state of a counter."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Role
from queue_server.domain.ids import CounterId, OfficerId, PriorityGroupId, ServiceId
from queue_server.domain.ticket import ParkedBy, Target, Told
from queue_server.web.counter.gauge import gauge, late_after_s
from queue_server.web.counter.options import dialog_options
from queue_server.web.counter.today import Today, usual_ranges
from queue_server.web.counter.view import console
from queue_server.web.counter.words import UNDONE
from tests.integration.web.public.sample_config import TODAY, sample_config
from tests.integration.web.public.sample_engine import SampleClock, SampleEngine

THREE = CounterId("quay-3")
LAN = Actor(Role.OFFICER, "officer-3", "test")
MAI = Actor(Role.OFFICER, "officer-2", "test")


class Hall:
    """Counter 3 of the sample office, and its console."""

    def __init__(self) -> None:
        self.clock = SampleClock()
        self.engine = SampleEngine(self.clock)

    def shown(self, language: str = "vi") -> Any:
        return console(self.engine.office, THREE, self.clock.now(), Today(), Told(14, 17, 27, 20), language)

    def do(self, kind: type[c.Command], **fields: object) -> None:
        self.engine.do(
            kind, LAN, **({"counter": THREE} | fields if issubclass(kind, c.OfCounter) else fields)
        )


@pytest.fixture
def hall() -> Hall:
    return Hall()


def enabled(shown: Any) -> set[str]:
    return {a["key"] for a in shown["actions"] if a["enabled"]}


def test_an_unstaffed_counter_sends_to_the_choice_of_counters(hall: Hall) -> None:
    shown = hall.shown()
    assert shown["primary"]["verb"] == "" and shown["primary"]["text"] == "Chọn quầy"
    assert shown["pause"] is None


def test_a_closed_counter_opens_with_f9(hall: Hall) -> None:
    hall.do(c.SignOn, officer=OfficerId("officer-3"))
    shown = hall.shown()
    assert (shown["primary"]["verb"], shown["primary"]["key"]) == ("open", "F9")
    assert shown["pause"]["verb"] == "open"


def test_an_idle_counter_calls_next_with_space_and_says_who_would_come(hall: Hall) -> None:
    hall.engine.open(3)
    assert hall.shown()["primary"]["enabled"] is False
    hall.engine.issue(priority_group=PriorityGroupId("cao-tuoi"))
    shown = hall.shown()
    assert (shown["primary"]["verb"], shown["primary"]["key"]) == ("next", "Space")
    assert shown["primary"]["sub"] == "Tiếp theo: A001 · Ưu tiên, người cao tuổi"
    assert shown["primary"]["enabled"] is True
    assert enabled(shown) == set()
    assert all(a["why"] for a in shown["actions"])


def test_a_called_ticket_is_started_with_f3_and_may_be_recalled_or_missed(hall: Hall) -> None:
    hall.engine.open(3)
    hall.engine.issue()
    hall.do(c.CallNext)
    shown = hall.shown()
    assert (shown["primary"]["verb"], shown["primary"]["key"]) == ("start", "F3")
    assert enabled(shown) == {"F2", "F3", "F5", "F8"}
    assert shown["ticket"]["phase"] == "Đang mời"
    assert [s["state"] for s in shown["ticket"]["steps"]] == ["done", "here", "todo", "todo"]


def test_a_served_ticket_is_ended_and_the_next_called_with_one_press(hall: Hall) -> None:
    hall.engine.open(3)
    hall.engine.issue()
    hall.do(c.CallNext)
    hall.clock.pass_(seconds=30)
    hall.do(c.StartService)
    shown = hall.shown()
    assert shown["primary"]["text"] == "Kết thúc và gọi số tiếp theo"
    assert shown["primary"]["body"] == {"end_current": True}
    assert shown["primary"]["enabled"] is True
    assert enabled(shown) == {"F4", "F6", "F8"}
    assert shown["ticket"]["timer"]["since"] == hall.clock.now().isoformat()
    assert shown["ticket"]["usual"] == "Thường khoảng 10 phút"
    assert shown["ticket"]["steps"][3]["at"] == "dự kiến 09:52"


def test_a_paused_counter_reopens_with_f9_and_says_until_when(hall: Hall) -> None:
    hall.engine.open(3)
    hall.do(c.PauseCounter, reason="Nghỉ giải lao", until=hall.clock.now() + timedelta(minutes=18))
    shown = hall.shown()
    assert shown["primary"]["text"] == "Mở lại quầy"
    assert shown["counter"]["chip"]["text"] == "Tạm nghỉ · Nghỉ giải lao đến 10:00"
    assert hall.shown("en")["counter"]["chip"]["text"] == "Paused · Break until 10:00"
    hall.clock.pass_(minutes=19)
    assert hall.shown()["counter"]["overdue"] is True


def test_the_list_holds_what_the_counter_may_call_and_begins_with_the_next(hall: Hall) -> None:
    hall.engine.open(2, 3, 4)
    hall.engine.issue("dat-dai")
    first = hall.engine.issue()
    hall.clock.pass_(minutes=6)
    elder = hall.engine.issue(priority_group=PriorityGroupId("cao-tuoi"))
    hall.clock.pass_(minutes=10)
    rows = hall.shown()["waiting"]["rows"]
    assert [r["id"] for r in rows] == [elder, first]
    hall.do(c.CallNext)
    assert hall.shown()["ticket"]["id"] == elder


def test_a_ticket_bound_to_another_counter_is_not_in_the_list(hall: Hall) -> None:
    hall.engine.open(2, 3)
    ticket = hall.engine.issue()
    hall.engine.do(
        c.TransferTicket, ticket=ticket, to=Target(ServiceId("chung-thuc"), counter=CounterId("quay-2"))
    )
    assert hall.shown()["waiting"]["rows"] == []


def test_parked_missed_and_awaiting_citizens_stand_beside(hall: Hall) -> None:
    hall.engine.open(3)
    parked, missed, awaiting = hall.engine.issue(), hall.engine.issue(), hall.engine.issue()
    hall.do(c.ParkTicket, ticket=parked, parked_by=ParkedBy.OFFICE, reason="Chờ bổ sung giấy tờ")
    hall.do(c.CallNext)
    hall.do(c.NoShow)
    hall.do(c.CallNext)
    hall.do(c.StartService)
    hall.do(c.AwaitResult)
    shown = hall.shown()
    assert [r["id"] for r in shown["parked"]] == [parked]
    assert shown["parked"][0]["reason"] == "chờ bổ sung giấy tờ"
    assert [r["id"] for r in shown["missed"]] == [missed]
    assert [r["id"] for r in shown["awaiting"]] == [awaiting]
    hall.clock.pass_(minutes=61)
    assert hall.shown()["missed"] == []


def test_undo_is_offered_for_ten_seconds_and_named_after_the_act(hall: Hall) -> None:
    hall.engine.open(3)
    hall.engine.issue()
    hall.do(c.CallNext)
    hall.do(c.NoShow)
    assert hall.shown()["undo"]["text"] == "Hoàn tác vắng mặt A001"
    assert hall.shown("en")["undo"]["text"] == "Undo no-show of A001"
    hall.clock.pass_(seconds=10)
    assert hall.shown()["undo"] is None


def test_every_undo_has_words_in_both_languages() -> None:
    assert all("{number}" in w.vi and "{number}" in w.en for w in UNDONE.values())


def test_a_transferred_visit_says_where_it_came_from(hall: Hall) -> None:
    hall.engine.open(2, 3)
    ticket = hall.engine.issue()
    hall.engine.do(c.CallNext, MAI, counter=CounterId("quay-2"))
    hall.engine.do(c.StartService, MAI, counter=CounterId("quay-2"))
    hall.engine.do(c.TransferTicket, MAI, ticket=ticket, to=Target(ServiceId("ket-qua")), reason="x")
    hall.do(c.CallNext)
    facts = {f["label"]: f["value"] for f in hall.shown()["ticket"]["facts"]}
    assert facts["Lượt giao dịch"] == "Chặng 2, đến từ quầy 2 · gọi 1 lần"


def test_no_name_of_an_officer_is_in_the_state(hall: Hall) -> None:
    hall.engine.open(3)
    assert "Trần" not in str(hall.shown())


def test_the_dialogs_offer_both_languages_and_journal_vietnamese(hall: Hall) -> None:
    hall.engine.open(3)
    vi: Any = dialog_options(hall.engine.office, {OfficerId("officer-3"): "Trần Thị Lan"}, "vi")
    en: Any = dialog_options(hall.engine.office, {OfficerId("officer-3"): "Trần Thị Lan"}, "en")
    for name in ("pause_reasons", "park_reasons", "transfer_reasons", "priority_reasons", "cancel_reasons"):
        assert [r["value"] for r in vi[name]] == [r["value"] for r in en[name]]
        assert [r["text"] for r in vi[name]] != [r["text"] for r in en[name]]
    assert vi["officers"] == [{"value": "officer-3", "text": "Trần Thị Lan · Quầy 3"}]


@pytest.mark.parametrize(
    ("minutes", "tone"), [(14.2, "good"), (15.0, "good"), (16.7, "between"), (20.5, "over")]
)
def test_the_gauge_is_judged_by_both_targets(minutes: float, tone: str) -> None:
    shown: Any = gauge(sample_config(), TODAY, Today(minutes * 60, 40), None, 0, "vi")
    assert shown["tone"] == tone
    assert [line["solid"] for line in shown["lines"]] == [False, True]
    assert shown["figure"] == f"{minutes:.1f}".replace(".", ",")


def test_a_wait_is_late_by_the_offices_own_targets_of_the_day(hall: Hall) -> None:
    config, today = sample_config(), TODAY
    assert hall.shown()["waiting"]["late_s"] == late_after_s(config, today) == 20 * 60
    patient = replace(config, targets=(replace(config.targets[0], minutes=30), *config.targets[1:]))
    assert late_after_s(patient, today) == 30 * 60
    assert late_after_s(replace(config, targets=()), today) is None


def test_no_data_is_no_zero() -> None:
    shown: Any = gauge(sample_config(), TODAY, Today(), None, 6, "vi")
    assert shown["figure"] == "" and shown["fill"] is None and shown["none"] == "Chưa có số liệu"
    assert shown["forecast"] == {"before": "Dự báo cho 6 người đang ở sảnh:", "figure": "chưa tính được"}


def test_usual_ranges_need_five_services() -> None:
    assert usual_ranges([]) == {}
