"""The counter's own display in each of its states."""

from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId, PriorityGroupId, ServiceId
from queue_server.web.hall.counter_view import counter_view
from tests.integration.web.public.sample_config import NOW
from tests.integration.web.public.sample_engine import SampleClock, SampleEngine


@pytest.fixture
def engine() -> SampleEngine:
    engine = SampleEngine(SampleClock())
    engine.open(3)
    return engine


def shown(engine: SampleEngine, number: int = 3) -> tuple[object, object, object]:
    view = counter_view(engine.office, CounterId(f"quay-{number}"), engine.clock.now())
    assert view is not None
    return view["mode"], view["big"], view["status"]


def test_a_call_invites(engine: SampleEngine) -> None:
    engine.issue()
    engine.call(3)
    assert shown(engine) == ("calling", "A001", "Mời vào quầy")


def test_a_priority_call_says_so_in_words(engine: SampleEngine) -> None:
    engine.issue(priority_group=PriorityGroupId("cao-tuoi"))
    engine.call(3)
    assert shown(engine) == ("priority", "A001", "Mời vào quầy · Ưu tiên")


def test_serving_keeps_the_number(engine: SampleEngine) -> None:
    engine.issue()
    engine.call(3)
    engine.at_counter(c.StartService, 3)
    assert shown(engine) == ("serving", "A001", "Đang phục vụ")


def test_a_pause_says_when_it_ends_and_forgets_an_hour_that_has_passed(engine: SampleEngine) -> None:
    engine.at_counter(c.PauseCounter, 3, reason="Nghỉ giải lao", until=NOW + timedelta(minutes=18))
    assert shown(engine) == ("paused", "Tạm nghỉ", "Phục vụ lại lúc 10:00")
    engine.clock.pass_(minutes=19)
    assert shown(engine) == ("paused", "Tạm nghỉ", "Mời theo dõi bảng gọi số")


def test_nobody_there_is_a_closed_counter(engine: SampleEngine) -> None:
    assert shown(engine, 1)[:2] == ("closed", "Quầy đóng")


def test_an_open_counter_without_ticket_is_ready(engine: SampleEngine) -> None:
    assert shown(engine) == ("idle", "Sẵn sàng", "Mời chờ gọi số")


def test_services_are_two_lines_at_most(engine: SampleEngine) -> None:
    engine.at_counter(
        c.ChangeCounterServices,
        3,
        services=tuple(map(ServiceId, ("chung-thuc", "ho-tich", "dat-dai", "ket-qua"))),
    )
    view = counter_view(engine.office, CounterId("quay-3"), NOW)
    assert view is not None
    assert view["services"] == ["Chứng thực", "Hộ tịch và 2 việc khác"]


def test_every_call_and_recall_has_its_own_pulse(engine: SampleEngine) -> None:
    engine.issue()
    engine.call(3)
    first = counter_view(engine.office, CounterId("quay-3"), NOW)
    engine.clock.pass_(seconds=30)
    engine.at_counter(c.Recall, 3)
    second = counter_view(engine.office, CounterId("quay-3"), NOW)
    assert first is not None and second is not None
    assert first["call"] != second["call"]


def test_an_unknown_counter_has_no_display(engine: SampleEngine) -> None:
    assert counter_view(engine.office, CounterId("quay-99"), NOW) is None
